"""What a test of a policy says of a case; where it does not hold, the failure says why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from ..definition import UnknownId
from ..definition.arguments import argument, each
from ..definition.moments import Moment, read_day
from ..runtime import Case, Explanation, Refused
from ..runtime.calendar import moment
from ..scenarios.play import SEEABLE, seeable, visible

_NO_FACTS: Mapping[str, object] = {}


def assert_states(case: Case, **expected: str) -> None:
    """The machines stand in these states: `assert_states(case, custody="released")`."""
    argument("case", case, Case)
    found = {machine: case.state(machine) for machine in expected}
    for machine, state in expected.items():
        _known("state", state, {s.id: s for s in case.process.machine(machine).states})
    wrong = [f"{m} is {found[m]}, not {s}" for m, s in expected.items() if found[m] != s]
    assert not wrong, "\n".join([*wrong, *_story(case)])


def assert_refused(
    case: Case,
    event: str,
    *,
    by: str,
    at: Moment | None = None,
    facts: Mapping[str, object] = _NO_FACTS,
    code: str | Iterable[str] | None = None,
    because_of: str | Iterable[str] = (),
) -> Explanation:
    """The event cannot happen now, for exactly the reasons `code` (such as "no_consent"), and
    the reasons name all of `because_of`: facts, agencies, rules or limits."""
    argument("case", case, Case)
    try:
        case.step(event, by=by, at=case.at if at is None else at, facts=facts)
    except Refused as refused:
        explanation = refused.whole
    else:
        raise AssertionError("\n".join([f"{event} by {by} was accepted", *_story(case)]))
    said = explanation.text("en")
    if code is not None:
        wanted = _words("code", code)
        found = {reason.code.value for reason in explanation.reasons}
        assert found == wanted, f"refused as {sorted(found)}, not {sorted(wanted)}: {said}"
    named = {
        name
        for r in explanation.reasons
        for name in (*r.facts, *r.agencies, r.transition, r.deadline)
        if name
    }
    missing = _words("because_of", because_of) - named
    assert not missing, f"{sorted(missing)} is no reason; the reasons name {sorted(named)}: {said}"
    return explanation


def _words(name: str, given: str | Iterable[str]) -> set[str]:
    return {given} if isinstance(given, str) else set(each(name, given, str))


def assert_deadline(case: Case, deadline: str, until: Moment | None) -> None:
    """The limit runs until this day, or this moment (JST); None: it does not run."""
    argument("case", case, Case)
    case.process.deadline(deadline)
    clock = next((c for c in case.deadlines() if c.deadline.id == deadline), None)
    if until is None:
        assert clock is None, f"{deadline} runs until {clock and clock.last_day}"
        return
    assert clock is not None, "\n".join([f"{deadline} does not run", *_story(case)])
    then = moment(until, "until")
    if _is_day(until):
        assert clock.last_day == then.date(), f"{deadline} ends on {clock.last_day}, not {until}"
    else:
        assert clock.last == then, f"{deadline} ends at {clock.last}, not {until}"


def assert_sees(case: Case, agency: str, *ids: str) -> None:
    """The agency may see these facts and machines of the case, has learnt of these events, and sees
    these limits running, owed or missed."""
    visible = _visible(case, agency, ids)
    hidden = [id for id in ids if id not in visible]
    assert not hidden, f"withheld from {agency}: {hidden}"


def assert_hidden(case: Case, agency: str, *ids: str) -> None:
    """The agency sees nothing of these facts, machines, events and limits of the case."""
    visible = _visible(case, agency, ids)
    shown = [id for id in ids if id in visible]
    assert not shown, f"shown to {agency}: {shown}"


def assert_possible(case: Case, by: str, *events: str, at: Moment | None = None) -> None:
    """The agency may report these events now, or once the facts recorded with them are given."""
    argument("case", case, Case)
    for event in events:
        explanation = case.explain(event, by=by, at=at, whole=True)
        assert explanation.possible, f"{event} by {by}: {explanation.text('en')}"


def _visible(case: Case, agency: str, ids: tuple[str, ...]) -> frozenset[str]:
    argument("case", case, Case)
    _known("agency", agency, case.process.by_id["agency"])
    known = seeable(case.process)
    for id in ids:
        _known(SEEABLE, id, known)
    return visible(case, agency, ids)


def _known(kind: str | tuple[str, ...], id: str, known: Mapping[str, object]) -> None:
    if not isinstance(id, str) or id not in known:
        raise UnknownId(kind, id, known)


def _is_day(until: Moment) -> bool:
    if isinstance(until, str):
        return read_day(until) is not None
    return not isinstance(until, datetime)


def _story(case: Case) -> list[str]:
    """How the case came here: events and moments, no facts."""
    return ["The case so far:", *(f"  {r.at:%Y-%m-%d %H:%M}  {r.event}" for r in case.journal)]
