"""What two laws have that is different, on the sheet of an agency of the later one: acts, news and
limits that are new to it or other are marked, what is no more is told, and what lies elsewhere with
the sheets on which it is."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from ...definition import Language, Process, Text
from ...definition.phrasing import phrasing
from ..model import SIGNS, Standing
from .agency import hears
from .difference import laws_told
from .elsewhere import differences_told, machines_lying
from .stage import Card, Section, StageShown
from .stage_difference import MARKS
from .touched import marks_between, rules_on

_GONE = Text("なくなったこと", "What is gone")
_DID, _HEARD = Text("{0}", "{0}"), Text("{0}(知らされない)", "{0} (no longer told)")


class AgencyDifference:
    """The sheet of an agency of two laws."""

    def __init__(self, a: Process, b: Process, agency: str, lang: Language) -> None:
        self.a, self.b, self.agency, self.lang = a, b, agency, lang
        self._marks, self._each = marks_between(a, b)

    def on(self, shown: StageShown) -> StageShown:
        """The sheet of the later law with its marks."""
        said, laws = phrasing(self.lang), (self.a, self.b)
        sections = tuple(
            evolve(s, cards=tuple(self._card(card, s.full) for card in s.cards))
            for s in shown.sections
        )  # fmt: skip
        marked = {id for s in sections for c in s.cards if c.standing for id in c.state.split()}
        gone = tuple(self._gone())
        told_of = {*marked, *(id for id, _ in gone)}
        here = {self.agency, *told_of, *rules_on(told_of, laws)}
        told = differences_told(self.b, self._each, here, machines_lying(self.b, laws), self.lang)
        words = tuple(text for _, text in gone)
        lost = (Section("", said(_GONE), "", (), gone=words),) if gone else ()
        return evolve(
            shown,
            title=SIGNS[self._marks.agencies.get(self.agency, "")] + shown.title,
            corner=(shown.corner[0], laws_told(*laws, self.lang)),
            sections=(*sections, *lost),
            told=tuple(told),
            marks=(*shown.marks, said(MARKS)),
        )  # fmt: skip

    def _card(self, card: Card, others: bool) -> Card:
        marks = (mark for id in card.state.split() if (mark := self._mark(id, others)))
        return evolve(card, standing=next(marks, ""))

    def _mark(self, id: str, others: bool) -> Standing:
        """What became of an act or a limit; of `others`, of what the agency is told."""
        if not self._has(self.a, id, others):
            return "added"
        rules = rules_on([id], (self.a, self.b))
        other = id in self._marks.deadlines or not rules.isdisjoint(self._marks.rules)
        return "changed" if other else ""

    def _has(self, law: Process, id: str, others: bool) -> bool:
        """Whether the agency has to do with it in a law: with an event as who acts or, of `others`,
        as who is told or takes over; with a limit as who keeps it or to whom it is owed."""
        event, limit = law.by_id["event"].get(id), law.by_id["deadline"].get(id)
        if event is None:
            return limit is not None and self.agency in (limit.owner, *limit.owed_to)
        return any(hears(self.agency, event, law.machines)) if others else self.agency in event.by

    def _gone(self) -> Iterator[tuple[str, str]]:
        """What it did, what it was told or took over, and the limits that it kept or that were owed
        it, that are no more or are others' by the later law: by id, in words."""
        said, sign = phrasing(self.lang), SIGNS["removed"]
        for others, form in ((False, _DID), (True, _HEARD)):
            for event in self.a.events:
                if self._lost(event.id, others):
                    yield event.id, sign + said(form, said(event.label))
        for limit in self.a.deadlines:
            if self._lost(limit.id, False):
                yield limit.id, f"{sign}■{said(limit.label)}"

    def _lost(self, id: str, others: bool) -> bool:
        return self._has(self.a, id, others) and not self._has(self.b, id, others)
