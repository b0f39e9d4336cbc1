"""A process as a value: a set of flat state machines that move together on shared events."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Final, NamedTuple, Protocol, TypeVar

from attrs import define, field, fields

from ..late import in_notebook
from .arguments import argument
from .basis import Basis, Source
from .called import CalledWhen
from .deadline import Deadline
from .errors import At, UnknownId
from .facts import Choice, Fact
from .frozen import frozen
from .grouped import grouped
from .guard import ALWAYS, Guard, Scalar, scalar, scalars
from .reference import HERE, Ref
from .road import Road
from .text import Text
from .trust import on_trust, trusted
from .typecheck import kind as kind_

if TYPE_CHECKING:
    from ..runtime.opening import Opener


class _Named(Protocol):
    @property
    def id(self) -> str: ...


P = TypeVar("P", bound=_Named)
# How journals call the opening of a case, and its crossing into the next version of the law; no
# event may be called so.
OPENED: Final = "opened"
LAW_CHANGED: Final = "law_changed"


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


class Remarks(Enum):
    """What a remark says of the law."""

    OPEN_NORM = "open_norm"  # a person decides: 必要があると認めるとき
    LEFT_OUT = "left_out"  # the definition lacks it, knowingly
    MAY_HAVE_CHANGED = "may_have_changed"  # from a day on, what was read may be law no more


@frozen
class Remark:
    """What whoever reads the law here should know and no rule says, in a sentence (`label`).

    An open norm names the `transitions` of which it speaks. `since` is the day from which the
    remark holds; None for one that always does.
    """

    id: str
    label: Text
    kind: Remarks = field(validator=kind_(Remarks))
    transitions: Annotated[tuple[str, ...], Ref("transition")] = ()
    basis: tuple[Basis, ...] = ()
    since: date | None = None


@frozen
class Parameter:
    """A point that the sources leave open, or that a policy sets: a name and its value.

    `choices` are the values allowed; empty means any of the value's own type, or None.
    """

    id: str
    label: Text
    value: Scalar | None = field(default=None, converter=scalar)
    choices: tuple[Scalar | None, ...] = field(default=(), converter=scalars)
    basis: tuple[Basis, ...] = ()
    note: Text | None = None

    def takes(self, value: object) -> bool:
        """Whether it may have this value. 0 is no "no", though Python has it so."""
        if self.choices:
            return any(type(c) is type(value) and c == value for c in self.choices)
        return value is None or self.value is None or type(value) is type(self.value)


@frozen
class State:
    """A situation that lasts. `holder` is the agency in whose hands it lies.

    A `final` state has an `outcome` and nothing leads out of it. A case may be left for good in
    a state of `rest`, final or not. One that `ends_case` ends every machine with its own.
    """

    id: str
    label: Text
    holder: Annotated[str | None, Ref("agency")] = None
    stage: Annotated[str | None, Ref("stage")] = None
    final: bool = False
    outcome: Text | None = None
    basis: tuple[Basis, ...] = ()
    note: Text | None = None
    rest: bool = False
    ends_case: bool = False
    called_when: tuple[CalledWhen, ...] = ()


@frozen
class Told:
    """Who learns that an event has happened, and when: by which paper, or on which ground of law.

    Nothing but that: facts are handed over by a `Share`, and where the machines stand then is seen
    by those who see them.
    """

    to: Annotated[str, Ref("agency")]
    paper: Annotated[str | None, Ref("paper")] = None
    basis: tuple[Basis, ...] = ()


@frozen
class Event:
    """Something that has happened, reported by one of the agencies in `by`.

    `home` is the machine that decides whether it can happen; `records` are the facts that
    may be recorded with it, `told` says who learns that it has happened. `unseen_by` are those
    who report it although they are not told where the machine stands, and are meant to.
    `outdates` are facts of an earlier occasion: what was known of them is unknown again once it
    happens, unless it is recorded with this very event.
    """

    id: str
    label: Text
    home: Annotated[str, Ref("machine")]
    by: Annotated[tuple[str, ...], Ref("agency")] = ()
    records: Annotated[tuple[str, ...], Ref("fact")] = ()
    basis: tuple[Basis, ...] = ()
    note: Text | None = None
    unseen_by: Annotated[tuple[str, ...], Ref("agency")] = ()
    told: tuple[Told, ...] = ()
    called_when: tuple[CalledWhen, ...] = ()
    outdates: Annotated[tuple[str, ...], Ref("fact")] = ()

    @property
    def alters(self) -> tuple[str, ...]:
        """The facts of which something else may be known after it than before."""
        return tuple(dict.fromkeys((*self.records, *self.outdates)))


@frozen
class Share:
    """A hand-over of data to another agency: which facts, to whom, and why it is allowed.

    Without `exception` the person's consent must be in scope for the recipient.
    """

    facts: Annotated[tuple[str, ...], Ref("fact")]
    to: Annotated[str, Ref("agency")]
    exception: Basis | None = None


@frozen
class Transition:
    """A rule: on `event`, from any of `sources`, under `guard`, the machine goes to `target`."""

    id: str
    event: Annotated[str, Ref("event")]
    sources: Annotated[tuple[str, ...], Ref("state", HERE)]
    target: Annotated[str, Ref("state", HERE)]
    guard: Guard = ALWAYS
    papers: Annotated[tuple[str, ...], Ref("paper")] = ()
    shares: tuple[Share, ...] = ()
    basis: tuple[Basis, ...] = ()
    note: Text | None = None


@frozen
class Machine:
    """One flat state machine: one track of the process.

    `seen_by` may always see where it stands; `seen_with_consent` only while consent that
    names them is in scope. A `basis` about `seen_by center` is the ground on which that agency
    always sees it; so with a fact's.
    """

    id: str
    label: Text
    initial: Annotated[str, Ref("state", "id")]
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    seen_by: Annotated[tuple[str, ...], Ref("agency")] = ()
    seen_with_consent: Annotated[tuple[str, ...], Ref("agency")] = ()
    note: Text | None = None
    basis: tuple[Basis, ...] = ()

    def state(self, id: str) -> State:
        """The state with this id; UnknownId if there is none."""
        return _known(self._states, "state", id)

    def transition(self, id: str) -> Transition:
        """The transition with this id; UnknownId if there is none."""
        return _known(self._transitions, "transition", id)

    def leaving(self, state: str) -> tuple[Transition, ...]:
        """The rules by which the machine may leave a state, in their order; UnknownId if there is
        no such state."""
        return self._leaving.get(self.state(state).id, ())

    def on(self, event: str) -> tuple[Transition, ...]:
        """The rules of this machine on an event, in their order."""
        argument("event", event, str)
        return self._on.get(event, ())

    @cached_property
    def _states(self) -> dict[str, State]:
        return {state.id: state for state in self.states}

    @cached_property
    def _transitions(self) -> dict[str, Transition]:
        return {transition.id: transition for transition in self.transitions}

    @cached_property
    def _leaving(self) -> dict[str, tuple[Transition, ...]]:
        return grouped((s, t) for t in self.transitions for s in dict.fromkeys(t.sources))

    @cached_property
    def _made(self) -> dict[Any, Any]:
        """What was worked out of the machine alone; see `kept_with`."""
        return {}

    @cached_property
    def _on(self) -> dict[str, tuple[Transition, ...]]:
        return grouped((t.event, t) for t in self.transitions)


@frozen
class ConsentRule:
    """What 'consent in scope' means: the machine's states in which consent stands,
    and the fact that names the recipients it covers."""

    machine: Annotated[str, Ref("machine")]
    states: Annotated[tuple[str, ...], Ref("state", "machine")]
    recipients: Annotated[str, Ref("fact")]
    basis: tuple[Basis, ...] = ()


@define(frozen=True, slots=False, cache_hash=True)
class Process:
    """A whole process: machines, agencies, events, facts, deadlines, parameters, sources.

    `since` and `until` are the first and last day on which this version is the law.
    `main_machine` is the machine whose states carry the stages; `main_route` are the
    transitions (`machine.transition`) by which an overview tells the usual course. `called`
    is how people speak of this version or variant. `road` is how its usual course is told and
    drawn.
    """

    id: str
    version: str
    label: Text
    agencies: tuple[Agency, ...]
    events: tuple[Event, ...]
    machines: tuple[Machine, ...]
    main_machine: Annotated[str, Ref("machine")]
    stages: tuple[Stage, ...] = ()
    facts: tuple[Fact, ...] = ()
    papers: tuple[Paper, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    sources: tuple[Source, ...] = ()
    remarks: tuple[Remark, ...] = ()
    consent: ConsentRule | None = None
    main_route: Annotated[tuple[str, ...], Ref("transition")] = ()
    since: date | None = None
    until: date | None = None
    note: Text | None = None
    called: Text | None = None
    road: Road | None = None

    def __attrs_post_init__(self) -> None:
        if not on_trust():
            from .validation import validate

            validate(self)

    def __reduce__(self) -> Any:
        # A shipped law goes by its name, any other process by value, with the variant that made
        # it of a shipped one; what was compiled or indexed from the value is no part of it.
        shipped: Callable[[], Any] | None = self.__dict__.get("_shipped")
        if shipped is not None:
            return shipped()
        varied = self.__dict__.get("_varied")
        value = tuple(getattr(self, a.name) for a in fields(Process))
        return Process, value, varied and {"_varied": varied}

    def __repr__(self) -> str:
        return f"<Process {self.id} {self.version}>"

    _repr_mimebundle_ = in_notebook

    @cached_property
    def open(self) -> Opener:
        """`process.open(at=..., facts=..., id=...)` opens a case; see `runtime.opening`."""
        from ..runtime.opening import opener

        return opener(self)

    @property
    def name(self) -> Text:
        """How people call this version; by its id where they have no name for it."""
        return self.called or Text(f"第{self.version}版", f"version {self.version}")

    def agency(self, id: str) -> Agency:
        """The agency with this id; UnknownId if there is none."""
        return self._find(Agency, id)

    def stage(self, id: str) -> Stage:
        """The stage with this id."""
        return self._find(Stage, id)

    def event(self, id: str) -> Event:
        """The event with this id."""
        return self._find(Event, id)

    def fact(self, id: str) -> Fact:
        """The fact with this id."""
        return self._find(Fact, id)

    def paper(self, id: str) -> Paper:
        """The paper with this id."""
        return self._find(Paper, id)

    def parameter(self, id: str) -> Parameter:
        """The parameter with this id."""
        return self._find(Parameter, id)

    def deadline(self, id: str) -> Deadline:
        """The deadline with this id."""
        return self._find(Deadline, id)

    def source(self, id: str) -> Source:
        """The source with this id."""
        return self._find(Source, id)

    def machine(self, id: str) -> Machine:
        """The machine with this id."""
        return self._find(Machine, id)

    @cached_property
    def initial(self) -> tuple[str, ...]:
        """The state of each machine, in the machines' order, when a case is opened."""
        return tuple(machine.initial for machine in self.machines)

    @cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """Every part of the process itself, by its kind and id."""
        return {
            kind: {part.id: part for part in getattr(self, row.list)}
            for kind, row in KINDS.items()
            if row.holder is None
        }

    def limits(self, machine: str, state: str) -> tuple[Deadline, ...]:
        """The deadlines that may run while the machine is in the state, in their order; UnknownId
        if there is no such machine or state."""
        return self._limits.get((machine, self.machine(machine).state(state).id), ())

    @cached_property
    def _limits(self) -> dict[tuple[str, str], tuple[Deadline, ...]]:
        return grouped(((d.machine, s), d) for d in self.deadlines for s in d.states)

    @cached_property
    def _by_class(self) -> dict[type, dict[str, Any]]:
        return {KINDS[kind].cls: parts for kind, parts in self.by_id.items()}

    def _find(self, cls: type[P], id: str) -> P:
        try:
            found: P = self._by_class[cls][id]
        except (KeyError, TypeError):  # an id is a text, whatever was given for one
            parts = (at for at, _ in every_part(self) if dotted(at) == id)
            told = {"told": "id_of_another", "of": at[-1][0]} if (at := next(parts, ())) else {}
            raise UnknownId(kind_of(cls), id, self._by_class[cls], **told) from None
        return found


