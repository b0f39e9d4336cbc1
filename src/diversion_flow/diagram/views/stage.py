"""What the sheet of one stage shows, in one language: every state of the stage, machine by machine,
who holds it and until when, and by what it is left: for which box here or on which other sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, pairwise
from typing import Final

from attrs import evolve, field, frozen

from ...definition import Language, Machine, Process, State, Text, Transition
from ...definition.files.serial import digest
from ...definition.grouped import grouped
from ...definition.phrasing import phrasing
from ...definition.road import row_of
from ...definition.wording import length_text
from ...runtime import Case
from ...runtime.view import View
from ..model import Standing
from .case_shown import AGAINST_SIGN, NO_CASE, CaseShown, Way, arrival, told_of
from .elsewhere import OPEN, steps_told
from .extract import corner_lines, inferred
from .numbering import MANY, STAGE, number_of, route_of, sheet_text, staged, stages_of, usual_steps
from .usual_road import road_of
from .veiled import seen_machines, veiled

_ALIKE = 3  # from so many boxes on, a way that all of them have is told once
_LIMIT = Text("■{0} {1}", "■ {0} {1}")
_ANYWHERE = Text("どこからでも起こること", "What may happen anywhere")
_FROM_ALL = Text("どの箱からも({0})", "from any box here ({0})")
_FROM_SOME = Text("{0}から", "from {0}")
_NO_STAGE = Text("すべての状態", "All states")  # of a process without stages
_MARKS = Text("橙の枠: いまここ  ✓: この事件が通った",
              "orange frame: the case is here  ✓: it went this way")  # fmt: skip


SIGNS: Final[dict[Standing, str]] = {
    "visited": "✓ ", "current": "✓ ", "possible": "▷ ", "added": "+ ", "changed": "Δ ",
}  # fmt: skip
MARKED: Final = ("current", "added", "changed")  # with a ring


@frozen
class Target:
    """Where a way leads: the number of a box, on which sheet ("": this one), what it is called."""

    number: int
    sheet: str
    label: str


@frozen
class Leaving:
    """A way out of a box: what happens, where it leads, by conditions to one box of this sheet or
    another; whether the usual course goes there, a limit that ran out brings it about, no source
    was read; in a case, whether it went there; by which rules (`machine.rule`). `text` may be no
    more than the machine's name, which the numbers tell too."""

    text: str
    to: tuple[Target, ...]
    main: bool = False
    by_law: bool = False
    inferred: bool = False
    standing: Standing = ""
    rules: tuple[str, ...] = field(default=(), eq=False)
    machine: bool = False


@frozen
class Card:
    """A box: its number, name, holder and limits; `comes` are the boxes of other sheets from which
    a case comes here, by sheet; `leaves` the ways out."""

    number: int
    label: str
    holder: str = ""
    limits: tuple[str, ...] = ()
    comes: tuple[tuple[str, tuple[int, ...]], ...] = ()
    leaves: tuple[Leaving, ...] = ()
    starts: bool = False
    ends: bool = False
    main: bool = False
    inferred: bool = False
    row: int = -1  # of the road, in which its holder stands
    standing: Standing = ""
    irregular: bool = False  # of a case: it came here, or was done, against the rules
    state: str = ""  # `machine.state`; of an agency's sheet: its events or its limit


@frozen
class Shared:
    """Ways that are left from many boxes alike, told once: from which, what happens, where to."""

    sources: str
    leaving: Leaving


@frozen
class Head:
    """Where an event leads in one machine: from which boxes ("": from all here), by conditions to
    one box or another."""

    label: str
    sources: str
    to: tuple[Target, ...]
    standing: Standing = ""
    rules: tuple[str, ...] = field(default=(), eq=False)


@frozen
class Anywhere:
    """An event that moves several machines, from many of their boxes: one line, several heads."""

    text: str
    heads: tuple[Head, ...]
    by_law: bool = False


