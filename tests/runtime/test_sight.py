"""Need to know: an agency learns what its view shows, and nothing else from anything it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Case, DiversionFlowError, Refused, processes
from diversion_flow.definition import Fact, Kind
from diversion_flow.runtime import Code, Explanation, Record
from diversion_flow.runtime.journal import record
from diversion_flow.runtime.provision import provided_to, provisions
from diversion_flow.runtime.sight import sight
from diversion_flow.runtime.view import view
from diversion_flow.scenarios import shipped, story_names
from helpers.amounts import Amount
from helpers.stories import after, told

LAW = processes.in_force("entry_support", on="2024-06-03")
STORIES = [name for name in story_names() if shipped(name).process == "entry_support"]


@cache
def courses(name: str) -> tuple[Case, ...]:
    """Each case of the story at its end."""
    last = {played.step.case: played.after for played in told(name)}
    return tuple(last.values())


def seen(case: Case, agency: str) -> dict[tuple[str, str], object]:
    eyes = sight(case, agency)
    facts = {("fact", id): case.facts[id] for id in case.facts if id in eyes.facts}
    return facts | {("machine", id): case.states[id] for id in eyes.machines}


def steps(name: str) -> Iterator[tuple[Case | None, Case]]:
    for case in courses(name):
        path = list(reversed(list(case.snapshots())))
        yield from zip([None, *path[:-1]], path, strict=True)


@pytest.mark.parametrize("name", STORIES)
def test_whatever_becomes_visible_is_reported_or_leaves_a_provision(name: str) -> None:
    ways = 0
    for before, now in steps(name):
        entry = record(now)
        given = {(p.to, kind, id) for p in entry.provided
                 for kind, ids in (("fact", p.facts), ("machine", p.machines)) for id in ids}  # fmt: skip
        for agency in now.process.agencies:
            known = seen(before, agency.id) if before else {}
            for (kind, id), value in seen(now, agency.id).items():
                reported = (
                    entry.by == agency.id
                    and not entry.by_law
                    and (id in entry.facts or id in {m.machine for m in entry.moved})
                )
                opening = before is None and kind == "machine"
                if known.get((kind, id)) == value or reported or opening:
                    continue
                ways += 1
                assert (agency.id, kind, id) in given
    assert ways > 0


@pytest.mark.parametrize("name", STORIES[:3])
def test_what_one_agency_was_provided_with_is_its_part_of_the_whole(name: str) -> None:
    later = [case.advance(to=case.at + timedelta(days=1)) for case in courses(name)]
    for now in (*(now for _, now in steps(name)), *later):
        step = now._step or now
        step._told, agencies = None, [*(a.id for a in now.process.agencies), "nobody"]
        one_by_one = {agency: provided_to(now, agency) for agency in agencies}
        whole = provisions(now)
        assert one_by_one == {id: tuple(p for p in whole if p.to == id) for id in agencies}
        assert provisions(step) is whole


@pytest.mark.parametrize("name", STORIES[:3])
def test_what_an_agency_saw_of_a_step_stays_as_it_was_seen(name: str) -> None:
    *_, (_, last) = steps(name)
    agencies = [a.id for a in last.process.agencies]
    seen = {id: last.view(id).journal for id in agencies}
    for then in last.snapshots():
        then._told = None
    later = last.advance(to=last.at)
    assert {id: later.view(id).journal for id in agencies} == seen


@pytest.mark.parametrize("name", STORIES)
def test_nothing_is_provided_by_consent_while_consent_does_not_stand(name: str) -> None:
    for _, now in steps(name):
        consent = now.process.consent
        assert consent is not None
        if now.state(consent.machine) not in consent.states:
            assert not any(p.consent for p in record(now).provided)


@pytest.mark.parametrize("name", STORIES)
def test_a_provision_by_consent_goes_to_those_whom_the_person_named(name: str) -> None:
    for _, now in steps(name):
        named = now.facts.get("consent_recipients", frozenset())
        assert {p.to for p in record(now).provided if p.consent} <= set(named)  # type: ignore[arg-type]


def test_what_was_shown_before_a_withdrawal_stays_and_nothing_new_is_added() -> None:
    case = after("cs01", "interview_held")
    before, seen_before = (
        case.view("probation_office").journal,
        case.view("probation_office").states,
    )
    left = case.step("consent_withdrawn", by="person", at=case.at)
    assert left.view("probation_office").journal[: len(before)] == before
    assert "custody" in seen_before
    assert "custody" not in left.view("probation_office").states


# -- two cases that an agency cannot tell apart ------------------------------------------------


def values(fact: Fact) -> list[object]:
    if fact.kind is Kind.BOOLEAN:
        return [True, False]
    if fact.kind is Kind.INTEGER:
        return [fact.minimum, fact.maximum]
    if fact.kind is Kind.CHOICE:
        return [choice.id for choice in fact.choices]
    return ["2024-05-01", "2031-05-01"] if fact.kind is Kind.DATE else []


def again(case: Case, facts: Mapping[str, object], entries: Iterable[Record]) -> Case | None:
    """The same course with these facts known from the start, if it is the same course then."""
    twin = case.process.open(at=case.journal[0].at, facts=facts, id=case.id)
    try:
        for entry in entries:
            if entry.by_law:
                twin = twin.advance(to=entry.at)
            else:
                facts = dict(entry.facts)
                twin = twin.step(entry.event, by=entry.by, at=entry.at, facts=facts)
        twin = twin.advance(to=case.at)
    except Refused:
        return None
    same = [entry.event for entry in twin.journal] == [entry.event for entry in case.journal]
    return twin if same and twin.states == case.states else None


def other_fact(case: Case, rnd: Random) -> tuple[str, Case] | None:
    """A twin with one fact more, which was never recorded in the case, and that fact."""
    opening, *rest = case.journal
    fact = rnd.choice([f for f in case.process.facts if f.id not in case.facts and values(f)])
    twin = again(case, {**opening.facts, fact.id: rnd.choice(values(fact))}, rest)
    return (fact.id, twin) if twin else None


def other_value(case: Case, rnd: Random) -> tuple[str, Case] | None:
    """A twin in which a fact was recorded with another value, and that fact."""
    opening, *rest = case.journal
    number, entry = rnd.choice([*enumerate((opening, *rest))])
    fact = case.process.fact(rnd.choice([*entry.facts])) if entry.facts else None
    others = set(values(fact)) - {entry.facts[fact.id]} if fact else set()
    if fact is None or not others:
        return None
    path = [opening, *rest]
    path[number] = evolve(
        entry, facts={**entry.facts, fact.id: rnd.choice(sorted(others, key=str))}
    )
    twin = again(case, path[0].facts, path[1:])
    return (fact.id, twin) if twin else None


def other_machine(case: Case, rnd: Random) -> tuple[str, Case] | None:
    """A twin in which one machine more has moved, and that machine."""
    for event in rnd.sample(case.enabled(), len(case.enabled())):
        by = case.process.event(event).by
        if by:
            twin = case.step(event, by=by[0], at=case.at)
            moved = [m.machine for m in record(twin).moved]
            if len(moved) == 1:
                return moved[0], twin
    return None


def blind(case: Case, twin: Case, item: str) -> Iterator[str]:
    """The agencies that never saw that fact or machine and did not report the step."""
    for agency in case.process.agencies:
        sights = (sight(then, agency.id) for then in (*case.snapshots(), twin))
        told = any(r.by == agency.id and item in r.facts for r in twin.journal)
        told = told or twin._by == agency.id
        if not told and not any(item in s.facts | s.machines for s in sights):
            yield agency.id


def answers(case: Case, agency: str, at: datetime) -> Iterator[tuple[str, Explanation]]:
    for event in case.process.events:
        yield event.id, case.explain(event.id, by=agency, at=at)


@pytest.mark.again
@pytest.mark.parametrize("other", [other_fact, other_machine, other_value])
def test_cases_that_an_agency_cannot_tell_apart_are_told_alike(other: Any, amount: Amount) -> None:
    rnd, asked, withheld = Random(20241), 0, 0
    for name in STORIES:
        for case in courses(name):
            then = rnd.choice(list(case.snapshots()))
            found = other(then, rnd)
            for agency in blind(then, found[1], found[0]) if found else ():
                if rnd.random() * 20 < amount(8, 3):
                    assert view(then, agency) == view(found[1], agency)
                    mine = answers(then, agency, then.at)
                    for (event, one), (_, two) in zip(
                        mine, answers(found[1], agency, then.at), strict=True
                    ):
                        if (one.allowed, one.possible) == (two.allowed, two.possible):
                            asked += 1
                            withheld += any(r.code is Code.WITHHELD for r in one.reasons)
                            assert one == two, (agency, event)
                            assert one.text("ja") == two.text("ja")
                    event = rnd.choice(then.process.events).id
                    mine, theirs = (refusal(c, agency, event) for c in (then, found[1]))
                    assert mine == theirs or "" in (mine, theirs)
    assert asked > 500
    assert withheld > 10


def refusal(case: Case, agency: str, event: str) -> str:
    """What the agency is told when it reports the event in vain; nothing where it may."""
    try:
        case.step(event, by=agency, at=case.at)
    except DiversionFlowError as error:
        return f"{error!r} {error} {error.text('ja')} {error.args}"
    return ""


def test_the_owner_is_told_the_whole_and_the_reporter_what_it_sees() -> None:
    case = after("cs01", "interview_held")
    with pytest.raises(Refused) as refused:
        case.step("judged", by="court", at=case.at)
    whole = {r.machine for r in refused.value.whole.reasons}
    assert whole >= {r.machine for r in refused.value.reasons}
    for agency in ("provider", "municipality"):
        told = case.explain("adjustment_started", by=agency)
        shown = set(sight(case, agency).machines)
        assert {r.machine for r in told.reasons if r.machine} <= shown


def test_what_happens_by_law_was_reported_by_nobody_and_is_provided_to_the_limits_owner_too() -> (
    None
):
    owned = 0
    for name in STORIES:
        for _, now in steps(name):
            entry = record(now)
            if entry.by_law:
                owner = entry.by
                seen_moving = {m.machine for m in entry.moved} & sight(now, owner).machines
                owned += bool(seen_moving)
                given = {m for p in entry.provided if p.to == owner for m in p.machines}
                assert seen_moving <= given
    assert owned > 0


def test_how_far_the_desk_has_advanced_a_case_is_told_to_no_agency() -> None:
    case = after("cs01", "interview_held")
    further = case.advance(to=case.at + timedelta(hours=1))
    asked = {"by": "probation_office", "at": case.at + timedelta(minutes=1)}
    assert further.states == case.states
    told = [r.moment for r in further.explain("consultation_opened", **asked).reasons]
    assert further.at not in told
    whole = further.explain("consultation_opened", **asked, whole=True).reasons
    assert further.at in {r.moment for r in whole}
