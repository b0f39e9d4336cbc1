"""What whoever reads a law should know and no rule says: noted, and told with the rules concerned."""

from __future__ import annotations

from datetime import date

from attrs import evolve

from diversion_flow import Process, check, compare
from diversion_flow.analysis import FindingCode, notes
from diversion_flow.cli.ids import tell_event
from diversion_flow.definition import Add, Remark, Remarks, Remove, Text, Variant
from diversion_flow.definition.files.serial import dumps, loads_process
from diversion_flow.diagram.views.checklist import checklist
from helpers.small import LAW, PROCESS

NEEDED = Remark(
    "needed", Text("必要があると認めるかは担当者が判断する", "whether help is needed is for the worker"),
    Remarks.OPEN_NORM, ("main.help",), LAW,
)  # fmt: skip
BAIL = Remark("bail", Text("保釈の取消し", "revocation of bail"), Remarks.LEFT_OUT)
CHANGED = Remark(
    "changed", Text("2026年の改正は確認していない", "the amendment of 2026 was not read"),
    Remarks.MAY_HAVE_CHANGED, since=date(2026, 7, 24),
)  # fmt: skip
REMARKED = evolve(PROCESS, remarks=(NEEDED, BAIL, CHANGED))
OF_REMARKS = {FindingCode.OPEN_NORM, FindingCode.LEFT_OUT, FindingCode.MAY_HAVE_CHANGED}


def noted(law: Process, on: str | None = None) -> list[tuple[str, str]]:
    return [(n.code.value, n.ids[0]) for n in notes(law, on=on) if n.code in OF_REMARKS]


def test_remarks_are_notes_and_no_findings() -> None:
    assert noted(REMARKED) == [("open-norm", "needed"), ("left-out", "bail")]
    assert [n.text("en") for n in notes(REMARKED) if n.ids == ("needed",)] == [
        "open-norm [needed] whether help is needed is for the worker (a art. 1)"
    ]
    assert check(REMARKED) == ()
    assert noted(PROCESS) == []


def test_what_may_have_changed_is_noted_from_its_day_on() -> None:
    assert ("may-have-changed", "changed") not in noted(REMARKED, on="2026-07-23")
    assert ("may-have-changed", "changed") in noted(REMARKED, on="2026-07-24")


def test_a_refusal_and_a_yes_tell_where_a_person_decides() -> None:
    case = REMARKED.open(at="2024-06-03")
    refusal = case.explain("helped", by="worker")
    assert refusal.remarks == (NEEDED,)
    assert refusal.text("en").endswith(
        "※ left to judgment: whether help is needed is for the worker (a art. 1)"
    )
    yes = REMARKED.open(at="2024-06-03", facts={"age": 70}).explain("helped", by="worker")
    assert (yes.allowed, yes.remarks) == (True, (NEEDED,))
    assert "※ 判断に委ねられた要件: 必要があると認めるかは担当者が判断する(あ1条)" in yes.text("ja")
    assert case.explain("finished", by="worker").remarks == ()


def test_checklists_and_explain_tell_them() -> None:
    said = "left to judgment: whether help is needed is for the worker"
    assert said in checklist(REMARKED, "worker", "en")
    assert any(said in line for line in tell_event(REMARKED, REMARKED.event("helped"), "en"))


def test_they_are_parts_like_others() -> None:
    assert loads_process(dumps(REMARKED)) == REMARKED
    found = compare(PROCESS, REMARKED)
    assert (found.same, found.same_behaviour) == (False, True)
    assert "Remark" in found.text("en")
    less = Variant("less", "small", Text("減", "less"), (Remove("remark bail"),)).apply(REMARKED)
    assert less.remarks == (NEEDED, CHANGED)
    more = Variant("more", "small", Text("加", "more"), (Add(BAIL),)).apply(PROCESS)
    assert more.remarks == (BAIL,)
