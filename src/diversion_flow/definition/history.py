"""The law as it moves under running cases: versions of a process, and between two an amendment
that says what becomes of a case that is under way on that day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from attrs import define, field

from .arguments import argument
from .basis import Basis
from .errors import CallError, DefinitionError, LawGap
from .frozen import frozen
from .guard import ALWAYS, Guard
from .moments import Moment, day_of
from .process import Process
from .text import Text
from .typecheck import check_types

if TYPE_CHECKING:
    from ..runtime.opening import Opener


def _pairs(given: Any) -> Any:
    return tuple(given.items()) if isinstance(given, Mapping) else given


@frozen
class TransitionalRule:
    """What becomes of the cases that meet `guard` (asked of the old law) on the day of change.

    Either the old law goes on for them (`continues`), or the new law applies: each machine keeps
    its state, or stands where `states` puts it (`machine.state` of the old law →
    `machine.state` of the new). A machine that is new begins where its cases begin.
    """

    id: str
    label: Text
    guard: Guard = ALWAYS
    continues: bool = False
    states: tuple[tuple[str, str], ...] = field(default=(), converter=_pairs)
    basis: tuple[Basis, ...] = ()
    note: Text | None = None


Amended = tuple[TransitionalRule, ...]

KEPT: Final = TransitionalRule(
    "states_kept",
    Text("新法を適用し、状態はそのまま", "The new law applies, states are kept"),
    note=Text(
        "経過措置の出典は確認していない",
        "No source of a transitional provision was read",
    ),
)


def of_day(process: Process, day: date) -> Process:
    """The process, if it is the law of that day; LawGap if not."""
    since, until = process.since or date.min, process.until or date.max
    if not since <= day <= until:
        raise LawGap("law_gap", process=process.id, version=process.version, since=since,
                     until=until, day=day)  # fmt: skip
    return process


@define(frozen=True, slots=False, cache_hash=True)
class History:
    """The versions of a process, the oldest first, and between two the transitional rules of the
    amendment: the first whose guard holds decides, the last is for all other cases."""

    versions: tuple[Process, ...]
    amendments: tuple[Amended, ...]

    def __attrs_post_init__(self) -> None:
        check_types(self)
        for problem, values in _faults(self):
            raise DefinitionError(problem, **values)

    def __reduce__(self) -> Any:
        return self.__dict__.get("_shipped") or (History, (self.versions, self.amendments))

    def __repr__(self) -> str:
        return f"<History {self.id}, {len(self.versions)} versions>"

    @property
    def id(self) -> str:
        """The id of the process."""
        return self.versions[0].id

    @cached_property
    def open(self) -> Opener:
        """`history.open(at=..., facts=..., id=...)` opens a case under the law of that day, which
        crosses into each later version; see `runtime.crossing`."""
        from ..runtime.crossing import opener

        return opener(self)

    def number(self, day: Moment) -> int:
        """Which version is the law on that day (JST); LawGap where none is."""
        day = day_of(day, "day")
        for number, law in enumerate(self.versions):
            if (law.since is None or law.since <= day) and (law.until is None or day <= law.until):
                return number
        first, last = self.versions[0].since, self.versions[-1].until
        spans = f"{first or ''} – {last or ''}"
        raise LawGap("law_gap_name", name=self.id, day=day, shipped=(spans,))

    def in_force(self, day: Moment) -> Process:
        """The version that is the law on that day (JST); LawGap where none is."""
        return self.versions[self.number(day)]


def one_version(name: str, value: object) -> None:
    """CallError unless the argument of this name is a process: of a history, with what to do."""
    if isinstance(value, History):
        raise CallError("one_version", name=name, versions=len(value.versions))
    argument(name, value, Process)


def _faults(history: History) -> Iterator[tuple[str, dict[str, Any]]]:
    versions, amendments = history.versions, history.amendments
    if len(amendments) != len(versions) - 1:
        yield "history_count", {"versions": len(versions), "amendments": len(amendments)}
        return
    for old, new, rules in zip(versions, versions[1:], amendments, strict=False):
        named = {"old": old.version, "new": new.version}
        if old.id != new.id:
            yield "history_process", {"id": old.id, "other": new.id}
        elif new.since is None or old.until != new.since - timedelta(days=1):
            yield "history_gap", named
        elif not rules or [r for r in rules if r.guard == ALWAYS] != [rules[-1]]:
            yield "history_last", named
        elif len({r.id for r in rules}) != len(rules):
            yield "history_twice", named
        else:
            yield from _misplaced(old, new, rules)


def _misplaced(
    old: Process, new: Process, rules: Iterable[TransitionalRule]
) -> Iterator[tuple[str, dict[str, Any]]]:
    from .validation import check_guard

    for rule in rules:
        pairs = [(s.partition(".")[0], t.partition(".")[0]) for s, t in rule.states]
        doubled = len(dict(rule.states)) != len(rule.states)
        if (rule.continues and rule.states) or doubled or any(s != t for s, t in pairs):
            yield "history_states", {"rule": rule.id}
        for source, target in rule.states:
            for law, place in ((old, source), (new, target)):
                machine, _, state = place.partition(".")
                law.machine(machine).state(state)  # UnknownId, if there is none
        check_guard(old, (("rule", rule.id), ("guard", "")), rule.guard)
