"""What two laws have that is different, on the sheets of the stages of the later one: boxes and
ways that are new or other are marked, those that are no more are told at the end of their machine's
part, and what lies elsewhere with the sheets on which it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from ...definition import Language, Process, Stage, Text
from ...definition.phrasing import phrasing
from ..model import SIGNS, Standing
from .difference import laws_told
from .elsewhere import Lying, differences_told
from .numbering import STAGE, staged, stages_of
from .stage import Card, Head, Leaving, Section, StageShown
from .touched import marks_between

MARKS = Text("Δ・橙の枠: 変わったこと  +: 加わったこと  −(破線の枠): なくなったこと",
             "Δ, orange frame: changed  +: added  − (dashed frame): no more")  # fmt: skip
_NO_STAGE = Stage("", Text("", ""))
_WAY = Text("{0}: {1} → {2}", "{0}: {1} → {2}")


class StageDifferences:
    """All sheets of the stages of two laws."""

    def __init__(self, a: Process, b: Process, lang: Language) -> None:
        self.a, self.b, self.lang, self._said = a, b, lang, phrasing(lang)
        self._marks, self._each = marks_between(a, b)
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
        told = differences_told(self.b, self._each, here.ids, others, self.lang)
        return evolve(
            shown,
            title=SIGNS[self._marks.stages.get(stage, "")] + shown.title,
            corner=(shown.corner[0], laws_told(self.a, self.b, self.lang)),
            sections=(*(self._section(s, stage) for s in shown.sections),
                      *self._lost(shown, stage)),
            told=tuple(told),
            marks=(self._said(MARKS),),
        )  # fmt: skip

    def _section(self, section: Section, stage: str) -> Section:
        sign = SIGNS[self._marks.machines.get(section.id, "")]
        return evolve(
            section,
            label=sign + section.label,
            cards=tuple(map(self._card, section.cards)),
            shared=tuple(evolve(s, leaving=self._leaving(s.leaving)) for s in section.shared),
            anywhere=tuple(
                evolve(a, heads=tuple(map(self._head, a.heads))) for a in section.anywhere
            ),
            gone=tuple(self._gone(section.id, stage)),
        )

    def _card(self, card: Card) -> Card:
        return evolve(card, standing=self._marks.states.get(card.state, ""),
                      leaves=tuple(map(self._leaving, card.leaves)))  # fmt: skip

    def _leaving(self, way: Leaving) -> Leaving:
        return evolve(way, standing=self._mark(way.rules))

    def _head(self, head: Head) -> Head:
        return evolve(head, standing=self._mark(head.rules))

    def _mark(self, rules: Iterable[str]) -> Standing:
        """What became of a way by these rules."""
        other = [rule for rule in rules if rule in self._marks.rules]
        if not other:
            return ""
        return "changed" if any(rule in self._before for rule in rules) else "added"

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
                yield sign + said(_WAY, names, said(event), said(to))

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
