"""What a comparison names is marked on some drawing, and a sheet without a mark says where to
look."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from attrs import evolve

from diversion_flow import Process, compare, draw, processes
from diversion_flow.analysis import Change, Difference
from diversion_flow.definition import (
    Agency,
    Relabel,
    Remove,
    SetParameter,
    Text,
    Transition,
    Variant,
    replace,
)
from diversion_flow.diagram.layout.choose import drawn as laid_out
from diversion_flow.diagram.model import Diagram
from diversion_flow.diagram.render import diagram
from diversion_flow.diagram.views.difference import differences, from_to
from diversion_flow.diagram.views.numbering import number_of
from helpers.chart_quality import quality

LAW = processes.in_force("entry_support", on="2024-06-03")
PLACES = {
    place: (LAW, processes.in_force("entry_support", on="2024-06-03", place=place))
    for place in processes.places("entry_support")
}
VERSIONS = {b.version: (a, b) for a, b in pairwise(processes.versions("entry_support"))}
PAIRS = PLACES | VERSIONS
CLOSED = Relabel("event support_closed", Text("終了", "Support is over"))


def changed(law: Process, *edits: object) -> Process:
    return Variant("v", law.id, Text("案", "proposal"), edits).apply(law)  # type: ignore[arg-type]


def marked(sheet: Diagram) -> set[str]:
    """What bears a sign: states, limits, rules (`machine.rule`), agencies, stages, machines."""
    parts = (*sheet.nodes, *sheet.clocks, *sheet.rules, *sheet.lanes, *sheet.columns,
             *sheet.groups)  # fmt: skip
    return {part.id for part in parts if part.standing}


def meant(change: Change, a: Process, b: Process) -> set[str]:
    """Of which marks one shows the change, counted from the law itself."""
    rules = [(law, m, t) for law in (a, b) for m in law.machines for t in m.transitions]
    id = change.path[0] if change.path else ""
    match change.part:
        case "transition" | "state":
            return {".".join(change.path)}
        case "event":
            return {f"{m.id}.{t.id}" for _, m, t in rules if t.event == id}
        case "deadline":
            limits = [law.by_id["deadline"][id] for law in (a, b) if id in law.by_id["deadline"]]
            return {f"{d.machine}.{state}" for d in limits for state in d.states}
        case "machine":
            return {id, *(f"{id}.{s.id}" for law in (a, b) if id in law.by_id["machine"]
                          for s in law.machine(id).states)}  # fmt: skip
        case "agency" | "stage":
            return {id}
        case "parameter":
            asked = {
                f"{m.id}.{t.id}" for _, m, t in rules if ("parameter", id) in t.guard.mentions()
            }
            return asked | {f"{d.machine}.{s}" for d in b.deadlines for s in d.states}
    return {f"{m.id}.{t.id}" for _, m, t in rules}


def shows(difference: Difference, sheet: Diagram, laws: tuple[Process, Process]) -> bool:
    """Whether the sheet marks what the sentence about people speaks of."""
    if difference.deadline:
        [place] = difference.rules
        return any(f"{place.machine}.{s}" in marked(sheet) for s in place.states)
    told = {id for law in laws for id in spoken_of(difference, law)}
    return any(rule.standing for rule in sheet.rules if rule.id in told)


def spoken_of(difference: Difference, law: Process) -> dict[str, Transition]:
    """The rules of which the sentence about people speaks."""
    return {
        f"{place.machine}.{rule.id}": rule
        for place in difference.rules
        if place.machine in law.by_id["machine"]
        for rule in law.machine(place.machine).transitions
        if rule.event == place.event
    }


def only_dated(difference: Difference, a: Process, b: Process) -> bool:
    """Whether the rules are written alike, and one law was in force before their grounds were:
    they part by the day of the event, and a sheet shows no days."""
    alike = spoken_of(difference, a) == spoken_of(difference, b)
    return alike and "day" in {about.kind for about in difference.cube}


@pytest.mark.slow
@pytest.mark.sampled(every=5)
@pytest.mark.parametrize("name", PAIRS)
def test_what_the_text_names_is_marked_or_said_to_be_on_no_sheet(name: str) -> None:
    a, b = PAIRS[name]
    drawn, found = differences(a, b, "en"), compare(a, b)
    marks = {view: marked(sheet) for view, sheet in drawn.items()}
    legends = [" ".join(sheet.legend).replace(" ", "") for sheet in drawn.values()]
    for change in found.changes:
        named = change.named("en").replace(" ", "")
        on_sheet = any(seen & meant(change, a, b) for seen in marks.values())
        assert on_sheet or all(named in legend for legend in legends), change.text()
    for difference in found.people:
        if difference.kind in ("rule", "limit", "reporter", "lapse", "record", "outdated"):
            on_sheet = any(shows(difference, sheet, (a, b)) for sheet in drawn.values())
            assert on_sheet or only_dated(difference, a, b), difference.text()
    for view, sheet in drawn.items():
        others = [v for v, seen in marks.items() if seen and v != view]
        says_nothing = any("Nothing differs on this sheet" in line for line in sheet.legend)
        assert says_nothing is (not marks[view] and bool(others))
        said = " ".join(sheet.legend)
        numbers = [number_of(b, other) or number_of(a, other) for other in others]
        assert all(re.search(rf"sheet {number}\b(?!-)", said) for number in numbers)


@pytest.mark.slow
def test_what_a_limit_brings_about_is_marked_where_that_is_another() -> None:
    lapsing = changed(LAW, replace("deadline contact_threshold", on_expiry="lost"))
    for law, other in (
        (LAW, lapsing),
        (changed(LAW, Remove("deadline contact_threshold")), lapsing),
    ):
        drawn = diagram(other, "support", lang="en", against=law)
        lost = {r.id for r in drawn.rules if r.standing and r.id.startswith("support.losing")}
        assert lost == {"support.losing_contact", "support.losing_contact_at_work"}


@pytest.mark.slow
def test_a_changed_rule_is_marked_in_the_list_and_on_its_arrows() -> None:
    law = changed(LAW, SetParameter("elderly_age", 60))
    drawn = diagram(law, "support", lang="en", against=LAW)
    rules = {rule.number: rule.id for rule in drawn.rules if rule.standing}
    assert set(rules.values()) == {"support.request", "support.reentry"}
    arrows = [e for e in drawn.edges if set(e.numbers) & set(rules)]
    assert len(arrows) > 2
    assert {e.standing for e in arrows} == {"changed"}
    assert all(e.label.startswith("Δ ") for e in arrows)
    notes = {node.id for node in drawn.nodes if node.kind == "note" and node.standing}
    assert notes == {"support.interviewing.from_many"}  # re-entry, from wherever support ended
    others = [e for e in drawn.edges if not set(e.numbers) & set(rules)]
    assert {e.source for e in others if e.standing} == notes


@pytest.mark.slow
def test_a_sheet_counts_the_differences_that_lie_on_it() -> None:
    law = changed(LAW, SetParameter("elderly_age", 60), CLOSED)
    assert len(compare(LAW, law).changes) == 2
    said = {view: " ".join(sheet.legend) for view, sheet in differences(LAW, law, "en").items()}
    assert "2 of 2 differences on this sheet" in said["support"]
    assert "Nothing differs on this sheet (of 2 differences)" in said["custody"]
    assert "sheet 3-6 Support by the Center (2)" in said["custody"]


def test_a_road_counts_that_it_is_told_otherwise_and_other_sheets_say_where_that_is() -> None:
    road, custody = ({*re.findall(r">([^<]+)</text>", draw(compare(*PLACES["prosecutor_led"]), view, lang="en"))}
                     for view in ("road", "custody"))  # fmt: skip
    assert {"+ Arrest", "Δ Release"} <= road  # by whom is other, too
    assert any("2 of 3 differences are on this sheet" in line for line in road)
    assert any("sheet 1 The usual course (2)" in line for line in custody)
    assert any("Tell the prosecutor · Identify a candidate" in line for line in road)


@pytest.mark.slow
def test_a_sheet_about_what_is_changed_has_the_mark_in_its_title() -> None:
    custody = Relabel("machine custody", Text("身体拘束", "Detention"))
    law = changed(LAW, SetParameter("elderly_age", 60), CLOSED, custody)
    drawn = differences(LAW, law, "en")
    assert drawn["custody"].title.startswith("Δ ")
    assert drawn["custody"].title.endswith(f" ({from_to(LAW, law, 'en')})")
    assert not drawn["support"].title.startswith("Δ ")
    said = {view: " ".join(sheet.legend) for view, sheet in drawn.items()}
    assert "2 of 3 differences on this sheet" in said["support"]
    assert "1 of 3 differences on this sheet" in said["custody"]


def test_laws_are_named_by_their_day_and_their_last_amendment_and_variants_by_their_name() -> None:
    before, after = VERSIONS["ACT_2023_12"]
    named = from_to(before, after, "ja")
    assert named.endswith("2023-12-01からの法「更生保護法83条の2等の施行」")
    assert named.startswith("2021-04-01からの法「被疑者等支援業務の開始」 → ")
    assert from_to(*PLACES["osaka"], "ja").endswith("の施行」 → 大阪府")


@pytest.mark.slow
def test_a_rule_from_many_states_is_marked_on_its_note() -> None:
    rule = LAW.machine("support").transition("closing_not_eligible")
    assert len(rule.sources) >= 4
    law = changed(LAW, SetParameter("elderly_age", 60), CLOSED)
    drawn = diagram(law, "support", lang="en", against=LAW)
    note = drawn.node(f"support.{rule.target}.from_many")
    assert note.standing == "changed"
    [arrow] = [e for e in drawn.edges if e.source == note.id]
    assert arrow.standing == "changed"


@pytest.mark.slow
def test_a_new_agency_has_its_lane() -> None:
    clinic = Agency("clinic", Text("診療所", "Clinic"))
    law = evolve(LAW, agencies=(*LAW.agencies, clinic))
    drawn = diagram(law, "overview", lang="en", against=LAW)
    assert [lane.label for lane in drawn.lanes if lane.standing] == ["+ Clinic"]
    found = quality(*laid_out(drawn))
    assert (found.overlaps, found.arrows_through_labels) == (0, 0)
    gone = diagram(LAW, "overview", lang="en", against=law)
    assert [lane.label for lane in gone.lanes if lane.standing] == ["− Clinic"]


@pytest.mark.slow
def test_what_no_sheet_shows_is_named_on_every_sheet() -> None:
    law = changed(LAW, replace("fact age", seen_by=("police",)))
    for view in ("overview", "custody", "police"):
        legend = diagram(law, view, lang="en", against=LAW).legend
        assert "Different, and on no sheet: Fact 'age' [age] — always seen by" in legend


@pytest.mark.parametrize("sheet", ["stage.release", "center", "road"])
def test_what_becomes_of_an_agency_is_on_its_own_sheet(sheet: str) -> None:
    law = processes.get("entry_support")
    fresh = Agency("newbody", Text("新しい機関", "New body"))
    consent = evolve(law.event("consent_given"), by=(*law.event("consent_given").by, "newbody"))
    events = tuple(consent if e.id == consent.id else e for e in law.events)
    new = evolve(law, version="new", agencies=(*law.agencies, fresh), events=events)
    drawn = draw(new, sheet, against=law, lang="en")
    assert "On no sheet" not in drawn
    assert "New body (1)" in drawn
    assert "+ New body" in draw(new, "newbody", against=law, lang="en")
