"""What two laws have that is different, on the sheets of the stages and agencies of the later one:
boxes and ways, acts, news and limits that are new or other are marked, those that are no more are
told at the end, and what lies elsewhere with the sheets on which it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import evolve

from ...definition import Language, Process, Stage, Text
from ...definition.phrasing import phrasing
from ..model import SIGNS, Standing
from .agency import hears
from .difference import laws_told
from .elsewhere import Lying, differences_told, machines_lying
from .numbering import STAGE, staged, stages_of
from .stage import Card, Head, Leaving, Section, StageShown
from .touched import marks_between, rules_on

Way = TypeVar("Way", Leaving, Head)
_MARKS = Text("Δ・橙の枠: 変わったこと  +: 加わったこと  −(破線の枠): なくなったこと",
              "Δ, orange frame: changed  +: added  − (dashed frame): no more")  # fmt: skip
_NO_STAGE = Stage("", Text("", ""))
_GONE = Text("なくなったこと", "What is gone")
_HEARD = Text("{0}(知らされない)", "{0} (no longer told)")


class _Difference:
    """What two laws have that is different, in a language."""

    def __init__(self, a: Process, b: Process, lang: Language) -> None:
        self.a, self.b, self.lang, self._said = a, b, lang, phrasing(lang)
        self._marks, self._each = marks_between(a, b)

    def _marked(
        self, shown: StageShown, mark: Standing, sections: Iterable[Section],
        here: Collection[str], others: Sequence[Lying],
    ) -> StageShown:  # fmt: skip
        """The sheet of what bears this mark, with these parts; on which are the differences that
        are `here`, and on which of the others is the rest."""
        return evolve(
            shown,
            title=SIGNS[mark] + shown.title,
            corner=(shown.corner[0], laws_told(self.a, self.b, self.lang)),
            sections=tuple(sections),
            told=tuple(differences_told(self.b, self._each, here, others, self.lang)),
            marks=(*shown.marks, self._said(_MARKS)),
        )


class StageDifferences(_Difference):
    """All sheets of the stages of two laws."""

    def __init__(self, a: Process, b: Process, lang: Language) -> None:
        super().__init__(a, b, lang)
        before, after = _held(a), _held(b)
        self._before = frozenset[str]().union(*before.values())
        self._after = frozenset[str]().union(*after.values())
        self._sheets = [
            Lying(f"{STAGE}{s.id}", s.label, before.get(s.id, frozenset()) | after[s.id] | {s.id})
            for s in b.stages or (_NO_STAGE,)
        ]  # fmt: skip

    def on(self, shown: StageShown) -> StageShown:
        """The sheet of a stage of the later law with its marks."""
        stage = shown.stage
        here = next(sheet for sheet in self._sheets if sheet.view == f"{STAGE}{stage}")
        others = [sheet for sheet in self._sheets if sheet is not here]
        sections = (self._section(section, stage) for section in shown.sections)
        every = (*sections, *self._lost(shown, stage))
        return self._marked(shown, self._marks.stages.get(stage, ""), every, here.ids, others)

    def _section(self, section: Section, stage: str) -> Section:
        sign = SIGNS[self._marks.machines.get(section.id, "")]
        return evolve(
            section,
            label=sign + section.label,
            cards=tuple(map(self._card, section.cards)),
            shared=tuple(evolve(s, leaving=self._led(s.leaving)) for s in section.shared),
            anywhere=tuple(
                evolve(a, heads=tuple(map(self._led, a.heads))) for a in section.anywhere
            ),
            gone=tuple(self._gone(section.id, stage)),
        )

    def _card(self, card: Card) -> Card:
        return evolve(card, standing=self._marks.states.get(card.state, ""),
                      leaves=tuple(map(self._led, card.leaves)))  # fmt: skip

    def _led(self, way: Way) -> Way:
        """The way, with what became of it by its rules."""
        if self._marks.rules.keys().isdisjoint(way.rules):
            return evolve(way, standing="")
        return evolve(way, standing="added" if self._before.isdisjoint(way.rules) else "changed")

    # -- what is no more ----------------------------------------------------------------

    def _gone(self, machine: str, stage: str) -> Iterator[str]:
        """The boxes and ways of the earlier law that the later has not, in words."""
        if machine not in self.a.by_id["machine"]:
            return
        before, said, sign = self.a.machine(machine), self._said, SIGNS["removed"]
        here = {id for id, its in staged(self.a, before).items() if its == stage}
        for state in before.states:
            if state.id in here and f"{machine}.{state.id}" not in self._after:
                yield sign + said(state.label)
        for rule in before.transitions:
            sources = [id for id in rule.sources if id in here and id != rule.target]
            if sources and f"{machine}.{rule.id}" not in self._after:
                names = said.join(said(before.state(id).label) for id in sources)
                event, to = self.a.event(rule.event).label, before.state(rule.target).label
                yield f"{sign}{names}: {said(event)} → {said(to)}"

    def _lost(self, shown: StageShown, stage: str) -> Iterator[Section]:
        """The parts of machines of which the later law has nothing in this stage."""
        for machine in self.a.machines:
            gone = tuple(self._gone(machine.id, stage))
            if gone and machine.id not in {section.id for section in shown.sections}:
                sign = SIGNS["" if machine.id in self.b.by_id["machine"] else "removed"]
                yield Section(machine.id, sign + self._said(machine.label), "", (), gone=gone)


def _held(law: Process) -> dict[str, frozenset[str]]:
    """The ids of what is on the sheet of each stage: its states and the rules that lead out."""
    found = {stage: set[str]() for stage in stages_of(law)}
    for machine in law.machines:
        stages = staged(law, machine)
        for state, stage in stages.items():
            found[stage].add(f"{machine.id}.{state}")
        for rule in machine.transitions:
            for source in rule.sources:
                found[stages[source]].add(f"{machine.id}.{rule.id}")
    return {stage: frozenset(ids) for stage, ids in found.items()}


# -- of an agency ------------------------------------------------------------------------------


class AgencyDifference(_Difference):
    """The sheet of an agency of two laws."""

    def __init__(self, a: Process, b: Process, agency: str, lang: Language) -> None:
        super().__init__(a, b, lang)
        self.agency = agency

    def on(self, shown: StageShown) -> StageShown:
        """The sheet of the later law with its marks."""
        laws = self.a, self.b
        sections = tuple(
            evolve(s, cards=tuple(self._card(card, s.full) for card in s.cards))
            for s in shown.sections
        )  # fmt: skip
        marked = {id for s in sections for c in s.cards if c.standing for id in c.state.split()}
        gone = tuple(self._gone())
        told_of = {*marked, *(id for id, _ in gone)}
        here = {self.agency, *told_of, *rules_on(told_of, laws)}
        words = tuple(text for _, text in gone)
        lost = (Section("", self._said(_GONE), "", (), gone=words),) if gone else ()
        mark = self._marks.agencies.get(self.agency, "")
        return self._marked(shown, mark, (*sections, *lost), here, machines_lying(self.b, laws))

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
        said, sign = self._said, SIGNS["removed"]
        for others in (False, True):
            for event in self.a.events:
                if self._lost(event.id, others):
                    label = said(event.label)
                    yield event.id, sign + (said(_HEARD, label) if others else label)
        for limit in self.a.deadlines:
            if self._lost(limit.id, False):
                yield limit.id, f"{sign}■{said(limit.label)}"

    def _lost(self, id: str, others: bool) -> bool:
        return self._has(self.a, id, others) and not self._has(self.b, id, others)
