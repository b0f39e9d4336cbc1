"""The first layer in words: each part by its name, each of its fields as a reader is told it.

A field or a value of a kind that is not known here raises: nothing is shown as Python writes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import Enum
from itertools import zip_longest
from typing import Any

from ..definition import Basis, Guard, Language, Mark, ParameterRef, Process, Road, Text, wording
from ..definition import Kind as FactKind
from ..definition.called import CalledWhen
from ..definition.deadline import Before, Counting, Length, OnEntry, OnEvent, OnFact, Renewal, Stop
from ..definition.frozen import names_in
from ..definition.kept import kept
from ..definition.kind_words import KINDS
from ..definition.phrasing import phrasing
from ..definition.process import ConsentRule, Remarks, Share, Told, class_of
from ..definition.reference import refs

Path = tuple[str, ...]


class Saying:
    """What one process says, in one language."""

    def __init__(self, process: Process, lang: Language) -> None:
        self.process, self.lang = process, lang
        self._said = phrasing(lang)
        self._inner = kept(process, _inner)

    def part(self, kind: str, path: Path, field: str | None, *, ids: bool = True) -> str:
        """A part by its label (and id), and which of its fields is meant."""
        named = self._said(wording.heading(KINDS[kind]))
        if path:
            named = self._said.together(named, self._said.quoted(self._label(kind, path)))
            named += f" [{'.'.join(path)}]" if ids else ""
        return named if field is None else f"{named} — {self._said(wording.FIELDS[field])}"

    def value(self, part: str, path: Path, field: str, value: object) -> str:
        """What a field of a part holds."""
        if isinstance(value, tuple):
            return self._tuple(part, path, field, value)
        if isinstance(value, str) and (ref := refs(class_of(part)).get(field)):
            return self._referred(ref.kind, part, path, value)
        if isinstance(value, Length):
            return wording.length_text(self.process, self.process.deadline(path[0]), self.lang)
        for kinds, phrase in _VALUES:
            if isinstance(value, kinds):
                return phrase(self, value)
        raise NotImplementedError(f"no words for a {type(value).__name__}")  # a fault of this file

    def _tuple(self, part: str, path: Path, field: str, value: tuple[object, ...]) -> str:
        if bases := [each for each in value if isinstance(each, Basis)]:
            return self._said.grounds(map(self._ground, bases))
        words = (self.value(part, path, field, each) for each in value)
        return self._said.series(dict.fromkeys(words)) or self._said(_NONE)

    def _ground(self, basis: Basis) -> str:
        """A provision, and of what of the part it is the ground."""
        cited = wording.basis_text(self.process, basis, self.lang)
        about = (
            "" if basis.mark is Mark.NONE else wording.about_text(self.process, basis, self.lang)
        )
        return cited + (self._said.bracketed(about) if about else "")

    def _referred(self, kind: str, part: str, path: Path, id: str) -> str:
        if kind == "state":
            machine = self.process.deadline(path[0]).machine if part == "deadline" else path[0]
            return self._said(self._inner[kind][machine, id].label)
        return self._label(kind, tuple(id.split(".")) if kind == "transition" else (id,))

    def _label(self, kind: str, path: Path) -> str:
        label, law = self._said, self.process
        if kind in ("state", "transition"):
            inner = self._inner[kind][path[0], path[1]]
            part = inner if kind == "state" else law.event(inner.event)
            return f"{label(law.machine(path[0]).label)}: {label(part.label)}"
        found = law.by_id["fact" if kind == "choice" else kind][path[0]]
        if kind == "choice":
            choice = found.choice(path[1])
            return f"{label(found.label)}: {label(choice.label) if choice else path[1]}"
        return label(found.label)

    def inside(self, value: object) -> str:
        """What the inside of a value holds."""
        if isinstance(value, Mark):
            return self._said(value.label)
        if isinstance(value, ParameterRef):
            return self._label("parameter", (value.id,))
        if isinstance(value, Enum):
            return str(value.value)
        if isinstance(value, str) and value in self.process.by_id["source"]:
            return self._label("source", (value,))
        return self.value("process", (), "", value)

    def consent(self, rule: ConsentRule) -> str:
        """When the person's consent stands, and for whom."""
        machine = self.process.machine(rule.machine)
        return self._said(
            _CONSENT,
            self._said(machine.label),
            self._said.one_of(self._said(machine.state(s).label) for s in rule.states),
            self._said(self.process.fact(rule.recipients).label),
        )

    def road(self, road: Road) -> str:
        """Its acts in their order."""
        said = self._said
        return " → ".join(said.together(*said(act.label).split("\n")) for act in road.acts)


