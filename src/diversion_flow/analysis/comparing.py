"""Two processes compared: what is written otherwise, what happens otherwise, to whom.

found = compare(national, osaka)
found.changes, found.behaviour, found.people     # as data
found.text("ja"), found.markdown("en")           # in words
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias, cast, overload

from attrs import field

from ..definition import History, Language, Process, Text
from ..definition.arguments import argument, number_of
from ..definition.facts import Value
from ..definition.frozen import frozen
from ..definition.phrasing import phrasing
from ..late import in_notebook
from .behaviour import Behaviour, behaviour
from .cells import Cells
from .days import days_text
from .difference import Difference, Place
from .effort import EFFORT, Effort
from .people import people
from .people_words import Words
from .replays import Replays
from .structure import Change, structure
from .witness import Witness, WitnessStep

if TYPE_CHECKING:
    from .crossings import HistoryComparison

Json: TypeAlias = dict[str, Any]


@frozen
class Comparison:
    """What differs from process `a` to process `b`, in three layers.

    `changes` are the parts of the definition that are another, `behaviour` is the shortest
    sequence of events on which they part (or the proof that there is none), `people` is each kind
    of case that is treated differently, once. `undecided` are the places of which it takes too
    much effort to say whom they treat differently, `unreached` those where nobody is, though they
    are written otherwise: no case comes there that both treat alike until then.
    """

    a: Process
    b: Process
    changes: tuple[Change, ...]
    behaviour: Behaviour
    people: tuple[Difference, ...]
    cells: Cells = field(repr=False, eq=False)
    undecided: tuple[Place, ...] = ()
    unreached: tuple[Place, ...] = ()
    _repr_mimebundle_ = in_notebook

    @property
    def same(self) -> bool:
        """Whether both are written alike, in whatever order their parts are listed."""
        return not self.changes

    @property
    def same_behaviour(self) -> bool | None:
        """Whether nobody is treated differently: no sequence of events tells the two apart
        (proved), no time limit runs differently and nobody learns more; None where that is not
        decided."""
        if self.behaviour.verdict == "different" or self.people:
            return False
        return True if self.behaviour.verdict == "same" and not self.undecided else None

    def text(self, lang: Language = "en") -> str:
        """The three layers as plain text."""
        return _Telling(self, lang).text()

    def markdown(self, lang: Language = "en") -> str:
        """The three layers as Markdown."""
        return _Telling(self, lang).markdown()

    def data(self) -> Json:
        """The three layers as plain data, for JSON."""
        return {
            "same": self.same, "same_behaviour": self.same_behaviour,
            "a": _edition(self.a), "b": _edition(self.b),
            "changes": [_change(c) for c in self.changes],
            "behaviour": _behaviour(self.behaviour),
            "people": [_difference(d) for d in self.people],
            "undecided": [_place(place) for place in self.undecided],
            "unreached": [_place(place) for place in self.unreached],
        }  # fmt: skip


@overload
def compare(a: Process, b: Process, *, effort: int = EFFORT) -> Comparison: ...
@overload
def compare(a: History, b: History, *, effort: int = EFFORT) -> HistoryComparison: ...
def compare(
    a: Process | History, b: Process | History, *, effort: int = EFFORT
) -> Comparison | HistoryComparison:
    """What differs from `a` to `b`: two processes, or two histories (see `HistoryComparison`).

    `effort` bounds how many nodes the search for the shortest sequence of events looks at, and,
    above the usual, how much may be worked out at each place; where it ends without an answer, the
    result says so.
    """
    if isinstance(a, History) and isinstance(b, History):
        from .crossings import compare_histories  # which compares versions

        return compare_histories(a, b, effort=number_of("effort", effort))
    for name, given in (("a", a), ("b", b)):
        argument(name, given, Process)
    a, b, most = cast(Process, a), cast(Process, b), number_of("effort", effort)
    cells = Cells(a, b)
    events = behaviour(a, b, cells, most)
    spent, replays = Effort(max(most, EFFORT)), Replays(a, b, cells, most)
    same = events.verdict == "same"  # then no case comes to where the rules are others
    told = people(a, b, cells, spent, replays, rules=not same)
    found, undecided, unreached = told
    return Comparison(a, b, structure(a, b), events, found, cells, undecided, unreached)


# -- as data ------------------------------------------------------------------------------------


def _both(text: Callable[[Language], str]) -> dict[str, str]:
    return {"ja": text("ja"), "en": text("en")}


def _edition(law: Process) -> Json:
    since, until = (day and day.isoformat() for day in (law.since, law.until))
    return {"id": law.id, "version": law.version, "since": since, "until": until}


def _change(change: Change) -> Json:
    return {
        "kind": change.kind, "part": change.part, "path": list(change.path),
        "field": change.field, **_both(change.text),
    }  # fmt: skip


def _difference(found: Difference) -> Json:
    return {
        "kind": found.kind, "rules": [_place(place) for place in found.rules],
        "before": found.before, "after": found.after, "deadline": found.deadline,
        "profile": {id: _plain(value) for id, value in found.profile.items()},
        "witnesses": [_witness(witness) for witness in found.witnesses],
        **_both(found.text),
    }  # fmt: skip


def _place(place: Place) -> Json:
    return {"event": place.event, "machine": place.machine, "states": list(place.states)}


def _behaviour(found: Behaviour) -> Json:
    data: Json = {"verdict": found.verdict, "explored": found.explored}
    if found.witness is not None:
        data["witness"] = _witness(found.witness)
    return data


def _witness(witness: Witness) -> Json:
    return {
        "opened": witness.opened.isoformat(),
        "facts": {id: _plain(value) for id, value in witness.facts.items()},
        "steps": [_step(step) for step in witness.steps],
        "accepted_by": None if witness.accepted_by is None else "ab"[witness.accepted_by],
    }


def _step(step: WitnessStep) -> Json:
    facts = {id: _plain(value) for id, value in step.facts.items()}
    return {"event": step.event, "by": step.by, "at": step.at.isoformat(), "facts": facts}


def _plain(value: Value | None) -> bool | int | str | list[str] | None:
    if isinstance(value, frozenset):
        return sorted(value)
    return value if value is None or isinstance(value, bool | int | str) else value.isoformat()


# -- in words -----------------------------------------------------------------------------------


class _Telling:
    """A comparison in one language."""

    def __init__(self, found: Comparison, lang: Language) -> None:
        self.found, self.lang, self._said = found, lang, phrasing(lang)
        self._words = Words(found.a, found.b, found.cells, lang)

    @cached_property
    def sections(self) -> list[tuple[str, list[str]]]:
        """Heading and lines of each layer."""
        bodies = (
            [change.text(self.lang) for change in self.found.changes],
            list(self._behaviour()),
            [*(difference.text(self.lang) for difference in self.found.people),
             *map(self._words.undecided, self.found.undecided),
             *self._words.unreached(self.found.unreached)],
        )  # fmt: skip
        none = [self._said(_NONE)]
        return [(self._said(head), body or none) for head, body in zip(_HEADS, bodies, strict=True)]

    def _title(self) -> str:
        """The two laws, with the days on which each is law where these are others."""
        laws = self.found.a, self.found.b
        apart = len({(law.since, law.until) for law in laws}) > 1
        return " → ".join(f"{self._said(law.name)} ({self._edition(law, apart)})" for law in laws)

    def _edition(self, law: Process, apart: bool) -> str:
        edition = f"{law.id} {law.version}"
        if not apart or not (law.since or law.until):
            return edition
        days = days_text(law.since or date.min, law.until or date.max, self.lang)
        return self._said.traits((edition, days))

    def text(self) -> str:
        lines = [self._title()]
        for head, body in self.sections:
            lines += ["", head, *(f"  {line}" for line in body)]
        return "\n".join(lines) + "\n"

    def markdown(self) -> str:
        lines = [f"# {_escaped(self._title())}"]
        for head, body in self.sections:
            lines += ["", f"## {head}", "", *(f"- {_escaped(line)}" for line in body)]
        return "\n".join(lines) + "\n"

    def _behaviour(self) -> Iterator[str]:
        found = self.found.behaviour
        if found.witness is not None:
            yield from self._witness(found.witness)
            return
        words = self._said(_VERDICTS[found.verdict])
        yield words.format(n=found.explored, left=found.unsettled)

    def _witness(self, witness: Witness) -> Iterator[str]:
        yield self._said(_OPENED, _when(witness.opened), self._facts(witness.facts))
        for number, step in enumerate(witness.steps, 1):
            yield f"{number}. {self._step(step)}"
        yield self._ending(witness)

    def _step(self, step: WitnessStep) -> str:
        by = self._said(self._law("agency", step.by).agency(step.by).label if step.by else _BY_LAW)
        event = self._said(self._law("event", step.event).event(step.event).label)
        return f"{_when(step.at)} {by}: {event}{self._facts(step.facts)}"

    def _ending(self, witness: Witness) -> str:
        names = [self._words.name(law) for law in (self.found.a, self.found.b)]
        if witness.accepted_by is None:
            return self._said(_PART if witness.steps else _BEGIN, *names)
        refusing = names[1 - witness.accepted_by]
        said = witness.refusal.text(self.lang) if witness.refusal else self._unheard(witness)
        why = said.replace("\n", " ")
        return self._said(_ENDING, names[witness.accepted_by], refusing, why)

    def _unheard(self, witness: Witness) -> str:
        """What the refusing process does not know of the last step."""
        law, step = (self.found.b, self.found.a)[witness.accepted_by or 0], witness.steps[-1]
        known = (step.event in law.by_id["event"], step.by in ("", *law.by_id["agency"]), False)
        return self._said(_UNHEARD[known.index(False)])

    def _facts(self, facts: Mapping[str, Value]) -> str:
        known = self._said.series(self._words.facts(facts))
        return f" [{known}]" if known else ""

    def _law(self, kind: str, id: str) -> Process:
        return self.found.b if id in self.found.b.by_id[kind] else self.found.a


def _when(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M")


def _escaped(line: str) -> str:
    for mark in "\\`*_[]<>|#":
        line = line.replace(mark, "\\" + mark)
    return line


_HEADS = (
    Text("1. 定義の違い", "1. What is written differently"),
    Text("2. 動きの違い", "2. What happens differently"),
    Text("3. 扱いが変わる人", "3. Who is treated differently"),
)
_NONE = Text("なし", "nothing")
_BY_LAW = Text("法律上当然に", "by operation of law")
_OPENED = Text("{0} 事件の開始{1}", "{0} a case is opened{1}")
_ENDING = Text("【{0}】は最後の事象を受け付け、【{1}】は受け付けない: {2}",
               "[{0}] accepts the last event, [{1}] refuses it: {2}")  # fmt: skip
_PART = Text("【{0}】と【{1}】とでは、最後の事象の後の状態が異なる",
             "the last event leads to different states under [{0}] and [{1}]")  # fmt: skip
_BEGIN = Text("【{0}】と【{1}】とでは、事件の始まるときの状態が異なる",
              "a case begins in different states under [{0}] and [{1}]")  # fmt: skip
_UNHEARD = (
    Text("この事象の定めがない", "it does not know this event"),
    Text("この機関の定めがない", "it does not know this agency"),
    Text("この事実又は値をともに記録する定めがない",
         "it lets no such fact or value be recorded with it"),
)  # fmt: skip
_VERDICTS = {
    "same": Text(
        "どのような事象の列に対しても、両者の動きは同じである(有限の抽象の中で証明済み。{n}節点)",
        "No sequence of events tells them apart (proved within the finite abstraction; {n} nodes)",
    ),
    "not found": Text(
        "{n}節点まで調べたが、動きの異なる事象の列は見つからなかった。規則の上での違い{left}件は"
        "判定できていない",
        "Up to {n} nodes no sequence of events was found that tells them apart; {left} local "
        "differences are not settled",
    ),
}
