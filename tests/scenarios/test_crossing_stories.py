"""Stories that begin midway, and stories that go on under the next law."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import processes
from diversion_flow.definition import (
    KEPT,
    LAW_CHANGED,
    DiversionFlowError,
    LoadError,
    Relabel,
    RulesOn,
    Text,
    Transitional,
    TransitionalRule,
    Variant,
)
from diversion_flow.definition.files import dump
from diversion_flow.proof import ways
from diversion_flow.scenarios import Law, load, play, shipped
from diversion_flow.scenarios.told import scenario_of
from diversion_flow.scenarios.writing import written

TAKEN_OVER: dict[str, Any] = {
    "id": "taken_over", "process": "entry_support", "on": "2023-11-30",
    "under": [{"crosses": True}],
    "open": [{
        "at": "09:00", "states": {"custody": "arrested"}, "reason": "the other office is closed",
        "since": {"custody": "2023-11-29T22:00", "arrested": "2023-11-29T22:00"},
    }],
    "step": [
        {"at": "2023-12-01T10:00", "advance": True, "states": {"custody": "arrested"},
         "deadlines": {"arrest_referral": "2023-12-01T22:00"}},
        {"at": "2023-12-01T20:00", "event": "referred", "by": "police"},
    ],
}  # fmt: skip


def kept(folder: Path, **changes: Any) -> Path:
    file = folder / "story.policy.json"
    file.write_text(json.dumps(TAKEN_OVER | changes), "utf-8")
    return file


def limits(story: dict[str, Any]) -> dict[str, Any]:
    """The story with the limit that the shipped law has for the police after an arrest."""
    case = processes.in_force("entry_support", on="2023-11-30").open(
        at="2023-11-30T09:00", states={"custody": "arrested"}, reason="r",
        since={"custody": "2023-11-29T22:00", "arrested": "2023-11-29T22:00"},
    )  # fmt: skip
    first = next(c for c in case.deadlines() if c.deadline.owner == "police")
    step = {**story["step"][0], "deadlines": {first.deadline.id: "2023-12-01T22:00"}}
    return {"step": [step, *story["step"][1:]]}


def test_a_story_begins_midway_and_goes_on_under_the_next_law(tmp_path: Path) -> None:
    story = load(kept(tmp_path, **limits(TAKEN_OVER)))
    played = play(story)
    assert [str(p) for step in played for p in step.problems] == []
    assert played[-1].after.process.version == "ACT_2023_12"
    assert [e.event for e in played[-1].after.journal] == ["opened", LAW_CHANGED, "referred"]
    again = tmp_path / "again.policy.toml"
    again.write_text(written(story), "utf-8")
    assert play(load(again))[-1].after == played[-1].after


def test_since_may_be_a_time_of_the_day_on_which_the_law_is_told(tmp_path: Path) -> None:
    came = {"custody": "08:00", "arrested": "08:00"}
    opening = {**TAKEN_OVER["open"][0], "since": came}
    for on in ("2014-01-06", "2023-11-30"):
        told = kept(
            tmp_path, on=on, under=[{"on": on}], open=[opening], step=TAKEN_OVER["step"][1:]
        )
        story = load(told)
        (step,) = play(evolve(story, steps=(evolve(story.steps[0], at="+1h"),)))
        (clock,) = (c for c in step.before.deadlines() if c.deadline.id == "police_referral")
        assert clock.started.isoformat() == f"{on}T08:00:00+09:00"


def test_a_published_story_ends_alike_where_the_law_changes_on_its_way() -> None:
    """NS-03, indicted in August and judged in October 2013: the trial of prior adjustment begins
    between."""
    told = shipped("ns03")
    first, *rest = told.openings
    earlier = {"referred": "2013-07-08T10:00", "indicted": "2013-08-05T10:00"}
    story = evolve(
        told, on=date(2013, 7, 8), laws=(Law(date(2013, 7, 8), crosses=True),),
        openings=(evolve(first, at="2013-07-08T09:00"), *rest),
        steps=tuple(evolve(s, at=earlier.get(s.event or "", s.at)) for s in told.steps),
    )  # fmt: skip
    played = play(story)
    assert [str(p) for step in played for p in step.problems] == []
    under = [step.after.process.version for step in played]
    assert (under[0], under[-1]) == ("PRE_2013", "TRIAL_2013")
    assert played[-1].after.states == play(told)[-1].after.states


def test_a_story_that_does_not_cross_stays_under_its_law(tmp_path: Path) -> None:
    story = load(kept(tmp_path, **limits(TAKEN_OVER), under=[]))
    assert play(story)[0].after.process.version != "ACT_2023_12"


def test_another_process_crosses_in_the_place_of_its_own_version(tmp_path: Path) -> None:
    story = load(kept(tmp_path, **limits(TAKEN_OVER)))
    own = processes.in_force("entry_support", on="2023-11-30")
    renamed = evolve(own, called=evolve(own.label, en="another"))
    played = play(story, renamed)
    assert played[0].before.process == renamed
    assert played[-1].after.process.version == "ACT_2023_12"


@pytest.mark.slow
def test_a_story_crosses_by_the_transitional_rules_of_a_file(tmp_path: Path) -> None:
    stays = TransitionalRule("stays", Text("従前の例による", "stay"), continues=True)
    proposed = Transitional("proposed", "entry_support", Text("案", "a draft"),
                            (RulesOn(date(2023, 12, 1), (stays,)),))  # fmt: skip
    dump(proposed, tmp_path / "rules.json")
    under = [{"transitional": "rules.json"}, {"crosses": True}]
    story = load(kept(tmp_path, **limits(TAKEN_OVER), under=under))
    assert [law.id for law in story.laws] == ["proposed", "base"]
    ends = [play(story, law=law)[-1].after.process.version for law in story.laws]
    assert ends == [processes.in_force("entry_support", on="2023-11-30").version, "ACT_2023_12"]
    again = tmp_path / "again.policy.toml"
    again.write_text(written(story), "utf-8")
    assert load(again).laws == story.laws


def test_what_is_wrong_with_a_file_of_transitional_rules_is_told(tmp_path: Path) -> None:
    rules = tmp_path / "rules.json"
    story = kept(tmp_path, under=[{"transitional": "rules.json"}])
    with pytest.raises(LoadError) as absent:
        load(story)
    assert (absent.value.field, absent.value.code) == ("under[0].transitional", "cannot_read")
    rules.write_text('{"format": 2}', "utf-8")
    with pytest.raises(LoadError) as wrong:
        load(story)
    assert (wrong.value.file, wrong.value.line) == (str(rules), 1)
    dump(Transitional("p", "entry_support", Text("案", "a"), (RulesOn(date(2023, 12, 2), (KEPT,)),)), rules,
         overwrite=True)  # fmt: skip
    with pytest.raises(LoadError) as day:
        play(load(story))
    assert (day.value.field, day.value.code) == ("under[0].transitional", "transitional_day")
    with pytest.raises(LoadError) as no_file:
        load(kept(tmp_path, under=[{"transitional": "rules.txt"}]))
    assert (no_file.value.field, no_file.value.code) == ("under[0].transitional", "no_format")


def test_a_hundred_files_belong_to_a_story_each_named_once_in_a_law(tmp_path: Path) -> None:
    edits = (Relabel("event arrested", Text("案", "a")),)
    for number in range(101):
        own = Variant(f"v{number}", "entry_support", Text("案", "a"), edits)
        dump(own, tmp_path / f"v{number}.json")
    files = [f"v{number}.json" for number in range(101)]
    for names in (files[:100], ["v0.json", "v1.json+v2.json", "v1.json+v0.json"]):
        laws = load(kept(tmp_path, under=[{"variant": name} for name in names])).laws
        assert [law.called for law in laws] == [name.replace(".json", "") for name in names]
    for names, code in ((files, "include_many"), (["v0.json+./v0.json"], "lists_twice")):
        with pytest.raises(LoadError) as caught:
            load(kept(tmp_path, under=[{"variant": name} for name in names]))
        assert (caught.value.code, caught.value.field) == (code, f"under[{len(names) - 1}].variant")


@pytest.mark.parametrize(
    ("changes", "field", "code"),
    [
        ({"under": [{"transitional": "r.toml", "variant": "a.toml"}]}, "under[0].transitional",
         "story_crosses"),
        ({"under": [{"crosses": True, "variant": "a.toml"}]}, "under[0].crosses", "story_crosses"),
        ({"under": [{"crosses": "yes"}]}, "under[0].crosses", "story_value"),
        ({"open": [{**TAKEN_OVER["open"][0], "since": {"custody": 3}}]}, "open[0].since.custody",
         "story_value"),
        ({"open": [{**TAKEN_OVER["open"][0], "since": {"custody": "+1h"}}]}, "open[0].since.custody",
         "story_value"),
        ({"open": [{**TAKEN_OVER["open"][0], "reason": ""}]}, "open[0].states", "midway_no_reason"),
        ({"open": [{**TAKEN_OVER["open"][0], "states": {"custody": "nowhere"}}]}, "open[0].states",
         "unknown_id_of"),
        ({"open": [{**TAKEN_OVER["open"][0], "facts": {"agee": 3}}]}, "open[0].facts", "unknown_id_near"),
        ({"open": [{**TAKEN_OVER["open"][0], "facts": {"age": 999}}]}, "open[0].facts.age", "fact_value"),
        ({"open": [{**TAKEN_OVER["open"][0], "since": {"arested": "2023-11-29T22:00"}}]},
         "open[0].since", "unknown_id_near"),
        ({"open": [{**TAKEN_OVER["open"][0], "since": {"custody": "2024-11-29T22:00"}}]},
         "open[0].since", "midway_after"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_is_written(
    tmp_path: Path, changes: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(DiversionFlowError) as wrong:
        play(load(kept(tmp_path, **changes)))
    assert wrong.value.field == field
    assert wrong.value.code == code
    assert "other office" not in wrong.value.text("ja")


def words(data: Any) -> Iterator[tuple[Any, ...]]:
    """The way to every word and list in a story."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield (key,)
        if isinstance(value, dict | list):
            yield from ((key, *rest) for rest in words(value))


