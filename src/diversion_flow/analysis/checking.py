"""All faults of a process, found without running a case: one question per function."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from operator import add

from ..definition import (
    ALWAYS,
    LANGUAGES,
    Basis,
    Deadline,
    Event,
    Guard,
    Language,
    OnEvent,
    Process,
    Text,
)
from ..definition.arguments import number_of
from ..definition.frozen import names_in
from ..definition.guard import ParameterIs
from ..definition.phrasing import phrasing
from ..definition.wording import value_text
from ..runtime.clause import whole_guard
from ..runtime.lapsing import circles
from .arguments import process_of
from .cells import KNOWN, NEVER, UNKNOWN, Cells, Cube, atoms, ground, question
from .days import asked_text
from .effort import EFFORT
from .findings import Finding, FindingCode
from .overlap import overlaps
from .paths import ending, rules_from
from .reach import Reach, reach


def check(process: Process, *, effort: int = EFFORT) -> tuple[Finding, ...]:
    """Every finding, in the process's own order; empty is good.

    Findings with severity "error" mean that a case can go wrong; each has a stable code. What takes
    more than `effort` nodes to say is a finding NOT_DECIDED, which names the rules concerned.
    """
    law, most = process_of(process, "process"), number_of("effort", effort)
    reached = reach(law) if most == EFFORT else Reach(law, most)
    return (
        *(finding for ask in _OF_WAYS for finding in ask(reached)),
        *_overlapping(reached, most),
        *(finding for ask in _OF_PARTS for finding in ask(law)),
    )


def _error(code: FindingCode, ids: tuple[str, ...], ja: str, en: str) -> Finding:
    return Finding(code, "error", ids, Text(ja, en))


def _warning(code: FindingCode, ids: tuple[str, ...], ja: str, en: str) -> Finding:
    return Finding(code, "warning", ids, Text(ja, en))


def unreachable_states(reached: Reach) -> Iterator[Finding]:
    """States that no case can come into."""
    for machine in reached.process.machines:
        for state in machine.states:
            if state.id not in reached.states[machine.id]:
                yield _error(
                    FindingCode.UNREACHABLE_STATE, (machine.id, state.id),
                    f"状態「{state.label.ja}」には到達できません。",
                    f"No case can come into the state '{state.label.en}'.",
                )  # fmt: skip


def dead_transitions(reached: Reach) -> Iterator[Finding]:
    """Transitions that can never fire."""
    process = reached.process
    for machine in process.machines:
        for transition in machine.transitions:
            if (machine.id, transition.id) not in reached.live:
                guard = reached.guards[machine.id, transition.id]
                if _switched_off(process, guard):
                    continue
                yield _error(
                    FindingCode.DEAD_TRANSITION, (machine.id, transition.id),
                    f"この遷移は起こりません(要件: {asked_text(process, guard, 'ja')})。",
                    f"This transition can never fire (needs: {asked_text(process, guard, 'en')}).",
                )  # fmt: skip


def _switched_off(process: Process, guard: Guard) -> bool:
    """Whether policy parameters alone rule the guard out: a choice, not a fault."""
    asks = any(isinstance(part, ParameterIs) for part in atoms(guard))
    return asks and ground(process, guard) == NEVER


def exits_from_final(process: Process) -> Iterator[Finding]:
    """Transitions that leave a final state."""
    for machine in process.machines:
        finals = {state.id for state in machine.states if state.final}
        for transition in machine.transitions:
            for source in transition.sources:
                if source in finals:
                    yield _error(
                        FindingCode.EXIT_FROM_FINAL, (machine.id, transition.id, source),
                        "終了状態から出る遷移です。", "This transition leaves a final state.",
                    )  # fmt: skip


def endless_states(reached: Reach) -> Iterator[Finding]:
    """States from which a machine that can end never ends."""
    for machine in reached.process.machines:
        if not any(state.final for state in machine.states):
            continue
        able = ending(machine, reached.live)
        for state in machine.states:
            if state.id in reached.states[machine.id] and state.id not in able:
                yield _error(
                    FindingCode.NO_WAY_TO_END, (machine.id, state.id),
                    f"「{state.label.ja}」から終了状態に行けません。",
                    f"From '{state.label.en}' no final state can be reached.",
                )  # fmt: skip


def undecided_rules(reached: Reach) -> Iterator[Finding]:
    """Transitions of which it takes too much effort to say whether they can ever fire."""
    for ids in reached.undecided:
        yield _warning(
            FindingCode.NOT_DECIDED, ids,
            "この遷移が起こり得るかどうかは、定められた探索量では判定できません。",
            "Whether this transition can ever fire was not decided: it takes more effort than "
            "was given.",
        )  # fmt: skip


def ambiguous_choices(process: Process) -> Iterator[Finding]:
    """Pairs of transitions of one machine that one event could fire at once."""
    found = _overlapping(reach(process), EFFORT)
    return (finding for finding in found if finding.code is FindingCode.AMBIGUOUS_CHOICE)


def _overlapping(reached: Reach, effort: int) -> Iterator[Finding]:
    process = reached.process
    for found in overlaps(reached, effort):
        ids = (found.machine.id, *(rule.id for rule in found.rules))
        if found.witness is None:
            yield _warning(
                FindingCode.NOT_DECIDED, ids,
                "これらの遷移が同時に成り立ち得るかどうかは、定められた探索量では判定できません。",
                "Whether two of these transitions can hold at once was not decided: it takes more "
                "effort than was given.",
            )  # fmt: skip
        else:
            ja, en = (_example(process, reached.cells, found.witness, lang) for lang in LANGUAGES)
            yield _error(
                FindingCode.AMBIGUOUS_CHOICE, ids,
                f"同時に成り立ちます(例: {ja})。", f"Both can hold at once (for example: {en}).",
            )  # fmt: skip


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


def unsupplied_facts(process: Process) -> Iterator[Finding]:
    """Facts that a rule asks for and no event records: only the opening could supply them."""
    recorded = {fact for event in process.events for fact in event.records}
    for fact, reader in _facts_read(process).items():
        if fact not in recorded:
            yield _warning(
                FindingCode.UNSUPPLIED_FACT, (fact, reader),
                "どの事象でも記録されない事実を要件が参照しています。",
                "A rule reads this fact, but no event records it.",
            )  # fmt: skip


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


def outdated_under_limits(process: Process) -> Iterator[Finding]:
    """Limits that may be running when an event outdates what they are counted by."""
    for limit in process.deadlines:
        for event in process.events:
            lost = [id for id in event.outdates if _counts_by(limit, event, id)]
            if lost and (_judges(limit, event) or _runs_on(process, limit, event)):
                yield _warning(
                    FindingCode.OUTDATED_UNDER_LIMIT, (limit.id, event.id, *lost),
                    "期限の進行中に、その計算の基礎となる事実の記録を、事象が失わせます。",
                    "The event outdates what the limit is counted by while it may be running.",
                )  # fmt: skip


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
    begins = isinstance(limit.start, OnEvent) and event.id in limit.start.events
    if begins or event.id in limit.met_by:
        return False
    return any(
        lasting.intersection(t.target for t in moving)
        or (event.home != machine.id and not any(t.guard == ALWAYS for t in moving))
        for state in lasting
        for moving in ([t for t in machine.leaving(state) if t.event == event.id],)
    )


def missing_labels(process: Process) -> Iterator[Finding]:
    """Texts that are not written in both languages."""
    for place, text in _texts(process, (process.id,)):
        for lang in text.missing:
            yield _error(
                FindingCode.MISSING_LABEL, (*place, lang),
                f"表示名({lang})がありません。", f"No label is written in {lang!r}.",
            )  # fmt: skip


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


def missing_basis(process: Process) -> Iterator[Finding]:
    """States, transitions and deadlines without a source."""
    for ids, bases in _cited(process):
        if not bases:
            yield _error(
                FindingCode.MISSING_BASIS,
                ids,
                "根拠が示されていません(basis に出典と条を書いてください)。",
                "No basis is cited (name a source and its article: basis).",
            )


def basis_not_in_force(process: Process) -> Iterator[Finding]:
    """Provisions that are not in force on any, or on every, day of this version."""
    for ids, bases in _cited(process):
        for basis in bases:
            if _after(basis.since, process.until) or _after(process.since, basis.until):
                yield _error(
                    FindingCode.BASIS_NOT_IN_FORCE, ids,
                    "根拠規定がこの版の期間に効力を持ちません。",
                    "The provision is never in force while this version is.",
                )  # fmt: skip


def _after(later: date | None, earlier: date | None) -> bool:
    return later is not None and earlier is not None and later > earlier


def states_without_holder(process: Process) -> Iterator[Finding]:
    """States that lie in nobody's hands."""
    for machine in process.machines:
        for state in machine.states:
            if state.holder is None:
                yield _error(
                    FindingCode.STATE_WITHOUT_HOLDER, (machine.id, state.id),
                    "担当する機関がありません(holder に書いてください)。",
                    "No agency holds this state (name one: holder).",
                )  # fmt: skip


