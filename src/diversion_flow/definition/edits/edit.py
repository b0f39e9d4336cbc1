"""Edits: the small changes from which a variant of a process is made.

Each names the part it touches by kind and id (`transition support.request`, `state
custody.free`, `parameter elderly_age`) and fails, with the nearest ids, where that part is not.
What there is to know of a kind of edit is one row of `EDITS`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sized
from typing import Any, Final, NamedTuple

from attrs import evolve, field, fields, fields_dict

from ..basis import Basis, Mark
from ..called import CalledWhen
from ..deadline import Deadline, Renewal, Stop
from ..errors import At, DefinitionError
from ..frozen import frozen
from ..guard import ALWAYS, AllOf, AnyOf, Grounded, Guard, Scalar, atoms, bare, every, scalar
from ..process import KINDS, Parameter, Part, PartKind, Process, Share, Told, find, kind_of
from ..reference import hints, references
from ..road import without
from ..text import Text
from ..trust import on_trust
from ..typecheck import check, check_types

Member = (
    Part | Basis | Share | Told | Stop | Renewal | CalledWhen | Scalar | None
)  # what a list of a part may hold
Path = tuple[str, ...]


class _Edit:
    """What every edit has: `at`, the part it is about, and `basis`, what it rests on."""

    __slots__ = ()

    def __attrs_post_init__(self) -> None:
        check_types(self)


def _parameter(at: Any) -> Any:
    """The edit is about parameters only, and may name one by its id alone."""
    return _of_kind("parameter ", at)


def _rule(at: Any) -> Any:
    return _of_kind("transition ", at)


def _of_kind(kind: str, at: Any) -> Any:
    return kind + at.removeprefix(kind) if isinstance(at, str) else at


def _own(changes: Any) -> Any:
    return dict(changes) if isinstance(changes, Mapping) else changes


def _several(values: Any) -> Any:
    return tuple(values) if isinstance(values, list) else values


def _something(name: str, given: Sized) -> None:
    """DefinitionError for an edit that says what it changes, and then nothing."""
    if not given:
        raise DefinitionError("changes_nothing", at=((name, ""),))


@frozen
class Add(_Edit):
    """A new part, put into the process or (`to`) into a machine or fact; behind `after`."""

    part: Part
    to: str = "process"
    after: str | None = None
    basis: tuple[Basis, ...] = ()

    @property
    def at(self) -> str:
        """Where the part will be."""
        holder = self.to.partition(" ")[2]
        return f"{kind_of(type(self.part))} {f'{holder}.' if holder else ''}{self.part.id}"


@frozen
class Remove(_Edit):
    """A part is taken out. A state goes out of the sources of rules and deadlines as well;
    rules that lead to it have to be removed or replaced themselves. A rule goes out of the usual
    course, and out of the remarks that speak of it."""

    at: str
    basis: tuple[Basis, ...] = ()


@frozen
class Replace(_Edit):
    """Fields of a part get other values; a `basis` among them says why the rule now holds."""

    at: str
    changes: Mapping[str, Any] = field(converter=_own, hash=False)
    basis: tuple[Basis, ...] = ()

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        _something("changes", self.changes or self.basis)


@frozen
class Extend(_Edit):
    """A list of a part gets more members: who may report an event, what it records, ..."""

    at: str
    list: str
    values: tuple[Member, ...] = field(converter=_several)
    basis: tuple[Basis, ...] = ()

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        _something("values", self.values or self.basis)


@frozen
class Relabel(_Edit):
    """A part gets another name."""

    at: str
    label: Text
    basis: tuple[Basis, ...] = ()


@frozen
class SetParameter(_Edit):
    """A policy parameter gets a value, and the source that sets it."""

    at: str = field(converter=_parameter)
    value: Scalar | None = field(converter=scalar)
    basis: tuple[Basis, ...] = ()


@frozen
class _OfACondition(_Edit):
    """An edit of what a transition asks, by a clause that asks something."""

    at: str = field(converter=_rule)
    clause: Guard
    basis: tuple[Basis, ...] = ()

    def __attrs_post_init__(self) -> None:
        super().__attrs_post_init__()
        _something("clause", [part for part in _clauses(bare(self.clause)) if part != ALWAYS])


@frozen
class Require(_OfACondition):
    """A transition asks for one condition more."""


@frozen
class Waive(_OfACondition):
    """A transition no longer asks for one of its conditions."""


Edit = Add | Remove | Replace | Extend | Relabel | SetParameter | Require | Waive


def replace(at: str, **changes: Any) -> Replace:
    """Fields of a part get other values: `replace("event arrested", by=("police",))`."""
    return Replace(at, changes)


def grounds(edit: Edit) -> tuple[Basis, ...]:
    """What an edit rests on, as far as it says so."""
    own = EDITS[type(edit)].grounds(edit)
    return tuple(dict.fromkeys((*own, *edit.basis)))


def said(edit: Edit) -> str:
    """The edit in a few words, for error messages."""
    return f"{EDITS[type(edit)].word} {edit.at}"


def path(at: str) -> Path:
    """An address as a path through the process: `state custody.free` →
    ("machines", "custody", "states", "free"); `process` is the empty path."""
    if at == "process":
        return ()
    kind, _, id = at.partition(" ")
    row = _row(kind)
    outer, dot, inner = id.partition(".")
    if bool(dot) != bool(row.holder) or not outer or (dot and not inner):
        raise DefinitionError("no_address", at=(("at", ""),), id=at)
    return (KINDS[row.holder].list, outer, row.list, inner) if row.holder else (row.list, outer)


def class_at(at: str) -> type:
    """The class of the part that an address names."""
    return KINDS[at.partition(" ")[0]].cls if path(at) else Process


def _row(kind: str) -> PartKind:
    if kind not in KINDS:
        raise DefinitionError.unknown("kind of part", kind, KINDS, at=(("at", ""),))
    return KINDS[kind]


def list_at(at: str, name: str) -> Any:
    """The declared type of a list of the part."""
    declared = hints(class_at(at))
    if name not in declared:
        raise DefinitionError.unknown("field", name, declared, at=(("list", ""),))
    if getattr(declared[name], "__origin__", None) is not tuple:
        raise DefinitionError("no_list", at=(("list", ""),), id=name)
    return declared[name]


# -- applying ---------------------------------------------------------------------------------


class Draft:
    """A process under revision: its fields, not yet checked against one another."""

    def __init__(self, process: Process) -> None:
        self.fields: dict[str, Any] = {a.name: getattr(process, a.name) for a in fields(Process)}

    def part(self, at: Path) -> Any:
        """The part at this path; UnknownId with the nearest ids where there is none."""
        found = None
        for name, id in zip(at[::2], at[1::2], strict=True):
            kind = next(kind for kind, row in KINDS.items() if row.list == name)
            found = find(self.fields[name] if found is None else getattr(found, name), kind, id)
        return found

    def put(self, at: Path, *parts: Part, after: str | None = None) -> None:
        """Put `parts` in place of the part at this path (or, if none is there, at the end of
        its list or behind `after`)."""
        if len(at) > 2:
            holder = self.part(at[:2])
            changed = _placed(getattr(holder, at[2]), at[3], parts, after)
            self.put(at[:2], evolve(holder, **{at[2]: changed}))
        else:
            self.fields[at[0]] = _placed(self.fields[at[0]], at[1], parts, after)

    def change(self, edit: Edit, changes: Mapping[str, Any], within: str = "") -> None:
        """Give fields of the edit's part these values, and the edit's basis to its basis;
        `within` is the field of the edit that names them."""
        at, cls = path(edit.at), class_at(edit.at)
        part, declared = self.part(at), fields_dict(cls)
        changes = dict(changes)
        for name, value in changes.items():
            if name not in declared:
                raise DefinitionError.unknown(
                    "field", name, declared, at=((within, ""), (name, ""))
                )
            _checked(cls, name, value, ((within, ""), (name, "")))
        if "basis" in declared:
            changes["basis"] = _grounded(edit, part, changes)
        if at:
            self.put(at, evolve(part, **changes))
        else:
            self.fields |= changes


def _grounded(edit: Edit, part: Any, changes: Mapping[str, Any]) -> tuple[Basis, ...]:
    """What the part rests on after the edit. The old sources say nothing of what is new: that has
    the ground of the edit, or none."""
    about = tuple(_about(part, changes))
    gone = {
        f"{row} {id}" for row in _ROWS for id in getattr(part, row, ())
        if id not in changes.get(row, (id,))
    }  # fmt: skip
    before = tuple(b for b in changes.get("basis", part.basis) if b.about not in {*about, *gone})
    if isinstance(part, Parameter) and about and "basis" not in changes:
        before = ()  # its sources are those of its value
    none = () if edit.basis or "basis" in changes else (Basis(Mark.NONE, about=a) for a in about)
    return tuple(dict.fromkeys((*before, *edit.basis, *none)))


_ROWS: Final = ("by", "seen_by")  # of which each member has a ground of its own
_PARTS: Final = {row.list for row in KINDS.values()}  # which bring their own


def _about(part: Any, changes: Mapping[str, Any]) -> Iterator[str]:
    """What of the rule becomes another: fields, and for reporters each that is new."""
    for name, value in changes.items():
        before = getattr(part, name)
        if name in _WORDING or name in _PARTS or value == before or _brings(before, value):
            continue
        new = [id for id in value if id not in before] if name in _ROWS else []
        if isinstance(part, Parameter):
            yield f"parameter {part.id}"
        elif new:
            yield from (f"{name} {id}" for id in new)
        else:
            yield name


def _brings(before: Any, after: Any) -> bool:
    """Whether nothing is taken away and what is new names its own grounds."""
    old, new = _members(before), _members(after)
    return all(member in new for member in old) and all(m in old or grounded(m) for m in new)


def _members(value: Any) -> tuple[Any, ...]:
    """What a list holds, or the conditions that a guard asks; any other value by itself."""
    if isinstance(value, Guard):
        return tuple(clause for clause in _clauses(value) if clause != ALWAYS)
    return value if isinstance(value, tuple) else (value,)


def grounded(member: Any) -> bool:
    """Whether a condition, or a member of a list, names its own ground."""
    if isinstance(member, AllOf | AnyOf):
        return all(map(grounded, member.guards))
    return bool(member.exception if isinstance(member, Share) else getattr(member, "basis", ()))


def tell_grounds(draft: Draft, process: Process) -> None:
    """Let every rule and limit of the changed `process` say on what the values rest that it asks
    for, where these have other sources now or none; and which of those who may report its event
    were set without one: its own sources are none of theirs."""
    before = process.by_id["parameter"]
    told = {p.id: _told_by(p) for p in draft.fields["parameters"]
            if _unsourced(p) or (p.id in before and p.basis != before[p.id].basis)}  # fmt: skip
    by = {e.id: [b for b in e.basis if b.mark is Mark.NONE and b.speaks_of("by", b.about[3:])]
          for e in draft.fields["events"] if _unsourced(e)}  # fmt: skip
    if not (told or by or any(map(_unsourced, (*process.parameters, *process.events)))):
        return
    gone = {basis for id in told if id in before for basis in _told_by(before[id])}

    def marked(part: Any, event: str = "") -> Any:
        ids = _parameters(part) if told else ()
        asked = (b for id in ids for b in told.get(id, ()) if not _cited(b, part))
        own = (b for b in part.basis if not (_says_none(b) or (gone and b in gone)))
        basis = (*own, *asked, *by.get(event, ()))
        if basis != part.basis:  # as most are not
            basis = tuple(dict.fromkeys(basis))
        return part if basis == part.basis else evolve(part, basis=basis)

    draft.fields["deadlines"] = _as_was(draft.fields["deadlines"], marked)
    draft.fields["machines"] = _as_was(
        draft.fields["machines"],
        lambda m: m if (rules := _as_was(m.transitions, lambda t: marked(t, t.event)))
        is m.transitions else evolve(m, transitions=rules),
    )  # fmt: skip


def _as_was(parts: tuple[Any, ...], change: Callable[[Any], Any]) -> tuple[Any, ...]:
    """What each part becomes; the very same row where none becomes another."""
    found = tuple(map(change, parts))
    return parts if all(map(operator.is_, parts, found)) else found


def _parameters(part: Any) -> Iterator[str]:
    """The parameters that a rule or limit asks for."""
    asked = (*atoms(part.guard), getattr(part, "length", None))
    return (found.id for each in asked for found in references(each, to="parameter"))


def lent(basis: Basis, law: Process) -> bool:
    """Whether a rule or limit of the law has it from `tell_grounds`, which tells of another
    part."""
    of, _, id = basis.about.partition(" ")
    asked = law.by_id["parameter"].get(id) if of == "parameter" else None
    return _says_none(basis) or (asked is not None and basis in _told_by(asked))


def _told_by(policy: Parameter) -> list[Basis]:
    """Its grounds, as what asks for its value tells them; their days are not those of a rule."""
    about = f"parameter {policy.id}"
    return [evolve(basis, about=about, since=None, until=None) for basis in policy.basis]


def _cited(basis: Basis, part: Any) -> bool:
    """Whether the rule or limit, or a condition of it, cites that provision by itself, or what it
    stands in."""
    inner = (b for g in part.guard.walk() if isinstance(g, Grounded) for b in g.basis)
    return basis.law is not None and any(
        b.law == basis.law and not b.about and basis.provision.startswith(b.provision)
        for b in (*part.basis, *inner)
    )


def _unsourced(part: Any) -> bool:
    return any(basis.mark is Mark.NONE for basis in part.basis)


def _says_none(basis: Basis) -> bool:
    """Whether it says that what only another part knows of itself has no source."""
    return basis.mark is Mark.NONE and basis.about.partition(" ")[0] in ("parameter", "by")


# Fields that say nothing that a source would have to say.
_WORDING: Final = ("label", "note", "basis", "outcome", "unit", "short", "url")


def _checked(cls: type, name: str, value: object, at: At) -> None:
    try:
        check(cls, name, value)
    except DefinitionError as error:
        error.at = (*at, *error.at)
        raise


def _placed(
    parts: tuple[Any, ...], id: str, new: tuple[Any, ...], after: str | None
) -> tuple[Any, ...]:
    ids = [part.id for part in parts]
    if id in ids:
        at = ids.index(id)
        return (*parts[:at], *new, *parts[at + 1 :])
    if after is not None and after not in ids:
        raise DefinitionError.unknown("part", after, ids, at=(("after", ""),))
    at = ids.index(after) + 1 if after else len(parts)
    return (*parts[:at], *new, *parts[at:])


def _add(draft: Draft, edit: Add) -> None:
    kind = kind_of(type(edit.part))
    if (KINDS[kind].holder or "process") != edit.to.partition(" ")[0]:
        raise DefinitionError("holds_none", at=(("to", ""),), id=edit.to, kind=kind,
                        holder=KINDS[kind].holder or "process")  # fmt: skip
    at = path(edit.at)
    holder = draft.part(at[:-2])
    held = draft.fields[at[0]] if holder is None else getattr(holder, at[2])
    if any(part.id == edit.part.id for part in held):
        raise DefinitionError(
            "there_already", at=(("part", ""), ("id", "")), kind=kind, id=edit.part.id
        )
    draft.put(at, edit.part, after=edit.after)
    if edit.basis:
        draft.change(edit, {})


def _remove(draft: Draft, edit: Remove) -> None:
    at = path(edit.at)
    if not at:
        raise DefinitionError("kept_whole", at=(("at", ""),))
    draft.part(at)
    draft.put(at)
    if at[-2] == "states":
        _forget_state(draft, at[1], at[3])
    elif at[0] == "machines":
        _forget_transitions(draft, f"{at[1]}." if len(at) == 2 else f"{at[1]}.{at[3]}")
    if draft.fields["road"] is not None:
        _forget_on_road(draft, *edit.at.split(" ", 1))


def _forget_on_road(draft: Draft, kind: str, id: str) -> None:
    """The road goes on without the part, and without what a machine takes with it."""
    inner = f"{id}." if kind == "machine" else None
    draft.fields["road"] = without(
        draft.fields["road"],
        lambda other, its: (
            (other, its) == (kind, id)
            or (inner is not None and other in ("state", "transition") and its.startswith(inner))
        ),
    )


def _forget_transitions(draft: Draft, gone: str) -> None:
    """Neither the usual course nor a remark goes on naming a rule that is gone, or those of a
    machine (`custody.`) that is; a remark that spoke of nothing else goes with it."""

    def left(named: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(n for n in named if n != gone and not (gone[-1] == "." and n.startswith(gone)))

    draft.fields["main_route"] = left(draft.fields["main_route"])
    draft.fields["remarks"] = tuple(
        evolve(remark, transitions=left(remark.transitions))
        for remark in draft.fields["remarks"]
        if not remark.transitions or left(remark.transitions)
    )


def _forget_state(draft: Draft, machine: str, state: str) -> None:
    held = draft.part(("machines", machine))
    transitions = tuple(
        evolve(t, sources=tuple(s for s in t.sources if s != state)) for t in held.transitions
    )
    draft.put(("machines", machine), evolve(held, transitions=transitions))
    draft.fields["deadlines"] = tuple(
        _unlimited(d, machine, state) for d in draft.fields["deadlines"]
    )


def _unlimited(limit: Deadline, machine: str, state: str) -> Deadline:
    """The limit, which neither runs nor stands still in this state any more."""
    stops = tuple(
        evolve(stop, states=tuple(s for s in stop.states if s != state))
        if stop.machine == machine
        else stop
        for stop in limit.stops
    )
    stops = tuple(stop for stop in stops if stop.states)
    if stops != limit.stops:
        limit = evolve(limit, stops=stops)
    if limit.machine == machine and state in limit.states:
        limit = evolve(limit, states=tuple(s for s in limit.states if s != state))
    return limit


def _replace(draft: Draft, edit: Replace) -> None:
    if "id" in edit.changes:
        raise DefinitionError("id_stays", at=(("changes", ""), ("id", "")))
    own = [name for name in edit.changes if name in _OF_THE_VARIANT]
    if own and not path(edit.at):
        raise DefinitionError("of_the_variant", at=(("changes", ""), (own[0], "")))
    if "value" in edit.changes and class_at(edit.at) is Parameter:
        parameter = evolve(draft.part(path(edit.at)), **_fitting(edit.changes))
        _settable(parameter, edit.changes["value"], (("changes", ""), ("value", "")))
    draft.change(edit, edit.changes, "changes")


# What of a process the variant says of itself: `called` by its label.
_OF_THE_VARIANT: Final = ("version", "since", "until", "called")


def _fitting(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The values allowed, where the edit gives others."""
    return {name: value for name, value in changes.items()
            if name == "choices" and isinstance(value, tuple)}  # fmt: skip


