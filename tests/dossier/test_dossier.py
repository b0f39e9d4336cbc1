"""A dossier as a desk uses it: late, corrected, withdrawn, irregular, sent twice."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import CallError, DiversionFlowError, UnknownId, processes, replay
from diversion_flow.dossier import (
    Conflicting,
    Dossier,
    Entry,
    EntryError,
    EntryKind,
    Irregular,
    Said,
    correction,
    dump_dossier,
    load_dossier,
    withdrawal,
)
from diversion_flow.runtime import Code
from helpers.dossiers import COURSE, LAW, desk, entry, opening
from helpers.small import NAMED, over_at_once

LATER: dict[str, Any] = {"recorded": "2024-06-07T09:00", "office": "prosecutor", "user": "abe"}
NO_CENTER: dict[str, Any] = {
    "transition": "consent.consent", "responsible": "prosecutor",
    "why": Said("the paper does not name the Center", **LATER),
}  # fmt: skip


def events(dossier: Dossier) -> list[str]:
    return [held.entry.event or held.entry.kind.value for held in dossier.held]


def refused(dossier: Dossier, *entries: Entry) -> Conflicting:
    with pytest.raises(Conflicting) as caught:
        dossier.record(*entries)
    return caught.value


# -- what is kept --------------------------------------------------------------------------------


def test_the_case_is_what_the_entries_say() -> None:
    case = LAW.open(at="2024-06-03", facts={"age": 71}, id="c1")
    for row in COURSE[1:]:
        case = case.step(row.event, by=row.by, at=row.happened, facts=dict(row.facts))
    assert desk().case == case
    assert [held.case for held in desk().held][-1] == case
    assert len(desk().held) == len(COURSE)


def test_what_happened_late_takes_its_place() -> None:
    """At noon the police enter what happened at eleven, after counsel's entry of twelve."""
    dossier = desk().record(
        entry("aftercare_informed", "prosecutor", "2024-06-06T12:00"),
        entry("contacts_banned", "court", "2024-06-06T11:00", "2024-06-06T12:30"),
    )
    assert events(dossier)[-2:] == ["contacts_banned", "aftercare_informed"]
    assert [row.event for row in dossier.case.journal][-2:] == events(dossier)[-2:]
    assert dossier.as_known(on="2024-06-06T12:10").state("contacts") == "none"
    assert dossier.as_known(on="2024-06-06").state("contacts") == "banned"


def test_what_no_longer_holds_is_told_before_anything_is_kept() -> None:
    released = entry("police_released", "police", "2024-06-03T15:00", "2024-06-07", id="late")
    found = desk().consequences(released)
    assert [conflict.id for conflict in found.conflicts] == ["requested", "detained"]
    assert [r.code for r in found.conflicts[0].reasons] == [Code.NO_TRANSITION]
    assert found.case is not None
    assert found.case.state("custody") == "release_due"
    error = refused(desk(), released)
    assert [c.text() for c in error.conflicts] == [c.text() for c in found.conflicts]
    assert error.consequences.case == found.case
    assert "requested" in error.text("ja")
    assert "detained" in str(error)
    assert "釈放すべき" in found.conflicts[0].text("ja")
    settled = desk().record(
        released,
        withdrawal(
            desk().entry("detained"), why=Said("never", recorded="2024-06-07", office="court")
        ),
        withdrawal(
            desk().entry("requested"), why=Said("no", recorded="2024-06-07", office="court")
        ),
    )
    assert settled.case == found.case


def test_what_happens_by_law_is_worked_out_anew() -> None:
    """A referral that is entered late removes the release that followed from its absence."""
    opened = Dossier("c1", LAW).record(*COURSE[:2])
    released = opened.record(entry("residence_applied", "person", "2024-06-06"))
    assert "custody_limit_passed" in [row.event for row in released.case.journal]
    late = entry("referred", "police", "2024-06-04T10:00", "2024-06-06T09:00")
    requested = entry("detention_requested", "prosecutor", "2024-06-05T09:00", "2024-06-06T09:00",
                      facts={"detention_ground": "flight"})  # fmt: skip
    found = released.consequences(late, requested)
    assert [row.event for row in found.vanishing] == ["custody_limit_passed"]
    assert (found.arising, found.conflicts) == ((), ())
    assert released.record(late, requested).case.state("custody") == "detention_requested"


