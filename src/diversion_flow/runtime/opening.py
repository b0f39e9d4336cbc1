"""Opening a case: the one call that leads from a definition into the runtime."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from ..definition import Process
from ..definition.arguments import argument, text_of
from ..definition.moments import JST, Moment, moment
from .case import Case
from .facts import FactView, put_in
from .logic import NOTHING_KNOWN, Facts
from .program import Program, program

if TYPE_CHECKING:
    from .midway import Midway


class Opener(Protocol):
    """What `process.open` is."""

    def __call__(
        self,
        *,
        at: Moment,
        facts: Mapping[str, object] | None = None,
        id: str = "",
        states: Mapping[str, str] | None = None,
        since: Mapping[str, Moment] | None = None,
        reason: str = "",
    ) -> Case:
        """A new case in the initial states, opened at `at` (JST), with what is known so far.

        `at` is a date, a datetime or a text in ISO 8601; `facts` fact id → value; `id` the
        reference under which the case's owner keeps it.

        A case whose record begins midway: `states` machine id → the state in which it is, `since`
        machine id → since when, and event id → when it last happened; `reason` says why. An event
        that is not named has not happened.

        Raises LawGap where this version is not the law on that day, UnknownId for a fact that
        the process does not have, FactError for a value that the schema does not allow or no
        clock can bear, CallError for an argument of another kind. The `facts` of another case
        of the same process are taken over without being checked again.
        """


def reopened(process: Process, at: Moment, facts: Mapping[str, object], id: str) -> Case:
    """A case opened at `at`, even before this version became the law: for replaying."""
    return opened_anew(program(process), at, facts, id)


def opened_anew(
    compiled: Program,
    at: Moment,
    facts: Mapping[str, object],
    id: str,
    midway: Midway | None = None,
) -> Case:
    """The same, of these tables, or midway."""
    id = text_of("id", id)
    began = compiled.bearing.require(moment(at))
    known = put_in(compiled, NOTHING_KNOWN, facts)
    start = compiled.start
    if midway is not None:
        from .midway import Midway, beginning_midway

        argument("midway", midway, Midway)
        told = midway.states, midway.since, midway.reason
        start = beginning_midway(compiled, began, *told, known)
    return Case(start, known, began, "", None, id)


def opener(process: Process) -> Opener:
    """Opens cases of one process."""
    return opener_of(program(process))


def opener_of(compiled: Program) -> Opener:
    """Opens cases of these tables; everything that does not vary is looked up once."""
    schema = compiled.plain
    begins, ends = compiled.bearing.begins, compiled.bearing.ends
    dated = bool(compiled.starts or compiled.ends)

    def open_case(
        *,
        at: Moment,
        facts: Mapping[str, object] | None = None,
        id: str = "",
        states: Mapping[str, str] | None = None,
        since: Mapping[str, Moment] | None = None,
        reason: str = "",
    ) -> Case:
        if at.__class__ is not datetime or at.tzinfo is not JST:
            at = moment(at)
        if id.__class__ is not str or not id.isascii():
            id = text_of("id", id)
        if not begins <= at < ends:
            compiled.bearing.require(at)
        if dated:
            compiled.require_law(at)
        if facts is None:
            known: Facts = NOTHING_KNOWN
        elif facts.__class__ is FactView and facts._schema is schema:
            known = facts._values
        else:
            known = put_in(compiled, NOTHING_KNOWN, facts)
        start = compiled.start
        if states is not None or since is not None or reason != "":
            from .midway import beginning_midway

            told = {} if states is None else states, {} if since is None else since, reason
            start = beginning_midway(compiled, at, *told, known)
        return Case(start, known, at, "", None, id)

    open_case.__doc__ = Opener.__call__.__doc__
    open_case.__name__ = open_case.__qualname__ = "open"
    return open_case
