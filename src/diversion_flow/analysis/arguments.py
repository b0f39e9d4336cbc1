"""What may be asked: every argument of the questions, looked at where it enters."""

from __future__ import annotations

from collections.abc import Iterable

from ..definition import CallError, Process
from ..runtime import Case


def cases_of(given: object, process: Process) -> tuple[Case, ...]:
    """The cases, all of this process; CallError if anything else is among them."""
    if not isinstance(given, Iterable) or isinstance(given, str | bytes):
        raise CallError("cases_wanted", found=type(given).__name__)
    return tuple(_case(each, process) for each in given)


def _case(given: object, process: Process) -> Case:
    if not isinstance(given, Case):
        raise CallError("cases_wanted", found=type(given).__name__)
    if given.process.id != process.id:
        raise CallError("case_of_another", its=given.process.id, asked=process.id)
    return given
