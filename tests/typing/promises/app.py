"""What an app writes: a type checker knows the type of everything in it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import assert_type

from diversion_flow import (
    Case,
    Process,
    Refused,
    Text,
    affected,
    check,
    compare,
    draw,
    processes,
    render,
    replay,
)
from diversion_flow.analysis import Affected, Comparison, Finding
from diversion_flow.definition import Agency, Fact, Guard, Kind, fact, holds, param
from diversion_flow.runtime import JST, Clock, Code, Reason, Record, View
from diversion_flow.runtime.live import LiveCase

law = processes.in_force("entry_support", on=date(2024, 6, 3))
assert_type(law, Process)
assert_type(processes.names(), tuple[str, ...])
assert_type(law.label.in_("ja"), str)

case = law.open(at=datetime(2024, 6, 3, 9, tzinfo=JST), facts={"age": 71}, id="A-1")
assert_type(case, Case)
assert_type(case.step("arrested", by="police", at="2024-06-03T10:00"), Case)
assert_type(case.advance(to="2024-06-06"), Case)
assert_type(case.enabled("police"), tuple[str, ...])
assert_type(case.deadlines(), tuple[Clock, ...])
assert_type(case.view("center"), View)
assert_type(case.journal, tuple[Record, ...])
assert_type(case.journal[0].at, datetime)
assert_type(replay(law, case.journal, id="A-1"), Case)

try:
    case.step("center_requested", by="probation_office", at="2024-06-04")
except Refused as refused:
    assert_type(refused.reasons, tuple[Reason, ...])
    assert_type(refused.reasons[0].code, Code)
    assert_type(refused.reasons[0].text("ja"), str)

assert_type(check(law), tuple[Finding, ...])
assert_type(compare(law, law), Comparison)
assert_type(affected([case], compare(law, law)), tuple[Affected, ...])

assert_type(draw(law), str)
assert_type(draw(law, "custody", format="md", lang="en"), str)
assert_type(draw(law, "custody", format="png"), bytes)
assert_type(draw(law, format="pdf", case=case), bytes)


def drawn_in(format: str) -> str | bytes:
    return assert_type(draw(law, format=format), str | bytes)


assert_type(render(law, "overview.svg", lang="ja", case=case), Path)

T = Text("年齢", "age")
guards: tuple[Guard, ...] = (fact("age") >= 65, (fact("age") >= param("years")) & holds("consent"))
Fact("age", T, Kind.INTEGER, source="worker", seen_by=("worker",))
Agency("worker", T)


class Model:
    custody: str | None = None


def stored(model: Model, case: Case) -> None: ...


live = LiveCase(law, Model(), at="2024-06-03", after=stored)
assert_type(live, LiveCase[Model])
assert_type(LiveCase.of(case, Model()), LiveCase[Model])
assert_type(live.model.custody, str | None)
assert_type(live.advance(to="2024-06-06"), Case)
