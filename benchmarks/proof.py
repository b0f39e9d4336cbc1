"""All configurations of the law, beside SPIN exploring alone, in turns: `python benchmarks/proof.py
[ROUNDS]`, with the tests' folder on the path. All invariants of all laws, one after another with
what they have in common worked out once: `python benchmarks/proof.py laws [YEAR ...]`, the years
those in which the versions begin.

SPIN cannot store what the law can come to; it gets one machine with all that it follows, and the
same is explored here. Seconds are those of the processor."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from diversion_flow import LawGap, Process, processes
from diversion_flow.proof import Proved
from diversion_flow.proof.proving import answers, space_of
from diversion_flow.proof.space import Memory, Space
from helpers.models import promela

SMALLER = ("bridging",)


def ours(law: Process, machines: tuple[str, ...] | None) -> tuple[float, int]:
    """How long the exploration takes, tables and all, and what is found."""
    start = time.process_time()
    space = Space(law, machines)
    found = space.sets.count(space.reached)
    return time.process_time() - start, found


def spent() -> float:
    """The processor's seconds of all programs that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def of(command: list[str], folder: Path) -> float:
    """How long a program takes."""
    start = spent()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return spent() - start


def laws() -> dict[str, Process]:
    """Every version, and what it is at every place that has rules of its own then."""
    found: dict[str, Process] = {}
    for version in processes.versions("entry_support"):
        for place in (None, *processes.places("entry_support")):
            for day in filter(None, (version.since, version.until)):
                with suppress(LawGap):
                    law = processes.in_force("entry_support", on=day, place=place)
                    found.setdefault(law.version, law)
    return found


def invariants(years: list[str]) -> None:
    """Print of each law how long its invariants take: those for which nothing that is known of the
    person is carried from event to event, then those for which something is."""
    memory, told = Memory(), {False: 0.0, True: 0.0}
    for law in laws().values():
        if years and str(law.since)[:4] not in years:
            continue
        asked = [each for each in processes.invariants(law) if each.asked_of(law)]
        carrying = {a.id for a in asked if space_of(law, a, memory=memory).kept}
        for with_facts in told:
            start = time.process_time()
            some = [a for a in asked if (a.id in carrying) is with_facts]
            proved = sum(isinstance(answer, Proved) for answer in answers(law, some, memory))
            told[with_facts] += time.process_time() - start
            print(law.version, proved, "of", len(some), "with facts" if with_facts else "without")
    print(f"without facts {told[False]:.1f} s, with {told[True]:.1f} s")
    print(f"{memory.work.done:,} steps; {peak()} MB")


def peak() -> int:
    """The most memory that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Print the least of the rounds, or what the laws take."""
    if sys.argv[1:2] == ["laws"]:
        invariants(sys.argv[2:])
    else:
        peers(int(sys.argv[1]) if len(sys.argv) > 1 else 3)


def peers(rounds: int) -> None:
    """Print the least of the rounds."""
    law = processes.in_force("entry_support", on="2024-06-03")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "model.pml").write_text(promela([Space(law, SMALLER)]), "ascii")
        made = of(["spin", "-a", "model.pml"], folder)
        made += of(
            ["cc", "-O2", "-DSAFETY", "-DNOREDUCE", "-DNOFAIR", "-o", "pan", "pan.c"], folder
        )
        told: dict[str, list[float]] = {"spin": [], "some": [], "all": []}
        for _ in range(rounds):
            told["spin"].append(of(["./pan", "-m1000000"], folder))
            some, few = ours(law, SMALLER)
            whole, many = ours(law, None)
            told["some"].append(some)
            told["all"].append(whole)
    least = {name: min(seconds) for name, seconds in told.items()}
    print(f"SPIN: {few:,} configurations in {least['spin']:.2f} s, {made:.2f} s to compile before")
    print(f"ours: {few:,} in {least['some']:.2f} s")
    print(f"ours: {many:,} (all machines) in {least['all']:.2f} s")
    print(f"memory of this process: {peak()} MB")


if __name__ == "__main__":
    main()
