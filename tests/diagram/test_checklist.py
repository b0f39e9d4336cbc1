"""One agency's page: complete, with its bases, safe, and on one leaf of A4."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve

from diversion_flow import Process, processes
from diversion_flow.definition import Agency, Event, Fact, Language, Machine, Share, Text, UnknownId
from diversion_flow.definition.wording import ground_text, length_text
from diversion_flow.diagram import DrawingError, draw
from diversion_flow.diagram.formats.paper import edges
from diversion_flow.diagram.formats.picture import Group, Picture, Print, Rect
from diversion_flow.diagram.views.checklist import checklist, sheet
from diversion_flow.diagram.views.checklist_page import checklist_page
from diversion_flow.diagram.views.checklist_picture import checklist_pictures
from helpers.amounts import Amount
from helpers.peer_programs import needs_chromium, node
from helpers.road_quality import outside, text_on_text, texts
from helpers.small import LAW as CITED
from helpers.small import MAIN, PROCESS, with_main

LAW = processes.get("entry_support")
AGENCIES = [a.id for a in LAW.agencies]
BUSIEST = {"center", "court", "municipality", "person", "probation_office", "prosecutor"}
LANGUAGES: tuple[Language, ...] = ("ja", "en")

each_language = pytest.mark.parametrize("lang", LANGUAGES)


def each_agency(test: Callable[..., None]) -> Callable[..., None]:
    return pytest.mark.sampled(every=3)(pytest.mark.parametrize("agency", AGENCIES)(test))


def ticked(markdown: str) -> list[str]:
    return [line.removeprefix("- □ ") for line in markdown.splitlines() if line.startswith("- □ ")]


def reported(process: Process, agency: str) -> list[Event]:
    return [e for e in process.events if agency in e.by]


@each_agency
@each_language
def test_every_event_of_the_agency_has_one_box_and_no_other_has(
    agency: str, lang: Language
) -> None:
    wanted = Counter(e.label.in_(lang) for e in reported(LAW, agency))
    assert Counter(line.split(" — ")[0] for line in ticked(checklist(LAW, agency, lang))) == wanted
    page = checklist_page(LAW, agency, lang)
    events = Counter(re.findall(r'data-event="(\w+)"', page))
    assert events == Counter(e.id for e in reported(LAW, agency))


@each_agency
@each_language
def test_every_limit_it_owns_is_told_with_its_length_and_what_follows(
    agency: str, lang: Language
) -> None:
    """And every one that others owe to it, further down."""
    limits = [line for line in checklist(LAW, agency, lang).splitlines() if line.startswith("- ■")]
    owned = [d for d in LAW.deadlines if d.owner == agency]
    owed = [d for d in LAW.deadlines if agency in d.owed_to]
    for line, deadline in zip(limits, [*owned, *owed], strict=True):
        length = length_text(LAW, deadline, lang)
        assert length
        assert f"{deadline.label.in_(lang)}: {length}" in line
        follows = LAW.event(deadline.on_expiry).label.in_(lang) if deadline.on_expiry else ""
        assert follows in line
        assert ("法律上" in line or "by law" in line) == bool(deadline.on_expiry)
        assert "§" in line


@each_agency
def test_everything_reported_names_its_papers_and_facts_and_cites_its_basis(agency: str) -> None:
    lines = {line.split(" — ")[0]: line for line in ticked(checklist(LAW, agency, "en"))}
    for event in reported(LAW, agency):
        line = lines[event.label.en]
        rules = [t for m in LAW.machines for t in m.transitions if t.event == event.id]
        for rule in rules:
            assert all(LAW.paper(p).label.en in line for p in rule.papers)
            assert all(LAW.agency(s.to).label.en in line for s in rule.shares)
        assert all(LAW.fact(f).label.en in line for f in event.records)
        assert "§" in line


@each_agency
def test_every_state_it_holds_and_every_fact_it_supplies_is_named(agency: str) -> None:
    *_, held, facts, seen = sheet(LAW, agency, "en").sections
    named = {
        machine: " · ".join(i.said for i in items).split(" · ") for machine, items in held.parts
    }
    for machine in LAW.machines:
        states = sorted(s.label.en for s in machine.states if s.holder == agency)
        assert states == sorted(named.get(machine.label.en, []))
    supplied = " · ".join(item.said for _, items in facts.parts for item in items)
    assert all(f.label.en in supplied for f in LAW.facts if f.source == agency)
    own = " · ".join(f.label.en for f in LAW.facts if f.source == agency)
    sights = {name: [i.said.replace("All facts that you are the source of", own) for i in items]
              for name, items in seen.parts}  # fmt: skip
    whole: tuple[Machine | Fact, ...] = (*LAW.machines, *LAW.facts)
    for part in whole:
        once = agency in part.seen_with_consent and agency not in part.seen_by
        shown = [name for name, items in sights.items()
                 if any(part.label.en in said.split(" · ") for said in items)]  # fmt: skip
        assert shown == ["Always"] * (agency in part.seen_by) + ["Within consent"] * once


def test_what_is_always_seen_stands_with_its_own_ground() -> None:
    items = dict(sheet(LAW, "counsel", "en").sections[-1].parts)["Always"]
    grounds = {label: [said for said, _ in i.basis] for i in items for label in i.said.split(" · ")}
    assert grounds["Custody"] == ["CCP art. 39(1)", "CCP art. 40(1)"]
    assert len({tuple(found) for found in grounds.values()}) == len(items) > 2


def test_the_usual_course_comes_first_and_in_the_order_of_the_stages() -> None:
    usual, limits, other, *_ = sheet(LAW, "center", "ja").sections
    assert all(item.limit for _, items in limits.parts for item in items)
    stages = [s.label.ja for s in LAW.stages]
    for section in (usual, other):
        order = [stages.index(name) for name, _ in section.parts]
        assert order == sorted(order)
    told = {item.event for _, items in usual.parts for item in items}
    route = {LAW.machine(m).transition(t).event
             for m, _, t in (name.partition(".") for name in LAW.main_route)}  # fmt: skip
    assert told == route & {e.id for e in reported(LAW, "center")}
    at = {i.event: name for name, items in (*usual.parts, *other.parts) for i in items}
    assert (at["candidate_flagged"], at["center_accepted"]) == ("把握", "選定・面接")
    assert (at["plan_agreed"], at["support_closed"], at["died"]) == ("調整", "定着支援", "定着支援")
    assert at["case_conference_held"] == "調整"  # and again in the follow-up: told where it begins


def test_of_a_process_that_tells_no_usual_course_the_longest_way_comes_first() -> None:
    assert not PROCESS.main_route
    first, _, third, *_ = sheet(PROCESS, "worker", "en").sections
    assert [item.event for _, items in first.parts for item in items] == ["helped", "finished"]
    assert [item.event for _, items in third.parts for item in items] == [
        "lapsed",
        "consented",
        "withdrawn",
    ]
    assert sheet(PROCESS, "worker", "en").law == "version 1"


def test_a_long_title_is_broken_and_not_small() -> None:
    long = Text(
        "独立行政法人中小企業基盤整備機構地域本部支援企画課第一係" * 2, "a section of it " * 7
    )
    process = evolve(PROCESS, label=long)
    for lang in LANGUAGES:
        (page,) = checklist_pictures(sheet(process, "worker", lang))
        assert min(words.size for words, _ in texts(page)) >= 9
        assert text_on_text(page) == outside(page) == []


def test_a_hand_over_says_what_goes_to_whom_and_on_which_ground() -> None:
    (line,) = [
        t for t in ticked(checklist(LAW, "center", "en")) if t.startswith("Placement sought")
    ]
    assert "Hand to Municipality; welfare office · Welfare service provider (with consent)" in line
    exception = Share(("age",), "partner", CITED[0])
    rules = (evolve(MAIN.transitions[0], shares=(exception,)), *MAIN.transitions[1:])
    (line,) = [t for t in ticked(checklist(with_main(transitions=rules), "worker", "en"))
               if "Hand to" in t]  # fmt: skip
    assert "Hand to a (a art. 1): a" in line


@each_agency
def test_what_is_handed_to_an_agency_stands_in_its_own_list(agency: str) -> None:
    lines = checklist(LAW, agency, "en").splitlines()
    for machine in LAW.machines:
        for rule in machine.transitions:
            for share in (s for s in rule.shares if s.to == agency):
                event = LAW.event(rule.event).label.en
                (line,) = (t for t in lines if t.startswith(f"- {event} — You are handed ("))
                facts = " · ".join(LAW.fact(fact).label.en for fact in share.facts)
                assert (
                    f"You are handed ({ground_text(LAW, share, 'en', signs=True)}): {facts}" in line
                )


def test_an_agency_without_a_part_is_told_so() -> None:
    idle = evolve(PROCESS, agencies=(*PROCESS.agencies, Agency("idle", Text("暇", "idle"))))
    assert checklist(idle, "idle", "ja").count("- なし") == 6
    with pytest.raises(UnknownId):
        checklist(PROCESS, "nobody")


@pytest.mark.parametrize(
    "label", ["<script>alert(1)</script>", "</style></head>", 'a"b', "x\0y\nz"]
)
def test_hostile_labels_do_no_harm(label: str) -> None:
    hostile = evolve(PROCESS, agencies=(Agency("worker", Text(label, label)), PROCESS.agencies[1]))
    page = checklist_page(hostile, "worker")
    tags: list[str] = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attrs: tags.append(tag)  # type: ignore[method-assign]
    reader.feed(page)
    assert "script" not in tags
    assert (tags.count("head"), tags.count("style"), page.count("\0")) == (1, 1, 0)
    assert "<script" not in checklist(hostile, "worker")
    assert "default-src 'none'" in page


@each_language
def test_same_input_same_bytes(lang: Language) -> None:
    again = processes.get("entry_support")
    assert checklist(LAW, "center", lang) == checklist(again, "center", lang)
    assert checklist_page(LAW, "center", lang) == checklist_page(again, "center", lang)


# -- print -----------------------------------------------------------------------------------


@cache
def pages(agency: str, lang: Language) -> tuple[Picture, ...]:
    return checklist_pictures(sheet(LAW, agency, lang))


@each_language
def test_a_checklist_is_one_leaf_of_a4_in_type_of_9_points_or_more(lang: Language) -> None:
    """On its face where that holds it, else on both sides. Nothing lies on anything, and nothing
    leaves the page."""
    found = {agency: pages(agency, lang) for agency in AGENCIES}
    for shown in (page for several in found.values() for page in several):
        assert (shown.width, shown.height) == (551.0, 797.8)  # A4 less its edges, upright
        assert min(words.size for words, _ in texts(shown)) >= 9.0
        assert text_on_text(shown, weighed=True) == outside(shown, weighed=True) == []
    assert {agency for agency, pages in found.items() if len(pages) > 1} <= BUSIEST
    assert max(map(len, found.values())) == 2


def test_what_goes_on_overleaf_or_in_the_next_column_has_its_head_once_more() -> None:
    title = "保護観察所: 入口支援 チェックリスト"
    told = [page.groups[0].title for page in pages("probation_office", "ja")]
    assert told == [f"{title} (1/2)", f"{title} (2/2)"]
    once_more = 0
    for page in (page for lang in LANGUAGES for agency in BUSIEST for page in pages(agency, lang)):
        columns = [[g for g in page.groups[1:] if g.shapes and (_left(g) > 270) is right]
                   for right in (False, True)]  # fmt: skip
        for top in (min(each, key=_top) for each in columns if each):
            assert top.title.startswith(top.list), (page.title, top.title)
            once_more += top.title != top.list
    assert once_more > len(BUSIEST)


def test_a_page_that_is_heard_tells_what_stands_on_it_alone() -> None:
    """Each point is told of one page, in the order in which it is read there."""
    told = [page.description.partition(". ")[2] for page in pages("prosecutor", "en")]
    points = [item.said for section in sheet(LAW, "prosecutor", "en").sections
              for _, items in section.parts for item in items]  # fmt: skip
    assert "; ".join(told) == "; ".join(points)


def test_no_heading_stands_at_the_foot_of_a_column() -> None:
    for page in (page for lang in LANGUAGES for agency in BUSIEST for page in pages(agency, lang)):
        for head, below in pairwise([*page.groups, page.groups[0]]):
            if head.list and head.title == head.list:
                assert _top(below) > _top(head), (page.title, head.title)


def _left(group: Group) -> float:
    return min(edges(shape)[0] for shape in group.shapes)


def _top(group: Group) -> float:
    """Where its band begins, or its first line stands."""
    return min(s.box.y if isinstance(s, Rect) else s.at[1]
               for s in group.shapes if isinstance(s, Rect | Print))  # fmt: skip


@each_language
def test_another_program_finds_every_word_of_a_printed_checklist(lang: Language) -> None:
    pypdf = pytest.importorskip("pypdf")
    read = pypdf.PdfReader(BytesIO(draw(LAW, "checklist.court", format="pdf", lang=lang)))
    assert [tuple(map(float, p.mediabox[2:])) for p in read.pages] == [
        pytest.approx((595.3, 841.9), abs=0.1)
    ] * 2
    found = "".join("".join(page.extract_text() for page in read.pages).split())
    mine = reported(LAW, "court")
    assert len(mine) > 20
    for event in mine:
        assert "".join(event.label.in_(lang).split()) in found


def test_a_checklist_is_of_the_law_alone() -> None:
    case = LAW.open(at="2025-07-01T09:00", facts={"age": 71})
    for given in ({"case": case}, {"against": processes.versions("entry_support")[0]}):
        with pytest.raises(DrawingError, match=r"checklist\.center"):
            draw(LAW, "checklist.center", **given)
    with pytest.raises(DrawingError):
        draw(case.view("center"), "checklist.center")


@needs_chromium
@each_language
def test_every_page_prints_on_one_leaf_of_a4_in_type_of_9_points_or_more(
    lang: Language, tmp_path: Path, amount: Amount
) -> None:
    """On no more sides than the checklist that is drawn."""
    agencies = [*sorted(BUSIEST), *[a for a in AGENCIES if a not in BUSIEST]][:: amount(1, 5)]
    files = [tmp_path / f"{agency}.html" for agency in agencies]
    for agency, file in zip(agencies, files, strict=True):
        file.write_text(checklist_page(LAW, agency, lang), encoding="utf-8")
    said = json.loads(node("print_pages.mjs", *files))
    assert said["refused"] == []
    assert set(said["printed"]) == {file.name for file in files}
    for name, printed in said["printed"].items():
        assert printed["pages"] <= len(pages(Path(name).stem, lang))
        assert (printed["width"], printed["height"]) == pytest.approx((595.3, 841.9), abs=0.5)
        assert printed["smallest"] >= 9.0


@needs_chromium
def test_the_printing_counts_pages_and_measures_type(tmp_path: Path) -> None:
    """The measure itself can fail: a long page in small type is told as what it is."""
    long = tmp_path / "long.html"
    long.write_text("<body style='font-size:6pt'>" + "<p>line</p>" * 400, encoding="utf-8")
    printed = json.loads(node("print_pages.mjs", long))["printed"]["long.html"]
    assert printed["pages"] > 1
    assert printed["smallest"] == pytest.approx(6.0, abs=0.01)
