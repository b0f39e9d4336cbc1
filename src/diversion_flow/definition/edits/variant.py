"""A variant: a named tuple of edits over a process. A law version, a prefecture, a proposal.

Variants are values: they compose, and two that touch the same thing in different ways are
reported before anything is built.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import reduce
from typing import Any

from attrs import field

from ..arguments import argument, each
from ..basis import Basis, Mark
from ..errors import At, DefinitionError, UnknownId
from ..frozen import frozen, names_in
from ..guard import Guard
from ..moments import Moment, day_of
from ..process import KINDS, Process, made_of
from ..text import Text, is_name, worded
from ..typecheck import check_types
from .edit import (
    EDITS,
    Draft,
    Edit,
    Path,
    Relabel,
    Replace,
    SetParameter,
    Touch,
    grounds,
    path,
    said,
    tell_grounds,
    touches,
)


def _edits(given: Any) -> Any:
    return tuple(given) if isinstance(given, list | Iterator) else given


@frozen
class Origin:
    """Where an edit is written: the file, where in it (`edits[2]`), and the lines of that
    field and of those inside it; `instead`: which field says what another would."""

    file: str
    at: str
    lines: Mapping[str, int]
    instead: Mapping[str, str] = field(factory=dict)

    def of(self, *names: str) -> dict[str, Any]:
        """File, line and field of a part of the edit, as an error names them."""
        steps = [".".join(filter(None, (self.at, *names[:n]))) for n in range(len(names) + 1)]
        steps = [self.instead.get(step, step) for step in steps]
        line = next((self.lines[at] for at in reversed(steps) if at in self.lines), None)
        return {"file": self.file, "line": line, "field": steps[-1]}


@frozen
class Variant:
    """Edits over the process `process`, under a name.

    `since` and `until` are the first and last day on which it applies (JST); `version` names
    the version of the law that it brings about (an amendment); without one it is a place's or
    a model's variation of whatever version it is applied to. `place` is where it applies.
    """

    id: str
    process: str
    label: Text
    edits: tuple[Edit, ...] = field(converter=_edits)
    since: date | None = None
    until: date | None = None
    place: str | None = None
    version: str | None = None
    note: Text | None = None
    # Where each edit was written, if in a file; no part of the value.
    origins: Mapping[Edit, Origin] = field(factory=dict, eq=False, repr=False, kw_only=True)
    written: Origin | None = field(default=None, eq=False, repr=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        try:
            check_types(self)
            self._check()
        except DefinitionError as error:
            at = (("variant", worded(self.id) or "?"), *error.at)
            raise DefinitionError(error.code, at=at, **error.values) from None

    def _check(self) -> None:
        """What must hold before a variant may exist."""
        for name in ("id", "place", "version"):
            if (value := getattr(self, name)) is not None and not is_name(value):
                raise DefinitionError("no_name", at=((name, ""),), id=value)
        if self.since and self.until and self.until < self.since:
            raise DefinitionError(
                "ends_early", at=(("until", ""),), since=self.since, until=self.until
            )
        for number, touch, first in twice(self.edits):
            if touch.value != first.value:
                raise _set_twice(self.edits[number], number, touch)

    def apply(self, process: Process) -> Process:
        """The process with these edits; DefinitionError, with the nearest ids, where one does not
        apply, or where the result contradicts itself. `process` is unchanged."""
        argument("process", process, Process)
        if process.id != self.process:
            raise DefinitionError("for_another", wanted=self.process, id=process.id, at=self._at,
                            **self._field("process"))  # fmt: skip
        since, until = self._period(process)
        draft = Draft(process)
        for number, edit in enumerate(self.edits, 1):
            try:
                EDITS[type(edit)].apply(draft, edit)
            except (DefinitionError, UnknownId) as error:
                raise self._failed(number, edit, error) from None
        self._check_grounds(process, draft)
        tell_grounds(draft, process)
        changed = draft.fields | {
            "version": self.version or f"{process.version}+{self.id}",
            "since": since,
            "until": until,
            "called": self.label,
        }
        try:
            made = made_of(process, **changed)
        except DefinitionError as error:
            culprit, names = _culprit(self.edits, error)
            where = self._where(culprit, names) if culprit else self._where(*self._turned(process))
            raise DefinitionError("after_edits", error=error, at=self._at, **where) from None
        if "_shipped" in process.__dict__ or "_varied" in process.__dict__:
            made.__dict__["_varied"] = (process, self)  # by which it is kept, beside a case
        return made

    def _turned(self, process: Process) -> tuple[Edit, Path]:
        """The edit from which on the process contradicts itself, where the fault lies in a part
        that no edit touches."""
        draft, sound = Draft(process), 0
        for number, edit in enumerate(self.edits[:-1], 1):
            EDITS[type(edit)].apply(draft, edit)
            with suppress(DefinitionError):
                Process(**draft.fields)
                sound = number
        edit = self.edits[sound]
        return edit, _written(edit)

    def _period(self, process: Process) -> tuple[date | None, date | None]:
        """The days on which both the variant and the law are in force."""
        since = _latest(process.since, self.since)
        until = _earliest(process.until, self.until)
        if since and until and until < since:
            name = "since" if self.since == since else "until"
            its, own = _span(process.since, process.until), _span(self.since, self.until)
            raise DefinitionError("outside_law", at=self._at, its=its, own=own, **self._field(name))
        return since, until

    def _check_grounds(self, process: Process, draft: Draft) -> None:
        """DefinitionError for a ground that cites what is not declared, or was read nowhere."""
        declared = {source.id for source in draft.fields["sources"]}
        for number, edit in enumerate(self.edits, 1):
            for name, basis in _cited(edit, written=edit in self.origins):
                error: DefinitionError | None = None
                unread = basis.mark is Mark.READ and not basis.evidence
                if unread and not _stands_in(process, basis):  # what was there is not this one's
                    error = DefinitionError("read_nowhere", at=((name, ""), ("evidence", "")))
                for field_, id in (("law", basis.law), *(("evidence", e) for e in basis.evidence)):
                    if id is not None and id not in declared:
                        error = DefinitionError.unknown("source", id, declared,
                                                        at=((name, ""), (field_, "")))  # fmt: skip
                if error:
                    raise self._failed(number, edit, error)

    def _field(self, name: str) -> dict[str, Any]:
        """Where in its file one of its own fields is written."""
        return self.written.of(name) if self.written else {}

    @property
    def _at(self) -> At:
        return (("variant", self.id),)

    def _failed(
        self, number: int, edit: Edit, error: DefinitionError | UnknownId
    ) -> DefinitionError:
        names = tuple(kind for kind, _ in error.at) or ("at",)
        if any(id for _, id in error.at):  # said of the part as it would be
            culprit, names = _culprit((edit,), error)
            names = names if culprit else _written(edit)
        at = (*self._at, ("edit", f"{number} ({said(edit)})"))
        return DefinitionError(error.code, at=at, **self._where(edit, names), **error.values)

    def _where(self, edit: Edit | None, names: Path) -> dict[str, Any]:
        """Where in its file a part of an edit is written, as far as it comes from a file."""
        if edit is None or edit not in self.origins:
            return {}
        return self.origins[edit].of(*written_as(edit, names))

    @property
    def basis(self) -> tuple[Basis, ...]:
        """What the edits rest on, each source once."""
        return tuple(dict.fromkeys(b for edit in self.edits for b in grounds(edit)))

    def applies(self, on: Moment) -> bool:
        """Whether the variant applies on that day (JST)."""
        on = day_of(on)
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)

    def __add__(self, other: Variant) -> Variant:
        return compose(self, other)

    def __repr__(self) -> str:
        return f"<Variant {self.id} of {self.process}, {len(self.edits)} edits>"


def twice(edits: Iterable[Edit]) -> Iterator[tuple[int, Touch, Touch]]:
    """Of the edits that set something, each that sets it a second time: its number, what it
    writes, and what was written first."""
    seen: dict[tuple[object, ...], Touch] = {}
    for number, edit in enumerate(edits):
        for touch in touches(edit) if isinstance(edit, Replace | Relabel | SetParameter) else ():
            if touch.path in seen:
                yield number, touch, seen[touch.path]
            seen.setdefault(touch.path, touch)


def _set_twice(edit: Edit, number: int, touch: Touch) -> DefinitionError:
    names = written_as(edit, touch.field)
    at = ((f"edits[{number}]", ""), *((name, "") for name in names))
    return DefinitionError("set_twice", at=at, what=said(edit))


def written_as(edit: Edit, names: Path) -> Path:
    """The fields of an edit as a file calls them."""
    row = EDITS[type(edit)]
    known = {"at": row.word} | {key.field: key.name for key in row.keys}
    return (known.get(names[0], names[0]), *names[1:])


def _cited(edit: Edit, *, written: bool) -> Iterator[tuple[str, Basis]]:
    """The grounds of an edit, each with its field; of one from a file, of all that it says."""
    names = {key.field: key.name for key in EDITS[type(edit)].keys} if written else {}
    for field_, name in (names | {"basis": "basis"}).items():
        yield from _grounds_at(name, getattr(edit, field_))


def _grounds_at(at: str, value: Any) -> Iterator[tuple[str, Basis]]:
    """The grounds that a value names, each with where it is written; of a condition, with that
    of the whole."""
    if isinstance(value, Basis):
        yield at, value
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from _grounds_at(f"{at}[{number}]", each)
    else:
        of_file = isinstance(value, Mapping)
        for name in value if of_file else names_in(value):
            inner = _grounds_at(f"{at}.{name}", value[name] if of_file else getattr(value, name))
            yield from ((at, b) for _, b in inner) if isinstance(value, Guard) else inner


def _stands_in(process: Process, basis: Basis) -> bool:
    return any(basis == ground for _, ground in _grounds_at("", process))


def _span(since: date | None, until: date | None) -> str:
    return f"{since or ''} – {until or ''}".strip()


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)


def _culprit(
    edits: tuple[Edit, ...], error: DefinitionError | UnknownId
) -> tuple[Edit | None, Path]:
    """The edit after which the process contradicts itself, and which of its fields does it."""
    names = _path_of(error.at)
    fault = tuple(name.partition("[")[0] for name in names)
    for edit in reversed(edits):
        for touch in touches(edit):
            common = min(len(fault), len(touch.path))
            if fault[:common] == touch.path[:common] and common:
                *outer, last = touch.field
                pinned = names[common - 1] if last == fault[common - 1] else last
                return edit, (*outer, pinned, *_inside(touch.value, names[common:]))
    # the fault may be the value of a parameter that the part asks for
    asked = ("parameters", error.values.get("parameter"), "value")
    for edit in reversed(edits):
        setting = (touch for touch in touches(edit) if touch.path in (asked[:2], asked))
        if setter := next(setting, None):
            return edit, setter.field
    gone = (getattr(KINDS.get(error.values.get("kind", "")), "list", ""), error.values.get("id"))
    for edit in reversed(edits):
        if path(edit.at)[-2:] == gone:
            return edit, ("at",)
        if replaced := next((t for t in touches(edit) if t.path[-1:] == gone[:1]), None):
            return edit, replaced.field
    return None, ("at",)


def _written(edit: Edit) -> Path:
    """The field by which an edit writes; if there are several, the part that it names."""
    fields = [touch.field for touch in touches(edit)]
    return fields[0] if len(fields) == 1 else ("at",)


def _path_of(at: At) -> Path:
    steps = ((KINDS[kind].list, id) if id else (kind,) for kind, id in at)
    return tuple(name for step in steps for name in step)


def _inside(value: Any, names: Path) -> Path:
    """The fields of a part that a path leads through: ("transitions[2]", "target")."""
    if not names:
        return ()
    held: tuple[Any, ...] = getattr(value, names[0], ())
    ids = [getattr(part, "id", None) for part in held] if isinstance(held, tuple) else []
    if len(names) > 1 and names[1] in ids:
        at = ids.index(names[1])
        return (f"{names[0]}[{at}]", *_inside(held[at], names[2:]))
    return names


@frozen
class Conflict:
    """Two variants touch the same thing in different ways. `at` is its path in the process."""

    one: str
    other: str
    at: Path
    edits: tuple[Edit, Edit]

    @property
    def said(self) -> Text:
        """Who wants what, where."""
        first, second, at = *map(said, self.edits), ".".join(self.at)
        return Text(
            f"「{self.one}」({first})と「{self.other}」({second})は{at}で食い違います",
            f"{self.one} ({first}) and {self.other} ({second}) do not agree on {at}",
        )

    def __str__(self) -> str:
        return self.said.en


class VariantConflict(DefinitionError):
    """Variants cannot be composed; `conflicts` lists every reason."""

    def __init__(self, conflicts: tuple[Conflict, ...], **where: Any) -> None:
        self.conflicts = conflicts = tuple(each("conflicts", conflicts, Conflict))
        super().__init__("conflict", why=tuple(c.said for c in conflicts), **where)


def compose(*variants: Variant, id: str | None = None, label: Text | None = None) -> Variant:
    """One variant with the edits of all, in order; VariantConflict where two touch the same thing
    in different ways."""
    if not variants:
        raise DefinitionError("no_variants")
    for variant in variants:
        argument("variants", variant, Variant)
    if found := _conflicts(variants):
        where = (v._where(found[0].edits[1], ("at",)) for v in reversed(variants))
        raise VariantConflict(found, **next(filter(None, where), {}))
    return reduce(lambda a, b: _joined(a, b, id, label), variants)


def _joined(one: Variant, other: Variant, id: str | None, label: Text | None) -> Variant:
    if one.process != other.process:
        raise DefinitionError("for_another", wanted=other.process, id=one.process, at=other._at)
    both = Text(f"{one.label.ja}+{other.label.ja}", f"{one.label.en} + {other.label.en}")
    return Variant(
        id=id or f"{one.id}+{other.id}",
        process=one.process,
        label=label or both,
        edits=tuple(dict.fromkeys((*one.edits, *other.edits))),
        since=_latest(one.since, other.since),
        until=_earliest(one.until, other.until),
        place=one.place or other.place,
        version=other.version or one.version,
        written=other.written,
        origins={**other.origins, **one.origins},
    )


# What is touched at a path: of which variant, by which of its edits.
Touched = defaultdict[tuple[object, ...], list[tuple[int, int, Touch]]]


def _conflicts(variants: tuple[Variant, ...]) -> tuple[Conflict, ...]:
    """Where any two of them disagree, in one walk: each is held against all that come after it."""
    at, within = Touched(list), Touched(list)
    found: dict[tuple[int, ...], Conflict] = {}
    for i, one in reversed(tuple(enumerate(variants))):
        touched = [(n, touch) for n, edit in enumerate(one.edits) for touch in touches(edit)]
        for n, touch in touched:
            above = (hit for end in range(len(touch.path) + 1) for hit in at[touch.path[:end]])
            for j, m, met in (*above, *within[touch.path]):
                if met.value != touch.value:
                    shorter = min(met.path, touch.path, key=len)
                    names = tuple(name for name in shorter if isinstance(name, str))
                    edits = one.edits[n], variants[j].edits[m]
                    conflict = Conflict(one.id, variants[j].id, names, edits)
                    found.setdefault((i, j, n, m), conflict)
        for n, touch in touched:
            at[touch.path].append((i, n, touch))
            for end in range(len(touch.path)):
                within[touch.path[:end]].append((i, n, touch))
    return tuple(found[pair] for pair in sorted(found))
