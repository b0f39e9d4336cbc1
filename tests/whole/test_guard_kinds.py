"""Every kind of guard has its row in every table and chain that reads guards: a new kind without
one fails here."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any

import jsonschema
import pytest
from attrs import evolve, fields, has

from diversion_flow import Process, check
from diversion_flow.analysis.cells import Cells, ground, question
from diversion_flow.definition import (
    Guard,
    Parameter,
    Unit,
    fact,
    machine,
    missed,
    param,
    running,
    when,
)
from diversion_flow.definition import wording as in_words
from diversion_flow.definition.deadline import Length
from diversion_flow.definition.files import guard_data
from diversion_flow.definition.files.serial import dumps, loads_process
from diversion_flow.definition.guard import (
    ALWAYS,
    AllOf,
    Always,
    AnyOf,
    Compare,
    Grounded,
    Includes,
    InState,
    Known,
    Member,
    Missed,
    Named,
    Narrows,
    Not,
    OnWorkingDay,
    ParameterIs,
    Running,
)
from diversion_flow.definition.reference import references, refs
from diversion_flow.explorer.model import law
from diversion_flow.interchange import bpmn, conditions, scxml, xstate
from diversion_flow.runtime.logic import compile_guard
from diversion_flow.runtime.reading import Reading
from helpers.definition_schemas import schema
from helpers.guards import SUBJECT
from helpers.small import LAW as LAW_BASIS
from helpers.small import T
from helpers.z3_solver import z3_cover

LAW = evolve(
    SUBJECT,
    parameters=(Parameter("strict", T, True), Parameter("bound", T, 3)),
    deadlines=(evolve(SUBJECT.deadlines[0], length=Length(10, Unit.DAYS), met_by=("finished",)),),
)
SAMPLES: dict[type[Guard], tuple[Guard, tuple[tuple[str, str], ...]]] = {
    Always: (ALWAYS, ()),
    AllOf: (
        (fact("n") >= param("bound")) & (fact("k") == "x"),
        (("fact", "n"), ("parameter", "bound"), ("fact", "k")),
    ),
    AnyOf: ((fact("n") >= 3) | (fact("k") == "x"), (("fact", "n"), ("fact", "k"))),
    Not: (~(fact("k") == "x"), (("fact", "k"),)),
    Grounded: (
        (fact("n") >= 3).under(*LAW_BASIS),
        (("fact", "n"), ("source", "law")),
    ),
    Compare: (fact("n") >= 3, (("fact", "n"),)),
    Member: (fact("k").in_("x", "y"), (("fact", "k"),)),
    Includes: (fact("s").includes("x"), (("fact", "s"),)),
    Known: (fact("n").known(), (("fact", "n"),)),
    Named: (fact("s").named(), (("fact", "s"),)),
    Narrows: (fact("s").narrows(), (("fact", "s"),)),
    InState: (
        machine("main").in_("helped", "done"),
        (("machine", "main"), ("state", "main.helped"), ("state", "main.done")),
    ),
    ParameterIs: (when("strict"), (("parameter", "strict"),)),
    OnWorkingDay: (OnWorkingDay(), ()),
    Running: (running("limit"), (("deadline", "limit"),)),
    Missed: (missed("limit"), (("deadline", "limit"),)),
}
SETTLED = (Always, ParameterIs)  # without a case


def kinds(cls: type[Guard] = Guard) -> Iterator[type[Guard]]:
    """All that a rule may ask for; what only the analysis asks is not among them. A class with
    slots is made twice, and the first stays until it is collected."""
    for kind in cls.__subclasses__():
        room = sys.modules[kind.__module__]
        if (
            room.__name__.startswith("diversion_flow.definition.")
            and vars(room)[kind.__name__] is kind
        ):
            yield kind
        yield from kinds(kind)


def placed(guard: Guard) -> Process:
    """The law with the guard on one of its rules."""
    main = LAW.machines[0]
    rules = (*main.transitions[:-1], evolve(main.transitions[-1], guard=guard))
    return evolve(LAW, machines=(evolve(main, transitions=rules), *LAW.machines[1:]))


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(SAMPLES) == set(kinds())


@pytest.mark.parametrize(
    "table", [in_words._PHRASES, guard_data._WRITERS, conditions._FORMS], ids=len
)
def test_every_kind_has_a_row_of_its_own(table: dict[type[Guard], Any]) -> None:
    assert set(table) == set(SAMPLES)


@pytest.mark.parametrize("kind", SAMPLES, ids=lambda k: k.__name__)
def test_what_it_mentions_is_what_it_refers_to(kind: type[Guard]) -> None:
    guard, mentioned = SAMPLES[kind]
    assert guard.mentions() == mentioned
    assert tuple(dict.fromkeys(r[1:] for r in references(guard))) == mentioned
    named = {a.name for a in fields(kind) if a.type in ("str", "tuple[str, ...]")}
    assert has(kind)
    assert named <= {"operator", "value"} | set(refs(kind))


@pytest.mark.parametrize("kind", SAMPLES, ids=lambda k: k.__name__)
def test_it_is_written_read_and_said(kind: type[Guard]) -> None:
    guard, _ = SAMPLES[kind]
    law = placed(guard)
    assert loads_process(dumps(law)) == law
    jsonschema.Draft202012Validator({"$ref": "#/$defs/Guard", "$defs": schema()["$defs"]}).validate(
        guard_data.to_data(guard)
    )
    ja, en = (in_words.guard_text(law, guard, lang) for lang in ("ja", "en"))
    assert ja
    assert en
    assert ja != en


STATES = {"main": "asked", "consent": "open"}
CASES: tuple[dict[str, Any], ...] = (
    {},
    {"n": 2, "k": "z", "s": ["y"]},
    {"n": 3, "k": "x", "s": ["x"]},
)


@pytest.mark.parametrize("kind", SAMPLES, ids=lambda k: k.__name__)
@pytest.mark.parametrize("facts", CASES, ids=str)
def test_all_who_answer_it_answer_alike(kind: type[Guard], facts: dict[str, Any]) -> None:
    guard, _ = SAMPLES[kind]
    case = LAW.open(at="2024-06-03T10:00", facts=facts)
    compiled = compile_guard(guard, LAW, STATES)
    known = dict(case._facts)
    answer = compiled if isinstance(compiled, bool) else compiled(known, case.at, case)
    assert Reading(case, case.at, known).of(guard) is answer
    if kind not in (
        Running,
        Missed,
        OnWorkingDay,
        Named,
        Narrows,
    ):  # what only the day or step tells
        cells = Cells(LAW, guards=(ground(LAW, guard),))
        stand, given = {m.id: case.state(m.id) for m in LAW.machines}, case.facts
        for cubes, sought in ((cells.holds(LAW, guard), True), (cells.fails(LAW, guard), False)):
            assert any(cells.admits(cube, stand, given) for cube in cubes) is (
                (answer is True) if sought else (answer is not True)
            )


@pytest.mark.parametrize("kind", SAMPLES, ids=lambda k: k.__name__)
def test_both_solvers_know_what_it_asks(kind: type[Guard]) -> None:
    guard, _ = SAMPLES[kind]
    atoms = [a for a in ground(LAW, guard).walk() if not a.parts() and not isinstance(a, SETTLED)]
    assert all(question(atom) is not None for atom in atoms)
    assert atoms or kind in SETTLED
    cells = Cells(LAW, guards=(ground(LAW, guard),))
    held = cells.holds(LAW, guard)
    pytest.importorskip("z3")
    assert set(map(_cube, z3_cover(cells, [(LAW, guard, True)]))) == set(map(_cube, held))


@pytest.mark.parametrize("kind", SAMPLES, ids=lambda k: k.__name__)
@pytest.mark.parametrize("out", [bpmn, scxml, xstate, law, check], ids=lambda f: f.__name__)
def test_it_goes_out_in_every_dialect(kind: type[Guard], out: Callable[[Process], Any]) -> None:
    assert out(placed(SAMPLES[kind][0])) is not None


def _cube(cube: Any) -> frozenset[Any]:
    return frozenset(cube.items())
