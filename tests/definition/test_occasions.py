"""The words of a question: who is told, by which events, and what a fact of several values holds."""

from __future__ import annotations

import pytest
from attrs import evolve

from diversion_flow import CallError, UnknownId
from diversion_flow.definition import (
    Choice,
    Fact,
    Kind,
    Learns,
    Occasion,
    Text,
    Told,
    fact,
    holds,
    machine,
    missed,
    running,
)
from diversion_flow.definition.guard import OnWorkingDay
from diversion_flow.definition.occasions import occasion
from diversion_flow.definition.property import bringing
from helpers import owing
from helpers.small import LAW, PROCESS, T

TOLD = (Told("partner", None, LAW),)
TELLING = evolve(
    PROCESS,
    events=tuple(
        evolve(event, told=TOLD) if event.id in ("helped", "finished") else event
        for event in PROCESS.events
    ),
)


def test_who_is_told_stands_for_the_events_that_tell_it() -> None:
    def events(words: str) -> tuple[str, ...]:
        return bringing(TELLING, occasion(TELLING, words))

    assert events("told:partner") == ("helped", "finished")
    assert events("told:partner finished") == ("finished",)
    assert events("told:partner|worker") == ("helped", "finished")
    assert occasion(TELLING, "told:partner") == Occasion(told=("partner",))


def test_what_is_recorded_stands_for_the_events_that_record_it() -> None:
    recording = bringing(PROCESS, occasion(PROCESS, "records:recipients"))
    assert recording == tuple(e.id for e in PROCESS.events if "recipients" in e.records) != ()


@pytest.mark.parametrize("words", ["learns:partner=age", "learns:partner=age learns:worker=age"])
def test_who_learns_what_is_one_word_each(words: str) -> None:
    learnt = tuple(Learns(who, "age") for who in ("partner", "worker") if who in words)
    assert occasion(PROCESS, words) == Occasion(learns=learnt)


def test_duties_and_days_are_words_as_limits_are() -> None:
    duty = owing.law()
    assert occasion(duty, "missed:report") == Occasion(after=missed("report"))
    assert occasion(duty, "!missed：report") == Occasion(after=~missed("report"))
    assert occasion(PROCESS, "before:day:休日") == Occasion(before=~OnWorkingDay())
    assert occasion(PROCESS, "day:working") == Occasion(after=OnWorkingDay())


@pytest.mark.parametrize("turned", [0, 1, 2, 50_000, 50_001])
def test_a_condition_is_turned_round_as_often_as_it_says(turned: int) -> None:
    asked = occasion(PROCESS, "!" * turned + "main.asked").after
    stands = machine("main").in_("asked")
    assert asked == (~stands if turned % 2 else stands)


def test_a_fact_has_one_of_its_own_values() -> None:
    housing = Fact("housing", T, Kind.CHOICE, "worker", ("worker",), choices=(Choice("none", T),))
    law = evolve(PROCESS, facts=(*PROCESS.facts, housing))
    assert occasion(law, "housing=none").after == (fact("housing") == "none")
    assert occasion(law, "age=70 content=true").after == (
        (fact("age") == 70) & (fact("content") == True)  # noqa: E712
    )
    for words in ("housing=some", "age=none", "content=none", "content=1", f"age={10**19}"):
        with pytest.raises(CallError) as refused:
            occasion(law, words)
        assert refused.value.code == "ask_value"


@pytest.mark.parametrize(
    ("words", "kind", "id"),
    [
        ("learn:partner=age", "word", "learn:"),
        ("learns:partnr=age", "agency", "partnr"),
        ("records:agee", "fact", "agee"),
        ("running:reply_du", "deadline", "reply_du"),
        ("missed:reply_du", "deadline", "reply_du"),
        ("day:rset", "day", "rset"),
    ],
)
def test_an_unknown_word_is_refused_with_its_kind(words: str, kind: str, id: str) -> None:
    with pytest.raises(UnknownId) as refused:
        occasion(PROCESS, words)
    assert (refused.value.values["kind"], refused.value.values["id"]) == (kind, id)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("told:", "ask_form"),
        ("learns:partner", "ask_form"),
        ("learns:=age", "ask_form"),
        ("learns:=partner=age", "ask_form"),
        ("!told:partner", "ask_condition"),
        ("before:learns:partner=age", "ask_condition"),
        ("before:helped|finished", "ask_condition"),
        ("!helped", "ask_condition"),
        ("!", "ask_condition"),
    ],
)
def test_what_cannot_be_meant_is_told_with_how_to_write_it(words: str, code: str) -> None:
    with pytest.raises(CallError) as refused:
        occasion(TELLING, words)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("printed", "word"),
    [
        ("event helped", "helped"),
        ("state main.done", "main.done"),
        ("fact age", "age"),
        ("agency partner", "by:partner"),
        ("machine main", "moves:main"),
        ("deadline limit", "running:limit"),
        ("choice recipients.partner", "recipients=partner"),
        ("event helped agency partner", "helped by:partner"),
    ],
)
def test_an_id_is_asked_for_as_it_is_printed(printed: str, word: str) -> None:
    assert occasion(PROCESS, printed) == occasion(PROCESS, word)