def _known(parts: dict[str, P], kind: str, id: str) -> P:
    if not isinstance(id, str) or id not in parts:
        raise UnknownId(kind, id, parts)
    return parts[id]


Part = (
    Agency | Stage | Event | Fact | Choice | Paper | Parameter | Deadline | Source | Remark
    | Machine | State | Transition
)  # fmt: skip


class PartKind(NamedTuple):
    """A kind of part: the field that lists such parts, their class, the kind of part that has
    this field (None: the process)."""

    list: str
    cls: type
    holder: str | None = None


KINDS: Final = {
    "agency": PartKind("agencies", Agency),
    "stage": PartKind("stages", Stage),
    "event": PartKind("events", Event),
    "fact": PartKind("facts", Fact),
    "paper": PartKind("papers", Paper),
    "parameter": PartKind("parameters", Parameter),
    "deadline": PartKind("deadlines", Deadline),
    "source": PartKind("sources", Source),
    "remark": PartKind("remarks", Remark),
    "machine": PartKind("machines", Machine),
    "state": PartKind("states", State, "machine"),
    "transition": PartKind("transitions", Transition, "machine"),
    "choice": PartKind("choices", Choice, "fact"),
}
# The kinds of parts that a part of a kind holds, each with the field that lists them.
_INNER: Final = grouped((row.holder, (kind, row.list)) for kind, row in KINDS.items())
_KIND_OF: Final = {row.cls: kind for kind, row in KINDS.items()}


