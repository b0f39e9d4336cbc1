"""What a wrong call is told: an error of our own, with a code, in both languages, that names no
value of the caller's; never a foreign one, and before anything else is asked."""

from __future__ import annotations

import copy
import enum
import pickle
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Case, Refused, processes, replay
from diversion_flow.definition import (
    CallError,
    Choice,
    DiversionFlowError,
    Fact,
    FactError,
    Kind,
    LawGap,
    UnknownId,
)
from diversion_flow.runtime import ReplayError
from diversion_flow.runtime.calendar import day_of, is_rest_day, limit, moment, next_working_day
from diversion_flow.testing import StoppedClock
from helpers.small import PROCESS, T

AT = "2024-06-03T10:00"
SECRET = "Kobayashi 97"
CASE = PROCESS.open(at=AT, facts={"age": 70}, id="A-1")
OPENED = CASE.journal[0]
get: Callable[..., Any] = processes.get
in_force: Callable[..., Any] = processes.in_force
variant: Callable[..., Any] = processes.variant


def step(**changes: Any) -> Callable[[], Case]:
    call = {"event": "helped", "by": "worker", "at": AT, **changes}
    return lambda: CASE.step(call.pop("event"), **call)


def open_(**changes: Any) -> Callable[[], Case]:
    return lambda: PROCESS.open(**{"at": AT, **changes})


