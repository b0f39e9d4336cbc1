"""What a holder answers the person: as the Act wants it of a public body, a business and a court,
and never more than the holder sees."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from attrs import evolve

from diversion_flow import CallError, DiversionFlowError, UnknownId
from diversion_flow.definition import Language, Mark
from diversion_flow.desk import (
    HOLDERS,
    Disclosure,
    Holder,
    StopOfUse,
    disclose,
    keep_dossier,
    look,
    reads,
    report_correction,
    report_stop_of_use,
)
from diversion_flow.dossier import Dossier, Entry, EntryKind, Irregular, Said
from diversion_flow.store import memory_store
from helpers.dossiers import entries_of
from helpers.small import PROCESS
from helpers.told import LAW, NOW, TOLD

CRIMINAL = ("custody", "procedure", "aftercare", "offence")
CENTER = {"center": Holder.PRIVATE}
AGENCIES = {agency.id: Holder.PRIVATE for agency in LAW.in_force(NOW).agencies} | HOLDERS


def answer(agency: str) -> Disclosure:
    return disclose(TOLD, agency, at=NOW, asked="2024-12-02", outside=CRIMINAL, holders=AGENCIES)


def provisions(report: Disclosure) -> set[str]:
    return {right.provision for right in report.rights}


# -- what the law asks -----------------------------------------------------------------------------


def test_a_public_body_decides_in_thirty_days_and_its_criminal_data_lie_outside() -> None:
    report = answer("prosecutor")
    assert report.holder is Holder.PUBLIC
    assert {"76(1)", "82", "83(1)", "83(2)", "124(1)", "69"} <= provisions(report)
    until = {right.provision: str(right.until) for right in report.rights if right.until}
    assert until == {"83(1)": "2025-01-01", "83(2)": "2025-01-31"}
    assert {held.id for held in report.held if held.outside} == set(CRIMINAL)
    assert report.recorded == frozenset()


def test_a_business_discloses_without_delay_and_its_records_of_provision_too() -> None:
    report = answer("center")
    assert report.holder is Holder.PRIVATE
    assert provisions(report) == {
        "33(1)", "33(2)", "33(3)", "33(5)", "29(1), 29(2)", "30(1), 30(3), 30(4)", "21, 25",
    }  # fmt: skip
    assert not any(right.until for right in report.rights)
    assert not any(held.outside for held in report.held)


def test_a_court_is_neither() -> None:
    report = answer("court")
    assert provisions(report) == {"2(8), 16(2)(i)"}
    assert report.held
    assert all(held.outside for held in report.held)


def test_a_record_is_wanted_from_one_business_to_another_by_consent_only() -> None:
    report = answer("center")
    assert {saw.agency for saw in report.recorded if saw.by == "center"} >= {"provider"}
    for saw in report.recorded:
        assert saw.consent
        assert {AGENCIES[saw.by], AGENCIES[saw.agency]} == {Holder.PRIVATE}
    rest = [saw for saw in report.given if saw not in report.recorded]
    assert any(saw.consent and AGENCIES[saw.agency] is Holder.PUBLIC for saw in rest)
    assert any(not saw.consent and AGENCIES[saw.agency] is Holder.PRIVATE for saw in rest)


def test_what_was_not_read_in_the_act_says_so() -> None:
    marks = {
        r.provision: r.mark for a in ("prosecutor", "center", "court") for r in answer(a).rights
    }
    assert marks["124(1)"] is marks["83(1)"] is Mark.READ
    assert marks["33(5)"] is marks["21, 25"] is Mark.KNOWN
    for lang in ("ja", "en"):
        for right in answer("center").rights:
            assert ("〔" in right.cited(lang) or "[" in right.cited(lang)) is (
                right.mark is not Mark.READ
            )


# -- never more than the holder sees ---------------------------------------------------------------


@pytest.mark.parametrize("agency", sorted(AGENCIES))
def test_a_report_says_no_more_than_the_view(agency: str) -> None:
    view = TOLD.case.advance(to=NOW).view(agency)
    report = answer(agency)
    assert {h.id: h.value for h in report.held} == {**view.facts, **view.states}
    shown = {(row.at, row.event, row.by) for row in view.journal}
    for saw in report.received:
        assert saw.agency == agency
        assert not saw.by or (saw.at, saw.event, saw.by) in shown
    known = set(view.facts) | set(view.states)
    known |= {id for row in view.journal for id in (*row.facts, *(m.machine for m in row.moved))}
    for saw in report.given:
        assert saw.by == agency != saw.agency
        assert {*saw.facts, *saw.machines} <= known
        assert saw.facts or saw.machines or saw.told


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_report_can_be_read_and_sent(lang: Language) -> None:
    report = answer("prosecutor")
    told = json.loads(json.dumps(report.data(lang), allow_nan=False))
    text = report.text(lang)
    for row in told["held"]:
        assert f"{row['label']}: {row['value']}" in text
    assert all(right["cited"] in text and right["text"] in text for right in told["rights"])
    assert len(text.splitlines()) > len(told["held"]) + len(told["received"]) + len(told["given"])
    assert re.findall(r"[a-z]+_[a-z_]+", text) == []  # words, no ids
    assert "theft" not in repr(report)


# -- corrections -----------------------------------------------------------------------------------

WHY = Said("the other box was ticked", recorded=NOW, office="police", id="mended")
ARRESTED = next(entry for entry in TOLD.entries if entry.event == "arrested")
MENDED = TOLD.correct(ARRESTED.id, WHY, facts={"offence": "fraud"})


def test_a_correction_tells_what_was_changed_and_who_had_seen_it_as_it_was() -> None:
    report = report_correction(
        MENDED, "police", ARRESTED.id, asked="2024-08-30", disclosed="2024-08-01"
    )
    assert [(c.id, c.before, c.after) for c in report.changed] == [("offence", "theft", "fraud")]
    assert (report.by, report.withdrawn, report.recorded) == ("mended", False, NOW)
    wanted = {
        p.to for row in TOLD.case.journal for p in row.provided
        if "offence" in p.facts or row.event == "arrested"
    } - {"police"}  # fmt: skip
    assert {saw.agency for saw in report.recipients} == wanted
    assert "center" in wanted  # by consent, ten days later
    until = {right.provision: str(right.until) for right in report.rights if right.until}
    assert until == {"90(1), 90(3)": "2024-10-30", "94(1)": "2024-09-29", "94(2)": "2024-10-29"}
    assert {"97", "70", "124(1)"} <= {right.provision for right in report.rights}
    assert "theft" not in repr(report) + repr(report.changed)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_that_another_agency_had_reported_it_is_a_change_too(lang: Language) -> None:
    given = next(entry for entry in TOLD.entries if entry.event == "consent_given")
    after = TOLD.correct(given.id, WHY, by="counsel")
    report = report_correction(after, "prosecutor", given.id, asked="2024-08-30")
    assert [(c.id, c.before, c.after) for c in report.changed] == [("by", "prosecutor", "counsel")]
    assert [(c["before"], c["after"]) for c in report.data(lang)["changed"]] == [
        tuple(TOLD.case.process.agency(id).label.in_(lang) for id in ("prosecutor", "counsel"))
    ]


def test_who_had_looked_is_told_without_the_user() -> None:
    store = memory_store()
    keep_dossier(store, TOLD, 0)
    look(store, TOLD, "center", user="sato", at=NOW - timedelta(hours=2))
    look(store, TOLD, "counsel", user="ito", at=NOW + timedelta(hours=2))
    report = report_correction(
        MENDED, "police", ARRESTED.id, asked="2024-08-30", looks=reads(store, "c")
    )
    looked = [saw for saw in report.recipients if saw.how == "read"]
    assert [(saw.agency, saw.facts, saw.user) for saw in looked] == [("center", ("offence",), "")]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_where_a_case_was_when_its_record_began_is_a_change_too(lang: Language) -> None:
    begun = Entry(
        kind=EntryKind.OPENING, id="begun", happened="2024-06-05", recorded="2024-06-05",
        office="police", reason="taken over", states={"custody": "arrested"},
        since={"custody": "2024-06-04T10:00", "arrested": "2024-06-04T10:00"},
    )  # fmt: skip
    store = memory_store()
    keep_dossier(store, dossier := Dossier("c", LAW).record(begun), 0)
    look(store, dossier, "prosecutor", user="sato", at="2024-06-05T09:00")
    mended = evolve(
        begun, id="mended", supersedes="begun", reason="she was free", recorded="2024-06-06",
        states={}, since={},
    )  # fmt: skip
    report = report_correction(
        dossier.record(mended), "police", "begun", asked="2024-08-30", looks=reads(store, "c")
    )
    assert [(c.id, c.before and str(c.before)[:10], c.after) for c in report.changed] == [
        ("states.custody", "arrested", None),
        ("since.arrested", "2024-06-04", None),
        ("since.custody", "2024-06-04", None),
    ]
    custody = LAW.in_force(NOW).machine("custody")
    state, *_ = told = report.data(lang)["changed"]
    assert (state["label"], state["before"]) == (
        custody.label.in_(lang), custody.state("arrested").label.in_(lang),
    )  # fmt: skip
    assert not any("." in change["label"] or "_" in change["label"] for change in told)
    assert [(s.agency, s.how, s.machines) for s in report.recipients if s.how == "read"] == [
        ("prosecutor", "read", ("custody",))
    ]


def test_a_withdrawal_takes_everything_back() -> None:
    dossier = Dossier("c", LAW).record(*TOLD.entries[:2])
    after = dossier.withdraw(
        ARRESTED.id, Said("of another person", recorded=NOW, office="police", id="gone")
    )
    report = report_correction(after, "police", ARRESTED.id, asked="2024-08-30")
    assert report.withdrawn
    assert {(c.id, c.after) for c in report.changed} == {
        ("event", None), ("happened", None), ("by", None), ("offence", None),
    }  # fmt: skip
    assert report.recipients
    assert not any(saw.stands for saw in report.recipients)
    assert "その後訂正・取消し" in report.text("ja")
    assert "corrected or withdrawn since" in report.text("en")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_correction_can_be_read_in_the_words_of_its_holder(lang: Language) -> None:
    entry = Entry(
        kind=EntryKind.EVENT, id="told", event="center_consulted", by="counsel", office="counsel",
        happened="2024-06-10T10:00", recorded="2024-06-10T10:05",
    )  # fmt: skip
    dossier = Dossier("c", LAW).record(*TOLD.entries[:6], entry)
    moved = dossier.correct(
        "told",
        Said("the hour was wrong", recorded=NOW, office="counsel", id="m"),
        happened="2024-06-10T11:00",
    )
    report = report_correction(moved, "counsel", "told", asked="2024-08-30")
    assert {right.provision for right in report.rights} == {"34(1), 34(2)", "34(3)"}
    text, told = report.text(lang), report.data(lang)
    assert "2024-06-10T10:00:00+09:00 → 2024-06-10T11:00:00+09:00" in text
    assert json.loads(json.dumps(told))["reason"] == "the hour was wrong"
    assert ("日時" if lang == "ja" else "when it happened") in text


# -- stop of use -----------------------------------------------------------------------------------


def stop(agency: str, dossier: Dossier = TOLD, **given: object) -> StopOfUse:
    given = {"at": NOW, "asked": "2024-12-02", "holders": AGENCIES} | given
    return report_stop_of_use(dossier, agency, **given)  # type: ignore[arg-type]


def test_a_public_body_is_asked_within_ninety_days_and_decides_in_thirty() -> None:
    report = stop("police", disclosed="2024-11-01", outside=["custody"])
    until = {right.provision: str(right.until) for right in report.rights if right.until}
    assert until == {"98(3)": "2025-01-30", "102(1)": "2025-01-01", "102(2)": "2025-01-31"}
    assert {r.provision for r in report.rights} - until.keys() == {
        "124(1)", "98(1)(i)", "98(1)(ii)", "100", "101(1), 101(2)", "103",
    }  # fmt: skip
    assert [held.id for held in report.held if held.outside] == ["custody"]
    assert not [right for right in stop("police").rights if right.until and "98" in right.provision]


def test_a_business_stops_without_delay_what_is_no_longer_needed_too() -> None:
    assert [right.provision for right in stop("center").rights] == [
        "35(1), 35(2)", "35(3), 35(4)", "35(5), 35(6)", "35(7)",
    ]  # fmt: skip
    assert [right.provision for right in stop("court").rights] == ["2(8), 16(2)(i)"]


@pytest.mark.parametrize("agency", ["police", "center", "counsel"])
def test_a_stop_of_use_reaches_what_a_disclosure_tells(agency: str) -> None:
    report, told = (
        stop(agency),
        disclose(TOLD, agency, at=NOW, asked="2024-12-02", holders=AGENCIES),
    )
    assert (report.held, report.received, report.given) == (told.held, told.received, told.given)
    assert all(saw.consent or saw.basis for saw in (*report.received, *report.given))
    assert report.doubt == {}


def test_what_is_shown_on_no_ground_is_in_doubt() -> None:
    age = evolve(PROCESS.fact("age"), seen_by=("worker", "partner"), seen_with_consent=())
    law = evolve(PROCESS, facts=(age, *PROCESS.facts[1:]))
    case = law.open(at="2024-06-03T10:00", facts={"age": 70}, id="c1")
    case = case.step("helped", by="worker", at="2024-06-03T11:00")
    dossier = Dossier("c1", law).record(*entries_of(case))
    report = stop("partner", dossier, holders={"partner": Holder.PUBLIC})
    (shown,) = report.received
    assert (shown.facts, report.doubt) == (("age",), {shown: "no_ground"})
    assert "neither consent nor a ground is told" in report.text("en")


def test_what_was_handed_on_against_the_rules_is_in_doubt() -> None:
    late = Entry(
        kind=EntryKind.EVENT, event="referred", by="police", office="police", id="late",
        happened=ARRESTED.happened + timedelta(hours=49), recorded=NOW, reason="forgotten",
        irregular=Irregular("custody.referral_in_custody", responsible="police"),
    )  # fmt: skip
    upto = TOLD.entries.index(ARRESTED) + 1
    dossier = Dossier("c", LAW).record(*TOLD.entries[:upto], late)
    report = stop("police", dossier, at=late.happened)
    doubted = [saw for saw, doubt in report.doubt.items() if doubt == "irregular"]
    assert {saw.agency for saw in doubted} >= {"prosecutor"}
    assert {(saw.at, saw.event) for saw in doubted} == {(late.happened, "referred")}
    for lang, said in (("ja", "規則に反する"), ("en", "against the rules")):
        text = report.text(lang)  # type: ignore[arg-type]
        assert text.count(said) == len(doubted)
        assert "forgotten" not in text
        assert json.loads(json.dumps(report.data(lang), allow_nan=False))["given"]  # type: ignore[arg-type]


# -- what is wrong ---------------------------------------------------------------------------------


def test_an_agency_of_which_nobody_says_as_what_it_holds() -> None:
    with pytest.raises(UnknownId, match="center"):
        disclose(TOLD, "center", at=NOW, asked="2024-12-02")
    report = disclose(TOLD, "center", at=NOW, asked="2024-12-02", holders={"center": Holder.PUBLIC})
    assert "76(1)" in provisions(report)


def test_calls_that_are_wrong() -> None:
    with pytest.raises(UnknownId, match="s3cret"):
        disclose(TOLD, "police", at=NOW, asked="2024-12-02", outside=["s3cret"])
    with pytest.raises(CallError):
        disclose(TOLD, "police", at=NOW, asked="2024-12-02", holders={"police": "public"})  # type: ignore[dict-item]
    with pytest.raises(DiversionFlowError, match="stands"):
        report_correction(TOLD, "police", ARRESTED.id, asked="2024-08-30")
    with pytest.raises(CallError):
        report_correction(MENDED, "police", [ARRESTED.id], asked="2024-08-30")  # type: ignore[arg-type]
    with pytest.raises(CallError):
        report_correction(MENDED, "police", ARRESTED.id, asked="2024-08-30", looks="c")  # type: ignore[arg-type]
    with pytest.raises(UnknownId):  # another office's entry is none of its own
        report_correction(MENDED, "center", ARRESTED.id, asked="2024-08-30", holders=CENTER)
    court = report_correction(
        MENDED, "police", ARRESTED.id, asked="2024-08-30", holders={"police": Holder.COURT}
    )
    assert [right.provision for right in court.rights] == ["2(8), 16(2)(i)"]


@pytest.mark.parametrize(
    ("asked", "disclosed", "code"),
    [
        ("9999-12-31", None, "moment_year"),
        ("2024-12-02", "9999-12-31", "moment_year"),
        ("2024-12-02", "2024-12-03", "asked_early"),
    ],
)
def test_days_of_which_nothing_can_be_counted(asked: str, disclosed: str | None, code: str) -> None:
    for report in (
        lambda: report_stop_of_use(TOLD, "police", at=NOW, asked=asked, disclosed=disclosed),
        lambda: report_correction(MENDED, "police", ARRESTED.id, asked=asked, disclosed=disclosed),
    ):
        with pytest.raises(CallError) as refused:
            report()
        assert refused.value.code == code
    with pytest.raises(CallError):
        disclose(TOLD, "police", at=NOW, asked="9999-12-31")
