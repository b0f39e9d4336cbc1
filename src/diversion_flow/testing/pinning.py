"""Everything that a process does, pinned in scenario files: tours through all its states, and
for each small mistake that these would miss a case that shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import groupby

from ..definition import DefinitionError, Process, Text
from ..definition.grouped import grouped
from ..scenarios import Scenario
from .edges import edges, joined
from .killing import PolicyTest, missed, of_scenarios
from .mutation import Mutant, mutants
from .touring import tours


def pinned(
    process: Process, begun: Callable[[Text], object] = lambda _: None
) -> Iterator[Scenario]:
    """The tours, then the cases at the edges of the rules, in one scenario for each machine; what
    takes long is told to `begun` by its title."""
    found: list[Scenario] = []
    for tour in tours(process):
        begun(tour.title)
        found.append(tour)
        yield tour
    tests: list[PolicyTest] = list(of_scenarios(found))
    told = edges(process, missed(process, tests, _born(process, begun)))
    together = grouped((_about(edge.mutant), edge.scenario) for edge in told)
    for about, scenarios in together.items():
        yield joined(f"edges_{about}", _title(about), scenarios)


def _born(process: Process, begun: Callable[[Text], object]) -> Iterator[tuple[Mutant, Process]]:
    """The mutants that are processes at all."""
    for about, alike in groupby(mutants(process), _about):
        begun(_title(about))
        for mutant in alike:
            with suppress(DefinitionError):
                yield mutant, mutant.apply(process)


def _title(about: str) -> Text:
    return Text(f"規則の境目: {about}", f"Edges of the rules: {about}")


def _about(mutant: Mutant) -> str:
    """What the mistake is about: a machine, or limits, or who reports what."""
    kind, id = mutant.touches[0]
    return id.partition(".")[0] if kind == "rule" else f"{kind}s"
