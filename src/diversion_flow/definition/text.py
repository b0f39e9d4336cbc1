"""A label in the two languages of the field: Japanese is authoritative, English is its gloss."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")


@frozen(order=True)
class Text:
    """One text in Japanese (`ja`, authoritative) and English (`en`, gloss)."""

    ja: str
    en: str

    def in_(self, lang: Language) -> str:
        """The text in `lang`; the other language where this one is empty."""
        return (self.ja or self.en) if lang == "ja" else (self.en or self.ja)

    @property
    def missing(self) -> tuple[Language, ...]:
        """The languages in which nothing is written."""
        return tuple(lang for lang in LANGUAGES if not getattr(self, lang).strip())