def _extend(draft: Draft, edit: Extend) -> None:
    part = draft.part(path(edit.at))
    list_at(edit.at, edit.list)  # DefinitionError, if it has no such list
    held = draft.fields[edit.list] if part is None else getattr(part, edit.list)
    draft.change(edit, {edit.list: tuple(dict.fromkeys((*held, *edit.values)))}, "values")


def _relabel(draft: Draft, edit: Relabel) -> None:
    draft.change(edit, {"label": edit.label})


def _set(draft: Draft, edit: SetParameter) -> None:
    _settable(draft.part(path(edit.at)), edit.value, (("value", ""),))
    draft.change(edit, {"value": edit.value})


def _settable(parameter: Parameter, value: object, at: At) -> None:
    """DefinitionError for a value that the parameter does not take, and for one below nothing."""
    if on_trust():
        return
    from ..validation import require_taken

    require_taken(parameter, value, at)
    number = isinstance(value, int) and not parameter.choices
    if number and value < 0 <= (parameter.value or 0):  # type: ignore[operator]
        raise DefinitionError("set_negative", at=at)


def _require(draft: Draft, edit: Require) -> None:
    rule = draft.part(path(edit.at))
    draft.change(edit, {"guard": every(rule.guard, edit.clause)})


def _waive(draft: Draft, edit: Waive) -> None:
    parts, waived = _clauses(draft.part(path(edit.at)).guard), _clauses(bare(edit.clause))
    if any(clause not in map(bare, parts) for clause in waived):
        raise DefinitionError("not_asked", at=(("clause", ""),))
    draft.change(edit, {"guard": every(*(part for part in parts if bare(part) not in waived))})