def test_a_command_sent_twice_is_one_entry() -> None:
    again = evolve(COURSE[6], recorded="2024-06-08")
    assert desk().record(again, COURSE[6]) == desk()
    with pytest.raises(EntryError) as caught:
        desk().record(evolve(again, note="another"))
    assert caught.value.code == "entry_other"
    one = entry("contacts_banned", "court", "2024-06-06T11:00")
    twin = entry("contacts_banned", "court", "2024-06-06T11:00", "2024-06-06T14:00")
    other = entry("contacts_banned", "court", "2024-06-06T11:01")
    assert one.id == twin.id != other.id
    assert len(desk().record(one, twin).entries) == len(COURSE) + 1


def test_entries_of_one_moment_keep_their_place() -> None:
    at = "2024-06-06T11:00"
    banned = entry("contacts_banned", "court", at)
    lifted = entry("contacts_allowed", "court", at)
    assert desk().record(banned, lifted).case.state("contacts") == "none"
    assert [c.id for c in refused(desk(), lifted, banned).conflicts] == [lifted.id]
    placed = (evolve(lifted, place=2), evolve(banned, place=1))
    assert desk().record(*placed).case.state("contacts") == "none"


def test_what_the_law_brings_about_comes_before_the_next_entry_of_that_moment() -> None:
    """Who tells late what sets a limit running finds it over: its end comes first, whoever writes
    next in the same minute, in whatever order they write."""
    at, law = "2024-07-01", over_at_once()
    told = entry("consented", "worker", at, facts={**NAMED["facts"], "content": True}, place=1)
    then = entry("withdrawn", "worker", at, place=2)
    begun = Dossier("c", law).record(
        opening(at="2024-06-03", facts={"age": 70}), entry("helped", "worker", "2024-06-04")
    )
    dossier = begun.record(told, then)
    assert [row.event for row in dossier.case.journal][2:] == ["consented", "lapsed", "withdrawn"]
    by_hand = begun.record(told).case.advance(to=at).step("withdrawn", by="worker", at=at)
    assert dossier.case == by_hand == replay(law, dossier.case.journal, "c")
    assert begun.consequences(then, told).case == dossier.case
    assert load_dossier(dump_dossier(dossier)).case == dossier.case
    lapsed = entry("lapsed", "worker", at)  # which the law has brought about already
    (conflict,) = refused(begun, told, lapsed).conflicts
    assert [reason.code for reason in conflict.reasons] == [Code.NOT_YET, Code.FINAL_STATE]


# -- corrected and withdrawn -----------------------------------------------------------------------


def test_a_correction_stands_in_for_what_it_corrects() -> None:
    dossier = desk().correct("opened", facts={"age": 64}, why=Said("date of birth", **LATER))
    assert dossier.case.facts["age"] == 64
    assert dossier.entry("opened") == COURSE[0]
    assert dossier.entries[-1].corrects
    assert dossier.entries[-1].supersedes == "opened"
    assert dossier.as_known(on="2024-06-06").facts["age"] == 71
    assert len(dossier.entries) == len(COURSE) + 1
    again = dossier.correct(dossier.entries[-1].id, facts={"age": 65}, why=Said("again", **LATER))
    assert again.case.facts["age"] == 65


def test_a_correction_keeps_the_place_of_what_it_corrects() -> None:
    at = "2024-06-06T11:00"
    dossier = desk().record(
        entry("contacts_banned", "court", at, id="ban"), entry("contacts_allowed", "court", at)
    )
    after = dossier.correct("ban", Said("the number", note="paper 12", **LATER))
    assert events(after) == events(dossier)
    assert after.case == dossier.case


