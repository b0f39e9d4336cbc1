"""Need to know: an agency learns what its view shows, and nothing else from anything it is told."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from diversion_flow import Case, processes
from diversion_flow.definition import Fact, Kind
from diversion_flow.runtime.journal import record
from diversion_flow.runtime.sight import sight
from diversion_flow.runtime.view import view
from diversion_flow.scenarios import names, play, shipped
from helpers.stories import after

LAW = processes.in_force("entry_support", on="2024-06-03")
STORIES = [name for name in names() if shipped(name).process == "entry_support"]


@cache
def courses(name: str) -> tuple[Case, ...]:
    """Each case of the story at its end."""
    last = {played.step.case: played.after for played in play(shipped(name))}
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
                reported = entry.by == agency.id and (
                    id in entry.facts or id in {m.machine for m in entry.moved}
                )
                opening = before is None and kind == "machine"
                if known.get((kind, id)) == value or reported or opening:
                    continue
                ways += 1
                assert (agency.id, kind, id) in given
    assert ways > 0


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
    before, seen_before = case.view("probation_office").journal, case.view("probation_office").states
    left = case.step("consent_withdrawn", by="person", at=case.at)
    assert left.view("probation_office").journal[: len(before)] == before
    assert "custody" in seen_before
    assert "custody" not in left.view("probation_office").states


def other_values(fact: Fact) -> list[object]:
    if fact.kind is Kind.BOOLEAN:
        return [True, False]
    if fact.kind is Kind.INTEGER:
        return [fact.minimum, fact.maximum]
    if fact.kind is Kind.CHOICE:
        return [choice.id for choice in fact.choices][:2]
    return ["2024-05-01", "2031-05-01"] if fact.kind is Kind.DATE else []


def twins(case: Case) -> Iterator[tuple[str, Case]]:
    """The same course, with one fact known from the start that was never recorded in it."""
    opening, *rest = case.journal
    never = [f for f in case.process.facts if f.id not in case.facts]
    for fact in never:
        for value in other_values(fact):
            twin = case.process.open(at=opening.at, facts={**opening.facts, fact.id: value}, id=case.id)  # type: ignore[dict-item]
            for entry in rest:
                if twin is not None:
                    twin = _same(twin, entry)
            if twin is not None and twin.states == case.states:
                yield fact.id, twin


def _same(case: Case, entry: object) -> Case | None:
    from diversion_flow import Refused

    try:
        return case.step(entry.event, by=entry.by, at=entry.at, facts=dict(entry.facts))  # type: ignore[attr-defined]
    except Refused:
        return None


def hidden(case: Case, agency: str, fact: str) -> bool:
    return all(fact not in sight(then, agency).facts for then in case.snapshots())


@pytest.mark.parametrize("name", ["cs01", "cs06"])
def test_two_cases_that_differ_in_a_hidden_fact_are_told_alike(name: str) -> None:
    compared = 0
    for case in courses(name):
        for fact, twin in twins(case):
            for agency in (a.id for a in case.process.agencies if hidden(case, a.id, fact)):
                compared += 1
                assert view(case, agency) == view(twin, agency)
    assert compared > 100
