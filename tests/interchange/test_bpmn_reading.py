"""BPMN in: our own export comes back, drawings of agencies become skeletons, nothing harms."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from attrs import evolve

from diversion_flow import Process, check
from diversion_flow.definition import Agency, LoadError, Machine, machine
from diversion_flow.definition.files.serial import dumps
from diversion_flow.definition.guard import Compare, InState, every
from diversion_flow.interchange.bpmn import bpmn
from diversion_flow.interchange.bpmn.model import duration
from diversion_flow.interchange.bpmn.reading import Imported, parse_bpmn, read_bpmn
from diversion_flow.interchange.bpmn.source import LARGEST, MOST
from helpers.amounts import Amount
from helpers.documents import LARGEST_LAW, LARGEST_SLOW, LAWS, document
from helpers.effort import readings
from helpers.goldens import golden
from helpers.peer_programs import needs_chromium, needs_python_peers, node, python
from helpers.places import DATA
from helpers.small import CONSENT, MAIN, PROCESS, T, with_main
from helpers.traces import hostile

DRAWN = ("entry_by_agency", "two_offices", "welfare_applications")


def file(name: str) -> Path:
    return DATA / f"{name}.bpmn"


def drawn(name: str) -> Imported:
    return read_bpmn(file(name))


@cache
def returned(name: str) -> Process:
    """What is read of our own export."""
    return parse_bpmn(document(name).text).process


def skeleton_of(name: str) -> Process:
    return returned(name) if name in LAWS else drawn(name).process


def moves(machine: Machine) -> set[tuple[str, str, str]]:
    return {(t.event, source, t.target) for t in machine.transitions for source in t.sources}


def pool(inside: str, more: str = "", **attributes: str) -> str:
    """A BPMN document with one process; what is inside, and what stands beside it."""
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" '
        f'targetNamespace="t"{said}>\n{more}<process id="p" name="係">\n{inside}\n</process>\n'
        "</definitions>"
    )


def flow(id: str, source: str, target: str, inside: str = "", **attributes: str) -> str:
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return (
        f'<sequenceFlow id="{id}" sourceRef="{source}" targetRef="{target}"{said}>'
        f"{inside}</sequenceFlow>"
    )


LINE = (
    '<startEvent id="s"/><task id="ask"/><task id="help"/><endEvent id="e"/>'
    + flow("f1", "s", "ask") + flow("f2", "ask", "help") + flow("f3", "help", "e")
)  # fmt: skip


# -- our own export --------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", LAWS)
def test_our_own_export_comes_back(name: str) -> None:
    law = LAWS[name]
    back = returned(name)
    assert (back.id, back.label) == (law.id, law.label)
    assert [m.id for m in back.machines] == [m.id for m in law.machines]
    for there, here in zip(law.machines, back.machines, strict=True):
        assert (here.label.ja, here.initial) == (there.label.ja, there.initial)
        assert [(s.id, s.label, s.final, s.holder) for s in here.states] == [
            (s.id, s.label, s.final, s.holder) for s in there.states
        ]
        assert moves(here) == moves(there)
    assert [(e.id, e.label, e.home) for e in back.events] == [
        (e.id, e.label, e.home) for e in law.events
    ]
    assert {e.id: set(e.by) for e in back.events} == {e.id: set(e.by) for e in law.events}
    acting = {s.holder for m in law.machines for s in m.states}
    acting |= {agency for e in law.events for agency in e.by}
    assert {a.id: a.label.ja for a in back.agencies} == {
        a.id: a.label.ja for a in law.agencies if a.id in acting
    }


@pytest.mark.parametrize("name", LARGEST_SLOW)
def test_time_limits_come_back(name: str) -> None:
    def limits(process: Process) -> set[tuple[object, ...]]:
        return {
            (d.id, d.label, d.machine, frozenset(d.states), duration(process, d), d.on_expiry)
            for d in process.deadlines if duration(process, d)
        }  # fmt: skip

    law = LAWS[name]
    assert limits(returned(name)) == limits(law)


@pytest.mark.slow
@pytest.mark.parametrize("name", [*LAWS, *DRAWN])
def test_a_skeleton_written_and_read_again_is_the_same(name: str) -> None:
    first = skeleton_of(name)
    assert parse_bpmn(bpmn(first).text).process == first


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in (*LAWS, *DRAWN) if name != LARGEST_LAW])
def test_a_skeleton_in_the_other_language_has_the_same_ways_and_words(name: str) -> None:
    first = skeleton_of(name)
    again = parse_bpmn(bpmn(first, "en").text, lang="en").process
    assert [moves(m) for m in again.machines] == [moves(m) for m in first.machines]
    assert [s.label for m in again.machines for s in m.states] == [
        s.label for m in first.machines for s in m.states
    ]


def test_a_choice_after_an_event_of_two_lines_keeps_its_words() -> None:
    first = parse_bpmn(bpmn(hostile("two\nlines")).text).process
    again = parse_bpmn(bpmn(first).text).process
    assert again == first
    assert [c.label.ja for c in again.facts[0].choices] == [
        "two linesが65以上",
        "two linesが65未満",
    ]


def test_whoever_watches_a_limit_of_several_reporters_comes_back() -> None:
    """The limit's event is reported by none of those in whose hands it lies."""
    events = (evolve(e, by=("third", "partner")) if e.id == "lapsed" else e for e in PROCESS.events)
    agencies = (*PROCESS.agencies, Agency("third", T))
    law = evolve(PROCESS, agencies=agencies, events=tuple(events))
    first = parse_bpmn(bpmn(law).text).process
    assert parse_bpmn(bpmn(first).text).process == first