def test_what_is_withdrawn_does_not_hold() -> None:
    dossier = desk().withdraw("flagged", why=Said("another person", **LATER))
    assert dossier.case.state("adjustment") == "none"
    assert dossier.as_known(on="2024-06-06").state("adjustment") == "candidate"
    with pytest.raises(EntryError) as caught:
        dossier.correct("flagged", why=Said("x", **LATER))
    assert caught.value.code == "entry_superseded"
    with pytest.raises(EntryError) as withdrawn:
        dossier.withdraw(dossier.entries[-1].id, why=Said("x", **LATER))
    assert withdrawn.value.code == "entry_withdraws"


def test_what_was_withdrawn_and_holds_after_all_is_recorded_anew() -> None:
    """Never silently taken for what was recorded before."""
    anew = entry("candidate_flagged", "prosecutor", "2024-06-05T11:00", "2024-06-08")
    dossier = desk().withdraw("flagged", why=Said("another person", **LATER)).record(anew)
    assert dossier.case == desk().case
    again = dossier.withdraw(anew.id, why=Said("x", **(LATER | {"recorded": "2024-06-09"})))
    with pytest.raises(EntryError) as caught:
        again.record(evolve(anew, recorded="2024-06-10"))
    assert caught.value.code == "entry_over"
    assert again.record(evolve(anew, recorded="2024-06-10", id="anew")).case == desk().case
    assert again.record(desk().entry("flagged")) == again  # a command of that id, sent once more


def test_a_moment_out_of_reach_is_told_by_the_field_of_the_entry() -> None:
    far = entry("police_released", "police", "9998-01-01", "9998-01-02")
    [conflict] = refused(desk(), far).conflicts
    assert conflict.text("en").startswith("'happened' lies outside the time")


def test_what_rests_on_a_withdrawn_entry_is_a_conflict() -> None:
    error = refused(desk(), withdrawal(desk().entry("arrested"), why=Said("x", **LATER)))
    assert [conflict.id for conflict in error.conflicts] == ["requested", "detained"]


def test_without_an_opening_there_is_no_case() -> None:
    with pytest.raises(EntryError, match="no entry opens"):
        _ = Dossier("c1", LAW).case
    assert refused(Dossier("c1", LAW), COURSE[1]).conflicts[0].why.code == "entry_not_opened"
    twice = refused(desk(), opening(id="again", recorded="2024-06-07"))
    assert [c.why.code for c in twice.conflicts] == ["entry_opened"]
    gone = Dossier("c1", LAW).record(COURSE[0]).withdraw("opened", why=Said("x", **LATER))
    with pytest.raises(EntryError, match="no entry opens") as opened_by_mistake:
        _ = gone.case
    assert all("desk.erase" in opened_by_mistake.value.text(lang) for lang in ("ja", "en"))
    assert Dossier("c1", LAW).consequences().case is None


# -- irregular -------------------------------------------------------------------------------------


def test_a_consent_paper_that_does_not_name_the_center() -> None:
    dossier = desk().make_irregular("consent", **NO_CENTER)
    assert dossier.case.state("consent") == "given"
    assert set(dossier.case.marked) == {"consent"}
    assert [e.supersedes for e in dossier.irregular] == ["consent"]
    told = [row.irregular for row in dossier.case.journal if row.irregular]
    assert [(t.transition, t.responsible) for t in told] == [("consent.consent", "prosecutor")]
    assert replay(LAW, dossier.case.journal, "c1") == dossier.case
    assert desk().as_known(on="2024-06-06") == dossier.as_known(on="2024-06-06")


def test_all_is_known_by_the_end_of_the_last_day() -> None:
    for day in (date.max, "9999-12-31"):
        assert desk().known(on=day) == desk()


