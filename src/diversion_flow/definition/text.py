"""A label in the two languages of the field: Japanese is authoritative, English is its gloss;
and what no text may carry."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import category

from .bare import bare
from .frozen import frozen
from .languages import LANGUAGES, Language


@frozen(order=True)
class Text:
    """One text in Japanese (`ja`, authoritative) and English (`en`, gloss)."""

    ja: str
    en: str

    def in_(self, lang: Language) -> str:
        """The text in `lang`; the other language where this one is empty."""
        if lang == "ja":
            return self.ja if written(self.ja) else self.en
        if lang == "en":
            return self.en if written(self.en) else self.ja
        raise unknown_language(lang)

    @classmethod
    def of(cls, lang: Language, text: str, other: str) -> Text:
        """A text written in `lang`, with what it is in the other language."""
        return cls(text, other) if lang == "ja" else cls(other, text)

    def other(self, lang: Language) -> str:
        """The text in the language that is not `lang`."""
        return self.en if lang == "ja" else self.ja

    @property
    def missing(self) -> tuple[Language, ...]:
        """The languages in which nothing is written."""
        return tuple(lang for lang in LANGUAGES if not written(getattr(self, lang)))


def other_language(lang: Language) -> Language:
    """The language that is not this one."""
    return next(each for each in LANGUAGES if each != lang)


def written(text: str) -> bool:
    """Whether anything in it can be seen: blanks and signs without a shape are no words."""
    return text[:1].isalnum() or any(sign.isprintable() and sign != " " for sign in text)


def is_name(text: str) -> bool:
    """Whether it is one word, that can stand in the name of a law, of a test, of a file."""
    return _NAME.fullmatch(text) is not None


def unknown_language(lang: object) -> Exception:
    """The error for a language in which nothing is written."""
    from .errors import UnknownId  # above this file: an error speaks in texts

    return UnknownId("language", lang, LANGUAGES)


def worded(value: object) -> str:
    """What was given as a text, cleaned; of anything else its type, which can always be said."""
    return clean(bare(value)) if isinstance(value, str) else f"<{type(value).__name__}>"


def shown(name: object) -> str:
    """A file's name with nothing in it that cannot be printed, and nothing left out; a wide blank
    can be, as any other."""
    return "".join(
        c if c.isprintable() or category(c) == "Zs" else ascii(c)[1:-1] for c in str(name)
    )


def clean(text: str) -> str:
    """The text without control characters and lone surrogates, which no format can carry; only
    a newline ends a line."""
    if text.isprintable():  # nearly every text, and quickly known
        return text
    return text.translate(_CLEANED)


class _Cleaned(dict[int, str | None]):
    """Character → what is written for it, worked out when first asked for."""

    def __missing__(self, number: int) -> str | None:
        sign = chr(number)
        never = category(sign) in _NEVER and sign != "\n"
        written = self[number] = None if never else " " if category(sign) in _LINES else sign
        return written


HALF: Final = re.compile("[\ud800-\udfff]")  # half a character, which no file can carry
_NAME: Final = re.compile(r"\w[\w.+:-]*")
_CLEANED: Final = _Cleaned()
_NEVER: Final = ("Cc", "Cs", "Co", "Cn")
# Line and paragraph separators, which some readers take for a line's end.
_LINES: Final = ("Zl", "Zp")
