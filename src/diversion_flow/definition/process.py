"""A process as a value: a set of flat state machines that move together on shared events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from attrs import define, fields, frozen

from .basis import Basis, Source
from .deadline import Deadline
from .errors import UnknownId
from .fact import Fact
from .guard import ALWAYS, Guard, Scalar
from .text import Text

if TYPE_CHECKING:
    from ..runtime.opening import Opener


OPENED: Final = "opened"  # how journals call the opening of a case; no event may be called so


@frozen
class Agency:
    """One who takes part: an office, a court, a provider, counsel, the person."""

    id: str
    label: Text
    basis: tuple[Basis, ...] = ()
    note: Text | None = None


@frozen
class Stage:
    """One of the stages that the manuals speak of, in their order."""

    id: str
    label: Text


@frozen
class Paper:
    """A paper by the name under which the agencies know it (申出書, 依頼書, ...)."""

    id: str
    label: Text
    basis: tuple[Basis, ...] = ()


@frozen
class Parameter:
    """A point that the sources leave open, or that a policy sets: a name and its value.

    `choices` are the values allowed; empty means any of the value's own type, or None.
    """

    id: str
    label: Text
    value: Scalar | None = None
    choices: tuple[Scalar | None, ...] = ()
    basis: tuple[Basis, ...] = ()
    note: Text | None = None


@frozen
class State:
    """A situation that lasts. `holder` is the agency in whose hands it lies.

    A `final` state has an `outcome` and nothing leads out of it. A case may be left for good in
    a state of `rest`, final or not. One that `ends_case` ends every machine with its own.
    """

    id: str
    label: Text
    holder: str | None = None
    stage: str | None = None
    final: bool = False
    outcome: Text | None = None
    basis: tuple[Basis, ...] = ()
    note: Text | None = None
    rest: bool = False
    ends_case: bool = False


@frozen
class Event:
    """Something that has happened, reported by one of the agencies in `by`.

    `home` is the machine that decides whether it can happen; `records` are the facts that
    may be recorded with it.
    """

    id: str
    label: Text
    home: str
    by: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()
    note: Text | None = None


@frozen
class Share:
    """A hand-over of data to another agency: which facts, to whom, and why it is allowed.

    Without `exception` the person's consent must be in scope for the recipient.
    """

    facts: tuple[str, ...]
    to: str
    exception: Basis | None = None


@frozen
class Transition:
    """A rule: on `event`, from any of `sources`, under `guard`, the machine goes to `target`."""

    id: str
    event: str
    sources: tuple[str, ...]
    target: str
    guard: Guard = ALWAYS
    papers: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    basis: tuple[Basis, ...] = ()
    note: Text | None = None


@frozen
class Machine:
    """One flat state machine: one track of the process.

    `seen_by` may always see where it stands; `seen_with_consent` only while consent that
    names them is in scope.
    """

    id: str
    label: Text
    initial: str
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    seen_by: tuple[str, ...] = ()
    seen_with_consent: tuple[str, ...] = ()
    note: Text | None = None

    def state(self, id: str) -> State:
        """The state with this id; UnknownId if there is none."""
        found: State = find(self.states, "state", id)
        return found

    def transition(self, id: str) -> Transition:
        """The transition with this id; UnknownId if there is none."""
        found: Transition = find(self.transitions, "transition", id)
        return found


@frozen
class ConsentRule:
    """What 'consent in scope' means: the machine's states in which consent stands,
    and the fact that names the recipients it covers."""

    machine: str
    states: tuple[str, ...]
    recipients: str


@define(frozen=True, slots=False, cache_hash=True)
class Process:
    """A whole process: machines, agencies, events, facts, deadlines, parameters, sources.

    `since` and `until` are the first and last day on which this version is the law.
    `main_machine` is the machine whose states carry the stages; `main_route` are the
    transitions (`machine.transition`) by which an overview tells the usual course. `called`
    is how people speak of this version or variant.
    """

    id: str
    version: str
    label: Text
    agencies: tuple[Agency, ...]
    events: tuple[Event, ...]
    machines: tuple[Machine, ...]
    main_machine: str
    stages: tuple[Stage, ...] = ()
    facts: tuple[Fact, ...] = ()
    papers: tuple[Paper, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    sources: tuple[Source, ...] = ()
    consent: ConsentRule | None = None
    main_route: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    note: Text | None = None
    called: Text | None = None

    def __attrs_post_init__(self) -> None:
        from .validation import validate

        validate(self)

    def __reduce__(self) -> Any:
        # What was compiled or indexed from the value is not part of it.
        return Process, tuple(getattr(self, a.name) for a in fields(Process))

    def __repr__(self) -> str:
        return f"<Process {self.id} {self.version}>"

    @cached_property
    def open(self) -> Opener:
        """`process.open(at=..., facts=..., id=...)` opens a case; see `runtime.opening`."""
        from ..runtime.opening import opener

        return opener(self)

    @property
    def name(self) -> Text:
        """How people call this version; its id where they have no name for it."""
        return self.called or Text(self.version, self.version)

    def agency(self, id: str) -> Agency:
        """The agency with this id; UnknownId if there is none."""
        found: Agency = self._find("agency", id)
        return found

    def stage(self, id: str) -> Stage:
        """The stage with this id."""
        found: Stage = self._find("stage", id)
        return found

    def event(self, id: str) -> Event:
        """The event with this id."""
        found: Event = self._find("event", id)
        return found

    def fact(self, id: str) -> Fact:
        """The fact with this id."""
        found: Fact = self._find("fact", id)
        return found

    def paper(self, id: str) -> Paper:
        """The paper with this id."""
        found: Paper = self._find("paper", id)
        return found

    def parameter(self, id: str) -> Parameter:
        """The parameter with this id."""
        found: Parameter = self._find("parameter", id)
        return found

    def deadline(self, id: str) -> Deadline:
        """The deadline with this id."""
        found: Deadline = self._find("deadline", id)
        return found

    def source(self, id: str) -> Source:
        """The source with this id."""
        found: Source = self._find("source", id)
        return found

    def machine(self, id: str) -> Machine:
        """The machine with this id."""
        found: Machine = self._find("machine", id)
        return found

    @cached_property
    def initial(self) -> tuple[str, ...]:
        """The state of each machine, in the machines' order, when a case is opened."""
        return tuple(machine.initial for machine in self.machines)

    @cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """Every named part, by its kind and id."""
        return {kind: {part.id: part for part in getattr(self, name)} for kind, name in KINDS}

    def _find(self, kind: str, id: str) -> Any:
        parts = self.by_id[kind]
        if id not in parts:
            raise UnknownId(kind, id, parts)
        return parts[id]


KINDS = (
    ("agency", "agencies"),
    ("stage", "stages"),
    ("event", "events"),
    ("fact", "facts"),
    ("paper", "papers"),
    ("parameter", "parameters"),
    ("deadline", "deadlines"),
    ("source", "sources"),
    ("machine", "machines"),
)


def find(parts: Iterable[Any], kind: str, id: str) -> Any:
    """The part with this id; UnknownId, with the nearest ids, if there is none."""
    parts = tuple(parts)
    for part in parts:
        if part.id == id:
            return part
    raise UnknownId(kind, id, [part.id for part in parts])