def _clauses(guard: Guard) -> tuple[Guard, ...]:
    return guard.guards if isinstance(guard, AllOf) else (guard,)


# -- one row for each kind of edit --------------------------------------------------------------


class Touch(NamedTuple):
    """A place that an edit writes, what it writes there, and which field of the edit says so.

    A path may end in a value: two more conditions on one rule stand side by side, so each has
    a place of its own under the guard.
    """

    path: tuple[object, ...]
    value: object
    field: Path


class Key(NamedTuple):
    """What stands beside the word in a file: its name there, the edit's field, its type (by the
    address; a dict is an object with some of these fields), whether it must be there."""

    name: str
    field: str
    type: Callable[[str, Mapping[str, Any]], Any]
    required: bool = False


class EditKind(NamedTuple):
    """All there is to know of a kind of edit. `about` is the kind of part that alone it is
    about, which files do not repeat."""

    word: str
    cls: type
    apply: Callable[[Draft, Any], None]
    touches: Callable[[Any], Iterator[tuple[tuple[object, ...], object, Path]]]
    keys: tuple[Key, ...] = ()
    about: str = ""
    grounds: Callable[[Any], tuple[Basis, ...]] = lambda edit: ()


def touches(edit: Edit) -> Iterator[Touch]:
    """The places that an edit writes."""
    at = path(edit.at)
    for inner, value, name in EDITS[type(edit)].touches(edit):
        yield Touch((*at, *inner), value, name)


