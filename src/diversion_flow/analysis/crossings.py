"""Two histories compared: which transitional rules were added, taken away or changed, and who is
taken over otherwise on a day of change, each shown by a case that crosses under both.

found = compare(history, other)
found.changes, found.people, found.versions      # as data
found.text("ja")                                 # in words
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Literal

from attrs import field as attr
from attrs import fields

from ..definition import (
    LANGUAGES,
    DiversionFlowError,
    History,
    Language,
    Process,
    Text,
    TransitionalRule,
)
from ..definition.facts import Value
from ..definition.frozen import frozen
from ..definition.history import Amended
from ..definition.moments import day_of, moment
from ..definition.phrasing import phrasing
from ..definition.wording import grounds_text, guard_text
from ..late import in_notebook
from ..runtime import Case, Stuck
from ..runtime.asking import Asking
from .cells import Cells, Cube, ground
from .comparing import Comparison, compare
from .people import profile
from .people_words import Words
from .product import Goal
from .replays import Replays, first
from .witness import Shows

Json = dict[str, Any]
Place = tuple[str, str]  # a machine and a state


@frozen
class RuleChange:
    """One difference between the transitional rules of a day: `field` is what of the rule is
    another (None: the rule as a whole; `place`: where it stands among the others)."""

    kind: Literal["added", "removed", "changed"]
    day: date
    rule: str
    field: str | None
    before: object
    after: object
    between: tuple[Process, Process] = attr(repr=False, eq=False)

    def text(self, lang: Language = "en") -> str:
        """The change as a sentence."""
        said, old, new = phrasing(lang), *self.between
        sign = {"added": "+", "removed": "−", "changed": "Δ"}[self.kind]
        head = f"{sign} {said.dated(self.day)} {said(_RULE, self.rule)}"
        if self.field is None:
            rule = self.after if self.kind == "added" else self.before
            law = new if self.kind == "added" else old
            return f"{head}: {_rule_text(law, rule, lang)}"
        shown = (_value(law, self.field, value, lang)
                 for law, value in ((old, self.before), (new, self.after)))  # fmt: skip
        return f"{head}, {said(_FIELDS[self.field])}: {' → '.join(shown)}"


@frozen
class Taken:
    """What became of a case on the day of change: by which rule, under which version it stands
    then and where; no version where it could not be taken over (`Stuck`)."""

    rule: str
    version: str | None
    states: Mapping[str, str]


@frozen
class CrossedOtherwise:
    """A kind of case that two histories take over otherwise on `day`.

    `profile` is the smallest example (fact id → value; None: not known); `case` is the replayed
    case as it stood before the change, `before` and `after` what becomes of it under the first and
    under the second history.
    """

    day: date
    profile: Mapping[str, Value | None]
    before: Taken
    after: Taken
    case: Case = attr(repr=False, eq=False)
    said: Text

    def text(self, lang: Language = "en") -> str:
        """Who, and what becomes of them under each."""
        return self.said.in_(lang)


@frozen
class HistoryComparison:
    """What differs from history `a` to history `b`: in the versions that both have from a day on
    and those that only one has, in the transitional rules, and in what becomes of cases under
    way. `undecided` are pairs of
    rules (day, first, second) of which it was not found out whether anybody meets them."""

    a: History
    b: History
    versions: tuple[Comparison, ...]
    changes: tuple[RuleChange, ...]
    people: tuple[CrossedOtherwise, ...]
    undecided: tuple[tuple[date, str, str], ...] = ()
    _repr_mimebundle_ = in_notebook

    @property
    def same(self) -> bool:
        """Whether both are written alike."""
        return not (self.changes or self._alone or any(v.changes for v in self.versions))

    @property
    def _alone(self) -> tuple[tuple[int, Process], ...]:
        """The versions that only one of them has from their day on, by its place."""
        days = [{law.since for law in history.versions} for history in (self.a, self.b)]
        return tuple(
            (n, law)
            for n, history in enumerate((self.a, self.b))
            for law in history.versions
            if law.since not in days[1 - n]
        )

    @property
    def same_behaviour(self) -> bool | None:
        """Whether nobody is treated differently; None where that is not decided."""
        if self.people or any(v.same_behaviour is False for v in self.versions):
            return False
        if self._alone:
            return None
        open_ = self.undecided or any(v.same_behaviour is None for v in self.versions)
        return None if open_ else True

    def text(self, lang: Language = "en") -> str:
        """The rules that are others, who is taken over otherwise, the versions that differ."""
        said = phrasing(lang)
        lines = [f"{self.a.id}"]
        bodies = (
            [change.text(lang) for change in self.changes],
            [*(found.text(lang) for found in self.people), *self._open(lang)],
            [
                *(self._alone_text(*each, lang) for each in self._alone),
                *(
                    line
                    for found in self.versions
                    for line in found.text(lang).splitlines()
                    if line
                ),
            ],
        )
        for head, body in zip(_HEADS, bodies, strict=True):
            lines += ["", said(head), *(f"  {line}" for line in body or [said(_NONE)])]
        return "\n".join(lines) + "\n"

    def _alone_text(self, place: int, law: Process, lang: Language) -> str:
        said = phrasing(lang)
        since = said.dated(law.since) if law.since else "—"
        return f"{'−+'[place]} {since} {said(law.name)} ({law.id} {law.version})"

    def _open(self, lang: Language) -> Iterator[str]:
        said = phrasing(lang)
        for day, one, other in self.undecided:
            yield said(_UNDECIDED, said.dated(day), one, other)

    def data(self) -> Json:
        """The same as plain data, for JSON."""
        return {
            "same": self.same,
            "same_behaviour": self.same_behaviour,
            "changes": [
                {"kind": c.kind, "day": c.day.isoformat(), "rule": c.rule, "field": c.field,
                 "ja": c.text("ja"), "en": c.text("en")}
                for c in self.changes
            ],
            "people": [
                {"day": f.day.isoformat(), "before": _taken(f.before), "after": _taken(f.after),
                 "journal": [e.event for e in f.case.journal],
                 "ja": f.text("ja"), "en": f.text("en")}
                for f in self.people
            ],
            "undecided": [[day.isoformat(), one, other] for day, one, other in self.undecided],
            "versions": [version.data() for version in self.versions],
            "only": [
                {"of": "ab"[place], "version": law.version,
                 "since": law.since.isoformat() if law.since else None}
                for place, law in self._alone
            ],
        }  # fmt: skip


def compare_histories(a: History, b: History, *, effort: int) -> HistoryComparison:
    """What differs from `a` to `b`, the changes of law told by their day."""
    mine, theirs = _days(a), _days(b)
    changes: list[RuleChange] = []
    people: list[CrossedOtherwise] = []
    undecided: list[tuple[date, str, str]] = []
    for day in sorted({*mine, *theirs}):
        rules = [h.amendments[d[day]] if day in d else () for h, d in ((a, mine), (b, theirs))]
        laws = (a.versions[mine.get(day, 0)], b.versions[theirs.get(day, 0)])
        changes += _changes(day, rules[0], rules[1], laws)
        if day in mine and day in theirs:
            day_ = _Day(a, b, mine[day], theirs[day], day, effort)
            people += day_.people
            undecided += day_.undecided
    return HistoryComparison(
        a, b, tuple(_versions(a, b, effort)), tuple(changes), tuple(people), tuple(undecided)
    )


def _days(history: History) -> dict[date, int]:
    """Each day of change with the number of its amendment."""
    return {law.since: n for n, law in enumerate(history.versions[1:]) if law.since}


def _versions(a: History, b: History, effort: int) -> Iterator[Comparison]:
    """The versions that are the law from the same day on and say other things."""
    theirs = {law.since: law for law in b.versions}
    for law in a.versions:
        other = theirs.get(law.since)
        if other is not None and other != law:
            found = compare(law, other, effort=effort)
            if not (found.same and found.same_behaviour):
                yield found


# -- what is written otherwise -------------------------------------------------------------------


def _changes(
    day: date, old: Amended, new: Amended, laws: tuple[Process, Process]
) -> Iterator[RuleChange]:
    before, after = ({rule.id: rule for rule in rules} for rules in (old, new))
    for id, rule in before.items():
        if id not in after:
            yield RuleChange("removed", day, id, None, rule, None, laws)
    for id, rule in after.items():
        if id not in before:
            yield RuleChange("added", day, id, None, None, rule, laws)
            continue
        for name in (each.name for each in fields(TransitionalRule)):
            pair = getattr(before[id], name), getattr(rule, name)
            if pair[0] != pair[1]:
                yield RuleChange("changed", day, id, name, *pair, laws)
    kept = [[rule.id for rule in rules if rule.id in before and rule.id in after]
            for rules in (old, new)]  # fmt: skip
    for place, (one, other) in enumerate(zip(*kept, strict=True), 1):
        if one != other:
            yield RuleChange("changed", day, other, "place", kept[0].index(other) + 1, place, laws)


# -- who is taken over otherwise -----------------------------------------------------------------


class _Day:
    """One day of change in two histories."""

    def __init__(
        self, a: History, b: History, one: int, other: int, day: date, effort: int
    ) -> None:
        self.histories, self.day = (a, b), day
        self.laws = (a.versions[one], b.versions[other])
        self.rules = (a.amendments[one], b.amendments[other])
        self.people: list[CrossedOtherwise] = []
        self.undecided: list[tuple[date, str, str]] = []
        if self.rules[0] != self.rules[1]:
            each = zip(self.laws, self.rules, strict=True)
            guards = [ground(law, rule.guard) for law, rules in each for rule in rules]
            self.cells = Cells(*self.laws, guards=guards)
            self.replays = Replays(*self.laws, self.cells, effort)
            self._compared()

    def _compared(self) -> None:
        for i, one in enumerate(self.rules[0]):
            for j, other in enumerate(self.rules[1]):
                for part in _parting(one, other):
                    self._pair(i, j, part)

    def _pair(self, i: int, j: int, part: tuple[Place, ...]) -> None:
        """Cases that the rule `i` of the one takes over and the rule `j` of the other."""
        cells, (mine, theirs) = self.cells, self.rules
        where = [cells.standing(machine, [state]) for machine, state in part] or [{}]
        for law, rules, n in ((self.laws[0], mine, i), (self.laws[1], theirs, j)):
            where = cells.all_of(where, cells.holds(law, rules[n].guard),
                                 *(cells.fails(law, rule.guard) for rule in rules[:n]))  # fmt: skip
        where = cells.primes(where, cells.rest(where)) if where else []
        for cube in where:
            shown = profile(cells, cube)
            shows = self._shows((mine[i].id, theirs[j].id))
            tries = (cells.narrowed(cube, shown), cube)  # the example; if nobody is so, another
            replay = first(
                self.replays.of([Goal("", "", (each,), None)], shows, shown) for each in tries
            )
            if replay.witness is not None:
                facts = replay.witness.cases[0].facts
                example = {id: facts.get(id) for id in shown}
                self._found(cube, example, replay.witness.cases)
            elif not replay.settled:
                self.undecided.append((self.day, mine[i].id, theirs[j].id))
        self.undecided = list(dict.fromkeys(self.undecided))

    def _shows(self, rules: tuple[str, str]) -> Shows:
        def shows(cases: Any, _: object) -> bool:
            taken = self._taken(cases)
            return taken is not None and (taken[1].rule, taken[2].rule) == rules

        return shows

    def _taken(self, cases: Iterable[Case | None]) -> tuple[Case, Taken, Taken] | None:
        """What becomes of the two cases, led so that they stand there on the eve of the change;
        None where it is the same, or they cannot be led so."""
        one, other = cases
        if one is None or other is None:
            return None
        for shift in self._shifts(one):
            led = [_led(h, c, shift, law) for h, c, law in
                   zip(self.histories, (one, other), self.laws, strict=True)]  # fmt: skip
            if led[0] is None or led[1] is None:
                continue
            first, second = (_crossed(case, self.day, h, rules) for case, h, rules in
                             zip(led, self.histories, self.rules, strict=True))  # fmt: skip
            if first and second and _stands(first) != _stands(second):
                return led[0], first, second
        return None

    def _shifts(self, case: Case) -> Iterator[timedelta]:
        """By how much later all of it may have happened: it stands there on the eve, with the same
        days of the week, or as it was led."""
        left = moment(self.day) - case.last - timedelta(minutes=1)
        yield timedelta(days=left.days)
        yield timedelta(days=left.days // 7 * 7)
        yield timedelta(0)

    def _found(self, cube: Cube, shown: Mapping[str, Value | None], cases: Any) -> None:
        taken = self._taken(cases)
        assert taken is not None
        case, before, after = taken
        said = Text(*(self._said(cube, before, after, lang) for lang in LANGUAGES))
        self.people.append(CrossedOtherwise(self.day, shown, before, after, case, said))

    def _said(self, cube: Cube, before: Taken, after: Taken, lang: Language) -> str:
        said, words = phrasing(lang), Words(*self.laws, self.cells, lang)
        who = words.cube(cube) if cube else said(_ALL)
        return said(_OTHERWISE, said.dated(self.day), who, _end(before, lang), _end(after, lang))


def _parting(one: TransitionalRule, other: TransitionalRule) -> list[tuple[Place, ...]]:
    """Where the two rules do otherwise, each place by itself; an empty one means everywhere."""
    if one.continues or other.continues:
        return [] if one.continues and other.continues else [()]
    places = dict(one.states), dict(other.states)
    apart = [p for p in {**places[0], **places[1]} if places[0].get(p, p) != places[1].get(p, p)]
    return [((machine, state),) for machine, _, state in (p.partition(".") for p in apart)]


def _led(history: History, case: Case, shift: timedelta, law: Process) -> Case | None:
    """The same entries, so much later, under the history."""
    opening, *entries = case.journal
    try:
        number = history.number(day_of(opening.at + shift))
        if history.versions[number] != law:
            return None
        found = history.open(at=opening.at + shift, facts=dict(opening.facts))
        for entry in entries:
            if entry.by_law:
                found = found.advance(to=entry.at + shift)
            else:
                found = found.step(
                    entry.event, by=entry.by, at=entry.at + shift, facts=dict(entry.facts)
                )
    except DiversionFlowError:
        return None
    return found if found.states == case.states else None


def _crossed(case: Case | None, day: date, history: History, rules: Amended) -> Taken | None:
    """What becomes of it on the day; None where it stands elsewhere by then, or time leads on to
    what no rule allows."""
    assert case is not None
    rule = ""
    try:
        before = case.advance(to=moment(day) - timedelta(microseconds=1))
        if before.states != case.states:
            return None
        asked = Asking(before)
        rule = next(r.id for r in rules if asked.holds(r.guard))
        after = before.advance(to=moment(day))
    except Stuck:
        return Taken(rule, None, {})
    except DiversionFlowError:
        return None
    crossed = next(e.crossed for e in after.journal if e.crossed and day_of(e.at) == day)
    return Taken(rule, crossed.new, dict(after.states))


def _stands(taken: Taken) -> tuple[str | None, dict[str, str]]:
    return taken.version, dict(taken.states)


# -- in words ------------------------------------------------------------------------------------


def _taken(taken: Taken) -> Json:
    return {"rule": taken.rule, "version": taken.version, "states": dict(taken.states)}


def _end(taken: Taken, lang: Language) -> str:
    said = phrasing(lang)
    if taken.version is None:
        return said(_STUCK, taken.rule)
    return said(_UNDER, taken.rule, taken.version)


def _rule_text(law: Process, rule: object, lang: Language) -> str:
    assert isinstance(rule, TransitionalRule)
    said = phrasing(lang)
    return f"{said(rule.label)} ({guard_text(law, rule.guard, lang)})"


def _value(law: Process, name: str, value: object, lang: Language) -> str:
    said = phrasing(lang)
    if name == "guard":
        return guard_text(law, value, lang)  # type: ignore[arg-type]
    if name == "continues":
        return said(_GOES_ON if value else _NEW)
    if name == "states":
        return said.series(f"{s} → {t}" for s, t in value) or said(_NONE)  # type: ignore[attr-defined]
    if name == "basis":
        return grounds_text(law, value, lang) or said(_NONE)  # type: ignore[arg-type]
    return said(value) if isinstance(value, Text) else str(value or said(_NONE))


_RULE = Text("経過措置「{0}」", "transitional rule '{0}'")
_FIELDS = {
    "label": Text("名称", "name"), "guard": Text("条件", "condition"),
    "continues": Text("適用される法", "which law applies"),
    "states": Text("状態の読替え", "states mapped"), "basis": Text("根拠", "ground"),
    "note": Text("注", "note"), "place": Text("順番", "place"),
}  # fmt: skip
_GOES_ON, _NEW = Text("旧法", "the old law goes on"), Text("新法", "the new law applies")
_HEADS = (
    Text("1. 経過措置の違い", "1. Transitional rules that differ"),
    Text("2. 改正の日に扱いが変わる人", "2. Who is taken over differently"),
    Text("3. 版の違い", "3. Versions that differ"),
)
_NONE = Text("なし", "nothing")
_ALL = Text("全ての事件", "every case")
_OTHERWISE = Text("{0}に{1}: {2} → {3}", "on {0}, {1}: {2} → {3}")
_STUCK = Text("「{0}」により引き継げない", "'{0}' cannot take them over")
_UNDER = Text("「{0}」により{1}の下に置かれる", "'{0}' puts them under {1}")
_UNDECIDED = Text(
    "{0}、「{1}」と「{2}」: 該当する事件があるかは判定できていない",
    "{0}, '{1}' and '{2}': whether any case meets both is not settled",
)
