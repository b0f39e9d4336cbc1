"""How much of a policy tests have shown: states, rules, conditions, refusals, limits.

A condition is shown when it decided a step once each way, the others being as they were: taken
the other way round, the step would have gone otherwise (masking MC/DC).

What the policy itself keeps from ever being shown is counted apart, by name: a condition, refusal
or rule that a parameter turns off, a limit for which no length is set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import repeat

from attrs import frozen

from ..definition import Deadline, Guard, Language, Process, Text, Transition
from ..definition.deadline import length_amount
from ..definition.guard import AllOf, Always, AnyOf, Not, ParameterIs
from ..definition.wording import guard_text
from ..runtime import Case
from ..runtime.clause import clauses, whole_guard
from ..runtime.journal import moves
from ..runtime.observing import Attempted, observing

Point = tuple[str, ...]  # kind, then ids


class Recorder:
    """Notes every step of every case while it watches."""

    def __init__(self) -> None:
        self.attempted: list[Attempted] = []
        self._shown: list[tuple[Process, set[Point]]] = []

    @contextmanager
    def watching(self) -> Iterator[Recorder]:
        """While in this, every step of every case is noted; it works as ever."""
        with observing(self.attempted.append):
            yield self

    def fold(self) -> None:
        """Keep what the steps have shown, and let go of their cases."""
        for step in self.attempted:
            self._of(step.asked.process).update(_shown(step.asked.process, step))
        self.attempted.clear()

    def _of(self, process: Process) -> set[Point]:
        for known, shown in self._shown:
            if known is process or known == process:
                return shown
        self._shown.append((process, set()))
        return self._shown[-1][1]

    def coverage(self) -> tuple[PolicyCoverage, ...]:
        """What was shown of each process that was asked, in the order of their first step."""
        self.fold()
        return tuple(PolicyCoverage.of(process, shown) for process, shown in self._shown)


@frozen
class PolicyCoverage:
    """What of one process is there to be shown (`points`) and what was (`shown`); `apart` is what
    its parameters turn off, and what has no length set: nobody can show it under this policy."""

    process: Process
    points: Mapping[str, tuple[Point, ...]]
    shown: frozenset[Point]
    apart: tuple[Point, ...] = ()

    @classmethod
    def of(cls, process: Process, shown: Iterable[Point]) -> PolicyCoverage:
        """The coverage of a process of which this was shown."""
        every = _points(process)
        apart = frozenset(_apart(process))
        points = {kind: tuple(p for p in ps if p not in apart) for kind, ps in every.items()}
        counted = {p for kind in points.values() for p in kind}
        kept_apart = tuple(p for kind in every.values() for p in kind if p in apart)
        return cls(process, points, frozenset(counted.intersection(shown)), kept_apart)

    def share(self, kind: str | None = None) -> float:
        """How much of one kind, or of all, was shown: 0 to 1."""
        points = [p for k, ps in self.points.items() if kind in (None, k) for p in ps]
        return sum(p in self.shown for p in points) / len(points) if points else 1.0

    def missing(self, kind: str) -> tuple[Point, ...]:
        """What of this kind was not shown."""
        return tuple(p for p in self.points[kind] if p not in self.shown)

    def text(self, lang: Language = "en", *, details: bool = True) -> str:
        """A table of shares, and what is missing in words."""
        lines = [f"{self.process.name.in_(lang)} ({self.process.id} {self.process.version})"]
        for kind, points in self.points.items():
            done = sum(p in self.shown for p in points)
            lines.append(f"  {KINDS[kind].in_(lang):<12} {done:>4}/{len(points):<4} "
                         f"{self.share(kind):7.1%}")  # fmt: skip
        lines.append(f"  {_ALL.in_(lang):<12} {'':9} {self.share():7.1%}")
        if details:
            for kind in self.points:
                lines += [f"    − {KINDS[kind].in_(lang)}: {self.said(p, lang)}"
                          for p in self.missing(kind)]  # fmt: skip
            if self.apart:
                lines.append(f"  {_APART.in_(lang).format(len(self.apart))}")
                lines += [f"    ○ {KINDS[p[0]].in_(lang)}: {self.said(p, lang)}"
                          for p in self.apart]  # fmt: skip
        return "\n".join(lines)

    def said(self, point: Point, lang: Language) -> str:
        """One point in words."""
        return _SAYING[point[0]](self.process, point, lang)


def measured(found: Iterable[PolicyCoverage]) -> tuple[PolicyCoverage, ...]:
    """What several runs have shown, together: one for each process."""
    together: dict[Process, set[Point]] = {}
    for one in found:
        together.setdefault(one.process, set()).update(one.shown)
    return tuple(PolicyCoverage.of(process, shown) for process, shown in together.items())


# -- what there is to be shown ------------------------------------------------------------------


def _points(process: Process) -> dict[str, tuple[Point, ...]]:
    rules = [(m.id, t) for m in process.machines for t in m.transitions]
    conditions = [
        ("condition", m, t.id, str(i), way)
        for m, t in rules
        for i in range(len(_atoms(whole_guard(process, t))))
        for way in ("holds", "fails")
    ]
    refusals = [
        ("refusal", m, t.id, str(i))
        for m, t in rules
        if process.event(t.event).home == m
        for i in range(len(clauses(process, t)))
    ]
    limits = [("limit", d.id, what) for what in _RUNS for d in process.deadlines if _can(d, what)]
    agencies: list[Point] = [("agency", e.id, by) for e in process.events for by in e.by]
    return {
        "state": tuple(("state", m.id, s.id) for m in process.machines for s in m.states),
        "rule": tuple(("rule", m, t.id) for m, t in rules),
        "condition": tuple(conditions),
        "refusal": tuple(refusals),
        "limit": tuple(limits),
        "agency": tuple(agencies),
    }


def _can(deadline: Deadline, what: str) -> bool:
    """What can be shown of a limit beside that it runs."""
    there: dict[str, object] = {
        "runs": True, "ends": deadline.on_expiry, "met": deadline.met_by,
        "missed": deadline.met_by, "stops": deadline.stops, "renewed": deadline.renewals,
    }  # fmt: skip
    return bool(there[what])


def _apart(process: Process) -> Iterator[Point]:
    """What nobody can show under this policy."""
    for machine in process.machines:
        for rule in machine.transitions:
            yield from _turned_off(process, machine.id, rule)
    for deadline in process.deadlines:
        if length_amount(process, deadline.length) is None:
            yield from (("limit", deadline.id, what) for what in _RUNS)


def _turned_off(process: Process, machine: str, rule: Transition) -> Iterator[Point]:
    """What the parameters answer of one rule, whatever the case."""
    guard = whole_guard(process, rule)
    if _settled(process, guard) is False:
        yield ("rule", machine, rule.id)
    for i, free in enumerate(_free(process, guard)):
        if not free:
            yield from (("condition", machine, rule.id, str(i), way) for way in _DECIDES)
    for i, clause in enumerate(clauses(process, rule)):
        if _settled(process, clause.guard) is True:
            yield ("refusal", machine, rule.id, str(i))


def _settled(process: Process, guard: Guard) -> bool | None:
    """What the parameters alone say of a guard; None where it is up to the case."""
    return _truth(process, guard, repeat(None))


def _free(process: Process, guard: Guard) -> Iterator[bool]:
    """Of each single condition of a guard whether the parameters leave it anything to decide."""
    if guard.parts():
        open_ = _settled(process, guard) is None
        yield from (open_ and free for part in guard.parts() for free in _free(process, part))
    elif _atoms(guard):
        yield True


def _atoms(guard: Guard) -> list[Guard]:
    """The single conditions of a guard that a case can decide, in reading order."""
    parts = guard.parts()
    if parts:
        return [atom for part in parts for atom in _atoms(part)]
    return [] if isinstance(guard, Always | ParameterIs) else [guard]


# -- what a step has shown ------------------------------------------------------------------------


def _shown(process: Process, step: Attempted) -> Iterator[Point]:
    before = step.asked.case
    yield from (("state", m, s) for m, s in before.states.items())
    if step.after is not None:
        yield from (("state", m, s) for m, s in step.after.states.items())
        yield from (("rule", moved.machine, moved.transition) for moved in moves(step.after))
        yield ("agency", step.event, step.by)
        yield from _limits(process, step, step.after)
    home = process.event(step.event).home
    for machine in process.machines:
        if step.after is None and machine.id != home:
            continue  # nothing else is asked where the home machine refuses
        state = before.state(machine.id)
        for rule in machine.on(step.event):
            if state in rule.sources:
                yield from _decided(process, machine.id, rule, step)
                if step.after is None:
                    yield from _refused(process, machine.id, rule, step)


def _limits(process: Process, step: Attempted, after: Case) -> Iterator[Point]:
    for clock in after.deadlines():
        yield ("limit", clock.deadline.id, "runs")
        if clock.stopped:
            yield ("limit", clock.deadline.id, "stops")
    before = {clock.deadline.id: clock for clock in step.asked.case.deadlines()}
    for id, clock in before.items():
        if clock.deadline.on_expiry == step.event and clock.passed(step.asked.at):
            yield ("limit", id, "ends")
        if any(step.event in renewal.events for renewal in clock.deadline.renewals):
            yield ("limit", id, "renewed")
    if any(clock.deadline.met_by for clock in before.values()):
        for duty in after.duties():
            if duty.standing != "open":
                yield ("limit", duty.deadline.id, "met" if duty.standing == "met" else "missed")


def _decided(process: Process, machine: str, rule: Transition, step: Attempted) -> Iterator[Point]:
    """The conditions on which it turned whether the rule holds."""
    guard = whole_guard(process, rule)
    answers = [step.asked.answer(atom) for atom in _atoms(guard)]
    whole = _truth(process, guard, iter(answers)) is True
    for i, answer in enumerate(answers):
        turned = [*answers[:i], answer is not True, *answers[i + 1 :]]
        if (_truth(process, guard, iter(turned)) is True) is not whole:
            way = "holds" if answer is True else "fails"
            yield ("condition", machine, rule.id, str(i), way)


def _refused(process: Process, machine: str, rule: Transition, step: Attempted) -> Iterator[Point]:
    if step.by not in process.event(step.event).by:
        return
    for i, clause in enumerate(clauses(process, rule)):
        if not step.asked.holds(clause.guard):
            yield ("refusal", machine, rule.id, str(i))


def _truth(process: Process, guard: Guard, answers: Iterator[bool | None]) -> bool | None:
    """The guard with these answers to its single conditions."""
    match guard:
        case Always():
            return True
        case ParameterIs():
            return process.parameter(guard.parameter).value == guard.value
        case Not():
            inner = _truth(process, guard.guard, answers)
            return None if inner is None else not inner
        case AllOf() | AnyOf():
            found = [_truth(process, part, answers) for part in guard.guards]
            decides = isinstance(guard, AnyOf)
            return decides if decides in found else None if None in found else not decides
    return next(answers)


# -- in words -------------------------------------------------------------------------------------


def _rule_said(process: Process, point: Point, lang: Language) -> str:
    machine = process.machine(point[1])
    event = process.event(machine.transition(point[2]).event)
    return f"{machine.label.in_(lang)}: {event.label.in_(lang)} [{point[1]}.{point[2]}]"


def _state_said(process: Process, point: Point, lang: Language) -> str:
    machine = process.machine(point[1])
    return f"{machine.label.in_(lang)}: {machine.state(point[2]).label.in_(lang)}"


def _condition_said(process: Process, point: Point, lang: Language) -> str:
    rule = process.machine(point[1]).transition(point[2])
    atom = _atoms(whole_guard(process, rule))[int(point[3])]
    words = _DECIDES[point[4]].in_(lang)
    return f"{_rule_said(process, point, lang)} — {words.format(guard_text(process, atom, lang))}"


def _refusal_said(process: Process, point: Point, lang: Language) -> str:
    rule = process.machine(point[1]).transition(point[2])
    clause = clauses(process, rule)[int(point[3])]
    return f"{_rule_said(process, point, lang)} — {guard_text(process, clause.guard, lang)}"


def _limit_said(process: Process, point: Point, lang: Language) -> str:
    return f"{process.deadline(point[1]).label.in_(lang)} ({_RUNS[point[2]].in_(lang)})"


def _agency_said(process: Process, point: Point, lang: Language) -> str:
    event, by = process.event(point[1]).label, process.agency(point[2]).label
    return f"{event.in_(lang)} ({by.in_(lang)})"


_SAYING: dict[str, Callable[[Process, Point, Language], str]] = {
    "state": _state_said,
    "rule": _rule_said,
    "condition": _condition_said,
    "refusal": _refusal_said,
    "limit": _limit_said,
    "agency": _agency_said,
}
_DECIDES = {
    "holds": Text("「{0}」が成り立つことで決まる場合", "decided by '{0}' being so"),
    "fails": Text("「{0}」が成り立たないことで決まる場合", "decided by '{0}' not being so"),
}
_RUNS = {
    "runs": Text("進行", "runs"),
    "ends": Text("満了", "runs out"),
    "met": Text("義務の履行", "met"),
    "missed": Text("義務の不履行", "missed, or met late"),
    "stops": Text("停止", "stands still"),
    "renewed": Text("更新・延長", "renewed"),
}
KINDS = {
    "state": Text("状態", "states"),
    "rule": Text("規則", "rules"),
    "condition": Text("要件", "conditions"),
    "refusal": Text("不可の理由", "refusals"),
    "limit": Text("期限", "limits"),
    "agency": Text("報告機関", "agencies"),
}
_ALL = Text("全体", "all")
_APART = Text(
    "別に数えるもの {0} 件(方針が働かせないもの、長さの定めのない期限)",
    "counted apart: {0} (what a policy turns off, limits without a length)",
)
