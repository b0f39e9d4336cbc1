"""What an app hands on: a form for each event, and a refusal as problem details."""

from __future__ import annotations

import json
import random
import re

import jsonschema
import pytest
from attrs import evolve

from diversion_flow import CallError, DiversionFlowError, LoadError, UnknownId, processes
from diversion_flow.definition import Kind, Language
from diversion_flow.definition.languages import LANGUAGES
from diversion_flow.desk import NoSuchCase, read_dossier
from diversion_flow.dossier import (
    Conflicting,
    EntryError,
    Said,
    first_digest,
    json_schema,
    problem,
    withdrawal,
)
from diversion_flow.store import (
    DamagedCase,
    EntryDiffers,
    StaleCase,
    StoredEntry,
    StoreRefused,
    memory_store,
)
from helpers.chance import value
from helpers.dossiers import LAW, NAMED, desk, entry

ODD = (
    None, True, -1, 0, 10**6, 2**70, "", "71", "2024-06-03", "2024-06-03\n", "20240603", "2024-02-30",
    "2024-06-03T09:00:00Z", "0001-01-01", "9999-12-31", [], ["no_such"],
)  # fmt: skip
KINDS = {fact.kind for fact in LAW.facts}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_form_of_an_event_takes_what_its_facts_can_be(lang: str) -> None:
    rnd, asked = random.Random(20261126), 0
    for event in LAW.events:
        form = json_schema(LAW, event.id, lang)  # type: ignore[arg-type]
        checker = jsonschema.Draft202012Validator(form, format_checker=jsonschema.FormatChecker())
        checker.check_schema(form)
        assert form["title"] == event.label.in_(lang)  # type: ignore[arg-type]
        for id in event.records:
            fact, asked = LAW.fact(id), asked + 1
            assert form["properties"][id]["title"] == fact.label.in_(lang)  # type: ignore[arg-type]
            checker.validate({id: value(fact, rnd)})
            for wrong in ([1.5], {}, "no such value"):
                assert not checker.is_valid({id: wrong})
                with pytest.raises(DiversionFlowError):
                    fact.parse(wrong)
            for odd in ODD:  # the library reads days that are written otherwise, too
                if checker.is_valid({id: odd}):
                    fact.parse(odd)
            if fact.kind is Kind.INTEGER and fact.maximum is not None:
                assert not checker.is_valid({id: fact.maximum + 1})
        assert not checker.is_valid({"nothing": 1})
    assert asked > 50
    assert len(KINDS) >= 4


def test_only_an_event_has_a_form() -> None:
    with pytest.raises(UnknownId):
        json_schema(LAW, "nothing")
    with pytest.raises(CallError):
        json_schema("entry_support", "arrested")  # type: ignore[arg-type]


def told(error: DiversionFlowError, lang: str = "ja") -> dict[str, object]:
    found = problem(error, lang)  # type: ignore[arg-type]
    assert json.loads(json.dumps(found)) == found
    return found


def test_a_refusal_tells_its_reasons_in_either_language() -> None:
    with pytest.raises(DiversionFlowError) as caught:
        desk().case.step("arrested", by="center", at="2024-06-06")
    ja, en = told(caught.value), told(caught.value, "en")
    assert (ja["type"], ja["status"], ja["event"]) == (
        "urn:diversion-flow:refused",
        409,
        "arrested",
    )
    assert ja["reasons"] != en["reasons"]
    with pytest.raises(DiversionFlowError) as other:
        desk().case.step("arrested", by="court", at="2024-06-06")
    again = told(other.value)
    assert (again["title"], again["type"]) == (ja["title"], ja["type"])  # the kind of problem
    assert again["detail"] != ja["detail"]
    codes = [reason["code"] for reason in ja["reasons"]]  # type: ignore[attr-defined]
    assert codes == [reason.code.value for reason in caught.value.reasons]  # type: ignore[attr-defined]
    assert "wrong_agency" in codes


def test_entries_that_would_not_hold_are_told_each() -> None:
    with pytest.raises(Conflicting) as caught:
        desk().record(
            withdrawal(
                desk().entry("arrested"), why=Said("x", recorded="2024-06-07", office="police")
            )
        )
    conflicts = told(caught.value)["conflicts"]
    assert [c["entry"] for c in conflicts] == ["requested", "detained"]  # type: ignore[attr-defined]
    assert all(c["reasons"] for c in conflicts)  # type: ignore[attr-defined]