def finals_without_outcome(process: Process) -> Iterator[Finding]:
    """Final states that do not say how the track ended."""
    for machine in process.machines:
        for state in machine.states:
            if state.final and state.outcome is None:
                yield _error(
                    FindingCode.FINAL_WITHOUT_OUTCOME, (machine.id, state.id),
                    "終了状態に結果がありません(outcome に書いてください)。",
                    "This final state has no outcome (say how it ends: outcome).",
                )  # fmt: skip


def deadlines_without_exit(process: Process) -> Iterator[Finding]:
    """Deadlines whose expiry leads nowhere, or whose owner may not report it."""
    for deadline in process.deadlines:
        stuck = [s for s in deadline.states if not _leaves(process, deadline, s)]
        if deadline.on_expiry and deadline.owner not in process.event(deadline.on_expiry).by:
            yield _error(
                FindingCode.DEADLINE_WITHOUT_EXIT, (deadline.id, deadline.owner),
                "期限を管理する機関が満了を報告できません。",
                "The owner of the deadline may not report its expiry.",
            )  # fmt: skip
        if stuck:
            yield _error(
                FindingCode.DEADLINE_WITHOUT_EXIT, (deadline.id, *stuck),
                "満了後の行き先がない状態があります。",
                "In these states nothing follows when the time runs out.",
            )  # fmt: skip


