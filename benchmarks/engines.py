"""The same process in every engine: ours, a dict by hand, and peers if they are installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from workload import CONDITIONS, FACTS, FINAL, ROLES, RULES, STATES

from diversion_flow import Process, Refused
from diversion_flow.definition import (
    Agency,
    Choice,
    Event,
    Fact,
    Kind,
    Machine,
    State,
    Text,
    Transition,
    every,
    fact,
    holds,
)
from diversion_flow.runtime import JST

T = Text("あ", "a")
AT = datetime(2024, 6, 3, 10, tzinfo=JST)


class NotAllowed(Exception):
    """A refusal, where an engine has none of its own."""


class Engine:
    """What is asked of each engine."""

    name: str
    refusals: tuple[type[Exception], ...] = (NotAllowed,)

    def new(self) -> Any:
        raise NotImplementedError

    def fire(self, case: Any, event: str, role: str) -> Any:
        """Move the case and give it back (a new one where cases do not change)."""
        raise NotImplementedError

    def state(self, case: Any) -> str:
        return str(case.state)


def definition() -> Process:
    """The workload as a process."""
    guards = {
        "eligible": (fact("age") >= 65) | (fact("disability") != "none"),
        "consented": holds("consent"),
        "in_custody": holds("custody"),
        "divertible": fact("outcome") != "imprisonment",
        "needs_housing": fact("housing") == "none",
    }
    choices = {"disability": ("none", "cognitive"), "outcome": ("conditional", "imprisonment"),
               "housing": ("none", "flat")}  # fmt: skip
    return Process(
        id="workload", version="1", label=T, main_machine="m",
        agencies=tuple(Agency(r, T) for r in sorted({r for by in ROLES.values() for r in by})),
        events=tuple(Event(e, T, "m", by) for e, by in ROLES.items()),
        facts=(
            Fact("age", T, Kind.INTEGER, "worker"),
            Fact("consent", T, Kind.BOOLEAN, "worker"),
            Fact("custody", T, Kind.BOOLEAN, "worker"),
            *(Fact(f, T, Kind.CHOICE, "worker", choices=tuple(Choice(c, T) for c in cs))
              for f, cs in choices.items()),
        ),
        machines=(Machine(
            "m", T, "intake",
            tuple(State(s, T, "worker", final=s in FINAL) for s in STATES),
            tuple(
                Transition(f"t{i}", event, (source,), target,
                           every(*(guards[g] for g in yes.split()),
                                 *(~guards[g] for g in no.split())))
                for i, (source, event, target, yes, no) in enumerate(RULES)
            ),
        ),),
    )  # fmt: skip


class Ours(Engine):
    name = "diversion_flow"
    refusals = (Refused,)

    def __init__(self) -> None:
        self.open = definition().open
        self.facts = self.open(at=AT, facts=FACTS).facts

    def new(self) -> Any:
        return self.open(at=AT, facts=self.facts)

    def fire(self, case: Any, event: str, role: str) -> Any:
        return case.step(event, by=role, at=AT)

    def state(self, case: Any) -> str:
        return str(case.state("m"))


class DictCase:
    __slots__ = ("facts", "journal", "state")

    def __init__(self) -> None:
        self.state, self.facts, self.journal = "intake", FACTS, []  # type: ignore[var-annotated]


class Kernel(Engine):
    """The limit of plain Python: one dict, one look-up, closures, a list for a journal."""

    name = "dict by hand"

    def __init__(self) -> None:
        table: dict[tuple[str, str], Any] = {}
        for source, event, target, yes, no in RULES:
            row = table.setdefault((source, event), (frozenset(ROLES[event]), []))
            row[1].append((_test(yes, no), target))
        get = table.get

        def fire(case: Any, event: str, role: str) -> Any:
            source = case.state
            row = get((source, event))
            if row is None or role not in row[0]:
                raise NotAllowed
            for test, target in row[1]:
                if test is None or test(case.facts):
                    case.state = target
                    case.journal.append((event, source, target, role))
                    return case
            raise NotAllowed

        self.fire = fire  # type: ignore[method-assign]

    def new(self) -> Any:
        return DictCase()


def _test(yes: str, no: str) -> Callable[[Any], bool] | None:
    wanted = [CONDITIONS[g] for g in yes.split()]
    unwanted = [CONDITIONS[g] for g in no.split()]
    if not wanted and not unwanted:
        return None
    if len(wanted) == 1 and not unwanted:
        return wanted[0]
    if len(unwanted) == 1 and not wanted:
        return lambda f, g=unwanted[0]: not g(f)  # type: ignore[misc]
    first, second = wanted  # the workload has no longer conjunction
    return lambda f: first(f) and second(f)


class Toolkit(Engine):
    """pytransitions, a model for each case, the role asked by hand."""

    name = "transitions"

    def __init__(self) -> None:
        import transitions

        self.refusals = (NotAllowed, transitions.MachineError)
        self.machine = transitions.Machine(
            model=None, states=list(STATES), initial="intake", auto_transitions=False
        )
        for source, event, target, yes, no in RULES:
            self.machine.add_transition(event, source, target, conditions=yes.split(),
                                        unless=no.split())  # fmt: skip

    def new(self) -> Any:
        case = _Model()
        self.machine.add_model(case)
        return case

    def fire(self, case: Any, event: str, role: str) -> Any:
        source = case.state
        if role not in ROLES[event] or not getattr(case, event)():
            raise NotAllowed
        case.journal.append((event, source, case.state, role))
        return case


class _Model:
    def __init__(self) -> None:
        self.journal: list[Any] = []


for _name, _condition in CONDITIONS.items():
    setattr(_Model, _name, lambda self, c=_condition: c(FACTS))


def engines() -> Iterator[Engine]:
    """Those that can be built here."""
    for kind in (Kernel, Ours, Toolkit):
        try:
            yield kind()
        except ImportError:
            continue