def test_an_event_that_is_called_as_a_kind_is_that_event() -> None:
    named = evolve(PROCESS.event("helped"), id="fact", label=Text("支援", "help"))
    [called] = occasion(evolve(PROCESS, events=(*PROCESS.events, named)), "fact").events
    assert called == "fact"


def test_signs_may_be_wide_and_what_is_not_named_is_refused_with_the_nearest() -> None:
    assert occasion(PROCESS, "learns：partner＝age") == occasion(PROCESS, "learns:partner=age")
    named = tuple(evolve(a, label=Text(a.label.ja, f"{a.id} office")) for a in PROCESS.agencies)
    with pytest.raises(UnknownId) as refused:
        occasion(evolve(PROCESS, agencies=named), "told:partner_offic")
    assert refused.value.nearest[0] == "partner"


def test_a_name_of_several_words_is_written_as_one() -> None:
    helped = evolve(PROCESS.event("helped"), label=Text("支援開始", "help: began"))
    named = evolve(PROCESS, events=(helped, *PROCESS.events[1:]))
    assert occasion(named, "help:_began") == occasion(named, "helped")


def test_a_name_that_two_parts_have_says_neither() -> None:
    with pytest.raises(UnknownId):
        occasion(TELLING, "told:あ")
    helped = evolve(PROCESS.event("helped"), label=Text("支援開始", "help began"))
    named = evolve(PROCESS, events=(helped, *PROCESS.events[1:]))
    assert occasion(named, "支援開始") == occasion(named, "helped")


@pytest.mark.parametrize("word", ["helped", "支援開始", "helped|支援開始"])
def test_what_happens_is_no_condition_by_whatever_name(word: str) -> None:
    helped = evolve(PROCESS.event("helped"), label=Text("支援開始", "help began"))
    with pytest.raises(CallError) as refused:
        occasion(evolve(PROCESS, events=(helped, *PROCESS.events[1:])), f"before:{word}")
    assert refused.value.code == "ask_condition"


def test_what_can_neither_happen_nor_hold_is_no_nearest() -> None:
    with pytest.raises(UnknownId) as refused:
        occasion(PROCESS, "before:partne")  # an agency by itself says nothing
    assert "partner" not in refused.value.nearest


def test_a_limit_that_runs_is_a_condition() -> None:
    limit = PROCESS.deadlines[0].id
    assert occasion(PROCESS, f"!running:{limit}").after == ~running(limit)
    assert occasion(PROCESS, f"before:running:{limit}").before == running(limit)


@pytest.mark.parametrize("words", ["told:worker", "told:partner consented"])
def test_what_tells_nobody_so_is_no_occasion(words: str) -> None:
    with pytest.raises(CallError) as refused:
        occasion(TELLING, words)
    assert refused.value.code == "ask_told"


@pytest.mark.parametrize(("word", "value"), [("true", True), ("false", False)])
def test_a_yes_or_no_is_asked_for_either(word: str, value: bool) -> None:
    assert occasion(PROCESS, f"content={word}").after == (fact("content") == value)


def test_a_number_is_asked_for_as_one() -> None:
    assert occasion(PROCESS, "age=65").after == (fact("age") == 65)


def test_a_fact_by_itself_is_asked_for_as_true() -> None:
    assert occasion(PROCESS, "content").after == holds("content")


def test_one_of_a_facts_choices_is_asked_for_as_that() -> None:
    choice = Fact("sex", T, Kind.CHOICE, "worker", choices=(Choice("a", T),))
    process = evolve(PROCESS, facts=(*PROCESS.facts, choice))
    assert occasion(process, "sex=a").after == (fact("sex") == "a")


def test_a_fact_of_several_values_is_asked_for_one() -> None:
    assert occasion(PROCESS, "recipients=partner").after == fact("recipients").includes("partner")
