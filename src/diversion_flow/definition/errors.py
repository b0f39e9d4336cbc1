"""Errors an author of a definition can act on.

* DiversionFlowError
  x DefinitionError      a definition contradicts itself; names place and remedy
  x UnknownId            an id that the definition does not have; names the nearest ones
  x LawGap               no law of that name is in force on that day
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class DiversionFlowError(Exception):
    """Root of every error that this library raises on purpose."""


class DefinitionError(DiversionFlowError, ValueError):
    """A definition is wrong at `place`; `problem` says how, `remedy` what to do."""

    def __init__(self, place: str, problem: str, remedy: str = "") -> None:
        self.place, self.problem, self.remedy = place, problem, remedy
        super().__init__(f"{place}: {problem}" + (f" ({remedy})" if remedy else ""))


class UnknownId(DiversionFlowError, KeyError):
    """`kind` has no member `id`; `nearest` lists the ids most like it."""

    def __init__(self, kind: str, id: str, known: Iterable[str]) -> None:
        self.kind, self.id = kind, id
        self.nearest = tuple(get_close_matches(id, sorted(known), n=3, cutoff=0.5))
        super().__init__(str(self))

    def __str__(self) -> str:
        hint = f"; nearest: {', '.join(self.nearest)}" if self.nearest else ""
        return f"no {self.kind} {self.id!r}{hint}"


class LawGap(DiversionFlowError, LookupError):
    """No shipped law of this name is in force on the day asked for."""
