"""What time has against an event: said once, for the step, the explanation and the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ..definition.frozen import frozen
from .clocks import none_lapsed, overdue, premature
from .reasons import Code

if TYPE_CHECKING:
    from ..definition import Deadline
    from .asking import Asking
    from .row import Row


@frozen
class Objection:
    """Why an event cannot happen at a moment: before which moment, or after which limit."""

    code: Code
    moment: datetime | None = None
    limit: Deadline | None = None


_ENDED: Final = Objection(Code.NOT_IN_FORCE)


def _backwards(asked: Asking, event: str) -> list[Objection]:
    early = asked.at < asked.case.at
    return [Objection(Code.TIME_BACKWARDS, asked.case.at)] if early else []


def _law_ended(asked: Asking, event: str) -> list[Objection]:
    ends = asked.program.ends
    if ends is None or asked.at < ends:
        return []
    return [Objection(Code.LAW_CHANGED, ends) if asked.program.crosses else _ENDED]


def _not_yet(asked: Asking, event: str) -> list[Objection]:
    return [Objection(Code.NOT_YET)] if premature(asked, event) else []


def _too_late(asked: Asking, event: str) -> list[Objection]:
    return [Objection(Code.DEADLINE_PASSED, c.ends, c.deadline) for c in overdue(asked, event)]


# What may be objected, in the order in which it is told.
_QUESTIONS: Final = (_backwards, _law_ended, _not_yet, _too_late)


def objections(asked: Asking, event: str) -> Iterator[Objection]:
    """Everything that time has against the event at the moment asked about."""
    for question in _QUESTIONS:
        yield from question(asked, event)


def held_up(asked: Asking, event: str) -> bool:
    """Whether time forbids the event: as long as nothing has run out, what happens by operation of
    law only."""
    if _timely(asked):
        return event in asked.program.by_law
    return next(objections(asked, event), None) is not None


def in_time(asked: Asking, rows: Iterable[Row]) -> list[Row]:
    """Those that time does not forbid."""
    if _timely(asked):
        return [row for row in rows if not row.by_law]
    return [row for row in rows if not held_up(asked, row.event.id)]


def _timely(asked: Asking) -> bool:
    """Whether the moment is right, and no limit has run out by then."""
    if asked.timely is None:
        at, ends, case = asked.at, asked.program.ends, asked.case
        within = case.at <= at and (ends is None or at < ends)
        asked.timely = within and none_lapsed(case, at)
    return asked.timely
