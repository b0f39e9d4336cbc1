"""The schemas for editors accept every file that is shipped, and refuse what the readers refuse."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diversion_flow.definition.files as files
import diversion_flow.scenarios as room
from diversion_flow import LoadError, processes
from diversion_flow.definition.files.serial import dumps
from diversion_flow.definition.files.variant_file import loads_variant
from diversion_flow.scenarios import read, story_names
from diversion_flow.scenarios.form import FORM
from helpers.amounts import Amount
from helpers.definition_schemas import (
    questions_schema,
    transitional_schema,
    variant_schema,
)
from helpers.goldens import golden
from helpers.scenario_schema import schema

STORIES = jsonschema.Draft202012Validator(schema())
VARIANTS = jsonschema.Draft202012Validator(variant_schema())


def plain(text: str) -> Any:
    """TOML as a JSON Schema sees it: days are texts."""
    return json.loads(json.dumps(tomllib.loads(text), default=str))


@pytest.mark.parametrize(
    ("home", "name", "made"),
    [
        (room, "scenario.schema.json", schema),
        (files, "variant.schema.json", variant_schema),
        (files, "transitional.schema.json", transitional_schema),
        (files, "questions.schema.json", questions_schema),
    ],
    ids=["scenario", "variant", "transitional", "questions"],
)
def test_the_shipped_schemas_are_up_to_date(home: Any, name: str, made: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(made())
    golden(Path(home.__file__).parent / name, json.dumps(made(), indent=1) + "\n")


@pytest.mark.slow
@pytest.mark.parametrize("folder", ["stories", "tours"])
def test_every_shipped_story_is_accepted(folder: str, amount: Amount) -> None:
    names = story_names(folder)
    assert len(names) >= 10
    for name in names[:: amount(1, 3)]:
        file = resources.files("diversion_flow.scenarios") / folder / f"{name}.toml"
        STORIES.validate(plain(file.read_text("utf-8")))


STORY: dict[str, Any] = {
    "id": "x", "process": "entry_support", "on": "2024-06-03",
    "open": [{"at": "09:00", "facts": {"age": 71}, "ends": "open"}],
    "step": [{"at": "+1h", "event": "arrested", "by": "police", "states": {"custody": "arrested"},
              "note": {"ja": "あ", "en": "a"},
              "try": [{"event": "released", "by": "center", "refused": ["wrong_agency"]}]},
             {"at": "+1d", "advance": True, "deadlines": {"police_referral": "none"}}],
}  # fmt: skip

# Where something else is put, and what.
WRONG: dict[str, tuple[tuple[Any, ...], Any]] = {
    "no id": (("id",), None),
    "no steps": (("step",), []),
    "no opening": (("open",), []),
    "an unknown key": (("stepp",), []),
    "an unknown key of a step": (("step", 0, "evnet"), "arrested"),
    "an unknown key of an opening": (("open", 0, "fact"), {}),
    "an unknown key of an attempt": (("step", 0, "try", 0, "bye"), "x"),
    "no event and no passing": (("step", 0, "event"), None),
    "an event that passes": (("step", 0, "advance"), True),
    "nobody who reports": (("step", 0, "by"), None),
    "no moment": (("step", 0, "at"), None),
    "an unknown reason": (("step", 0, "refused"), ["no_consnet"]),
    "an unknown end": (("open", 0, "ends"), "shut"),
    "an unknown origin": (("step", 0, "origin"), "rumour"),
    "one language": (("step", 0, "note"), {"ja": "あ"}),
    "a day in words": (("on",), "soon"),
    "a word for yes": (("step", 1, "advance"), "yes"),
    "a number for a state": (("step", 0, "states"), {"custody": 3}),
    "a list of facts": (("step", 0, "facts"), [1]),
    "because of a thing of no kind": (("step", 0, "because"), {"fact": ["age"]}),
}


def put(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    made = json.loads(json.dumps(data))
    held = made
    for step in path[:-1]:
        held = held[step]
    if value is None:
        del held[path[-1]]
    else:
        held[path[-1]] = value
    return made


def test_the_story_itself_is_right() -> None:
    STORIES.validate(STORY)
    read(json.dumps(STORY), "x.json", "json")


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_story_is_refused_by_schema_and_reader(fault: str) -> None:
    wrong = put(STORY, *WRONG[fault])
    assert not STORIES.is_valid(wrong)
    with pytest.raises(LoadError):
        read(json.dumps(wrong), "x.json", "json")


RICH: dict[str, Any] = {
    "id": "x", "process": "entry_support", "on": "2024-06-03", "title": "t", "published": "p",
    "sources": ["s"], "under": [{"on": "2024-06-03", "place": "osaka"}],
    "open": [{"case": "case", "at": "09:00", "facts": {"age": 71}, "states": {"custody": "free"},
              "since": {"custody": "2024-06-01"}, "reason": "r", "ends": "open"}],
    "step": [{"at": "+1h", "event": "arrested", "by": "police", "facts": {"age": 72},
              "refused": "no_consent", "because": {"facts": ["age"]}, "case": "case",
              "states": {"custody": "arrested"}, "deadlines": {"police_referral": "none"},
              "duties": {"x": "met"}, "sees": {"police": "age"}, "hidden": {"police": ["age"]},
              "possible": {"police": []}, "still_possible": ["released"], "note": "n",
              "origin": "filler", "under": {"osaka": {"states": {"custody": "free"}}},
              "try": [{"event": "released", "by": "center", "at": "+1d",
                       "refused": ["wrong_agency"], "because": {"agencies": "center"}}]}],
}  # fmt: skip
# What may be put anywhere; null takes away, "null" is one.
VALUES: tuple[Any, ...] = (
    "", " ", "x", "none", "10:00", "+1d", "+1d 10:00", "+", "+2", "2024-06-03", "20240603",
    "2024-06-03T10:00", "2024-06-03 10:00:30+09:00", "2024-W23-1", "osaka", "case", "released",
    "met", "open", 3, 3.5, True, False, "null", [], [""], ["x"], ["x", 1], [[]], [{}], {},
    {"a": ""}, {"a": "x"}, {"a": []}, {"a": ["x"]}, {"a": 3}, {"a": 3.5}, {"a": {}}, {"a": "none"},
    {"a": "met"}, {"a": "2024-06-03"}, {"a": "+1d"}, {"ja": "", "en": ""}, {"ja": "a"}, None,
)  # fmt: skip
# What a schema cannot know: whether what is named is there, and only once.
_NAMED = {
    "unknown_id", "unknown_id_near", "unknown_id_of", "story_twice", "story_law_twice",
}  # fmt: skip


def places(data: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every field of a story, by the way to it."""
    for key in data if isinstance(data, dict) else range(len(data)) if type(data) is list else ():
        yield (*at, key)
        yield from places(data[key], (*at, key))