def test_what_holds_only_because_of_it_says_so() -> None:
    """A referral in hour 49: the lapse of hour 48 stays, and what follows rests on it."""
    referral = entry("referred", "police", "2024-06-05T11:00", id="hour_49", reason="forgotten",
                     irregular=Irregular("custody.referral_in_custody", "police"))  # fmt: skip
    requested = evolve(
        COURSE[3], happened="2024-06-05T15:00", recorded="2024-06-05T15:00", id="next"
    )
    dossier = Dossier("c1", LAW).record(*COURSE[:2], referral, requested)
    assert [row.event for row in dossier.case.journal] == [
        "opened", "arrested", "custody_limit_passed", "referred", "detention_requested",
    ]  # fmt: skip
    assert dossier.rests == {"next": ("hour_49",)}
    assert "custody" not in dossier.case.marked  # the request has moved it by the rules
    assert desk().rests == {}


def test_an_irregular_consent_makes_nothing_lawful() -> None:
    """Whatever hands data over on consent does so no more, or is refused."""
    irregular, handed = desk().make_irregular("consent", **NO_CENTER), 0
    for id, work in desk().case.worklist().items():
        for event in work.enabled:
            one = entry(event, id, "2024-06-08T10:00")
            handed += any(p.consent for p in desk().record(one).case.journal[-1].provided)
            case = irregular.consequences(one).case
            assert case is not None
            assert not any(p.consent for p in case.journal[-1].provided)
    assert handed > 3


def test_what_was_recorded_wrong_can_be_made_irregular_together_with_what_is_late() -> None:
    error = refused(desk(), entry("police_released", "police", "2024-06-03T15:00", "2024-06-07"))
    assert len(error.conflicts) == 2
    requested = correction(desk().entry("requested"), Said("after release", **LATER),
                           irregular=Irregular("custody.detention_request", "prosecutor"))  # fmt: skip
    late = entry("police_released", "police", "2024-06-03T15:00", "2024-06-07")
    dossier = desk().record(late, requested)
    assert dossier.case.state("custody") == "detained_suspect"
    assert dossier.rests["detained"] == (requested.id,)


# -- what cannot be said ---------------------------------------------------------------------------

