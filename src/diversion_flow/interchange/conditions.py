"""Guards as text that is true exactly where the guard holds, in the words of any engine.

A guard answers true, false or unknown; the conditions of an engine know only true and false.
So negation is carried inward to the single questions, where "not (age >= 65)" becomes "age is
known, and below 65". What is unknown then answers neither way, and no third value is left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any, Literal, Protocol

from attrs import frozen

from ..definition import Process
from ..definition import guard as kinds
from ..definition.guard import Guard
from ..runtime.calendar import moment


class Dialect(Protocol):
    """How one engine spells its conditions; each method gives the text of one."""

    always: str
    never: str

    def all_of(self, parts: tuple[str, ...]) -> str:
        """Every part holds; there are two or more."""

    def any_of(self, parts: tuple[str, ...]) -> str:
        """At least one part holds; there are two or more."""

    def no(self, condition: str) -> str:
        """The condition does not hold."""

    def fact(self, id: str, test: Callable[[str], str]) -> str:
        """The fact is known and its value passes the test, which is an expression."""

    def compared(self, known: str, operator: str, value: object) -> str:
        """An expression: the known value stands so to the constant."""

    def has(self, value: str, choice: str, answer: bool) -> str:
        """An expression: whether the value, which holds several choices, holds this one, is
        `answer`."""

    def named(self, fact: str, choices: tuple[str, ...]) -> str:
        """The event records the fact, which holds several of these choices, with one at least."""

    def narrows(self, fact: str, choices: tuple[str, ...]) -> str:
        """The event adds no choice to those that the fact held before."""

    def in_state(self, machine: str, states: tuple[str, ...]) -> str:
        """The machine stands in one of these states."""

    def working_day(self) -> str:
        """The event happens on a weekday that is no public holiday."""

    def among(self, told: Literal["running", "missed"], limit: str) -> str:
        """The limit is running at the moment of the event, or a duty that was missed by then."""


def condition(process: Process, guard: Guard, dialect: Dialect) -> str:
    """The text that is true where the guard holds, with parameters filled in."""
    return _Writer(process, dialect).text(guard, True)


def plain(value: object) -> object:
    """A constant as engines know it: days and moments (JST) as ISO text, which sorts as they do."""
    if isinstance(value, datetime):
        return moment(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def together(dialect: Dialect, parts: Iterable[str]) -> str:
    """Every part holds; said once where parts repeat."""
    return _joined(parts, dialect.always, dialect.never, dialect.all_of)


def either(dialect: Dialect, parts: Iterable[str]) -> str:
    """At least one part holds."""
    return _joined(parts, dialect.never, dialect.always, dialect.any_of)


def _joined(
    parts: Iterable[str], idle: str, decisive: str, join: Callable[[tuple[str, ...]], str]
) -> str:
    """The parts that say something, unless one of them decides alone."""
    kept = tuple(dict.fromkeys(part for part in parts if part != idle))
    if decisive in kept:
        return decisive
    if len(kept) < 2:
        return kept[0] if kept else idle
    return join(kept)


_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", "<=": ">", ">": "<=", ">=": "<"}


@frozen
class _Writer:
    """Writes where a guard answers yes (`answer` True) and where it answers no."""

    process: Process
    dialect: Dialect

    def text(self, guard: Guard, answer: bool) -> str:
        return _FORMS[type(guard)](self, guard, answer)

    def settled(self, holds: bool) -> str:
        return self.dialect.always if holds else self.dialect.never

    def asked(self, condition: str, answer: bool) -> str:
        """A question that is never unknown."""
        return condition if answer else self.dialect.no(condition)

    def junction(self, guard: kinds.AllOf | kinds.AnyOf, answer: bool) -> str:
        parts = [self.text(part, answer) for part in guard.guards]
        join = together if isinstance(guard, kinds.AllOf) == answer else either
        return join(self.dialect, parts)

    def compare(self, guard: kinds.Compare, answer: bool) -> str:
        value: Any = guard.value
        if isinstance(value, kinds.ParameterRef):
            value = self.process.parameter(value.id).value
            if value is None:  # a parameter without a value sets no bound
                return self.settled(answer)
        operator = guard.operator if answer else _OPPOSITE[guard.operator]
        return self.dialect.fact(
            guard.fact, lambda known: self.dialect.compared(known, operator, value)
        )

    def member(self, guard: kinds.Member, answer: bool) -> str:
        operator, join = ("==", either) if answer else ("!=", together)

        def test(known: str) -> str:
            parts = (self.dialect.compared(known, operator, value) for value in guard.values)
            return join(self.dialect, parts)

        return self.dialect.fact(guard.fact, test)

    def includes(self, guard: kinds.Includes, answer: bool) -> str:
        if guard.value in self.choices(guard.fact):
            return self.dialect.fact(
                guard.fact, lambda known: self.dialect.has(known, guard.value, answer)
            )
        # An agency with which nobody can consent to share: no value holds it.
        return self.dialect.fact(guard.fact, lambda known: self.settled(not answer))

    def known(self, guard: kinds.Known, answer: bool) -> str:
        return self.asked(self.dialect.fact(guard.fact, lambda known: self.dialect.always), answer)

    def choices(self, fact: str) -> tuple[str, ...]:
        return tuple(choice.id for choice in self.process.fact(fact).choices)


_FORMS: dict[type[Guard], Callable[[_Writer, Any, bool], str]] = {
    kinds.Always: lambda w, g, answer: w.settled(answer),
    kinds.AllOf: _Writer.junction,
    kinds.AnyOf: _Writer.junction,
    kinds.Not: lambda w, g, answer: w.text(g.guard, not answer),
    kinds.Grounded: lambda w, g, answer: w.text(g.guard, answer),
    kinds.Compare: _Writer.compare,
    kinds.Member: _Writer.member,
    kinds.Includes: _Writer.includes,
    kinds.Known: _Writer.known,
    kinds.Named: lambda w, g, answer: w.asked(w.dialect.named(g.fact, w.choices(g.fact)), answer),
    kinds.Narrows: lambda w, g, answer: w.asked(
        w.dialect.narrows(g.fact, w.choices(g.fact)), answer
    ),
    kinds.InState: lambda w, g, answer: w.asked(w.dialect.in_state(g.machine, g.states), answer),
    kinds.ParameterIs: lambda w, g, answer: w.settled(
        (w.process.parameter(g.parameter).value == g.value) is answer
    ),
    kinds.OnWorkingDay: lambda w, g, answer: w.asked(w.dialect.working_day(), answer),
    kinds.Missed: lambda w, g, answer: w.asked(w.dialect.among("missed", g.duty), answer),
    kinds.Running: lambda w, g, answer: w.asked(w.dialect.among("running", g.deadline), answer),
}
