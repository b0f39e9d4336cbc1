"""Edits: the small changes from which a variant of a process is made.

Each names the part it touches by kind and id (`transition support.request`, `state
custody.free`, `parameter elderly_age`) and fails, with the nearest ids, where that part is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve, field, fields, frozen

from ..basis import Basis, Source
from ..deadline import Deadline
from ..errors import DefinitionError, UnknownId
from ..fact import Choice, Fact
from ..guard import AllOf, Guard, Scalar, every
from ..process import Agency, Event, Machine, Paper, Parameter, Process, Stage, State, Transition
from ..text import Text

Part = (
    Agency | Stage | Event | Fact | Choice | Paper | Parameter | Deadline | Source | Machine
    | State | Transition
)  # fmt: skip
Path = tuple[str, ...]

# Kind → (field that holds such parts, class, kind of the part that holds them).
PARTS: dict[str, tuple[str, type, str | None]] = {
    "agency": ("agencies", Agency, None),
    "stage": ("stages", Stage, None),
    "event": ("events", Event, None),
    "fact": ("facts", Fact, None),
    "paper": ("papers", Paper, None),
    "parameter": ("parameters", Parameter, None),
    "deadline": ("deadlines", Deadline, None),
    "source": ("sources", Source, None),
    "machine": ("machines", Machine, None),
    "state": ("states", State, "machine"),
    "transition": ("transitions", Transition, "machine"),
    "choice": ("choices", Choice, "fact"),
}


class EditError(DefinitionError):
    """An edit does not apply: the part it names is not there, or is there already."""


@frozen
class Add:
    """A new part, put into the process or (`to`) into a machine or fact; behind `after`."""

    part: Part
    to: str = "process"
    after: str | None = None


@frozen
class Remove:
    """A part is taken out. A state goes out of the sources of rules and deadlines as well;
    rules that lead to it have to be removed or replaced themselves."""

    at: str


def _own(changes: Mapping[str, Any]) -> Mapping[str, Any]:
    return dict(changes)


@frozen
class Replace:
    """Fields of a part get other values; a `basis` among them says why the rule now holds."""

    at: str
    changes: Mapping[str, Any] = field(converter=_own, hash=False)

    def __hash__(self) -> int:
        return hash((self.at, *sorted(self.changes)))


@frozen
class Extend:
    """A list of a part gets more members: who may report an event, what it records, ..."""

    at: str
    list: str
    values: tuple[Any, ...]
    basis: tuple[Basis, ...] = ()


@frozen
class Relabel:
    """A part gets another name."""

    at: str
    label: Text


@frozen
class SetParameter:
    """A policy parameter gets a value, and the source that sets it."""

    parameter: str
    value: Scalar | None
    basis: tuple[Basis, ...] = ()


@frozen
class Require:
    """A transition asks for one condition more."""

    transition: str
    clause: Guard
    basis: tuple[Basis, ...] = ()


@frozen
class Waive:
    """A transition no longer asks for one of its conditions."""

    transition: str
    clause: Guard
    basis: tuple[Basis, ...] = ()


Edit = Add | Remove | Replace | Extend | Relabel | SetParameter | Require | Waive


def grounds(edit: Edit) -> tuple[Basis, ...]:
    """What an edit rests on, as far as it says so."""
    match edit:
        case Add():
            return getattr(edit.part, "basis", ())
        case Replace():
            return tuple(edit.changes.get("basis", ()))
        case Remove() | Relabel():
            return ()
    return edit.basis


def replace(at: str, **changes: Any) -> Replace:
    """Fields of a part get other values: `replace("event arrested", by=("police",))`."""
    return Replace(at, changes)


def kind_of(part: Part) -> str:
    """The kind under which edits speak of this part."""
    return next(kind for kind, (_, cls, _) in PARTS.items() if type(part) is cls)


def path(at: str) -> Path:
    """An address as a path through the process: `state custody.free` →
    ("machines", "custody", "states", "free"); `process` is the empty path."""
    if at == "process":
        return ()
    kind, _, id = at.partition(" ")
    if kind not in PARTS:
        raise EditError(at, str(UnknownId("kind of part", kind, PARTS)), _ADDRESS)
    name, _, holder = PARTS[kind]
    outer, dot, inner = id.partition(".")
    if bool(dot) != bool(holder) or not outer or (dot and not inner):
        raise EditError(at, "is no address", _ADDRESS)
    return (PARTS[holder][0], outer, name, inner) if holder else (name, outer)


_ADDRESS = "write it like 'transition support.request', 'event arrested' or 'process'"


def target(edit: Edit) -> Path:
    """The part, or the new part, that an edit is about."""
    if isinstance(edit, Add):
        return (*path(edit.to), PARTS[kind_of(edit.part)][0], edit.part.id)
    if isinstance(edit, SetParameter):
        return path(f"parameter {edit.parameter}")
    if isinstance(edit, Require | Waive):
        return path(f"transition {edit.transition}")
    return path(edit.at)


def said(edit: Edit) -> str:
    """The edit in a few words, for error messages."""
    verb = "set" if isinstance(edit, SetParameter) else type(edit).__name__.lower()
    if isinstance(edit, Add):
        return f"{verb} {kind_of(edit.part)} {edit.part.id} to {edit.to}"
    if isinstance(edit, SetParameter):
        return f"{verb} parameter {edit.parameter}"
    return f"{verb} " + (f"transition {edit.transition}" if isinstance(edit, Require | Waive)
                         else edit.at)  # fmt: skip


# -- applying ---------------------------------------------------------------------------------


def applied(process: Any, edits: tuple[Edit, ...], place: str) -> dict[str, Any]:
    """The fields of the process after these edits, in their order; EditError, which begins
    with `place`, at the first that does not apply."""
    draft = Draft(process)
    for number, edit in enumerate(edits, 1):
        try:
            _APPLY[type(edit)](draft, edit)
        except (DefinitionError, UnknownId) as error:
            raise EditError(f"{place}, edit {number} ({said(edit)})", str(error)) from None
    return draft.fields


class Draft:
    """A process under revision: its fields, not yet checked against one another."""

    def __init__(self, process: Process) -> None:
        self.fields: dict[str, Any] = {a.name: getattr(process, a.name) for a in fields(Process)}

    def part(self, at: Path) -> Any:
        """The part at this path; UnknownId with the nearest ids where there is none."""
        if not at:
            return None
        holder: Any = self.fields[at[0]]
        found = _among(holder, at[0], at[1])
        return _among(getattr(found, at[2]), at[2], at[3]) if len(at) > 2 else found

    def put(self, at: Path, *parts: Any, after: str | None = None) -> None:
        """Put `parts` in place of the part at this path (or, if none is there, at the end of
        its list or behind `after`)."""
        if len(at) > 2:
            holder = self.part(at[:2])
            changed = _placed(getattr(holder, at[2]), at[3], parts, after)
            self.put(at[:2], evolve(holder, **{at[2]: changed}))
        else:
            self.fields[at[0]] = _placed(self.fields[at[0]], at[1], parts, after)


def _among(parts: tuple[Any, ...], name: str, id: str) -> Any:
    for part in parts:
        if part.id == id:
            return part
    kind = next(kind for kind, (field_, _, _) in PARTS.items() if field_ == name)
    raise UnknownId(kind, id, [part.id for part in parts])


def _placed(
    parts: tuple[Any, ...], id: str, new: tuple[Any, ...], after: str | None
) -> tuple[Any, ...]:
    ids = [part.id for part in parts]
    if id in ids:
        at = ids.index(id)
        return (*parts[:at], *new, *parts[at + 1 :])
    if after is not None and after not in ids:
        raise UnknownId("part", after, ids)
    at = ids.index(after) + 1 if after else len(parts)
    return (*parts[:at], *new, *parts[at:])


def _add(draft: Draft, edit: Add) -> None:
    at = target(edit)
    holder = draft.part(at[:-2])
    held = draft.fields[at[0]] if holder is None else getattr(holder, at[2], None)
    if held is None:
        raise EditError(edit.to, f"holds no {at[-2]}", "give the machine or fact it belongs to")
    if any(part.id == edit.part.id for part in held):
        raise EditError(edit.part.id, "is there already", "replace it, or choose another id")
    draft.put(at, edit.part, after=edit.after)


def _remove(draft: Draft, edit: Remove) -> None:
    at = path(edit.at)
    if not at:
        raise EditError(edit.at, "cannot be removed")
    draft.part(at)
    draft.put(at)
    if at[-2] == "states":
        _forget_state(draft, at[1], at[3])
    routes = draft.fields["main_route"]
    if at[-2] == "transitions":
        draft.fields["main_route"] = tuple(r for r in routes if r != f"{at[1]}.{at[3]}")
    elif at[0] == "machines" and len(at) == 2:
        draft.fields["main_route"] = tuple(r for r in routes if not r.startswith(f"{at[1]}."))


def _forget_state(draft: Draft, machine: str, state: str) -> None:
    held = draft.part(("machines", machine))
    transitions = tuple(
        evolve(t, sources=tuple(s for s in t.sources if s != state)) for t in held.transitions
    )
    draft.put(("machines", machine), evolve(held, transitions=transitions))
    draft.fields["deadlines"] = tuple(
        evolve(d, states=tuple(s for s in d.states if s != state))
        if d.machine == machine and state in d.states
        else d
        for d in draft.fields["deadlines"]
    )


def _replace(draft: Draft, edit: Replace) -> None:
    at = path(edit.at)
    if not at:
        for name in edit.changes:
            _require_field(name, draft.fields)
        draft.fields |= edit.changes
        return
    part = draft.part(at)
    known = [a.name for a in fields(type(part))]
    for name in edit.changes:
        _require_field(name, known)
    if "id" in edit.changes:
        raise EditError(edit.at, "an id cannot change", "remove the part and add another")
    draft.put(at, evolve(part, **edit.changes))


def _require_field(name: str, known: Any) -> None:
    if name not in known:
        raise UnknownId("field", name, list(known))


def _extend(draft: Draft, edit: Extend) -> None:
    at = path(edit.at)
    part = draft.part(at)
    _require_field(edit.list, [a.name for a in fields(type(part))])
    held = getattr(part, edit.list)
    if not isinstance(held, tuple):
        raise EditError(edit.at, f"{edit.list} is no list", "replace it")
    changes: dict[str, Any] = {edit.list: tuple(dict.fromkeys((*held, *edit.values)))}
    if edit.basis:
        changes["basis"] = _grown(part.basis, edit.basis)
    draft.put(at, evolve(part, **changes))


def _relabel(draft: Draft, edit: Relabel) -> None:
    _replace(draft, replace(edit.at, label=edit.label))


def _set(draft: Draft, edit: SetParameter) -> None:
    at = target(edit)
    parameter = draft.part(at)
    if parameter.choices and edit.value not in parameter.choices:
        allowed = ", ".join(map(repr, parameter.choices))
        raise EditError(edit.parameter, f"{edit.value!r} is none of its values", allowed)
    basis = edit.basis or parameter.basis
    draft.put(at, evolve(parameter, value=edit.value, basis=basis))


def _require(draft: Draft, edit: Require) -> None:
    at = target(edit)
    rule = draft.part(at)
    guard = every(rule.guard, edit.clause)
    draft.put(at, evolve(rule, guard=guard, basis=_grown(rule.basis, edit.basis)))


def _waive(draft: Draft, edit: Waive) -> None:
    at = target(edit)
    rule = draft.part(at)
    parts = rule.guard.guards if isinstance(rule.guard, AllOf) else (rule.guard,)
    waived = edit.clause.guards if isinstance(edit.clause, AllOf) else (edit.clause,)
    for clause in waived:
        if clause not in parts:
            raise EditError(edit.transition, "does not ask for this condition")
    kept = every(*(part for part in parts if part not in waived))
    draft.put(at, evolve(rule, guard=kept, basis=_grown(rule.basis, edit.basis)))


def _grown(before: tuple[Basis, ...], added: tuple[Basis, ...]) -> tuple[Basis, ...]:
    return tuple(dict.fromkeys((*before, *added)))


_APPLY: dict[type, Any] = {
    Add: _add,
    Remove: _remove,
    Replace: _replace,
    Extend: _extend,
    Relabel: _relabel,
    SetParameter: _set,
    Require: _require,
    Waive: _waive,
}
