"""The names of a law's parts in one case: some follow a fact, as the day of the offence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from attrs import evolve

from ..definition import CalledWhen, Machine, Process
from ..definition.arguments import argument
from ..definition.errors import At
from ..definition.kept import kept, kept_with
from ..definition.moments import moment
from ..definition.process import every_part
from .logic import Facts, compile_guard

if TYPE_CHECKING:
    from ..definition import Value

_ANY = moment("2024-06-03")  # no name depends on the day of the step


def called(process: Process, facts: Mapping[str, Value]) -> Process:
    """The process with the names that its parts have in a case of which these facts are known.

    It is for words only, not to open cases of. Give it what is seen by whoever reads the words.
    """
    argument("process", process, Process)
    argument("facts", facts, Mapping)
    return kept(process, _Names).of(facts) if several_names(process) else process


def several_names(process: Process) -> bool:
    """Whether the name of any part follows a fact."""
    return bool(kept(process, _Names).asked)


class _Names:
    """The same law under the names that facts choose, each made once."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self._made: dict[tuple[int | None, ...], Process] = {}
        self.asked = {
            at: [compile_guard(other.guard, process, {}) for other in others]
            for at, others in names_by_part(process)
        }

    def of(self, facts: Mapping[str, Value]) -> Process:
        """The law in a case of which these facts are known."""
        chosen = tuple(_first(tests, facts) for tests in self.asked.values())
        if chosen not in self._made:
            self._made[chosen] = self._named(dict(zip(self.asked, chosen, strict=True)))
        return self._made[chosen]

    def _named(self, chosen: Mapping[At, int | None]) -> Process:
        return with_names(self.process, lambda at, part: under(part, chosen[at]))


def with_names(process: Process, name: Callable[[At, Any], Any]) -> Process:
    """The process with each part that has other names as `name` has it."""

    def one(part: Any, *at: tuple[str, str]) -> Any:
        return name(at, part) if part.called_when else part

    return evolve(
        process,
        events=tuple(one(e, ("event", e.id)) for e in process.events),
        deadlines=tuple(one(d, ("deadline", d.id)) for d in process.deadlines),
        machines=tuple(
            evolve(m, states=tuple(one(s, ("machine", m.id), ("state", s.id)) for s in m.states))
            for m in process.machines
        ),
        facts=tuple(
            evolve(f, choices=tuple(one(c, ("fact", f.id), ("choice", c.id)) for c in f.choices))
            for f in process.facts
        ),
    )


def under(part: Any, number: int | None) -> Any:
    """The part under this one of its other names; under its own where it is none of them."""
    label = part.label if number is None else part.called_when[number].label
    return evolve(part, label=label, called_when=())


def _first(tests: list[Any], known: Facts) -> int | None:
    """Which of the other names fits; an unknown fact is no yes."""
    yes = (n for n, test in enumerate(tests)
           if (test if isinstance(test, bool) else test(known, _ANY, None)) is True)  # fmt: skip
    return next(yes, None)


def names_by_part(process: Process) -> Iterator[tuple[At, tuple[CalledWhen, ...]]]:
    """The parts whose name follows a fact, each with its other names."""
    for at, part in every_part(process, set(map(id, process.machines))):
        others: tuple[CalledWhen, ...] = getattr(part, "called_when", ())
        if others:
            yield at, others
    for machine in process.machines:
        yield from kept_with(machine, _names_of_states)


def _names_of_states(machine: Machine) -> tuple[tuple[At, tuple[CalledWhen, ...]], ...]:
    at: At = (("machine", machine.id),)
    states = ((s.id, s.called_when) for s in machine.states if s.called_when)
    return tuple(((*at, ("state", id)), others) for id, others in states)


def other_names(process: Process) -> tuple[tuple[str, CalledWhen], ...]:
    """The parts (`state custody.imprisoned`) whose name follows a fact, with each other name."""
    return tuple(
        (f"{at[-1][0]} {'.'.join(id for _, id in at)}", other)
        for at, others in names_by_part(process)
        for other in others
    )
