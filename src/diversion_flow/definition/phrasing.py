"""How each language joins, quotes, counts, dates and cites: the one place that knows which
language it is.

A room that speaks asks a `Phrasing` for its joints and keeps its own words as `Text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from .frozen import frozen
from .languages import LANGUAGES, Language
from .text import Text, unknown_language


@frozen
class Phrasing:
    """The small rules of one language. Called with a `Text`, it picks that language's words."""

    lang: Language
    comma: str  # between the members of a list
    dot: str  # between members that may hold commas themselves
    pause: str  # between the parts of a description
    breath: str  # between such parts where none of them holds a comma
    space: str  # between words
    quotes: tuple[str, str]
    either_word: str
    next_word: str  # between alternatives in quotes
    both_word: str
    colon: str
    brackets: tuple[str, str]
    remarks: tuple[str, str]
    plural: str
    weekdays: tuple[str, ...]

    def __call__(self, text: Text, *values: object) -> str:
        """The text in this language, with these values in its places."""
        return text.in_(self.lang).format(*values) if values else text.in_(self.lang)

    def join(self, words: Iterable[str]) -> str:
        """A list: 警察・検察官 / police, prosecutor."""
        return self.comma.join(words)

    def listed(self, labels: Iterable[Text]) -> str:
        """A list of labels, which may hold commas: 警察・検察官 / police · prosecutor."""
        return self.dot.join(map(self, labels))

    def series(self, words: Iterable[str]) -> str:
        """A description, part by part: 逮捕、勾留 / arrest; detention."""
        return self.pause.join(words)

    def traits(self, words: Iterable[str]) -> str:
        """What is said of somebody, trait by trait: 年齢: 64歳、障害: なし / age: 64 years, ..."""
        return self.breath.join(words)

    def together(self, *words: object) -> str:
        """Words in a row: 刑訴法203条 / CCP art. 203."""
        return self.space.join(filter(None, map(str, words)))

    def quoted(self, word: str) -> str:
        """「同意」 / 'consent'."""
        return word.join(self.quotes)

    def either(self, words: Iterable[str]) -> str:
        """Alternatives: 甲又は乙 / one or other."""
        return self.either_word.join(words)

    def alternatives(self, words: Iterable[str]) -> str:
        """Alternatives, as a list of them is read out: 甲、乙又は丙 / one, another or a third."""
        *others, last = words
        return self.either(filter(None, (self.breath.join(others), last)))

    def one_of(self, words: Iterable[str]) -> str:
        """Alternatives by their names: 「甲」「乙」 / 'one' or 'other'."""
        return self.next_word.join(map(self.quoted, words))

    def both(self, words: Iterable[str]) -> str:
        """What has to hold at once: 甲、かつ、乙 / one and other."""
        return self.both_word.join(words)

    def bracketed(self, words: str) -> str:
        """An addition in brackets; nothing where there is nothing to add."""
        return words.join(self.brackets) if words else ""

    def remarked(self, words: str) -> str:
        """How sure something is: 〔推定〕 / [inferred]."""
        return words.join(self.remarks)

    def counted(self, number: int, unit: Text) -> str:
        """3日 / 3 days: English adds its plural s."""
        return f"{number}{self.space}{self(unit)}{'' if number == 1 else self.plural}"

    def added(self, words: Iterable[str]) -> str:
        """A sum: 48時間+延長 / 48 hours + extension."""
        return f"{self.space}+{self.space}".join(words)

    def weekday(self, day: date) -> str:
        """The day of the week: 月 / Mon."""
        return self.weekdays[day.weekday()]

    def day(self, day: date, *, year: bool = False) -> str:
        """A day as people write it: 6/3 / 3 Jun; with its year 2024年6月3日 / 3 Jun 2024."""
        if self.lang == "ja":
            dated = f"{day.year}年{day.month}月{day.day}日"
            return dated if year else f"{day.month}/{day.day}"
        return f"{day.day} {_MONTHS[day.month - 1]}" + f" {day.year}" * year

    def dated(self, day: date) -> str:
        """A day with year and day of the week: 2024-06-03(月) / 2024-06-03 Mon."""
        weekday = self.weekday(day)
        return f"{day}({weekday})" if self.lang == "ja" else f"{day} {weekday}"

    def grounds(self, words: Iterable[str]) -> str:
        """All provisions on which something rests, each once."""
        return "; ".join(dict.fromkeys(words))

    def article(self, provision: str) -> str:
        """A provision (`83-2(1)`) as that language cites it: 83条の2第1項 / art. 83-2(1)."""
        if self.lang == "en":
            return f"art. {provision}" if provision else ""
        return self.join(_article_ja(part.strip()) for part in provision.split(",") if provision)


_ARTICLE: Final = re.compile(r"(\d+)(?:-(\d+))?((?:\(\w+\))*)( proviso)?\Z")
ROMAN: Final = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9,
}  # fmt: skip


def _article_ja(cited: str) -> str:
    match = _ARTICLE.match(cited)
    if match is None:
        return cited
    number, branch, groups, proviso = match.groups()
    article = f"{number}条" + (f"の{branch}" if branch else "")
    parts = re.findall(r"\((\w+)\)", groups)
    units = "".join(f"{ROMAN[p]}号" if p in ROMAN else f"{p}項" for p in parts)
    separator = "第" if branch and units else ""
    return article + separator + units + ("ただし書" if proviso else "")


_MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
_PHRASINGS: Final = {
    "ja": Phrasing(
        lang="ja",
        comma="・",
        dot="・",
        pause="、",
        breath="、",
        space="",
        quotes=("「", "」"),
        either_word="又は",
        next_word="",
        both_word="、かつ、",
        colon=": ",
        brackets=("(", ")"),
        remarks=("〔", "〕"),
        plural="",
        weekdays=tuple("月火水木金土日"),
    ),
    "en": Phrasing(
        lang="en",
        comma=", ",
        dot=" · ",
        pause="; ",
        breath=", ",
        space=" ",
        quotes=("'", "'"),
        either_word=" or ",
        next_word=" or ",
        both_word=" and ",
        colon=": ",
        brackets=(" (", ")"),
        remarks=("[", "]"),
        plural="s",
        weekdays=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    ),
}


def phrasing(lang: Language) -> Phrasing:
    """The rules of that language."""
    if lang not in LANGUAGES:
        raise unknown_language(lang)
    return _PHRASINGS[lang]
