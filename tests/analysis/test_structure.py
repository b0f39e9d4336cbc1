"""What is written otherwise: every field of every part is told in words, never as Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from attrs import evolve, fields, has

from diversion_flow import Process, compare, processes
from diversion_flow.analysis.structure import structure
from diversion_flow.definition import (
    LANGUAGES,
    Basis,
    DiversionFlowError,
    Guard,
    Length,
    Parameter,
    Text,
    Told,
    Unit,
)
from diversion_flow.definition.deadline import length_amount
from diversion_flow.definition.guard import param
from diversion_flow.definition.kind_words import KINDS
from diversion_flow.definition.process import every_part
from diversion_flow.definition.wording import FIELDS
from helpers.small import LAW, PROCESS, T
from helpers.whole import PLACES, WHOLE, put, variants


def assert_no_python(text: str) -> None:
    assert not re.search(r"\b[A-Z]\w*\(|\w+=|frozenset|\{|<[a-zA-Z]|None|True|False|datetime", text)


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize(("kind", "part", "field"), PLACES, ids=lambda v: getattr(v, "id", v))
def test_whatever_is_written_otherwise_is_told_in_words(kind: str, part: Any, field: str) -> None:
    for law in variants(part, field):
        for change in (*structure(WHOLE, law), *structure(law, WHOLE)):
            assert change.part in (kind, "choice", "state", "transition")
            for lang in LANGUAGES:
                assert_no_python(change.text(lang))


@pytest.mark.slow
def test_there_is_another_value_for_every_field() -> None:
    told = {(kind, name) for kind, part, name in PLACES if any(variants(part, name))}
    whole = {("machine", "states"), ("machine", "transitions"), ("fact", "choices")}
    fixed = {("event", "home"), ("deadline", "machine"), ("fact", "kind")}  # others refer to them
    assert {(kind, name) for kind, _, name in PLACES} - whole - fixed <= told


@pytest.mark.parametrize("name", processes.names())
def test_every_part_of_every_law_is_told_in_words(name: str) -> None:
    laws = processes.versions(name)
    for law in laws[1:]:
        for change in (*structure(laws[0], law), *structure(law, laws[0])):
            for lang in LANGUAGES:
                assert not re.search(r"\b[A-Z]\w*\([a-z_]+=|frozenset|None", change.text(lang))


def test_every_kind_and_field_of_a_part_has_words() -> None:
    assert {kind for kind, _, _ in PLACES} <= set(KINDS)
    inner = {"id", "transitions", "guard"}  # told by their own parts
    assert {field for _, _, field in PLACES} - inner <= set(FIELDS)
    assert all(not text.missing for text in (*KINDS.values(), *FIELDS.values()))


def test_a_process_that_another_note_is_written_to_is_not_written_alike() -> None:
    found = compare(PROCESS, evolve(PROCESS, note=Text("注意", "beware")))
    assert (found.same, found.same_behaviour) == (False, True)
    assert found.changes[0].text("en") == "Δ Process — note: none → beware"


# -- no verdict by prose -----------------------------------------------------------------------------


def test_another_name_for_a_fact_that_a_limit_adds_changes_no_verdict() -> None:
    limit = PROCESS.deadline("limit")
    longer = evolve(limit, length=evolve(limit.length, plus=("age",)))
    law = evolve(PROCESS, deadlines=(longer,))
    renamed = evolve(law, facts=(evolve(law.facts[0], label=Text("年数", "years")), *law.facts[1:]))
    found = compare(law, renamed)
    assert [c.field for c in found.changes] == ["label"]
    assert (found.same, found.same_behaviour, found.people) == (False, True, ())


def test_two_facts_of_one_name_are_two_facts() -> None:
    limit = PROCESS.deadline("limit")
    twin = evolve(PROCESS.facts[0], id="twin")
    facts = (*PROCESS.facts, twin)
    one, other = (
        evolve(PROCESS, facts=facts,
               deadlines=(evolve(limit, length=evolve(limit.length, plus=(id,))),))
        for id in ("age", "twin")
    )  # fmt: skip
    found = compare(one, other)
    assert found.same_behaviour is False
    assert [d.deadline for d in found.people] == ["limit"]


@pytest.mark.parametrize(("value", "amount"), [(10, 10), (None, None)])
def test_a_length_by_policy_is_the_length_that_policy_has_set(value: Any, amount: Any) -> None:
    law = evolve(WHOLE, parameters=(Parameter("days", T, value, basis=LAW), *WHOLE.parameters[1:]))
    assert length_amount(law, Length(param("days"), Unit.DAYS)) == amount
    assert length_amount(law, Length(4, Unit.DAYS)) == 4


# -- what the words of a value do not tell ----------------------------------------------------------

READ = LAW[0]
INSIDE: list[tuple[Any, Any, str, str]] = [
    (LAW, (evolve(READ, note=Text("注", "only if asked")),), "a art. 1 (note: none → only if asked)",
     "あ1条(注: なし → 注)"),
    (LAW, (evolve(READ, evidence=("law",)),), "a art. 1 (read in: none → a)", "あ1条(確認した資料: なし → あ)"),
    (LAW, (evolve(READ, since=date(2024, 4, 1)),), "a art. 1 (in force since: none → 2024-04-01)",
     "あ1条(施行日: なし → 2024-04-01)"),
    (LAW, (*LAW, evolve(READ, until=date(2025, 5, 31))),
     "a art. 1 (none → a art. 1)", "あ1条(なし → あ1条)"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "en", "ja"), INSIDE)
def test_of_grounds_that_are_cited_alike_it_is_told_what_is_another(
    before: Any, after: Any, en: str, ja: str
) -> None:
    one, other = (
        put(WHOLE, WHOLE.papers[0], evolve(WHOLE.papers[0], basis=b)) for b in (before, after)
    )
    [change] = structure(one, other)
    assert change.text("en") == f"Δ Paper 'a' [form] — basis: {en}"
    assert change.text("ja") == f"Δ 書面「あ」 [form] — 根拠: {ja}"


def test_what_is_called_otherwise_in_the_other_language_is_told_with_it() -> None:
    paper = evolve(WHOLE.papers[0], label=Text("い", "a"), basis=())
    [change] = structure(put(WHOLE, WHOLE.papers[0], evolve(paper, label=T)),
                         put(WHOLE, WHOLE.papers[0], paper))  # fmt: skip
    assert change.text("en") == "Δ Paper 'a' [form] — name: a (in Japanese: あ → い)"
    assert change.text("ja") == "Δ 書面「い」 [form] — 名称: あ → い"


def test_no_ground_is_told_twice() -> None:
    event = evolve(PROCESS.events[0], basis=LAW)
    told = evolve(event, told=(Told("partner", basis=LAW),))
    newer = evolve(event, told=(Told("partner", basis=(evolve(READ, note=T),)),))
    laws = [put(WHOLE, WHOLE.events[0], each) for each in (event, told, newer)]
    [added], [removed] = structure(laws[0], laws[1]), structure(laws[1], laws[0])
    assert added.text("en") == "+ Event 'a' [helped] — who is told: a is told (a art. 1)"
    assert removed.text("en") == "− Event 'a' [helped] — who is told: a is told (a art. 1)"
    [other] = structure(laws[1], laws[2])
    assert other.text("en").endswith("who is told: a is told (a art. 1) (note: none → a)")


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize(("kind", "part", "field"), PLACES, ids=lambda v: getattr(v, "id", v))
def test_nothing_is_told_to_become_what_it_was(kind: str, part: Any, field: str) -> None:
    for law in variants(part, field):
        for near in (law, *nearly(law, part, field)):
            changes = structure(law, near)
            for lang in LANGUAGES:
                told = [change.text(lang) for change in changes]
                assert len({line[2:] for line in told}) == len(told)
                for line in told:
                    *_, before, after = f" → {line}".split(": ", 1)[-1].split(" → ")
                    assert before != after


def nearly(law: Process, part: Any, field: str) -> Iterator[Process]:
    """The process with that field of the part another in what few words tell."""
    now = next((p for at, p in every_part(law) if type(p) is type(part) and p.id == part.id), None)
    if now is not None:
        for value in beside(getattr(now, field)):
            with suppress(DiversionFlowError):
                yield put(law, now, evolve(now, **{field: value}))


def beside(value: Any) -> Iterator[Any]:
    if isinstance(value, Text):
        yield from (evolve(value, en=value.en + "!"), evolve(value, ja=value.ja + "!"))
    elif isinstance(value, Basis):
        yield from (evolve(value, note=T), evolve(value, since=date(2001, 1, 1)))
    elif isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from ((*value[:number], other, *value[number + 1 :]) for other in beside(each))
    elif has(type(value)) and not isinstance(value, Guard):
        for a in fields(type(value)):
            yield from (evolve(value, **{a.name: x}) for x in beside(getattr(value, a.name)))
