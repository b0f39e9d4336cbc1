"""BPMN drawings in: a documented subset becomes the skeleton of a definition (docs/bpmn.md).

Whatever is not read is named as a loss; where the flow itself would break, LoadError says where
and what to draw instead. No condition of a drawing is evaluated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from attrs import Factory, define, frozen

from ...definition import (
    Choice,
    Deadline,
    Event,
    Fact,
    Kind,
    Language,
    Machine,
    OnEntry,
    Process,
    State,
    Text,
    Transition,
)
from ...definition.arguments import argument
from ...definition.errors import DefinitionError, LoadError
from ...definition.grouped import grouped
from ...definition.guard import Compare, Includes
from ...definition.phrasing import phrasing
from ..exported import Loss
from .branches import Track
from .graph import Drawing, Node, Pool, drawing
from .holders import Holders, holders
from .names import Names
from .reach import begins
from .rules import WAITS, WHICH, Asked, Limit, Rule, Rules
from .source import MADE, document, source
from .tracks import Plan
from .writing import words

_VERSION: Final = "draft"
_WAITS: Final = Text("{0}: 未着手", "{0}: not started")
_DONE: Final = Text("{0}: 済み", "{0}: done")


@frozen
class Imported:
    """The skeleton that a drawing gives, and what of the drawing is not in it."""

    process: Process
    losses: tuple[Loss, ...]


def read_bpmn(path: str | Path, *, lang: Language = "ja") -> Imported:
    """The skeleton in a BPMN file whose names are written in `lang`; LoadError says what is
    wrong with the file, and where."""
    return parse_bpmn(source(path), str(path), lang=lang)


def parse_bpmn(text: str, file: str = "<text>", *, lang: Language = "ja") -> Imported:
    """The skeleton in this BPMN text."""
    argument("text", text, str)
    argument("file", file, str)
    phrasing(lang)
    drawn = drawing(document(text, file), file)
    plans = _lasting(drawn, [Plan(drawn, pool) for pool in _begun(drawn)])
    rules = Rules(drawn, plans, lang)
    rules.find()
    try:
        process = _Skeleton(drawn, plans, rules, holders(plans, rules)).process()
    except LoadError:
        raise
    except DefinitionError as error:
        raise error.located(file, _line(error, drawn, rules)) from None
    drawn.losses.sweep(drawn.root, words(process) if drawn.ours else ())
    return Imported(process, drawn.losses.all())


def _begun(drawn: Drawing) -> list[Pool]:
    """The pools in which anything begins, if there are any; the others are lost then."""
    begun = [pool for pool in drawn.pools if begins(pool)] or drawn.pools
    _lose(drawn, "unreached", (pool for pool in drawn.pools if pool not in begun))
    return begun


def _lasting(drawn: Drawing, plans: list[Plan]) -> list[Plan]:
    """The pools in which anything lasts; the others are lost. Where nothing lasts in any pool, the
    first is kept: it is over, or waits to begin."""
    lasting = [p for p in plans if any(n.part.tag != MADE for t in p.tracks for n in p.states(t))]
    if not any(plan.states(plan.main) for plan in plans):
        raise drawn.wrong(plans[0].start, "bpmn_no_task")
    if not lasting:
        drawn.losses.note("nothing_drawn", plans[0].pool.part)
    kept = lasting or plans[:1]
    _lose(drawn, "nothing_lasts", (plan.pool for plan in plans if plan not in kept))
    return kept


def _lose(drawn: Drawing, code: str, pools: Iterable[Pool]) -> None:
    for pool in pools:
        drawn.losses.lose(code, pool.part)
        if pool.shown:
            drawn.losses.lose(code, pool.shown)


@define
class _Skeleton:
    """Puts the parts together, each kind in an order that the drawing's layout cannot change."""

    drawing: Drawing
    plans: list[Plan]
    rules: Rules
    holders: Holders
    keepers: dict[Track, dict[str, str]] = Factory(dict)  # by the states that an agency holds
    reporters: dict[tuple[Track, str], tuple[str, ...]] = Factory(dict)
    told: dict[str, list[str]] = Factory(dict)  # who may report an event, as our own export says
    first: str = ""  # the agency that stands in where a whole machine lies in no lane

    def process(self) -> Process:
        states = {t: self._states(p, t) for p in self.plans for t in p.tracks}
        held = dict.fromkeys(s.holder for made in states.values() for s in made if s.holder)
        self.first = next(iter(held))
        self.reporters = {
            (track, self.rules.states[node.id]): by for plan in self.plans for track in plan.tracks
            for node in plan.states(track) if (by := self.holders.reporters.get(node.id, ()))
        }  # fmt: skip
        told = {a for by in self.holders.told.values() for a in by}
        reporting = (a for by in self.holders.reporters.values() for a in by)
        beside = (a for a in self.holders.agencies if a in told)
        agencies = list(dict.fromkeys((*held, *reporting, *beside)))
        self.told = {e: sorted(by, key=agencies.index) for e, by in self.holders.told.items()}
        self.keepers = {t: {s.id: s.holder for s in states[t] if s.holder} for t in states}
        rules = self._ordered(states)
        machines = [self._machine(p, t, states[t], rules[t]) for p in self.plans for t in p.tracks]
        facts = tuple(self._facts(rules))
        name = self.drawing.name or self.drawing.pools[0].name
        id = Names(self.drawing.ours).given(self.drawing.id, name, "drawing")
        return Process(
            id=id, version=_VERSION, label=self._label(),
            agencies=tuple(self.holders.agencies[id] for id in agencies),
            events=tuple(self._events(rules, facts, agencies)),
            machines=tuple(machines), main_machine=machines[0].id,
            facts=facts, deadlines=tuple(self._deadlines(states)),
        )  # fmt: skip

    def _label(self) -> Text:
        pool = self.drawing.pools[0]
        first = self.drawing.name or pool.name or self.drawing.id or pool.id
        if not self.drawing.ours:
            return self.rules.pair(first)
        other, _, shown = self.drawing.said.partition("\n")
        return self.rules.pair(shown or other or first, other)

    # -- states -------------------------------------------------------------------------------

    def _states(self, plan: Plan, track: Track) -> tuple[State, ...]:
        made = [self._state(plan, track, node) for node in plan.states(track)]
        if track.entry is None:
            return tuple(made)
        name = self._branch(plan, track)
        holder = made[0].holder if made else self.holders.held.get(track.split)
        waits = State(WAITS, _filled(_WAITS, name), holder)
        rests = (self.rules.arrived[track, place] for place in track.rests)
        return (waits, *made, *(State(id, _filled(_DONE, name), holder) for id in rests))

    def _state(self, plan: Plan, track: Track, node: Node) -> State:
        id, final = self.rules.states[node.id], plan.is_end(track, node)
        label = self.rules.label(node, id)
        note = "\n".join(self._said(plan, node))
        return State(id, label, self.holders.held.get(node.id), final=final,
                     outcome=label if final else None,
                     note=self.rules.pair(note) if note else None)  # fmt: skip

    def _said(self, plan: Plan, node: Node) -> Iterator[str]:
        """What is told of a state; of the first one, also how it begins."""
        if self.drawing.ours:
            _, *told = node.said.split("\n")
            yield from told
            return
        if plan.beginning and plan.beginning.target == node.id:
            yield from plan.start.told()
            yield from self.rules.on_the_way(plan, plan.beginning)
        node.part.take_said("documentation")
        if node.said:
            yield node.said

    def _branch(self, plan: Plan, track: Track) -> Text:
        """What a branch is called: the first thing done in it."""
        first = plan.pool.nodes[self.rules.first(plan, track)]
        return self.rules.label(first, self.rules.machines[track])

    # -- what happens --------------------------------------------------------------------------

    def _ordered(self, states: dict[Track, tuple[State, ...]]) -> dict[Track, list[Rule]]:
        """Each track's rules by their first source, event and target."""
        events = {id: number for number, id in enumerate(self.rules.in_order())}
        found = grouped((rule.track, rule) for rule in self.rules.rules)
        ordered: dict[Track, list[Rule]] = {}
        for track, made in states.items():
            place = {state.id: number for number, state in enumerate(made)}
            ordered[track] = rules = [*found.get(track, ())]
            for rule in rules:
                rule.sources.sort(key=place.__getitem__)
            rules.sort(key=lambda r: (place[r.sources[0]], events[r.event], place[r.target], r.id))
        return ordered

    def _machine(
        self, plan: Plan, track: Track, states: tuple[State, ...], rules: list[Rule]
    ) -> Machine:
        id = self.rules.machines[track]
        called = plan.pool.name or id
        if track.entry is None:
            initial = self.rules.states[plan.initial]
        else:
            initial = WAITS
            called = f"{called}: {self._branch(plan, track).in_(self.rules.lang)}"
        label = self.rules.pair(called)
        return Machine(id, label, initial, states, tuple(self._transition(r) for r in rules))

    def _transition(self, rule: Rule) -> Transition:
        note = self.rules.pair(rule.note) if rule.note else None
        return Transition(rule.id, rule.event, tuple(rule.sources), rule.target, rule.guard,
                          note=note)  # fmt: skip

    def _facts(self, rules: dict[Track, list[Rule]]) -> Iterator[Fact]:
        """The choice facts for each event on which a track divides."""
        values: dict[str, dict[str, None]] = {}
        for guard in (g for found in rules.values() for rule in found for g in rule.guard.walk()):
            if isinstance(guard, Compare | Includes):
                values.setdefault(guard.fact, {})[str(guard.value)] = None
        for track, found in rules.items():
            for rule in found:
                several = (g.fact for g in rule.guard.walk() if isinstance(g, Includes))
                for id in (self.rules.choice_of(track, rule.event), *several):
                    asked = self.rules.asked.pop(id, None)
                    if asked:
                        yield self._fact(
                            id, asked, values[id], self._keeper(track, rule.sources[0])
                        )

    def _fact(self, id: str, asked: Asked, values: Iterable[str], keeper: str) -> Fact:
        label = self.rules.events[asked.event]
        label = _filled(WHICH, label) if asked.several else Text(f"{label.ja}?", f"{label.en}?")
        kind = Kind.CHOICES if asked.several else Kind.CHOICE
        choices = tuple(Choice(value, self.rules.pair(asked.labels[value])) for value in values)
        return Fact(id, label, kind, keeper, choices=choices)

    def _keeper(self, track: Track, id: str) -> str:
        """Who holds the state, or else the first agency of its machine."""
        held = self.keepers[track]
        return held.get(id) or next(iter(held.values()), self.first)

    def _reporters(self, track: Track, id: str) -> tuple[str, ...]:
        """Who may report what ends a state: whoever an engine is told, else who holds it."""
        return self.reporters.get((track, id)) or (self._keeper(track, id),)

    def _events(
        self, rules: dict[Track, list[Rule]], facts: tuple[Fact, ...], agencies: list[str]
    ) -> Iterator[Event]:
        each = grouped((rule.event, (track, rule)) for track in rules for rule in rules[track])
        used = {id: grouped(found) for id, found in each.items()}
        asked, order = {f.id for f in facts}, {id: place for place, id in enumerate(agencies)}
        for id in self.rules.in_order():
            if id in used:
                home = self._home(id, list(used[id]))
                sources = {s for r in used[id][home] for s in r.sources}
                by = self.told.get(id) or {a for s in sources for a in self._reporters(home, s)}
                divided = (
                    f
                    for t in used[id]
                    for f in (self.rules.choice_of(t, id), self.rules.branches_of(t, id))
                )
                yield Event(id, self.rules.events[id], self.rules.machines[home],
                            tuple(sorted(by, key=order.__getitem__)),
                            tuple(f for f in divided if f in asked))  # fmt: skip

    def _home(self, event: str, tracks: list[Track]) -> Track:
        """The track from whose pool our own export passes the event on; the first, otherwise."""
        label = self.rules.events[event].in_(self.rules.lang)
        by_pool = {track.pool.participant: track for track in tracks}
        for flow in self.drawing.flows if self.drawing.ours else ():
            told = f" / {label} / " in f" / {flow.said} / "
            if told and flow.source in by_pool and flow.target in by_pool:
                return by_pool[flow.source]
        return tracks[0]

    def _deadlines(self, states: dict[Track, tuple[State, ...]]) -> Iterator[Deadline]:
        """The time limits by the first state in which they run."""
        limits = grouped((limit.track, limit) for limit in self.rules.limits.values())
        for track, made in states.items():
            place = {state.id: number for number, state in enumerate(made)}
            here = limits.get(track, ())
            for limit in here:
                limit.states.sort(key=place.__getitem__)
            yield from map(self._deadline, sorted(here, key=lambda one: place[one.states[0]]))

    def _deadline(self, limit: Limit) -> Deadline:
        owner, expiry = self._keeper(limit.track, limit.states[0]), self.rules.expiry(limit)
        by = self.told.get(expiry or "") or (owner,)
        return Deadline(
            limit.id, limit.label, self.rules.machines[limit.track], tuple(limit.states), OnEntry(),
            limit.length, owner if owner in by else by[0], on_expiry=expiry,
        )  # fmt: skip


def _line(error: DefinitionError, drawn: Drawing, rules: Rules) -> int:
    """Where the state stands that the error speaks of; else where the drawing begins."""
    named = {id for _, id in error.at}
    nodes = (node for pool in drawn.pools for node in pool.nodes.values())
    found = (node.line for node in nodes if rules.states.get(node.id) in named)
    return next(found, drawn.pools[0].line)


def _filled(words: Text, name: Text) -> Text:
    return Text(words.ja.format(name.ja), words.en.format(name.en))