def test_other_faults_have_their_status_and_field() -> None:
    cases = [
        (lambda: LAW.event("arested"), 404, None),
        (lambda: processes.in_force("entry_support", on="1900-01-01"), 422, None),
        (lambda: entry("a", "b", "2024-06-03", note="x" * 20_000), 422, "note"),
    ]
    for call, status, field in cases:
        with pytest.raises(DiversionFlowError) as caught:
            call()
        found = told(caught.value)
        assert (found["status"], found.get("field")) == (status, field)
    assert issubclass(EntryError, DiversionFlowError)


def test_of_what_a_store_cannot_its_owner_alone_is_told_why() -> None:
    cases: list[tuple[DiversionFlowError, int]] = [
        (StaleCase(3, 4, ("secret",)), 412),
        (DamagedCase(2), 500),
        (StoreRefused("store_server", why="57P01"), 500),
        (EntryDiffers("police:1"), 409),
        (NoSuchCase(), 404),
    ]
    for error, status in cases:
        found, owned = problem(error, "en", to="police"), problem(error, "en")
        assert (found["status"], owned["status"]) == (status, status)
        assert owned["detail"] == error.text("en")
        assert ("detail" in found) is (status in (404, 409))
        assert (found["type"] == "about:blank") is (status in (412, 500))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_an_app_or_its_framework_refuses_is_told_by_its_title(lang: Language) -> None:
    assert problem(412, lang) == problem(StaleCase(3, 4, ("secret",)), lang, to="police")
    titles = {status: problem(status, lang)["title"] for status in (400, 401, 403, 405, 428)}
    assert len(set(titles.values())) == len(titles)
    assert all(bool(re.search("[ぁ-ん]", title)) is (lang == "ja") for title in titles.values())
    assert problem(415, lang)["title"] == "Unsupported Media Type"  # by HTTP's name
    with pytest.raises(CallError):
        problem("412", lang)  # type: ignore[arg-type]


def test_what_was_kept_and_cannot_be_read_is_no_fault_of_who_asks() -> None:
    store = memory_store()
    heading = desk().heading.replace("entry_support", "entry_help")
    store.append("c1", 0, [StoredEntry(first_digest(heading), heading)], due=None)
    with pytest.raises(LoadError) as caught:
        read_dossier(store, "c1")
    assert told(caught.value)["status"] == 500


def test_no_value_of_a_fact_is_told() -> None:
    secret = "山田花子"
    with pytest.raises(Conflicting) as caught:
        desk().record(entry("consent_given", "prosecutor", "2024-06-08",
                            facts={next(iter(NAMED)): secret}))  # fmt: skip
    assert secret not in json.dumps(told(caught.value), ensure_ascii=False)


def test_what_cannot_be_recorded_tells_of_no_entry_that_was_not_named() -> None:
    gone = Said("x", recorded="2024-06-06T23:45", office="prosecutor", id="gone")
    dossier = desk().withdraw("flagged", gone)
    why = Said("x", recorded="2024-06-07", office="center")
    for named, attempt in {
        "early": lambda: dossier.record(
            entry("contacts_banned", "court", "2024-06-01", id="early")
        ),
        "flagged": lambda: dossier.withdraw("flagged", why),
        "flag": lambda: dossier.correct("flag", why),
        "none": lambda: dossier.record(withdrawal(evolve(dossier.entries[1], id="none"), why)),
    }.items():
        with pytest.raises(DiversionFlowError) as caught:
            attempt()
        others = {kept.id for kept in dossier.entries} - {named}
        for lang in LANGUAGES:
            told = str(problem(caught.value, lang, to="center"))
            assert re.findall("|".join((*others, "23:45")), told) == []


def test_an_office_learns_of_the_conflicts_of_its_own_entries_only() -> None:
    late = entry("police_released", "police", "2024-06-03T15:00", "2024-06-30")
    with pytest.raises(Conflicting) as caught:
        desk().record(late)
    owners = {conflict.id: conflict.entry.by for conflict in caught.value.conflicts}
    assert len(set(owners.values())) > 1
    for lang in ("ja", "en"):
        for agency in set(owners.values()):
            found = problem(caught.value, lang, to=agency)  # type: ignore[arg-type]
            own = [id for id, owner in owners.items() if owner == agency]
            assert [conflict["entry"] for conflict in found["conflicts"]] == own
            assert (found["others"], found["status"]) == (True, 409)
            assert not any(id in str(found) for id in owners.keys() - set(own))
        other = problem(caught.value, lang, to="center")  # type: ignore[arg-type]
        assert (other["status"], other["others"]) == (409, True)
        assert "conflicts" not in other
        assert not any(id in str(other) for id in owners)
