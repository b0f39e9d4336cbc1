"""A row of the table: what one event does while the machines that it asks stand as they do.

A row is shared by every configuration in which those machines stand so, however the others do.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from ..definition import Event, Transition
from ..definition.guard import Known
from .clause import Clause, clauses, period, whole_guard
from .logic import Facts, Test

if TYPE_CHECKING:
    from .case import Case
    from .program import Program, Situation

Move = tuple[int, Transition]
Lacking = Callable[[Facts, "bool | None"], bool]


class Row:
    """Which machines the event may move, each by which rules; the home machine comes first.

    `sure` are the moves where nothing needs to be asked of the case.
    """

    __slots__ = ("_hopes", "_rivals", "by_law", "event", "home", "sure")

    def __init__(self, program: Program, situation: Situation, event: str) -> None:
        self.event: Event = program.process.event(event)
        self.home = program.homes[event]
        self.by_law = event in program.by_law
        moved = sorted(program.moved[event], key=lambda index: index != self.home)
        found = ((index, _candidates(program, situation, event, index)) for index in moved)
        self._rivals = tuple((i, moves) for i, moves in found if moves or i == self.home)
        certain = all(len(moves) == 1 and moves[0][0] is None for _, moves in self._rivals)
        self.sure = tuple(moves[0][1] for _, moves in self._rivals) if certain else None
        self._hopes: tuple[_Hope, ...] | None = None

    def choose(self, facts: Facts, at: datetime, case: Case | None) -> tuple[Move, ...] | None:
        """The moves that the event makes for these facts; None if it is not enabled."""
        chosen: list[Move] = []
        for index, moves in self._rivals:
            held = None
            for test, move in moves:
                if test is None or test(facts, at, case) is True:
                    if held is not None:  # two at once: no legal choice
                        return None
                    held = move
            if held is not None:
                chosen.append(held)
            elif index == self.home:
                return None
        return tuple(chosen)

    def hopeful(self, situation: Situation, facts: Facts, at: datetime, case: Case) -> bool:
        """Whether the event, not enabled now, may be once facts recorded with it are given."""
        for index, moves in self._rivals:
            firing = sum(test is None or test(facts, at, case) is True for test, _ in moves)
            if firing > 1 or (firing == 1 and index == self.home):
                return False
        if self._hopes is None:
            program = situation.program
            self._hopes = tuple(
                _Hope(program, situation, self.event, rule)
                for rule in situation.leaving(self.home, self.event.id)
            )
        return any(hope.holds(facts, at, case) for hope in self._hopes)


def _candidates(
    program: Program, situation: Situation, event: str, index: int
) -> tuple[tuple[Test | None, Move], ...]:
    found: list[tuple[Test | None, Move]] = []
    for transition in situation.leaving(index, event):
        guard = program.test(whole_guard(program.process, transition), situation)
        if guard is not False:
            test = None if guard is True else guard
            dated = _dated(test, *period(program.process, transition))
            found.append((dated, (index, transition)))
    return tuple(found)


def _dated(test: Test | None, since: date | None, until: date | None) -> Test | None:
    """The test, and its law in force on the day of the step."""
    if since is None and until is None:
        return test

    def dated(facts: Facts, at: datetime, case: Case | None) -> bool | None:
        day = at.date()
        if (since and day < since) or (until and until < day):
            return False
        return True if test is None else test(facts, at, case)

    return dated


class _Hope:
    """A rule that may yet hold: in force, and lacking nothing but what the event records."""

    __slots__ = ("_asked", "_in_force")

    def __init__(
        self, program: Program, situation: Situation, event: Event, rule: Transition
    ) -> None:
        self._in_force = _dated(None, *period(program.process, rule))
        self._asked = tuple(
            (program.test(clause.guard, situation), _lacking(program, event, clause))
            for clause in clauses(program.process, rule)
        )

    def holds(self, facts: Facts, at: datetime, case: Case) -> bool:
        """Whether every clause holds, or lacks nothing but what is recorded with the event."""
        if self._in_force is not None and not self._in_force(facts, at, case):
            return False
        for test, lacking in self._asked:
            answer = test if isinstance(test, bool) else test(facts, at, case)
            if answer is not True and not lacking(facts, answer):
                return False
        return True


def _lacking(program: Program, event: Event, clause: Clause) -> Lacking:
    """Whether an unmet clause lacks nothing but facts that the event records."""
    named = tuple(id for kind, id in clause.guard.mentions() if kind == "fact")
    recordable = bool(named) and set(named) <= set(event.records)
    if clause.kind != "guard":
        hope = clause.kind == "naming" and recordable
        return lambda facts, answer: hope
    places = tuple((program.fact_index[f], f in event.records) for f in named)
    ask = isinstance(clause.guard, Known)

    def lacking(facts: Facts, answer: bool | None) -> bool:
        if answer is False and not ask:
            return False
        missing = [recorded for place, recorded in places if facts[place] is None]
        return bool(missing) and all(missing)

    return lacking
