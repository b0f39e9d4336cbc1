"""An agency's sheet: all that it does, what it is told, what it owes by when; on A4."""

from __future__ import annotations

import re
from collections import Counter
from itertools import cycle
from math import ceil

import pytest
from attrs import evolve

from diversion_flow import Language, Process, draw, processes
from diversion_flow.definition import (
    LANGUAGES,
    Agency,
    Event,
    Length,
    Machine,
    State,
    Text,
    Transition,
    Unit,
)
from diversion_flow.diagram.formats.picture import Curve, Print
from diversion_flow.diagram.views.agency import agency_shown
from diversion_flow.diagram.views.numbering import number_of, stages_of
from diversion_flow.diagram.views.road import road
from diversion_flow.diagram.views.sheets import Wanted, sheets
from diversion_flow.diagram.views.stage import Card, Section, StageShown, numbered
from diversion_flow.diagram.views.stage_difference import AgencyDifference
from diversion_flow.diagram.views.stage_picture import planned, stage_pictures
from diversion_flow.scenarios import play, shipped, story_names
from helpers import road_quality as q
from helpers.random_process import random_process
from helpers.small import PROCESS
from helpers.traces import HOSTILE, hostile

LAW = processes.get("entry_support")
LAWS = {name: processes.get(name) for name in processes.names()}
EACH = [(name, agency.id) for name, law in LAWS.items() for agency in law.agencies]