def endless_expiries(process: Process) -> Iterator[Finding]:
    """Limits that run out again and again, because none of them stops or is set anew."""
    for ids in circles(process):
        yield _error(
            FindingCode.ENDLESS_EXPIRY, ids,
            "満了しても期限が止まらず、改めて始まることもないため、満了が際限なく続きます。",
            "The limit neither stops nor starts anew when it runs out: it runs out for ever.",
        )  # fmt: skip


def _leaves(process: Process, deadline: Deadline, state: str) -> bool:
    """Whether the expiry (or, for an alert, anything at all) can happen in this state."""
    expiry = deadline.on_expiry
    home = deadline.machine if expiry is None else process.event(expiry).home
    return any(
        (expiry is None or event == expiry) and (home != deadline.machine or source == state)
        for source, event in rules_from(process, home)
    )


def events_without_reporter(process: Process) -> Iterator[Finding]:
    """Events that nobody may report."""
    for event in process.events:
        if not event.by:
            yield _error(
                FindingCode.EVENT_WITHOUT_REPORTER, (event.id,),
                "この事象を報告できる機関がありません。", "No agency may report this event.",
            )  # fmt: skip


def blind_reporters(process: Process) -> Iterator[Finding]:
    """Agencies that may report on a machine of which they are never told where it stands."""
    for event, agency in _blind(process):
        if agency not in process.event(event).unseen_by:
            yield _warning(FindingCode.BLIND_REPORTER, (event, agency), *map(add, _BLIND, _TO_SEE))


def blind_by_law(process: Process) -> Iterator[Finding]:
    """Those who report on a machine that they cannot see, where the law says that it is meant."""
    for event, agency in _blind(process):
        if agency in process.event(event).unseen_by:
            yield Finding(FindingCode.BLIND_REPORTER, "note", (event, agency), Text(*_BLIND))


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
    "この機関は事象を報告できますが、その状態機械がどこにあるかを知らされません。",
    "This agency may report the event, and is not told where its machine stands.",
)
_TO_SEE = (
    "状態機械の seen_by に書いてください。それが本来なら、事象の unseen_by に書いてください。",
    " Name it in the machine's seen_by or, where that is meant, in the event's unseen_by.",
)


def unused_events(process: Process) -> Iterator[Finding]:
    """Events on which the home machine never moves."""
    used = {(m.id, t.event) for m in process.machines for t in m.transitions}
    for event in process.events:
        if (event.home, event.id) not in used:
            yield _error(
                FindingCode.UNUSED_EVENT, (event.id, event.home),
                "所管の状態機械にこの事象の遷移がありません。",
                "Its home machine has no transition on this event.",
            )  # fmt: skip


_OF_WAYS = (
    unreachable_states,
    dead_transitions,
    endless_states,
    undecided_rules,
)
_OF_PARTS = (
    exits_from_final,
    unsupplied_facts,
    outdated_under_limits,
    missing_labels,
    missing_basis,
    basis_not_in_force,
    states_without_holder,
    finals_without_outcome,
    deadlines_without_exit,
    endless_expiries,
    events_without_reporter,
    blind_reporters,
    unused_events,
)
