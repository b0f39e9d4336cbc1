"""One kind of case that two processes treat differently, as a value."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from ..definition import Basis, Guard, Language, Text
from ..definition.fact import Value
from .cells import Cube

_UNSAID = Text("", "")


@frozen
class Place:
    """Where a difference shows: an event, and the states of its machine."""

    event: str
    machine: str
    states: tuple[str, ...]


@frozen
class Difference:
    """One kind of case that two processes treat differently.

    `rules` are the places of the process concerned; `before` is where the first process leads
    there and `after` where the second does (None: refused). `cube` says which of the cases that
    meet the accepting rule are meant; `profile` is the smallest example (fact id → value; None:
    not known). `why` is what the refusing rule asks and they lack.
    """

    rules: tuple[Place, ...]
    before: str | None
    after: str | None
    cube: Cube = field(repr=False)
    profile: Mapping[str, Value | None] = field(factory=dict)
    why: Guard | None = None
    basis: tuple[Basis, ...] = ()
    deadline: str | None = None
    said: Text = _UNSAID

    def text(self, lang: Language = "en") -> str:
        """Who, and how each process treats them."""
        return self.said.in_(lang)
