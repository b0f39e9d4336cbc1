"""Everything that a process does, pinned in scenario files: tours through all its states, and
for each small mistake that these would miss a case that shows it."""

from __future__ import annotations

from collections.abc import Iterator

from ..definition import DefinitionError, Process, Text
from ..scenarios import Scenario
from .edges import edges, joined
from .killing import PolicyTest, missed, of_scenarios
from .mutation import Mutant, mutants
from .touring import tours


def pinned(process: Process) -> Iterator[Scenario]:
    """The tours, then the cases at the edges of the rules, in one scenario for each machine."""
    found = list(tours(process))
    yield from found
    together: dict[str, list[Scenario]] = {}
    tests: list[PolicyTest] = list(of_scenarios(found))
    for edge in edges(process, missed(process, tests, _born(process))):
        together.setdefault(_about(edge.mutant), []).append(edge.scenario)
    for about, scenarios in together.items():
        title = Text(f"規則の境目: {about}", f"Edges of the rules: {about}")
        yield joined(f"edges_{about}", title, scenarios)


def _born(process: Process) -> Iterator[tuple[Mutant, Process]]:
    """The mutants that are processes at all."""
    for mutant in mutants(process):
        try:
            yield mutant, mutant.apply(process)
        except DefinitionError:
            continue


def _about(mutant: Mutant) -> str:
    """What the mistake is about: a machine, or limits, or who reports what."""
    kind, id = mutant.touches[0]
    return id.partition(".")[0] if kind == "rule" else f"{kind}s"
