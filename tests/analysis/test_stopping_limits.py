"""Limits that stop and are renewed in words, files, edits, comparison, mutants, pictures, exports
and live machines."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import Case, DefinitionError, Process, Refused, check, compare
from diversion_flow.definition import (
    Counting,
    Extend,
    Length,
    Remove,
    Renewal,
    Stop,
    Text,
    Unit,
    Variant,
    replace,
)
from diversion_flow.definition.files.serial import dumps, loads_process
from diversion_flow.definition.wording import links_text, still_text
from diversion_flow.diagram import draw
from diversion_flow.interchange import export
from diversion_flow.runtime.live import LiveCase
from diversion_flow.testing import mutants
from helpers.stopping import EVENTS, EXTENSION, FIRST, PROLONGED, STOPS, law, limit, stopping


def edited(*edits: Any) -> Process:
    return Variant("other", "small", Text("他", "other"), edits).apply(law())


def test_in_words() -> None:
    process = law()
    assert links_text(process, process.deadline("remand"), "en") == (
        "stopped while a is 'under_way' (a stop's first day is used; its last day is not"
        " [inferred]); added with 'a': a; added with 'a': 1 month"
    )
    assert links_text(process, process.deadline("remand"), "ja") == (
        "あが「under_wayの状態」である間は停止する(停止の始まる日は算入、終わる日は不算入〔推定〕)、"
        "「あ」により加算: あ、「あ」により加算: 1か月"
    )
    plain = law(limit(stops=(), renewals=()))
    assert links_text(plain, plain.deadline("remand"), "en") == ""


@pytest.mark.parametrize(
    ("left", "renewals", "ja", "en"),
    [
        (timedelta(7), [], "停止中・残り7日", "stopped, 7 days left"),
        (timedelta(0), [], "停止中・残り0日", "stopped, 0 days left"),
        (timedelta(1), [(1, Unit.MONTHS)], "停止中・残り1日、その後1か月",
         "stopped, 1 day left; then 1 month"),
        (timedelta(hours=30, minutes=5), [], "停止中・残り30時間5分",
         "stopped, 30 hours 5 minutes left"),
    ],
)  # fmt: skip
def test_what_is_left_in_words(
    left: timedelta, renewals: list[tuple[int, Unit]], ja: str, en: str
) -> None:
    assert (still_text(left, renewals, "ja"), still_text(left, renewals, "en")) == (ja, en)


@pytest.mark.parametrize("seed", range(20))
def test_a_file_gives_it_back(seed: int) -> None:
    process = stopping(Random(seed))
    assert loads_process(dumps(process)) == process


def test_check_finds_nothing_in_it() -> None:
    assert check(law()) == ()


def test_what_it_names_must_be_there() -> None:
    for wrong in (
        {"stops": (Stop("examination", ("nowhere",)),)},
        {"stops": (Stop("nobody", ("under_way",)),)},
        {"renewals": (Renewal(("unheard",), Length(1, Unit.DAYS)),)},
        {"renewals": (Renewal(("extended",), Length(0, Unit.DAYS, ("unheard",))),)},
    ):
        with pytest.raises(DefinitionError):
            law(limit(**wrong))


def test_edits_reach_it() -> None:
    more = Stop("custody", ("away",))
    assert edited(Extend("deadline remand", "stops", (more,))).deadline("remand").stops == (
        *STOPS, more,
    )  # fmt: skip
    fewer = edited(replace("deadline remand", renewals=(PROLONGED,)))
    assert fewer.deadline("remand").renewals == (PROLONGED,)


def test_a_state_that_is_taken_away_stops_nothing_any_more() -> None:
    process = law(limit(stops=(*STOPS, Stop("custody", ("away",)))))
    edits = (
        Remove("transition custody.leave"), Remove("transition custody.return"),
        Remove("state custody.away"),
    )  # fmt: skip
    left = Variant("other", "small", Text("他", "other"), edits).apply(process)
    assert left.deadline("remand").stops == STOPS


TWO_MONTHS = Renewal(("prolonged",), Length(2, Unit.MONTHS))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stops": (), "renewals": ()}, "(neither stopped nor renewed)"),
        ({"stops": ()}, "10 days (added with 'a': a; added with 'a': 1 month)"),
        ({"renewals": (EXTENSION, TWO_MONTHS)}, "2 months"),
        ({"renewals": ()}, "10 days (stopped while a is 'under_way'"),
        ({"stops": (*STOPS, Stop("custody", ("away",)))}, "stopped while a is 'away'"),
        ({"counting": evolve(FIRST, stop_day_counts=False)}, "first day is not used"),
        ({"counting": evolve(FIRST, resume_day_counts=True)}, "its last day is used too"),
    ],
)
def test_who_is_treated_otherwise(changes: dict[str, Any], words: str) -> None:
    """Each difference is one that two replays show."""
    found = compare(law(), law(evolve(limit(), **changes)))
    assert (found.same, found.same_behaviour) == (False, False)
    (told,) = found.people
    assert words in told.text("en")
    back = compare(law(evolve(limit(), **changes)), law())
    assert back.same_behaviour is False


def test_how_days_of_stops_count_matters_only_where_it_stops() -> None:
    plain = limit(stops=(), renewals=())
    other = evolve(plain, counting=Counting(True, False, False, True))
    found = compare(law(plain), law(other))
    assert (found.same, found.same_behaviour) == (False, True)


def test_mistakes_in_it_are_tried() -> None:
    kinds = {mutant.id: mutant for mutant in mutants(law())}
    assert kinds["drop_stop.remand.0"].apply(law()).deadline("remand").stops == ()
    left = kinds["drop_renewal.remand.0"].apply(law()).deadline("remand").renewals
    assert left == (PROLONGED,)


@pytest.mark.parametrize("format", ["scxml", "mjs", "bpmn"])
def test_an_export_names_the_loss(format: str) -> None:
    def lost(process: Process) -> set[tuple[str, ...]]:
        return {loss.ids for loss in export(process, format).losses if loss.code == "links"}

    assert lost(law()) == {("remand",)}
    assert lost(law(limit(stops=(), renewals=()))) == set()


def held(*steps: tuple[str, str]) -> Case:
    case = law().open(at="2024-01-01")
    for event, at in (("held", "2024-01-10"), ("examined", "2024-01-12"), *steps):
        case = case.step(event, by="worker", at=at)
    return case


def test_a_timeline_shows_a_gap_and_that_it_stands_still() -> None:
    still = draw(law(), "timeline", lang="en", case=held())
    assert "‖ stopped<" in still
    gone = draw(law(), "timeline", lang="en", case=held(("examination_over", "2024-01-16")))
    assert "‖ stopped<" not in gone
    assert "‖ stopped (empty, dashed)<" in still
    assert "‖ stopped (empty, dashed)<" in gone
    plain = law(limit(stops=())).open(at="2024-01-01").step("held", by="worker", at="2024-01-10")
    assert "stopped" not in draw(plain.process, "timeline", lang="en", case=plain)
    assert gone.count("stroke-dasharray") > still.count("stroke-dasharray")


def test_a_drawing_says_what_is_left() -> None:
    drawn = draw(law(), "custody", lang="en", case=held())
    assert "7 days left" in drawn


@pytest.mark.parametrize("seed", range(60))
def test_live_machines_agree(seed: int) -> None:
    """By chance; every live step is read twice, and a limit's end releases."""
    rnd = Random(seed)
    process = stopping(rnd)
    limits = tuple(evolve(d, on_expiry="released") for d in process.deadlines)
    process = evolve(process, deadlines=limits)
    case = process.open(at="2024-01-01")
    live = LiveCase.of(case, SimpleNamespace())
    for _ in range(40):
        at = case.at + timedelta(hours=rnd.choice((0, 1, 9, 24, 40, 200)))
        event = rnd.choice((*EVENTS, "examined", "examination_over"))
        facts = {"days": rnd.randint(0, 9)} if event == "extended" else None
        if rnd.random() < 0.2:
            case = case.advance(to=at)
            live.advance(to=at)
        else:
            case = _tried(case, event, at, facts)
            _tried(live, event, at, facts)
        assert live.case == case
        assert live.deadlines() == case.deadlines()


def _tried(case: Any, event: str, at: Any, facts: Any) -> Any:
    try:
        return case.step(event, by="worker", at=at, facts=facts)
    except Refused:
        return case
