"""What is worked out of a law once says of each law near to it what a comparison of the two does."""

from __future__ import annotations

from contextlib import suppress

from diversion_flow import DefinitionError, Process
from diversion_flow.analysis.behaviour import Near, behaviour
from diversion_flow.analysis.cells import Cells
from diversion_flow.testing import mutants
from helpers.random_rules import ruled
from helpers.small import PROCESS as SMALL


def parted(near: Near, other: Process) -> tuple[str, str]:
    """What comes of it in one law's searches, and in those of the two."""
    return tuple(
        f"{found.verdict} {found.witness and len(found.witness.steps)}"
        for found in (near.behaviour(other), behaviour(near.law, other, Cells(near.law, other)))
    )  # type: ignore[return-value]


def test_searches_of_the_law_alone_find_where_it_parts_from_one_with_other_rules() -> None:
    verdicts = set()
    for law in (SMALL, *map(ruled, range(6))):
        near = Near(law)
        for mutant in [*mutants(law)][:: 1 if law is SMALL else 3]:
            with suppress(DefinitionError):
                one, other = parted(near, mutant.apply(law))
                assert one == other, (law.id, mutant.id)
                verdicts.add(one.split()[0])
    assert {"same", "different"} <= verdicts