def cards(shown: StageShown, *, acts: bool = True) -> list[Card]:
    """What it does, or what else is on its sheet."""
    return [
        card for section in shown.sections for card in section.cards if acts is not section.full
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("name", "agency"), EACH)
def test_all_that_an_agency_does_and_owes_is_on_its_sheet(
    name: str, agency: str, lang: Language
) -> None:
    law = LAWS[name]
    shown = agency_shown(law, agency, lang)
    assert f"4-{[a.id for a in law.agencies].index(agency) + 1}" in shown.corner[0]
    assert Counter(card.state for card in cards(shown)) == Counter(
        e.id for e in law.events if agency in e.by
    )
    told = {id for card in cards(shown, acts=False) for id in card.state.split()}
    assert told >= {d.id for d in law.deadlines if d.owner == agency or agency in d.owed_to}
    assert told >= {e.id for e in law.events for t in e.told
                    if t.to == agency and e.by != (agency,)}  # fmt: skip
    for page in stage_pictures(shown):
        assert q.text_on_text(page) == q.outside(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_stands_on_one_leaf_in_letters_of_nine_points_and_in_words(lang: Language) -> None:
    """Overleaf stands what an agency owes and is told, if it has most to do; a way has its name."""
    plans = {a.id: planned(agency_shown(LAW, a.id, lang)) for a in LAW.agencies}
    overleaf = {id for id, found in plans.items() if sum(p.pages for p in found) > 1}
    assert overleaf <= {"prosecutor", "center", "person"}
    every = [plan for found in plans.values() for plan in found]
    assert len(every) <= len(plans) + len(overleaf)
    assert min(plan.style.size for plan in every) >= 9.0
    assert max(plan.style.lines for plan in every) <= 2


@pytest.mark.parametrize(
    ("agency", "lang"),
    [("center", "ja"), ("center", "en"), ("probation_office", "ja"), ("probation_office", "en"),
     ("prosecutor", "ja")],
)  # fmt: skip
def test_it_stays_on_its_leaf_while_the_law_grows_by_a_tenth(agency: str, lang: Language) -> None:
    """As long as the others are, further acts, news and limits; with many more it goes on to a
    second leaf, and letters are no smaller. The prosecutor's English face is full."""
    shown = agency_shown(LAW, agency, lang)
    for tenths in (0, 1, 40):
        grown = evolve(shown, sections=tuple(longer(s, tenths) for s in shown.sections))
        plans = planned(grown)
        assert (sum(plan.pages for plan in plans) <= 2) is (tenths < 2)
        assert min(plan.style.size for plan in plans) >= 9.0


def longer(section: Section, tenths: int) -> Section:
    """The section with so many tenths more of what is in it."""
    more = ceil(len(section.cards) * tenths / 10)
    new = (evolve(card, number=0, main=False, label=f"{card.label} {n}")
           for n, card in zip(range(more), cycle(section.cards)))  # fmt: skip
    return evolve(section, cards=(*section.cards, *new))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sign_leaves_its_box(lang: Language) -> None:
    plans = [plan for a in LAW.agencies for plan in planned(agency_shown(LAW, a.id, lang))]
    ends = [
        (x, plan.style.width) for plan in plans for block in plan.blocks for shape in block.shapes
        if isinstance(shape, Curve) for x, _ in shape.points
    ]  # fmt: skip
    assert len(ends) > 1000
    assert [(x, wide) for x, wide in ends if not 0 <= x <= wide] == []


def test_an_act_has_its_number_on_the_road_and_leads_to_boxes_of_the_stages() -> None:
    numbers = {event: act.number for shown in road(LAW) for act in shown.acts if act.number
               for event in act.events}  # fmt: skip
    places = numbered(LAW)
    boxes = {(number_of(LAW, f"stage.{stage}"), n): LAW.machine(m).state(s).label.ja
             for (m, s), (stage, n) in places.items()}  # fmt: skip
    assert stages_of(LAW)
    for agency in LAW.agencies:
        shown = agency_shown(LAW, agency.id)
        for card in cards(shown):
            assert card.number == numbers.get(card.state, 0)
            assert card.main is (card.state in {
                LAW.machine(m).transition(t).event
                for m, _, t in (name.partition(".") for name in LAW.main_route)
            })  # fmt: skip
        for card in (*cards(shown), *cards(shown, acts=False)):
            for to in (to for way in card.leaves for to in way.to):
                assert boxes[to.sheet, to.number] == to.label


def test_where_an_act_leads_is_told_by_the_box_if_it_is_one_and_by_the_procedure_if_several() -> (
    None
):
    shown = agency_shown(LAW, "center")
    (plan,) = planned(shown)
    said = {block.part: " ".join(s.text for s in block.shapes if isinstance(s, Print))
            for block in plan.blocks}  # fmt: skip
    assert not plan.style.names  # where they are, both are told
    assert "→ 計画合意 2-3/9" in said["plan_agreed"]
    assert "生活環境の調整 → 2-2/5 2-4/8" in said["consent_given"]
    assert not any(way.text for card in cards(agency_shown(_one_desk(), "city"))
                   for way in card.leaves)  # fmt: skip


def _one_desk() -> Process:
    """A process of one procedure, which need not be named."""
    name = Text("名", "name")
    states = (State("new", name), State("over", name, final=True))
    rule = Transition("apply", "apply", ("new",), "over")
    return Process(
        "desk", "1", name, (Agency("city", name),), (Event("apply", name, "desk", ("city",)),),
        (Machine("desk", name, "new", states, (rule,)),), "desk",
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_the_sheets_of_any_process_can_be_read(seed: int) -> None:
    law = random_process(seed)
    for agency in law.agencies:
        shown = agency_shown(law, agency.id, LANGUAGES[seed % 2])
        assert len(cards(shown)) == sum(agency.id in e.by for e in law.events)
        for page in stage_pictures(shown):
            assert q.text_on_text(page) == q.outside(page) == []
            assert min((words.size for words, _ in q.texts(page)), default=8.0) >= 8.0


@pytest.mark.parametrize("said", [HOSTILE, ["x" * 90], ["長" * 90], ["word " * 40], ["x" * 600]],
                         ids=["hostile", "word", "wide", "words", "endless"])  # fmt: skip
def test_words_that_nobody_would_write_stay_in_their_place(said: list[str]) -> None:
    law = hostile(*said)
    for sheet in ("worker", "partner", "stages"):
        for against in (None, PROCESS):
            for page in sheets(law)[sheet](Wanted(law, "en", None, against)):
                assert q.text_on_text(page) == q.outside(page) == []


def test_of_a_case_it_shows_what_the_agency_sees_and_may_do() -> None:
    case = play(shipped("cs01"))[24].after
    for agency in ("center", "police", "provider"):
        known = {entry.event for entry in case.view(agency).journal}
        shown = agency_shown(case.process, agency, "ja", case)
        for card in cards(shown):
            possible = card.state in case.possible(agency)
            done = card.state in known
            assert card.standing == ("possible" if possible else "visited" if done else "")
            assert bool(re.search(r"\(\d+/\d+\)$", card.label)) is done
        text = str(draw(case.process, agency, case=case))
        assert case.id not in text
        assert f"記録{len(case.view(agency).journal)}件のうち" in text
    view = case.view("center")
    assert draw(view, "center").count("地域生活定着支援センター") > 1
    assert "に見えるものだけ" in draw(view, "police")
    assert "見えない事項" not in draw(view, "police")  # what it does not see has no place
    assert len(draw(case.view("provider"), "police")) < len(draw(case.process, "police"))


def test_what_another_law_changes_for_it_is_marked_and_what_is_gone_is_told() -> None:
    versions = {law.version: law for law in processes.versions("entry_support")}
    before, after = versions["CENTER_2021"], versions["ACT_2023_12"]
    agency, fresh = next(
        (a.id, fresh) for a in before.agencies
        if (fresh := {e.id for e in after.events if a.id in e.by}
            - {e.id for e in before.events if a.id in e.by})
    )  # fmt: skip
    there, back = (_both(*laws, agency) for laws in ((before, after), (after, before)))
    assert {c.state for c in cards(there) if c.standing == "added"} <= fresh
    gone = {text for section in back.sections for text in section.gone}
    assert {f"− {after.event(id).label.ja}" for id in fresh} <= gone
    assert _both(LAW, LAW, agency).told == ("違いはありません。",)
    longer = evolve(LAW, deadlines=tuple(
        evolve(d, length=Length(60, Unit.HOURS)) if d.id == "police_referral" else d
        for d in LAW.deadlines
    ))  # fmt: skip
    marked = AgencyDifference(LAW, longer, "police", "ja").on(agency_shown(longer, "police"))
    assert [c.state for c in cards(marked, acts=False) if c.standing] == ["police_referral"]
    assert marked.told[0].startswith("違い1件のうち1件")
    assert "Δ" in draw(longer, "police", against=LAW)


def test_what_another_agency_does_by_the_later_law_is_no_more_its_own() -> None:
    limit = LAW.deadline("police_referral")
    passed_on = evolve(LAW, deadlines=tuple(
        evolve(d, owner="court") if d is limit else d for d in LAW.deadlines
    ))  # fmt: skip
    shown = _both(LAW, passed_on, "police")
    assert [text for s in shown.sections for text in s.gone] == [f"− ■{limit.label.ja}"]
    assert shown.told[0].startswith("違い1件のうち1件")


def _both(before: Process, after: Process, agency: str) -> StageShown:
    return AgencyDifference(before, after, agency, "ja").on(agency_shown(after, agency))


def test_what_an_agency_is_no_more_told_and_newly_told_is_on_its_sheet() -> None:
    """Told of a step, or owed a limit, by one of two laws only: both ways."""
    told = [e for e in LAW.events if e.told and "probation_office" in {t.to for t in e.told}]
    event = next(e for e in told if "probation_office" not in e.by)
    others = tuple(t for t in event.told if t.to != "probation_office")
    silent = evolve(LAW, events=tuple(
        evolve(e, told=others) if e.id == event.id else e for e in LAW.events
    ))  # fmt: skip
    for a, b, gone in ((LAW, silent, True), (silent, LAW, False)):
        shown = agency_shown(b, "probation_office", "en")
        shown = AgencyDifference(a, b, "probation_office", "en").on(shown)
        lost = [text for section in shown.sections for text in section.gone]
        new = {id for s in shown.sections for c in s.cards if c.standing == "added"
               for id in c.state.split()}  # fmt: skip
        assert lost == ([f"− {event.label.en} (no longer told)"] if gone else [])
        assert new == (set() if gone else {event.id})


@pytest.mark.sampled(every=4)
@pytest.mark.parametrize("story", story_names())
def test_a_case_on_the_centers_sheet_stands_on_one_leaf(story: str) -> None:
    case = play(shipped(story))[-1].after
    if "center" in case.process.by_id["agency"]:
        for lang in LANGUAGES:
            face, *back = stage_pictures(agency_shown(case.process, "center", lang, case))
            assert len(back) <= 1
            assert max(page.height for page in (face, *back)) <= 551.0
