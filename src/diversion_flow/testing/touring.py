"""Tours: scenarios that pin what a process does, written from the process itself.

A tour leads a case by the shortest way to a state. Wherever it comes, it tries every event that
the rules know there: with facts that just suffice, with facts that just miss, and reported by
one who may not. What comes of each is written down, so that no later edit goes unnoticed.
A tour says what the rules do, not what they should do: read it before you keep it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from ..analysis.cells import Cells, Cube, Question, asked_of
from ..analysis.happening import happens
from ..analysis.naming import name
from ..analysis.product import Goal, Product
from ..analysis.witness import Walker, arrived
from ..definition import Event, Process, Text, Transition
from ..definition.arguments import argument
from ..definition.deadline import EXACT
from ..definition.guard import Guard
from ..definition.walks import distances, onward
from ..runtime import Case, Refused
from ..runtime.calendar import day_of, moment
from ..runtime.clause import clauses
from ..runtime.mornings import beginning
from ..scenarios import Attempt, Expected, Law, Opening, Scenario, Step

_MOST = 30_000  # nodes that a search for the way to one state looks at


def tours(process: Process, on: date | None = None) -> Iterator[Scenario]:
    """Tours through every state that the process can be led to, the farthest states first."""
    argument("process", process, Process)
    argument("on", on, date, type(None))
    days = process.since or date.min, process.until or date.max
    guide = _Guide(process, day_of(on or beginning(*days)))
    for machine, state in guide.targets():
        if (machine, state) not in guide.seen:
            tour = guide.tour(machine, state)
            if tour is not None:
                yield tour


class _Guide:
    """Remembers where tours have been and what they have tried."""

    def __init__(self, process: Process, on: date) -> None:
        self.process, self.on = process, on
        self.cells = Cells(process)
        self.seen: set[tuple[str, str]] = {(m.id, m.initial) for m in process.machines}
        self._tried: set[Any] = set()
        self._wrong: set[str] = set()
        self._number = 0

    def targets(self) -> list[tuple[str, str]]:
        """Every state, the farthest from its machine's beginning first."""
        found = [
            (-depth, m.id, state)
            for m in self.process.machines
            for state, depth in distances(onward(m.transitions), (m.initial,)).items()
        ]
        return [(machine, state) for _, machine, state in sorted(found)]

    def tour(self, machine: str, state: str) -> Scenario | None:
        """A tour to a state; None where no way was found."""
        goals = list(self._goals(machine, state))
        if not goals:
            return None
        law = self.process
        product = Product(law, law, self.cells, goals)
        walker = arrived(product, product.search(_MOST))
        return None if walker is None else self._written(f"{machine}_{state}", walker)

    def _goals(self, machine: str, state: str) -> Iterator[Goal]:
        law = self.process
        for rule in law.machine(machine).transitions:
            event = law.event(rule.event)
            if rule.target != state or not event.by:
                continue
            sources = [s for s in rule.sources if s != state]
            cubes = self.cells.all_of(
                [self.cells.standing(machine, sources)] if sources else [],
                self.cells.holds(law, asked_of(law, rule).whole),
                [{}] if event.home == machine else happens(law, self.cells, event.id),
            )
            if cubes:
                yield Goal(rule.event, event.by[0], tuple(cubes), None)

    # -- writing down ---------------------------------------------------------------------------

    def _written(self, id: str, walker: Walker) -> Scenario | None:
        """The walk as a scenario, begun on another day than the last: limits end on other days."""
        self._number += 1
        law = self.process
        shift = moment(self.on) + timedelta(days=self._number - 1, hours=9) - walker.opened
        case = law.open(at=walker.opened + shift, facts=walker.facts, id="tour")
        opening = Opening("tour", case.at.strftime("%Y-%m-%dT%H:%M"), dict(walker.facts))
        steps: list[Step] = []
        for number, walked in enumerate(walker.steps, 1):
            at = _whole(walked.at + shift)
            try:
                after = case.step(walked.event, by=walked.by, at=at, facts=walked.facts)
            except Refused:  # the other day made a working day of a rest day, or a limit ran out
                fitting = (m for m in self._times(case) if self._goes(case, walked, m))
                if (found := next(fitting, None)) is None:
                    return None
                at = found
                after = case.step(walked.event, by=walked.by, at=at, facts=walked.facts)
            steps.append(
                Step(
                    number, "tour", at.strftime("%Y-%m-%dT%H:%M"), "filler", walked.event,
                    walked.by, dict(walked.facts), expected=self._expected(case, after),
                    attempts=tuple(self._attempts(after)),
                )
            )  # fmt: skip
            case = after
        title = Text(f"規則の巡回: {id}", f"Tour of the rules: {id}")
        return Scenario(id, law.id, self.on, title, Text("", ""), (), (opening,), tuple(steps),
                        (Law(self.on),))  # fmt: skip

    @staticmethod
    def _times(case: Case) -> Iterator[datetime]:
        for hours in range(1, 24 * 14):
            yield _whole(case.at + timedelta(hours=hours))
        yield from (_whole(c.ends) for c in case.deadlines() if c.ends)

    @staticmethod
    def _goes(case: Case, walked: Any, at: datetime) -> bool:
        return case.explain(walked.event, by=walked.by, at=at, facts=walked.facts).allowed

    def _expected(self, before: Case | None, case: Case) -> Expected:
        """The states that came with the step, and the limits that run now."""
        old = before.states if before is not None else {}
        moved = {m: s for m, s in case.states.items() if old.get(m) != s}
        self.seen |= set(moved.items())
        return Expected(states=moved, deadlines=limits(before, case))

    def _attempts(self, case: Case) -> Iterator[Attempt]:
        """What is tried here, and what came of it: nothing twice that can come out no other way."""
        law, stands = self.process, self._stands(case)
        for event in law.events:
            home = law.machine(event.home)
            rules = [r for r in home.on(event.id) if case.state(home.id) in r.sources]
            if not event.by:
                continue
            if rules and event.id not in self._wrong:
                self._wrong.add(event.id)
                wrong = next((a.id for a in law.agencies if a.id not in event.by), None)
                if wrong is not None:
                    yield self._attempt(case, event, wrong, {})
            for facts in self._facts(case, stands, event) if rules else ():
                found = self._attempt(case, event, event.by[0], facts)
                if self._new(case, found):
                    yield found

    def _new(self, case: Case, found: Attempt) -> bool:
        """Whether this has not been tried with the same states of the machines that react."""
        law = self.process
        reacting = tuple(
            (m.id, case.state(m.id))
            for m in law.machines
            if any(case.state(m.id) in t.sources for t in m.on(found.event))
        )
        given = tuple(sorted((k, str(v)) for k, v in found.facts.items()))
        news = [(found.event, pair, given, found.expected.refused) for pair in reacting]
        fresh = any(key not in self._tried for key in news)
        self._tried.update(news)
        return fresh

    def _facts(self, case: Case, stands: Cube, event: Event) -> Iterator[dict[str, Any]]:
        """What to record with the event: just enough for a rule, and just not enough."""
        yielded: list[dict[str, Any]] = []
        free = event.alters
        fixed: list[Cube] = [{about: bits for about, bits in stands.items()
                  if about.kind == "machine" or about.id not in free}]  # fmt: skip
        reacting = [(m, t) for m in self.process.machines for t in m.on(event.id)
                    if case.state(m.id) in t.sources]  # fmt: skip
        for _, rule in reacting:
            for parts in self._sides(rule):
                for cube in self.cells.all_of(fixed, *parts)[:12]:
                    facts = self._values(case, event, cube)
                    if facts not in yielded:
                        yielded.append(facts)
                        yield facts

    def _sides(self, rule: Transition) -> Iterator[list[list[Cube]]]:
        """All conditions hold; then all but one, and that one just fails."""
        law = self.process
        asked: list[Guard] = [c.guard for c in clauses(law, rule)]
        yield [self.cells.holds(law, g) for g in asked]
        for i in range(len(asked)):
            yield [
                self.cells.fails(law, g) if j == i else self.cells.holds(law, g)
                for j, g in enumerate(asked)
            ]

    def _stands(self, case: Case) -> Cube:
        """Where the case stands and what is known of it: an event can change what it alters."""
        machines = ((Question("machine", m), [state]) for m, state in case.states.items())
        cube = {about: self.cells.bits(about, states) for about, states in machines}
        known = case.facts
        for fact in self.process.facts:
            for about in self.cells.about(fact.id):
                cube[about] = self.cells.of_value(about, known.get(fact.id))
        return cube

    def _values(self, case: Case, event: Event, cube: Cube) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        for about, bits in cube.items():
            if about.id not in event.records:
                continue
            if about.kind == "value":
                held = facts.get(about.id) or frozenset()
                facts[about.id] = held | {about.value} if self.cells.yes(bits) else held
            elif about.kind == "fact" and case.process.fact(about.id).kind.value != "choices":
                value = self.cells.edge(about, bits)
                if isinstance(value, bool | int | str | date):
                    facts[about.id] = value
        for id in dict.fromkeys(q.id for q in cube if q.id in event.records):
            before: Any = case.facts.get(id, frozenset())
            if case.process.fact(id).kind.value == "choices":
                name(self.cells, id, cube, facts, before)
        return facts

    def _attempt(self, case: Case, event: Event, by: str, facts: dict[str, Any]) -> Attempt:
        try:
            after = case.step(event.id, by=by, at=case.at, facts=facts)
        except Refused as refused:
            return Attempt(event.id, by, None, facts, refusal(refused))
        moved = {m: s for m, s in after.states.items() if case.state(m) != s}
        ended = {(m, s) for m, s in moved.items() if self.process.machine(m).state(s).final}
        self.seen |= ended  # nothing can be tried there any more
        expected = Expected(states=moved or {event.home: after.state(event.home)})
        return Attempt(event.id, by, None, facts, expected)


