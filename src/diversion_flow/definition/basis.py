"""Where a rule comes from: source, provision, confidence mark, days in force."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import field, frozen, validators

from .errors import DefinitionError
from .phrasing import phrasing
from .text import Language, Text


class Mark(Enum):
    """How sure we are of a rule's source."""

    READ = "read"  # the source was read
    KNOWN = "known"  # general legal knowledge, not verified in a source
    INFERRED = "inferred"  # a modelling conclusion drawn from the others

    @property
    def label(self) -> Text:
        """The mark in words."""
        return _MARKS[self]


_MARKS = {
    Mark.READ: Text("典拠確認済み", "read in the source"),
    Mark.KNOWN: Text("一般的知識(典拠未確認)", "known, not verified in a source"),
    Mark.INFERRED: Text("推定", "inferred"),
}


@frozen
class Source:
    """A text that rules are drawn from: a statute, circular, report or published page."""

    id: str
    label: Text
    short: Text | None = None  # how lawyers abbreviate it: 刑訴法 / CCP
    url: str | None = None


@frozen
class Basis:
    """Why a rule holds.

    `law` and `evidence` are ids of sources: the law cited (with `provision`, written
    `83-2(1)` for 83条の2第1項) and the page where it was read. `since` and `until` are
    the first and last day in force; None leaves that end open. `note` limits the claim.
    """

    mark: Mark = field(validator=validators.instance_of(Mark))
    law: str | None = None
    provision: str = ""
    evidence: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    note: Text | None = None

    def __attrs_post_init__(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise DefinitionError(
                f"basis {self.law or self.evidence} {self.provision}",
                f"ends on {self.until}, before it begins on {self.since}",
            )

    def in_force(self, on: date) -> bool:
        """Whether this provision is in force on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def article(self, lang: Language) -> str:
        """The provision as that language cites it: `203条1項` or `art. 203(1)`."""
        return phrasing(lang).article(self.provision)
