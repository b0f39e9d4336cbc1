"""The law's history: every day has one version, and each change begins on its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from diversion_flow import Process, check, processes, replay
from diversion_flow.definition import LawGap, UnknownId, Variant
from diversion_flow.definition.wording import guard_text
from helpers.stories import after, go

FIRST, LAST = date(2009, 1, 1), date(2030, 12, 31)


@pytest.mark.parametrize("name", processes.names())
def test_every_day_has_exactly_one_law(name: str) -> None:
    versions = processes.versions(name)
    day = max(FIRST, versions[0].since or FIRST)
    while day <= LAST:
        law = [v for v in versions if v.since and v.since <= day and (v.until or LAST) >= day]
        assert law == [processes.in_force(name, on=day)]
        day += timedelta(days=1)


@pytest.mark.parametrize(("name", "day"), [("entry_support", "2008-05-31"),
                                           ("special_coordination", "2009-03-31")])  # fmt: skip
def test_a_day_without_law_is_a_clear_error(name: str, day: str) -> None:
    with pytest.raises(LawGap, match=f"no version of {name} is in force on {day}; shipped") as told:
        processes.in_force(name, on=day)
    first = date.fromisoformat(day) + timedelta(days=1)
    assert f"shipped from {first} on (" in str(told.value)  # no version but the first is passed by


@pytest.mark.parametrize("process", processes.versions("entry_support"), ids=repr)
def test_every_version_is_sound(process: Process) -> None:
    assert check(process) == ()


def law(day: str) -> Process:
    return processes.in_force("entry_support", on=day)


def machines(process: Process) -> set[str]:
    return set(process.by_id["machine"])


def condition(process: Process, machine: str, rule: str) -> str:
    return guard_text(process, process.machine(machine).transition(rule).guard, "en")


def test_october_2013_brings_prior_adjustment() -> None:
    eve, day = law("2013-09-30"), law("2013-10-01")
    assert machines(day) - machines(eve) == {"adjustment", "bridging"}
    assert "office_takes_part" in day.by_id["parameter"]


def test_april_2015_makes_it_nationwide_with_an_explanation_before_consent() -> None:
    eve, day = law("2015-03-31"), law("2015-04-01")
    assert "trial" in condition(eve, "adjustment", "start")
    assert "trial" not in condition(day, "adjustment", "start")
    assert condition(eve, "consent", "consent") == "always"
    assert "told that consent does not affect the disposition" in condition(
        day, "consent", "consent"
    )


def test_april_2021_brings_the_center() -> None:
    eve, day = law("2021-03-31"), law("2021-04-01")
    assert machines(day) - machines(eve) == {"support"}
    assert (eve.main_machine, day.main_machine) == ("aftercare", "support")


def test_december_2023_brings_the_veto_and_longer_aftercare() -> None:
    eve, day = law("2023-11-30"), law("2023-12-01")
    assert set(day.by_id["event"]) - set(eve.by_id["event"]) >= {"prosecutor_opinion"}
    months = [p.parameter("extension_months_other").value for p in (eve, day)]
    assert months == [12, 24]


def test_june_2025_names_the_sentence_by_the_day_of_the_offence_and_keeps_it_in_effect() -> None:
    eve, day = law("2025-05-31"), law("2025-06-01")
    words = [p.fact("sentence").choices[4].label.en for p in (eve, day)]
    assert ("kokin" in words[0], "choeki" in words[1]) == (False, True)
    assert [p.parameter("second_suspension_months").value for p in (eve, day)] == [12, 24]
    added = {t.id for t in day.machine("procedure").transitions}
    added -= {t.id for t in eve.machine("procedure").transitions}
    assert added == {"further_offence_in_final_suspended", "further_offence_in_final_probation",
                     "continued_effect", "end_of_effect"}  # fmt: skip


def test_a_running_case_goes_on_under_the_later_law() -> None:
    case = after("cs01", "indicted")
    later = law("2025-06-01")
    moved = replay(later, case.journal, case.id)
    assert moved.process is later
    assert moved.states == case.states
    assert moved.enabled(at="2025-06-02") != ()


PLACED = [(v.place, max(v.since or FIRST, FIRST)) for v in processes.variants("entry_support")]


@pytest.mark.slow
@pytest.mark.sampled(every=6)
@pytest.mark.parametrize(("place", "day"), PLACED)
def test_every_place_is_sound_under_every_law_since_its_first_day(place: str, day: date) -> None:
    starts = [p.since for p in processes.versions("entry_support") if p.since and p.since > day]
    for start in (day, *starts):
        local = processes.in_force("entry_support", on=start, place=place)
        assert check(local) == ()
        assert local.since
        assert local.since <= start


@pytest.mark.parametrize("variant", processes.variants("entry_support"), ids=repr)
def test_every_place_cites_its_source(variant: Variant) -> None:
    local = processes.in_force("entry_support", on=variant.since, place=variant.place)
    national = processes.in_force("entry_support", on=variant.since)
    assert local != national
    differs = [(p.machines, p.main_route, p.events) for p in (local, national)]
    assert differs[0] != differs[1]
    assert variant.label.missing == ()


def test_a_place_before_its_first_day_and_an_unknown_place_say_so() -> None:
    with pytest.raises(LawGap, match=r"osaka has no rule of its own .* shipped from 2021-08-01"):
        processes.in_force("entry_support", on="2021-07-31", place="osaka")
    with pytest.raises(UnknownId, match="nearest: osaka"):
        processes.in_force("entry_support", on="2024-06-03", place="oosaka")


ENTRY = {"prioritised_subject": "expected", "po_regards_as_elderly": False}
ASKED = [
    # place, day, what is recorded with the request, may the Center be asked?
    (None, "2024-06-14", {"disability": "suspected", "age": 64}, False),
    ("osaka", "2024-06-14", {"disability": "suspected", "age": 64}, True),
    (None, "2024-06-14", {"disability": "none", "age": 64, "po_regards_as_elderly": True}, True),
    ("osaka", "2024-06-14", {"disability": "none", "age": 64, "po_regards_as_elderly": True}, False),
    ("osaka", "2024-06-14", {"disability": "none", "age": 65}, True),
    ("osaka", "2024-06-14", {"disability": "none", "age": 65, "wishes_support": False}, False),
    ("osaka", "2024-06-14", {"disability": "mental", "age": 40, "prioritised_subject": "equivalent"}, True),
    ("ehime", "2024-06-14", {"disability": "mental", "age": 40}, False),
]  # fmt: skip


@pytest.mark.parametrize(("place", "day", "facts", "asked"), ASKED)
def test_who_may_come_to_the_center(
    place: str | None, day: str, facts: dict[str, object], asked: bool
) -> None:
    case = after("cs01", "adjustment_started")
    here = processes.in_force("entry_support", on=day, place=place)
    moved = replay(here, case.journal)
    recorded = {**ENTRY, "wishes_support": True, **facts}
    known = set(here.event("center_requested").records)
    said = moved.explain(
        "center_requested", by="probation_office", whole=True, at=f"{day}T11:00",
        facts={k: v for k, v in recorded.items() if k in known},
    )  # fmt: skip
    assert said.allowed is asked, said.text("en")


def test_osaka_takes_the_elderly_from_april_2022_only() -> None:
    eve = processes.in_force("entry_support", on="2022-03-31", place="osaka")
    day = processes.in_force("entry_support", on="2022-04-01", place="osaka")
    asked = [p.machine("support").transition("request").guard.mentions() for p in (eve, day)]
    assert [("fact", "age") in mentioned for mentioned in asked] == [False, True]


def test_tottori_takes_those_who_are_neither_elderly_nor_disabled() -> None:
    tottori = processes.in_force("entry_support", on="2024-01-24", place="tottori")
    free = replay(tottori, after("cs04", "released").journal)
    asked = go(
        free, ("consent_explained", "prosecutor", "2024-01-24T11:00",
               {"caveat_given": True, "onward_sharing_explained": True}),
    )  # fmt: skip
    consented = go(
        asked, ("consent_given", "person", "2024-01-24T11:10", {"consent_recipients": ["center"]})
    )
    facts = {"age": 40, "disability": "none", "po_regards_as_elderly": False}
    line = {"event": "prefectural_line_opened", "by": "center", "at": "2024-01-24T12:00"}
    assert consented.step(**line, facts=facts).state("support") == "accepted"
    refused = consented.explain(**line, whole=True, facts={"age": 70, "disability": "none"})
    assert [r.code.value for r in refused.reasons] == ["condition_false"]
    for case in (asked, replay(tottori, after("cs04", "disposed").journal)):
        assert not case.explain(**line, facts=facts).allowed  # not without consent, nor held


def test_akashi_takes_a_minor_theft_by_a_resident_found_by_the_police() -> None:
    case = after("cs13", "referred")
    here = replay(
        processes.in_force("entry_support", on="2024-11-01", place="akashi"), case.journal
    )
    facts = {"disability": "dementia", "returns_to_city": True}
    moved = here.step("local_referral", by="police", at="2024-11-02T10:00", facts=facts)
    assert moved.state("local_support") == "referred"
    far = here.explain("local_referral", by="police", whole=True, at="2024-11-02T10:00",
                       facts=facts | {"returns_to_city": False})  # fmt: skip
    assert [r.facts for r in far.reasons] == [("returns_to_city",)]


def test_a_lawyer_may_accompany_in_fukuoka_only_after_release() -> None:
    held = after("cs11", "judged")
    free = after("cs11", "released")
    fukuoka = processes.in_force("entry_support", on="2024-06-20", place="yorisoi_fukuoka")
    facts = {"lives_in_area": True}
    for case, allowed in ((held, False), (free, True)):
        said = replay(fukuoka, case.journal).explain(
            "lawyer_appointed", by="bar_association", whole=True, at="2024-06-21T09:00", facts=facts
        )
        assert said.allowed is allowed


def test_what_becomes_of_running_cases_rests_on_what_was_read() -> None:
    """Act 68 of 2022 holds the transitional rules of the amendments of 2023 and 2025."""
    said = {
        law.version: (rule.note, [(b.law, b.mark.value) for b in rule.basis])
        for law, (rule,) in zip(
            processes.versions("entry_support")[1:],
            processes.history("entry_support").amendments,
            strict=True,
        )
    }
    assert said["KOKIN_2025_06"] == (None, [("act_68_2022", "read")])
    assert said["ACT_2023_12"][1] == [("act_68_2022", "inferred")]
    assert [bases for _, bases in list(said.values())[:3]] == [[], [], []]


@pytest.mark.parametrize("name", processes.names())
def test_a_version_is_had_by_its_name(name: str) -> None:
    shipped = processes.versions(name)
    assert [processes.get(name, version=p.version) for p in shipped] == list(shipped)
    assert processes.get(name) is shipped[-1]
    with pytest.raises(UnknownId, match=shipped[0].version):
        processes.get(name, version=shipped[0].version.lower())
