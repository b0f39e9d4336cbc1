"""The export of machines as workflow nets: pm4py reads them and proves them sound."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from diversion_flow import Process, processes
from diversion_flow.definition import LANGUAGES, UnknownId
from diversion_flow.diagram.layout.measure import clean
from diversion_flow.interchange import write
from diversion_flow.interchange.pnml import pnml
from helpers import traces
from helpers.amounts import Amount
from helpers.goldens import golden
from helpers.peer_programs import needs_python_peers, python
from helpers.small import CONSENT, MAIN, PROCESS, state, transition, with_main

LAW = processes.in_force("entry_support", on="2024-06-03")
PNML = "{http://www.pnml.org/version-2009/grammar/pnml}"
OWN = "{urn:diversion-flow:labels}"


def nets(folder: Path, machines: Iterable[tuple[Process, str]]) -> list[dict[str, Any]]:
    """What pm4py says of the nets of these machines."""
    files = [folder / f"{number}.pnml" for number, _ in enumerate(machines)]
    for file, (process, machine) in zip(files, machines, strict=True):
        file.write_text(pnml(process, machine).text, encoding="utf-8")
    said: list[dict[str, Any]] = json.loads(python("pm4py_nets.py", *files))
    return said


# -- the document ----------------------------------------------------------------------------


def test_the_small_machine_reads_as_the_golden_one() -> None:
    golden("small.pnml", pnml(PROCESS, "main").text)


def test_same_input_same_bytes() -> None:
    again = processes.in_force("entry_support", on="2024-06-03")
    assert pnml(LAW, "custody") == pnml(again, "custody")


def test_an_unknown_machine_is_refused() -> None:
    with pytest.raises(UnknownId, match="custody"):
        pnml(LAW, "custdy")


@pytest.mark.parametrize("name", ["law.custdy.pnml", "law.limist.csv"])
def test_what_a_file_is_of_is_not_guessed(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownId, match="nearest"):
        write(LAW, tmp_path / name)
    assert not [*tmp_path.iterdir()]


# ISO/IEC 15909-2:2011, core model and P/T nets: attributes and children of the elements used.
ALLOWED = {
    "pnml": (set(), {"net"}),
    "net": ({"id", "type"}, {"name", "page"}),
    "page": ({"id"}, {"place", "transition", "arc"}),
    "place": ({"id"}, {"name", "initialMarking"}),
    "transition": ({"id"}, {"name", "toolspecific"}),
    "arc": ({"id", "source", "target"}, set()),
    "name": (set(), {"text"}),
    "initialMarking": (set(), {"text"}),
    "text": (set(), set()),
    "toolspecific": ({"tool", "version"}, set()),
}


@pytest.mark.parametrize("machine", [m.id for m in LAW.machines])
def test_the_document_is_built_as_the_standard_has_it(machine: str) -> None:
    root = ET.fromstring(pnml(LAW, machine).text)
    for element in root.iter():
        if element.tag.startswith(OWN):
            continue
        attributes, children = ALLOWED[element.tag.removeprefix(PNML)]
        silent = {"activity"} if element.get("tool") == "ProM" else set()
        assert set(element.attrib) == attributes | silent
        inside = {child.tag for child in element if not child.tag.startswith(OWN)}
        assert {tag.removeprefix(PNML) for tag in inside} <= children
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    ends = {element.get(end) for element in root.iter(f"{PNML}arc") for end in ("source", "target")}
    assert ends <= set(ids)


def test_labels_are_in_the_language_asked_for() -> None:
    label = LAW.machine("custody").state("detained_suspect").label
    for lang in LANGUAGES:
        root = ET.fromstring(pnml(LAW, "custody", lang).text)
        name = root.find(f".//{PNML}place[@id='state.detained_suspect']/{PNML}name/{PNML}text")
        assert name is not None
        assert name.text == label.in_(lang)


def test_each_rule_tells_its_id_and_its_events_label() -> None:
    root = ET.fromstring(pnml(PROCESS, "main").text)
    told = root.find(f".//{PNML}transition[@id='rule.help.asked']/{PNML}toolspecific")
    assert told is not None
    assert [(e.tag, e.text) for e in told] == [(f"{OWN}label", "あ"), (f"{OWN}rule", "help")]


def test_what_is_lost_is_said_with_the_parts_it_touches() -> None:
    lost = {loss.code: loss for loss in pnml(PROCESS, "main").losses}
    assert {code: loss.ids for code, loss in lost.items()} == {
        "guard": ("help", "reject", "finish"),
        "choice": ("help", "reject"),
        "fact": ("age", "content"),
        "agency": ("worker", "partner"),
        "deadline": ("limit",),
        "machine": ("consent",),
        "under_way": ("asked", "helped"),
        "basis": ("limit", "main.asked", "main.helped", "main.done", "main.help", "main.reject",
                  "main.finish", "main.lapse"),
        "words": ("small", "worker", "partner", "age", "content", "recipients",
                  "recipients.partner", "law", "main.done"),
        "start": ("limit",),
        "home": ("helped", "finished", "lapsed"),
        "holder": ("main.asked", "main.helped", "main.done"),
        "schema": ("age", "content", "recipients"),
        "visibility": ("small", "finished", "age", "content", "recipients", "main"),
        "version": ("small",),
    }  # fmt: skip
    assert not any(loss.said.missing for loss in lost.values())
    law = [loss for machine in LAW.machines for loss in pnml(LAW, machine.id).losses]
    assert {loss.code for loss in law} - set(lost) == {
        "share", "told", "duty", "before", "links", "remark", "rest", "ends_case", "source",
        "parameter",
    }  # fmt: skip
    assert not any(loss.said.missing for loss in law)


# -- pm4py -----------------------------------------------------------------------------------


@needs_python_peers
def test_the_net_is_the_machine(tmp_path: Path) -> None:
    main, consent = nets(tmp_path, [(PROCESS, "main"), (PROCESS, "consent")])
    assert main["labels"] == {
        "case.opened": "opened",
        "rule.help.asked": "helped",
        "rule.reject.asked": "helped",
        "rule.finish.helped": "finished",
        "rule.lapse.helped": "lapsed",
        "case.ended.done": None,
    }
    assert ["state.asked", "rule.help.asked"] in main["arcs"]
    assert ["rule.help.asked", "state.helped"] in main["arcs"]
    assert len(main["arcs"]) == 2 * len(main["labels"])
    silent = {id for id, label in consent["labels"].items() if label is None}
    assert silent == {f"case.ended.{s.id}" for s in CONSENT.states}  # it has no final state


@needs_python_peers
@pytest.mark.parametrize("id", processes.names())
def test_every_machine_of_every_version_is_a_sound_workflow_net(
    id: str, tmp_path: Path, amount: Amount
) -> None:
    versions = processes.versions(id)[-amount(len(processes.versions(id)), 1) :]  # the latest
    tracks = [(process, m) for process in versions for m in process.machines]
    told = nets(tmp_path, [(process, machine.id) for process, machine in tracks])
    for (process, machine), net in zip(tracks, told, strict=True):
        name = (process.version, machine.id)
        assert (name, net["workflow_net"], net["sound"]) == (name, True, True)
        assert (net["start"], net["end"]) == ({"case.before": 1}, {"case.after": 1})
        assert len(net["places"]) == len(machine.states) + 2
        shown = [label for label in net["labels"].values() if label]
        rules = [t.event for t in machine.transitions for _ in t.sources]
        assert sorted(shown) == sorted(["opened", *rules])


@needs_python_peers
def test_a_trap_is_not_sound(tmp_path: Path) -> None:
    """The proof above is one that can fail."""
    trap = with_main(
        states=(*MAIN.states, state("stuck")),
        transitions=(*MAIN.transitions, transition("lose", "lapsed", "asked", "stuck")),
    )
    island = with_main(states=(*MAIN.states, state("island")))
    for net in nets(tmp_path, [(trap, "main"), (island, "main")]):
        assert not net["sound"]


@needs_python_peers
def test_hostile_labels_harm_nothing(tmp_path: Path) -> None:
    told = nets(tmp_path, [(traces.hostile(label), "main") for label in traces.HOSTILE])
    (plain,) = nets(tmp_path, [(PROCESS, "main")])
    for label, net in zip(traces.HOSTILE, told, strict=True):
        assert {key: net[key] for key in net if key != "places"} == {
            key: plain[key] for key in plain if key != "places"
        }
        assert set(net["places"]) == set(plain["places"])
        assert net["places"]["state.asked"] == clean(label)
