"""Where on the drawings a change of the law lies: what the comparison names, part by part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, field

from ...analysis.structure import Change, structure
from ...definition import Deadline, Machine, Process, Transition
from ...definition.guard import ParameterRef
from ...runtime.clause import whole_guard
from ..model import Standing
from .elsewhere import COURSE
from .numbering import MANY

Marks = dict[str, Standing]


@define
class Touched:
    """Ids of what is to be marked, by kind of drawn part; a rule is `machine.transition`, a state
    `machine.state`. `notes` stand for rules that lead on from many states. `nowhere` are the
    changes that no drawing shows."""

    rules: Marks = field(factory=dict)
    states: Marks = field(factory=dict)
    notes: set[str] = field(factory=set)
    deadlines: Marks = field(factory=dict)
    agencies: Marks = field(factory=dict)
    stages: Marks = field(factory=dict)
    machines: Marks = field(factory=dict)
    course: Marks = field(factory=dict)
    nowhere: list[Change] = field(factory=list)

    def ids(self) -> frozenset[str]:
        """All that is to be marked, of whatever kind."""
        kinds = (self.rules, self.states, self.deadlines, self.agencies, self.stages, self.machines,
                 self.course)  # fmt: skip
        return frozenset(self.notes).union(*kinds)


def touched(a: Process, b: Process, changes: Iterable[Change]) -> Touched:
    """What these changes from `a` to `b` mark."""
    found = Touched()
    for change in changes:
        if not _Marking(a, b, found).mark(change):
            found.nowhere.append(change)
    return found


def marks_between(a: Process, b: Process) -> tuple[Touched, list[frozenset[str]]]:
    """What all that is different from `a` to `b` marks, and the ids that each difference marks by
    itself."""
    changes = structure(a, b)
    return touched(a, b, changes), [touched(a, b, [change]).ids() for change in changes]


def rules_on(events: Iterable[str], laws: Iterable[Process]) -> set[str]:
    """The rules by which these events move anything, in any of the laws."""
    wanted = set(events)
    return {f"{m.id}.{t.id}" for law in laws for m in law.machines for t in m.transitions
            if t.event in wanted}  # fmt: skip


_UNDRAWN = ("seen_by", "seen_with_consent", "source", "basis")  # of a fact


class _Marking:
    def __init__(self, a: Process, b: Process, found: Touched) -> None:
        self.laws, self.found = (a, b), found

    def mark(self, change: Change) -> bool:
        """Mark where the change lies; False where that is on no drawing."""
        if change.part == "fact" and change.field in _UNDRAWN:
            return False
        standing: Standing = change.kind if change.field is None else "changed"
        own = {"agency": self.found.agencies, "stage": self.found.stages}.get(change.part)
        if own is not None:
            own[change.path[0]] = standing
            return True
        if change.part == "machine":
            return self._machine(change, standing)
        if change.part == "process" and change.field in ("road", "main_route"):
            self.found.course[COURSE] = standing
            return True
        if change.part == "state":
            self.found.states[".".join(change.path)] = standing
            return True
        return any([*map(self._rule, self._rules(change)), *map(self._limit, self._limits(change))])

    def _machine(self, change: Change, standing: Standing) -> bool:
        if change.field not in (None, "label", "initial"):
            return False
        [id] = change.path
        self.found.machines[id] = standing
        if change.field == "initial":
            self.found.states |= {f"{id}.{s}": "changed" for s in (change.before, change.after)}
        return True

    def _rule(self, where: tuple[Process, Machine, Transition]) -> bool:
        _, machine, rule = where
        self.found.rules[f"{machine.id}.{rule.id}"] = "changed"
        if len(rule.sources) >= MANY:
            self.found.notes.add(f"{machine.id}.{rule.target}.from_many")
        if rule.target in rule.sources:
            self.found.states.setdefault(f"{machine.id}.{rule.target}", "changed")
        return True

    def _limit(self, limit: Deadline) -> bool:
        self.found.deadlines[limit.id] = "changed"
        for state in limit.states:
            self.found.states.setdefault(f"{limit.machine}.{state}", "changed")
        return True

    def _rules(self, change: Change) -> Iterator[tuple[Process, Machine, Transition]]:
        """The rules that the changed part is or that ask about it."""
        for law in self.laws:
            for machine in law.machines:
                for rule in machine.transitions:
                    if self._concerns(law, machine, rule, change):
                        yield law, machine, rule

    def _concerns(self, law: Process, machine: Machine, rule: Transition, change: Change) -> bool:
        id = change.path[0] if change.path else ""
        match change.part:
            case "transition":
                return change.path == (machine.id, rule.id)
            case "event":
                return rule.event == id
            case "deadline" if change.field in (None, "on_expiry"):  # what it brings about
                held = (change.before, change.after)
                return rule.event in {getattr(each, "on_expiry", each) for each in held}
            case "paper":
                return id in rule.papers
            case "fact" | "choice":
                return id in law.event(rule.event).alters or _asks(law, rule, "fact", id)
            case "parameter":
                return _asks(law, rule, "parameter", id)
            case "remark":
                return f"{machine.id}.{rule.id}" in _spoken_of(law, change)
            case "process":
                return change.field == "consent" and any(not s.exception for s in rule.shares)
        return False

    def _limits(self, change: Change) -> Iterator[Deadline]:
        """The limits that the changed part is or that hang on it."""
        for law in self.laws:
            yield from (d for d in law.deadlines if _hangs(d, change))


def _asks(law: Process, rule: Transition, kind: str, id: str) -> bool:
    return (kind, id) in whole_guard(law, rule).mentions()


def _spoken_of(law: Process, change: Change) -> tuple[object, ...]:
    """The rules of which a changed remark speaks, or those of which it alone does now or did."""
    if change.field == "transitions":
        return (change.before, change.after)
    remark = law.by_id["remark"].get(change.path[0])
    return () if remark is None else remark.transitions


def _hangs(limit: Deadline, change: Change) -> bool:
    id = change.path[0] if change.path else ""
    if change.part == "deadline":
        return limit.id == id
    if change.part == "parameter" and isinstance(limit.length.amount, ParameterRef):
        return limit.length.amount.id == id or ("parameter", id) in limit.guard.mentions()
    kind = "fact" if change.part == "choice" else change.part
    return (kind == "fact" and id in limit.asked) or (kind, id) in limit.guard.mentions()
