"""The shipped law measured: `PYTHONPATH=benchmarks python benchmarks/law.py`.

The courses are those of the shipped stories; the varied cases follow no story and meet
configurations that no case has met before. CPU time, medians of interleaved rounds; the ratio is
to one step of the dict by hand on the small workload, in the same run.
"""

from __future__ import annotations

import gc
import random
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from itertools import chain
from pickle import dumps, loads  # noqa: TID251 - what we have written ourselves, just now
from typing import Any, NamedTuple

from attrs import evolve
from engines import Kernel
from workload import PATH

from diversion_flow import Case, DiversionFlowError, Process, processes, replay
from diversion_flow.scenarios import play, shipped, story_names

ROUNDS = 9


class Entry(NamedTuple):
    """One call of `step`."""

    event: str
    by: str
    at: Any
    facts: Mapping[str, Any]


class Course(NamedTuple):
    """A case as the stories tell it: where it began, and the steps."""

    begins: Case
    steps: tuple[Entry, ...]
    ends: Case

    def walk(self) -> Case:
        """Go the whole way."""
        case = self.begins
        for event, by, at, facts in self.steps:
            case = case.step(event, by=by, at=at, facts=facts)
        return case


def courses(folder: str = "stories") -> Iterator[Course]:
    """Every case of the shipped stories."""
    for name in story_names(folder):
        last = {played.before.id: played.after for played in play(shipped(name))}
        for case in last.values():
            yield course(case)


def course(case: Case) -> Course:
    """The case's journal as calls."""
    first, *later = case.journal
    steps = tuple(Entry(r.event, r.by, r.at, dict(r.facts)) for r in later)
    return Course(case.process.open(at=first.at, facts=first.facts, id=case.id), steps, case)


def varied(law: Process, number: int, told: Mapping[str, list[Entry]]) -> list[Course]:
    """Cases that go wherever the law lets them, with facts that the stories record."""
    rng = random.Random(7)
    return [course(_wandered(law, rng, told)) for _ in range(number)]


def _wandered(law: Process, rng: random.Random, told: Mapping[str, list[Entry]]) -> Case:
    facts = {"age": rng.choice([30, 66, 80]), "housing": "none"}
    case = law.open(at="2024-06-03T10:00", facts=facts)
    for _ in range(40):
        may = [event for event in case.possible() if event in told]
        if not may:
            break
        entry = rng.choice(told[rng.choice(may)])
        at = case.at + timedelta(hours=rng.choice([1, 5, 20]))
        try:
            case = case.step(entry.event, by=entry.by, at=at, facts=entry.facts)
        except DiversionFlowError:
            continue
    return case


def spent(call: Callable[[], object], number: int = 1, least: float = 0.03) -> float:
    """Microseconds of CPU for one of `number` things that a call does, called again and again
    for at least so many seconds."""
    calls, start = 0, time.process_time()
    while (used := time.process_time() - start) < least or not calls:
        call()
        calls += 1
    return used / (number * calls) * 1e6


def held(call: Callable[[], list[Any]]) -> float:
    """Bytes held by one of the things that a call gives."""
    gc.collect()
    tracemalloc.start()
    try:
        given = call()
        gc.collect()
        return tracemalloc.get_traced_memory()[0] / len(given)
    finally:
        tracemalloc.stop()


def by_hand() -> None:
    """The unit: the small workload by a dict."""
    kernel = Kernel()
    for _ in range(500):
        case = kernel.new()
        for event, role in PATH:
            case = kernel.fire(case, event, role)


