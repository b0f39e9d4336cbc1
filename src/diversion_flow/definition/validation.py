"""What must hold before a process may exist: ids are unique, every reference resolves, and the
few rules below.

Softer faults (an unreachable state, a label in one language only) are findings of `analysis.check`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias
from weakref import WeakValueDictionary, ref

from .basis import Source
from .deadline import MOST, Deadline, Length, OnEvent, Renewal, Stop
from .errors import At, DefinitionError
from .facts import RULES, Choice, Fact, Kind
from .frozen import names_in
from .guard import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Grounded,
    Guard,
    Includes,
    InState,
    Known,
    Member,
    Missed,
    Named,
    Narrows,
    Not,
    ParameterIs,
    ParameterRef,
    constant,
)
from .kept import kept
from .process import (
    KINDS,
    LAW_CHANGED,
    OPENED,
    ConsentRule,
    Event,
    Parameter,
    Process,
    Share,
    State,
    Told,
    Transition,
    dotted,
    every_part,
)
from .reference import Reference, place, references
from .road import Act, Road, row_of
from .text import clean, written
from .typecheck import check_types

_Parts = dict[str, dict[str, Any]]  # of each kind, by their ids

_ID = re.compile(r"[a-z][a-z0-9_]*")
# Sources are called as lists of literature call them; a choice is a value, whatever is written.
_FORMS = {"source": re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*"), "choice": re.compile(r"(?s:.+)")}


def validate(process: Process, beside: Process | None = None) -> None:
    """Raise DefinitionError at the first contradiction, naming the place. What it shares with a
    process `beside` it, which is sound, is not looked at again."""
    check_types(process, beside)
    if not _ID.fullmatch(process.id):
        raise DefinitionError("no_id", at=(("id", ""),), id=process.id)
    if not _one_word(process.version):
        raise DefinitionError("no_version", at=(("version", ""),))
    if process.since and process.until and process.until < process.since:
        raise DefinitionError("ends_early", at=(("until", ""),), since=process.since,
                              until=process.until)  # fmt: skip
    if (held := _held(process)) in _sound:  # only the frame is another
        return
    _contents(process, beside)
    _sound[held] = process


# Processes by the parts that they hold: as long as one is there, its parts are.
_sound: WeakValueDictionary[tuple[int, ...], Process] = WeakValueDictionary()
_FRAME: Final = ("id", "version", "label", "since", "until", "note", "called")


def _held(process: Process) -> tuple[int, ...]:
    return tuple(id(getattr(process, name)) for name in names_in(process) if name not in _FRAME)


def _contents(process: Process, beside: Process | None) -> None:
    known = _known_of(process, beside)
    shared = _shared(process, known, beside) if beside is not None else {}
    parts = [*every_part(process, kept(beside, _held_in) if beside and shared else ())]
    if not (beside and shared and _alike(process, beside, _WHOLE)):
        parts += _whole(process)
    for at, value in parts:
        if shared.get(at) is value:
            continue
        machine = at[0][1] if at and at[0][0] == "machine" else ""
        for found in _references(at, value, machine):
            if found.id not in known[found.kind]:
                names = place(value, found, machine)
                raise _unknown(found, known, (*at, *((name, "") for name in names)))
        for agency in getattr(value, "seen_with_consent", ()):
            _named(process, (*at, ("seen_with_consent", "")), agency)
        if type(value) in _RULES:
            _RULES[type(value)](process, at, value)


def _whole(process: Process) -> Iterator[tuple[At, Any]]:
    """What a process says beside its parts."""
    for name in ("consent", "road"):
        if (value := getattr(process, name)) is not None:
            yield ((name, ""),), value
    yield (), process


# What that says, and in which order stages come.
_WHOLE: Final = ("consent", "road", "main_machine", "main_route", "stages")


def _alike(process: Process, beside: Process, names: Iterable[str]) -> bool:
    return all(getattr(process, name) is getattr(beside, name) for name in names)


# What is asked of what a part refers to, but for what the rules on an event ask.
_ASKED: Final = ("facts", "parameters", "deadlines", "consent")


def _shared(process: Process, known: _Parts, beside: Process) -> Mapping[At, Any]:
    """The parts beside it that are sound here too: what they refer to is here, and as it was."""
    parts, asked = kept(beside, _placed)
    same = _alike(process, beside, _ASKED)
    return parts if same and all(known[kind].keys() >= ids for kind, ids in asked.items()) else {}


def _placed(process: Process) -> tuple[dict[At, Any], dict[str, set[str]]]:
    """Each part, by where it is, but for events of which the rules decide; and all ids of each
    kind to which they refer, or what is said beside them."""
    parts = dict(every_part(process, set(map(id, filter(_lost, process.events)))))
    asked = defaultdict[str, set[str]](set)
    for at, part in (*parts.items(), *_whole(process)):
        for found in _references(at, part, at[0][1] if at and at[0][0] == "machine" else ""):
            asked[found.kind].add(found.id)
    return parts, asked


def _one_word(text: str) -> bool:
    return written(text) and clean(text).split() == [text]


_WEB: Final = re.compile(r"https?://.")


def _source(process: Process, at: At, source: Source) -> None:
    """What says where a text is found says it."""
    url, law_id = source.url, source.law_id
    if url is not None and not (_WEB.match(url) and _one_word(url)):
        raise DefinitionError("no_web_address", at=(*at, ("url", "")))
    if law_id is not None and not _one_word(law_id):
        raise DefinitionError("no_source_address", at=(*at, ("law_id", "")))


# What a part refers to, as long as it is there: a variant shares nearly all of its parts with
# the process that it is made of.
_found: dict[tuple[int, str], tuple[ref[Any], tuple[Reference, ...]]] = {}


def _references(at: At, value: Any, machine: str) -> tuple[Reference, ...]:
    key = (id(value), machine)
    part, found = _found.get(key, (None, ()))
    if part is None or part() is not value:
        _lists(at, value)
        found = tuple(references(value, machine))
        _found[key] = (ref(value, lambda _: _found.pop(key, None)), found)
    return found


def _lists(at: At, value: Any) -> None:
    """A list names what it is about, and nothing twice."""
    for name in names_in(value):
        held, here = getattr(value, name), (*at, (name, ""))
        if type(held) in _NAMING:
            _lists(here, held)
        elif isinstance(held, tuple) and name != "basis":
            if not held and name == _NAMING.get(type(value)):
                raise DefinitionError("lists_nothing", at=here)
            if len(set(map(_told_apart, held))) < len(held):
                raise DefinitionError("lists_twice", at=here)
            for each in held:
                if type(each) in _NAMING:
                    _lists(here, each)


def _told_apart(value: Any) -> object:
    """By its id, if it has one: of a part that says enough, and nobody looks into it."""
    return type(value), getattr(value, "id", value)


# What says nothing without a name in this list of it.
_NAMING: Final[dict[type, str]] = {
    OnEvent: "events", Stop: "states", Renewal: "events", ConsentRule: "states", Share: "facts",
    Told: "",
}  # fmt: skip


def _held_in(process: Process) -> frozenset[int]:
    """What the process itself holds, by identity, but for events of which the rules decide."""
    return frozenset(map(id, _tops(process))).difference(map(id, filter(_lost, process.events)))


def _tops(process: Process) -> list[Any]:
    return [part for row in KINDS.values() if row.holder is None
            for part in getattr(process, row.list)]  # fmt: skip


def _known_of(process: Process, beside: Process | None) -> _Parts:
    """The parts of each kind, by id; DefinitionError for an id that is none or is there twice."""
    tops = _tops(process)
    here = set(map(id, tops))
    if beside is None or len(here) < len(tops):
        return _known(every_part(process), {kind: {} for kind in KINDS})
    known = {kind: dict(parts) for kind, parts in kept(beside, _all_known).items()}
    for at, _ in every_part(beside, here):
        del known[at[-1][0]][dotted(at)]
    return _known(every_part(process, set(map(id, _tops(beside)))), known)


def _all_known(process: Process) -> _Parts:
    return _known_of(process, None)


def _known(parts: Iterable[tuple[At, Any]], known: _Parts) -> _Parts:
    for at, part in parts:
        kind, id = at[-1]
        if not _FORMS.get(kind, _ID).fullmatch(id):
            raise DefinitionError("no_id", at=(*at, ("id", "")), id=id)
        if (whole := dotted(at)) in known[kind]:
            raise DefinitionError("twice", at=(*at, ("id", "")), kind=kind, id=id)
        known[kind][whole] = part
    return known


def _unknown(found: Reference, known: _Parts, at: At) -> DefinitionError:
    _, kind, id = found
    holder, _, inner = id.partition(".")
    ids = known[kind]
    if inner and holder in known["machine"]:
        within = ((other.partition(".")[::2], part) for other, part in ids.items())
        ids = {own: part for (its, own), part in within if its == holder}
        id = inner
    return DefinitionError.unknown(kind, id, ids, at=at)


# -- rules --------------------------------------------------------------------------------------


def _event(process: Process, at: At, event: Event) -> None:
    if event.id in (OPENED, LAW_CHANGED):
        raise DefinitionError("event_opened", at=at)
    _called(process, at, event)
    _outdating(process, (*at, ("outdates", "")), event)


def _outdating(process: Process, at: At, event: Event) -> None:
    """What an event makes unknown its own rules can ask for only if it is told with it."""
    lost = _lost(event)
    for machine in process.machines if lost else ():
        for rule in machine.on(event.id):
            asked = next((id for id in _facts_asked(process, rule) if id in lost), None)
            if asked is not None:
                raise DefinitionError("outdated_asked", at=at, id=asked,
                                      rule=f"{machine.id}.{rule.id}")  # fmt: skip


def _lost(event: Event) -> set[str]:
    """What it makes unknown, unless it is told with it: its own rules cannot ask for that."""
    return set(event.outdates).difference(event.records)


def _facts_asked(process: Process, rule: Transition) -> Iterator[str]:
    """The facts that a rule asks for, itself or by what it hands over on consent."""
    yield from (id for kind, id in rule.guard.mentions() if kind == "fact")
    if process.consent and any(share.exception is None for share in rule.shares):
        yield process.consent.recipients


def _called(process: Process, at: At, part: Event | State | Choice | Deadline) -> None:
    """Names that follow facts: nobody is to learn from a name where a machine stands."""
    for number, other in enumerate(part.called_when):
        here = (*at, (f"called_when[{number}]", ""), ("guard", ""))
        if not all(isinstance(each, _OF_FACTS) for each in other.guard.walk()):
            raise DefinitionError("called_by_facts", at=here)
        check_guard(process, here, other.guard)


def _parameter(_: Process, at: At, parameter: Parameter) -> None:
    require_taken(parameter, parameter.value, (*at, ("value", "")))


def _transition(process: Process, at: At, transition: Transition) -> None:
    if not transition.sources:
        raise DefinitionError("no_source", at=(*at, ("sources", "")))
    for share in transition.shares:
        if share.exception is None and process.consent is None:
            raise DefinitionError("no_consent_rule", at=(*at, ("shares", "")), to=share.to)
        if share.exception is None:
            _named(process, (*at, ("shares", "")), share.to)
    check_guard(process, (*at, ("guard", "")), transition.guard)


def _named(process: Process, at: At, agency: str) -> None:
    """What goes to an agency on consent goes to one that consent can name."""
    rule = process.consent
    fact = process.by_id["fact"].get(rule.recipients) if rule else None
    if fact is not None and fact.choices and fact.choice(agency) is None:
        raise DefinitionError("no_recipient", at=at, to=agency, id=fact.id)


def _deadline(process: Process, at: At, deadline: Deadline) -> None:
    check_guard(process, (*at, ("guard", "")), deadline.guard)
    _called(process, at, deadline)
    _length(process, (*at, ("length", "")), deadline.length)
    for renewal in deadline.renewals:
        _length(process, (*at, ("renewals", "")), renewal.length)
    if deadline.id in _asked_by(process, deadline):
        raise DefinitionError("deadline_circle", at=(*at, ("guard", "")), id=deadline.id)


def _length(process: Process, at: At, length: Length) -> None:
    """A length that clocks can count, in the definition or where the policy sets it."""
    amount = constant(process, length.amount)
    whole = isinstance(amount, int) and not isinstance(amount, bool)
    if amount is not None and not (whole and 0 <= amount <= MOST[length.unit]):
        most = MOST[length.unit]
        raise DefinitionError("length_bounds", at=at, most=most, unit=length.unit.value,
                              parameter=_set_by(length.amount))  # fmt: skip


def _set_by(value: object) -> str:
    """The parameter that a value stands for, if it does: an edit of that may be the fault."""
    return value.id if isinstance(value, ParameterRef) else ""


def _asked_by(process: Process, deadline: Deadline) -> set[str]:
    """The deadlines whose running the guard of this one asks for, and theirs again."""
    asked: set[str] = set()
    open_ = [deadline]
    while open_:
        mentioned = (m for part in open_.pop().guard.walk() for m in part.mentions())
        for kind, id in mentioned:
            if kind == "deadline" and id not in asked and id in process.by_id["deadline"]:
                asked.add(id)
                open_.append(process.deadline(id))
    return asked


def _consent(process: Process, at: At, rule: ConsentRule) -> None:
    if process.fact(rule.recipients).kind is not Kind.CHOICES:
        raise DefinitionError("no_recipients", at=(*at, ("recipients", "")), id=rule.recipients)


def _road(process: Process, at: At, road: Road) -> None:
    """Rows that tell every agency one place, acts in the order of the stages, one spine."""
    rowed = [(f"groups[{n}]", a) for n, group in enumerate(road.groups) for a in group.agencies]
    for number, (name, agency) in enumerate(rowed):
        if any(agency == other for _, other in rowed[:number]):
            raise DefinitionError("road_two_rows", at=(*at, (name, "")), id=agency)
    for name in ("acts", "brief"):
        _acts(process, (*at, (name, "")), road, getattr(road, name))
    for n, hold in enumerate(road.holds):
        if not hold.states:
            raise DefinitionError("road_no_state", at=(*at, (f"holds[{n}]", ""), ("states", "")))
        for state in hold.states:
            if state.partition(".")[0] != road.spine:
                raise DefinitionError("road_off_spine", at=(*at, (f"holds[{n}]", "")), id=state,
                                      spine=road.spine or "")  # fmt: skip


def _acts(process: Process, at: At, road: Road, acts: tuple[Act, ...]) -> None:
    stages = [stage.id for stage in process.stages]
    reached, begun = 0, False
    for number, act in enumerate(acts):
        here = (*at[:-1], (f"{at[-1][0]}[{number}]", ""))
        if row_of(road, act.by) < 0:
            raise DefinitionError("road_no_row", at=(*here, ("by", "")), id=act.by)
        if act.also and begun:
            raise DefinitionError("road_also_late", at=(*here, ("also", "")))
        if act.stage is not None and stages.index(act.stage) < reached:
            raise DefinitionError("road_runs_back", at=(*here, ("stage", "")), id=act.stage,
                                  before=stages[reached])  # fmt: skip
        reached = stages.index(act.stage) if act.stage is not None else reached
        begun = begun or not act.also


def check_guard(process: Process, at: At, guard: Guard) -> None:
    """DefinitionError for a condition that asks what the process cannot answer."""
    for atom in guard.walk():
        if asks := _ASKS.get(type(atom)):
            asks(process, at, atom)


def _duty(process: Process, at: At, atom: Missed) -> None:
    if not process.deadline(atom.duty).met_by:
        raise DefinitionError("missed_no_duty", at=at, id=atom.duty)


def _in_some(_: Process, at: At, atom: InState | Member) -> None:
    """One of no states or values: it would never hold, and no file can say it."""
    if not (atom.states if isinstance(atom, InState) else atom.values):
        raise DefinitionError("lists_nothing", at=at)


def _about_parameter(process: Process, at: At, atom: ParameterIs) -> None:
    """A value that the parameter could have: asked for another, the rule would never hold."""
    require_taken(process.parameter(atom.parameter), atom.value, at)


def require_taken(parameter: Parameter, value: object, at: At) -> None:
    """DefinitionError, at that place, for a value that the parameter may not have."""
    if parameter.takes(value):
        return
    if parameter.choices:
        raise DefinitionError("no_choice", at=at, value=value, choices=parameter.choices)
    raise DefinitionError("set_kind", at=at, found=type(value).__name__, parameter=parameter.id,
                          wanted=type(parameter.value).__name__)  # fmt: skip


def _about_fact(process: Process, at: At, atom: Compare | Member | Includes) -> None:
    fact = process.fact(atom.fact)
    several = isinstance(atom, Includes)
    if several:
        _holds_several(process, at, atom)
    if isinstance(atom, Member):
        _in_some(process, at, atom)
    ordering = isinstance(atom, Compare) and atom.operator not in ("==", "!=")
    if ordering and not RULES[fact.kind].ordered:
        raise DefinitionError("no_order", at=at, id=fact.id, kind=RULES[fact.kind].written)
    for value in _asked(process, atom):
        _fits(fact, at, (value,) if several else value, _set_by(getattr(atom, "value", None)))


def _holds_several(process: Process, at: At, atom: Any) -> None:
    fact = process.fact(atom.fact)
    if fact.kind is not Kind.CHOICES:
        raise DefinitionError("holds_one", at=at, id=fact.id)


def _asked(process: Process, atom: Compare | Member | Includes) -> tuple[object, ...]:
    """The values that a guard compares the fact with."""
    return atom.values if isinstance(atom, Member) else (constant(process, atom.value),)


def _fits(fact: Fact, at: At, value: object, parameter: str) -> None:
    if value is None:  # an open parameter
        return
    bounded = fact.choices or fact.kind is Kind.INTEGER
    if not RULES[fact.kind].fits(value) or (bounded and not _chosen(fact, value)):
        raise DefinitionError("no_value", at=at, value=value, id=fact.id, expected=fact.expected,
                              parameter=parameter)  # fmt: skip


def _chosen(fact: Fact, value: object) -> bool:
    return RULES[fact.kind].parse(fact, value) is not None


_OF_FACTS: Final = (
    Always, AllOf, AnyOf, Not, Grounded, Compare, Member, Includes, Known, ParameterIs,
)  # fmt: skip
_Rule: TypeAlias = Callable[[Process, At, Any], None]
_ASKS: Final[dict[type, _Rule]] = {
    Compare: _about_fact,
    Member: _about_fact,
    Includes: _about_fact,
    InState: _in_some,
    Named: _holds_several,
    Narrows: _holds_several,
    Missed: _duty,
    ParameterIs: _about_parameter,
}
_RULES: Final[dict[type, _Rule]] = {
    Event: _event,
    State: _called,
    Choice: _called,
    Parameter: _parameter,
    Transition: _transition,
    Deadline: _deadline,
    ConsentRule: _consent,
    Road: _road,
    Source: _source,
}
