"""Time limits: when a clock starts, how long it runs, how it is counted, what follows."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from attrs import field, frozen, validators

from .basis import Basis
from .errors import DefinitionError
from .guard import ALWAYS, Guard, ParameterRef
from .text import Text

if TYPE_CHECKING:
    from .process import Process


class Unit(Enum):
    """Units of a time limit; months and years run by the calendar (CCP 55(2))."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@frozen
class Length:
    """How long: `amount` units, plus what the facts in `plus` add in the same unit.

    `amount` may be a parameter; a parameter without a value means that no length is
    set and the clock does not run.
    """

    amount: int | ParameterRef
    unit: Unit = field(validator=validators.instance_of(Unit))
    plus: tuple[str, ...] = ()


def length_amount(process: Process, length: Length) -> int | None:
    """How many units, where the policy has set a value; what facts add is not in it."""
    amount = length.amount
    if isinstance(amount, ParameterRef):
        value = process.parameter(amount.id).value
        return None if value is None else int(value)  # type: ignore[arg-type]
    return amount


@frozen
class Counting:
    """How days are counted.

    `first_day_counts`: the day on which the clock starts is day one (detention);
    otherwise the next day is (CCP 55(1), Civil Code 140).
    `rest_day_moves`: a period ending on a rest day ends on the next working day (CCP 55(3)).
    """

    first_day_counts: bool = False
    rest_day_moves: bool = False


@frozen
class OnEvent:
    """The clock starts when one of these events happens (the latest counts)."""

    events: tuple[str, ...]


@frozen
class OnFact:
    """The clock starts on the day, or at the moment, that a fact records."""

    fact: str


@frozen
class OnEntry:
    """The clock starts when the machine comes into the states in which it runs."""


Start = OnEvent | OnFact | OnEntry


@frozen
class Deadline:
    """A time limit.

    It runs while `machine` is in one of `states` and `guard` holds. `on_expiry` names the
    event that then happens by operation of law, reported by `owner`; without one the expiry
    is an alert to the owner.
    """

    id: str
    label: Text
    machine: str
    states: tuple[str, ...]
    start: Start
    length: Length
    owner: str
    basis: tuple[Basis, ...] = ()
    counting: Counting = Counting()
    guard: Guard = ALWAYS
    on_expiry: str | None = None
    note: Text | None = None

    def __attrs_post_init__(self) -> None:
        if not self.states:
            raise DefinitionError(f"deadline {self.id}", "runs in no state")