def told_alike(story: Any) -> bool:
    """Whether schema and reader say the same of it."""
    try:
        read(json.dumps(story), "x.json", "json")
    except LoadError as error:
        return error.code in _NAMED or not STORIES.is_valid(story)
    return bool(STORIES.is_valid(story))


@pytest.mark.slow
def test_whatever_one_accepts_the_other_does_wherever_one_thing_is_put() -> None:
    read(json.dumps(RICH), "x.json", "json")
    for number, place in enumerate(places(RICH)):
        for value in VALUES[number % 3 :: 3]:  # not each everywhere: they are of a few kinds
            story = put(RICH, place, value)
            told = json.loads(json.dumps(story).replace('"null"', "null"))
            assert told_alike(told), (place, value)


@given(st.lists(st.tuples(st.sampled_from([*places(RICH)]), st.sampled_from(VALUES)), max_size=4))
def test_whatever_one_accepts_the_other_does_wherever_several_things_are_put(
    changes: list[tuple[tuple[Any, ...], Any]],
) -> None:
    story = RICH
    for place, value in changes:
        try:
            story = put(story, place, value)
        except (LookupError, TypeError):  # what it was in is another thing now
            continue
    assert told_alike(story)


def test_every_table_of_the_form_is_in_the_schema() -> None:
    assert set(schema()["$defs"]) == set(FORM) - {"scenario"}


@pytest.mark.slow
def test_every_shipped_variant_is_accepted() -> None:
    shipped = [v for name in processes.names()
               for v in (*processes.amendments(name), *processes.variants(name))]  # fmt: skip
    assert len(shipped) > 15
    for variant in shipped:
        VARIANTS.validate(json.loads(dumps(variant)))


