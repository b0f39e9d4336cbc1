"""A question about a process: what is left of it under a law that lacks some of its parts, when
it is asked, and how it reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import CallError, DefinitionError, processes
from diversion_flow.definition import (
    Guard,
    Learns,
    Occasion,
    Pattern,
    Property,
    Text,
    fact,
    machine,
    never_learns,
)
from diversion_flow.definition.property import fitted, require_property
from diversion_flow.definition.wording import occasion_text, property_text
from helpers.small import PROCESS, T

HELPED = Occasion(events=("helped",))
NEVER = Property("never", T, Pattern.ABSENCE, HELPED)


@pytest.mark.parametrize(
    "gone",
    [
        Occasion(events=("expelled",)),
        Occasion(by=("bishop",)),
        Occasion(moves=("exile",)),
        Occasion(after=fact("title").known()),
        Occasion(before=machine("exile").in_("abroad")),
        Occasion(records=("age", "title")),
        Occasion(told=("bishop",)),
        Occasion(learns=(Learns("worker", "title"),)),
        Occasion(learns=(Learns("worker", "age"), Learns("bishop", "age"))),
    ],
    ids=["event", "agency", "machine", "fact", "condition", "records", "told", "learnt", "learns"],
)
def test_what_speaks_of_nothing_that_there_is_is_not_asked(gone: Occasion) -> None:
    assert fitted(PROCESS, evolve(NEVER, what=gone)) is None
    assert fitted(PROCESS, evolve(NEVER, since_this=gone)) is None


def test_of_what_it_names_only_what_there_is_stays() -> None:
    more = Occasion(
        events=("helped", "expelled"),
        by=("worker", "bishop"),
        after=machine("main").in_("helped", "abroad"),
    )
    left = Occasion(events=("helped",), by=("worker",), after=machine("main").in_("helped"))
    assert fitted(PROCESS, evolve(NEVER, what=more)) == evolve(NEVER, what=left)
    within = fitted(PROCESS, evolve(NEVER, since_this=more, until_this=more))
    assert within == evolve(NEVER, since_this=left, until_this=left)
    assert fitted(PROCESS, NEVER) == NEVER


@pytest.mark.parametrize(
    ("code", "field", "wrong"),
    [
        ("no_name", "id", {"id": "who is\nfree"}),
        ("no_label", "label", {"label": Text("", "")}),
        ("wrong_type", "known_open", {"known_open": "not yet"}),
        ("ends_early", "until", {"since": date(2020, 1, 2), "until": date(2020, 1, 1)}),
    ],
)
def test_what_nobody_could_call_or_date_is_refused(
    code: str, field: str, wrong: dict[str, Any]
) -> None:
    with pytest.raises(DefinitionError) as caught:
        require_property(PROCESS, evolve(NEVER, **wrong))
    assert (caught.value.code, caught.value.at[-1]) == (code, (field, ""))


@pytest.mark.parametrize("days", [{}, {"since": date(2020, 1, 2)}, {"until": date(2020, 1, 2)},
                                  dict.fromkeys(("since", "until"), date(2020, 1, 2))])  # fmt: skip
def test_it_may_be_meant_from_a_day_or_to_a_day_or_for_one(days: dict[str, date]) -> None:
    require_property(PROCESS, evolve(NEVER, **days))


@pytest.mark.parametrize(
    ("pattern", "then"), [(Pattern.RESPONSE, None), (Pattern.ABSENCE, HELPED)], ids=["lacks", "too many"]
)  # fmt: skip
def test_how_many_occasions_a_pattern_has_is_told(pattern: Pattern, then: Occasion | None) -> None:
    with pytest.raises(DefinitionError) as caught:
        Property("p", T, pattern, HELPED, then)
    assert (caught.value.code, caught.value.at[-1]) == ("property_pair", ("then", ""))
    pairs = caught.value.values["pairs"]
    assert {"response", "precedence", "only_with"} <= set(pairs)
    assert not {"absence", "existence"} & set(pairs)


def test_it_is_asked_of_a_law_that_is_in_force_on_one_of_its_days() -> None:
    law = evolve(PROCESS, since=date(2020, 1, 1), until=date(2020, 12, 31))
    asked = evolve(NEVER, since=date(2020, 12, 31))
    assert asked.asked_of(law)
    assert not evolve(asked, since=date(2021, 1, 1)).asked_of(law)
    assert evolve(NEVER, until=date(2020, 1, 1)).asked_of(law)
    assert not evolve(NEVER, until=date(2019, 12, 31)).asked_of(law)
    assert evolve(asked, until=date(2021, 1, 1)).asked_of(PROCESS)  # in force at all times


@pytest.mark.parametrize(
    ("since", "until", "within"),
    [
        (None, None, ("", "")),
        (HELPED, None, ("「あ」が起こるとき以後、", "once 'a' happens; ")),
        (None, HELPED, ("「あ」が起こるときまで、", "up to when 'a' happens; ")),
        (
            HELPED,
            HELPED,
            (
                "「あ」が起こるときから「あ」が起こるときまで、",
                "from when 'a' happens up to when 'a' happens; ",
            ),
        ),
    ],
    ids=["globally", "since", "until", "between"],
)
def test_it_reads_as_a_sentence(
    since: Occasion | None, until: Occasion | None, within: tuple[str, str]
) -> None:
    asked = evolve(NEVER, since_this=since, until_this=until)
    assert property_text(PROCESS, asked, "ja") == f"{within[0]}「あ」が起こることはない"
    assert (
        property_text(PROCESS, asked, "en") == f"{within[1]}it never comes about that 'a' happens"
    )


LAW = processes.in_force("entry_support", on="2024-06-03")


@pytest.mark.parametrize("wrong", [{"fact": 3}, {"agency": None}, {"without": "helped"}])
def test_who_never_learns_what_is_asked_in_values_of_their_kind(wrong: dict[str, Any]) -> None:
    with pytest.raises(CallError):
        never_learns(**({"fact": "age", "agency": "partner"} | wrong))


@pytest.mark.parametrize(
    ("without", "ja", "en"),
    [
        (
            None,
            "「地域生活定着支援センター」が「年齢」を知ることはない",
            "it never comes about that 'Community Life Settlement Support Center' learns 'age'",
        ),
        (
            Occasion(events=("consent_given",)),
            "「同意」が起こるまでは、「地域生活定着支援センター」が「年齢」を知ることはない",
            "not before 'Consent given' happens does it come about that "
            "'Community Life Settlement Support Center' learns 'age'",
        ),
        (
            machine("consent").in_("given", "narrowed"),
            "「地域生活定着支援センター」が「年齢」を知るのは、"
            "本人の同意が「同意あり」「限定的同意」という状態にあるときに限る",
            "it never comes about that 'Community Life Settlement Support Center' learns 'age' "
            "unless, with it, Consent is 'Given' or 'Narrowed'",
        ),
    ],
    ids=["never", "before", "at once"],
)
def test_what_nobody_is_to_learn_reads_as_a_sentence(
    without: Occasion | Guard | None, ja: str, en: str
) -> None:
    ground = LAW.machine("consent").basis
    asked = never_learns("age", "center", without=without, id="own", label=T, basis=ground)
    assert (asked.id, asked.label, asked.basis) == ("own", T, ground)
    require_property(LAW, asked)
    assert property_text(LAW, asked, "ja") == ja
    assert property_text(LAW, asked, "en") == en


def test_what_is_recorded_and_told_reads_with_its_names() -> None:
    occasion = Occasion(records=("age",), told=("center", "family"))
    assert occasion_text(LAW, occasion, "ja") == (
        "「年齢」が記録される、かつ、「地域生活定着支援センター」「家族・引受人」に知らされる"
    )
    assert occasion_text(LAW, occasion, "en") == (
        "'age' is recorded and 'Community Life Settlement Support Center' or 'Family; guarantor' is told"
    )
