"""Opening a case: the one call that leads from a definition into the runtime."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from ..definition import Process
from .calendar import JST, moment
from .case import Case, Moment
from .facts import known_facts
from .program import program


class Opener:
    """Opens cases of one process; compiled when it is made."""

    __slots__ = ("_dated", "_landing", "_program", "_unknown")

    def __init__(self, process: Process) -> None:
        compiled = program(process)
        self._program, self._landing = compiled, compiled.start
        self._unknown = compiled.unknown
        self._dated = bool(compiled.starts or compiled.ends)

    def __call__(
        self, *, at: Moment, facts: Mapping[str, object] | None = None, id: str = ""
    ) -> Case:
        """A new case in the initial states, opened at `at` (JST), with what is known so far.

        Raises LawGap where this version is not the law on that day, FactError for a value
        that the schema does not allow.
        """
        if at.__class__ is not datetime or at.tzinfo is not JST:
            at = moment(at)
        if self._dated:
            self._program.require_law(at)
        known = self._unknown if facts is None else known_facts(self._program, facts)
        return Case(self._landing, known, at, "", None, id)
