"""Every part of a rule has its one wording, in both languages, and nothing is shown as Python
writes it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from attrs import evolve

from diversion_flow import Process, processes
from diversion_flow.definition import (
    LANGUAGES,
    Agency,
    Basis,
    Choice,
    Counting,
    Fact,
    Kind,
    Language,
    Length,
    Mark,
    Parameter,
    Share,
    Text,
    Unit,
    fact,
    machine,
    missed,
    param,
    running,
    when,
)
from diversion_flow.definition.deadline import OnEntry, OnEvent, OnFact, Start
from diversion_flow.definition.guard import OnWorkingDay
from diversion_flow.definition.wording import (
    counting_text,
    ground_text,
    grounds_text,
    guard_text,
    heading,
    length_text,
    limit_text,
    names_text,
    scalar_text,
    share_text,
    start_text,
    still_text,
    value_text,
)
from helpers.small import PROCESS, T

LAWS = (processes.get("entry_support"), processes.get("special_coordination"), PROCESS)
PYTHON = re.compile(r"\w+\(\w+=|<[\w.]+ |frozenset|\bNone\b|\bTrue\b|\bFalse\b|\{\d?\}")


def wordings(law: Process, lang: Language) -> list[str]:
    rules = [t for machine in law.machines for t in machine.transitions]
    return [
        *(guard_text(law, g, lang) for t in rules for g in t.guard.walk()),
        *(share_text(law, s, lang, signs=signs) for t in rules for s in t.shares
          for signs in (False, True)),
        *(ground_text(law, s, lang) for t in rules for s in t.shares),
        *(start_text(law, d.start, lang) for d in law.deadlines),
        *(counting_text(d.counting, lang) for d in law.deadlines),
        *(limit_text(law, d, lang) for d in law.deadlines),
        *(grounds_text(law, t.basis, lang) for t in rules if t.basis),
        *(scalar_text(p.value, lang) for p in law.parameters),
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.id)
def test_nothing_is_told_as_python_writes_it(law: Process, lang: Language) -> None:
    told = wordings(law, lang)
    assert all(told)
    assert [t for t in told if PYTHON.search(t)] == []


def test_a_condition_is_denied_as_people_deny_it() -> None:
    law = processes.get("entry_support")
    said = {
        ~machine("custody").in_("died"): ("身柄が「死亡」でない", "Custody is not 'Died'"),
        ~machine("custody").in_("free", "died"): (
            "身柄が「在宅・自由」「死亡」のいずれでもない", "Custody is not 'At liberty' or 'Died'"),
        ~running("aftercare_period"): (
            "期限「更生緊急保護の期間」の期間外", "it is outside the period of 'Urgent aftercare'"),
        ~OnWorkingDay(): ("休日である", "it is a rest day"),
    }  # fmt: skip
    assert {g: (guard_text(law, g, "ja"), guard_text(law, g, "en")) for g in said} == said


def test_that_a_limit_runs_or_a_duty_was_missed_is_said_as_that() -> None:
    limit = PROCESS.deadlines[0].id
    said = {
        running(limit): "it is within the period of 'a'",
        ~running(limit): "it is outside the period of 'a'",
        missed(limit): "the duty 'a' was missed",
        ~missed(limit): "the duty 'a' was not missed",
        OnWorkingDay(): "it is a working day",
        machine("main").in_("asked"): "a is 'asked'",
    }
    assert {guard: guard_text(PROCESS, guard, "en") for guard in said} == said


def test_how_a_limit_begins_and_is_counted() -> None:
    law = processes.get("special_coordination")
    event, fact = law.events[0], law.facts[0]
    for lang in LANGUAGES:
        assert start_text(law, OnEvent((event.id,)), lang) == event.label.in_(lang)
        assert start_text(law, OnFact(fact.id), lang) == fact.label.in_(lang)
    assert start_text(law, OnEntry(), "en") == "coming into the state"
    assert counting_text(Counting(), "ja") == "初日不算入、休日でも延びない"
    assert counting_text(Counting(True, True), "en") == (
        "the first day counts; a rest day at the end moves it"
    )


def test_how_long_a_limit_is() -> None:
    entry = OnEntry()

    def said(amount: int, *plus: str, start: Start = entry, unit: Unit = Unit.DAYS) -> list[str]:
        limit = evolve(PROCESS.deadlines[0], start=start, length=Length(amount, unit, plus))
        return [length_text(PROCESS, limit, lang) for lang in LANGUAGES]

    assert said(1) == ["1日", "1 day"]
    assert said(3, "age") == ["3日+あ", "3 days + a"]
    assert said(0) == said(0, start=OnEvent(("helped",))) == ["当日中", "within the same day"]
    for start in (OnEntry(), OnEvent(("helped",))):
        assert said(0, start=start, unit=Unit.HOURS) == ["直ちに", "at once"]
    assert said(0, "age") == ["あ", "a"]
    assert said(0, "age", "content", start=OnEvent(("helped",))) == ["あ+あ", "a + a"]
    assert said(0, start=OnFact("age")) == ["記録された日まで", "until the day recorded"]
    law = evolve(PROCESS, parameters=(Parameter("days", T, None),))
    limit = evolve(PROCESS.deadlines[0], length=Length(param("days"), Unit.DAYS))
    assert length_text(law, limit, "en") == "no length set"
    assert limit_text(law, limit, "ja") == "あ 期間の定めなし"


def test_what_a_policy_sets_is_named_with_its_value() -> None:
    law = evolve(PROCESS, parameters=(Parameter("p", Text("方針", "the rule"), 3),))
    said = [
        guard_text(law, when("p", v), lang) for v in (True, False, 3, None) for lang in LANGUAGES
    ]
    assert said == [
        "「方針」とする", "policy: the rule", "「方針」としない", "policy: not the rule",
        "方針=3", "the rule=3", "方針=なし", "the rule=none",
    ]  # fmt: skip


def test_why_data_may_be_handed_over_is_said() -> None:
    ground = Basis(Mark.READ, "law", "27(1)")
    shares = Share(("age",), "partner", ground), Share(("age",), "partner")
    assert [ground_text(PROCESS, s, "ja") for s in shares] == ["あ27条1項", "本人の同意により"]
    assert [share_text(PROCESS, s, "en") for s in shares] == [
        "Hand to a (a art. 27(1)): a", "Hand to a (with consent): a",
    ]  # fmt: skip


def test_what_is_asked_of_a_fact_is_said_as_people_say_it() -> None:
    labels = {
        "age": ("年齢", "age"),
        "content": ("満足", "content"),
        "recipients": ("提供先", "recipients"),
    }
    facts = [evolve(f, label=Text(*labels[f.id])) for f in PROCESS.facts]
    home = Fact("home", Text("住居", "home"), Kind.CHOICE, "worker",
                choices=(Choice("own", Text("自宅", "own")), Choice("none", Text("なし", "none"))))  # fmt: skip
    facts[0] = evolve(facts[0], unit=Text("歳", "years"))
    day, moment = (
        Fact(id, Text(ja, id), kind, "worker")
        for id, ja, kind in (("day", "日", Kind.DATE), ("moment", "時", Kind.DATETIME))
    )
    law = evolve(
        PROCESS, facts=(*facts, home, day, moment), parameters=(Parameter("limit", T, 60),)
    )
    change = date(2025, 6, 1)
    said = {
        fact("day") < change: ("日が2025-06-01より前", "day is before 2025-06-01"),
        fact("day") <= change: ("日が2025-06-01以前", "day is no later than 2025-06-01"),
        fact("day") > change: ("日が2025-06-01より後", "day is after 2025-06-01"),
        fact("moment") >= datetime(2025, 6, 1, 9): (
            "時が2025-06-01T09:00:00+09:00以後",
            "moment is no earlier than 2025-06-01T09:00:00+09:00"),
        fact("day") == change: ("日が2025-06-01", "day is 2025-06-01"),
        fact("content") == True: ("満足", "content"),  # noqa: E712
        fact("content") == False: ("満足ではない", "not: content"),  # noqa: E712
        fact("content") != True: ("満足ではない", "not: content"),  # noqa: E712
        fact("content") != False: ("満足", "content"),  # noqa: E712
        fact("age") >= 65: ("年齢が65歳以上", "age is at least 65 years"),
        fact("age") < param("limit"): ("年齢が60歳未満", "age is below 60 years"),
        fact("home").in_("own"): ("住居が自宅", "home is own"),
        fact("home").in_("own", "none"): ("住居が自宅・なしのいずれか", "home is one of own, none"),
        fact("recipients").includes("partner"): ("提供先にあを含む", "recipients includes a"),
        fact("age").known(): ("年齢が記録済み", "age is recorded"),
        ~fact("age").known(): ("年齢が未記録", "age is not recorded"),
        ~fact("home").in_("own"): ("住居が自宅でない", "home is not own"),
        ~fact("home").in_("own", "none"): (
            "住居が自宅・なしのいずれでもない", "home is not one of own, none"),
        ~fact("recipients").includes("partner"): ("提供先にあを含まない",
                                                  "recipients does not include a"),
        ~(fact("age").known() & fact("home").known()): (
            "「年齢が記録済み、かつ、住居が記録済み」でない",
            "not (age is recorded and home is recorded)"),
    }  # fmt: skip
    assert {g: (guard_text(law, g, "ja"), guard_text(law, g, "en")) for g in said} == said


def test_parts_are_named_by_their_labels() -> None:
    law = evolve(
        PROCESS,
        agencies=(Agency("worker", Text("甲", "one")), Agency("partner", Text("乙", "two"))),
    )
    assert names_text(law, "agency", ("partner", "worker"), "en") == "two, one"
    assert names_text(law, "agency", ("partner", "worker"), "ja") == "乙・甲"


def test_a_number_has_its_unit_and_nothing_else_has() -> None:
    years = Text("歳", "years")
    number, truth = (
        Fact("f", T, kind, "worker", unit=years) for kind in (Kind.INTEGER, Kind.BOOLEAN)
    )
    assert (value_text(number, 65, "ja"), value_text(truth, True, "ja")) == ("65歳", "はい")


def test_that_somebody_is_named_with_the_event_is_said() -> None:
    asked = fact("recipients").named()
    assert guard_text(PROCESS, asked, "en") == "a: at least one is named with this event"
    assert guard_text(PROCESS, asked, "ja") == "あをこの記録とともに一つ以上示す"


@pytest.mark.parametrize(
    ("left", "en", "ja"),
    [
        (timedelta(days=7), "7 days", "7日"),
        (timedelta(0), "0 days", "0日"),
        (timedelta(hours=5, minutes=30), "5 hours 30 minutes", "5時間30分"),
        (timedelta(hours=49), "49 hours", "49時間"),
        (timedelta(minutes=59), "59 minutes", "59分"),
    ],
)
def test_what_is_left_of_a_limit_that_stands_still(left: timedelta, en: str, ja: str) -> None:
    assert still_text(left, (), "en") == f"stopped, {en} left"
    assert still_text(left, ((5, Unit.DAYS),), "ja") == f"停止中・残り{ja}、その後5日"


def test_plain_values() -> None:
    said = [scalar_text(v, "en") for v in (True, False, None, 65, "x", date(2024, 6, 3))]
    assert said == ["yes", "no", "none", "65", "x", "2024-06-03"]


@pytest.mark.parametrize("odd", [1.5, ("a",), object()])
def test_a_value_of_an_unknown_kind_is_never_shown(odd: object) -> None:
    with pytest.raises(AssertionError):
        scalar_text(odd, "en")  # type: ignore[arg-type]
    with pytest.raises(AssertionError):
        start_text(PROCESS, odd, "en")  # type: ignore[arg-type]


def test_a_heading_begins_with_a_capital_and_changes_no_other_letter() -> None:
    assert heading(Text("語", "the US case")).en == "The US case"
    assert heading(Text("語", "")).en == ""
