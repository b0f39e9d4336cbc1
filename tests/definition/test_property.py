"""A question about a process: what is left of it under a law that lacks some of its parts, when
it is asked, and how it reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import DefinitionError
from diversion_flow.definition import (
    Occasion,
    Pattern,
    Property,
    Text,
    fact,
    machine,
)
from diversion_flow.definition.property import fitted, require_property
from diversion_flow.definition.wording import property_text
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
    ],
    ids=["event", "agency", "machine", "fact", "condition"],
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
    assert fitted(PROCESS, NEVER) == NEVER


@pytest.mark.parametrize(
    ("code", "field", "wrong"),
    [
        ("no_name", "id", {"id": "who is\nfree"}),
        ("no_label", "label", {"label": Text("", "")}),
        ("ends_early", "until", {"since": date(2020, 1, 2), "until": date(2020, 1, 1)}),
    ],
)
def test_what_nobody_could_call_or_date_is_refused(
    code: str, field: str, wrong: dict[str, Any]
) -> None:
    with pytest.raises(DefinitionError) as caught:
        require_property(PROCESS, evolve(NEVER, **wrong))
    assert (caught.value.code, caught.value.at[-1]) == (code, (field, ""))


def test_it_is_asked_of_a_law_that_is_in_force_on_one_of_its_days() -> None:
    law = evolve(PROCESS, since=date(2020, 1, 1), until=date(2020, 12, 31))
    asked = evolve(NEVER, since=date(2020, 12, 31))
    assert asked.asked_of(law)
    assert not evolve(asked, since=date(2021, 1, 1)).asked_of(law)
    assert evolve(NEVER, until=date(2020, 1, 1)).asked_of(law)
    assert not evolve(NEVER, until=date(2019, 12, 31)).asked_of(law)


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