def questions(law: Process) -> dict[str, Callable[[], float]]:
    """What is measured in time: a name, and one round of it in microseconds."""
    told = list(courses())
    snapshots = [case for c in told for case in c.ends.snapshots()]
    some = snapshots[::7]
    asked = [(c, e.id, by) for c in some for e in c.process.events for by in e.by[:1]]
    allowed = [(c, e, by) for c, e, by in asked if c.explain(e, by=by).allowed]
    entries: dict[str, list[Entry]] = {}
    for entry in chain.from_iterable(c.steps for c in told):
        entries.setdefault(entry.event, []).append(entry)
    wanderings = varied(law, 300, entries)
    steps = sum(len(c.steps) for c in told)
    longest = max(told, key=lambda c: len(c.steps))
    journal, pickled = longest.ends.journal, dumps(longest.ends)
    again = {n: repeated(law, n) for n in (100, 10_000)}

    def anew() -> float:
        fresh = evolve(law)
        opened = [(fresh.open(at=c.begins.at, facts=dict(c.begins.facts)), c) for c in wanderings]
        number = sum(len(c.steps) for c in wanderings)
        return spent(lambda: [c._replace(begins=b).walk() for b, c in opened], number, 0)

    return {
        "a step by hand (small workload)": lambda: spent(by_hand, 500 * len(PATH)),
        "step, shipped courses": lambda: spent(lambda: [c.walk() for c in told], steps),
        "step, varied cases, first pass": anew,
        "step at 100 entries": lambda: spent(again[100], 200),
        "step at 10,000 entries": lambda: spent(again[10_000], 200),
        "what 23 agencies may do": lambda: spent(
            lambda: [c.worklist() for c in some], len(some)),
        "explain, mean over all events": lambda: spent(
            lambda: [c.explain(e, by=by).reasons for c, e, by in asked], len(asked)),
        "explain, allowed": lambda: spent(
            lambda: [c.explain(e, by=by).reasons for c, e, by in allowed], len(allowed)),
        "deadlines": lambda: spent(lambda: [c.deadlines() for c in snapshots], len(snapshots)),
        "a whole case of the stories": lambda: spent(
            lambda: [c.begins.process.open(at=c.begins.at, facts=dict(c.begins.facts)) and c.walk()
                     for c in told], len(told)),
        f"replay of {len(journal)} entries": lambda: spent(
            lambda: replay(longest.begins.process, journal)),
        "pickle": lambda: spent(lambda: dumps(longest.ends)),
        "unpickle": lambda: spent(lambda: loads(pickled)),  # noqa: S301
    }  # fmt: skip


def repeated(law: Process, number: int) -> Callable[[], object]:
    """Two hundred steps more of a case that has so many entries already."""
    case = law.open(at="2024-06-03T10:00", facts={"age": 71})
    case = case.step("arrested", by="police", at=case.at)
    event, by = "guidance_noted", "police"
    for e in case.enabled():
        after = case.step(e, by=min(law.event(e).by), at=case.at)
        if after.states == case.states:
            event, by = e, min(law.event(e).by)
            break
    for _ in range(number):
        case = case.step(event, by=by, at=case.at)
    return lambda: [case.step(event, by=by, at=case.at) for _ in range(200)]


def sizes(law: Process) -> dict[str, float]:
    """What is measured in bytes."""
    told = list(courses())
    longest = max(told, key=lambda c: len(c.steps))
    usual = min(told, key=lambda c: abs(len(c.steps) - 19))
    entries: dict[str, list[Entry]] = {}
    for entry in chain.from_iterable(c.steps for c in told):
        entries.setdefault(entry.event, []).append(entry)
    rng, fresh = random.Random(11), evolve(law)

    def tables(number: int) -> float:
        """What a process of its own holds after so many cases; the cases are forgotten."""
        for _ in range(number):
            _wandered(fresh, rng, entries)
        gc.collect()
        return tracemalloc.get_traced_memory()[0] / 1e6

    tracemalloc.start()
    growing = [(number, tables(number)) for number in (500, 500, 1_000)]
    tracemalloc.stop()
    opened = {"at": "2024-06-03T10:00", "facts": {"age": 71}}
    return {
        "a fresh case, B": held(lambda: [law.open(**opened) for _ in range(1_000)]),
        f"a case after {len(usual.steps)} steps, B": held(
            lambda: [usual.walk() for _ in range(200)]),
        f"pickled, {len(longest.steps)} steps, B": len(dumps(longest.ends)),
        f"pickled, {len(usual.steps)} steps, B": len(dumps(usual.ends)),
        **{f"tables after {n:,} more varied cases, MB": size for n, size in growing},
    }  # fmt: skip


def main() -> None:
    """Print the table."""
    law = processes.in_force("entry_support", on="2024-06-03")
    asked = questions(law)
    rounds: dict[str, list[float]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, measure in asked.items():
            gc.collect()
            rounds[name].append(measure())
    unit = statistics.median(next(iter(rounds.values())))
    print("| | µs | × a step by hand |\n|---|---|---|")
    for name, found in rounds.items():
        here = statistics.median(found)
        print(f"| {name} | {here:,.2f} | {here / unit:,.1f} |")
    print("\n| | |\n|---|---|")
    for name, size in sizes(law).items():
        print(f"| {name} | {size:,.1f} |")


if __name__ == "__main__":
    main()
