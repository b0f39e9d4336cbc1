"""A story of one or more cases: what happened, who reported it, what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from attrs import field, frozen

from ..definition import DiversionFlowError, LoadError, Text
from ..definition.arguments import argument


@frozen
class Where:
    """Where a part of a scenario stands: its file, its name there, the lines of its fields."""

    file: str
    at: str
    lines: Mapping[str, int | None]

    def found(self, error: DiversionFlowError, key: str) -> LoadError:
        """What is wrong, as found in this field; in the part itself where the field is not."""
        argument("key", key, str)
        here = ".".join(filter(None, (self.at, key)))
        line = self.lines.get(key.partition(".")[0], self.lines.get(""))
        return LoadError.telling(error, self.file, line, here)


def placed(where: Where | None, error: DiversionFlowError, key: str) -> DiversionFlowError:
    """What is wrong, with its place where the part was read from a file."""
    return error if where is None else where.found(error, key)


@frozen
class Opening:
    """A case is opened; midway, where `states`, `since` and `reason` say so, as `process.open`
    takes them. `ends` says how it must stand when the story is over: "closed", "open", or
    nothing."""

    case: str
    at: str
    facts: Mapping[str, object] = field(repr=False, factory=dict)
    states: Mapping[str, str] = field(repr=False, factory=dict)
    since: Mapping[str, str] = field(repr=False, factory=dict)
    reason: str = field(repr=False, default="")
    ends: str | None = None
    where: Where | None = field(default=None, eq=False, repr=False)


@frozen
class Expected:
    """What must come of a step. Only what is given is looked at.

    `refused` are all the codes of reasons; `because` what these name between them (facts, agencies,
    transitions, deadlines); `states` machine → state; `deadlines` id → last day,
    last moment, or None where it must not be running; `duties` id → how the latest of it stands
    (open, met, late, missed, or none where nothing was owed); `owed` agency → every duty towards it
    that nobody has met; `sees` and `hidden` agency →
    facts and machines that it may, or may not, see, events of which it has, or has not, learnt,
    limits that it sees running or owed, or does not; `possible` agency → every event open to it
    now.

    The last three are proved of every course, in the words of `ask`: what some course from here
    still leads to, what none from here ever meets, and without which nobody comes here (where the
    step's event leads to the step's `states`).
    """

    refused: tuple[str, ...] = ()
    because: Mapping[str, tuple[str, ...]] = field(factory=dict)
    states: Mapping[str, str] = field(factory=dict)
    deadlines: Mapping[str, date | datetime | None] = field(factory=dict)
    duties: Mapping[str, str] = field(factory=dict)
    owed: Mapping[str, tuple[str, ...]] = field(factory=dict)
    sees: Mapping[str, tuple[str, ...]] = field(factory=dict)
    hidden: Mapping[str, tuple[str, ...]] = field(factory=dict)
    possible: Mapping[str, tuple[str, ...]] = field(factory=dict)
    still_possible: tuple[str, ...] = ()
    never_again: tuple[str, ...] = ()
    never_without: tuple[str, ...] = ()
    where: Where | None = field(default=None, eq=False, repr=False)


@frozen
class Attempt:
    """Something tried at one point of the story that does not become part of it."""

    event: str
    by: str
    at: str | None
    facts: Mapping[str, object] = field(repr=False)
    expected: Expected


@frozen
class Step:
    """One step of the story, and what must come of it.

    `origin` keeps `published` steps apart from `filler` ones, which were added so that the
    story can run. `advance_to` lets time pass instead of reporting an event. `under` says what
    is expected instead under one place or variant; a step of `only` some of these is left out
    under the others; `attempts` are tried after the step.
    """

    number: int
    case: str
    at: str
    origin: str
    event: str | None = None
    by: str | None = None
    facts: Mapping[str, object] = field(repr=False, factory=dict)
    advance_to: bool = False
    expected: Expected = field(factory=Expected)
    under: Mapping[str, Expected] = field(factory=dict)
    only: tuple[str, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    note: Text | None = None
    where: Where | None = field(default=None, eq=False, repr=False)

    def expects(self, law: str) -> Expected:
        """What is expected under this place or variant."""
        argument("law", law, str)
        return self.under.get(law, self.expected)


@frozen
class Law:
    """A law under which a story is told: of a day, of a place, with a variant file (or several,
    `a.toml+b.toml`); `called` is the id of the variant in it. Where it `crosses`, a case comes
    under each later version when the law changes: by the shipped transitional rules, or by those
    of a file (`transitional`)."""

    on: date
    place: str | None = None
    variant: str | None = None
    called: str | None = None
    crosses: bool = False
    transitional: str | None = None
    where: Where | None = field(default=None, eq=False, repr=False)

    @property
    def id(self) -> str:
        """How a test is named after it, and by what a step's `under` speaks of it: `base` is the
        process itself, of no place and without a variant."""
        return self.called or self.variant_id or self.place or "base"

    @property
    def variant_id(self) -> str:
        """The name of the variant file, or of that of transitional rules, without folder and
        ending."""
        names = (self.variant or self.transitional or "").split("+")
        return "+".join(name.rpartition("/")[2].partition(".")[0] for name in names)


@frozen
class Scenario:
    """A story with its sources, what of it is published, and its steps.

    `laws` are those under which it is played; the first is the story's own.
    """

    id: str
    process: str
    on: date
    title: Text
    published: Text
    sources: tuple[str, ...]
    openings: tuple[Opening, ...]
    steps: tuple[Step, ...]
    laws: tuple[Law, ...] = field()
    file: str = ""
    where: Where | None = field(default=None, eq=False, repr=False)

    @laws.default
    def _(self) -> tuple[Law, ...]:
        return (Law(self.on),)


def is_told(step: Step, law: Law) -> bool:
    """Whether the step is told under this law."""
    return not step.only or law.id in step.only


def steps_under(scenario: Scenario, law: Law) -> tuple[Step, ...]:
    """The steps that are told under this law."""
    return tuple(step for step in scenario.steps if is_told(step, law))
