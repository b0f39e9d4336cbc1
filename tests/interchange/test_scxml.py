"""The export for SCXML engines: two of them come into the states into which our cases come."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from diversion_flow import processes
from diversion_flow.definition import LANGUAGES
from diversion_flow.diagram.layout.measure import clean
from diversion_flow.interchange.scxml import scxml
from helpers import asked, traces
from helpers.amounts import Amount
from helpers.asked import Asked
from helpers.engines import ENGINES, Told, run_all
from helpers.goldens import golden
from helpers.peer_programs import needs_node_peers, needs_python_peers
from helpers.random_rules import drawn
from helpers.small import PROCESS

LAW = processes.in_force("entry_support", on="2024-06-03")
SCXML, LABELS = "{http://www.w3.org/2005/07/scxml}", "{urn:diversion-flow:labels}"


Answers = list[tuple[list[traces.Trace], Told]]
Answered = dict[str, Answers]
PYTHON = pytest.param("python-statemachine", marks=needs_python_peers)
SCION = pytest.param("scion", marks=needs_node_peers)


@pytest.fixture(scope="module", params=[PYTHON, SCION])
def answered(request: Any, tmp_path_factory: pytest.TempPathFactory, amount: Amount) -> Answered:
    """By what is asked: courses, and what the engine says of them. It is started once for all."""
    told = {name: made(amount) for name, made in ASKED.items()}
    rows = [row for some in told.values() for row in some]
    said = iter(run_all(ENGINES[request.param], tmp_path_factory.mktemp("scxml"), rows))
    return {name: [(courses, next(said)) for _, courses in some] for name, some in told.items()}


def differences(answers: Answers) -> list[str]:
    assert answers
    return [d for courses, said in answers for d in traces.differences(courses, said["courses"])]


# -- the document ----------------------------------------------------------------------------


def test_the_small_process_reads_as_the_golden_one() -> None:
    golden("small.scxml", scxml(PROCESS).text)


def test_same_input_same_bytes() -> None:
    assert scxml(LAW) == scxml(processes.in_force("entry_support", on="2024-06-03"))


# W3C Recommendation State Chart XML, chapters 3 to 5: attributes and children of the elements used.
ALLOWED = {
    "scxml": ({"version", "datamodel", "name", "initial"}, {"datamodel", "state", "parallel"}),
    "datamodel": (set(), {"data"}),
    "data": ({"id"}, set()),
    "parallel": ({"id"}, {"state"}),
    "state": ({"id", "initial"}, {"state", "final", "transition"}),
    "final": ({"id"}, set()),
    "transition": ({"event", "cond", "target"}, {"if", "assign"}),
    "if": ({"cond"}, {"assign"}),
    "assign": ({"location", "expr"}, set()),
}


def test_the_document_is_built_as_the_recommendation_has_it() -> None:
    root = ET.fromstring(scxml(LAW).text)
    assert root.get("version") == "1.0"
    for element in root.iter():
        attributes, children = ALLOWED[element.tag.removeprefix(SCXML)]
        own = {name for name in element.attrib if not name.startswith(LABELS)}
        assert own <= attributes
        assert {child.tag.removeprefix(SCXML) for child in element} <= children
    ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
    assert set(ids.values()) == {1}
    led_to = {e.get(name) for e in root.iter() for name in ("target", "initial") if e.get(name)}
    assert led_to <= set(ids)


def test_nothing_that_is_kept_has_the_name_of_what_an_event_carries() -> None:
    """An engine that looks into the event's data first would take one for the other."""
    text = scxml(LAW).text
    kept = {part.get("id") for part in ET.fromstring(text).iter(f"{SCXML}data")}
    carried = set(re.findall(r"_event\.data\.(\w+)", text))
    assert kept == {f"kept_{f.id}" for f in LAW.facts}
    assert {f"fact_{id}" for event in LAW.events for id in event.records} <= carried
    assert not kept & carried


def test_nobody_is_asked_for_whom_consent_cannot_name() -> None:
    """An object that says true or false of each choice has nothing else: some engines stop."""
    texts = [scxml(drawn(seed)).text for seed in range(8, 16)]
    asked = {name for text in texts for name in re.findall(r"_named\['(\w+)'\]", text)}
    assert asked == {"x", "y"}


def test_labels_are_in_the_language_asked_for() -> None:
    label = LAW.machine("custody").state("detained_suspect").label
    for lang in LANGUAGES:
        root = ET.fromstring(scxml(LAW, lang).text)
        state = root.find(f".//{SCXML}state[@id='custody.detained_suspect']")
        assert state is not None
        assert state.get(f"{LABELS}label") == label.in_(lang)


def test_what_is_lost_is_said_with_the_parts_it_touches() -> None:
    lost = {loss.code: loss for loss in scxml(LAW).losses}
    assert set(lost) == {
        "deadline", "working_day", "schema", "visibility", "share", "told", "before", "duty", "links", "ground",
        "refusal", "journal", "unknown", "rest", "remark", "midway", "road",
        "basis", "words", "start", "source", "version", "parameter",
    }  # fmt: skip
    assert "age" in lost["unknown"].ids
    assert not any(loss.said.missing for loss in lost.values())


# -- two engines -----------------------------------------------------------------------------


def hostile(_: Amount) -> Asked:
    laws = map(traces.hostile, traces.HOSTILE)
    return [(law, [traces.at_random(law, 1, 8)]) for law in laws]


ASKED: dict[str, Callable[[Amount], Asked]] = {
    **asked.ASKED,
    "hostile": hostile,
}


@pytest.mark.parametrize("what", ASKED)
def test_engines_come_where_the_case_does(what: str, answered: Answered) -> None:
    assert differences(answered[what]) == []


@pytest.mark.parametrize("answered", [PYTHON], indirect=True)
def test_states_and_transitions_are_those_of_the_process(answered: Answered) -> None:
    [(_, said)] = answered["entry_support"]
    found = {id: sorted(to) for id, to in said["parts"] if "." in id}
    assert found == {
        id: sorted(f"{id.split('.')[0]}.{state}" for state in to)
        for id, to in traces.leading(LAW).items()
    }


def test_hostile_labels_harm_nothing(answered: Answered) -> None:
    assert [said.get("harmed") for _, said in answered["hostile"]] == [None] * len(traces.HOSTILE)


def test_hostile_labels_change_nothing_but_what_is_for_people() -> None:
    plain = ET.fromstring(scxml(PROCESS).text)
    for label in traces.HOSTILE:
        root = ET.fromstring(scxml(traces.hostile(label)).text)
        assert _bare(root) == _bare(plain), label[:80]
        assert root.get(f"{LABELS}label") == (clean(label) or None)


def _bare(root: ET.Element) -> list[tuple[str, dict[str, str]]]:
    """The document without the words for people."""
    return [
        (e.tag, {k: v for k, v in e.attrib.items() if not k.startswith(LABELS)})
        for e in root.iter()
    ]
