"""What the engine alone says of a law with a mistake in it, no story walked: what such laws have
in common is worked out once."""

from __future__ import annotations

from functools import cache

from diversion_flow import Process, processes
from diversion_flow.definition import Property
from diversion_flow.definition.kept import kept
from diversion_flow.proof.proving import goal_of, meeting, space_of
from diversion_flow.proof.space import Space

LAW = processes.in_force("entry_support", on="2024-06-03")


@cache
def shipped(machines: tuple[str, ...] | None) -> Space:
    """What the law as it is shipped can come to, over these machines."""
    space = Space(LAW, machines)
    assert space.reached
    return space


@cache
def watched(asked: Property) -> Space:
    """The same with what a question watches and carries."""
    space = space_of(LAW, asked)
    assert space.reached
    return space


def plainly(law: Process, machines: tuple[str, ...]) -> Space:
    """What a law can come to, over these machines, nothing remembered of the course."""
    known = kept(law, _spaces)
    if machines not in known:
        known[machines] = Space(law, machines, like=shipped(machines))
    return known[machines]


def _spaces(_: Process) -> dict[tuple[str, ...], Space]:
    return {}


def breaks(law: Process, asked: Property) -> bool:
    """Whether the law can come to what the invariant forbids, or cannot to what it asks for."""
    space = space_of(law, asked)
    if not space.kept and space.watch.lasting and asked.then is None:
        plain = plainly(law, tuple(sorted(space.machines)))
        marks = space.watch.next
        goal = meeting(space, plain) if marks else plain.marked(space.watch.fault)
        return bool(plain.sets.meet(plain.reached, goal)) is not space.watch.sought
    space = space_of(law, asked, like=watched(asked))
    return bool(space.sets.meet(space.reached, goal_of(space))) is not space.watch.sought


def differs(law: Process) -> bool:
    """Whether a case can come to other configurations than under the law as it is shipped."""
    space = Space(law, like=shipped(None))
    assert space.sets is shipped(None).sets
    return space.reached != shipped(None).reached