WRONG: list[tuple[type[DiversionFlowError], Callable[[], Any]]] = [
    (UnknownId, step(by="polise")),
    (UnknownId, step(by=None)),
    (UnknownId, step(by="polise", at=None)),
    (UnknownId, step(by="polise", facts={"nothing": 1})),
    (UnknownId, step(event="helpd")),
    (UnknownId, step(event=None)),
    (CallError, step(event=["helped"])),
    (CallError, step(by=["worker"])),
    (CallError, step(by={"worker"})),
    (CallError, step(by=7)),
    (CallError, step(at=None)),
    (CallError, step(at=5)),
    (CallError, step(at=True)),
    (CallError, step(at=SECRET)),
    (CallError, step(at="9 o clock")),
    (CallError, step(at="")),
    (CallError, step(at="2024-06-03T25:00")),
    (CallError, step(facts=["age"])),
    (CallError, step(facts=[])),
    (CallError, step(facts="age")),
    (CallError, step(facts=("age", 70))),
    (UnknownId, step(facts={"agee": 70})),
    (UnknownId, step(facts={7: 70})),
    (UnknownId, step(facts={("age",): 70})),
    (FactError, step(facts={"age": SECRET})),
    (FactError, step(facts={"content": True})),
    (CallError, open_(at=None)),
    (CallError, open_(at=SECRET)),
    (CallError, open_(id=None)),
    (CallError, open_(id=5)),
    (CallError, open_(facts=[("age", 70)])),
    (UnknownId, open_(facts={"agee": 70})),
    (FactError, open_(facts={"age": SECRET})),
    (UnknownId, lambda: CASE.enabled("polise")),
    (UnknownId, lambda: CASE.enabled("")),
    (CallError, lambda: CASE.enabled(["worker"])),  # type: ignore[arg-type]
    (CallError, lambda: CASE.enabled(at="soon")),
    (UnknownId, lambda: CASE.possible("polise")),
    (CallError, lambda: CASE.possible(["worker"])),  # type: ignore[arg-type]
    (CallError, lambda: CASE.worklist(at="soon")),
    (UnknownId, lambda: CASE.explain("helpd", by="worker")),
    (UnknownId, lambda: CASE.explain("helped", by="polise")),
    (UnknownId, lambda: CASE.explain("helped", by=None)),  # type: ignore[arg-type]
    (CallError, lambda: CASE.explain("helped", by="worker", facts=["age"])),  # type: ignore[arg-type]
    (CallError, lambda: CASE.explain("helped", by="worker", at="soon")),
    (UnknownId, lambda: CASE.view("polise")),
    (UnknownId, lambda: CASE.view(None)),  # type: ignore[arg-type]
    (CallError, lambda: CASE.view(["worker"])),  # type: ignore[arg-type]
    (UnknownId, lambda: CASE.state("mian")),
    (CallError, open_(id="half\ud800")),
    (CallError, lambda: CASE.state(["main"])),  # type: ignore[arg-type]
    (UnknownId, lambda: CASE.facts["agee"]),
    (UnknownId, lambda: CASE.facts[7]),  # type: ignore[index]
    (DiversionFlowError, lambda: CASE.facts["content"]),
    (CallError, lambda: CASE.advance(to=None)),  # type: ignore[arg-type]
    (CallError, lambda: CASE.advance(to="2024-06-02")),
    (CallError, lambda: replay(None, ())),  # type: ignore[arg-type]
    (CallError, lambda: replay(PROCESS, None)),  # type: ignore[arg-type]
    (CallError, lambda: replay(PROCESS, [{"event": "opened"}])),  # type: ignore[list-item]
    (CallError, lambda: replay(PROCESS, ["opened"])),  # type: ignore[list-item]
    (CallError, lambda: replay(PROCESS, [OPENED], at="soon")),
    (ReplayError, lambda: replay(PROCESS, [])),
    (ReplayError, lambda: replay(PROCESS, [OPENED, OPENED])),
    (ReplayError, lambda: replay(PROCESS, [OPENED], id=5)),  # type: ignore[arg-type]
    (ReplayError, lambda: replay(PROCESS, [evolve(OPENED, at=None)])),
    (ReplayError, lambda: replay(PROCESS, [evolve(OPENED, facts=["age"])])),
    (ReplayError, lambda: replay(PROCESS, [OPENED, evolve(OPENED, event=["helped"])])),
    (UnknownId, lambda: get("entry_suport")),
    (UnknownId, lambda: get("entry_support", version="1999")),
    (CallError, lambda: get(["entry_support"])),
    (CallError, lambda: get("entry_support", version=3)),
    (UnknownId, lambda: in_force("entry_suport", on="2024-06-03")),
    (CallError, lambda: in_force(None, on="2024-06-03")),
    (CallError, lambda: in_force("entry_support", on=None)),
    (CallError, lambda: in_force("entry_support", on=20240603)),
    (CallError, lambda: in_force("entry_support", on="June")),
    (CallError, lambda: in_force("entry_support", on="2024-06-03", place=["osaka"])),
    (UnknownId, lambda: in_force("entry_support", on="2024-06-03", place="")),
    (LawGap, lambda: in_force("entry_support", on="1999-06-03")),
    (LawGap, lambda: in_force("entry_support", on="2010-06-03", place="osaka")),
    (LawGap, lambda: get("entry_support").open(at="2008-06-03")),
    (UnknownId, lambda: processes.versions("entry_suport")),
    (CallError, lambda: processes.versions({})),  # type: ignore[arg-type]
    (CallError, lambda: processes.amendments(7)),  # type: ignore[arg-type]
    (CallError, lambda: processes.variants(None)),  # type: ignore[arg-type]
    (CallError, lambda: processes.places(None)),  # type: ignore[arg-type]
    (CallError, lambda: variant("entry_support", None, on="2024-06-03")),
    (CallError, lambda: limit(moment(AT), -1, "days")),
    (CallError, lambda: limit(moment(AT), 1, "fortnights")),
    (CallError, lambda: limit(moment(AT), 10**9, "days")),
    (CallError, lambda: is_rest_day(date(1900, 1, 4))),
    (CallError, lambda: next_working_day(date(9999, 12, 31))),
    (CallError, lambda: StoppedClock(SECRET)),
    (CallError, lambda: StoppedClock(AT).forward(days=-1)),
    (CallError, lambda: StoppedClock(AT).forward(days=10**12)),
    (CallError, lambda: StoppedClock(AT).forward(hours="1")),  # type: ignore[arg-type]
    (CallError, lambda: StoppedClock(AT).set("2024-06-01")),
]