def test_a_condition_it_cannot_read_becomes_a_choice_with_its_words() -> None:
    back = parse_bpmn(bpmn(PROCESS).text)
    choice = back.process.fact("main_after_helped")
    assert [c.id for c in choice.choices] == ["help", "reject"]
    assert choice.choices[0].label.ja == "あが65以上"
    assert back.process.machine("main").transition("help").guard == Compare(
        "main_after_helped", "==", "help"
    )
    assert [loss.code for loss in back.losses] == ["conditions"]


def test_a_condition_on_a_state_that_nothing_leads_to_becomes_a_choice_with_its_words() -> None:
    """As a state that is not there any more, in our own drawing, gone on with in an editor."""
    given = evolve(MAIN.transition("finish"), guard=machine("consent").in_("given"))
    law = with_main(transitions=(*MAIN.transitions[:2], given, MAIN.transitions[3]))
    alone = evolve(law, machines=(law.machines[0], evolve(CONSENT, transitions=())))
    back = parse_bpmn(bpmn(alone).text)
    guard = back.process.machine("main").transition("finish").guard
    assert guard == Compare("main_after_finished", "==", "finish")
    assert "unreached" in {loss.code for loss in back.losses}
    assert parse_bpmn(bpmn(law).text).process.machine("main").transition("finish").guard == InState(
        "consent", ("given",)
    )


def test_a_flow_that_was_added_to_our_own_drawing_is_called_as_it_is_named() -> None:
    text = bpmn(PROCESS).text
    added = (
        '<bpmn:sequenceFlow id="Flow_1" name="はい" sourceRef="main.asked.helped.choice" '
        'targetRef="main.done" />'
    )
    at = text.index("<bpmn:sequenceFlow")
    back = parse_bpmn(text[:at] + added + text[at:])
    labels = [choice.label.ja for choice in back.process.fact("main_after_helped").choices]
    assert "はい" in labels


# -- drawings of agencies --------------------------------------------------------------------------


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawing_becomes_this_skeleton(name: str) -> None:
    golden(f"{name}.json", dumps(drawn(name).process))


@pytest.mark.parametrize("name", [*LARGEST_SLOW, *DRAWN])
def test_all_that_a_skeleton_lacks_is_its_basis_and_what_conditions_said(name: str) -> None:
    codes = {finding.code.name for finding in check(skeleton_of(name))}
    assert codes == {"MISSING_BASIS"}


def test_lanes_hold_and_report_and_timers_end() -> None:
    skeleton = drawn("entry_by_agency").process
    assert [a.label.ja for a in skeleton.agencies] == [
        "検察庁", "保護観察所", "地域生活定着支援センター", "市町村",
    ]  # fmt: skip
    held = {s.label.ja: skeleton.agency(s.holder).label.ja
            for s in skeleton.machines[0].states if s.holder}  # fmt: skip
    assert held["面談と支援の要否の検討"] == "検察庁"
    assert held["福祉サービスの支給決定"] == "市町村"
    assert {e.label.ja: [skeleton.agency(a).label.ja for a in e.by] for e in skeleton.events}[
        "同意の撤回"
    ] == ["保護観察所"]
    ends, alerts = skeleton.deadlines
    assert (ends.length.amount, ends.on_expiry) == (10, "limit_1_passed")
    assert (alerts.length.amount, alerts.on_expiry) == (30, None)