VARIANT: dict[str, Any] = {
    "format": 1, "id": "v", "process": "entry_support", "label": {"ja": "あ", "en": "a"},
    "edits": [{"set": "elderly_age", "value": 60}],
}  # fmt: skip
WRONG_VARIANTS: dict[str, tuple[tuple[Any, ...], Any]] = {
    "no format": (("format",), None),
    "another format": (("format",), 2),
    "no label": (("label",), None),
    "an unknown key": (("editz",), []),
    "no value": (("edits", 0, "value"), None),
    "an unknown edit": (("edits", 0), {"sett": "elderly_age", "value": 60}),
    "two edits in one": (("edits", 0, "remove"), "event arrested"),
    "an unknown key of an edit": (("edits", 0, "valeu"), 60),
    "an unknown mark": (("edits", 0, "basis"), [{"mark": "heard"}]),
    "no condition": (("edits", 0), {"require": "support.request"}),
    "an unknown operator": (
        ("edits", 0),
        {"require": "support.request", "clause": {"fact": "age", "is": "=>", "value": 60}},
    ),
    "a field that the part does not have": (
        ("edits", 0),
        {"replace": "event arrested", "with": {"bye": ["police"]}},
    ),
    "not known, said as known": (
        ("edits", 0),
        {"require": "support.request", "clause": {"fact": "age", "known": False}},
    ),
    "without nothing": (
        ("edits", 0),
        {"replace": "event arrested", "with": {"by": ["police"]}, "without": []},
    ),
    "a part of no kind": (("edits", 0), {"add": "stat", "part": {"id": "x"}}),
    "a part that lacks its name": (("edits", 0), {"add": "stage", "part": {"id": "x"}}),
}


@pytest.mark.parametrize("fault", WRONG_VARIANTS)
def test_a_wrong_variant_is_refused_by_schema_and_reader(fault: str) -> None:
    VARIANTS.validate(VARIANT)
    wrong = put(VARIANT, *WRONG_VARIANTS[fault])
    assert not VARIANTS.is_valid(wrong)
    with pytest.raises(LoadError):
        loads_variant(json.dumps(wrong), format="json")


GUARD: dict[str, Any] = {"all": [
    {"any": [{"not": {"fact": "age", "known": True}}, {"fact": "age", "is": ">=", "value": 65}]},
    {"fact": "disability", "in": ["physical"]}, {"fact": "places", "includes": "center"},
    {"fact": "places", "named": True}, {"fact": "places", "narrows": True},
    {"machine": "custody", "in": ["free"]}, {"parameter": "strict"}, {"working_day": True},
    {"running": "limit"}, {"that": {"always": True}, "basis": [{"mark": "known", "law": "ora"}]},
    {"fact": "age", "is": "==", "value": {"parameter": "old"}},
]}  # fmt: skip
EDITS: list[dict[str, Any]] = [
    {"set": "elderly_age", "value": 60, "basis": [{"mark": "known", "law": "ora"}]},
    {"require": "support.request", "clause": GUARD},
    {"extend": "event arrested", "list": "by", "values": ["center"]},
    {"replace": "deadline limit", "without": ["note"], "with": {
        "length": {"amount": 36, "unit": "hours"}, "start": {"events": ["arrested"]},
        "stops": [{"machine": "custody", "states": ["free"]}]}},
    {"relabel": "agency center", "label": {"ja": "あ", "en": "a"}},
    {"add": "deadline", "part": {
        "id": "more", "label": {"ja": "あ", "en": "a"}, "machine": "custody", "states": ["free"],
        "start": {"entry": True}, "length": {"amount": {"parameter": "days"}, "unit": "days"},
        "owner": "center"}},
    {"remove": "transition custody.release"},
]  # fmt: skip
# What a schema cannot know of a variant: what there is, and texts that only look like something.
_READ = {*_NAMED, "no_address", "says_nothing", "no_day", "not_no_id", "no_id", "set_twice",
         "changes_nothing", "no_list"}  # fmt: skip


@pytest.mark.slow
def test_whatever_one_accepts_of_a_variant_the_other_does_wherever_one_thing_is_put(
    amount: Amount,
) -> None:
    for edit in EDITS:
        whole = {**VARIANT, "edits": [edit]}
        VARIANTS.validate(whole)
        inside = [place for place in places(whole) if place[0] == "edits"]
        for number, place in enumerate(inside[:: amount(1, 4)]):
            for value in VALUES[number % 40 :: amount(5, 40)]:
                told = json.loads(json.dumps(put(whole, place, value)).replace('"null"', "null"))
                of_list = "values" in place  # of what kind these are depends on the list
                assert of_list or read_alike(told), (place, value)


def read_alike(variant: Any) -> bool:
    """Whether schema and reader say the same of a variant."""
    try:
        loads_variant(json.dumps(variant), format="json")
    except LoadError as error:
        return error.code in _READ or not VARIANTS.is_valid(variant)
    return bool(VARIANTS.is_valid(variant))
