"""The dates worked out by hand, published as data: the runtime comes to each of them, and the
file is what its schema says."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import jsonschema
import pytest
from attrs import evolve

from diversion_flow import Case, processes
from helpers.places import ROOT

FOLDER = ROOT / "src/diversion_flow/processes/entry_support/vectors"
FILE = json.loads((FOLDER / "dates.json").read_text("utf-8"))
VECTORS = FILE["vectors"]


def played(vector: dict[str, Any]) -> Case:
    """The case after the vector's events; its law is held throughout."""
    law = processes.in_force(FILE["process"], on=vector["law"])
    assert law.version == vector["version"]
    case = evolve(law, until=None).open(at=vector["opened"], facts=vector["facts"])
    for told in vector["events"]:
        case = case.step(told["event"], by=told["by"], at=told["at"], facts=told.get("facts"))
    return case


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: v["id"])
def test_the_limit_is_over_when_the_reasoning_says(vector: dict[str, Any]) -> None:
    case = played(vector)
    (clock,) = [c for c in case.deadlines() if c.deadline.id == vector["limit"]]
    over = datetime.fromisoformat(vector["over"])
    assert clock.ends == over
    assert clock.last_day == date.fromisoformat(vector["last_day"])
    assert not clock.passed(over - timedelta(microseconds=1))
    assert clock.passed(over)


def test_the_file_is_what_its_schema_says() -> None:
    schema = json.loads((FOLDER / "dates.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(FILE, schema, format_checker=jsonschema.FormatChecker())
    without = {key: value for key, value in VECTORS[0].items() if key != "over"}
    with pytest.raises(jsonschema.ValidationError, match="over"):
        jsonschema.validate({**FILE, "vectors": [without]}, schema)


def test_each_vector_is_one_of_its_own() -> None:
    assert len({vector["id"] for vector in VECTORS}) == len(VECTORS)


def test_what_is_counted_wrong_most_often_is_there() -> None:
    said = [about for vector in VECTORS for about in vector["about"]]
    asked = {"month_end", "leap_year", "pause", "renewal", "extension", "finality_by_expiry",
             "waiver", "withdrawal", "holiday"}  # fmt: skip
    assert asked <= set(said)
    assert said.count("year_turn") >= 24
    assert any({"pause", "renewal"} <= set(vector["about"]) for vector in VECTORS)