@frozen
class Section:
    """A machine's part of the stage: its boxes in the order in which they are read, the usual
    course and starts first, ends last; and the pairs of neighbours that the usual course joins."""

    id: str
    label: str
    sheet: str
    cards: tuple[Card, ...]
    shared: tuple[Shared, ...] = ()
    anywhere: tuple[Anywhere, ...] = ()
    usual: bool = True  # whether the usual course comes here
    full: bool = False  # whether a line too tells all of a box
    joined: frozenset[int] = frozenset()  # the numbers of boxes from which it goes on to the next
    gone: tuple[str, ...] = ()  # boxes and ways of an earlier law that are no more


@frozen
class StageShown:
    """The sheet of a stage, before it is known on how many pages it stands."""

    stage: str
    lang: Language
    title: str
    says: str
    corner: tuple[str, ...]
    sections: tuple[Section, ...]
    told: tuple[str, ...] = ()  # of a case, or of what two laws have that is different
    marks: tuple[str, ...] = ()  # what marks mean that are not on every sheet
    agency: bool = False  # the sheet is an agency's

    @cached_property
    def legend(self) -> Mapping[str, bool]:
        """Which signs are on the sheet; asked for in each style that is tried."""
        cards = [card for section in self.sections for card in section.cards]
        ways = [way for card in cards for way in card.leaves]
        ways += [each.leaving for section in self.sections for each in section.shared]
        told = [text for card in cards for text in (card.label, card.holder, *card.limits)]
        return {
            "main": any(card.main for card in cards),
            "here": any(not way.to[0].sheet for way in ways),
            "away": any(way.to[0].sheet for way in ways),
            "comes": any(card.comes for card in cards),
            "starts": any(card.starts for card in cards),
            "ends": any(card.ends for card in cards),
            "limits": any("■" in text for text in told),
            "papers": any("◇" in text for text in told),
            "law": any(way.by_law for way in ways),
            "rows": any(card.row >= 0 for card in cards),
            "inferred": any([*(card.inferred for card in cards), *(way.inferred for way in ways)]),
        }

    def gathered(self) -> StageShown:
        """The sheet with what comes to an agency and leads to the same boxes told together; from
        whom it comes is told on the sheets of the boxes."""
        return evolve(self, sections=tuple(map(self._gathered, self.sections)))

    def _gathered(self, section: Section) -> Section:
        if not section.full:
            return section
        found = grouped((c if c.irregular or c.standing in MARKED else c.leaves or c, c)
                        for c in section.cards)  # fmt: skip
        cards = (self._one(cards) if cards[1:] else cards[0] for cards in found.values())
        return evolve(section, cards=tuple(cards))

    def _one(self, cards: Sequence[Card]) -> Card:
        label = phrasing(self.lang).join(SIGNS.get(c.standing, "") + c.label for c in cards)
        return evolve(cards[0], label=label, holder="", standing="",
                      state=" ".join(c.state for c in cards))  # fmt: skip


Place = tuple[str, str]  # a machine and its state


def stages_shown(
    process: Process, lang: Language = "ja", case: Case | View | None = None
) -> tuple[StageShown, ...]:
    """The sheets of all stages in which there is something, in their order."""
    drawn = (stage_shown(process, stage, lang, case) for stage in stages_of(process))
    found = tuple(shown for shown in drawn if shown.sections)
    return found or (stage_shown(process, stages_of(process)[0], lang, case),)


def stage_shown(
    process: Process, stage: str, lang: Language = "ja", case: Case | View | None = None
) -> StageShown:
    """The sheet of one stage; with a case on it, or what an agency sees of one."""
    seen_only = seen_machines(case) if isinstance(case, View) else None
    law = veiled(case) if isinstance(case, View) else process
    return _Sheet(law, stage, lang, told_of(case), seen_only).shown(digest(process))


def numbered(process: Process) -> dict[Place, tuple[str, int]]:
    """The stage of every state, and the number of its box there."""
    found: dict[Place, tuple[str, int]] = {}
    counts = dict.fromkeys(stages_of(process), 0)
    for machine in by_road(process):
        stages = staged(process, machine)
        for state in in_order(process, machine):
            counts[stages[state.id]] += 1
            found[machine.id, state.id] = stages[state.id], counts[stages[state.id]]
    return found