def test_chained_choices_are_one_choice_of_which_exactly_one_holds() -> None:
    skeleton = drawn("entry_by_agency").process
    (fact,) = skeleton.facts
    assert [c.label.ja for c in fact.choices] == [
        "支援が必要か: 必要 / 本人の同意: あり",
        "支援が必要か: 必要 / 本人の同意: なし",
        "支援が必要か: 不要",
    ]
    assert skeleton.event("task_1_done").records == (fact.id,)
    case = skeleton.open(at="2024-06-03T10:00")
    agency = skeleton.event("task_1_done").by[0]
    moved = case.step("task_1_done", by=agency, at="2024-06-03T11:00",
                      facts={fact.id: fact.choices[0].id})  # fmt: skip
    assert moved.states["track_1"] == "task_2"


def test_branches_run_beside_each_other_and_are_waited_for() -> None:
    skeleton = drawn("welfare_applications").process
    main, *branches = skeleton.machines
    (begun,) = {t.event for m in branches for t in m.transitions if "not_started" in t.sources}
    assert begun == "plan_applications_done"
    assert main.transition("parallel_1_to_settle").guard == every(
        *(InState(m.id, ("done",)) for m in branches)
    )
    case = skeleton.open(at="2024-06-03T10:00")
    said = {e.id: e.by[0] for e in skeleton.events}
    course = ["plan_applications_done", "public_assistance_done", "disability_certificate_done",
              "certificate_survey_done", "urgent_aftercare_done"]  # fmt: skip
    for hour, event in enumerate(course, 11):
        assert "parallel_1_done" not in case.enabled(by=said["parallel_1_done"])
        case = case.step(event, by=said[event], at=f"2024-06-03T{hour}:00")
    case = case.step("parallel_1_done", by=said["parallel_1_done"], at="2024-06-03T17:00")
    assert case.states["welfare"] == "settle"


def test_pools_move_together_on_one_message() -> None:
    skeleton = drawn("two_offices").process
    together = [m.id for m in skeleton.machines for t in m.transitions if t.event == "event_1"]
    assert together == ["track_1", "track_2"]
    assert skeleton.event("event_1").label.ja == "意見の回答"


def test_what_a_drawing_loses_is_named() -> None:
    lost = {loss.code: loss for loss in drawn("two_offices").losses}
    assert set(lost) == {"left_out", "inside", "sent", "message_flows", "words"}
    assert lost["inside"].ids == ("coordinate",)
    assert {place.kind for place in lost["words"].places} == {"message/@name"}
    assert all(loss.said.ja and loss.said.en for loss in lost.values())


@needs_python_peers
@pytest.mark.parametrize("name", DRAWN)
def test_the_drawings_are_valid_by_the_schema_of_the_omg(name: str) -> None:
    assert python("bpmn_schema.py", file(name)).strip() == "valid"


@needs_chromium
@pytest.mark.parametrize("name", DRAWN)
def test_bpmn_js_opens_the_drawings_without_a_warning(name: str) -> None:
    assert json.loads(node("bpmn_js.mjs", file(name)))["warnings"] == []


# -- single parts of the subset --------------------------------------------------------------------


@pytest.mark.parametrize("made_up", ["Activity_0a1b2c3", "_jlHfIB1vEDmpMPYahCYnog"])
def test_names_of_the_drawing_make_ids_where_they_can(made_up: str) -> None:
    inside = LINE.replace('"ask"', f'"{made_up}"').replace('"help"', '"SendReferral"')
    named = inside.replace(f'<task id="{made_up}"', f'<task id="{made_up}" name="Ask&#10;them"')
    states = parse_bpmn(pool(named)).process.machines[0].states
    assert [s.id for s in states] == ["ask_them", "send_referral", "e"]
    assert states[0].label.ja == "Ask them"
    (first, *_) = parse_bpmn(pool(inside)).process.machines[0].states
    assert first.id == "task_1"
    own = pool(LINE).replace('id="d"', f'id="{made_up}"', 1)
    assert parse_bpmn(own).process.id == "drawing_1"
    own = own.replace('name="係"', 'name="Follow up"', 1)
    assert parse_bpmn(own).process.id == "follow_up"


