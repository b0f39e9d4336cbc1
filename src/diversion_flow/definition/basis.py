"""Where a rule comes from: source, provision, confidence mark, days in force."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Annotated

from attrs import field

from .errors import DefinitionError
from .frozen import frozen
from .languages import Language
from .moments import Moment, day_of
from .phrasing import phrasing
from .reference import Ref
from .text import Text, written
from .typecheck import check_types, kind


class Mark(Enum):
    """How sure we are of a rule's source."""

    READ = "read"  # the source was read
    KNOWN = "known"  # general legal knowledge, not verified in a source
    INFERRED = "inferred"  # a modelling conclusion drawn from the others
    NONE = "none"  # somebody changed the rule and gave no source for it

    @property
    def label(self) -> Text:
        """The mark in words."""
        return _MARKS[self]


_MARKS = {
    Mark.READ: Text("典拠確認済み", "read in the source"),
    Mark.KNOWN: Text("一般的知識(典拠未確認)", "known, not verified in a source"),
    Mark.INFERRED: Text("推定", "inferred"),
    Mark.NONE: Text("典拠なし", "no source given"),
}


@frozen
class Source:
    """A text that rules are drawn from: a statute, circular, report or published page.

    Of a statute, `law_id` is its number at e-Gov (from which `definition.citing` makes an
    article's address); `revision` says which text of it was read, on the day `read_on`.
    """

    id: str
    label: Text
    short: Text | None = None  # how lawyers abbreviate it: 刑訴法 / CCP
    url: str | None = None
    law_id: str | None = None
    revision: Text | None = None
    read_on: date | None = None


@frozen(cache_hash=True)  # many parts rest on the same ones, which are counted once
class Basis:
    """Why a rule holds.

    `law` and `evidence` are ids of sources: the law cited (with `provision`, written
    `83-2(1)` for 83条の2第1項) and the page where it was read. `since` and `until` are
    the first and last day in force; None leaves that end open. `note` limits the claim.
    `about` is what of the part it speaks of, where that is not all of it: a field (`length`),
    who may report it (`by police`).
    """

    mark: Mark = field(validator=kind(Mark))
    law: Annotated[str | None, Ref("source")] = None
    provision: str = ""
    evidence: Annotated[tuple[str, ...], Ref("source")] = ()
    since: date | None = None
    until: date | None = None
    note: Text | None = None
    about: str = ""

    def __attrs_post_init__(self) -> None:
        if self.mark is Mark.NONE and (self.law or self.evidence):
            raise DefinitionError("none_cited", at=(("mark", ""),))
        if self.provision and not written(str(self.provision)):
            raise DefinitionError("says_nothing", at=(("provision", ""),))
        ends = None not in (self.since, self.until)
        if ends or self.note is not None:
            check_types(self)
        if ends and self.until < self.since:  # type: ignore[operator]
            raise DefinitionError(
                "ends_early", since=self.since, until=self.until, at=(("until", ""),)
            )

    def speaks_of(self, field: str, member: str = "") -> bool:
        """Whether it is the ground of that field, or of that member of it, and of nothing else."""
        return self.about in ((field, f"{field} {member}") if member else (field,))

    @property
    def of_a_row(self) -> bool:
        """Whether it is the ground on which one agency always sees the part, and of nothing
        else."""
        return self.about.startswith("seen_by ")

    def in_force(self, on: Moment) -> bool:
        """Whether this provision is in force on that day (JST)."""
        on = day_of(on)
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def article(self, lang: Language) -> str:
        """The provision as that language cites it: `203条1項` or `art. 203(1)`."""
        return phrasing(lang).article(self.provision)