def kind_of(cls: type) -> str:
    """The kind of the parts of this class."""
    return _KIND_OF[cls]


def class_of(kind: str) -> type:
    """The class of the parts of this kind; `process` is the whole."""
    return KINDS[kind].cls if kind in KINDS else Process


def made_of(process: Process, **fields: Any) -> Process:
    """A process with these fields, which shares most of its parts with that one."""
    with trusted():
        made = Process(**fields)
    if not on_trust():
        from .validation import validate

        validate(made, process)
    return made


def brought_about(process: Process) -> dict[str, tuple[Deadline, ...]]:
    """Event → the time limits at whose end it happens by operation of law."""
    return grouped((d.on_expiry, d) for d in process.deadlines if d.on_expiry is not None)


def dotted(at: At) -> str:
    """The id of a part with those of what holds it: custody.free."""
    return ".".join(id for _, id in at)


def every_part(process: Process, but: Container[int] = ()) -> Iterator[tuple[At, Part]]:
    """Every part and where it is, each before those that it holds; `but` for some, by identity,
    with all that they hold."""
    for kind, row in KINDS.items():
        for part in getattr(process, row.list) if row.holder is None else ():
            if id(part) not in but:
                yield from _with_inner(((kind, part.id),), part)


def _with_inner(at: At, part: Part) -> Iterator[tuple[At, Part]]:
    yield at, part
    for kind, held in _INNER.get(at[-1][0], ()):
        for inner in getattr(part, held):
            yield (*at, (kind, inner.id)), inner


def find(parts: Iterable[P], kind: str, id: str) -> P:
    """The part with this id; UnknownId, with the nearest ids, if there is none."""
    return _known({part.id: part for part in parts}, kind, id)