def refusal(refused: Refused) -> Expected:
    """A refusal as it is to be expected: every reason, and what the reasons name."""
    reasons = refused.whole.reasons
    codes = tuple(dict.fromkeys(r.code.value for r in reasons))
    wrong = [r for r in reasons if r.code.value == "wrong_agency"]
    agencies = tuple(sorted({a for r in reasons for a in r.agencies})) if wrong else ()
    facts = tuple(sorted({f for r in reasons for f in r.facts}))
    rules = tuple(sorted({r.transition for r in reasons if r.transition}))
    named = {"facts": facts, "agencies": agencies, "transitions": rules}
    return Expected(codes, {what: ids for what, ids in named.items() if ids})


def limits(before: Case | None, case: Case) -> dict[str, date | datetime | None]:
    """The limits that run in a case, to the day or to the minute; None for those that ran
    before and no longer do."""
    running: dict[str, date | datetime | None] = {}
    for c in case.deadlines():
        if c.last is not None:
            by_the_clock = c.deadline.length.unit in EXACT
            running[c.deadline.id] = c.last.replace(tzinfo=None) if by_the_clock else c.last_day
    gone = {c.deadline.id for c in before.deadlines()} - set(running) if before else set()
    return running | dict.fromkeys(sorted(gone))


def _whole(at: datetime) -> datetime:
    """The moment without seconds: files say minutes."""
    if at.second or at.microsecond:
        at = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return at