@pytest.mark.parametrize(
    ("written", "read"),
    [("PT48H", (48, "hours")), ("P10D", (10, "days")), ("P2W", (14, "days")),
     ("P6M", (6, "months")), ("P1Y", (1, "years")), ("PT30M", (30, "minutes"))],
)  # fmt: skip
def test_lengths_of_one_unit_are_time_limits(written: str, read: tuple[int, str]) -> None:
    (limit,) = parse_bpmn(timed(written)).process.deadlines
    assert (limit.length.amount, limit.length.unit.value) == read


@pytest.mark.parametrize("written", ["P1DT12H", "P0D", "R3/PT10H", "${days}", "P99999999999D", ""])
def test_other_timers_are_a_loss_and_an_event(written: str) -> None:
    found = parse_bpmn(timed(written))
    assert found.process.deadlines == ()
    assert [(loss.code, loss.ids) for loss in found.losses] == [("timers", ("late",))]
    assert ("late_passed", "ask", "e") in moves(found.process.machines[0])


def timed(duration: str) -> str:
    return pool(
        LINE + '<boundaryEvent id="late" attachedToRef="ask"><timerEventDefinition>'
        f"<timeDuration>{duration}</timeDuration></timerEventDefinition></boundaryEvent>"
        + flow("f4", "late", "e")
    )


def test_conditions_stay_text() -> None:
    asked = "<conditionExpression>${__import__('os')}</conditionExpression>"
    found = parse_bpmn(pool(
        '<startEvent id="s"/><task id="ask"/><exclusiveGateway id="g" default="f4"/>'
        '<endEvent id="yes"/><endEvent id="no"/>'
        + flow("f1", "s", "ask") + flow("f2", "ask", "g") + flow("f3", "g", "yes", asked)
        + flow("f4", "g", "no")
    ))  # fmt: skip
    yes = found.process.machines[0].transition("ask_to_yes")
    assert yes.note is not None
    assert yes.note.ja == "${__import__('os')}"
    assert yes.guard == Compare("p_after_ask_done", "==", "ask_to_yes")
    assert [(loss.code, loss.ids) for loss in found.losses] == [("conditions", ("f3",))]
    assert parse_bpmn(bpmn(found.process).text).process == found.process  # the note comes back


LEFT_OUT = {
    "dataObject": '<dataObject id="x"/>',
    "textAnnotation": '<textAnnotation id="x"><text>注</text></textAnnotation>',
    "association": '<association id="x" sourceRef="ask" targetRef="help"/>',
    "group": '<group id="x"/>',
    "extension": '<extensionElements/>',
}  # fmt: skip


@pytest.mark.parametrize("name", LEFT_OUT)
def test_elements_outside_the_subset_are_named(name: str) -> None:
    (loss,) = parse_bpmn(pool(LINE + LEFT_OUT[name])).losses
    assert (loss.code, loss.ids) == (
        "left_out",
        ("extensionElements" if name == "extension" else "x",),
    )


@pytest.mark.parametrize("kind", ["signal", "error", "escalation", "conditional"])
def test_other_triggers_are_reported_and_named(kind: str) -> None:
    found = parse_bpmn(pool(
        LINE + f'<boundaryEvent id="b" attachedToRef="ask"><{kind}EventDefinition/></boundaryEvent>'
        + flow("f4", "b", "e")
    ))  # fmt: skip
    assert ("b", "ask", "e") in moves(found.process.machines[0])
    assert [(loss.code, loss.ids) for loss in found.losses] == [("trigger", ("b",))]


