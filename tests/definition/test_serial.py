"""Definitions to JSON and back, byte for byte; every wrong file named with file and field."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve
from hypothesis import given

from diversion_flow import Process, processes
from diversion_flow.definition import DefinitionError, Guard, LoadError, Text
from diversion_flow.definition.files.guard_data import from_data, to_data
from diversion_flow.definition.files.positions import enclosing, positions
from diversion_flow.definition.files.serial import (
    digest,
    dump,
    dumps,
    load_process,
    loads_process,
)
from helpers.amounts import Amount
from helpers.definition_schemas import schema
from helpers.goldens import golden
from helpers.guards import GUARDS
from helpers.places import GOLDEN, TESTS
from helpers.small import PROCESS

SMALL = dumps(PROCESS)


@pytest.mark.parametrize("process", [PROCESS, *map(processes.get, processes.names())], ids=repr)
def test_round_trip_is_exact_and_byte_stable(process: Process) -> None:
    text = dumps(process)
    again = loads_process(text)
    assert again == process
    assert dumps(again) == text


@given(GUARDS)
def test_guards_round_trip(guard: Guard) -> None:
    assert from_data(json.loads(json.dumps(to_data(guard)))) == guard


def test_the_written_form_is_the_golden_one() -> None:
    golden("small.json", SMALL)


def test_toml_gives_the_same_process() -> None:
    assert load_process(GOLDEN / "small.toml") == PROCESS


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_same_bytes_under_any_hash_seed(seed: str) -> None:
    code = "from helpers.small import PROCESS; from diversion_flow.definition.files.serial import dumps; import sys; sys.stdout.buffer.write(dumps(PROCESS).encode())"
    path = os.pathsep.join([str(TESTS), *sys.path])
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True)
    assert done.stdout.decode() == SMALL


def test_files_are_written_whole_and_not_over_others(tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    dump(PROCESS, file)
    assert load_process(file) == PROCESS
    with pytest.raises(FileExistsError):
        dump(PROCESS, file)
    dump(PROCESS, file, overwrite=True)
    assert [f.name for f in tmp_path.iterdir()] == ["p.json"]


def test_what_nobody_could_read_back_is_not_written(tmp_path: Path) -> None:
    halved = evolve(PROCESS, label=Text("あ", "half \ud800"))
    for write in (dumps, lambda law: dump(law, tmp_path / "law.json")):
        with pytest.raises(DefinitionError, match="half a character"):
            write(halved)
    assert list(tmp_path.iterdir()) == []


def test_a_digest_tells_two_laws_apart_and_is_the_same_everywhere() -> None:
    text = json.dumps(json.loads(SMALL), ensure_ascii=False)
    assert digest(PROCESS) == digest(evolve(PROCESS)) == sha256(text.encode()).hexdigest()[:12]
    assert digest(evolve(PROCESS, version="2")) != digest(PROCESS)


FAULTS = {
    "unknown field": ('"label"', '"lable"', "unknown field lable"),
    "wrong type": ('"minimum": 0', '"minimum": "0"', "whole number"),
    "unknown machine": ('"home": "main"', '"home": "mian"', "nearest: main"),
    "unknown operator": ('"is": ">="', '"is": "=>"', "give one of ==, !="),
    "unknown kind": ('"kind": "integer"', '"kind": "number"', "give one of boolean, integer"),
    "unknown format": ('"format": 1', '"format": 2', "write 1"),
    "not JSON": ('"id": "small",', '"id": "small"', "is not JSON"),
    "twice": ('"id": "small",', '"id": "small", "id": "big",', "is given twice"),
    "a day for an amount": (
        '"amount": 10',
        '"amount": {"date": "2024-06-03"}',
        "deadlines[0].length.amount: has the wrong type: table of names and values (give whole number)",
    ),
    "no start": (
        '"start": {',
        '"start": {"entry": false, ',
        "deadlines[0].start: does not say when",
    ),
    "not a number": ('"minimum": 0', '"minimum": NaN', "is not a number"),
    "half a character": ('"id": "small"', '"id": "\\ud800"', "lone surrogate"),
    "python named": (
        '"guard": {',
        '"guard": {"import": "os", ',
        "there is no guard with fact, import",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_file_is_refused_with_file_and_remedy(fault: str) -> None:
    old, new, said = FAULTS[fault]
    assert old in SMALL
    with pytest.raises(LoadError) as caught:
        loads_process(SMALL.replace(old, new, 1), file="p.json")
    assert said in str(caught.value)
    assert str(caught.value).startswith("p.json")


def test_the_line_is_the_line_of_the_field() -> None:
    text = SMALL.replace('"maximum": 120', '"maximum": "120"')
    with pytest.raises(LoadError) as caught:
        loads_process(text)
    assert caught.value.field == "facts[0].maximum"
    assert caught.value.line is not None
    assert '"maximum": "120"' in text.splitlines()[caught.value.line - 1]
    lines = positions(text).lines
    assert enclosing(lines, "facts[9].maximum") == lines["facts"]
    assert enclosing(lines, "labels") == lines[""] != lines["label"]


def test_a_text_that_is_wide_and_then_deep_is_walked_no_deeper_than_one_may_be() -> None:
    assert positions('{"a": [' + "1," * 2_000 + "[" * 20_000).lines["a[2000]"] == 1


def test_a_key_that_no_language_reads_is_found_as_it_is_written() -> None:
    found = positions('{"a": 1,\n"\\q": 2}')
    assert found.lines == {"": 1, "a": 1, '"\\q"': 2}


def test_a_header_may_end_a_text() -> None:
    found = positions("id = 1\n[label]")
    assert (found.lines, found.twice) == ({"": 1, "id": 1, "label": 2}, None)


def test_a_contradiction_names_the_line_of_the_rule() -> None:
    text = SMALL.replace('"target": "helped"', '"target": "hlped"')
    with pytest.raises(LoadError) as caught:
        loads_process(text, file="p.json")
    assert caught.value.line is not None
    assert '"target": "hlped"' in text.splitlines()[caught.value.line - 1]
    assert caught.value.field == "machines[0].transitions[0].target"


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, '{"format": 1, "x": ' + "[" * 500 + "]" * 500 + "}", "", "null", "[]",
     " " * 4_000_001, '{"format": 1}', '{"format": true}', "9" * 5000],
    ids=["deep", "nested", "empty", "null", "list", "large", "bare", "true", "digits"],
)  # fmt: skip
def test_hostile_texts_are_refused(text: str) -> None:
    with pytest.raises(DefinitionError):
        loads_process(text)


def _mutated(data: Any, rnd: random.Random) -> Any:
    """The data with one value somewhere replaced, removed or renamed."""
    if isinstance(data, dict) and data:
        key = rnd.choice(sorted(data))
        action = rnd.random()
        if action < 0.1:
            return {k: v for k, v in data.items() if k != key}
        if action < 0.2:
            return {(k + "x" if k == key else k): v for k, v in data.items()}
        return {k: _mutated(v, rnd) if k == key else v for k, v in data.items()}
    if isinstance(data, list) and data and rnd.random() < 0.9:
        i = rnd.randrange(len(data))
        return [_mutated(v, rnd) if j == i else v for j, v in enumerate(data)]
    return rnd.choice([None, True, -1, 10**30, "", "x", "\0", [], {}, [[]], {"a": {}}, 1.5])


@pytest.mark.again
def test_mutated_files_give_a_process_or_a_plain_refusal(amount: Amount) -> None:
    rnd, refused, unnamed = random.Random(20240603), 0, 0
    whole = json.loads(SMALL)
    for _ in range(amount(1500, 300)):
        text = json.dumps(_mutated(whole, rnd))
        try:
            assert isinstance(loads_process(text, file="m.json"), Process)
        except DefinitionError as error:
            refused += 1
            unnamed += "m.json" not in str(error)
    assert refused > amount(1000, 190)
    assert unnamed == 0


def test_the_shipped_schema_is_up_to_date() -> None:
    import diversion_flow.definition.files as room

    file = Path(room.__file__).parent / "process.schema.json"
    golden(file, json.dumps(schema(), indent=1) + "\n")


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.slow) if n == "entry_support" else n
                                  for n in processes.names()])  # fmt: skip
def test_the_schema_accepts_what_we_write(name: str) -> None:
    checker = jsonschema.Draft202012Validator(schema())
    checker.check_schema(schema())
    checker.validate(json.loads(dumps(processes.get(name))))


@pytest.mark.parametrize(
    "fault", ["unknown field", "wrong type", "unknown operator", "unknown kind"]
)
def test_the_schema_refuses_wrong_files(fault: str) -> None:
    old, new, _ = FAULTS[fault]
    wrong = json.loads(SMALL.replace(old, new, 1))
    assert not jsonschema.Draft202012Validator(schema()).is_valid(wrong)