@pytest.mark.parametrize(("kind", "call"), WRONG, ids=[str(n) for n in range(len(WRONG))])
def test_a_wrong_call_is_told_in_both_languages(
    kind: type[DiversionFlowError], call: Callable[[], Any]
) -> None:
    with pytest.raises(kind) as caught:
        call()
    error = caught.value
    assert error.code != "own"
    assert error.text("ja") != error.text("en") == str(error)
    assert SECRET not in f"{error.text('ja')}{error!s}{error!r}{error.args}"
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(again) is type(error)
        assert str(again) == str(error)


def test_a_refusal_comes_back_with_its_reasons() -> None:
    with pytest.raises(Refused) as caught:
        CASE.step("finished", by="partner", at=AT)
    error = caught.value
    again = pickle.loads(pickle.dumps(error))
    assert (again.code, str(again), again.reasons) == ("refused", str(error), error.reasons)
    assert again.text("ja") == error.text("ja") != str(error)
    assert (error.problem, error.remedy, error.place) == (str(error), "", "")


def test_what_an_event_does_not_record_is_told_with_the_events_that_do() -> None:
    with pytest.raises(FactError) as caught:
        CASE.step("consented", by="worker", at=AT, facts={"age": 70})
    assert caught.value.at == (("fact", "age"),)
    assert "あ(helped)" in caught.value.text("ja")  # by its name, with what is to be written
    assert "a (helped)" in caught.value.text("en")
    lonely = evolve(PROCESS, events=(evolve(PROCESS.events[0], records=()), *PROCESS.events[1:]))
    with pytest.raises(FactError) as nowhere:
        lonely.open(at=AT).step("helped", by="worker", at=AT, facts={"age": 70})
    assert (nowhere.value.code, nowhere.value.at) == ("fact_recorded_nowhere", (("fact", "age"),))


def test_a_replay_names_entry_event_and_cause_without_the_facts() -> None:
    journal = CASE.step("helped", by="worker", at=AT, facts={"age": 71}).journal
    wrong = (journal[0], evolve(journal[1], facts={"age": SECRET}))
    with pytest.raises(ReplayError) as caught:
        replay(PROCESS, wrong)
    error = caught.value
    assert (error.number, error.event, error.code) == (1, "helped", "journal_entry")
    assert isinstance(error.__cause__, FactError)
    assert error.__cause__.text("ja") in error.text("ja")
    assert error.__cause__.text("en") in error.text("en")
    refused = (*journal, evolve(journal[1], at=moment("2024-06-04"), moved=()))
    with pytest.raises(ReplayError) as again:
        replay(PROCESS, refused)
    back = pickle.loads(pickle.dumps(again.value))
    assert (back.number, back.text("ja")) == (2, again.value.text("ja"))
    assert "71" not in f"{back.__dict__}{again.value}"


def test_ids_may_be_members_of_an_enumeration_of_texts() -> None:
    class Office(enum.StrEnum):
        WORKER = "worker"

    class Happening(enum.StrEnum):
        HELPED = "helped"

    case = CASE.step(Happening.HELPED, by=Office.WORKER, at=AT)
    assert case == CASE.step("helped", by="worker", at=AT)
    assert CASE.explain(Happening.HELPED, by=Office.WORKER).allowed


@pytest.mark.parametrize(
    "written",
    [
        "２０２４-０６-０３Ｔ１０：００",
        "2024-06-03T10：00",
        "２０２４－０６－０３　１０：００",
        " 2024-06-03T10:00 ",
    ],
)
def test_wide_digits_and_signs_are_read(written: str) -> None:
    assert moment(written) == moment("2024-06-03T10:00")


@pytest.mark.parametrize(
    "day",
    [date(2024, 6, 3), "2024-06-03", "２０２４-０６-０３", "2024-06-03T23:59", "2024-06-02T15:00Z",
     datetime(2024, 6, 3), datetime(2024, 6, 3, 23, 59), moment("2024-06-02T15:00Z")],
)  # fmt: skip
def test_a_moment_means_its_day_in_japan(day: str | date | datetime) -> None:
    assert day_of(day) == date(2024, 6, 3)
    assert processes.in_force("entry_support", on=day) == processes.in_force(
        "entry_support", on="2024-06-03"
    )


