"""The road as data: what is refused, what is written, what an edit leaves of it."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from diversion_flow.analysis.structure import structure
from diversion_flow.definition import (
    Act,
    DefinitionError,
    Departure,
    Group,
    Heading,
    Hold,
    LoadError,
    Process,
    Remove,
    Road,
    Stage,
    Text,
    Variant,
    replace,
)
from diversion_flow.definition.files.serial import digest, dumps, loads_process
from diversion_flow.definition.frozen import names_in
from diversion_flow.definition.process import made_of
from diversion_flow.definition.road import without
from helpers.small import PROCESS, T

_LAW = evolve(PROCESS, stages=(Stage("first", T), Stage("second", T)))
_AWAY = Departure(Text("別の道", "another way"), "consent", ("consent.take_back",), "first")
ROAD = Road(
    (Group(Text("甲", "one"), ("worker",)), Group(Text("乙", "two"), ("partner",))),
    (
        Act(Text("頼む", "ask"), "partner", "first", ("consented",), also=True),
        Act(Text("助ける", "help"), "worker", "first", ("helped",), departures=(_AWAY,)),
        Act(Text("終える", "end"), "partner", "second", ("finished", "lapsed")),
    ),
    "main",
    (
        Hold(Text("待つ", "wait"), ("main.asked",)),
        Hold(T, ("main.helped", "main.done"), ("limit",)),
    ),
    "finished",
    headings=(Heading("second", T),),
    brief=(Act(T, "worker"),),
)
LAW = evolve(_LAW, road=ROAD)


def test_it_is_written_and_read_again() -> None:
    again = loads_process(dumps(LAW))
    assert again == LAW
    assert '"road"' not in dumps(_LAW)  # who tells none writes none


def test_how_a_process_is_told_is_part_of_what_it_is() -> None:
    assert digest(LAW) != digest(_LAW)
    shorter = evolve(LAW, road=evolve(ROAD, acts=ROAD.acts[:2]))
    (change,) = structure(LAW, shorter)
    assert change.text("ja") == "Δ 過程 — 通常の流れの図: 頼む → 助ける → 終える → 頼む → 助ける"
    assert structure(_LAW, LAW)[0].text("en").endswith("none → ask → help → end")
    broken = evolve(ROAD.acts[0], label=Text("頼みに\n行く", "go and\nask"))
    (change,) = structure(LAW, evolve(LAW, road=evolve(ROAD, acts=(broken, *ROAD.acts[1:]))))
    assert change.text("ja").endswith("→ 頼みに行く → 助ける → 終える")
    assert change.text("en").endswith("→ go and ask → help → end")


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"groups": (Group(T, ("worker", "partner")), Group(T, ("partner",)))}, "road_two_rows",
     "road.groups[1]"),
    ({"groups": ROAD.groups[1:]}, "road_no_row", "road.acts[1].by"),
    ({"acts": (ROAD.acts[1], ROAD.acts[0])}, "road_also_late", "road.acts[1].also"),
    ({"acts": (ROAD.acts[2], ROAD.acts[1])}, "road_runs_back", "road.acts[1].stage"),
    ({"brief": (ROAD.acts[2], ROAD.acts[1])}, "road_runs_back", "road.brief[1].stage"),
    ({"holds": (Hold(T, ("consent.open",)),)}, "road_off_spine", "road.holds[0]"),
    ({"spine": None}, "road_off_spine", "road.holds[0]"),
    ({"holds": (Hold(T, ()),)}, "road_no_state", "road.holds[0].states"),
    ({"turning": "finishd"}, "unknown_id_near", "road.turning"),
    ({"acts": (evolve(ROAD.acts[1], events=("help",)),)}, "unknown_id_near", "road.acts[0].events[0]"),
    ({"holds": (Hold(T, ("main.askd",)),)}, "unknown_id_near", "road.holds[0].states[0]"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "field"), WRONG)
def test_what_cannot_be_drawn_is_refused_where_it_stands(
    changes: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(DefinitionError) as caught:
        evolve(LAW, road=evolve(ROAD, **changes))
    assert caught.value.code == code
    assert ".".join(name for name, _ in caught.value.at) == field
    assert caught.value.text("ja") != caught.value.text("en")


def test_a_road_that_is_shared_is_held_against_another_order_of_stages() -> None:
    turned = LAW.stages[::-1]
    with pytest.raises(DefinitionError) as caught:
        made_of(LAW, **{name: getattr(LAW, name) for name in names_in(LAW)} | {"stages": turned})
    assert caught.value.code == "road_runs_back"


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(DefinitionError, match="finished"):
        evolve(LAW, road=evolve(ROAD, turning="finishd"))


def test_a_file_is_told_the_line_of_what_is_wrong() -> None:
    text = dumps(LAW).replace('"turning": "finished"', '"turning": "finishd"')
    with pytest.raises(LoadError) as caught:
        loads_process(text)
    assert caught.value.field == "road.turning"
    assert "finishd" in text.splitlines()[(caught.value.line or 0) - 1]


def test_what_is_removed_goes_from_the_road_too() -> None:
    ways = ("transition main.finish", "transition consent.end", "transition main.lapse")
    law = _applied(LAW, replace("deadline limit", on_expiry=None), *map(Remove, ways))
    assert law.road == ROAD  # the acts remain while one of their events does
    law = _applied(law, Remove("event finished"))
    assert law.road is not None
    assert (law.road.turning, law.road.acts[2].events) == (None, ("lapsed",))
    law = _applied(law, Remove("event lapsed"), Remove("transition consent.take_back"))
    assert law.road is not None
    assert law.road.acts == (ROAD.acts[0], evolve(ROAD.acts[1], departures=()))


def _applied(law: Process, *edits: Any) -> Process:
    return Variant("v", law.id, T, edits).apply(law)


def test_a_machine_takes_its_states_and_rules_with_it() -> None:
    road = without(
        ROAD, lambda kind, id: (kind, id) == ("machine", "main") or id.startswith("main.")
    )
    assert (road.spine, road.holds) == (None, ())
    assert without(ROAD, lambda kind, id: kind == "stage").headings == ()
    assert without(ROAD, lambda kind, id: False) == ROAD
    assert without(ROAD, lambda kind, id: kind == "agency").groups == ()
