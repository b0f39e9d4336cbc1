"""What refers to what is declared on the fields: every reference is checked, and named where it
goes astray."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from attrs import evolve, fields, has

from diversion_flow import Process, processes
from diversion_flow.definition import (
    Act,
    Agency,
    Basis,
    ConsentRule,
    DefinitionError,
    Departure,
    Group,
    Heading,
    Hold,
    Length,
    Mark,
    OnEvent,
    OnFact,
    Paper,
    Parameter,
    Remark,
    Remarks,
    Road,
    Share,
    Stage,
    Text,
    Told,
    Unit,
    param,
)
from diversion_flow.definition.guard import Compare
from diversion_flow.definition.process import KINDS, every_part
from diversion_flow.definition.reference import hints, references, refs
from helpers.small import LAW, MAIN, PROCESS, T, state, transition

WHOLE = evolve(
    PROCESS,
    stages=(Stage("first", T),),
    papers=(Paper("form", T, (Basis(Mark.KNOWN, evidence=("law",)),)),),
    parameters=(Parameter("days", T, 10, basis=LAW),),
    events=tuple(
        evolve(
            e, unseen_by=("partner",), told=(Told("partner", "form", LAW),), outdates=("content",)
        )
        if e.id == "finished" else e
        for e in PROCESS.events
    ),
    machines=(
        evolve(
            MAIN,
            states=(state("asked", stage="first"), *MAIN.states[1:]),
            transitions=(
                *MAIN.transitions,
                transition("again", "helped", "helped", "helped", papers=("form",),
                           shares=(Share(("age",), "partner", Basis(Mark.READ, "law", "2")),)),
            ),
            seen_with_consent=("partner",),
        ),
        *PROCESS.machines[1:],
    ),
    deadlines=(
        *(evolve(d, owed_to=("partner",), met_by=("finished",)) for d in PROCESS.deadlines),
        evolve(PROCESS.deadlines[0], id="other", start=OnFact("age"),
               length=Length(param("days"), Unit.DAYS, ("age",))),
    ),
    main_route=("main.help",),
    road=Road(
        (Group(T, ("worker",)),),
        (Act(T, "worker", "first", ("helped",), "form",
             (Departure(T, "main", ("main.reject",), "first"),)),),
        "main", (Hold(T, ("main.helped",), ("limit",)),), "helped",
        headings=(Heading("first", T),),
    ),
    remarks=(Remark("needed", T, Remarks.OPEN_NORM, ("main.help",), LAW),),
)  # fmt: skip


def strayed(value: Any, field: str) -> Any:
    """The field's value with one of its ids gone astray."""
    held = getattr(value, field)
    return (*held[:-1], "nowhere") if isinstance(held, tuple) else "nowhere"


def put(value: Any, old: Any, new: Any) -> Any:
    """The value with one thing in it exchanged."""
    if value is old:
        return new
    if isinstance(value, tuple):
        return tuple(put(part, old, new) for part in value)
    if has(type(value)):
        changed = {a.name: put(getattr(value, a.name), old, new) for a in fields(type(value))}
        kept = all(changed[a.name] is getattr(value, a.name) for a in fields(type(value)))
        return value if kept else _made(value, changed)
    return value


def _made(value: Any, changed: dict[str, Any]) -> Any:
    return type(value)(**changed)


def referring(value: Any) -> list[tuple[Any, str]]:
    """Every value in this one with a field that refers to something."""
    if isinstance(value, tuple):
        return [found for part in value for found in referring(part)]
    if not has(type(value)):
        return []
    own = [(value, name) for name in refs(type(value)) if getattr(value, name)]
    return [*own, *(f for a in fields(type(value)) for f in referring(getattr(value, a.name)))]


ALL = referring(WHOLE)


def test_every_class_of_the_definition_that_refers_is_tried() -> None:
    inner = (Process, ConsentRule, Share, Told, Basis, Length, OnEvent, OnFact, Road, Group, Act,
             Departure, Hold, Heading)  # fmt: skip
    declared = {(cls, name) for cls in (*(row.cls for row in KINDS.values()), *inner)
                for name in refs(cls)}  # fmt: skip
    assert declared <= {(type(value), name) for value, name in ALL}


@pytest.mark.parametrize("number", range(len(ALL)), ids=lambda n: f"{type(ALL[n][0]).__name__}.{ALL[n][1]}")  # fmt: skip
def test_a_reference_gone_astray_is_refused_and_named(number: int) -> None:
    value, field = ALL[number]
    with pytest.raises(DefinitionError) as caught:
        put(WHOLE, value, evolve(value, **{field: strayed(value, field)}))
    assert caught.value.code in ("unknown_id", "unknown_id_near", "unknown_id_of")
    assert caught.value.values["id"] == "nowhere"
    assert caught.value.values["kind"] == refs(type(value))[field].kind
    assert caught.value.at


PLAIN = {
    "id", "version", "label", "short", "url", "note", "outcome", "called", "unit", "value", "choices",
    "provision",
}  # fmt: skip


def test_every_other_text_of_a_part_is_known_to_be_one() -> None:
    for row in (*KINDS.values(), KINDS["machine"]):
        texts = {name for name, kind in hints(row.cls).items() if kind in (str, tuple[str, ...])}
        assert texts - set(refs(row.cls)) <= PLAIN, row.cls


