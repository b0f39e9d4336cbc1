"""Conditions as sets: junctions in strong Kleene logic, as in a step, over whatever has levels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..definition import Guard
from ..definition.guard import AllOf, AnyOf, Grounded, Not
from .diagram import NOTHING, Diagrams, Node


class Sides(NamedTuple):
    """Where a condition is true, and where it is false; elsewhere it is not known."""

    true: Node
    false: Node


class Judging:
    """Where conditions hold; those without parts are answered by `atom`."""

    def __init__(self, sets: Diagrams) -> None:
        self.sets, self._read = sets, dict[Guard, Sides]()

    def holds(self, guard: Guard) -> Node:
        """Where the guard is surely true."""
        return self.sides(guard).true

    def sides(self, guard: Guard) -> Sides:
        """Where the guard is true, and where it is false."""
        if guard not in self._read:
            self._read[guard] = self._sides(guard)
        return self._read[guard]

    def _sides(self, guard: Guard) -> Sides:
        match guard:
            case Grounded():
                return self.sides(guard.guard)
            case Not():
                return Sides(*reversed(self.sides(guard.guard)))
            case AllOf() | AnyOf():
                parts = [self.sides(part) for part in guard.guards]
                true, false = [p.true for p in parts], [p.false for p in parts]
                if isinstance(guard, AllOf):
                    return Sides(self.sets.all_of(true), self.sets.any_of(false))
                return Sides(self.sets.any_of(true), self.sets.all_of(false))
        return self.atom(guard)

    def atom(self, guard: Guard) -> Sides:
        """Where a condition without parts is true, and where it is false."""
        raise NotImplementedError

    def settled(self, answer: bool) -> Sides:
        """What is so, or not so, everywhere."""
        everything = self.sets.everything
        return Sides(everything, NOTHING) if answer else Sides(NOTHING, everything)

    def among(self, level: int, places: Iterable[int]) -> Sides:
        """What is so where a level has one of these values, and not so elsewhere."""
        true = self.sets.cube({level: tuple(places)})
        return Sides(true, self.sets.without(true))

    def answered(self, level: int, answers: Iterable[bool | None]) -> Sides:
        """What each value of a level answers."""
        found = list(enumerate(answers))
        true, false = ([i for i, answer in found if answer is side] for side in (True, False))
        return Sides(self.sets.cube({level: true}), self.sets.cube({level: false}))
