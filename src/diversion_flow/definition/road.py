"""The road: the usual course as people tell it, in acts of offices, from the first to the last.

What a manual's one picture shows, as data: the rows of offices, the acts in their order, the
track of what happens to the person (the spine) with its limits, the event on which everything
turns, and where other ways leave. It is told, not obeyed: no case is decided by it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from attrs import NOTHING, evolve, fields

from .frozen import frozen, names_in
from .reference import Ref, refs
from .text import Text


@frozen
class Group:
    """A row of the picture: agencies that a reader takes for one side. `small` names who else
    stands in it."""

    label: Text
    agencies: Annotated[tuple[str, ...], Ref("agency")]
    small: Text | None = None


@frozen
class Departure:
    """Where another way leaves the road, in a line: 同意しない → 支援しない.

    `sheet` is the machine on whose own sheet that way is found; a case that went by one of
    `transitions` (`machine.transition`) took it. `stage` is where it is told of if it leaves
    from no act.
    """

    label: Text
    sheet: Annotated[str | None, Ref("machine")] = None
    transitions: Annotated[tuple[str, ...], Ref("transition")] = ()
    stage: Annotated[str | None, Ref("stage")] = None


@frozen
class Act:
    """What an agency does on the road, as a short phrase with a verb: 検察官が意見を述べる.

    It is done once one of `events` has happened; `paper` is what goes on to the next act, `handed`
    its name where that is too long for an arrow. One that is `also` a beginning stands before the
    road and is no part of every case. A line break in the label is one in the picture.
    """

    label: Text
    by: Annotated[str, Ref("agency")]
    stage: Annotated[str | None, Ref("stage")] = None
    events: Annotated[tuple[str, ...], Ref("event")] = ()
    paper: Annotated[str | None, Ref("paper")] = None
    departures: tuple[Departure, ...] = ()
    also: bool = False
    handed: Text | None = None


@frozen
class Hold:
    """A piece of the spine: states (`machine.state`) in which the person is, under one name, and
    the limits that are told of it. `early` says who leaves from its end for the turning point
    at once."""

    label: Text
    states: Annotated[tuple[str, ...], Ref("state")]
    limits: Annotated[tuple[str, ...], Ref("deadline")] = ()
    says: Text | None = None
    departures: tuple[Departure, ...] = ()
    early: Text | None = None


@frozen
class Heading:
    """What a stage is about, in the words of those who work in it."""

    stage: Annotated[str, Ref("stage")]
    says: Text


@frozen
class Road:
    """The usual course of a process.

    `spine` is the machine above the rows, in pieces (`holds`); `turning` the event that cuts the
    road in two, called `turn`. `brief` tells the same in at most nine acts.
    """

    groups: tuple[Group, ...]
    acts: tuple[Act, ...]
    spine: Annotated[str | None, Ref("machine")] = None
    holds: tuple[Hold, ...] = ()
    turning: Annotated[str | None, Ref("event")] = None
    turn: Text | None = None
    says: Text | None = None
    headings: tuple[Heading, ...] = ()
    departures: tuple[Departure, ...] = ()
    brief: tuple[Act, ...] = ()


def row_of(road: Road, agency: str) -> int:
    """The number of the row in which the agency stands; -1 where it stands in none."""
    return next((n for n, row in enumerate(road.groups) if agency in row.agencies), -1)


def without(road: Road, gone: Callable[[str, str], bool]) -> Road:
    """The road where parts (asked by kind and id) are gone, with what was told of them only: an
    act whose events are all gone goes too."""
    left: Road = _without(road, gone)
    return left


# What a part of the road is about: it goes where all of this is gone.
_ABOUT: Final = {Group: "agencies", Departure: "transitions", Act: "events", Hold: "states"}


def _without(value: Any, gone: Callable[[str, str], bool]) -> Any:
    cls: Any = type(value)
    kinds, changes = refs(cls), dict[str, Any]()
    for name in names_in(value):
        held, kind = getattr(value, name), kinds[name].kind if name in kinds else ""
        if isinstance(held, tuple):
            inner = (each if kind else _without(each, gone) for each in held)
            left = tuple(x for x in inner if x is not None and not (kind and gone(kind, x)))
            if left != held:
                changes[name] = left
        elif kind and held is not None and gone(kind, held):
            changes[name] = None
    if not changes:
        return value
    needed = (a.name for a in fields(cls) if a.default is NOTHING)
    lost = any(name in changes and changes[name] is None for name in needed)
    emptied = not changes.get(_ABOUT.get(cls, ""), True)
    return None if lost or emptied else evolve(value, **changes)
