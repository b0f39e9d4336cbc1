"""How much may be looked at before a question is left open.

Effort is counted in nodes, never in seconds, so that the same input gives the same answer on any
machine. What is small is always decided, however much there is of it; one hard part does not
keep the others from an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from ..definition import DiversionFlowError

EFFORT: Final = 20_000  # nodes that a question may look at, unless told otherwise
_STEPS: Final = 10  # comparisons of two cubes that are as much work as a node
_SHARES: Final = 4  # one part may take so much of the whole: a quarter
_SMALL: Final = 20  # nodes that a part has for nothing

Found = TypeVar("Found")


class NotDecided(DiversionFlowError):
    """A question takes more effort than it was given. Told as a finding, never raised to a caller
    of `check` or `compare`."""

    def __init__(self) -> None:
        super().__init__("not_decided")


class Effort:
    """What is left to spend on a question of many parts. One of them may take one of so many
    shares of the whole; so many nodes each has for nothing."""

    def __init__(
        self, nodes: int = EFFORT, steps: int = _STEPS, shares: int = _SHARES, small: int = _SMALL
    ) -> None:
        self._left = nodes * steps
        self._share, self._small = self._left // shares, small * steps
        self._now: int | None = None  # what the part at work may still spend

    def spend(self, steps: int = 1) -> None:
        """Take some steps; NotDecided if they are not left."""
        if self._now is None:
            self._left -= steps
        else:
            self._now -= steps
        if (self._left if self._now is None else self._now) < 0:
            raise NotDecided

    def afford(self, steps: int) -> bool:
        """Take some steps at once; False, and nothing taken, if they are not left."""
        able = steps <= self._left
        self._left -= steps if able else 0
        return able

    def within(self, work: Callable[[], Found]) -> Found | None:
        """What a part of the work finds; None where its share of the effort does not suffice."""
        given = self._now = min(self._share, max(self._left, 0)) + self._small
        try:
            return work()
        except NotDecided:
            return None
        finally:
            self._left -= max(0, given - self._now - self._small)
            self._now = None

    def listed(self, items: Iterable[Found]) -> list[Found] | None:
        """All that a part of the work brings; None where its share does not suffice."""
        return self.within(lambda: list(items))