def _always(kind: Any) -> Callable[[str, Mapping[str, Any]], Any]:
    return lambda at, found: kind


_CLAUSE = (Key("clause", "clause", _always(Guard), True),)

EDITS: Final = {
    row.cls: row
    for row in (
        EditKind(
            "add", Add, _add,
            lambda e: iter([((), e.part, ("part",))]),
            (
                Key("part", "part", lambda at, found: _row(at).cls, True),
                Key("to", "to", _always(str)),
                Key("after", "after", _always(str)),
            ),
            grounds=lambda e: getattr(e.part, "basis", ()),
        ),
        EditKind("remove", Remove, _remove, lambda e: iter([((), "removed", ("at",))])),
        EditKind(
            "replace", Replace, _replace,
            lambda e: (((name,), value, ("changes", name)) for name, value in e.changes.items()),
            (Key("with", "changes", lambda at, found: hints(class_at(at)), True),),
            grounds=lambda e: e.changes.get("basis", ()),
        ),
        EditKind(
            "extend", Extend, _extend,
            lambda e: iter([((e.list, e.values), Extend, ("values",))]),
            (
                Key("list", "list", _always(str), True),
                Key("values", "values", lambda at, found: list_at(at, found["list"]), True),
            ),
        ),
        EditKind(
            "relabel", Relabel, _relabel,
            lambda e: iter([(("label",), e.label, ("label",))]),
            (Key("label", "label", _always(Text), True),),
        ),
        EditKind(
            "set", SetParameter, _set,
            lambda e: iter([(("value",), e.value, ("value",))]),
            (Key("value", "value", _always(Scalar | None), True),),
            "parameter",
        ),
        EditKind(
            "require", Require, _require,
            lambda e: iter([(("guard", e.clause), Require, ("clause",))]), _CLAUSE, "transition",
        ),
        EditKind(
            "waive", Waive, _waive,
            lambda e: iter([(("guard", e.clause), Waive, ("clause",))]), _CLAUSE, "transition",
        ),
    )
}  # fmt: skip
