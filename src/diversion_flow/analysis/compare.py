"""Two processes compared: what is written otherwise, what happens otherwise, to whom.

found = compare(national, osaka)
found.changes, found.behaviour, found.people     # as data
found.text("ja"), found.markdown("en")           # in words
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, Literal

from attrs import field, frozen

from ..definition import DiversionFlowError, Language, Process, Text
from ..runtime import Case, replay
from .behaviour import EFFORT, Behaviour, behaviour
from .cells import Cells
from .people import Cover, Difference, Place, cells_cover, people
from .people_words import Words
from .structure import Change, structure
from .witness import Witness, WitnessStep

Solver = Literal["cells", "z3"]


@frozen
class Comparison:
    """What differs from process `a` to process `b`, in three layers.

    `changes` are the parts of the definition that are another, `behaviour` is the shortest
    sequence of events on which they part (or the proof that there is none), `people` is each kind
    of case that is treated differently, once.
    """

    a: Process
    b: Process
    changes: tuple[Change, ...]
    behaviour: Behaviour
    people: tuple[Difference, ...]
    cells: Cells = field(repr=False, eq=False)

    @property
    def same(self) -> bool:
        """Whether no sequence of events tells the two apart (proved)."""
        return self.behaviour.verdict == "same"

    def text(self, lang: Language = "en") -> str:
        """The three layers as plain text."""
        return _Telling(self, lang).text()

    def markdown(self, lang: Language = "en") -> str:
        """The three layers as Markdown."""
        return _Telling(self, lang).markdown()

    def data(self) -> dict[str, Any]:
        """The three layers as plain data, for JSON."""
        return {
            "a": {"id": self.a.id, "version": self.a.version},
            "b": {"id": self.b.id, "version": self.b.version},
            "changes": [_change(c) for c in self.changes],
            "behaviour": _behaviour(self.behaviour),
            "people": [_difference(d) for d in self.people],
        }


def compare(
    a: Process, b: Process, *, solver: Solver = "cells", effort: int = EFFORT
) -> Comparison:
    """What differs from `a` to `b`.

    `solver` works out who is treated differently: `cells` (exact, nothing to install) or `z3`
    (the same answer by another road). `effort` bounds how many nodes the search for the shortest
    sequence of events looks at; where it ends without an answer, the result says so.
    """
    cells = Cells(a, b)
    return Comparison(
        a, b, structure(a, b), behaviour(a, b, cells, effort),
        people(a, b, cells, _cover(solver)), cells,
    )  # fmt: skip


def _cover(solver: Solver) -> Cover:
    if solver == "cells":
        return cells_cover
    from .z3_solver import z3_cover

    return z3_cover


# -- which running cases meet it --------------------------------------------------------------


@frozen
class Affected:
    """A running case that meets a difference.

    `now` are the differences that its next event may meet, `ahead` those that it may come to;
    `replays` says whether all that has happened in it could have happened under `b` as well.
    """

    case: Case
    now: tuple[Difference, ...]
    ahead: tuple[Difference, ...]
    replays: bool


def affected(cases: Iterable[Case], comparison: Comparison) -> tuple[Affected, ...]:
    """The cases (of process `a`) that meet a difference now or later, in their order."""
    found = (_affected(case, comparison) for case in cases)
    return tuple(each for each in found if each.now or each.ahead or not each.replays)


def _affected(case: Case, comparison: Comparison) -> Affected:
    states, facts = case.states, dict(case.facts)
    now = tuple(
        d for d in comparison.people
        if any(states.get(p.machine) in p.states for p in d.rules)
        and comparison.cells.admits(_fixed(comparison, d, facts), states, facts)
    )  # fmt: skip
    fixed = {id: v for id, v in facts.items() if not _recordable(comparison, id)}
    ahead = tuple(
        d for d in comparison.people
        if d not in now
        and any(_may_reach(comparison, case, p) for p in d.rules)
        and comparison.cells.admits(
            {q: m for q, m in d.cube.items() if q.kind in ("fact", "value") and q.id in fixed},
            states, facts,
        )
    )  # fmt: skip
    return Affected(case, now, ahead, _replays(case, comparison.b))


def _fixed(comparison: Comparison, found: Difference, facts: dict[str, Any]) -> Any:
    """The cube without the facts that the event itself may still bring."""
    brought = {
        id
        for place in found.rules
        for law in (comparison.a, comparison.b)
        if place.event in law.by_id["event"]
        for id in law.event(place.event).records
    }
    return {q: m for q, m in found.cube.items() if q.id in facts or q.id not in brought}


def _recordable(comparison: Comparison, fact: str) -> bool:
    return any(fact in e.records for e in comparison.a.events)


def _may_reach(comparison: Comparison, case: Case, place: Place) -> bool:
    """Whether the machine can still come into one of the states, by rules of either process."""
    state = case.states.get(place.machine)
    if state is None:  # a machine that only the second process has: a case may begin it
        return True
    found, edge = {state}, [state]
    laws = [p for p in (comparison.a, comparison.b) if place.machine in p.by_id["machine"]]
    while edge:
        here = edge.pop()
        for law in laws:
            for rule in law.machine(place.machine).transitions:
                if here in rule.sources and rule.target not in found:
                    found.add(rule.target)
                    edge.append(rule.target)
    return any(s in found for s in place.states)


def _replays(case: Case, process: Process) -> bool:
    try:
        replay(process, case.journal, case.id)
    except DiversionFlowError:
        return False
    return True


# -- as data ------------------------------------------------------------------------------------


def _both(text: Callable[[Language], str]) -> dict[str, str]:
    return {"ja": text("ja"), "en": text("en")}


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind, "part": change.part, "path": list(change.path),
        "field": change.field, **_both(change.text),
    }  # fmt: skip


def _difference(found: Difference) -> dict[str, Any]:
    return {
        "rules": [{"event": p.event, "machine": p.machine, "states": list(p.states)}
                  for p in found.rules],
        "before": found.before, "after": found.after, "deadline": found.deadline,
        "profile": {id: _plain(value) for id, value in found.profile.items()},
        **_both(found.text),
    }  # fmt: skip


def _behaviour(found: Behaviour) -> dict[str, Any]:
    data: dict[str, Any] = {"verdict": found.verdict, "explored": found.explored}
    if found.witness is not None:
        witness = found.witness
        data["witness"] = {
            "opened": witness.opened.isoformat(),
            "facts": {id: _plain(value) for id, value in witness.facts.items()},
            "steps": [_step(step) for step in witness.steps],
            "accepted_by": None if witness.accepted_by is None else "ab"[witness.accepted_by],
        }
    return data


def _step(step: WitnessStep) -> dict[str, Any]:
    facts = {id: _plain(value) for id, value in step.facts.items()}
    return {"event": step.event, "by": step.by, "at": step.at.isoformat(), "facts": facts}


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return value if value is None or isinstance(value, bool | int | str) else value.isoformat()


# -- in words -----------------------------------------------------------------------------------


class _Telling:
    """A comparison in one language."""

    def __init__(self, found: Comparison, lang: Language) -> None:
        self.found, self.lang = found, lang
        self._words = Words(found.a, found.b, found.cells, lang)

    @cached_property
    def sections(self) -> list[tuple[str, list[str]]]:
        """Heading and lines of each layer."""
        found, lang = self.found, self.lang
        none = [_NONE.in_(lang)]
        return [
            (_HEADS[0].in_(lang), [c.text(lang) for c in found.changes] or none),
            (_HEADS[1].in_(lang), self._behaviour()),
            (_HEADS[2].in_(lang), [d.text(lang) for d in found.people] or none),
        ]

    def _title(self) -> str:
        a, b = self.found.a, self.found.b
        names = [f"{p.name.in_(self.lang)} ({p.id} {p.version})" for p in (a, b)]
        return " → ".join(names)

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

    def _behaviour(self) -> list[str]:
        found = self.found.behaviour
        if found.witness is None:
            words = _VERDICTS[found.verdict]
            return [words.in_(self.lang).format(n=found.explored, left=found.unsettled)]
        return list(self._witness(found.witness))

    def _witness(self, witness: Witness) -> Iterable[str]:
        opened = self._facts(witness.facts)
        yield _OPENED.in_(self.lang).format(at=_when(witness.opened), facts=opened)
        for number, step in enumerate(witness.steps, 1):
            yield f"{number}. {self._step(step)}"
        yield self._ending(witness)

    def _step(self, step: WitnessStep) -> str:
        law = self._law("event", step.event)
        by = self._law("agency", step.by).agency(step.by).label.in_(self.lang)
        event = law.event(step.event).label.in_(self.lang)
        facts = self._facts(step.facts)
        return f"{_when(step.at)} {by}: {event}" + (f" [{facts}]" if facts else "")

    def _ending(self, witness: Witness) -> str:
        names = [self._words.name(law) for law in (self.found.a, self.found.b)]
        if witness.accepted_by is None:
            return _PART.in_(self.lang).format(*names)
        refusing = names[1 - witness.accepted_by]
        said = witness.refusal.text(self.lang) if witness.refusal else _UNHEARD.in_(self.lang)
        return _ENDING.in_(self.lang).format(
            names[witness.accepted_by], refusing, said.replace("\n", " ")
        )

    def _facts(self, facts: Any) -> str:
        return ", ".join(self._words.fact(id, value) for id, value in facts.items())

    def _law(self, kind: str, id: str) -> Process:
        return self.found.b if id in self.found.b.by_id[kind] else self.found.a


def _when(at: Any) -> str:
    return str(at.strftime("%Y-%m-%d %H:%M"))


def _escaped(line: str) -> str:
    for mark in "\\`*_[]<>|#":
        line = line.replace(mark, "\\" + mark)
    return line


_HEADS = (
    Text("1. 定義の違い", "1. What is written otherwise"),
    Text("2. 動きの違い", "2. What happens otherwise"),
    Text("3. 扱いが変わる人", "3. Who is treated differently"),
)
_NONE = Text("なし", "nothing")
_OPENED = Text("事件の開始 {at} [{facts}]", "A case is opened {at} [{facts}]")
_ENDING = Text("【{0}】は最後のできごとを受け付け、【{1}】は拒む: {2}",
               "[{0}] accepts the last event, [{1}] refuses it: {2}")  # fmt: skip
_PART = Text("【{0}】と【{1}】は最後のできごとで異なる状態になる",
             "[{0}] and [{1}] come to other states by the last event")  # fmt: skip
_UNHEARD = Text("このできごと又は値を知らない", "it does not know this event or value")
_VERDICTS = {
    "same": Text(
        "同じできごとの列に対して、両者は常に同じ(有限の抽象の中で証明済み。{n}節点)",
        "No sequence of events tells them apart (proved within the finite abstraction; {n} nodes)",
    ),
    "not found": Text(
        "{n}節点までに、異なるできごとの列は見つからない。残る局所的な違い{left}件は未決",
        "Up to {n} nodes no sequence of events was found that tells them apart; {left} local "
        "differences are not settled",
    ),
}