@pytest.mark.parametrize("odd", [None, [None], {"": None}, 10**30, "", "+999999999999d"])
def test_whatever_a_field_of_a_story_holds_it_is_told_by_its_file(tmp_path: Path, odd: Any) -> None:
    told: list[LoadError] = []
    for way in words(TAKEN_OVER):
        story = copy.deepcopy(TAKEN_OVER)
        here: Any = story
        for key in way[:-1]:
            here = here[key]
        here[way[-1]] = odd
        try:
            play(load(kept(tmp_path, **story)))
        except LoadError as wrong:
            told.append(wrong)
    assert len(told) > 15
    for wrong in told:
        assert str(kept(tmp_path)) in wrong.text("ja") != wrong.text("en")


def test_a_way_from_a_case_that_began_midway_and_crossed_is_a_story_that_plays(
    tmp_path: Path,
) -> None:
    case = play(load(kept(tmp_path, **limits(TAKEN_OVER))))[0].after
    assert case.journal[-1].event == LAW_CHANGED
    way = ways(case, to="referred")
    assert way is not None
    file = tmp_path / "way.policy.toml"
    file.write_text(written(scenario_of(way, "way", Text("道", "way"))), "utf-8")
    played = play(load(file))
    assert [str(p) for step in played for p in step.problems] == []
    assert [e.event for e in played[-1].after.journal] == ["opened", LAW_CHANGED, "referred"]
    assert played[-1].after.states["custody"] == "referred"
