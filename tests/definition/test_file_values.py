"""What a file may hold in one place: each value strictly as what it is, and else named there."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import LoadError
from diversion_flow.definition import (
    Choice,
    DefinitionError,
    Fact,
    Kind,
    Parameter,
    fact,
    param,
    when,
)
from diversion_flow.definition.files.guard_data import from_data, to_data
from diversion_flow.definition.files.scalars import (
    day,
    text,
    truth,
    value_from_data,
    value_to_data,
    whole,
)
from diversion_flow.definition.files.serial import dumps, loads_process
from diversion_flow.definition.files.variant_file import loads_variant
from diversion_flow.definition.guard import ALWAYS, AllOf, Not, ParameterRef
from helpers.small import LAW, PROCESS, T

MOMENT = datetime(2024, 6, 3, 10, tzinfo=UTC)
VALUES = [
    (None, None),
    (True, True),
    (0, 0),
    ("x", "x"),
    ({"parameter": "days"}, ParameterRef("days")),
    ({"date": "2024-06-03"}, date(2024, 6, 3)),
    ({"datetime": "2024-06-03T10:00:00+00:00"}, MOMENT),
]


@pytest.mark.parametrize(("written", "value"), VALUES, ids=str)
def test_a_value_is_written_and_read(written: Any, value: Any) -> None:
    found = value_from_data(written)
    assert (found, type(found)) == (value, type(value))
    assert value_to_data(value) == written


def test_days_that_a_format_knows_itself_are_taken() -> None:
    assert value_from_data(date(2024, 6, 3)) == day(date(2024, 6, 3)) == date(2024, 6, 3)
    assert value_from_data(MOMENT) == MOMENT
    assert day("2024-06-03") == date(2024, 6, 3)
    assert (truth(True), truth(False), text("甲")) == (True, False, "甲")
    assert [whole(n) for n in (0, 10**18 - 1, 1 - 10**18)] == [0, 10**18 - 1, 1 - 10**18]


WRONG: list[tuple[Any, Any, str, str]] = [
    # reader, what is written, code, field
    (truth, 1, "wrong_type", ""),
    (truth, "true", "wrong_type", ""),
    (text, 1, "wrong_type", ""),
    (text, "\udfff", "half_character", ""),
    (whole, True, "wrong_type", ""),
    (whole, 1.0, "wrong_type", ""),
    (whole, 10**18, "no_number", ""),
    (whole, -(10**18), "no_number", ""),
    (day, MOMENT, "wrong_type", ""),
    (day, 20240603, "wrong_type", ""),
    (day, "2024-06-31", "no_day", ""),
    (value_from_data, 1.5, "wrong_type", ""),
    (value_from_data, [1], "wrong_type", ""),
    (value_from_data, 10**18, "no_number", ""),
    (value_from_data, {}, "wrong_type", ""),
    (value_from_data, {"day": "2024-06-03"}, "wrong_type", ""),
    (value_from_data, {"date": "2024-06-03", "parameter": "x"}, "wrong_type", ""),
    (value_from_data, {"date": "2024-06-31"}, "no_day", "date"),
    (value_from_data, {"datetime": "ten o'clock"}, "no_moment", "datetime"),
    (value_from_data, {"parameter": 3}, "wrong_type", "parameter"),
    (from_data, "x", "no_guard", ""),
    (from_data, {"fact": "age"}, "no_form", ""),
    (from_data, {"fact": "age", "is": ">=", "value": None}, "null_compared", "value"),
    (from_data, {"fact": "age", "is": "=", "value": 1}, "none_of", "is"),
    (from_data, {"fact": "age", "in": 3}, "wrong_type", "in"),
    (from_data, {"fact": "age", "in": [1, {"parameter": "days"}]}, "wrong_type", "in[1]"),
    (from_data, {"parameter": "days", "value": {"parameter": "x"}}, "wrong_type", "value"),
    (from_data, {"all": [{"always": True}, {"not": 3}]}, "no_guard", "all[1].not"),
    (from_data, {"machine": "main", "in": ["asked", 3]}, "wrong_type", "in[1]"),
]


@pytest.mark.parametrize(("read", "written", "code", "field"), WRONG)
def test_a_value_of_another_kind_is_named_where_it_stands(
    read: Any, written: Any, code: str, field: str
) -> None:
    with pytest.raises(DefinitionError) as caught:
        read(written)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert caught.value.text("ja") != caught.value.text("en")


def test_it_is_told_what_was_found_and_what_is_wanted() -> None:
    for read, written, found, wanted in (
        (whole, "3", "str", ("int",)),
        (day, 3, "int", ("date",)),
        (value_from_data, [1], "list", ("str", "int", "bool", "date")),
        (lambda data: from_data({"fact": "age", "in": [data]}), {"parameter": "days"}, "dict",
         ("str", "int", "bool", "date")),
    ):  # fmt: skip
        with pytest.raises(DefinitionError) as caught:
            read(written)  # type: ignore[operator]
        assert caught.value.values == {"found": found, "wanted": wanted}


@pytest.mark.parametrize("word", ["all", "any", "not"])
def test_a_guard_is_as_deep_as_it_may_be_and_no_deeper(word: str) -> None:
    def deep(levels: int) -> Any:
        written: Any = {"always": True}
        for _ in range(levels):
            written = {word: written if word == "not" else [written]}
        return written

    levels = next(n for n in range(1, 200) if not readable(deep(n)))
    with pytest.raises(DefinitionError) as caught:
        from_data(deep(levels))
    assert caught.value.code == "deep_guard"
    assert caught.value.values == {"limit": levels - 1} == {"limit": 32}
    assert caught.value.field == ".".join(["not" if word == "not" else f"{word}[0]"] * levels)


def readable(written: Any) -> bool:
    try:
        return bool(from_data(written).parts())
    except DefinitionError:
        return False


def test_what_a_guard_asks_of_a_policy_is_written_and_read() -> None:
    for guard in (when("p"), when("p", None), when("p", date(2024, 6, 3)), fact("a") < param("p"), ALWAYS, Not(ALWAYS), AllOf(())):  # fmt: skip
        assert from_data(json.loads(json.dumps(to_data(guard)))) == guard
    assert from_data({"parameter": "p"}) == when("p", None)


# -- in a whole file -------------------------------------------------------------------------------

WIDE = evolve(
    PROCESS,
    facts=(*PROCESS.facts, Fact("home", T, Kind.CHOICE, "worker", choices=(Choice("own", T),))),
    parameters=(Parameter("days", T, 10, basis=LAW), Parameter("from", T, date(2024, 6, 3))),
)
SPOILT: list[tuple[str, str, str, str]] = [
    # what is written → instead of it; the field and what is told
    ('"amount": 10', '"amount": {"date": "2024-06-03"}', "deadlines[0].length.amount", "whole number"),
    ('"amount": 10', '"amount": true', "deadlines[0].length.amount", "whole number"),
    ('"value": 10', '"value": {"parameter": "from"}', "parameters[0].value", "give text"),
    ('"events": [\n     "helped"\n    ]', '"entry": false', "deadlines[0].start", "start"),
    ('"events": [\n     "helped"\n    ]', '"entry": true, "fact": "age"', "deadlines[0].start", "start"),
    ('"events": [\n     "helped"\n    ]', '"fact": 3', "deadlines[0].start.fact", "text"),
    ('"final": true', '"final": 1', "machines[0].states[2].final", "true or false"),
    ('"by": [\n    "worker"\n   ]', '"by": "worker"', "events[0].by", "give list"),
    ('"id": "lapsed"', '"id": "opened"', "events[2]", "journals"),
    ('"kind": "choice"', '"kind": "boolean"', "facts[3].choices", "choices"),
    ('"states": [\n    "helped"\n   ]', '"states": []', "deadlines[0].states", "state"),
    ('"kind": "integer"', '"kind": 3', "facts[0].kind", "give one of"),
    ('"id": "own"', '"id": ""', "facts[3].choices[0].id", "id"),
]  # fmt: skip


@pytest.mark.parametrize("n", range(len(SPOILT)))
def test_in_a_file_it_is_named_by_its_field_and_line(n: int) -> None:
    old, new, field, told = SPOILT[n]
    written = dumps(WIDE)
    assert loads_process(written) == WIDE
    assert old in written
    with pytest.raises(LoadError) as caught:
        loads_process(written.replace(old, new, 1))
    assert caught.value.field == field, str(caught.value)
    assert told in str(caught.value)
    assert caught.value.line is not None


HEAD = 'format = 1\nid = "v"\nprocess = "small"\nlabel = { ja = "あ", en = "a" }\n'
EDITS = [
    ('[[edits]]\nadd = "colour"\npart = {}', "edits[0].add", "no kind of part 'colour'"),
    ('[[edits]]\nreplace = "rule main.help"\nwith = {}', "edits[0].replace", "no kind of part 'rule'"),
    ('[[edits]]\nreplace = "event helped"\nwith = 3', "edits[0].with", "has the wrong type"),
    ('[[edits]]\nextend = "event helped"\nlist = "home"\nvalues = []', "edits[0].list", "is not a list"),
    ('[[edits]]\nextend = "event helped"\nlist = "hom"\nvalues = []', "edits[0].list", "nearest: home"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "field", "told"), EDITS)
def test_in_an_edit_it_is_named_by_its_word(written: str, field: str, told: str) -> None:
    with pytest.raises(LoadError) as caught:
        loads_variant(HEAD + written)
    assert caught.value.field == field, str(caught.value)
    assert told in str(caught.value)


PARTS = [
    "agencies[1]", "events[4]", "facts[3]", "parameters[1]", "deadlines[0]", "sources[0]",
    "machines[1]", "machines[0].states[2]", "machines[0].transitions[3]",
]  # fmt: skip
NO_IDS = [(part, id) for part in PARTS for id in ("", "a b")] + [("facts[3].choices[0]", "")]


@pytest.mark.parametrize(("field", "id"), NO_IDS)
def test_a_part_whose_id_is_none_is_named_by_where_it_stands(field: str, id: str) -> None:
    data = json.loads(dumps(WIDE))
    part = data
    for name, number in (step.rstrip("]").split("[") for step in field.split(".")):
        part = part[name][int(number)]
    part["id"] = id
    with pytest.raises(LoadError) as caught:
        loads_process(json.dumps(data, ensure_ascii=False, indent=1))
    assert caught.value.code == "no_id"
    assert caught.value.field == f"{field}.id"
    assert caught.value.line is not None
