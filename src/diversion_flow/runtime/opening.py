"""Opening a case: the one call that leads from a definition into the runtime."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from ..definition import Process
from ..definition.arguments import argument
from ..definition.moments import JST, Moment, moment
from .case import Case
from .facts import FactView, known_facts
from .program import program


class Opener(Protocol):
    """What `process.open` is."""

    def __call__(
        self, *, at: Moment, facts: Mapping[str, object] | None = None, id: str = ""
    ) -> Case:
        """A new case in the initial states, opened at `at` (JST), with what is known so far.

        `at` is a date, a datetime or a text in ISO 8601; `facts` fact id → value; `id` the
        reference under which the case's owner keeps it.

        Raises LawGap where this version is not the law on that day, UnknownId for a fact that
        the process does not have, FactError for a value that the schema does not allow or no
        clock can bear, CallError for an argument of another kind. The `facts` of another case
        of the same process are taken over without being checked again.
        """


def reopened(process: Process, at: Moment, facts: Mapping[str, object], id: str) -> Case:
    """A case opened at `at`, even before this version became the law: for replaying."""
    compiled = program(process)
    argument("id", id, str)
    began = compiled.bearing.require(moment(at))
    return Case(compiled.start, known_facts(compiled, facts), began, "", None, id)


def opener(process: Process) -> Opener:
    """Opens cases of one process; everything that does not vary is looked up once."""
    compiled = program(process)
    unknown, index = compiled.unknown, compiled.fact_index
    begins, ends = compiled.bearing.begins, compiled.bearing.ends
    dated = bool(compiled.starts or compiled.ends)

    def open_case(*, at: Moment, facts: Mapping[str, object] | None = None, id: str = "") -> Case:
        if at.__class__ is not datetime or at.tzinfo is not JST:
            at = moment(at)
        if id.__class__ is not str:
            argument("id", id, str)
        if not begins <= at < ends:
            compiled.bearing.require(at)
        if dated:
            compiled.require_law(at)
        if facts is None:
            known = unknown
        elif facts.__class__ is FactView and facts._index is index:
            known = facts._values
        else:
            known = known_facts(compiled, facts)
        return Case(compiled.start, known, at, "", None, id)

    open_case.__doc__ = Opener.__call__.__doc__
    open_case.__name__ = open_case.__qualname__ = "open"
    return open_case
