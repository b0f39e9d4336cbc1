"""The road: one path through the offices that a finger can follow, for any process."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from sys import maxsize

import networkx as nx
import pytest
from attrs import evolve

from diversion_flow import Case, Language, Process, UnknownId, processes
from diversion_flow.analysis import compare
from diversion_flow.analysis.structure import structure
from diversion_flow.definition import (
    LANGUAGES,
    Act,
    Agency,
    Departure,
    Event,
    Group,
    Length,
    Machine,
    Road,
    Stage,
    State,
    Text,
    Transition,
    Unit,
)
from diversion_flow.diagram import DrawingError, draw
from diversion_flow.diagram.formats.picture import Curve, Picture, Print, Rect, picture
from diversion_flow.diagram.formats.picture import Group as Drawn
from diversion_flow.diagram.layout.measure import em, joined
from diversion_flow.diagram.layout.placed import Box
from diversion_flow.diagram.render import diagram
from diversion_flow.diagram.views.numbering import usual_rules
from diversion_flow.diagram.views.road import BRIEF, MOST, ActShown, RoadShown, brief, road
from diversion_flow.diagram.views.road_bilingual import in_both
from diversion_flow.diagram.views.road_case import with_case
from diversion_flow.diagram.views.road_picture import (
    AWAY,
    GREY,
    INK,
    ONE_PAGE,
    ROAD,
    ROWS,
    WHITE,
    WIDE,
    Type,
    on_one_page,
    placed,
    road_picture,
)
from diversion_flow.diagram.views.road_upright import road_upright
from diversion_flow.diagram.views.sheets import Wanted, roads, sheets
from diversion_flow.diagram.views.touched import touched
from diversion_flow.scenarios import play, shipped, story_names
from helpers import road_quality as q
from helpers import small as tiny
from helpers.amounts import Amount
from helpers.goldens import golden
from helpers.random_process import random_process, random_road
from helpers.small import PROCESS

LAW = processes.get("entry_support")
VERSIONS = {law.version: law for name in processes.names() for law in processes.versions(name)}
A3, A4 = (1190.55, 841.89), (841.89, 595.28)  # points
EDGE = 22.0  # what printing leaves white


def sound(shown: RoadShown, type: Type) -> None:
    """Nothing is wrong with the sheet."""
    sheet, drawn = placed(shown, type), road_picture(shown, type)
    assert len(sheet.paths) + 1 == len(sheet.boxes) <= MOST
    assert q.pieces(sheet) == 1
    assert q.crossings(sheet.paths) == q.backwards(sheet.paths) == q.slanting(sheet.paths) == 0
    assert q.through_boxes(sheet) == q.overlaps(sheet.boxes) == 0
    assert q.text_on_text(drawn) == q.outside(drawn) == []


def sound_upright(shown: RoadShown) -> None:
    """Nothing is wrong with the sheet for a narrow screen: the acts stand under one another."""
    drawn = road_upright(shown)
    assert drawn.width == 390
    assert q.text_on_text(drawn) == q.outside(drawn) == []
    assert min(words.size for words, _ in q.texts(drawn)) >= 12.5
    roads = [s.points for g in drawn.groups for s in g.shapes
             if isinstance(s, Curve) and s.width == 5.0]  # fmt: skip
    over = (shown.turn, *map(str, range(1, 100)))  # the bar and the discs lie over the road
    assert not [words.text for words, box in q.texts(drawn) for (x, a), *_, (_, b) in roads
                if box.x < x + 2.5 and x - 2.5 < box.x + box.width and box.y < b
                and a < box.y + box.height and words.text not in over]  # fmt: skip
    middle = [words.text for words, _ in q.texts(drawn) if words.anchor == "middle"]
    numbers = [int(text) for text in middle if text.isdigit()]
    assert numbers == [act.number for act in shown.acts if act.number]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("law", VERSIONS.values(), ids=VERSIONS)
def test_a_finger_can_follow_every_shipped_law(law: Process, lang: Language) -> None:
    (shown,) = road(law, lang)
    assert len(shown.acts) >= 8
    assert all((shown.turn, shown.spine, shown.holds))
    sound(shown, Type())
    sound(brief(law, lang), ONE_PAGE)
    sound_upright(shown)


@pytest.mark.parametrize("place", processes.places("entry_support"))
def test_a_finger_can_follow_the_law_of_every_place(place: str, amount: Amount) -> None:
    versions = processes.history("entry_support", place).versions
    for law in versions[-amount(len(versions), 1) :]:
        for lang in sorted(LANGUAGES, reverse=len(place) % 2 == 0)[: amount(2, 1)]:
            (shown,) = road(law, lang)
            sound(shown, Type())


@pytest.mark.sampled(every=5)
@pytest.mark.parametrize("made", [random_process, random_road])
@pytest.mark.parametrize(
    "tens", [*range(2), *(pytest.param(k, marks=pytest.mark.again) for k in range(2, 10))]
)
def test_a_finger_can_follow_any_process(tens: int, made: Callable[[int], Process]) -> None:
    for seed in range(20 * tens, 20 * tens + 20):
        law, lang = made(seed), LANGUAGES[seed % 2]
        for shown in road(law, lang):
            sound(shown, Type())
            sound_upright(shown)
        how = on_one_page(law, lang)
        page = brief(law, lang, how.most, how.narrower)
        assert len(page.acts) <= BRIEF
        sound(page, how.type)
        drawn = road_picture(page, how.type)
        assert max(scale(drawn, paper, EDGE) for paper in (A4, A4[::-1])) == 1


@pytest.mark.parametrize("seed", [357, 393])
def test_what_leaves_the_road_has_its_room_in_the_strip(seed: int) -> None:
    """Words without a letter that just fit beside one; a stage narrower than its sheet's sign."""
    for shown in road(random_road(seed), "en"):
        sound(shown, Type())


