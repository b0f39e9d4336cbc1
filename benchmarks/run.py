"""Measure our engine beside a dict by hand and peers, in one run: `python benchmarks/run.py`.

Figures are medians of several repeats on this machine; only the ratios travel.
"""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

from engines import Engine, Ours, definition, engines
from workload import PATH

REPEATS, CASES = 5, 4000


def median(measure: Callable[[], float]) -> float:
    """The median of several repeats."""
    return statistics.median(measure() for _ in range(REPEATS))


def drive(engine: Engine) -> float:
    """Events per second along the path, cases made outside the clock."""
    cases = [engine.new() for _ in range(CASES)]
    fire = engine.fire
    gc.collect()
    start = time.perf_counter()
    for case in cases:
        for event, role in PATH:
            case = fire(case, event, role)
    spent = time.perf_counter() - start
    assert engine.state(case) == "closed"
    return CASES * len(PATH) / spent


def create(engine: Engine, number: int) -> float:
    """Seconds to make `number` cases."""
    gc.collect()
    start = time.perf_counter()
    made = [engine.new() for _ in range(number)]
    spent = time.perf_counter() - start
    assert len(made) == number
    return spent


def memory(engine: Engine) -> tuple[float, float]:
    """Bytes of a case when fresh, and after the path with its journal."""
    warm = engine.new()
    for event, role in PATH:
        warm = engine.fire(warm, event, role)
    gc.collect()
    tracemalloc.start()
    base = tracemalloc.get_traced_memory()[0]
    cases = [engine.new() for _ in range(500)]
    fresh = (tracemalloc.get_traced_memory()[0] - base) / 500
    for i, case in enumerate(cases):
        for event, role in PATH:
            case = engine.fire(case, event, role)
        cases[i] = case
    gc.collect()
    used = (tracemalloc.get_traced_memory()[0] - base) / 500
    tracemalloc.stop()
    return fresh, used


def each(call: Callable[[], Any], number: int = 20_000) -> float:
    """Microseconds for one call."""
    start = time.perf_counter()
    for _ in range(number):
        call()
    return (time.perf_counter() - start) / number * 1e6


def refuse(engine: Engine, case: Any, event: str, role: str) -> Callable[[], None]:
    """A call that must be refused, with raising and catching."""

    def attempt() -> None:
        try:
            engine.fire(case, event, role)
        except engine.refusals:
            return
        raise AssertionError("not refused")

    return attempt


def report() -> list[str]:
    """One row for each engine, and what only ours can answer."""
    rows, kernel = [], 0.0
    for engine in engines():
        speed = median(lambda e=engine: drive(e))  # type: ignore[misc]
        kernel = kernel or speed
        number = 10_000 if engine.name != "transitions" else 1_000
        made = median(lambda e=engine, n=number: create(e, n)) * 10_000 / number  # type: ignore[misc]
        fresh, used = memory(engine)
        screening = engine.fire(engine.new(), "open", "worker")
        refusals = [
            median(lambda c=c: each(c))  # type: ignore[misc]
            for c in (refuse(engine, screening, "settle", "worker"),
                      refuse(engine, screening, "decide", "client"))
        ]  # fmt: skip
        rows.append(
            f"| {engine.name} | {speed:,.0f} | {kernel / speed:.1f} | {made * 1000:.2f} | "
            f"{fresh:.0f} | {used:.0f} | {refusals[0]:.2f} | {refusals[1]:.2f} |"
        )
    return rows


def questions() -> list[str]:
    """What is open now, why not, and the build."""
    from diversion_flow import check

    ours = Ours()
    case = ours.fire(ours.new(), "open", "worker")
    build = median(lambda: each(lambda: definition().open, 50)) / 1000
    checked = median(lambda: each(lambda: check(definition()), 5)) / 1000
    return [
        f"- enabled(by): {median(lambda: each(lambda: case.enabled('supervisor'))):.2f} µs",
        f"- explain, with the reasons as data: "
        f"{median(lambda: each(lambda: case.explain('settle', by='worker').reasons, 2000)):.1f} µs",
        f"- build, compiled: {build:.2f} ms; with every check: {checked:.1f} ms",
    ]


if __name__ == "__main__":
    heads = ("engine", "events/s", "× dict", "10k cases, ms", "B fresh", "B after 12")
    print(f"| {' | '.join((*heads, 'refuse event, µs', 'refuse role, µs'))} |")
    print("|---" * 8 + "|")
    print("\n".join(report()))
    print()
    print("\n".join(questions()))