def test_what_a_law_refers_to_is_there() -> None:
    for name in processes.names():
        law = processes.get(name)
        known = {(at[-1][0], ".".join(id for _, id in at)) for at, _ in every_part(law)}
        for at, part in every_part(law):
            within = at[0][1] if at[0][0] == "machine" else ""
            assert {(kind, id) for _, kind, id in references(part, within)} <= known


@pytest.mark.parametrize("kind", KINDS)
def test_two_of_a_kind_with_one_id_and_ids_that_are_none_are_refused(kind: str) -> None:
    row = KINDS[kind]
    at, part = next((a, p) for a, p in every_part(WHOLE) if a[-1][0] == kind)
    holder: Any = (
        WHOLE if row.holder is None else next(p for a, p in every_part(WHOLE) if a == at[:-1])
    )
    parts = getattr(holder, row.list)
    for more, code in (
        (part, "twice"),
        (evolve(part, id="a b"), "no_id"),
        (evolve(part, id=""), "no_id"),
    ):
        if kind == "choice" and more.id == "a b":
            continue  # a value, whatever is written
        with pytest.raises(DefinitionError) as caught:
            put(WHOLE, parts, (*parts, more))
        assert caught.value.code == code
        assert caught.value.at[-2:] == ((kind, more.id), ("id", ""))


def test_a_list_can_change_and_a_tuple_is_asked_for() -> None:
    wrong = evolve(PROCESS.events[0], by=["worker"])
    with pytest.raises(DefinitionError, match=r"event helped, by: is a list.*\(give a tuple\)"):
        put(PROCESS, PROCESS.events[0], wrong)


def test_a_text_is_no_list_of_letters() -> None:
    wrong = evolve(PROCESS.events[0], by="worker")
    with pytest.raises(DefinitionError) as caught:
        put(PROCESS, PROCESS.events[0], wrong)
    assert str(caught.value) == "event helped, by: has the wrong type: text (give list)"
    assert (
        caught.value.text("ja")
        == "事象 helped・by: 値が文字列になっています(並びを指定してください)"
    )


def test_of_several_hand_overs_the_one_that_goes_astray_is_named() -> None:
    ground = Basis(Mark.READ, "law", "2")
    shares = tuple(Share(("age",), to, ground) for to in ("partner", "worker", "wroker"))
    rule = transition("tell", "helped", "asked", "helped", shares=shares)
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, machines=(evolve(MAIN, transitions=(rule,)), PROCESS.machines[1]))
    assert caught.value.at == (
        ("machine", "main"), ("transition", "tell"), ("shares[2]", ""), ("to", ""),
    )  # fmt: skip
    assert caught.value.values["nearest"] == ("worker",)


def test_a_sign_of_comparison_is_one_of_six() -> None:
    odd = Compare("age", "=", 65)  # type: ignore[arg-type]
    rule = evolve(MAIN.transitions[0], guard=odd)
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, machines=(evolve(MAIN, transitions=(rule,)), PROCESS.machines[1]))
    assert caught.value.code == "none_of"
    assert caught.value.values == {"allowed": ("==", "!=", "<", "<=", ">", ">=")}
    assert caught.value.at[:2] == (("machine", "main"), ("transition", "help"))


MISTYPED: list[tuple[dict[str, Any], tuple[str, ...]]] = [
    # what is given instead → the steps that lead to it, parts by their ids
    ({"label": "x"}, ("label",)),
    ({"agencies": "x"}, ("agencies",)),
    ({"agencies": (3,)}, ("agencies[0]",)),
    ({"main_route": ("main.help", None)}, ("main_route[1]",)),
    ({"agencies": (Agency("worker", Text("x", 3)),)}, ("worker", "label", "en")),  # type: ignore[arg-type]
    ({"events": (evolve(PROCESS.events[0], by="x"),)}, ("helped", "by")),
    ({"events": (evolve(PROCESS.events[0], by=("worker", 3)),)}, ("helped", "by[1]")),
    ({"deadlines": (evolve(PROCESS.deadlines[0], length=Length("x", Unit.DAYS)),)},  # type: ignore[arg-type]
     ("limit", "length", "amount")),
    ({"deadlines": (evolve(PROCESS.deadlines[0], start=OnEvent(("helped", 3))),)},  # type: ignore[arg-type]
     ("limit", "start", "events[1]")),
    ({"machines": (evolve(MAIN, transitions=(
        transition("x", "helped", "asked", "helped", shares=(Share((3,), "partner"),)),)),)},  # type: ignore[arg-type]
     ("main", "x", "shares[0]", "facts[0]")),
]  # fmt: skip


@pytest.mark.parametrize(("given", "steps"), MISTYPED, ids=lambda case: ".".join(case))
def test_a_value_of_another_kind_is_named_step_by_step(
    given: dict[str, Any], steps: tuple[str, ...]
) -> None:
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, **given)
    assert caught.value.code == "wrong_type"
    assert tuple(id or kind for kind, id in caught.value.at) == steps


def test_a_basis_runs_forwards() -> None:
    with pytest.raises(DefinitionError, match="before it begins"):
        Basis(Mark.READ, "law", since=date(2024, 1, 2), until=date(2024, 1, 1))


@pytest.mark.parametrize("field", [f.name for f in fields(Process)])
def test_no_value_of_another_kind_brings_a_foreign_error(field: str) -> None:
    for odd in (
        None,
        1,
        1.5,
        "x",
        b"x",
        ("x",),
        [],
        {},
        object(),
        (None,),
        T,
        (T,),
        date(2024, 1, 1),
    ):
        with suppress(DefinitionError):
            evolve(PROCESS, **{field: odd})