def by_road(process: Process) -> tuple[Machine, ...]:
    """The machines, those of the usual course first."""
    usual = {machine.id for machine, _ in route_of(process)} or {process.main_machine}
    return tuple(sorted(process.machines, key=lambda m: m.id not in usual))


def _usual(process: Process, machine: Machine) -> list[Transition]:
    """The rules of the usual course in this machine, in its order."""
    return [rule for its, rule in route_of(process) if its.id == machine.id]


def in_order(process: Process, machine: Machine) -> list[State]:
    """The states as they are read: the start, the usual course, what else there is, the ends."""
    steps = usual_steps(process)
    usual = dict.fromkeys(
        chain.from_iterable((*(s for s in t.sources if (machine.id, s, t.id) in steps), t.target)
                            for t in _usual(process, machine))
    )  # fmt: skip
    place = {id: n for n, id in enumerate(usual)}
    return sorted(
        machine.states,
        key=lambda s: (s.final, s.id != machine.initial, place.get(s.id, len(place))),
    )


class _Sheet:
    def __init__(
        self,
        process: Process,
        stage: str,
        lang: Language,
        case: CaseShown,
        machines: frozenset[str] | None,
    ) -> None:
        self.process, self.stage, self.lang, self.case = process, stage, lang, case
        self._said = phrasing(lang)
        self._numbers = numbered(process)
        self._machines = [m for m in by_road(process) if machines is None or m.id in machines]
        self._own = {m.id: self._read(m) for m in self._machines}
        self._by_law = {d.on_expiry for d in process.deadlines if d.on_expiry}
        self._drawn: set[Way] = set()
        self._road = road_of(process)
        self._events = self._moving_several()

    def shown(self, law_digest: str) -> StageShown:
        process, said, id = self.process, self._said, f"{STAGE}{self.stage}"
        sections = tuple(s for m in self._machines for s in self._section(m))
        if found := tuple(self._anywhere()):
            sections = (*sections, Section("", said(_ANYWHERE), "", (), anywhere=found))
        number, name = number_of(process, id).partition("-")[2], said(_NO_STAGE)
        if self.stage:
            label = process.by_id["stage"][self.stage].label
            name = f"{number} {said(label)}"
        heads = {h.stage: said(h.says) for h in self._road.headings}
        return StageShown(
            stage=self.stage,
            lang=self.lang,
            title=name,
            says=said.colon.join(filter(None, (said(process.label), heads.get(self.stage)))),
            corner=tuple(corner_lines(process, id, self.lang, self.case, law_digest)),
            sections=sections,
            told=tuple(steps_told(process, self.case, self._drawn, self.lang, self._sheet_of)),
            marks=tuple(self._marks(sections)),
        )

    def _marks(self, sections: Iterable[Section]) -> Iterator[str]:
        if self.case is not NO_CASE:
            yield self._said(_MARKS)
            if self.case.agency:
                yield self._said(OPEN)
            if any(card.irregular for section in sections for card in section.cards):
                yield self._said(AGAINST_SIGN)

    def _sheet_of(self, way: Way) -> str:
        """The sheet of the stage in which a way is drawn, of one that leaves all as it is the
        machine's; "" for none of this law."""
        machine, source, rule = way
        stage, _ = self._numbers.get((machine, source or rule), (None, 0))
        if stage is None:
            return ""
        rules = self.process.machine(machine).transitions
        kept = any(t.id == rule and t.target == source for t in rules)
        return sheet_text(self.process, machine if kept else f"{STAGE}{stage}", self.lang)

    # -- a machine's part ---------------------------------------------------------------

    def _section(self, machine: Machine) -> Iterator[Section]:
        own = self._own[machine.id]
        if not own:
            return
        usual = {(s, t) for m, s, t in usual_steps(self.process) if m == machine.id}
        steps = {(s, machine.transition(t).target) for s, t in usual}
        on_it = {state for step in steps for state in step}
        shared, alone = self._ways(machine, self._here(machine), usual)
        cards = tuple(self._card(machine, s, alone.get(s.id, ()), s.id in on_it) for s in own)
        joined = frozenset(
            self._numbers[machine.id, one.id][1]
            for one, other in pairwise(own)
            if (one.id, other.id) in steps
        )
        yield Section(
            machine.id, self._said(machine.label), sheet_text(self.process, machine.id, self.lang),
            cards, tuple(shared), usual=bool(on_it & {s.id for s in own}), joined=joined,
        )  # fmt: skip

    def _card(self, machine: Machine, state: State, leaves: Sequence[Leaving], main: bool) -> Card:
        process, said = self.process, self._said
        limits = (said(_LIMIT, said(d.label), length_text(process, d, self.lang)).rstrip()
                  for d in process.limits(machine.id, state.id))  # fmt: skip
        self._drawn.add(arrival(machine.id, state.id))
        return Card(
            number=self._numbers[machine.id, state.id][1],
            label=said(state.label),
            holder=said(process.agency(state.holder).label) if state.holder else "",
            limits=tuple(dict.fromkeys(limits)),
            comes=tuple(self._comes(machine, state)),
            leaves=tuple(leaves),
            starts=state.id == machine.initial,
            ends=state.final,
            main=main,
            inferred=inferred(state.basis),
            row=row_of(self._road, state.holder) if state.holder else -1,
            standing=self.case.standing(machine.id, state.id),
            irregular=self.case.irregular(machine.id, state.id),
            state=f"{machine.id}.{state.id}",
        )

    def _comes(self, machine: Machine, state: State) -> Iterator[tuple[str, tuple[int, ...]]]:
        """The boxes on other sheets from which a case comes here, by sheet."""
        rules = (rule for rule in machine.transitions if rule.target == state.id)
        boxes = {self._numbers[machine.id, source] for rule in rules for source in rule.sources}
        found = grouped(sorted(boxes))
        for stage in stages_of(self.process):
            if stage in found and stage != self.stage:
                yield number_of(self.process, f"{STAGE}{stage}"), found[stage]

    # -- ways out -----------------------------------------------------------------------

    def _ways(
        self, machine: Machine, here: Sequence[str], usual: set[tuple[str, str]]
    ) -> tuple[list[Shared], dict[str, list[Leaving]]]:
        """The ways out of the boxes of this part: those that are left from many alike, and the
        others by box."""
        left = [(_left(rule, here), rule) for rule in machine.transitions]
        self._drawn |= {(machine.id, s, rule.id) for sources, rule in left for s in sources}
        here_told = [(sources, rule) for sources, rule in left
                     if not (self._wide(rule, here) and rule.event in self._events)]  # fmt: skip
        shared = grouped(((sources, rule.target), rule) for sources, rule in here_told
                         if len(sources) >= _ALIKE)  # fmt: skip
        alone = grouped(((source, rule.target), rule) for sources, rule in here_told
                        if len(sources) < _ALIKE for source in sources)  # fmt: skip
        many = [
            Shared(self._named(machine, sources, here),
                   self._leaving(machine, rules, target, sources, usual))
            for (sources, target), rules in shared.items()
        ]  # fmt: skip
        ways = grouped((source, self._leaving(machine, rules, target, (source,), usual))
                       for (source, target), rules in alone.items())  # fmt: skip
        return many, {source: _joined(found) for source, found in ways.items()}

    def _wide(self, rule: Transition, here: Sequence[str]) -> bool:
        """Whether the rule leads out of many boxes: of three here, or of all here and others."""
        sources = _left(rule, here)
        everywhere = len(rule.sources) >= MANY and len(sources) == len(here)
        return len(sources) >= _ALIKE or (bool(here) and everywhere)

    def _moving_several(self) -> frozenset[str]:
        """The events that lead out of many boxes in several machines."""
        moved = [
            {rule.event for rule in machine.transitions if self._wide(rule, self._here(machine))}
            for machine in self._machines
        ]
        counts = Counter(chain.from_iterable(moved))
        return frozenset(event for event, count in counts.items() if count > 1)

    def _read(self, machine: Machine) -> list[State]:
        """The states of this part as they are read."""
        states = in_order(self.process, machine)
        return [s for s in states if self._numbers[machine.id, s.id][0] == self.stage]

    def _here(self, machine: Machine) -> tuple[str, ...]:
        """The states of this part that are no end."""
        return tuple(s.id for s in self._own[machine.id] if not s.final)

    def _anywhere(self) -> Iterator[Anywhere]:
        """The events that move several machines; those that lead to the same boxes as one."""
        found = grouped(
            ((tuple(h for machine in self._machines for h in self._heads(machine, event.id)),
              event.id in self._by_law), self._said(event.label))
            for event in self.process.events if event.id in self._events
        )  # fmt: skip
        for (heads, by_law), events in found.items():
            yield Anywhere(self._said.join(dict.fromkeys(events)), heads, by_law)

    def _heads(self, machine: Machine, event: str) -> Iterator[Head]:
        """One head for the boxes from which it leads, with all to which it leads from there."""
        here = self._here(machine)
        left = ((_left(t, here), t) for t in machine.on(event) if self._wide(t, here))
        found = grouped((sources, self._leaving(machine, [rule], rule.target, sources, set()))
                        for sources, rule in left)  # fmt: skip
        for sources, ways in found.items():
            named = "" if len(sources) == len(here) else self._named(machine, sources, here)
            yield Head(
                self._said(machine.label), named,
                tuple(dict.fromkeys(to for way in ways for to in way.to)),
                next((way.standing for way in ways if way.standing), ""),
                tuple(rule for way in ways for rule in way.rules),
            )  # fmt: skip

    def _named(self, machine: Machine, sources: Sequence[str], here: Sequence[str]) -> str:
        """From which boxes, by their numbers."""
        numbers = runs(sorted(self._numbers[machine.id, s][1] for s in sources))
        form = _FROM_ALL if len(sources) == len(here) else _FROM_SOME
        return self._said(form, numbers)

    def _leaving(
        self, machine: Machine, rules: Sequence[Transition], target: str,
        sources: Sequence[str], usual: set[tuple[str, str]],
    ) -> Leaving:  # fmt: skip
        said = self._said
        stage, number = self._numbers[machine.id, target]
        away = "" if stage == self.stage else number_of(self.process, f"{STAGE}{stage}")
        events = dict.fromkeys(said(self.process.event(rule.event).label) for rule in rules)
        ways = ((machine.id, s, rule.id) for s in sources for rule in rules)
        return Leaving(
            said.join(events),
            (Target(number, away, said(machine.state(target).label)),),
            main=any((source, rule.id) in usual for source in sources for rule in rules),
            by_law=all(rule.event in self._by_law for rule in rules),
            inferred=all(inferred(rule.basis) for rule in rules),
            standing="" if self.case.went.isdisjoint(ways) else "visited",
            rules=tuple(f"{machine.id}.{rule.id}" for rule in rules),
        )  # fmt: skip


def _left(rule: Transition, here: Sequence[str]) -> tuple[str, ...]:
    """Of these boxes those that the rule leads out of."""
    return tuple(s for s in here if s in rule.sources and s != rule.target)


def _joined(ways: Sequence[Leaving]) -> list[Leaving]:
    """The ways out of a box, those of the usual course first; what leads by the same event to
    several boxes of this sheet is one way with several ends."""
    found = grouped((evolve(way, to=way.to if way.to[0].sheet else ()), way)
                    for way in sorted(ways, key=lambda way: not way.main))  # fmt: skip
    return [
        evolve(way, to=tuple(to for each in alike for to in each.to),
               rules=tuple(rule for each in alike for rule in each.rules))
        for way, alike in found.items()
    ]  # fmt: skip


def runs(numbers: Sequence[int]) -> str:
    """4, 5, 6, 9 → 4–6,9: nothing breaks it."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ",".join(f"{r[0]}–{r[-1]}" if len(r) > 2 else ",".join(map(str, r)) for r in found)
