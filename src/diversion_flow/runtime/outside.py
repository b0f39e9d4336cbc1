"""What happened against the rules: it moves the machines as the rule that it stands for would,
and makes nothing else lawful."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from ..definition import CallError
from ..definition.arguments import argument, text_of
from ..definition.moments import Moment, moment
from .case import Case
from .clocks import none_lapsed
from .explain import Refused
from .facts import with_facts
from .marks import Irregularity, Lawful, Marks, standing
from .program import Arrival, Program, Situation
from .row import landed

if TYPE_CHECKING:
    from ..definition import ConsentRule
    from .row import Move


class Outside(Arrival):
    """Where a case stands after what was irregular."""

    __slots__ = ("irregularity",)

    def __init__(
        self, situation: Situation, event: str, moves: tuple[Move, ...], told: Irregularity
    ) -> None:
        program, before = situation.program, situation.configuration
        after = landed(before, moves)
        begins = program.clockwork.begun(event, moves, before, after)
        super().__init__(program.situation(after), event, moves, begins)
        self.irregularity = told


def irregular(
    case: Case,
    event: str,
    *,
    by: str,
    at: Moment,
    transition: str,
    responsible: str,
    reason: str,
    facts: Mapping[str, object] | None = None,
) -> Case:
    """The case after `event`, which happened against the rules: as the rule `transition`
    (`machine.transition`) would have it, wherever its machine stands. Other machines move as
    their rules allow.

    `reason` says what was against the rules, `responsible` which office answers for it. Raises
    Refused where time is against it, UnknownId for a rule that there is not, CallError for one of
    another event and where no reason or office is given.
    """
    argument("case", case, Case)
    told = _told(transition, responsible, reason)
    program = case._program
    event, by = program.require_event(event), program.require_agency(by)
    move = _stood_for(program, event, told)
    then = moment(at)
    recorded = with_facts(case, event, facts)
    if not case._at <= then < program.closes or not none_lapsed(case, then):
        program.bearing.require(then)
        raise Refused(case, event, by, then, recorded)
    situation = case._arrival.situation
    others = standing(case, event).reactions[event].row.each(recorded, then, case)
    moves = (move, *(other for other in others if other[0] != move[0]))
    arrival = Outside(situation, event, moves, told)
    after = Case(arrival, recorded, then, by, case, case.id)
    after._marks = _added(case, after, told)
    return after


def _told(transition: object, responsible: object, reason: object) -> Irregularity:
    given = {"transition": transition, "responsible": responsible, "reason": reason}
    told = {name: text_of(name, value) for name, value in given.items()}
    for name, said in told.items():
        if not said.strip():
            raise CallError("irregular_says", name=name)
    return Irregularity(**told)


def _stood_for(program: Program, event: str, told: Irregularity) -> Move:
    machine, _, rule = told.transition.partition(".")
    index = program.machine_index(machine)
    transition = program.process.machines[index].transition(rule)
    if transition.event != event:
        raise CallError("irregular_event", event=event, transition=told.transition)
    return index, transition


def _added(before: Case, after: Case, told: Irregularity) -> Marks:
    """The marks after it: those that were carried on, and one of each machine that it moved."""
    moved = [after.process.machines[index].id for index, _ in after._arrival.moves]
    carried = after._marks or _NONE
    rule, consent = after.process.consent, carried.consent
    if rule is not None and rule.machine in moved:
        consent = _consent(before, rule) if after.state(rule.machine) in rule.states else None
    return Marks({**carried.machines, **dict.fromkeys(moved, told)}, consent)


def _consent(case: Case, rule: ConsentRule) -> Lawful:
    """The consent that is lawful in a case as it stands."""
    if case._marks is not None and case._marks.consent is not None:
        return case._marks.consent
    return Lawful(case.state(rule.machine), case.facts.get(rule.recipients))


_NONE: Final = Marks({})
