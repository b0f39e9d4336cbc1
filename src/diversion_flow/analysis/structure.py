"""The first layer of a comparison: which part of the definition is another, and on what basis."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any, Literal, TypeVar

from attrs import evolve
from attrs import field as attr

from ..definition import LANGUAGES, Basis, Deadline, Guard, Language, Process, Text, Transition
from ..definition.edits.edit import grounded, lent
from ..definition.frozen import frozen, names_in
from ..definition.guard import ALWAYS, AllOf, Compare, Member
from ..definition.phrasing import phrasing
from ..definition.process import KINDS
from ..definition.wording import basis_text
from .structure_words import Saying, apart, grounds_in, ungrounded

ChangeKind = Literal["added", "removed", "changed"]
T = TypeVar("T", bound=Hashable)
Path = tuple[str, ...]


@frozen
class Change:
    """One difference between two definitions.

    `part` is the kind of part and `path` its ids (`transition`, `("support", "request")`);
    `field` is what of it is another (None: the part as a whole). `basis` are the provisions
    behind the part in the second process, or in the first for what was removed.
    """

    kind: ChangeKind
    part: str
    path: Path
    field: str | None
    before: object
    after: object
    basis: tuple[Basis, ...]
    between: tuple[Process, Process] = attr(repr=False, eq=False)

    @property
    def said(self) -> Text:
        """The change as a sentence, with its provision, in both languages."""
        return Text(*map(self.text, LANGUAGES))

    def text(self, lang: Language = "en", *, ids: bool = True) -> str:
        """The change as a sentence, with its provision; of the part also the id, or not."""
        old, new = (Saying(process, lang) for process in self.between)
        law = old if self.kind == "removed" and self.field is None else new
        head = f"{_MARK[self.kind]} {law.part(self.part, self.path, self.field, ids=ids)}"
        shown = self._shown(old, new) if self.field is not None else ""
        told = (
            {basis_text(new.process, b, lang) for b in grounds_in((self.before, self.after))}
            if shown
            else ()
        )
        cited = phrasing(lang).grounds(
            text
            for b in self.basis
            if (self.field is not None or not b.of_a_row)
            and (text := basis_text(law.process, evolve(b, about=""), lang)) not in told
        )
        return head + (f": {shown}" if shown else "") + (f" ({cited})" if cited else "")

    def named(self, lang: Language = "en") -> str:
        """The part by its name and id, and which of its fields is meant."""
        gone = self.kind == "removed" and self.field is None
        return Saying(self.between[not gone], lang).part(self.part, self.path, self.field)

    def _shown(self, old: Saying, new: Saying) -> str:
        field = self.field or ""
        held = [] if self.kind == "added" else [old.value(self.part, self.path, field, self.before)]
        if self.kind != "removed":
            held.append(new.value(self.part, self.path, field, self.after))
        if len(set(held)) < len(held):  # what is another is not in these words
            return held[0] + phrasing(old.lang).bracketed(apart(old, new, self.before, self.after))
        return " → ".join(held)


def structure(a: Process, b: Process) -> tuple[Change, ...]:
    """Every part that `b` adds to, takes from or changes in `a`, in the order of `b`."""
    return tuple(_Differ(a, b).changes())


class _Differ:
    def __init__(self, a: Process, b: Process) -> None:
        self.a, self.b = a, b

    def changes(self) -> Iterator[Change]:
        for kind, (name, _, holder) in KINDS.items():
            if holder is None:
                yield from self._parts(kind, (), getattr(self.a, name), getattr(self.b, name))
        for name in _WHOLE:
            before, after = getattr(self.a, name), getattr(self.b, name)
            if before != after:
                yield self._change("changed", "process", (), name, before, after, ())

    def _parts(self, kind: str, within: Path, old: Iterable[Any], new: Iterable[Any]
               ) -> Iterator[Change]:  # fmt: skip
        before = {part.id: part for part in old}
        after = {part.id: part for part in new}
        for id, part in before.items():
            if id not in after:
                yield self._change("removed", kind, (*within, id), None, part, None, _basis(part))
        for id, part in after.items():
            path = (*within, id)
            if id not in before:
                yield self._change("added", kind, path, None, None, part, _basis(part))
            elif part is not before[id] and part != before[id]:
                yield from self._part(kind, path, before[id], part)

    def _part(self, kind: str, path: Path, old: Any, new: Any) -> Iterator[Change]:
        for name in names_in(new):
            before, after = getattr(old, name), getattr(new, name)
            if before == after:
                continue
            basis = _ground(old, new, name)
            if (kind, name) in _INNER:
                yield from self._parts(_INNER[kind, name], path, before, after)
            elif isinstance(after, Guard):
                yield from self._clauses(kind, path, old, new)
            elif isinstance(after, tuple) and name != "basis":
                yield from self._members(kind, path, name, old, new)
            elif name != "basis" or self._only_another_basis(old, new):
                # A new basis alone is a change; beside another one it is that one's reason.
                yield self._change("changed", kind, path, name, before, after, basis)

    def _clauses(self, kind: str, path: Path, old: Any, new: Any) -> Iterator[Change]:
        gone, come = _apart(_parts_of(old.guard), _parts_of(new.guard))
        basis = _ground(old, new, "guard")
        twins: dict[Hashable, list[Guard]] = {}
        for clause in come if gone else ():
            twins.setdefault(_shape(clause), []).append(clause)
        paired: set[Guard] = set()
        for clause in gone:
            alike = twins.get(_shape(clause)) if twins else None
            if not alike:
                yield self._change("removed", kind, path, "condition", clause, None, basis)
            else:  # the same condition with another number or value
                paired.add(twin := alike.pop(0))
                own = _ground(old, new, "guard", twin)
                yield self._change("changed", kind, path, "condition", clause, twin, own)
        for clause in come:
            if clause not in paired:
                own = _ground(old, new, "guard", clause)
                yield self._change("added", kind, path, "condition", None, clause, own)

    def _members(self, kind: str, path: Path, name: str, old: Any, new: Any) -> Iterator[Change]:
        before, after, basis = getattr(old, name), getattr(new, name), _ground(old, new, name)
        gone, come = _apart(before, after)
        for member, twin in _twins(gone, come):
            gone.remove(member)
            come.remove(twin)
            yield self._change("changed", kind, path, name, member, twin, basis)
        for member in gone:
            yield self._change("removed", kind, path, name, member, None, basis)
        for member in come:
            own = _ground(old, new, name, member)
            yield self._change("added", kind, path, name, None, member, own)
        if set(before) == set(after):
            yield self._change("changed", kind, path, name, before, after, basis)

    def _only_another_basis(self, old: Any, new: Any) -> bool:
        """Whether nothing else is another; on what another part's value rests is told there."""
        return old == evolve(new, basis=old.basis) and _own(old, self.a) != _own(new, self.b)

    def _change(
        self, change: ChangeKind, part: str, path: Path, field: str | None, before: object,
        after: object, basis: tuple[Basis, ...],
    ) -> Change:  # fmt: skip
        return Change(change, part, path, field, before, after, basis, (self.a, self.b))


