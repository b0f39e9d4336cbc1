"""What a value refers to: a field that holds the id of another part says so where it is declared.

    home: Annotated[str, Ref("machine")]
    by: Annotated[tuple[str, ...], Ref("agency")] = ()

Validation, edits and comparison read it from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Final, NamedTuple, get_args, get_origin, get_type_hints

from attrs import fields, has

from .frozen import frozen
from .text import Text

HERE: Final = ""  # the machine in which the value stands


@frozen
class Ref:
    """The field holds the id of a part of this kind, or ids of several.

    States and transitions have their ids within a machine: `within` is the field beside this
    one that names it, or HERE. Without it the id is whole.
    """

    kind: str
    within: str | None = None


class Reference(NamedTuple):
    """A field, by itself or in what it holds, refers to a part; states and transitions by
    `machine.id`."""

    field: str
    kind: str
    id: str


def references(
    value: Any, within: str = HERE, field: str = "", *, to: str = ""
) -> Iterator[Reference]:
    """All that a part, guard or other value refers to, with what lies inside it, or only the parts
    of the kind `to`; parts that have ids of their own are not looked into. `within` is the machine
    in which it stands, `field` that of a part in which the value lies."""
    cls: Any = type(value)
    for name, ref, inside in _plan(cls):
        if to and ref is not None and ref.kind != to:
            continue
        held = getattr(value, name)
        for one in held if isinstance(held, tuple) else (held,):
            if ref is not None and isinstance(one, str):
                yield Reference(field or name, ref.kind, _whole(value, ref, one, within))
            elif inside:
                yield from references(one, within, field or name, to=to)


def place(value: Any, found: Reference, within: str = HERE) -> tuple[str, ...]:
    """The fields that lead to a reference: ("shares[0]", "to"); of a guard only its own field,
    for files write guards in another way."""
    cls: Any = type(value)
    held = getattr(value, found.field)
    for number, one in enumerate(held if isinstance(held, tuple) else (held,)):
        name = f"{found.field}[{number}]" if isinstance(held, tuple) else found.field
        if isinstance(one, str):
            if _whole(value, refs(cls)[found.field], one, within) == found.id:
                return (name,)
        elif not hasattr(one, "mentions"):
            inner = (r for r in references(one, within) if r[1:] == found[1:])
            if hit := next(inner, None):
                return (name, *place(one, hit, within))
    return (found.field,)


@cache
def refs(cls: Any) -> dict[str, Ref]:
    """Field → what it refers to, for a class of the definition; nothing for any other."""
    declared = _declared(cls).items() if has(cls) else ()
    return {name: ref for name, hint in declared if (ref := _ref(hint)) is not None}


@cache
def hints(cls: type) -> dict[str, Any]:
    """Field → declared type, without what it refers to."""
    declared = _declared(cls)
    return {a.name: _bare(declared[a.name]) for a in fields(cls)}


@cache
def _declared(cls: type) -> dict[str, Any]:
    """The same as it is written: what reads the words of a class reads them once."""
    return get_type_hints(cls, include_extras=True)


@cache
def texts(cls: type) -> tuple[str, ...]:
    """The fields in which something is said to people."""
    return tuple(
        name for name, declared in hints(cls).items() if Text in (declared, *get_args(declared))
    )


def _bare(declared: Any) -> Any:
    return get_args(declared)[0] if get_origin(declared) is Annotated else declared


def _whole(value: Any, ref: Ref, id: str, within: str) -> str:
    if ref.within is None:
        return id
    machine = getattr(value, ref.within) if ref.within else within
    return f"{machine}.{id}" if machine else id


@cache
def _plan(cls: Any) -> tuple[tuple[str, Ref | None, bool], ...]:
    """The fields that refer, or in which something may: name, reference, whether to look in."""
    if not has(cls):
        return ()
    declared, own = _declared(cls), refs(cls)
    rows = ((a.name, own.get(a.name), _holds(declared[a.name])) for a in fields(cls))
    return tuple(row for row in rows if row[1] is not None or row[2])


def _ref(declared: object) -> Ref | None:
    found = (m for m in getattr(declared, "__metadata__", ()) if isinstance(m, Ref))
    return next(found, None)


def _holds(declared: object) -> bool:
    """Whether values of this type may refer to something and are no parts."""
    if within := get_args(declared):
        return any(map(_holds, within))
    if not isinstance(declared, type):
        return False
    if not has(declared):  # a guard of whatever kind
        return hasattr(declared, "mentions")
    return not _is_part(declared) and bool(_plan(declared))


@cache
def _is_part(cls: type) -> bool:
    return "id" in hints(cls) and "id" not in refs(cls)