def test_a_day_without_law_is_told_with_the_nearest_that_has_one() -> None:
    with pytest.raises(LawGap) as caught:
        processes.in_force("entry_support", on="2008-01-01")
    assert "2008-06-01" in str(caught.value)
    assert "2008-06-01" in caught.value.text("ja")
    first, *_, last = (p.version for p in processes.versions("entry_support"))
    assert processes.get("entry_support", version=first).version == first
    assert processes.get("entry_support").version == last


def test_a_law_that_is_not_the_law_of_the_day_is_told_with_its_days() -> None:
    old, *_, new = processes.versions("entry_support")
    for law, day, since, until in (
        (old, "2024-06-03", "2008-06-01", "2013-09-30"), (new, "2024-06-03", "2025-06-01", ""),
    ):  # fmt: skip
        with pytest.raises(LawGap) as caught:
            law.open(at=day)
        for lang in ("ja", "en"):
            assert since in caught.value.text(lang)
            assert until in caught.value.text(lang)


def test_a_law_that_has_no_first_or_no_last_day_is_told_so() -> None:
    for days, at, said in (
        ({"since": date(2024, 6, 3)}, "2024-06-02", {"ja": "現在", "en": "now"}),
        ({"until": date(2024, 6, 3)}, "2024-06-04", {"ja": "始め", "en": "the beginning"}),
    ):
        with pytest.raises(LawGap) as caught:
            evolve(PROCESS, **days).open(at=at)  # type: ignore[arg-type]
        for lang, word in said.items():
            assert word in caught.value.text(lang)  # type: ignore[arg-type]


def test_who_writes_a_word_of_the_family_is_shown_the_id() -> None:
    with pytest.raises(UnknownId) as caught:
        processes.get("entry_support").event("arestation")
    assert "arrested" in caught.value.nearest
    with pytest.raises(UnknownId) as far:
        processes.get("entry_support").event("zzz")
    assert far.value.nearest == ()


def test_what_is_known_can_be_counted() -> None:
    assert (len(CASE.facts), list(CASE.facts), repr(CASE.facts)) == (1, ["age"], "<1 facts known>")
    assert len(PROCESS.open(at=AT).facts) == 0
    for odd in ([], {}, None, 3):
        with pytest.raises(UnknownId):
            CASE.facts[odd]  # type: ignore[index]


@pytest.mark.parametrize("kind", Kind)
def test_a_value_of_another_kind_is_never_taken_for_one_of_its_own(kind: Kind) -> None:
    """What stands for itself is taken as it is: of its own kind only."""
    choices = (Choice("own", T),) if kind in (Kind.CHOICE, Kind.CHOICES) else ()
    law = evolve(PROCESS, facts=(*PROCESS.facts, Fact("odd", T, kind, "worker", choices=choices)))
    given: dict[Kind, object] = {
        Kind.BOOLEAN: True, Kind.INTEGER: 3, Kind.DATE: date(2024, 6, 3),
        Kind.DATETIME: datetime(2024, 6, 3, 10), Kind.CHOICE: "own", Kind.CHOICES: ["own"],
    }  # fmt: skip
    law.open(at=AT, facts={"odd": given.pop(kind)})
    if kind is Kind.DATETIME:
        del given[Kind.DATE]  # 00:00 of that day
    for value in given.values():
        with pytest.raises(FactError):
            law.open(at=AT, facts={"odd": value})


def test_the_whole_is_explained_to_no_agency_that_there_is_not() -> None:
    with pytest.raises(UnknownId):
        CASE.explain("helped", by="polise", whole=True)


def test_an_entry_that_says_in_no_words_what_was_irregular_is_refused() -> None:
    odd: Any = "late"
    done = CASE.step("helped", by="worker", at=AT).journal[-1]
    with pytest.raises(DiversionFlowError, match="irregular"):
        replay(PROCESS, (OPENED, evolve(done, irregular=odd)))


def test_help_tells_how_a_case_is_opened() -> None:
    said = PROCESS.open.__doc__ or ""
    assert all(word in said for word in ("`at`", "`facts`", "LawGap", "UnknownId", "FactError"))
    assert PROCESS.open.__name__ == "open"  # type: ignore[attr-defined]