BROKEN = {
    "no start": (
        '<task id="a"/><task id="b"/>' + flow("f1", "a", "b") + flow("f2", "b", "a"),
        "p", "beginning",
    ),
    "no target": ('<startEvent id="s"/>\n' + flow("f", "s", "gone"), "f", "nothing"),
    "border on nothing": (LINE + '<boundaryEvent id="b" attachedToRef="x"/>', "b", "no task"),
    "same id": (LINE + '<task id="ask"/>', "ask", "twice"),
    "a split that leads to itself": (
        LINE.replace('<task id="help"/>', '<parallelGateway id="help"/>') + flow("f9", "help", "help"),
        "help", "circle",
    ),
    "more branches than can be told apart": (
        '<startEvent id="s"/><task id="t0"/>' + flow("begin", "s", "t0") + "".join(
            f'<task id="t{n}"/><parallelGateway id="g{n}"/>' + flow(f"a{n}", f"t{n - 1}", f"g{n}")
            + flow(f"b{n}", f"g{n}", f"t{n}") + flow(f"c{n}", f"g{n}", f"t{n}")
            for n in range(1, 12)
        ), "g10", "too many branches",
    ),
    "a rule for each pair": (
        '<startEvent id="s"/><task id="t"/>' + flow("f", "s", "t")
        + "".join(flow(f"f{n}", "t", "t") for n in range(110)), "f90", "too many rules",
    ),
    "a circle of gateways": (
        '<startEvent id="s"/><task id="a"/><exclusiveGateway id="g"/><exclusiveGateway id="h"/>'
        + flow("f1", "s", "a") + flow("f2", "a", "g") + flow("f3", "g", "h") + flow("f4", "h", "g"),
        "f2", "circle",
    ),
    "a start that leads to itself": ('<startEvent id="s"/>' + flow("f", "s", "s"), "s", "no task"),
    "a link": (LINE + '<intermediateThrowEvent id="l"><linkEventDefinition/></intermediateThrowEvent>', "l", "link"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_where_the_flow_breaks_it_says_where_and_what_to_do(name: str) -> None:
    inside, id, problem = BROKEN[name]
    with pytest.raises(LoadError) as wrong:
        parse_bpmn(pool(inside), "drawing.bpmn")
    assert wrong.value.file == "drawing.bpmn"
    assert wrong.value.field == id
    assert problem in wrong.value.problem
    assert wrong.value.line is not None
    assert wrong.value.remedy
    assert wrong.value.text("ja").startswith(f"drawing.bpmn:{wrong.value.line}: {id}: ")
    assert not re.search("[a-z]{3} [a-z]", wrong.value.text("ja"))  # no English in it


def test_a_flow_into_another_pool_is_told_as_that() -> None:
    other = '<process id="q"><startEvent id="s2"/><endEvent id="e2"/>' + flow("g", "s2", "e2")
    text = pool(LINE.replace('targetRef="e"', 'targetRef="e2"'), other + "</process>")
    with pytest.raises(LoadError, match="crosses into another pool") as wrong:
        parse_bpmn(text)
    assert wrong.value.field == "f3"


def test_an_error_names_the_line_of_the_element() -> None:
    lines = (file("entry_by_agency").read_text("utf-8")).splitlines()
    at = next(n for n, line in enumerate(lines, 1) if 'id="Flow_0f0f0f0" sourceRef' in line)
    text = "\n".join(lines).replace('targetRef="Activity_0s1t2u3" />', 'targetRef="gone" />', 1)
    with pytest.raises(LoadError) as wrong:
        parse_bpmn(text)
    assert (wrong.value.line, wrong.value.field) == (at, "Flow_0f0f0f0")


# -- files that mean harm --------------------------------------------------------------------------

HARMFUL = {
    "billion laughs": '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "'
    + "&a;" * 10 + '"><!ENTITY c "' + "&b;" * 10 + '">]><d>&c;</d>',
    "quadratic blow-up": f'<!DOCTYPE d [<!ENTITY a "{"x" * 50_000}">]><d>{"&a;" * 5_000}</d>',
    "external entity": '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><d>&a;</d>',
    "parameter entity": '<!DOCTYPE d [<!ENTITY % a SYSTEM "http://127.0.0.1/a"> %a;]><d/>',
    "document type": '<!DOCTYPE d SYSTEM "http://127.0.0.1/d.dtd"><d/>',
}  # fmt: skip


@pytest.mark.parametrize("name", HARMFUL)
def test_document_types_and_entities_are_refused(name: str) -> None:
    with pytest.raises(LoadError, match="declares a document type or entities") as wrong:
        parse_bpmn(HARMFUL[name], "harm.bpmn")
    assert (wrong.value.file, wrong.value.line) == ("harm.bpmn", 1)
    assert "DOCTYPE" in wrong.value.remedy


def test_too_large_a_file_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.bpmn"
    large.write_bytes(pool(LINE).encode() + b" " * LARGEST)
    with pytest.raises(LoadError, match="is larger than"):
        read_bpmn(large)
    with pytest.raises(LoadError, match="is larger than"):
        parse_bpmn("あ" * (LARGEST // 2))


LARGE = {
    "left out": LINE + "".join(f'<dataObject id="d{i}"/>' for i in range(20_000)),
    "text in pieces": f'{LINE}<task id="t"><documentation>{"a<!---->" * 60_000}</documentation></task>',
    "one name": LINE + "".join(f'<task id="あ{i}" name="same"/>' for i in range(4_000)),
    "branches": '<startEvent id="s"/><parallelGateway id="g"/>' + flow("f", "s", "g")
    + "".join(f'<task id="t{i}"/>' + flow(f"f{i}", "g", f"t{i}") for i in range(4_000)),
    "links": LINE + "".join(
        f'<{kind} id="{kind}{i}"><linkEventDefinition name="{i}"/></{kind}>'
        for i in range(2_000) for kind in ("intermediateThrowEvent", "intermediateCatchEvent")
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_effort_grows_with_the_drawing_and_no_faster(name: str) -> None:
    with readings(100):  # each took over 200 where every part looked at all others
        parse_bpmn(pool(LARGE[name]))


@pytest.mark.slow
def test_more_elements_than_anybody_draws_are_refused() -> None:
    with pytest.raises(LoadError, match="has more than 100000 elements") as wrong:
        parse_bpmn(pool("<task/>" * (MOST + 1)))
    assert wrong.value.line is not None


@pytest.mark.parametrize(
    ("written", "problem"),
    [(b"\xff\xfe<", "is not UTF-8"), (b"", "is not XML"), (b"<a/>", "is not a BPMN"),
     (b"<a><b></a>", "is not XML"), (b"<a>" * 80, "nested deeper"),
     (b"<?xml version='1.0' encoding='shift_jis'?><a/>", "is no")],
)  # fmt: skip
def test_what_is_no_bpmn_is_refused(written: bytes, problem: str, tmp_path: Path) -> None:
    made = tmp_path / "made.bpmn"
    made.write_bytes(written)
    with pytest.raises(LoadError, match=problem):
        read_bpmn(made)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="cannot be read"):
        read_bpmn(tmp_path / "none.bpmn")


def mutated(text: str, chance: Random) -> str:
    """The text with one to four accidents: letters, tags, attributes, ids."""
    for _ in range(chance.randint(1, 4)):
        text = chance.choice(_ACCIDENTS)(text, chance)
    return text


def _letter(text: str, chance: Random) -> str:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("<>\"'&/=\x00\ud800あa1 ") + text[at + chance.randint(0, 2) :]


def _cut(text: str, chance: Random) -> str:
    at, length = chance.randrange(len(text)), chance.randint(1, 200)
    return text[:at] + text[at + length :]


def _line(text: str, chance: Random) -> str:
    lines = text.split("\n")
    chosen = chance.choice(lines)
    lines.insert(chance.randrange(len(lines)), chosen) if chance.random() < 0.5 else lines.remove(
        chosen
    )
    return "\n".join(lines)


def _value(text: str, chance: Random) -> str:
    values = list(re.finditer(r'"([^"<>]*)"', text))
    if len(values) < 2:
        return text
    one, other = chance.choice(values), chance.choice(values)
    return text[: one.start(1)] + other[1] + text[one.end(1) :]


def _tag(text: str, chance: Random) -> str:
    tags = re.findall(r"<bpmn:(\w+)", text) or ["task"]
    old, new = chance.choice(tags), chance.choice(tags)
    return re.sub(rf"(</?bpmn:){old}\b", rf"\g<1>{new}", text)


_ACCIDENTS = (_letter, _cut, _line, _value, _value, _tag)


def outcome(text: str) -> str:
    """What comes of a damaged file: a skeleton, or an error that says what to do."""
    try:
        parse_bpmn(text, "damaged.bpmn")
    except LoadError as wrong:
        told = wrong.file == "damaged.bpmn" and wrong.remedy
        return ("refused with a line" if wrong.line else "refused") if told else str(wrong)
    return "read"


@pytest.mark.again
def test_two_thousand_damaged_files_raise_nothing_but_load_errors(amount: Amount) -> None:
    """With --full; otherwise three hundred."""
    outcomes: Counter[str] = Counter()
    texts = [file(name).read_text("utf-8") for name in DRAWN] + [bpmn(PROCESS).text]
    plain = [text[: text.index("<bpmndi:BPMNDiagram")] + "</bpmn:definitions>" for text in texts]
    for number in range(amount(2000, 300)):
        chance = Random(number)
        text = mutated(chance.choice(plain), chance)
        outcomes[outcome(text)] += 1
    assert set(outcomes) == {"read", "refused with a line"}
    assert outcomes["read"] > amount(100, 15)
    assert outcomes["refused with a line"] > amount(1000, 150)


# -- drawings of odd shapes ------------------------------------------------------------------------


def line(*path: str) -> str:
    """Flows along a path of elements."""
    return "".join(flow(f"{a}_{b}", a, b) for a, b in pairwise(path))


def parts(kind: str, *ids: str) -> str:
    return "".join(f'<{kind} id="{id}"/>' for id in ids)


ODD = {
    "a decision before any task": parts("startEvent", "s") + parts("exclusiveGateway", "g")
    + parts("task", "a") + parts("endEvent", "e") + line("s", "g", "a", "e") + line("g", "e"),
    "branches from the start": parts("startEvent", "s") + parts("parallelGateway", "w", "j")
    + parts("task", "a", "b") + parts("endEvent", "e")
    + line("s", "w", "a", "j", "e") + line("w", "b", "j"),
    "branches in a branch": parts("startEvent", "s") + parts("parallelGateway", "w", "q", "k", "j")
    + parts("task", "t", "a", "b", "c") + parts("endEvent", "e")
    + line("s", "t", "w", "a", "j", "e") + line("w", "q", "b", "k", "j") + line("q", "c", "k"),
    "branches on a choice": parts("startEvent", "s") + parts("parallelGateway", "w")
    + parts("exclusiveGateway", "g") + parts("task", "t", "a", "b") + parts("endEvent", "d", "e", "f")
    + line("s", "t", "g", "w", "a", "d") + line("w", "b", "e") + line("g", "f"),
    "branches that begin anew": parts("startEvent", "s") + parts("parallelGateway", "w", "j")
    + parts("exclusiveGateway", "m", "g") + parts("task", "t", "a", "b", "c")
    + parts("endEvent", "e") + line("s", "m", "t", "w", "a", "j", "c", "g", "e")
    + line("w", "b", "j") + line("g", "m"),
    "a choice after a join": parts("startEvent", "s") + parts("parallelGateway", "w", "j")
    + parts("exclusiveGateway", "g") + parts("task", "t", "a", "b") + parts("endEvent", "e", "f")
    + line("s", "t", "w", "a", "j", "g", "e") + line("w", "b", "j") + line("g", "f"),
    "branches that meet at no join": parts("startEvent", "s") + parts("parallelGateway", "w")
    + parts("task", "t", "a", "b", "both") + parts("endEvent", "e")
    + line("s", "t", "w", "a", "both", "e") + line("w", "b", "both"),
    "some branches that join": parts("startEvent", "s") + parts("parallelGateway", "w", "k", "j")
    + parts("task", "t", "a", "b", "c", "d") + parts("endEvent", "e")
    + line("s", "t", "w", "a", "k", "d", "j", "e") + line("w", "b", "k") + line("w", "c", "j"),
    "one join for two splits": parts("startEvent", "s") + parts("parallelGateway", "w", "q", "j")
    + parts("task", "t", "a", "b", "c") + parts("endEvent", "e")
    + line("s", "t", "w", "a", "j", "e") + line("w", "q", "b", "j") + line("q", "c", "j"),
    "a join that is a split": parts("startEvent", "s") + parts("parallelGateway", "w", "x")
    + parts("task", "t", "a", "b", "c", "d") + parts("endEvent", "e", "f")
    + line("s", "t", "w", "a", "x", "c", "e") + line("w", "b", "x", "d", "f"),
    "a join without a split": parts("startEvent", "s") + parts("parallelGateway", "j")
    + parts("exclusiveGateway", "g") + parts("task", "t", "a", "b") + parts("endEvent", "e")
    + line("s", "t", "g", "a", "j", "e") + line("g", "b", "j"),
    "a branch that leads back": parts("startEvent", "s") + parts("parallelGateway", "w", "j")
    + parts("exclusiveGateway", "m", "g") + parts("task", "t", "a", "b") + parts("endEvent", "e")
    + line("s", "m", "t", "w", "a", "g", "j", "e") + line("w", "b", "j") + line("g", "m"),
    "branches that are chosen": parts("startEvent", "s") + parts("inclusiveGateway", "w", "j")
    + parts("task", "t", "a", "b", "c") + parts("endEvent", "e", "f")
    + line("s", "t", "w", "a", "j", "e") + line("w", "b", "j") + line("w", "c", "f"),
    "branches on a choice that are chosen": parts("startEvent", "s")
    + parts("inclusiveGateway", "w", "j") + parts("exclusiveGateway", "g")
    + parts("task", "t", "a", "b") + parts("endEvent", "e", "f")
    + line("s", "t", "g", "w", "a", "j", "e") + line("w", "b", "j") + line("g", "f"),
    "once more": parts("startEvent", "s") + parts("exclusiveGateway", "g") + parts("task", "t")
    + parts("endEvent", "e") + line("s", "t", "g", "e") + line("g", "t"),
    "no end": parts("startEvent", "s") + parts("task", "t") + line("s", "t"),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_drawings_of_odd_shapes_can_be_written_and_read_again(name: str) -> None:
    first = parse_bpmn(pool(ODD[name])).process
    assert parse_bpmn(bpmn(first).text).process == first
    assert {finding.code.name for finding in check(first)} == {"MISSING_BASIS"}


def test_a_way_back_by_default_means_that_the_state_stays() -> None:
    stays = ODD["once more"].replace(
        '<exclusiveGateway id="g"/>', '<exclusiveGateway id="g" default="g_t"/>'
    )
    assert moves(parse_bpmn(pool(ODD["once more"])).process.machines[0]) == {
        ("t_done", "t", "e"), ("t_done", "t", "t"),
    }  # fmt: skip
    assert moves(parse_bpmn(pool(stays)).process.machines[0]) == {("t_done", "t", "e")}


def test_branches_begin_with_the_choice_that_leads_to_them() -> None:
    main, *branches = parse_bpmn(pool(ODD["branches on a choice"])).process.machines
    chosen = Compare("p_after_t_done", "==", "t_to_w")
    assert main.transition("t_to_w").guard == chosen
    assert [t.guard for m in branches for t in m.transitions if t.event == "t_done"] == [chosen] * 2


def test_pools_without_a_process_and_lanes_without_a_state_are_named() -> None:
    more = (
        '<collaboration id="c"><participant id="x" processRef="p"/>'
        '<participant id="family" name="家族"/></collaboration>'
    )
    lanes = '<laneSet id="ls"><lane id="full"><flowNodeRef>ask</flowNodeRef></lane><lane id="void"/></laneSet>'
    found = parse_bpmn(pool(lanes + LINE, more))
    assert {loss.code: loss.ids for loss in found.losses} == {
        "black_box": ("family",),
        "lanes": ("void",),
    }
    ask, help_, _ = found.process.machines[0].states
    assert (ask.holder, help_.holder) == ("full", None)


def test_a_branch_outside_every_lane_is_reported_by_the_first_agency() -> None:
    lanes = '<laneSet id="ls"><lane id="full"><flowNodeRef>t</flowNodeRef></lane></laneSet>'
    late = (
        '<boundaryEvent id="late" attachedToRef="a" cancelActivity="false"><timerEventDefinition>'
        "<timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>"
        '<endEvent id="warned"/>' + flow("warning", "late", "warned")
    )
    first = parse_bpmn(pool(lanes + ODD["a choice after a join"] + late)).process
    assert [(d.states, d.owner) for d in first.deadlines] == [(("a",), "full")]
    assert first.event("a_done").by == ("full",)
    assert parse_bpmn(bpmn(first).text).process == first


@pytest.mark.parametrize("blank", ["", " ", "&#x200B;", "&#x3000;"])
def test_a_name_that_nobody_sees_is_no_name(blank: str) -> None:
    flows = '<sequenceFlow sourceRef="s" targetRef="a"/><sequenceFlow sourceRef="a" targetRef="e"/>'
    text = (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
        f'<process id="p" name="{blank}"><startEvent id="s" name="{blank}"/>'
        f'<task id="a" name="{blank}"/><endEvent id="e"/>{flows}</process></definitions>'
    )
    [drawn] = parse_bpmn(text, "x.bpmn", lang="en").process.machines
    assert drawn.state("a").label.in_("en") == "a"
