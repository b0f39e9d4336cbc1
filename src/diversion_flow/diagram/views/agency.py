"""What an agency's sheet shows, in one language: its acts stage by stage, what it is told, and what
it owes by when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from ...definition import Deadline, Event, Language, Machine, Process, Text, Transition
from ...definition.files.serial import digest
from ...definition.grouped import grouped
from ...definition.phrasing import phrasing
from ...definition.road import row_of
from ...definition.wording import duty_text, length_text, limit_text, start_text
from ...runtime import Case
from ...runtime.names import called
from ...runtime.view import View
from ..model import Standing
from .case_shown import AGAINST_DONE, against_told, first_done, told_of
from .elsewhere import OPEN
from .extract import corner_lines, inferred
from .numbering import STAGE, number_of, route_of, sheet_text, stage_of, usual_rules
from .road import numbers_of
from .stage import Card, Leaving, Section, StageShown, Target, numbered
from .usual_road import road_of
from .veiled import learnt_events, seen_machines, veiled

_SAYS = Text("{0}での仕事", "what it does in {0}")
_TOLD = Text("知らされること・引き受けること", "What it is told, what it takes over")
_OWES = Text("守る期限", "What it owes, and by when")
_OWED = Text("ほかの機関が負う期限", "What others owe it, and by when")
_DOES = Text("すること", "What it does")
_ANY = Text("段階によらない", "In no stage")
_BY = Text("{0}から", "from: {0}")
_OTHERS, _FEW = Text("ほかの機関", "others"), 3
_SINCE = Text("{0}から{1}", "{1} from: {0}")
_PAPERS, _TELLS = Text("◇{0}", "◇ {0}"), Text("知らせる先: {0}", "tells: {0}")
_LIMIT = Text("■{0}", "■ {0}")
_HERE = Text(
    "この機関に見える記録{0}件のうち{1}件がこの図にあります。",
    "{1} of the {0} entries that this agency sees are on this sheet.",
)
_NUMBERS = Text("塗った番号: 図1での番号", "filled number: as on sheet 1")
_MARKS = Text("✓・日付: 済んだこと  ▷: いま報告できること",
              "✓, a day: done  ▷: may be reported now")  # fmt: skip


def agency_shown(
    process: Process, agency: str, lang: Language = "ja", case: Case | View | None = None
) -> StageShown:
    """The sheet of an agency; with what it sees of a case on it, or what the agency of a view
    sees."""
    view = case.view(agency) if isinstance(case, Case) else case
    law = process
    seen, learnt = (frozenset(process.by_id[kind]) for kind in ("machine", "event"))
    if view is not None:
        law = called(veiled(view) if isinstance(case, View) else process, view.facts)
    if isinstance(case, View):
        seen, learnt = seen_machines(case), learnt_events(case)
    possible = case.possible(agency) if isinstance(case, Case) else ()
    sheet = _Sheet(law, agency, lang, view, seen, learnt, frozenset(possible))
    return sheet.shown(digest(process))


class _Sheet:
    def __init__(
        self, process: Process, agency: str, lang: Language, view: View | None,
        seen: frozenset[str], learnt: frozenset[str], possible: frozenset[str],
    ) -> None:  # fmt: skip
        self.process, self.lang, self.view, self._possible = process, lang, view, possible
        self.agency = process.agency(agency)
        self._case = told_of(view)
        self._said = phrasing(lang)
        self._machines = [m for m in process.machines if m.id in seen]
        self._events = [e for e in process.events if e.id in learnt]
        self._deadlines = [d for d in process.deadlines if d.machine in seen]
        self._places = numbered(process)
        self._road = road_of(process)
        self._numbers = numbers_of(self._road)
        self._usual = {rule.event for _, rule in route_of(process)}
        self._first = {} if view is None else first_done(view.journal)

    def shown(self, law_digest: str) -> StageShown:
        process, said, id = self.process, self._said, self.agency.id
        name, sections = said(self.agency.label), (*self._acts(), *self._others())
        return StageShown(
            stage="",
            lang=self.lang,
            title=name,
            says=said(_SAYS, said(process.label)),
            corner=tuple(corner_lines(process, id, self.lang, self._case, law_digest)),
            sections=sections,
            told=tuple(self._told_of_case()),
            marks=tuple(said(mark) for mark in self._marks(sections)),
            agency=True,
        )

    def _told_of_case(self) -> Iterator[str]:
        if self.view is not None:
            entries = [entry.event for entry in self.view.journal]
            mine = sum(self.agency.id in self.process.event(e).by
                       for e in entries if e in self.process.by_id["event"])  # fmt: skip
            yield self._said(_HERE, len(entries), mine)
            yield from against_told(self.process, self._case, self.lang)

    def _marks(self, sections: Iterable[Section]) -> Iterator[Text]:
        if any(card.number for section in sections for card in section.cards):
            yield _NUMBERS
        if self.view is not None:
            yield from (_MARKS, OPEN)
            if any(card.irregular for section in sections for card in section.cards):
                yield AGAINST_DONE

    # -- its acts -----------------------------------------------------------------------

    def _acts(self) -> Iterator[Section]:
        """Its acts by the stage in which they happen, the usual course first."""
        mine = [event for event in self._events if self.agency.id in event.by]
        stages = {event.id: stage_of(self.process, event) for event in mine}
        labels = {stage.id: self._said(stage.label) for stage in self.process.stages}
        for n, stage in enumerate((*labels, ""), 1):
            cards = [self._act(event) for event in mine if stages[event.id] == stage]
            if cards:
                sheet = sheet_text(self.process, f"{STAGE}{stage}", self.lang) if stage else ""
                label = f"{n} {labels[stage]}" if stage else self._said(_ANY if labels else _DOES)
                order = sorted(cards, key=lambda card: (not card.main, card.number or len(mine)))
                yield Section(stage, label, sheet, tuple(order))

    def _act(self, event: Event) -> Card:
        said = self._said
        rules = [(m, t) for m in self._machines for t in m.on(event.id)]
        about = [
            *(said(_PAPERS, said(self.process.paper(p).label).partition("(")[0].strip())
              for p in dict.fromkeys(p for _, t in rules for p in t.papers)),
            self._to(_told_by(event, rules)),
        ]  # fmt: skip
        return Card(
            number=self._numbers.get(event.id, 0),
            label=self._dated(event),
            holder="\u3000".join(filter(None, about)),
            limits=tuple(self._kept_by(rules)),
            leaves=tuple(self._leaves(rules)),
            main=event.id in self._usual,
            inferred=inferred(event.basis),
            row=row_of(self._road, self.agency.id),
            standing=self._standing(event.id),
            irregular=self._irregular(event.id),
            state=event.id,
        )

    def _dated(self, event: Event) -> str:
        label, said = self._said(event.label), self._said
        done = self._first.get(event.id)
        return f"{label} ({said.day(done.at.date())})" if done else label

    def _irregular(self, event: str) -> bool:
        done = self._first.get(event)
        return done is not None and done.irregular is not None

    def _standing(self, event: str) -> Standing:
        if event in self._possible:
            return "possible"
        return "visited" if event in self._first else ""

    def _to(self, agencies: Iterable[str]) -> str:
        """Whom it tells."""
        names = self._said.join(self._said(self.process.agency(id).label) for id in agencies)
        return self._said(_TELLS, names) if names else ""

    def _kept_by(self, rules: Iterable[tuple[Machine, Transition]]) -> Iterator[str]:
        """The limits of its own that it keeps by going on along the usual course; an act by which
        many end is bound to none of them."""
        found = [
            limit for limit in self._deadlines
            if limit.owner == self.agency.id and any(
                f"{m.id}.{t.id}" in usual_rules(self.process) and limit.machine == m.id
                and {*t.sources} & {*limit.states} and t.target not in limit.states
                for m, t in rules
            )
        ]  # fmt: skip
        for limit in found if len(found) < _FEW else ():
            yield self._said(_LIMIT, limit_text(self.process, limit, self.lang))

    def _leaves(self, rules: Iterable[tuple[Machine, Transition]]) -> Iterator[Leaving]:
        """Where an act leads, machine by machine."""
        moving = ((m, t) for m, t in rules if {*t.sources} - {t.target})
        found = grouped((m.id, self._target(m, t.target)) for m, t in moving)
        for id, targets in found.items():
            several = self.process.machines[1:]
            name = self._said(self.process.machine(id).label) if several else ""
            yield Leaving(name, tuple(dict.fromkeys(targets)), machine=True)

    def _target(self, machine: Machine, state: str) -> Target:
        stage, number = self._places[machine.id, state]
        sheet = number_of(self.process, f"{STAGE}{stage}")
        return Target(number, sheet, self._said(machine.state(state).label))

    # -- what others do -----------------------------------------------------------------

    def _others(self) -> Iterator[Section]:
        said, deadlines = self._said, self._deadlines
        told = self._together(c for event in self._events for c in self._comes(event))
        owes = [self._clock(d) for d in deadlines if d.owner == self.agency.id]
        owed = [self._clock(d) for d in deadlines if self.agency.id in d.owed_to]
        for title, cards in ((_OWES, owes), (_TOLD, told), (_OWED, owed)):
            if cards:
                yield Section("", said(title), "", tuple(cards), usual=False, full=True)

    def _together(self, cards: Iterable[Card]) -> list[Card]:
        """What comes from the same agencies and leads to the same boxes, as one."""
        found = grouped((evolve(card, label="", state=""), card) for card in cards)
        return [
            evolve(card, label=self._said.join(c.label for c in alike),
                   state=" ".join(c.state for c in alike))
            for card, alike in found.items()
        ]  # fmt: skip

    def _comes(self, event: Event) -> Iterator[Card]:
        """An event of others of which it is told, or by which a case comes to it."""
        taken, told = hears(self.agency.id, event, self._machines)
        if taken or told:
            others = [id for id in event.by if id != self.agency.id]
            yield Card(
                number=0,
                label=self._dated(event),
                holder=self._from(others),
                leaves=tuple(self._leaves(taken)),
                standing="visited" if event.id in self._first else "",
                irregular=self._irregular(event.id),
                state=event.id,
            )  # fmt: skip

    def _from(self, agencies: Sequence[str]) -> str:
        """From whom it comes; who are many, are not named."""
        if len(agencies) > _FEW:
            return self._said(_BY, self._said(_OTHERS))
        names = self._said.join(self._said(self.process.agency(id).label) for id in agencies)
        return self._said(_BY, names) if names else ""

    def _clock(self, limit: Deadline) -> Card:
        said = self._said
        begins = start_text(self.process, limit.start, self.lang)
        length = length_text(self.process, limit, self.lang)
        about = (said(_SINCE, begins, length), duty_text(self.process, limit, self.lang))
        name = said(_LIMIT, said(limit.label))
        return Card(0, name, "\u3000".join(filter(None, about)), state=limit.id)


def hears(
    agency: str, event: Event, machines: Iterable[Machine]
) -> tuple[list[tuple[Machine, Transition]], bool]:
    """By which rules an event of others brings the case to the agency, and whether the agency is
    told of it."""
    if event.by == (agency,):
        return [], False
    rules = [(m, t) for m in machines for t in m.on(event.id)]
    return [(m, t) for m, t in rules if _comes_to(m, t, agency)], agency in _told_by(event, rules)


def _told_by(event: Event, rules: Iterable[tuple[Machine, Transition]]) -> tuple[str, ...]:
    """Who learns of an event: who is told, and to whom something is handed on."""
    shares = (share.to for _, rule in rules for share in rule.shares)
    return tuple(dict.fromkeys((*(told.to for told in event.told), *shares)))


def _comes_to(machine: Machine, rule: Transition, agency: str) -> bool:
    """Whether the rule brings the case to the agency from another."""
    held = machine.state(rule.target).holder == agency
    return held and any(machine.state(s).holder != agency for s in rule.sources)
