"""The way out: the shortest lawful course from a case to where somebody wants it."""

from __future__ import annotations

from ..definition import Guard, Occasion, Pattern, Property, Text
from ..definition.arguments import argument
from ..definition.property import require_property
from ..runtime.case import Case
from .lifting import TRIES
from .proving import Answer, Proved, prove
from .space import EFFORT
from .walking import Story

_WANTED = Text("望む先", "what is wanted")


def ways(case: Case, *, to: str | Guard, effort: int = EFFORT, tries: int = TRIES) -> Story | None:
    """The shortest course from the case to an event, by its id, or to where a condition holds:
    who reports what, at the earliest moment tried at which a step accepts it.

    None where no course leads there, or none was found with so many `tries`. Raises DefinitionError
    for what the process does not have, or a condition that it cannot answer.
    """
    answer = way(case, to=to, effort=effort, tries=tries)
    return answer.story if isinstance(answer, Proved) else None


def way(case: Case, *, to: str | Guard, effort: int = EFFORT, tries: int = TRIES) -> Answer:
    """The same as an answer, which tells that nothing leads there from what nobody could walk."""
    argument("case", case, Case)
    argument("to", to, str, Guard)
    wanted = Occasion((to,)) if isinstance(to, str) else Occasion(after=to)
    asked = Property("wanted", _WANTED, Pattern.REACHABLE, wanted)
    require_property(case.process, asked)
    return prove(case, asked, effort=effort, tries=tries)