def test_of_an_act_with_a_long_name_its_verb_is_told_wherever_it_stands() -> None:
    name = Text("補助金交付申請書類の形式審査及び実質審査に係る補正命令後の再提出書類を受理し回付する",
                "Accept and pass on what was sent again after an order to correct the documents of "
                "an application")  # fmt: skip
    told = Road((Group(Text("甲", "one"), ("worker",)),), (Act(name, "worker", None, ("helped",)),))
    law = evolve(PROCESS, road=told)
    assert joined(road(law)[0].acts[0].lines).endswith("回付する")
    assert joined(road(law, "en")[0].acts[0].lines).startswith("Accept and pass on")


def _in_one_row(count: int, name: Text, stages: tuple[Stage, ...] = ()) -> Process:
    """A process of so many acts of one office after one another, all names about alike."""
    at = [stages[n * len(stages) // count].id if stages else None for n in range(count)]
    acts = tuple(Act(Text(f"{name.ja}{n}", f"{name.en}{n}"), "worker", stage, ("helped",))
                 for n, stage in enumerate(at))  # fmt: skip
    worker = evolve(PROCESS.agencies[0], label=name)
    return evolve(PROCESS, label=name, agencies=(worker, *PROCESS.agencies[1:]), stages=stages,
                  road=Road((Group(name, ("worker",)),), acts))  # fmt: skip


_LONG = (
    Text(
        "補助金交付申請書類の形式審査及び実質審査に係る補正命令後の再提出書類を受理し関係各課に回付して意見を照会する手続の開始待ち",
        "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft",
    ),
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "name", [Text("補助金の申請を受け付ける", "Accept the application"), *_LONG]
)
def test_a_road_is_as_wide_as_its_letters_can_be_read_on_a3_however_long_its_names_are(
    name: Text, lang: Language
) -> None:
    stages = tuple(Stage(f"stage{n}", name) for n in range(3))
    law = _in_one_row(18, name, stages)
    sheets = roads(law, lang)
    assert [a.number for shown in sheets for a in shown.acts] == list(range(1, 19))
    assert len(sheets) > 1
    assert min(len(shown.acts) for shown in sheets) > 1
    for shown in sheets:
        sound(shown, Type())
        drawn = road_picture(shown)
        least = min(words.size for words, _ in q.texts(drawn))
        assert scale(drawn, A3, EDGE) * least >= 9.9
        assert {g.title for g in drawn.groups} >= {
            head for head, _ in shown.stages
        }  # who hears it hears every stage by name
    (upright,) = roads(law, lang, most=maxsize)
    sound_upright(upright)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", _LONG)
def test_names_of_stages_and_lanes_make_no_overview_too_wide(name: Text, lang: Language) -> None:
    stages = (Stage("first", name), Stage("last", name))
    main = PROCESS.machines[0]
    states = tuple(evolve(s, stage="last" if s.final else "first") for s in main.states)
    worker = evolve(PROCESS.agencies[0], label=name)
    law = evolve(PROCESS, stages=stages, agencies=(worker, PROCESS.agencies[1]),
                 machines=(evolve(main, states=states), *PROCESS.machines[1:]))  # fmt: skip
    drawn = picture(diagram(law, "overview", lang=lang))
    assert drawn.width < WIDE / 2
    assert not q.text_on_text(drawn)


def test_a_road_that_is_released_twice_is_cut_where_it_is_for_the_first_time() -> None:
    law = _in_one_row(2 * MOST, Text("行為", "act"))
    assert law.road
    acts = tuple(evolve(act, events=("finished" if n in (3, 33) else "helped",))
                 for n, act in enumerate(law.road.acts))  # fmt: skip
    told = road(evolve(law, road=evolve(law.road, acts=acts, turning="finished")), "en", 9)
    assert [bool(shown.turn) for shown in told] == [True, *(len(told) - 1) * [False]]
    assert all(act.after for shown in told[1:] for act in shown.acts)


def test_flags_of_one_act_are_read_from_left_to_right() -> None:
    flags = tuple(Departure(Text("別の道", "another way"), "main") for _ in range(3))
    act = Act(Text("行為", "act"), "worker", None, ("helped",), departures=flags)
    law = evolve(PROCESS, road=Road((Group(Text("甲", "one"), ("worker",)),), (act,)))
    (box,) = (g for g in road_picture(road(law, "en")[0]).groups if g.part == "act0")
    letters = sorted((s.at[0], s.text) for s in box.shapes if isinstance(s, Print))
    assert [text for _, text in letters if text in "ABC"] == ["A", "B", "C"]


def test_a_road_of_a_hundred_acts_goes_on_at_borders_of_stages() -> None:
    rows = ("worker", "partner")
    acts = [Act(Text(f"行為{n}", f"act {n}"), rows[n % 2], None, ("helped",)) for n in range(100)]
    told = Road((Group(Text("甲", "one"), ("worker",)), Group(Text("乙", "two"), ("partner",))),
                tuple(acts))  # fmt: skip
    sheets = road(evolve(PROCESS, road=told), "en")
    assert [a.number for shown in sheets for a in shown.acts] == list(range(1, 101))
    assert [len(shown.acts) for shown in sheets] == [17, 17, 17, 17, 16, 16]
    assert [(shown.come, shown.goes) for shown in sheets][::5] == [(0, 18), (84, 0)]
    for shown in sheets:
        sound(shown, Type())
    titles = [group.title for group in road_picture(sheets[1]).groups]
    assert "Comes from 17 on the sheet before" in titles
    assert "Goes on at 35 on the next sheet" in titles
    assert not [text for text, _ in q.texts(road_picture(road(LAW)[0])) if "隣の図" in text.text]
    one_row = evolve(told, groups=(Group(Text("甲", "one"), rows),))
    (shown,) = road(evolve(PROCESS, road=one_row), "en")  # neighbours of one row share a box
    assert len(shown.acts) == MOST
    sound(shown, Type())


def test_a_process_that_tells_of_no_road_has_that_of_its_main_route() -> None:
    bare = evolve(LAW, road=None)
    told = [event for shown in road(bare) for act in shown.acts for event in act.events]
    usual = {LAW.machine(m).transition(t).event
             for m, _, t in (name.partition(".") for name in LAW.main_route)}  # fmt: skip
    assert len(told) == len(usual)
    assert set(told) == usual


def _of_one_desk(
    rules: Iterable[tuple[str, tuple[str, ...], str]], states: Iterable[str], ends: Container[str]
) -> list[str]:
    """The events on the road of a process that tells neither a road nor a route."""
    name, rules = Text("名", "name"), tuple(rules)
    desk = Process(
        "desk", "1", name, (Agency("city", name),),
        tuple(Event(id, name, "desk", ("city",)) for id, _, _ in rules),
        (Machine("desk", name, "new", tuple(State(id, name, final=id in ends) for id in states),
                 tuple(Transition(id, id, of, to) for id, of, to in rules)),),
        "desk",
    )  # fmt: skip
    return [event for shown in road(desk) for act in shown.acts for event in act.events]


def test_without_a_route_the_road_is_the_longest_course_to_an_end_and_turns_off_nowhere() -> None:
    rules = [("waive", "new", "over"), ("apply", "new", "asked"), ("reject", "asked", "refused"), ("accept", "asked", "used"),
             ("review", "used", "seen"), ("go_on", "seen", "used"), ("finish", "seen", "over")]  # fmt: skip

    def told(ends: tuple[str, ...]) -> list[str]:
        states = ("new", "asked", "refused", "used", "seen", "over")
        return _of_one_desk(((id, (of,), to) for id, of, to in rules), states, ends)

    assert told(("refused", "over")) == ["apply", "accept", "review", "finish"]
    assert told(("refused",)) == ["apply", "reject"]
    assert told(()) == ["apply", "accept", "review", "finish"]  # that never ends


def test_without_a_route_the_road_does_not_go_back_to_a_state_that_is_told_before() -> None:
    rules = (
        ("report", ("new",), "open"),
        ("guide", ("open",), "home"),
        ("keep", ("open", "home"), "kept"),
        ("return", ("kept",), "home"),
        ("move", ("open", "kept", "home"), "moved"),
        ("finish", ("home",), "over"),
    )
    ends = ("over", "moved")
    told = ["new", "open", "kept", "home", "over", "moved"]
    assert _of_one_desk(rules, told, ends) == ["report", "keep", "return", "finish"]
    anyhow = ["moved", "over", "home", "kept", "open", "new"]  # nothing leads on in this order
    assert _of_one_desk(rules, anyhow, ends) == ["report", "guide", "keep", "move"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_road_ends_in_two_frames_that_hold_its_words_where_a_case_may_rest(
    lang: Language,
) -> None:
    (shown,) = road(processes.get("entry_support"), lang)
    assert [act.number for act in shown.acts if act.ends] == [16]
    (last,) = (g for g in road_picture(shown).groups if g.part == f"act{len(shown.acts) - 1}")
    inner = [s.box for s in last.shapes if isinstance(s, Rect) and s.fill == "none"]
    words = [s for s in last.shapes if isinstance(s, Print) and s.bold and not s.text.isdecimal()]
    assert len(inner) == 1
    assert words
    assert all(em(s.text) * s.size <= inner[0].width for s in words)


def test_every_sheet_has_the_usual_course_of_the_road_where_no_main_route_is_told() -> None:
    law = processes.get("special_coordination")
    assert law.road
    assert not law.main_route
    events = {event for act in law.road.acts for event in act.events}
    heavy = [edge for edge in diagram(law, "coordination").edges if edge.main]
    fired = {law.machine(m).transition(rule).event
             for edge in heavy for m, _, rule in (name.partition(".") for name in edge.rules)}  # fmt: skip
    # Consent is on the road, too; given anew without the Center it ends the coordination.
    assert fired == events & {rule.event for rule in law.machine("coordination").transitions
                              if rule.target != "withdrawn"}  # fmt: skip
    assert len(heavy) == len(fired)  # one path
    chart = diagram(law, "overview")
    assert {rule.id for rule in chart.rules} == usual_rules(law)
    assert {node.group or node.id.partition(".")[0] for node in chart.nodes} == {
        rule.partition(".")[0] for rule in usual_rules(law)
    }


def test_where_no_lane_tells_who_holds_a_state_its_box_in_the_overview_does() -> None:
    law = evolve(PROCESS, stages=(), machines=tuple(
        evolve(m, states=tuple(evolve(s, stage=None) for s in m.states)) for m in PROCESS.machines
    ))  # fmt: skip
    chart = diagram(law, "overview")
    held = {f"{m.id}.{s.id}": s.holder for m in law.machines for s in m.states if s.holder}
    shown = [node for node in chart.nodes if node.id in held]
    assert shown
    assert not chart.lanes
    assert all(law.agency(held[node.id]).label.ja in joined(node.small) for node in shown)


@pytest.mark.parametrize("left_out", [{"stage": None}, {"holder": None}])
def test_a_state_of_no_stage_or_that_nobody_holds_has_its_place_in_the_overview(
    left_out: dict[str, None],
) -> None:
    stages = (Stage("first", Text("第一", "First")),)
    main, consent = PROCESS.machines
    states = tuple(
        evolve(s, **{"stage": "first"} | (left_out if s.final else {})) for s in main.states
    )
    law = evolve(PROCESS, stages=stages, machines=(evolve(main, states=states), consent))
    longer = evolve(law, deadlines=(), version="2")
    for drawn in (draw(law, "overview"), draw(compare(law, longer), "overview")):
        assert "doneの状態" in drawn
        assert ">—<" in drawn


def test_a_process_in_which_nobody_acts_has_an_empty_road() -> None:
    nobody = Process("nobody", "1", Text("空", "empty"), (), (), (Machine(
        "still", Text("静止", "still"), "here", (State("here", Text("ここ", "here")),), ()),), "still")  # fmt: skip
    for view in ("road", "one_page", "road_upright"):
        assert "空の流れ" in draw(nobody, view)


# -- what is told -------------------------------------------------------------------------------


def test_what_must_be_ready_by_the_day_stands_left_of_its_line() -> None:
    (shown,) = road(LAW)
    sheet = placed(shown, Type())
    assert sheet.turn is not None
    released = next(n for n, act in enumerate(shown.acts) if "released" in act.events)
    for number, (act, box) in enumerate(zip(shown.acts, sheet.boxes, strict=True)):
        assert act.after is (number >= released) is (box.x > sheet.turn)
        assert act.after or box.x + box.width < sheet.turn


def test_the_clocks_say_what_the_law_says_and_since_when() -> None:
    def clocks(law: Process) -> list[tuple[str, ...]]:
        return [hold.clocks for hold in road(law)[0].holds]

    assert clocks(LAW)[:2] == [("48時間 [1]",), ("24時間", "逮捕から72時間 [2]")]
    assert clocks(LAW)[2][0] == "勾留請求から10日+延長 [3]"
    longer = tuple(
        evolve(limit, length=Length(60, Unit.HOURS)) if limit.id == "police_referral" else limit
        for limit in LAW.deadlines
    )
    assert clocks(evolve(LAW, deadlines=longer))[0] == ("60時間 [1]",)


def test_every_departure_has_its_flag_and_its_line_with_a_sheet() -> None:
    (shown,) = road(LAW, "en")
    flags = "".join(part.flags for part in (*shown.acts, *shown.holds))
    lines = {flag.letter: flag for flag in shown.flags if flag.letter}
    assert sorted(flags) == sorted(lines) == list("ABCDEFGH")
    assert all(flag.text and flag.sheet for flag in shown.flags)
    stages, *machines = (line.partition(":")[0].lower() for line in shown.sheets)
    told = {number for flag in shown.flags for number in re.findall(r"\d-\d+", flag.sheet)}
    assert stages == "sheets 2-1 to 2-5"
    assert {number for number in told if number[0] == "3"} == {*machines}
    assert all(f"sheet 2-{act.stage + 1}" == act.sheet for act in shown.acts)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_notes_are_few_and_lead_to_the_articles(lang: Language) -> None:
    (shown,) = road(LAW, lang)
    assert 1 <= len(shown.notes) <= 8
    text = draw(LAW, "road", lang=lang)
    assert text.count("#Mp-At_") == len(shown.notes)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_its_letters_can_be_read_on_its_paper(lang: Language) -> None:
    type, wide = Type(), road_picture(road(LAW, lang)[0])
    sizes = {words.size for words, _ in q.texts(wide)}
    assert sizes == {28.0, 17.0, 14.0, 13.0, 12.5, 11.5}
    assert scale(wide, A3, EDGE) * type.note >= 11.0


@pytest.mark.sampled(every=6)
@pytest.mark.parametrize("law", [
    *VERSIONS.values(), *(processes.history("entry_support", place).versions[-1] for place in
                          processes.places("entry_support")),
    "names", "stages",
], ids=str)  # fmt: skip
def test_the_letters_of_the_one_page_are_fourteen_points_on_an_a4(law: Process | str) -> None:
    if isinstance(law, str):
        name = _LONG[0] if law == "names" else Text("段階", "Stage")
        stages = tuple(Stage(f"stage{n}", name) for n in range(12 if law == "stages" else 4))
        law = _in_one_row(18, name, stages)
    pages = [sheets(law)["one_page"](Wanted(law, lang))[0] for lang in LANGUAGES]
    assert len({len([g for g in page.groups if g.part.startswith("act")]) for page in pages}) == 1
    for page in pages:
        least = min(words.size for words, _ in q.texts(page))
        assert max(scale(page, paper, EDGE) for paper in (A4, A4[::-1])) * least >= 13.99
        assert q.text_on_text(page) == q.outside(page) == []


def test_a_process_in_which_nobody_acts_is_told_so_and_not_how_to_follow_it() -> None:
    name = Text("名", "name")
    machine = Machine("main", name, "new", (State("new", name),), ())
    bare = Process("bare", "1", name, (), (), (machine,), "main")
    for view in ("road", "road_upright", "one_page"):
        drawn = str(draw(bare, view, lang="en"))
        assert "No office has an act in it" in drawn
        assert "Follow the numbers" not in drawn


def test_a_page_in_brief_tells_the_day_of_release_and_an_act_of_each_office() -> None:
    law = processes.history("entry_support", "prosecutor_led").versions[0]
    told = brief(law, "en", 7)
    assert len(told.acts) == 7
    assert told.turn == "Day of release"
    assert {act.row for act in told.acts} == {*range(len(told.rows))} == {*range(4)}
    assert [name.split()[0] for name, _ in told.stages] == ["1", "2", "4", "5"]


@pytest.mark.parametrize("view", ["road", "road_upright", "one_page", "overview"])
def test_a_word_that_is_broken_is_heard_whole_and_carried_on_without_a_blank(view: str) -> None:
    word, main = _LONG[0].en, PROCESS.machines[0]
    states = (evolve(main.states[0], label=_LONG[0]), *main.states[1:])
    law = _in_one_row(3, _LONG[0])
    law = evolve(law, machines=(evolve(main, states=states), *law.machines[1:]))
    drawn = str(draw(law, view, lang="en"))
    titles = [t for t in re.findall("<title>([^<]*)</title>", drawn) if word[:9] in t]
    assert titles
    assert all(word in title for title in titles)
    printed = [text for text in re.findall(r"<text[^>]*>([^<]*)</text>", drawn) if len(text) > 9]
    assert not [text for text in printed if re.search(r"[a-z]{9} [a-z]{9}", text)]


def scale(drawn: Picture, paper: Sequence[float], edge: float) -> float:
    return min(
        (paper[0] - 2 * edge) / drawn.width, (paper[1] - 2 * edge) / drawn.height, 1.0
    )  # fmt: skip


def test_its_letters_stand_out_from_their_ground() -> None:
    grounds = [(line, WHITE) for line, _ in ROWS] + [(INK, tint) for _, tint in ROWS]
    for letters, ground in (*grounds, (ROAD, WHITE), (AWAY, WHITE), (GREY, WHITE)):
        assert contrast(letters, ground) >= 6.0, (letters, ground)


def contrast(one: str, other: str) -> float:
    """As WCAG 2 counts it."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_road_as_it_is_laid_out(lang: Language) -> None:
    (shown,) = road(LAW, lang)
    golden(f"road.{lang}.txt", q.told(placed(evolve(shown, corner=("",)), Type())))


@pytest.mark.parametrize("law", VERSIONS.values(), ids=VERSIONS)
def test_no_flag_lies_on_the_words_of_its_box(law: Process) -> None:
    (shown,) = road(law)
    for act, group in zip(shown.acts, _drawn_acts(road_picture(shown)), strict=True):
        tips = [max(y for _, y in s.points) for s in group.shapes
                if isinstance(s, Curve) and s.fill == AWAY]  # fmt: skip
        words = [s for s in group.shapes if isinstance(s, Print) and s.text in act.lines]
        assert len(tips) == len(act.flags)
        assert len(words) == len(act.lines)
        assert all(tip <= s.at[1] - s.size * 0.88 - 3 for tip in tips for s in words)


def _drawn_acts(drawn: Picture) -> list[Drawn]:
    return [group for group in drawn.groups if group.part.startswith("act")]


def test_a_road_without_time_limits_promises_none() -> None:
    law = processes.get("special_coordination")
    assert "法定の期限" not in draw(law, "road")
    assert law.version not in draw(law, "road")  # it has a name
    assert "法定の期限" in draw(LAW, "road")


@pytest.mark.parametrize("view", ["road", "road_upright", "one_page"])
def test_it_says_what_its_marks_mean_and_that_it_is_no_advice(view: str) -> None:
    told = draw(LAW, view)
    assert "この図は法的助言ではありません" in re.sub(r"<[^>]*>|\n", "", told)
    assert ("※ 推定" in told) is ("※</text>" in told)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_in_two_languages_every_name_has_the_other_small_beneath(lang: Language) -> None:
    other: Language = "en" if lang == "ja" else "ja"
    (one,), (its,) = road(LAW, lang), road(LAW, other)
    both = in_both(one, its)
    sound(both, Type())
    assert [act.name for act in both.acts] == [act.name for act in one.acts]
    for act, small in zip(both.acts, its.acts, strict=True):
        assert "".join(act.under).replace(" ", "") == small.name.replace(" ", "")
    drawn = road_picture(both)
    least = min(words.size for words, _ in q.texts(drawn))
    assert scale(drawn, A3, EDGE) * least >= 8.0
    assert len(both.notes) == len(one.notes)
    words = " ".join(words.text for words, _ in q.texts(drawn))
    for own in ("another way begins", "別の道が始まる所", "Follow the numbers", "番号順に",
                "Basis", "根拠", "CCP art. 203", "刑訴法203条", "48 hours", "48時間",
                "application", "申出書", "law in force from", "施行の法令"):  # fmt: skip
        assert own in words, own
    for view in ("road_bilingual", "one_page_bilingual"):
        text = draw(LAW, view, lang=lang)
        assert "Day of release" in text
        assert "釈放の日" in text
        assert "Screening" in text


@pytest.mark.parametrize(
    ("view", "page"),
    [("one_page", (841.89, 595.28)), ("one_page_bilingual", (841.89, 595.28)),
     ("road", (1190.55, 841.89)), ("road_bilingual", (1190.55, 841.89)), ("road_upright", None)],
)  # fmt: skip
def test_each_prints_on_the_paper_that_suits_it(
    view: str, page: tuple[float, float] | None
) -> None:
    for lang in LANGUAGES:
        printed = draw(LAW, view, format="pdf", lang=lang)
        ((wide, high),) = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", printed)
        if page:
            assert (float(wide), float(high)) == page
        else:  # a page as narrow as the screen for which it is
            assert float(wide) == 390 + 2 * EDGE
            assert float(high) > 3 * float(wide)


# -- how it is asked for ---------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["road", "one_page", "road_upright"])
def test_it_is_a_picture_and_no_text(view: str) -> None:
    assert draw(LAW, view).startswith("<svg")
    with pytest.raises(UnknownId, match="mmd"):
        draw(LAW, view, format="mmd")


def test_it_prints_one_sheet_a_page() -> None:
    assert draw(LAW, "one_page", format="pdf").count(b"/Type /Page\n") == 1


def test_several_sheets_stand_one_under_another() -> None:
    law = random_road(next(seed for seed in range(99) if len(road(random_road(seed))) == 2))
    whole = draw(law, "road")
    heights = [road_picture(shown).height for shown in road(law)]
    assert f'height="{round(sum(heights), 1):g}"' in whole


def test_the_measures_find_what_they_are_meant_to_find() -> None:
    sheet = placed(road(LAW)[0], Type())
    assert q.crossings([((0, 0), (9, 0)), ((5, -5), (5, 5))]) == 1
    assert q.backwards([((9, 0), (0, 0))]) == q.slanting([((0, 0), (5, 5))]) == 1
    assert q.overlaps([Box(0, 0, 5, 5), Box(4, 4, 5, 5)]) == 1
    moved = evolve(sheet, boxes=(*sheet.boxes[:-1], sheet.boxes[3]))
    assert q.overlaps(moved.boxes) == 1
    assert q.through_boxes(moved) > 0
    drawn = road_picture(road(LAW)[0])
    twice = evolve(drawn, groups=(*drawn.groups, drawn.groups[0]))
    assert len(q.text_on_text(twice)) >= 4
    assert q.outside(evolve(drawn, width=300.0))


# -- a case on it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("story", story_names())
def test_a_case_has_done_what_its_journal_says_and_no_more(story: str) -> None:
    played = play(shipped(story))
    for step in (played[len(played) // 2], played[-1]):
        case = step.after
        happened = {entry.event for entry in case.journal}
        for plain in road(case.process, "en"):
            shown = with_case(plain, case)
            for act in shown.acts:
                deeds = {*act.events} - {"released"} or {
                    *act.events
                }  # to be released is nobody's deed
                assert bool(act.done) is not happened.isdisjoint(deeds)
            waited = [act for act in shown.acts if act.now]
            assert len(waited) <= 1
            ahead = [act for act in undone(shown, happened) if comes(case, act)]
            assert waited == (ahead[:1] if any(may(case, act) for act in ahead) else [])
            assert sum(hold.now for hold in shown.holds) <= 1
            sound(shown, Type())
            sound_upright(shown)


def undone(shown: RoadShown, happened: set[str]) -> list[ActShown]:
    """The acts after the last of which something has happened."""
    begun = [n for n, act in enumerate(shown.acts, 1) if happened & {*act.events}]
    return [act for act in shown.acts[max(begun, default=0) :] if act.number]


def may(case: Case, act: ActShown) -> bool:
    return not {*case.possible()}.isdisjoint(act.events)


def comes(case: Case, act: ActShown) -> bool:
    """Whether one of its events may be reported now, or in a state to which a walk leads."""
    for event in map(case.process.event, act.events):
        walk = nx.DiGraph((s, t.target) for t in case.process.machine(event.home).transitions
                          for s in t.sources)  # fmt: skip
        here = case.state(event.home)
        reached = {here, *(nx.descendants(walk, here) if here in walk else ())}
        if any(reached & {*t.sources} for t in case.process.machine(event.home).on(event.id)):
            return True
    return may(case, act)


def test_a_case_off_the_road_names_the_sheet_on_which_it_is() -> None:
    case = play(shipped("cs03"))[-1].after
    (shown,) = (with_case(plain, case) for plain in road(case.process, "en"))
    taken = [flag for flag in shown.flags if flag.taken]
    assert taken
    assert shown.case is not None
    assert all(flag.sheet in shown.case[2] for flag in taken)
    assert f"of the {len(case.journal)} entries" in shown.case[0]


def test_a_case_tells_the_moment_and_the_law_and_neither_its_name_nor_its_facts() -> None:
    case = play(shipped("cs01"))[11].after
    text = draw(case.process, "road", case=case)
    assert f"{case.at:%Y-%m-%d %H:%M}現在" in text
    assert "→ 6/24 23:59まで" in text  # the limit of detention
    assert case.id not in text


# -- two laws on it --------------------------------------------------------------------------------


def test_only_what_differs_is_marked_and_the_rest_is_told_with_its_sheets() -> None:
    before, after = VERSIONS["ACT_2023_12"], VERSIONS["KOKIN_2025_06"]
    (plain,), (shown,) = road(after), roads(after, against=before)
    changes = structure(before, after)
    marks = touched(before, after, changes)
    for act, was in zip(shown.acts, plain.acts, strict=True):
        rules = {f"{m.id}.{t.id}" for law in (before, after) for m in law.machines
                 for t in m.transitions if t.event in act.events}  # fmt: skip
        assert act.changed is not marks.rules.keys().isdisjoint(rules)
        assert act.lines[0] == ("Δ " if act.changed else "") + was.lines[0]
    assert any(act.changed for act in shown.acts)
    assert not all(act.changed for act in shown.acts)
    assert f"違い{len(changes)}件のうち" in shown.differs[0]
    assert "図3-2 刑事手続" in shown.differs[1]
    sound(shown, Type())
    sound_upright(shown)


def test_an_act_that_is_new_is_added_and_two_laws_that_are_alike_differ_in_nothing() -> None:
    before, after = VERSIONS["CENTER_2021"], VERSIONS["ACT_2023_12"]
    (shown,) = roads(after, "en", against=before)
    assert any(act.lines[0].startswith("+ ") for act in shown.acts)
    (same,) = roads(LAW, "en", against=LAW)
    assert same.differs == ("Nothing differs.",)
    assert not any(part.changed for part in (*same.acts, *same.holds, *same.flags))
    assert [f.text for f in same.flags] == [f.text for f in road(LAW, "en")[0].flags]


def test_a_comparison_is_drawn_as_the_later_law_against_the_earlier() -> None:
    welfare = VERSIONS["CIRCULAR_2009_04"]
    other = evolve(welfare, stages=tuple(
        evolve(s, label=Text("別名", "renamed")) if n == 1 else s
        for n, s in enumerate(welfare.stages)))  # fmt: skip
    found = compare(welfare, other)
    for view in ("road", "one_page", "road_upright", "overview", "stages"):
        drawn = draw(found, view)
        assert drawn == draw(other, view, against=welfare)
        assert "Δ" in drawn
    with pytest.raises(DrawingError):
        draw(found, "road", against=welfare)


def test_a_long_road_without_borders_is_merged_evenly() -> None:
    states = tuple(tiny.state(f"s{n}", final=n == 39, outcome=tiny.T if n == 39 else None)
                   for n in range(40))  # fmt: skip
    steps = [tiny.transition(f"t{n}", f"e{n}", f"s{n}", f"s{n + 1}") for n in range(39)]
    events = tuple(evolve(tiny.PROCESS.events[0], id=f"e{n}", records=()) for n in range(39))
    main = evolve(tiny.MAIN, initial="s0", states=states, transitions=tuple(steps))
    process = evolve(
        tiny.PROCESS, machines=(main,), events=events, facts=(), deadlines=(), consent=None
    )
    (sheet,) = road(process, "ja")
    assert len(sheet.acts) == 18
    assert len(brief(process, "ja").acts) == 9
    assert max(len(act.events) for act in sheet.acts) <= 4
    assert max(len(act.events) for act in brief(process, "ja").acts) <= 8


def test_without_a_spine_the_cards_have_the_whole_screen() -> None:
    (shown,) = road(evolve(processes.get("entry_support"), road=None), "ja")[:1]
    assert not shown.holds
    drawn = road_upright(shown)
    cards = [s.box for g in drawn.groups for s in g.shapes if isinstance(s, Rect) and s.radius == 6]
    assert {card.x for card in cards} == {8.0}
