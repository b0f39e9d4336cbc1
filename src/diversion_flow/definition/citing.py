"""Where a cited article can be read: its address at e-Gov, as the law stood on a version's day."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from .kept import kept
from .phrasing import ROMAN

if TYPE_CHECKING:
    from .basis import Basis, Source
    from .process import Process

_SITE: Final = "https://laws.e-gov.go.jp/law"
_FIRST: Final = {"acts": date(2015, 8, 1), "ordinances": date(2016, 10, 1)}  # older texts it lacks
_ORDINANCE: Final = re.compile(r"\d{3}M")
_ARTICLE: Final = re.compile(r"(\d+)((?:-\d+)*)((?:\(\w+\))*)")


def address(process: Process, basis: Basis) -> str | None:
    """The page of the article that a basis cites, as the law stood on the first day of this
    version; None where it cites no statute whose e-Gov id is known.

    Of an older version than the site's texts go back to, the law as it is now. The anchor of the
    article is made by rule; where the page has none such, it opens at the head of the law.
    """
    source = process.by_id["source"].get(basis.law or "")
    page = None if source is None else law_page(process, source)
    return None if page is None else page + anchor(basis.provision)


def law_page(process: Process, source: Source) -> str | None:
    """The page of a statute as it stood on the first day of this version; None of other sources."""
    if source.law_id is None:
        return None
    return todays_page(source.law_id) + kept(process, days_asked)[kind(source.law_id)]


def todays_page(law_id: str) -> str:
    """The page of a statute as it is now."""
    return f"{_SITE}/{quote(law_id, safe='')}"


def kind(law_id: str) -> str:
    """Whether it is an act or an ordinance, whose texts go back to another day."""
    return "ordinances" if _ORDINANCE.match(law_id) else "acts"


def days_asked(process: Process) -> dict[str, str]:
    """What asks a page of each kind for the text of this version's first day."""
    day = process.since
    return {
        kind: "" if day is None or day < first else f"?occasion_date={day:%Y%m%d}"
        for kind, first in _FIRST.items()
    }


def anchor(provision: str) -> str:
    """Where on that page: of `83-2(1)(ii), 84` the first, article 83の2, paragraph 1, item 2."""
    match = _ARTICLE.match(provision)
    if match is None:
        return ""
    number, branches, groups = match.groups()
    parts = re.findall(r"\((\w+)\)", groups)
    units = "".join(f"-It_{ROMAN[p]}" if p in ROMAN else f"-Pr_{p}" for p in parts)
    return f"#Mp-At_{number}{branches.replace('-', '_')}{units}"
