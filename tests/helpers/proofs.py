"""What the engine alone says of a law with a mistake in it, no story walked: what such laws have
in common is worked out once."""

from __future__ import annotations

from math import inf

from diversion_flow import Process, processes
from diversion_flow.definition import Property
from diversion_flow.definition.pattern import Pattern
from diversion_flow.proof.proving import met, space_of
from diversion_flow.proof.space import Memory, Space

LAW = processes.in_force("entry_support", on="2024-06-03")
KNOWN = Memory(inf)


def breaks(law: Process, asked: Property) -> bool:
    """Whether the law can come to what the invariant forbids, or cannot to what it asks for."""
    space = space_of(law, asked, memory=KNOWN)
    return bool(met(space)[1]) is (asked.pattern is not Pattern.REACHABLE)


def differs(law: Process) -> bool:
    """Whether a case can come to other configurations than under the law as it is shipped."""
    mine, shipped = (Space(each, memory=KNOWN) for each in (law, LAW))
    assert mine.sets is shipped.sets
    return mine.reached != shipped.reached