_INNER = {(row.holder, row.list): kind for kind, row in KINDS.items()}
# What a process says as a whole; its names and days tell which edition it is.
_WHOLE = ("label", "main_machine", "main_route", "road", "consent", "note")
_MARK = {"added": "+", "removed": "−", "changed": "Δ"}


def _basis(part: Any) -> tuple[Basis, ...]:
    return tuple(getattr(part, "basis", ()))


def _own(part: Any, law: Process) -> tuple[Basis, ...]:
    of_others = isinstance(part, Transition | Deadline)
    return tuple(basis for basis in _basis(part) if not (of_others and lent(basis, law)))


def _whole(part: Any) -> tuple[Basis, ...]:
    return tuple(basis for basis in _basis(part) if not basis.about)


def _ground(old: Any, new: Any, field: str, member: Any = "") -> tuple[Basis, ...]:
    """On what it rests that a field, or a member of it, is another: its own ground, else what the
    new part cites and the old one did not, else what the part says of all of itself, unless the
    member names its ground."""
    own = tuple(
        b for b in _basis(new) if b.speaks_of(field, member if isinstance(member, str) else "")
    )
    policy = tuple(b for b in _basis(new) if b.speaks_of("parameter", new.id))
    found = own or policy or tuple(b for b in _whole(new) if b not in _basis(old))
    return found or (() if grounded(member) else _whole(new))


def _apart(old: Iterable[T], new: Iterable[T]) -> tuple[list[T], list[T]]:
    """What only the first has, and what only the second has, in their order."""
    old, new = list(old), list(new)
    before, after = set(old), set(new)
    return [x for x in old if x not in after], [x for x in new if x not in before]


def _twins(gone: Iterable[Any], come: Iterable[Any]) -> list[tuple[Any, Any]]:
    """The members of which only the grounds are others, or the names."""
    pairs, left = [], list(come)
    for member in gone:
        twin = next((x for x in left if ungrounded(x) == ungrounded(member)), None)
        if twin is not None:
            left.remove(twin)
            pairs.append((member, twin))
    return pairs


def _parts_of(guard: Guard) -> list[Guard]:
    parts = guard.guards if isinstance(guard, AllOf) else (guard,)
    return [part for part in parts if part != ALWAYS]


def _shape(guard: Guard) -> Hashable:
    """The guard without its numbers and values."""
    if isinstance(guard, Compare | Member):
        return type(guard), guard.fact
    parts = guard.parts()
    return (type(guard), tuple(map(_shape, parts))) if parts else guard
