"""What two laws have that is different, on the sheet of an agency of the later one: acts, news and
limits that are new or other are marked, what is no more is told, and what lies elsewhere with the
sheets on which it is."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from ...analysis.structure import structure
from ...definition import Language, Process, Text
from ...definition.phrasing import phrasing
from ..model import Standing
from .difference import SIGNS, name_of_law
from .elsewhere import differences_told, machines_lying
from .stage import Card, Section, StageShown
from .stage_difference import FROM_TO, MARKS
from .touched import touched

_GONE = Text("なくなったこと", "What is no more")


class AgencyDifference:
    """The sheet of an agency of two laws."""

    def __init__(self, a: Process, b: Process, agency: str, lang: Language) -> None:
        self.a, self.b, self.agency, self.lang = a, b, agency, lang
        self._changes = structure(a, b)
        self._marks = touched(a, b, self._changes)

    def on(self, shown: StageShown) -> StageShown:
        """The sheet of the later law with its marks."""
        said, laws = phrasing(self.lang), (self.a, self.b)
        sections = tuple(
            evolve(s, cards=tuple(map(self._card, s.cards))) for s in shown.sections
        )  # fmt: skip
        marked = {id for s in sections for c in s.cards if c.standing for id in c.state.split()}
        gone = tuple(self._gone())
        here = {self.agency, *marked, *(id for event in marked for id in self._rules(event))}
        each = [touched(*laws, [change]).ids() for change in self._changes]
        told = differences_told(self.b, each, here, machines_lying(self.b, laws), self.lang)
        lost = (Section("", said(_GONE), "", (), gone=gone),) if gone else ()
        return evolve(
            shown,
            title=SIGNS[self._marks.agencies.get(self.agency, "")] + shown.title,
            corner=(shown.corner[0], said(FROM_TO, *(name_of_law(x, self.lang) for x in laws)),
                    *shown.corner[1:]),
            sections=(*sections, *lost),
            told=tuple(told),
            marks=(*shown.marks, said(MARKS)),
        )  # fmt: skip

    def _card(self, card: Card) -> Card:
        marks = (mark for id in card.state.split() if (mark := self._mark(id)))
        return evolve(card, standing=next(marks, ""))

    def _mark(self, id: str) -> Standing:
        """What became of an act or a limit."""
        kind = "event" if id in self.b.by_id["event"] else "deadline"
        if id not in self.a.by_id[kind]:
            return "added"
        other = id in self._marks.deadlines or any(r in self._marks.rules for r in self._rules(id))
        return "changed" if other else ""

    def _rules(self, event: str) -> Iterator[str]:
        """The rules by which the event moves anything, in either law."""
        for law in (self.a, self.b):
            for machine in law.machines:
                yield from (f"{machine.id}.{rule.id}" for rule in machine.on(event))

    def _gone(self) -> Iterator[str]:
        """What it did, and what limits it kept, that the later law has not."""
        said, sign = phrasing(self.lang), SIGNS["removed"]
        for event in self.a.events:
            known = self.b.by_id["event"].get(event.id)
            if self.agency in event.by and (known is None or self.agency not in known.by):
                yield sign + said(event.label)
        for limit in self.a.deadlines:
            if limit.owner == self.agency and limit.id not in self.b.by_id["deadline"]:
                yield f"{sign}■{said(limit.label)}"