AT: dict[str, Any] = {"happened": "2024-06-03", "recorded": "2024-06-03"}


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"kind": EntryKind.EVENT, "event": "arrested"}, "entry_needs", "by"),
        ({"kind": EntryKind.OPENING, "by": "police"}, "entry_says", "by"),
        ({"kind": EntryKind.WITHDRAWAL, "supersedes": "x"}, "entry_reason", "reason"),
        ({"kind": EntryKind.WITHDRAWAL, "reason": "x"}, "entry_needs", "supersedes"),
        ({"kind": EntryKind.WITHDRAWAL, "supersedes": "x", "reason": "x", "facts": {"a": 1}},
         "entry_says", "facts"),
        ({"kind": EntryKind.OPENING, "states": {"custody": "arrested"}}, "entry_reason", "reason"),
        ({"kind": EntryKind.OPENING, "recorded": "2024-06-02"}, "entry_future", "happened"),
        ({"kind": EntryKind.OPENING, "note": "x" * 10_001}, "entry_long", "note"),
        ({"kind": EntryKind.OPENING, "user": "x" * 201}, "entry_long", "user"),
        ({"kind": EntryKind.OPENING, "note": "\ud800"}, "half_character", "note"),
        ({"kind": EntryKind.OPENING, "id": " "}, "entry_id", "id"),
        ({"kind": EntryKind.OPENING, "id": "a\nb"}, "entry_id", "id"),
        ({"kind": EntryKind.OPENING, "facts": [1]}, "entry_pairs", "facts"),
        ({"kind": EntryKind.OPENING, "facts": (("a", 1), ("a", 2))}, "entry_twice", "facts"),
        ({"kind": EntryKind.OPENING, "facts": {"a": 1.5}}, "entry_value", "facts"),
        ({"kind": EntryKind.OPENING, "facts": {"a": 10**18}}, "entry_value", "facts"),
        ({"kind": EntryKind.EVENT, "place": 10**18}, "no_number", "place"),
        ({"kind": EntryKind.EVENT, "place": True}, "wrong_type", "place"),
        ({"kind": EntryKind.OPENING, "facts": {str(n): n for n in range(1001)}}, "entry_many", "facts"),
        ({"kind": EntryKind.OPENING, "references": ["a"] * 1001}, "entry_many", "references"),
        ({"kind": EntryKind.EVENT, "event": "a", "by": "b", "reason": "x",
          "irregular": Irregular("a.b", " ")}, "entry_needs", "irregular.responsible"),
        ({"kind": EntryKind.EVENT, "event": "a", "by": "b", "irregular": Irregular("a.b", "c")},
         "entry_reason", "reason"),
    ],
)  # fmt: skip
def test_an_entry_says_what_its_kind_says(said: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(EntryError) as caught:
        Entry(**(AT | said))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert caught.value.text("ja") != str(caught.value)


@pytest.mark.parametrize(
    "said",
    [
        {"kind": "opening"},
        {"happened": 3},
        {"office": 3},
        {"place": "1"},
        {"references": "abc"},
        {"irregular": "x"},
        {"facts": {1: 2}},
        {"since": {"a": 1}},
        {"to": LAW.id},
    ],
)
def test_an_argument_of_another_kind_is_said(said: dict[str, Any]) -> None:
    with pytest.raises(CallError):
        Entry(**({"kind": EntryKind.OPENING} | AT | said))


def test_what_could_not_have_been_recorded_is_no_dossier() -> None:
    with pytest.raises(EntryError) as caught:
        desk().record(entry("contacts_banned", "court", "2024-06-01"))
    assert caught.value.code == "entry_recorded_backwards"
    with pytest.raises(EntryError) as caught:
        Dossier("c1", LAW, (*COURSE, COURSE[-1]))
    assert caught.value.code == "entry_doubled"
    with pytest.raises(UnknownId):
        desk().withdraw("nothing", why=Said("x", **LATER))
    with pytest.raises(UnknownId):
        desk().record(correction(entry("a", "b", "2024-06-07", id="gone"), why=Said("x", **LATER)))
    for wrong in ({"id": 1}, {"law": "x"}, {"entries": (1,)}):
        with pytest.raises(CallError):
            Dossier(**({"id": "c", "law": LAW} | wrong))  # type: ignore[arg-type]


def test_entries_that_hold_no_more_are_told_when_the_case_is_asked() -> None:
    """As when a dossier is read under a law that has been mended."""
    old = Dossier("c1", processes.in_force("entry_support", on="2022-06-03"), COURSE)
    with pytest.raises(Conflicting) as caught:
        _ = old.case
    assert caught.value.conflicts


def test_nothing_of_what_it_says_is_shown() -> None:
    secret = "山田花子"
    dossier = desk().record(
        entry("contacts_banned", "court", "2024-06-06", note=secret, references=[secret])
    )
    assert secret not in repr(dossier) + repr(dossier.entries) + repr(dossier.held)
    assert repr(desk()) == "<Dossier c1, 8 entries>"
    wrong = entry("consent_given", "prosecutor", "2024-06-08", facts={"consent_recipients": secret})
    error = refused(desk(), wrong)
    for said in (error.text("ja"), str(error), repr(error), repr(error.consequences),
                 *(c.text("ja") + repr(c) for c in error.conflicts)):  # fmt: skip
        assert secret not in said
    assert isinstance(error.conflicts[0].why, DiversionFlowError)
    assert error.conflicts[0].reasons == ()


def test_a_dossier_is_a_value() -> None:
    again = pickle.loads(pickle.dumps(desk()))
    assert (again, hash(again)) == (desk(), hash(desk()))
    assert again.case == desk().case
    assert desk() != Dossier("c2", LAW, COURSE)


def test_a_case_that_begins_midway() -> None:
    taken = Entry(
        kind=EntryKind.OPENING, **AT, office="center", reason="taken over",
        states={"custody": "arrested"},
        since={"custody": "2024-06-02T22:00", "arrested": "2024-06-02T22:00"},
    )  # fmt: skip
    case = Dossier("c1", LAW).record(taken).case
    assert str(case.deadlines()[0].last) == "2024-06-04 22:00:00+09:00"
    assert taken.happened.date() == date(2024, 6, 3)
