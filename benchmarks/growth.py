"""How what the library does grows with the process: with its machines, and with the states of one.

PYTHONPATH=benchmarks .venv/bin/python benchmarks/growth.py [machines|states] [WORK ...]

Seconds of processor time at each size, and the exponent between the last two sizes: 1 is linear.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from math import log
from time import process_time
from typing import Any, Final

from attrs import evolve

from diversion_flow import Process, Text, check, compare, draw
from diversion_flow.definition import (
    ALWAYS,
    Agency,
    Basis,
    Deadline,
    Event,
    Fact,
    Guard,
    Kind,
    Length,
    Machine,
    Mark,
    OnEntry,
    Source,
    State,
    Transition,
    Unit,
    holds,
    machine,
)
from diversion_flow.explorer import explorer
from diversion_flow.explorer.model import law
from diversion_flow.interchange import EXPORTS, export
from diversion_flow.runtime.program import program

LAW: Final = (Basis(Mark.READ, "law", "1"),)
OFFICES: Final = 12
OPENED: Final = {"at": "2024-06-03"}


def main() -> None:
    """Print a table."""
    asked, *works = sys.argv[1:] or ["both"]
    for name, (build, sizes) in GROWING.items():
        if asked not in (name, "both"):
            continue
        print(f"{name:22}" + "".join(f"{size:>9}" for size in sizes) + " exponent")
        for work in works or WORKS:
            took = [seconds(build(size), WORKS[work]) for size in sizes]
            slope = log(took[-1] / took[-2]) / log(sizes[-1] / sizes[-2])
            print(f"{work:22}" + "".join(f"{t:9.3f}" for t in took) + f"{slope:9.2f}", flush=True)


def seconds(process: Process, work: Callable[[Process], object]) -> float:
    """The quickest of some rounds, each with a process of which nothing is known yet."""
    best = float("inf")
    spent = 0.0
    while spent < _SPEND:
        fresh = _unknown(process)
        start = process_time()
        work(fresh)
        took = process_time() - start
        best, spent = min(best, took), spent + took + 0.01
    return best


_SPEND: Final = 1.0


def _unknown(process: Process) -> Process:
    """The process with new parts: what is known of parts is known by the very part."""
    return evolve(process, machines=tuple(
        evolve(m, states=tuple(map(evolve, m.states)),
               transitions=tuple(map(evolve, m.transitions)))
        for m in process.machines
    ))  # fmt: skip


def _build(process: Process) -> Process:
    return evolve(process)


def _enabled(process: Process) -> object:
    case = process.open(**OPENED)  # type: ignore[arg-type]
    return case.enabled()


def _step(process: Process) -> object:
    case = process.open(**OPENED, facts={"known_0": True})  # type: ignore[arg-type]
    return case.step("next_0", by="office_0", at="2024-06-04")


def _compare(process: Process) -> object:
    """With the same law, in which one rule asks nothing."""
    first, *others = process.machines
    ways = [evolve(t, guard=ALWAYS) if t is first.transitions[0] else t for t in first.transitions]
    changed = evolve(first, transitions=tuple(ways))
    return compare(process, evolve(process, version="2", machines=(changed, *others)))


WORKS: dict[str, Callable[[Process], object]] = {
    "build": _build,
    "check": check,
    "compare": _compare,
    "compile": program,
    "step, the first": _step,
    "enabled, the first": _enabled,
    **{f"export {name}": lambda p, name=name: export(p, name) for name in EXPORTS},
    "draw overview": lambda process: draw(process, "overview"),
    "draw machine": lambda process: draw(process, process.main_machine),
    "explorer, its engine": law,
    "explorer, the page": explorer,
}


# -- processes of any size -----------------------------------------------------------------------


def many_machines(size: int) -> Process:
    """Machines of five states: a way through, a way back, a time limit; each looks at the one
    before it and is moved along by what happens there."""
    return _process([_machine(i, size) for i in range(size)], [
        *(event for i in range(size) for event in
          (_event(f"next_{i}", i), _event(f"back_{i}", i), _event(f"late_{i}", i))),
    ])  # fmt: skip


def _machine(number: int, size: int) -> Machine:
    before = (number - 1) % size
    states = _states(5, number)
    ways = [
        _way("first", f"next_{number}", "s0", "s1", _known(number)),
        _way("second", f"next_{number}", "s1", "s2", machine(f"m{before}").in_("s0", "s1")),
        _way("third", f"next_{number}", "s2", "s3", _known(number) | _known(number + 1)),
        _way("fourth", f"next_{number}", "s3", "s4"),
        _way("back", f"back_{number}", "s1 s2 s3", "s0", _known(number + 2)),
        _way("along", f"next_{before}", "s0", "s1", _known(number + 3)),
        _way("late", f"late_{number}", "s1", "s4"),
    ]  # fmt: skip
    return _made(f"m{number}", states, ways)


def one_machine(size: int) -> Process:
    """One machine: an event that goes on from everywhere, one that goes back from everywhere, and
    one of its own for each state."""
    ways = [_way(f"on_{i}", "next_0", f"s{i}", f"s{i + 1}", _known(i)) for i in range(size - 1)]
    ways += [_way(f"own_{i}", f"own_{i}", f"s{i}", f"s{i + 2}") for i in range(size - 2)]
    ways.append(_way("back", "back_0", " ".join(f"s{i}" for i in range(1, size)), "s0", _known(1)))
    ways.append(_way("late", "late_0", "s1", f"s{size - 1}"))
    events = [_event("next_0", 0), _event("back_0", 0), _event("late_0", 0)]
    events += [_event(f"own_{i}", 0, i) for i in range(size - 2)]
    return _process([_made("m0", _states(size, 0), ways)], events)


def _process(machines: list[Machine], events: list[Event]) -> Process:
    facts = tuple(
        Fact(f"known_{i}", _text(f"known {i}"), Kind.BOOLEAN, "office_0",
             tuple(f"office_{k}" for k in range(OFFICES)))
        for i in range(FACTS)
    )  # fmt: skip
    return Process(
        id="grown", version="1", label=_text("grown"), agencies=_offices(), events=tuple(events),
        machines=tuple(machines), main_machine="m0", facts=facts,
        deadlines=tuple(_limit(m.id) for m in machines), sources=(Source("law", _text("Law")),),
    )  # fmt: skip


FACTS: Final = 20


def _offices() -> tuple[Agency, ...]:
    return tuple(Agency(f"office_{i}", _text(f"office {i}")) for i in range(OFFICES))


def _limit(id: str) -> Deadline:
    return Deadline(f"limit_{id}", _text(f"limit {id}"), id, ("s1",), OnEntry(),
                    Length(10, Unit.DAYS), "office_0", LAW, on_expiry=f"late_{id[1:]}")  # fmt: skip


def _made(id: str, states: tuple[State, ...], ways: list[Transition]) -> Machine:
    seen_by = tuple(f"office_{i}" for i in range(OFFICES))
    return Machine(id, _text(id), "s0", states, tuple(ways), seen_by=seen_by)


def _states(size: int, number: int) -> tuple[State, ...]:
    return tuple(
        State(f"s{i}", _text(f"state {number}-{i}"), f"office_{(number + i) % OFFICES}",
              basis=LAW, final=i == size - 1,
              **({"outcome": _text("over")} if i == size - 1 else {}))
        for i in range(size)
    )  # fmt: skip


def _way(id: str, event: str, sources: str, target: str, guard: Guard | None = None) -> Transition:
    more: dict[str, Any] = {} if guard is None else {"guard": guard}
    return Transition(id, event, tuple(sources.split()), target, basis=LAW, **more)


def _event(id: str, number: int, office: int = 0) -> Event:
    by = (f"office_{number % OFFICES}", f"office_{office % OFFICES}")
    records = (f"known_{number % FACTS}",)
    return Event(id, _text(id.replace("_", " ")), f"m{number}", tuple(dict.fromkeys(by)), records)


def _known(number: int) -> Guard:
    return holds(f"known_{number % FACTS}")


def _text(english: str) -> Text:
    return Text(f"{english}(日)", english)


GROWING: Final[dict[str, tuple[Callable[[int], Process], tuple[int, ...]]]] = {
    "machines": (many_machines, (25, 50, 100, 200)),
    "states": (one_machine, (125, 250, 500, 1000)),
}


if __name__ == "__main__":
    main()
