"""All configurations of the law, beside SPIN exploring alone, in turns: `python benchmarks/proof.py
[ROUNDS]`, with the tests' folder on the path.

SPIN cannot store what the law can come to; it gets one machine with all that it follows, and the
same is explored here. Seconds are those of the processor."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from diversion_flow import Process, processes
from diversion_flow.proof.space import Space
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


def main() -> None:
    """Print the least of the rounds."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
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
    print(
        f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
    )


if __name__ == "__main__":
    main()
