"""Mutants of the law against the shipped scenarios, beside a fresh interpreter for each mutant,
which is how mutation tools for code run them: `python benchmarks/mutants.py`."""

from __future__ import annotations

import subprocess
import sys
import time

from diversion_flow import processes
from diversion_flow.scenarios import shipped, story_names
from diversion_flow.testing import mutants
from diversion_flow.testing.killing import missed, of_scenarios

ALONE = """
from diversion_flow import processes
from diversion_flow.scenarios import story_names, shipped
from diversion_flow.testing import mutants
from diversion_flow.testing.killing import missed, of_scenarios
law = processes.in_force("entry_support", on="2024-06-03")
names = (name for folder in ("stories", "tours") for name in story_names(folder))
told = of_scenarios(map(shipped, names))
tests = [test for test in told if test.passes(law)]
mutant = next(m for m in mutants(law) if m.id == {id!r})
print(len(list(missed(law, tests, [(mutant, mutant.apply(law))]))))
"""


def main() -> None:
    """Print how long both take, and whether they agree."""
    law = processes.in_force("entry_support", on="2024-06-03")
    every = list(mutants(law))
    start = time.perf_counter()
    # One told under another law fails on this one, and would notice every mistake.
    names = (name for folder in ("stories", "tours") for name in story_names(folder))
    told = of_scenarios(map(shipped, names))
    tests = [test for test in told if test.passes(law)]
    left = {m.id for m, _ in missed(law, tests, ((m, m.apply(law)) for m in every))}
    whole = time.perf_counter() - start
    some = every[:: len(every) // 12]
    start = time.perf_counter()
    for mutant in some:
        command = [sys.executable, "-c", ALONE.format(id=mutant.id)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert (mutant.id in left) is (said.strip() == "1")
    alone = (time.perf_counter() - start) / len(some)
    each = whole / len(every)
    print(f"{len(every)} mutants in one process: {whole:.1f} s, {each * 1e3:.1f} ms each; "
          f"{len(left)} not noticed")  # fmt: skip
    print(f"a fresh interpreter each: {alone * 1e3:.0f} ms, {alone / each:.0f} times as long")


if __name__ == "__main__":
    main()
