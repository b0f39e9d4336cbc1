"""The way out: the shortest lawful course from a case to where somebody wants it."""

from __future__ import annotations

from ..definition import CallError, Guard, Occasion, Pattern, Property, Text
from ..definition.arguments import argument, number_of
from ..definition.property import require_property
from ..runtime.case import Case
from .diagram import Exhausted
from .lifting import TRIES, lift
from .proving import space_of, timed
from .space import EFFORT
from .walking import Story

_WANTED = Text("望む先", "what is wanted")


def ways(case: Case, *, to: str | Guard, effort: int = EFFORT, tries: int = TRIES) -> Story | None:
    """The shortest course from the case to an event, by its id, or to where a condition holds:
    who reports what, at the earliest moment tried at which a step accepts it.

    None where no course leads there, or none was found with so many `tries`. Raises DefinitionError
    for what the process does not have, or a condition that it cannot answer; CallError for one
    that asks after limits or days, on which no way is sought.
    """
    argument("case", case, Case)
    argument("to", to, str, Guard)
    effort, tries = number_of("effort", effort), number_of("tries", tries)
    wanted = Occasion((to,)) if isinstance(to, str) else Occasion(after=to)
    asked = Property("wanted", _WANTED, Pattern.REACHABLE, wanted)
    require_property(case.process, asked)
    if timed(asked):
        raise CallError("ways_timed")
    space = space_of(case.process, asked, effort, case=case)
    try:
        found = lift(space, space.marked(space.watch.fault), tries)
    except Exhausted:
        return None
    return found if isinstance(found, Story) else None
