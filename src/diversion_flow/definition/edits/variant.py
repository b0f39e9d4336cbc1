"""A variant: a named tuple of edits over a process. A law version, a prefecture, a proposal.

Variants are values: they compose, and two that touch the same thing in different ways are
reported before anything is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from itertools import combinations
from typing import Any

from attrs import field, frozen

from ..basis import Basis
from ..errors import DefinitionError
from ..process import Process
from ..text import Text
from .edit import (
    Add,
    Edit,
    EditError,
    Extend,
    Path,
    Relabel,
    Remove,
    Replace,
    Require,
    SetParameter,
    Waive,
    applied,
    grounds,
    said,
    target,
)


def _edits(given: Iterable[Edit]) -> tuple[Edit, ...]:
    return tuple(given)


@frozen
class Variant:
    """Edits over the process `process`, under a name.

    `since` and `until` are the first and last day on which it applies (JST); `version` names
    the version of the law that it brings about (an amendment); without one it is a place's or
    a model's variation of whatever version it is applied to. `place` is where it applies.
    """

    id: str
    process: str
    label: Text
    edits: tuple[Edit, ...] = field(converter=_edits)
    since: date | None = None
    until: date | None = None
    place: str | None = None
    version: str | None = None
    note: Text | None = None

    def apply(self, process: Process) -> Process:
        """The process with these edits; EditError, with the nearest ids, where one does not
        apply, DefinitionError where the result contradicts itself. `process` is unchanged."""
        place = f"variant {self.id}"
        if process.id != self.process:
            raise EditError(place, f"is for {self.process}, not for {process.id}")
        changed = applied(process, self.edits, place)
        changed |= {
            "version": self.version or f"{process.version}+{self.id}",
            "since": _latest(process.since, self.since),
            "until": _earliest(process.until, self.until),
            "called": self.label,
        }
        try:
            return Process(**changed)
        except EditError:
            raise
        except DefinitionError as error:
            raise EditError(
                f"{place}: after its edits, {error.place}", error.problem, error.remedy
            ) from None

    @property
    def basis(self) -> tuple[Basis, ...]:
        """What the edits rest on, each source once."""
        return tuple(dict.fromkeys(b for edit in self.edits for b in grounds(edit)))

    def applies(self, on: date) -> bool:
        """Whether the variant applies on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def __add__(self, other: Variant) -> Variant:
        return compose(self, other)

    def __repr__(self) -> str:
        return f"<Variant {self.id} of {self.process}, {len(self.edits)} edits>"


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


@frozen
class Conflict:
    """Two variants touch the same thing in different ways. `at` is its path in the process."""

    one: str
    other: str
    at: Path
    edits: tuple[Edit, Edit]

    def __str__(self) -> str:
        first, second = self.edits
        return (
            f"{self.one} ({said(first)}) and {self.other} ({said(second)}) "
            f"do not agree on {'.'.join(self.at)}"
        )


class VariantConflict(DefinitionError):
    """Variants cannot be composed; `conflicts` lists every reason."""

    def __init__(self, conflicts: tuple[Conflict, ...]) -> None:
        self.conflicts = conflicts
        super().__init__("variants", "; ".join(map(str, conflicts)), "drop or change one of them")


def compose(*variants: Variant, id: str | None = None, label: Text | None = None) -> Variant:
    """One variant with the edits of all, in order; VariantConflict where they disagree."""
    if not variants:
        raise DefinitionError("compose", "needs at least one variant")
    found = tuple(c for a, b in combinations(variants, 2) for c in conflicts(a, b))
    if found:
        raise VariantConflict(found)
    return reduce(lambda a, b: _joined(a, b, id, label), variants)


def _joined(one: Variant, other: Variant, id: str | None, label: Text | None) -> Variant:
    if one.process != other.process:
        raise EditError(f"variant {other.id}", f"is for {other.process}, not for {one.process}")
    both = Text(f"{one.label.ja}+{other.label.ja}", f"{one.label.en} + {other.label.en}")
    return Variant(
        id=id or f"{one.id}+{other.id}",
        process=one.process,
        label=label or both,
        edits=tuple(dict.fromkeys((*one.edits, *other.edits))),
        since=_latest(one.since, other.since),
        until=_earliest(one.until, other.until),
        place=one.place or other.place,
        version=other.version or one.version,
    )


def conflicts(one: Variant, other: Variant) -> tuple[Conflict, ...]:
    """Where two variants touch the same thing in different ways; empty is good."""
    return tuple(
        Conflict(one.id, other.id, at, (a, b))
        for a in one.edits
        for b in other.edits
        if a != b and (at := _clash(a, b)) is not None
    )


def _clash(a: Edit, b: Edit) -> Path | None:
    for at, value in _touches(a):
        for there, other in _touches(b):
            shorter, longer = sorted((at, there), key=len)
            if longer[: len(shorter)] == shorter and value != other:
                return shorter
    return None


def _touches(edit: Edit) -> Iterator[tuple[Path, Any]]:
    """The places an edit writes, and what it writes there. Two more conditions on one rule
    stand side by side, so each has a place of its own under the guard."""
    at = target(edit)
    match edit:
        case Add():
            yield at, edit.part
        case Remove():
            yield at, "removed"
        case Replace():
            yield from (((*at, name), value) for name, value in edit.changes.items())
        case Extend():
            yield (*at, edit.list, repr(edit.values)), Extend
        case Relabel():
            yield (*at, "label"), edit.label
        case SetParameter():
            yield (*at, "value"), edit.value
        case Require() | Waive():
            yield (*at, "guard", repr(edit.clause)), type(edit)
