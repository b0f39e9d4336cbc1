"""The journal of a case, and the case that a journal gives when it is replayed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from attrs import field

from ..definition import (
    LAW_CHANGED,
    OPENED,
    Basis,
    DiversionFlowError,
    History,
    Machine,
    Process,
    Share,
    Text,
    Value,
)
from ..definition.arguments import argument, each
from ..definition.frozen import frozen
from ..definition.kept import kept
from ..definition.moments import Moment, day_of, moment
from .case import Case
from .clause import named_anew
from .crossing import Crossed, Crossing, courses, migrated
from .facts import facts_before
from .lapsing import reached
from .marks import Irregularity
from .midway import Beginning, Midway
from .opening import opened_anew
from .outside import Outside, irregular
from .program import Arrival, Program, program
from .provision import Provision, provisions

if TYPE_CHECKING:
    from ..definition import Transition


@frozen
class Moved:
    """One machine that moved in a step, by which transition."""

    machine: str
    transition: str
    source: str
    target: str


@frozen
class Record:
    """One entry: what happened, who reported it, when, what was recorded, what moved.

    `shared` are the hand-overs that its rules declare, `provided` all that became visible to an
    agency that did not report it. What is `by_law` happened by operation of law when a time limit
    ran out, without anybody's report; `by` is then the one whose limit it was. The facts are case
    content and stay out of the `repr`. `midway` says where the case was when its record begins,
    `crossed` how it came under another version of the law. What is `irregular` happened against
    the rules.
    """

    event: str
    by: str
    at: datetime
    facts: Mapping[str, Value | None] = field(repr=False, factory=dict)
    moved: tuple[Moved, ...] = ()
    shared: tuple[Share, ...] = ()
    basis: tuple[Basis, ...] = field(repr=False, default=())
    by_law: bool = False
    provided: tuple[Provision, ...] = ()
    midway: Midway | None = None
    crossed: Crossed | None = None
    irregular: Irregularity | None = None

    def begun_in(self, machine: Machine) -> str:
        """The state in which a case that opens so has this machine."""
        argument("machine", machine, Machine)
        found = self.midway.states.get(machine.id) if self.midway else None
        return found or machine.initial


class ReplayError(DiversionFlowError):
    """A journal does not fit the process; `number` is the first entry that differs, `event`
    what it says has happened."""

    def __init__(self, code: str, number: int, event: str, **values: Any) -> None:
        self.number, self.event = number, event
        super().__init__(code, number=number, event=event, **values)


def record(case: Case) -> Record:
    """The entry that the case's latest step wrote, and what it made visible to whom."""
    return entry(case, provisions(case))


def entry(case: Case, provided: tuple[Provision, ...] = ()) -> Record:
    """The entry without what follows from it: enough to replay the case and to compare it."""
    arrival = case._arrival
    transitions = [transition for _, transition in arrival.moves]
    return Record(
        event=arrival.event,
        by=case._by,
        at=case.last,
        facts=_recorded(case),
        moved=moves(case),
        shared=tuple(share for t in transitions for share in t.shares),
        basis=tuple(dict.fromkeys(basis for t in transitions for basis in t.basis))
        or (arrival.crossed.rule.basis if isinstance(arrival, Crossing) else ()),
        by_law=arrival.by_law,
        provided=provided,
        midway=arrival.midway if isinstance(arrival, Beginning) else None,
        crossed=arrival.crossed if isinstance(arrival, Crossing) else None,
        irregular=arrival.irregularity if isinstance(arrival, Outside) else None,
    )


def rows(case: Case) -> tuple[tuple[object, ...], ...]:
    """The journal as bare rows, from which `unrolled` gives the case again."""
    entries = [(*_row(then), *_beside(then)) for then in case.snapshots()]
    return tuple(reversed(entries))


def _row(then: Case) -> tuple[object, ...]:
    return then._arrival.event, then._by, then.last, _recorded(then), then._arrival.by_law


def _beside(then: Case) -> tuple[object, ...]:
    """What a row tells of a beginning midway, a migration, and of what was irregular."""
    arrival = then._arrival
    if isinstance(arrival, Crossing) and arrival.crossed.to is None:
        return ()  # it follows from the law
    if isinstance(arrival, _TOLD_BESIDE):
        row = entry(then)
        return row.midway, row.irregular, row.crossed
    return ()


_TOLD_BESIDE: Final = (Beginning, Crossing, Outside)


def unrolled(
    law: Process | History, id: str, at: datetime, rows: Iterable[tuple[Any, ...]]
) -> Case:
    """The case of these rows; ReplayError where the process has become another."""
    journal = (
        Record(e, by, then, facts, by_law=lapse, **dict(zip(_BESIDE, beside, strict=False)))
        for e, by, then, facts, lapse, *beside in rows
    )
    return replay(law, journal, id, at)


_BESIDE: Final = "midway", "irregular", "crossed"


