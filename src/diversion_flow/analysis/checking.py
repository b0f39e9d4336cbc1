"""All faults of a process, found without running a case: one row of a table for each question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from ..definition import (
    ALWAYS,
    LANGUAGES,
    Basis,
    Deadline,
    Event,
    Guard,
    Language,
    Machine,
    Process,
    State,
    Text,
    Transition,
)
from ..definition.arguments import argument, number_of
from ..definition.frozen import names_in
from ..definition.guard import ParameterIs, atoms
from ..definition.phrasing import phrasing
from ..definition.wording import value_text
from ..runtime.clause import whole_guard
from ..runtime.lapsing import circles
from .cells import KNOWN, NEVER, UNKNOWN, Cells, Cube, ground, question
from .days import asked_text
from .effort import EFFORT
from .findings import Finding, FindingCode, Severity
from .overlap import overlaps
from .paths import ending, rules_from
from .reach import Reach, reach


def check(process: Process, *, effort: int = EFFORT) -> tuple[Finding, ...]:
    """Every finding, in the process's own order; empty is good.

    Findings with severity "error" mean that a case can go wrong; each has a stable code. What takes
    more than `effort` nodes to say is a finding NOT_DECIDED, which names the rules concerned.
    """
    argument("process", process, Process)
    most = number_of("effort", effort)
    reached = reach(process) if most == EFFORT else Reach(process, most)
    return (
        *(finding for ask in _OF_WAYS for finding in ask(reached)),
        *_overlapping(reached, most),
        *(finding for ask in _OF_PARTS for finding in ask(process)),
    )


class _Fault(NamedTuple):
    """A kind of fault: what is said of one, and where they are. Each is found as the ids of what is
    concerned, outermost first, and what its sentence tells beside."""

    code: FindingCode
    severity: Severity
    ja: str
    en: str
    found: Callable[[Any], Iterable[tuple[str | Text, ...]]] = lambda asked: ()

    def __call__(self, asked: Process | Reach) -> Iterator[Finding]:
        """Those of a process, or of what can be reached in it."""
        return (self.finding(*found) for found in self.found(asked))

    def finding(self, *found: str | Text) -> Finding:
        """One of them."""
        told = [one for one in found if isinstance(one, Text)]
        ja, en = ([getattr(one, lang) for one in told] for lang in LANGUAGES)
        said = Text(self.ja.format(*ja), self.en.format(*en))
        ids = tuple(one for one in found if isinstance(one, str))
        return Finding(self.code, self.severity, ids, said)


def _states(process: Process) -> Iterator[tuple[Machine, State]]:
    return ((machine, state) for machine in process.machines for state in machine.states)


def _rules(process: Process) -> Iterator[tuple[Machine, Transition]]:
    return ((machine, rule) for machine in process.machines for rule in machine.transitions)


# -- of ways ----------------------------------------------------------------------------------


def _dead(reached: Reach) -> Iterator[tuple[str | Text, ...]]:
    process = reached.process
    for machine, rule in _rules(process):
        guard = reached.guards[machine.id, rule.id]
        if (machine.id, rule.id) not in reached.live and not _switched_off(process, guard):
            yield (
                machine.id,
                rule.id,
                Text(*(asked_text(process, guard, lang) for lang in LANGUAGES)),
            )


def _switched_off(process: Process, guard: Guard) -> bool:
    """Whether policy parameters alone rule the guard out: a choice, not a fault."""
    asks = any(isinstance(part, ParameterIs) for part in atoms(guard))
    return asks and ground(process, guard) == NEVER


def _endless(reached: Reach) -> Iterator[tuple[str | Text, ...]]:
    for machine in reached.process.machines:
        able = ending(machine, reached.live) if any(s.final for s in machine.states) else ()
        for state in machine.states if able else ():
            if state.id in reached.states[machine.id] and state.id not in able:
                yield machine.id, state.id, state.label


_OF_WAYS: Final = (
    _Fault(
        FindingCode.UNREACHABLE_STATE, "error",
        "状態「{0}」には到達できません。", "No case can come into the state '{0}'.",
        lambda reached: ((m.id, s.id, s.label) for m, s in _states(reached.process)
                         if s.id not in reached.states[m.id]),
    ),
    _Fault(
        FindingCode.DEAD_TRANSITION, "error",
        "この規則は起こりません(要件: {0})。", "This rule can never fire (needs: {0}).",
        _dead,
    ),
    _Fault(
        FindingCode.NO_WAY_TO_END, "error",
        "「{0}」から終了状態に行けません。", "From '{0}' no final state can be reached.",
        _endless,
    ),
    _Fault(
        FindingCode.NOT_DECIDED, "warning",
        "この規則が起こり得るかどうかは、定められた探索量では判定できません。",
        "Whether this rule can ever fire was not decided: it takes more effort than was "
        "given.",
        lambda reached: reached.undecided,
    ),
)  # fmt: skip
_AMBIGUOUS: Final = _Fault(
    FindingCode.AMBIGUOUS_CHOICE, "error",
    "同時に成り立ちます(例: {0})。", "Both can hold at once (for example: {0}).",
)  # fmt: skip
_PERHAPS_AMBIGUOUS: Final = _Fault(
    FindingCode.NOT_DECIDED, "warning",
    "これらの規則が同時に成り立ち得るかどうかは、定められた探索量では判定できません。",
    "Whether two of these rules can hold at once was not decided: it takes more "
    "effort than was given.",
)  # fmt: skip


def ambiguous_choices(process: Process) -> Iterator[Finding]:
    """Pairs of transitions of one machine that one event could fire at once."""
    found = _overlapping(reach(process), EFFORT)
    return (finding for finding in found if finding.code is FindingCode.AMBIGUOUS_CHOICE)


def _overlapping(reached: Reach, effort: int) -> Iterator[Finding]:
    for found in overlaps(reached, effort):
        ids = (found.machine.id, *(rule.id for rule in found.rules))
        if (cube := found.witness) is None:
            yield _PERHAPS_AMBIGUOUS.finding(*ids)
        else:
            shown = (_example(reached.process, reached.cells, cube, lang) for lang in LANGUAGES)
            yield _AMBIGUOUS.finding(*ids, Text(*shown))


def _example(process: Process, cells: Cells, cube: Cube, lang: Language) -> str:
    phrase = phrasing(lang)
    said = []
    for about, bits in cube.items():
        value = cells.allowed(about, bits)[0].value
        if about.kind == "fact" and value not in (KNOWN, UNKNOWN):
            fact = process.fact(about.id)
            said.append(f"{phrase(fact.label)}={value_text(fact, value, lang)}")
        elif about.kind == "value" and value:
            fact = process.fact(about.id)
            said.append(f"{phrase(fact.label)}={value_text(fact, about.value, lang)}")
        elif about.kind == "machine":
            machine = process.machine(about.id)
            said.append(f"{phrase(machine.label)}={phrase(machine.state(value).label)}")
    return ", ".join(said) or phrase(Text("常に", "always"))


# -- of parts ---------------------------------------------------------------------------------


def _unsupplied(process: Process) -> Iterator[tuple[str, str]]:
    recorded = {fact for event in process.events for fact in event.records}
    return (read for read in _facts_read(process).items() if read[0] not in recorded)


def _facts_read(process: Process) -> dict[str, str]:
    read: dict[str, str] = {}
    for machine in process.machines:
        for transition in machine.transitions:
            for fact in _facts_in(whole_guard(process, transition)):
                read.setdefault(fact, transition.id)
    for deadline in process.deadlines:
        for fact in (*_facts_in(deadline.guard), *deadline.asked):
            read.setdefault(fact, deadline.id)
    return read


def _facts_in(guard: Guard) -> Iterator[str]:
    asked = (question(atom) for atom in atoms(guard))
    return (q.id for q in asked if q is not None and q.kind in ("fact", "value"))


def _outdated(process: Process) -> Iterator[tuple[str, ...]]:
    for limit in process.deadlines:
        for event in process.events:
            lost = [id for id in event.outdates if _counts_by(limit, event, id)]
            if lost and (_judges(limit, event) or _runs_on(process, limit, event)):
                yield limit.id, event.id, *lost


def _counts_by(limit: Deadline, event: Event, fact: str) -> bool:
    """Whether the limit loses its day or its length with the fact; what a renewal was decided for
    stays with the clock."""
    return fact in limit.length.plus or (fact in limit.dates and fact not in event.records)


def _judges(limit: Deadline, event: Event) -> bool:
    """Whether by what is known after the event it is judged if the duty was done in time."""
    return event.id in limit.awaited


def _runs_on(process: Process, limit: Deadline, event: Event) -> bool:
    """Whether the limit may run before the event and after it, not begun anew."""
    machine, lasting = process.machine(limit.machine), set(limit.lasting)
    if event.id in limit.begun_by or event.id in limit.met_by:
        return False
    return any(
        lasting.intersection(t.target for t in moving)
        or (event.home != machine.id and not any(t.guard == ALWAYS for t in moving))
        for state in lasting
        for moving in ([t for t in machine.leaving(state) if t.event == event.id],)
    )


def _texts(value: object, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Text]]:
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, Guard):  # it holds no texts
        return
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part, place)
    elif names := names_in(value):
        id = getattr(value, "id", None)
        here = place if id is None or place[-1] == id else (*place, id)
        for name in names:
            yield from _texts(getattr(value, name), here)


def _cited(process: Process) -> Iterator[tuple[tuple[str, ...], tuple[Basis, ...]]]:
    for machine in process.machines:
        for state in machine.states:
            yield (machine.id, state.id), state.basis
        for transition in machine.transitions:
            yield (machine.id, transition.id), transition.basis
    for deadline in process.deadlines:
        yield (deadline.id,), deadline.basis


def _after(later: date | None, earlier: date | None) -> bool:
    return later is not None and earlier is not None and later > earlier


def _without_exit(process: Process) -> Iterator[Finding]:
    """Deadlines whose expiry leads nowhere, or whose owner may not report it."""
    for deadline in process.deadlines:
        stuck = [s for s in deadline.states if not _leaves(process, deadline, s)]
        if deadline.on_expiry and deadline.owner not in process.event(deadline.on_expiry).by:
            yield _UNREPORTED.finding(deadline.id, deadline.owner)
        if stuck:
            yield _STUCK.finding(deadline.id, *stuck)


_UNREPORTED: Final = _Fault(
    FindingCode.DEADLINE_WITHOUT_EXIT, "error",
    "期限を管理する機関が満了を報告できません。",
    "The owner of the time limit may not report its expiry.",
)  # fmt: skip
_STUCK: Final = _Fault(
    FindingCode.DEADLINE_WITHOUT_EXIT, "error",
    "満了後の行き先がない状態があります。",
    "In these states nothing follows when the time runs out.",
)  # fmt: skip


def _leaves(process: Process, deadline: Deadline, state: str) -> bool:
    """Whether the expiry (or, for an alert, anything at all) can happen in this state."""
    expiry = deadline.on_expiry
    home = deadline.machine if expiry is None else process.event(expiry).home
    return any(
        (expiry is None or event == expiry) and (home != deadline.machine or source == state)
        for source, event in rules_from(process, home)
    )


def sees_anything(process: Process) -> bool:
    """Whether it says who sees what; a drawing that it comes from may say nothing of that."""
    return any(machine.seen_by or machine.seen_with_consent for machine in process.machines)


def _blind(process: Process) -> Iterator[tuple[str, str]]:
    for event in process.events if sees_anything(process) else ():
        home = process.machine(event.home)
        for agency in event.by:
            if agency not in home.seen_by and agency not in home.seen_with_consent:
                yield event.id, agency


_BLIND = (
    "この機関は事象を報告できますが、その系列がどこにあるかを知らされません。",
    "This agency may report the event, and is not told where its track stands.",
)
blind_by_law: Final = _Fault(
    FindingCode.BLIND_REPORTER, "note", *_BLIND,
    lambda process: ((event, by) for event, by in _blind(process)
                     if by in process.event(event).unseen_by),
)  # fmt: skip
_OF_PARTS: Final = (
    _Fault(
        FindingCode.EXIT_FROM_FINAL, "error",
        "終了状態から出る規則です。", "This rule leaves a final state.",
        lambda process: ((m.id, t.id, source) for m, t in _rules(process) for source in t.sources
                         if m.state(source).final),
    ),
    _Fault(
        FindingCode.UNSUPPLIED_FACT, "warning",
        "どの事象でも記録されない事実を要件が参照しています。",
        "A rule reads this fact, but no event records it.",
        _unsupplied,
    ),
    _Fault(
        FindingCode.OUTDATED_UNDER_LIMIT, "warning",
        "期限の進行中に、その計算の基礎となる事実の記録を、事象が失わせます。",
        "The event outdates what the limit is counted by while it may be running.",
        _outdated,
    ),
    _Fault(
        FindingCode.MISSING_LABEL, "error",
        "表示名({0})がありません。", "No label is written in '{0}'.",
        lambda process: ((*place, lang, Text(lang, lang))
                         for place, text in _texts(process, (process.id,))
                         for lang in text.missing),
    ),
    _Fault(
        FindingCode.MISSING_BASIS, "error",
        "根拠が示されていません(basis に出典と条を書いてください)。",
        "No basis is cited (name a source and its article: basis).",
        lambda process: (ids for ids, bases in _cited(process) if not bases),
    ),
    _Fault(
        FindingCode.BASIS_NOT_IN_FORCE, "error",
        "根拠規定がこの版の期間に効力を持ちません。",
        "The provision is never in force while this version is.",
        lambda process: (
            ids for ids, bases in _cited(process) for basis in bases
            if _after(basis.since, process.until) or _after(process.since, basis.until)
        ),
    ),
    _Fault(
        FindingCode.STATE_WITHOUT_HOLDER, "error",
        "担当する機関がありません(holder に書いてください)。",
        "No agency holds this state (name one: holder).",
        lambda process: ((m.id, s.id) for m, s in _states(process) if s.holder is None),
    ),
    _Fault(
        FindingCode.FINAL_WITHOUT_OUTCOME, "error",
        "終了状態に結果がありません(outcome に書いてください)。",
        "This final state has no outcome (say how it ends: outcome).",
        lambda process: ((m.id, s.id) for m, s in _states(process)
                         if s.final and s.outcome is None),
    ),
    _without_exit,
    _Fault(
        FindingCode.ENDLESS_EXPIRY, "error",
        "満了しても期限が止まらず、改めて始まることもないため、満了が際限なく続きます。",
        "The limit neither stops nor starts anew when it runs out: it runs out for ever.",
        circles,
    ),
    _Fault(
        FindingCode.EVENT_WITHOUT_REPORTER, "error",
        "この事象を報告できる機関がありません。", "No agency may report this event.",
        lambda process: ((event.id,) for event in process.events if not event.by),
    ),
    _Fault(
        FindingCode.BLIND_REPORTER, "warning",
        f"{_BLIND[0]}系列の seen_by に書いてください。"
        "それが本来なら、事象の unseen_by に書いてください。",
        f"{_BLIND[1]} Name it in the track's seen_by or, where that is meant, in the event's "
        "unseen_by.",
        lambda process: ((event, by) for event, by in _blind(process)
                         if by not in process.event(event).unseen_by),
    ),
    _Fault(
        FindingCode.UNUSED_EVENT, "error",
        "所管の系列にこの事象の規則がありません。",
        "Its home track has no rule on this event.",
        lambda process: ((event.id, event.home) for event in process.events
                         if not process.machine(event.home).on(event.id)),
    ),
)  # fmt: skip