def apart(old: Saying, new: Saying, before: object, after: object) -> str:
    """What is another within two values that are said alike, field by field."""
    said, words = phrasing(new.lang), dict[str, None]()
    for field, one, other in _leaves("", before, after):
        held = old.inside(one), new.inside(other)
        name = _FIELDS.get(field) or wording.FIELDS.get(field)
        if held[0] != held[1]:
            words[(said(name) + said.colon if name else "") + " → ".join(held)] = None
    return said.series(words) or said(_SPELT)


def _leaves(field: str, before: Any, after: Any) -> Iterator[tuple[str, object, object]]:
    if before == after:
        return
    if isinstance(before, tuple) and isinstance(after, tuple):
        for one, other in zip_longest(before, after):
            yield from _leaves(field, one, other)
    elif type(before) is type(after) and (names := names_in(after)):
        for name in names:
            yield from _leaves(name, getattr(before, name), getattr(after, name))
    else:
        yield field, before, after


def grounds_in(value: Any) -> Iterator[Basis]:
    """All grounds that a value names."""
    if isinstance(value, Basis):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from grounds_in(each)
    else:
        for name in names_in(value):
            yield from grounds_in(getattr(value, name))


def ungrounded(value: Any) -> object:
    """What a member of a list says, without its grounds and what it is called."""
    names = names_in(value)
    if not names:
        return value
    held = (getattr(value, name) for name in names if name != "basis")
    return type(value), *(None if isinstance(part, Basis | Text) else part for part in held)


_NONE = Text("なし", "none")
_SPELT = Text("書き方のみ", "only the spelling differs")
# Fields that only the inside of a value has.
_FIELDS = {
    "ja": Text("日本語", "in Japanese"),
    "en": Text("英語", "in English"),
    "mark": Text("確かさ", "how sure"),
    "law": Text("法令", "law"),
    "provision": Text("条項", "provision"),
    "evidence": Text("確認した資料", "read in"),
    "since": Text("施行日", "in force since"),
    "until": Text("失効日", "in force until"),
    "about": Text("何の根拠か", "ground of"),
    "exception": Text("根拠", "basis"),
}
_CONSENT = Text(
    "「{0}」が{1}である間、「{2}」に記録された提供先に及ぶ",
    "while '{0}' is {1}, for those recorded in '{2}'",
)
_KINDS = {
    FactKind.BOOLEAN: Text("はい・いいえ", "yes or no"),
    FactKind.INTEGER: Text("整数", "whole number"),
    FactKind.DATE: Text("日付", "day"),
    FactKind.DATETIME: Text("日時", "day and time"),
    FactKind.CHOICE: Text("一つを選択", "one of the choices"),
    FactKind.CHOICES: Text("複数を選択", "several of the choices"),
}


def _inner(process: Process) -> dict[str, dict[Path, Any]]:
    """States and transitions by their machine and id."""
    return {
        "state": {(m.id, s.id): s for m in process.machines for s in m.states},
        "transition": {(m.id, t.id): t for m in process.machines for t in m.transitions},
    }


Phrase = Callable[[Saying, Any], str]
_VALUES: tuple[tuple[type | tuple[type, ...], Phrase], ...] = (
    (Guard, lambda says, guard: wording.guard_text(says.process, guard, says.lang)),
    (Text, lambda says, text: phrasing(says.lang)(text)),
    (Basis, lambda says, basis: wording.basis_text(says.process, basis, says.lang)),
    (Share, lambda says, share: wording.share_text(says.process, share, says.lang)),
    (Remarks, lambda says, kind: phrasing(says.lang)(wording.REMARKS[kind])),
    (CalledWhen, lambda says, other: wording.called_text(says.process, other, says.lang)),
    (Told, lambda says, told: wording.told_text(says.process, told, says.lang)),
    (Stop, lambda says, stop: wording.stop_text(says.process, stop, says.lang)),
    (Before, lambda says, before: wording.before_text(says.process, before, says.lang)),
    (Renewal, lambda says, renewal: wording.renewal_text(says.process, renewal, says.lang)),
    (
        (OnEvent, OnFact, OnEntry),
        lambda says, start: wording.start_text(says.process, start, says.lang),
    ),
    (Counting, lambda says, counting: wording.counting_text(counting, says.lang)),
    (ConsentRule, Saying.consent),
    (Road, Saying.road),
    (FactKind, lambda says, kind: phrasing(says.lang)(_KINDS[kind])),
    ((bool, int, str, date, type(None)), lambda says, plain: wording.scalar_text(plain, says.lang)),
)