def moves(case: Case) -> tuple[Moved, ...]:
    """What moved in the case's latest step."""
    arrival = case._arrival
    if arrival.moved is None:
        arrival.moved = tuple(_moves(case, arrival))
    return arrival.moved


def _moves(case: Case, arrival: Arrival) -> Iterator[Moved]:
    if isinstance(arrival, Crossing):
        rule = arrival.crossed.rule.id
        yield from (Moved(m, rule, old, new) for m, old, new in arrival.crossed.moved)
    yield from (_moved(case, index, transition) for index, transition in arrival.moves)


def under_law(case: Case) -> tuple[tuple[Process, Record], ...]:
    """The journal, each entry with the law that held once it was made."""
    return tuple((then.process, record(then)) for then in reversed([*case.snapshots()]))


def replay(
    process: Process | History, journal: Iterable[Record], id: str = "", at: Moment | None = None
) -> Case:
    """The case that this journal gives, advanced to `at`; ReplayError at the first entry that
    differs.

    The journal may begin before the process became the law: a case under way goes on under a
    later version, or another place's variant, where its whole journal replays there. On a history
    it crosses where its journal says so.
    """
    argument("process", process, Process, History)
    case: Case | None = None
    for number, given in enumerate(each("journal", journal, Record)):
        case = _replayed(process, case, number, given, id)
    if case is None:
        raise ReplayError("journal_empty", 0, OPENED)
    # At the moment of its last entry a case may stand before what a limit brings about then.
    then = case.at if at is None else moment(at)
    return case if then == case.at else reached(case, then)


def _replayed(
    process: Process | History, case: Case | None, number: int, entry: Record, id: str
) -> Case:
    if (case is None) != (entry.event == OPENED):
        raise ReplayError("journal_opening", number, entry.event, opened=OPENED)
    try:
        after = _after(process, case, number, entry, id)
    except ReplayError:
        raise
    except DiversionFlowError as error:
        why = Text(error.text("ja"), error.text("en"))
        raise ReplayError("journal_entry", number, str(entry.event), why=why) from error
    if entry.by_law and case is not None and entry.event != LAW_CHANGED:
        after = _lapse(case, after, number, entry)
    if entry.moved and moves(after) != entry.moved:
        raise ReplayError("journal_moves", number, entry.event)
    return after


def _after(law: Process | History, case: Case | None, number: int, entry: Record, id: str) -> Case:
    """The case after what the entry tells."""
    if case is None:
        return opened_anew(_program(law, entry), entry.at, entry.facts, id, entry.midway)
    if entry.event == LAW_CHANGED:
        return _crossing(case, number, entry)
    if (told := entry.irregular) is not None:
        argument("irregular", told, Irregularity)
        return irregular(
            case, entry.event, by=entry.by, at=entry.at, facts=entry.facts,
            transition=told.transition, responsible=told.responsible, reason=told.reason,
        )  # fmt: skip
    return case.step(entry.event, by=entry.by, at=entry.at, facts=entry.facts)


def _program(law: Process | History, opening: Record) -> Program:
    if isinstance(law, Process):
        return program(law)
    return courses(law)[law.number(day_of(opening.at, "at"))]


def _crossing(case: Case, number: int, entry: Record) -> Case:
    """The case after the crossing that the entry tells; ReplayError where none is due then."""
    at, told = moment(entry.at), entry.crossed
    if told is not None and told.to is not None:
        return migrated(case, to=told.to, rule=told.rule, at=at)
    for after in reached(case, at).snapshots():  # behind it, a limit may be over at that moment
        arrival, previous = after._arrival, after._previous
        if (
            isinstance(arrival, Crossing)
            and after.last == at
            and previous is not None
            and previous._previous is case._previous  # nothing else came between
            and told in (None, arrival.crossed)
        ):
            return after
    raise ReplayError("journal_crossing", number, entry.event)


def _lapse(case: Case, after: Case, number: int, entry: Record) -> Case:
    """The entry as one by operation of law: somebody's limit has brought it about."""
    if not any(c.deadline.on_expiry == entry.event for c in case.deadlines()):
        raise ReplayError("journal_not_by_law", number, entry.event)
    return after._by_law(case)


def _recorded(case: Case) -> dict[str, Value | None]:
    """What was not so before; and what some rule wants named anew, though it was so before."""
    before, facts = facts_before(case), case._facts
    if before is facts:
        return {}
    renamed = kept(case.process, named_anew)
    told = {id for id, now in facts.items() if now is not (then := before.get(id))
            and (now != then or id in renamed)}  # fmt: skip
    told |= before.keys() - facts.keys()
    return {id: facts.get(id) for id in case._program.plain if id in told}


def _moved(case: Case, index: int, transition: Transition) -> Moved:
    assert case._previous is not None
    source = case._previous._arrival.situation.configuration[index]
    machine = case.process.machines[index]
    return Moved(machine.id, transition.id, source, transition.target)
