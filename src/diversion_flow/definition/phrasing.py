"""How each language joins, quotes and counts: the one place that knows which language it is.

A room that speaks asks a `Phrasing` for its joints and keeps its own words as `Text`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from attrs import frozen

from .text import Language, Text


@frozen
class Phrasing:
    """The small rules of one language. Called with a `Text`, it picks that language's words."""

    lang: Language
    comma: str  # between the members of a list
    quotes: tuple[str, str]
    either_word: str
    colon: str
    brackets: tuple[str, str]

    def __call__(self, text: Text) -> str:
        return text.in_(self.lang)

    def join(self, words: Iterable[str]) -> str:
        """A list: 警察・検察官 / police, prosecutor."""
        return self.comma.join(words)

    def quoted(self, word: str) -> str:
        """「同意」 / 'consent'."""
        opening, closing = self.quotes
        return f"{opening}{word}{closing}"

    def either(self, words: Iterable[str]) -> str:
        """Alternatives: 甲又は乙 / one or other."""
        return self.either_word.join(words)

    def bracketed(self, words: str) -> str:
        """An addition in brackets; nothing where there is nothing to add."""
        opening, closing = self.brackets
        return f"{opening}{words}{closing}" if words else ""

    def counted(self, number: int, unit: Text) -> str:
        """3日 / 3 days: English adds its plural s."""
        if self.lang == "ja":
            return f"{number}{unit.ja}"
        return f"{number} {unit.en}{'' if number == 1 else 's'}"


_PHRASINGS: Final = {
    "ja": Phrasing("ja", "・", ("「", "」"), "又は", ": ", ("(", ")")),
    "en": Phrasing("en", ", ", ("'", "'"), " or ", ": ", (" (", ")")),
}


def phrasing(lang: Language) -> Phrasing:
    """The rules of that language."""
    return _PHRASINGS[lang]
