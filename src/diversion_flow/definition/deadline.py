"""Time limits: when a clock starts, how long it runs, how it is counted, what follows."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated, Final

from attrs import field
from attrs.validators import optional

from .basis import Basis
from .called import CalledWhen
from .errors import DefinitionError
from .frozen import frozen
from .guard import ALWAYS, Guard, ParameterRef, constant
from .reference import Ref
from .text import Text
from .typecheck import kind

if TYPE_CHECKING:
    from .process import Process


class Unit(Enum):
    """Units of a time limit; months and years run by the calendar (CCP 55(2))."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


# What runs by the clock, not by whole days.
EXACT: Final = (Unit.MINUTES, Unit.HOURS)

# The longest limit there may be, a hundred years: no limit of the law is longer, and every clock
# can count it.
MOST: Final = {
    Unit.MINUTES: 100 * 366 * 24 * 60,
    Unit.HOURS: 100 * 366 * 24,
    Unit.DAYS: 100 * 366,
    Unit.MONTHS: 100 * 12,
    Unit.YEARS: 100,
}


@frozen
class Length:
    """How long: `amount` units, plus what the facts in `plus` add in the same unit.

    `amount` may be a parameter; a parameter without a value means that no length is
    set and the clock does not run.
    """

    amount: int | ParameterRef
    unit: Unit = field(validator=kind(Unit))
    plus: Annotated[tuple[str, ...], Ref("fact")] = ()


def length_amount(process: Process, length: Length) -> int | None:
    """How many units, where the policy has set a value; what facts add is not in it."""
    amount: int | None = constant(process, length.amount)
    return amount


@frozen
class Counting:
    """How days are counted.

    `first_day_counts`: the day on which the clock starts is day one (detention);
    otherwise the next day is (CCP 55(1), Civil Code 140).
    `rest_day_moves`: a period ending on a rest day ends on the next working day (CCP 55(3)).
    `stop_day_counts`: the day on which a stop begins is used; `resume_day_counts`: so is the day
    on which it ends. On a day on which stops begin and end, the beginning decides. Both are
    inferred: no provision says it.
    """

    first_day_counts: bool = False
    rest_day_moves: bool = False
    stop_day_counts: bool = True
    resume_day_counts: bool = False


@frozen
class Stop:
    """States of a machine, the limit's own or another, in which no day of a limit is used."""

    machine: Annotated[str, Ref("machine")]
    states: Annotated[tuple[str, ...], Ref("state", "machine")]


@frozen
class Renewal:
    """With one of these events a limit that has not run out goes on for so long: the day after
    it would have ended is the first of the further period."""

    events: Annotated[tuple[str, ...], Ref("event")]
    length: Length


@frozen
class OnEvent:
    """The clock starts when one of these events happens (the latest counts)."""

    events: Annotated[tuple[str, ...], Ref("event")]


@frozen
class OnFact:
    """The clock starts on the day, or at the moment, that a fact records."""

    fact: Annotated[str, Ref("fact")]


@frozen
class OnEntry:
    """The clock starts when the machine comes into the states in which it runs."""


Start = OnEvent | OnFact | OnEntry


@frozen
class Before:
    """The limit is counted back from the day, or the moment, that a fact tells: so long before
    the expected release, or by the very day that an office has set.

    While the fact is not known there is no day yet; when another is recorded, the day moves with
    it. `events` are those that are expected: with one of them the limit is over, and a duty is
    judged by what the fact then tells. Without any the day itself decides, as of other limits.
    """

    fact: Annotated[str, Ref("fact")]
    events: Annotated[tuple[str, ...], Ref("event")] = ()


@frozen
class Deadline:
    """A time limit.

    It runs while `machine` is in one of `states` and `guard` holds. `on_expiry` names the
    event that then happens by operation of law, reported by `owner`; without one the expiry
    is an alert to the owner.

    One of the events in `met_by` ends it: until then the owner has a duty, `owed_to` others or to
    nobody in particular. A duty that was not met in time is a breach, and the record goes on.

    In the states of `stops` it stands still, and goes on with what is left; `renewals` say by
    what it goes on for longer. One that does either begins with an event or with coming into
    its states.

    With `before` it is a limit that ends so long before a day that is expected; it is owed from
    its start on. A last day that is a rest day then moves back to a working day.
    """

    id: str
    label: Text
    machine: Annotated[str, Ref("machine")]
    states: Annotated[tuple[str, ...], Ref("state", "machine")]
    start: Start
    length: Length
    owner: Annotated[str, Ref("agency")]
    basis: tuple[Basis, ...] = ()
    counting: Counting = Counting()
    guard: Guard = ALWAYS
    on_expiry: Annotated[str | None, Ref("event")] = None
    note: Text | None = None
    owed_to: Annotated[tuple[str, ...], Ref("agency")] = ()
    met_by: Annotated[tuple[str, ...], Ref("event")] = ()
    stops: tuple[Stop, ...] = ()
    renewals: tuple[Renewal, ...] = ()
    before: Before | None = field(default=None, validator=optional(kind(Before)))
    called_when: tuple[CalledWhen, ...] = ()

    def __attrs_post_init__(self) -> None:
        if not self.states:
            raise DefinitionError("no_states", at=(("deadline", self.id), ("states", "")))
        if self.in_links and isinstance(self.start, OnFact):
            raise DefinitionError("links_from_fact", at=(("deadline", self.id), ("start", "")))
        if self.before and (self.in_links or isinstance(self.start, OnFact)):
            raise DefinitionError("before_begins", at=(("deadline", self.id), ("before", "")))

    @property
    def in_links(self) -> bool:
        """Whether it may stop or be renewed."""
        return bool(self.stops or self.renewals)

    @property
    def dates(self) -> tuple[str, ...]:
        """The facts that tell from which day it is counted, on or back."""
        start = (self.start.fact,) if isinstance(self.start, OnFact) else ()
        return (*start, *((self.before.fact,) if self.before else ()))

    @property
    def lengths(self) -> tuple[Length, ...]:
        """Its own length, and those of its renewals."""
        return (self.length, *(renewal.length for renewal in self.renewals))

    @property
    def asked(self) -> tuple[str, ...]:
        """The facts that decide when it ends, each once."""
        plus = (fact for length in self.lengths for fact in length.plus)
        return tuple(dict.fromkeys((*plus, *self.dates)))

    @property
    def awaited(self) -> tuple[str, ...]:
        """The events that are expected: with one of them a limit that is counted back is over."""
        return self.before.events if self.before else ()

    @property
    def begun_by(self) -> tuple[str, ...]:
        """The events that set it running; none where it begins with a state or a fact."""
        return self.start.events if isinstance(self.start, OnEvent) else ()

    @property
    def ended_by(self) -> tuple[str, ...]:
        """The events after which it runs no more until it begins anew."""
        return (*self.met_by, *self.awaited)

    @property
    def lasting(self) -> tuple[str, ...]:
        """The states of its machine in which it runs or stands still."""
        own = (stop.states for stop in self.stops if stop.machine == self.machine)
        return tuple(dict.fromkeys(state for states in (self.states, *own) for state in states))
