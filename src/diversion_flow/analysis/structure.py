"""The first layer of a comparison: which part of the definition is another, and on what basis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from attrs import evolve, fields, frozen

from ..definition import (
    Basis,
    Deadline,
    Event,
    Fact,
    Guard,
    Language,
    Machine,
    Parameter,
    Process,
    State,
    Text,
    Transition,
)
from ..definition.guard import ALWAYS, AllOf, Compare, Member
from ..definition.process import KINDS
from ..definition.wording import basis_text, guard_text, length_text

Kind = Literal["added", "removed", "changed"]


@frozen
class Change:
    """One difference between two definitions.

    `part` is the kind of part and `path` its ids (`transition`, `("support", "request")`);
    `field` is what of it is another (None: the part as a whole). `basis` are the provisions
    behind the part in the second process, or in the first for what was removed.
    """

    kind: Kind
    part: str
    path: tuple[str, ...]
    field: str | None
    before: Any
    after: Any
    basis: tuple[Basis, ...]
    said: Text

    def text(self, lang: Language = "en") -> str:
        """The change as a sentence, with its provision."""
        return self.said.in_(lang)


def structure(a: Process, b: Process) -> tuple[Change, ...]:
    """Every part that `b` adds to, takes from or changes in `a`, in the order of `b`."""
    return tuple(_Differ(a, b).changes())


class _Differ:
    def __init__(self, a: Process, b: Process) -> None:
        self.a, self.b = a, b

    def changes(self) -> Iterator[Change]:
        for kind, name in KINDS:
            yield from self._parts(kind, (), getattr(self.a, name), getattr(self.b, name))
        for name in ("label", "main_machine", "main_route", "consent"):
            before, after = getattr(self.a, name), getattr(self.b, name)
            if before != after:
                yield self._change("changed", "process", (), name, before, after, ())

    def _parts(
        self, kind: str, within: tuple[str, ...], old: Iterable[Any], new: Iterable[Any]
    ) -> Iterator[Change]:
        before = {part.id: part for part in old}
        after = {part.id: part for part in new}
        for id, part in before.items():
            if id not in after:
                yield self._change("removed", kind, (*within, id), None, part, None, _basis(part))
        for id, part in after.items():
            path = (*within, id)
            if id not in before:
                yield self._change("added", kind, path, None, None, part, _basis(part))
            elif part != before[id]:
                yield from self._part(kind, path, before[id], part)

    def _part(self, kind: str, path: tuple[str, ...], old: Any, new: Any) -> Iterator[Change]:
        for attribute in fields(type(new)):
            name = attribute.name
            before, after = getattr(old, name), getattr(new, name)
            if before == after:
                continue
            if (kind, name) in _INNER:
                yield from self._parts(_INNER[kind, name], path, before, after)
            elif isinstance(after, Guard):
                yield from self._clauses(kind, path, before, after, _basis(new))
            elif isinstance(after, tuple) and name != "basis":
                yield from self._members(kind, path, name, before, after, _basis(new))
            elif name != "basis" or old == evolve(new, basis=before):
                # A new basis alone is a change; beside another one it is that one's reason.
                yield self._change("changed", kind, path, name, before, after, _basis(new))

    def _clauses(
        self, kind: str, path: tuple[str, ...], old: Guard, new: Guard, basis: tuple[Basis, ...]
    ) -> Iterator[Change]:
        gone = [c for c in _parts_of(old) if c not in _parts_of(new)]
        come = [c for c in _parts_of(new) if c not in _parts_of(old)]
        for clause in gone:
            twin = next((c for c in come if _shape(c) == _shape(clause)), None)
            if twin is None:
                yield self._change("removed", kind, path, "condition", clause, None, basis)
            else:  # the same condition with another number or value
                come.remove(twin)
                yield self._change("changed", kind, path, "condition", clause, twin, basis)
        for clause in come:
            yield self._change("added", kind, path, "condition", None, clause, basis)

    def _members(
        self, kind: str, path: tuple[str, ...], name: str, old: Any, new: Any, basis: Any
    ) -> Iterator[Change]:
        gone = [m for m in old if m not in new]
        come = [m for m in new if m not in old]
        for member in gone:
            yield self._change("removed", kind, path, name, member, None, basis)
        for member in come:
            yield self._change("added", kind, path, name, None, member, basis)
        if not gone and not come:
            yield self._change("changed", kind, path, name, old, new, basis)

    # -- in words -----------------------------------------------------------------------------

    def _change(
        self,
        change: Kind,
        part: str,
        path: tuple[str, ...],
        field: str | None,
        before: Any,
        after: Any,
        basis: tuple[Basis, ...],
    ) -> Change:
        words = [self._said(lang, change, part, path, field, before, after, basis)
                 for lang in ("ja", "en")]  # fmt: skip
        return Change(change, part, path, field, before, after, basis, Text(*words))

    def _said(
        self, lang: Any, change: Kind, part: str, path: Any, field: Any, before: Any, after: Any,
        basis: tuple[Basis, ...],
    ) -> str:  # fmt: skip
        law = self.a if change == "removed" and field is None else self.b
        what = f"{_PART.get(part, Text(part, part)).in_(lang)}{self._name(law, part, path, lang)}"
        if field is not None:
            what += f" — {_FIELD.get(field, Text(field, field)).in_(lang)}"
        old = self._value(self.a, part, path, field, before, lang)
        new = self._value(self.b, part, path, field, after, lang)
        shown = {"added": new, "removed": old, "changed": f"{old} → {new}"}[change]
        if field is None:
            shown = ""
        cited = "; ".join(dict.fromkeys(basis_text(law, b, lang) for b in basis))
        head = f"{_MARK[change]} {what}"
        return head + (f": {shown}" if shown else "") + (f" ({cited})" if cited else "")

    def _name(self, law: Process, part: str, path: tuple[str, ...], lang: Language) -> str:
        """The part by its label and id."""
        if not path:
            return ""
        label = self._label(law, part, path)
        opening, closing = ("「", "」") if lang == "ja" else (" '", "'")
        return f"{opening}{label.in_(lang)}{closing} [{'.'.join(path)}]"

    def _label(self, law: Process, part: str, path: tuple[str, ...]) -> Text:
        if part == "transition":
            machine = law.machine(path[0])
            event = law.event(machine.transition(path[1]).event).label
            return Text(f"{machine.label.ja}: {event.ja}", f"{machine.label.en}: {event.en}")
        if part == "state":
            machine = law.machine(path[0])
            state = machine.state(path[1]).label
            return Text(f"{machine.label.ja}: {state.ja}", f"{machine.label.en}: {state.en}")
        if part == "choice":
            fact = law.fact(path[0])
            choice = fact.choice(path[1])
            shown = choice.label if choice else Text(path[1], path[1])
            return Text(f"{fact.label.ja}: {shown.ja}", f"{fact.label.en}: {shown.en}")
        found: Text = law.by_id[part][path[0]].label
        return found

    def _value(
        self, law: Process, part: str, path: Any, field: str | None, value: Any, lang: Language
    ) -> str:
        if value is None:
            return Text("なし", "none").in_(lang)
        if isinstance(value, Guard):
            return guard_text(law, value, lang)
        if isinstance(value, Text):
            return value.in_(lang)
        if isinstance(value, bool):
            return Text("はい" if value else "いいえ", "yes" if value else "no").in_(lang)
        if field == "length":
            return length_text(law, law.deadline(path[0]), lang)
        if field == "basis":
            return "; ".join(dict.fromkeys(basis_text(law, b, lang) for b in value))
        if isinstance(value, str) and field in _REFERS:
            within = law.deadline(path[0]).machine if part == "deadline" else "".join(path[:1])
            return self._referred(law, _REFERS[field], within, value, lang)
        if isinstance(value, tuple):
            join = "・" if lang == "ja" else ", "
            return join.join(self._value(law, part, path, field, v, lang) for v in value)
        return str(value)

    def _referred(self, law: Process, kind: str, within: str, id: str, lang: Language) -> str:
        if kind == "state":
            return law.machine(within).state(id).label.in_(lang)
        part = law.by_id[kind].get(id)
        return part.label.in_(lang) if part else id


_INNER = {
    ("machine", "states"): "state",
    ("machine", "transitions"): "transition",
    ("fact", "choices"): "choice",
}
_REFERS = {
    "by": "agency", "holder": "agency", "owner": "agency", "source": "agency",
    "seen_by": "agency", "seen_with_consent": "agency", "records": "fact", "papers": "paper",
    "event": "event", "home": "machine", "machine": "machine", "main_machine": "machine",
    "on_expiry": "event", "sources": "state", "target": "state", "initial": "state",
    "states": "state", "stage": "stage",
}  # fmt: skip
_MARK = {"added": "+", "removed": "−", "changed": "Δ"}
_PART = {
    "process": Text("過程", "Process"),
    "agency": Text("機関", "Agency"),
    "stage": Text("段階", "Stage"),
    "event": Text("事象", "Event"),
    "fact": Text("事実", "Fact"),
    "paper": Text("書面", "Paper"),
    "parameter": Text("方針", "Policy"),
    "deadline": Text("期限", "Deadline"),
    "source": Text("典拠", "Source"),
    "machine": Text("状態機械", "Machine"),
    "state": Text("状態", "State"),
    "transition": Text("遷移", "Rule"),
    "choice": Text("選択肢", "Choice"),
}
_FIELD = {
    "condition": Text("要件", "condition"),
    "value": Text("値", "value"),
    "label": Text("名称", "name"),
    "by": Text("報告できる機関", "who may report it"),
    "records": Text("記録する事実", "what is recorded with it"),
    "papers": Text("書面", "paper"),
    "shares": Text("情報提供", "hand-over of data"),
    "basis": Text("根拠", "basis"),
    "sources": Text("元の状態", "from"),
    "target": Text("行き先", "leads to"),
    "holder": Text("担当", "held by"),
    "owner": Text("管理する機関", "owner"),
    "length": Text("長さ", "length"),
    "counting": Text("数え方", "counting"),
    "start": Text("起算", "start"),
    "on_expiry": Text("満了したとき", "on expiry"),
    "states": Text("進行する状態", "runs in"),
    "initial": Text("最初の状態", "initial state"),
    "seen_by": Text("見える機関", "always seen by"),
    "seen_with_consent": Text("同意により見える機関", "seen with consent by"),
    "note": Text("注", "note"),
    "main_machine": Text("主な状態機械", "main machine"),
    "main_route": Text("通常の流れ", "usual course"),
    "consent": Text("同意の規則", "consent rule"),
    "stage": Text("段階", "stage"),
    "outcome": Text("結果", "outcome"),
    "minimum": Text("最小", "minimum"),
    "maximum": Text("最大", "maximum"),
}


def _basis(part: Any) -> tuple[Basis, ...]:
    if isinstance(part, Event | Fact | Parameter | State | Transition | Deadline):
        return part.basis
    return () if isinstance(part, Machine) else tuple(getattr(part, "basis", ()))


def _parts_of(guard: Guard) -> list[Guard]:
    parts = guard.guards if isinstance(guard, AllOf) else (guard,)
    return [part for part in parts if part != ALWAYS]


def _shape(guard: Guard) -> Any:
    """The guard without its numbers and values."""
    if isinstance(guard, Compare):
        return ("compare", guard.fact)
    if isinstance(guard, Member):
        return ("member", guard.fact)
    parts = guard.parts()
    return (type(guard), tuple(_shape(part) for part in parts)) if parts else guard
