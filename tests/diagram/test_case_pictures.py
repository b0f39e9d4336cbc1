"""The two charts of a case: they show its journal and its clocks, legibly, and nothing it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise, product
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from attrs import evolve

from diversion_flow import Case, draw, processes
from diversion_flow.definition import DiversionFlowError, Language, Text
from diversion_flow.diagram import DrawingError, render
from diversion_flow.diagram.formats.chart import WRONG, entries
from diversion_flow.diagram.formats.pdf import pdf
from diversion_flow.diagram.formats.picture import (
    MARGIN,
    RED,
    Curve,
    Group,
    Picture,
    Print,
    Rect,
    Shape,
)
from diversion_flow.diagram.formats.svg import svg
from diversion_flow.diagram.layout.measure import em
from diversion_flow.diagram.views.case_course import moved_machines, statutory, stays, terms
from diversion_flow.diagram.views.case_sequence import case_sequence, lifelines, messages
from diversion_flow.diagram.views.case_timeline import _LEFT, axis, case_timeline
from diversion_flow.runtime import Record, replay
from diversion_flow.runtime.outside import irregular
from diversion_flow.scenarios import play, shipped, story_names
from helpers.painting import unpainted
from helpers.small import PROCESS
from helpers.stories import after
from runtime.test_told import WRITTEN, helped, telling

LANGUAGES: tuple[Language, ...] = ("ja", "en")
CHARTS: tuple[Callable[[Case, Language], Picture], ...] = (case_timeline, case_sequence)


@cache
def cases(story: str) -> tuple[Case, ...]:
    """Each person's case of a story: half way, and at its end."""
    told: dict[str, list[Case]] = {}
    for played in play(shipped(story)):
        told.setdefault(played.after.id, []).append(played.after)
    return tuple(case for told_ in told.values() for case in (told_[len(told_) // 2], told_[-1]))


ALL = [(story, i) for story in story_names() for i in range(2 * len(shipped(story).openings))]


def each_case(test: Callable[..., None]) -> Callable[..., None]:
    named = pytest.mark.parametrize(("story", "number"), ALL, ids=[f"{s}-{i}" for s, i in ALL])
    return pytest.mark.sampled(every=3)(named(test))


each_chart = pytest.mark.parametrize("chart", CHARTS, ids=["timeline", "sequence"])
each_language = pytest.mark.parametrize("lang", LANGUAGES)

Edges = tuple[float, float, float, float]  # left, top, right, bottom


def edges(shape: Shape) -> Edges:
    if isinstance(shape, Rect):
        box = shape.box
        return box.x, box.y, box.x + box.width, box.y + box.height
    if isinstance(shape, Curve):
        across, down = zip(*shape.points, strict=True)
        return min(across), min(down), max(across), max(down)
    width = em(shape.text) * shape.size
    left = shape.at[0] - (width / 2 if shape.anchor == "middle" else 0)
    return left, shape.at[1] - 0.85 * shape.size, left + width, shape.at[1] + 0.2 * shape.size


def words(picture: Picture) -> list[Print]:
    return [s for group in picture.groups for s in group.shapes if isinstance(s, Print)]


def overlapping(picture: Picture) -> Iterator[tuple[str, str]]:
    placed = sorted(((edges(w), w.text) for w in words(picture)), key=lambda p: p[0][1])
    for i, (a, one) in enumerate(placed):
        for b, other in placed[i + 1 :]:
            if b[1] >= a[3]:
                break
            if a[0] < b[2] and b[0] < a[2]:
                yield one, other


def parts(picture: Picture, start: str) -> list[Group]:
    return [g for g in picture.groups if g.part.startswith(start)]


@each_case
@each_chart
@each_language
def test_no_text_overlaps_and_nothing_leaves_the_picture(
    story: str, number: int, chart: Callable[[Case, Language], Picture], lang: Language
) -> None:
    drawn = chart(cases(story)[number], lang)
    assert list(overlapping(drawn)) == []
    for group in drawn.groups:
        for shape in group.shapes:
            left, top, right, bottom = edges(shape)
            assert min(left, top) >= 0, shape
            assert (right <= drawn.width, bottom <= drawn.height) == (True, True), shape


@each_case
@each_chart
def test_a_case_replayed_from_its_journal_gives_the_same_bytes(
    story: str, number: int, chart: Callable[[Case, Language], Picture]
) -> None:
    case = cases(story)[number]
    again = replay(case.process, case.journal, "another reference")
    assert svg(chart(case, "ja")) == svg(chart(again, "ja"))


@each_case
@each_chart
def test_every_journal_entry_is_listed_once_with_its_event_and_agency(
    story: str, number: int, chart: Callable[[Case, Language], Picture]
) -> None:
    case = cases(story)[number]
    listed = parts(chart(case, "en"), "entry")
    assert [g.part for g in listed] == [f"entry{i}" for i in range(len(case.journal))]
    for group, record in zip(listed[1:], case.journal[1:], strict=True):
        said = " ".join(w.text for w in group.shapes if isinstance(w, Print))
        assert case.process.event(record.event).label.en in said
        assert record.at.strftime("%Y-%m-%d %H:%M") in said
        assert case.process.agency(record.by).label.en.split()[0] in said


@each_case
def test_every_journal_entry_has_one_tick_and_one_row(story: str, number: int) -> None:
    case = cases(story)[number]
    ticks = [n for g in parts(case_timeline(case, "ja"), "tick")
             for n in g.part.removeprefix("tick").replace("■", "").split(",")]  # fmt: skip
    rows = [g.part.removeprefix("row") for g in parts(case_sequence(case, "ja"), "row")]
    assert ticks == rows == [str(i) for i in range(len(case.journal))]


# -- the timeline ----------------------------------------------------------------------------


@each_case
def test_the_bars_tell_each_machines_state_at_every_moment(story: str, number: int) -> None:
    case = cases(story)[number]
    times = {record.at for record in case.journal}
    for machine in moved_machines(case):
        told = stays(case, machine)
        assert {s.entered for s in told} <= times
        assert [s.left for s in told[:-1]] == [s.entered for s in told[1:]]
        for snapshot in case.snapshots():
            here = [s for s in told if s.entered <= snapshot.at <= (s.left or snapshot.at)]
            assert snapshot.state(machine.id) in {s.state.id for s in here}
    still = [m for m in case.process.machines if m not in moved_machines(case)]
    assert all(case.state(m.id) == m.initial for m in still)


@each_case
def test_the_bars_edges_stand_at_the_journals_times(story: str, number: int) -> None:
    case = cases(story)[number]
    drawn = case_timeline(case, "ja")
    ticks = {at: edges(g.shapes[0])[0] for at, g in zip(
        dict.fromkeys(r.at for r in case.journal), parts(drawn, "tick"), strict=True)}  # fmt: skip
    assert list(ticks.values()) == sorted(ticks.values())
    for machine in moved_machines(case):
        for i, stay in enumerate(stays(case, machine)):
            (group,) = parts(drawn, f"{machine.id}.{stay.state.id}.{i}")
            left, _, right, _ = edges(group.shapes[0])
            if stay.state.final:
                assert (left + right) / 2 == pytest.approx(ticks[stay.entered])
            else:
                assert left == pytest.approx(ticks[stay.entered])
                end = ticks[stay.left or case.last]
                assert right == pytest.approx(max(end, left + 4))


@each_case
def test_the_limits_are_those_that_the_case_gave_at_the_time(story: str, number: int) -> None:
    case = cases(story)[number]
    told = {(t.deadline.id, t.started): t for t in terms(case)}
    seen = {}
    for snapshot in reversed(list(case.snapshots())):
        for clock in snapshot.deadlines():
            seen[clock.deadline.id, clock.started] = clock.last
    assert {key: term.last for key, term in told.items()} == seen
    running = {(c.deadline.id, c.started) for c in case.deadlines()}
    assert {key for key, term in told.items() if term.stopped is None} == running
    places = axis(case, 0).at
    ends = {None, *places}  # of one whose day is not known no last day
    assert all(t.started in places and t.last in ends for t in told.values())


@each_case
def test_the_strip_on_top_names_the_limit_that_is_next_to_take_effect(
    story: str, number: int
) -> None:
    case = cases(story)[number]
    told = statutory(case)
    for snapshot in case.snapshots():
        due = next((c for c in snapshot.deadlines() if c.deadline.on_expiry), None)
        here = [d for d in told if d.since <= snapshot.at < d.until]
        wanted = [] if due is None else [(due.deadline.id, due.started)]
        if due is None or snapshot.at < max(d.until for d in told):
            assert [(d.deadline, d.started) for d in here[-1:]] == wanted
    drawn = parts(case_timeline(case, "en"), "statutory")
    assert bool(drawn) == bool(told)


def test_how_a_limit_came_out_is_told_by_sign_and_word() -> None:
    case = cases("cs04_trespasser")[-1]
    told = {(t.deadline.id, t.standing) for t in terms(case)}
    assert ("police_referral", "met") in told
    assert ("extension_money_or_lodging", "lapsed") in told
    assert ("immediate_release", "at_once") in told
    said = {w.text for w in words(case_timeline(case, "ja"))}
    assert {"○ 期限内", "■ 満了", "― 直ちに", "! 超過"} <= said


def test_a_running_limit_is_dashed_and_an_overdue_one_is_crossed() -> None:
    opened = PROCESS.open(at="2024-06-03T10:00", facts={"age": 70})
    case = opened.step("helped", by="worker", at="2024-06-03T11:00")
    (term,) = terms(case)
    assert (term.standing, term.stopped) == ("running", None)
    (drawn,) = parts(case_timeline(case, "en"), "limit.0")
    assert "dash" in {s.dash for s in drawn.shapes if isinstance(s, Rect)}
    alert = evolve(PROCESS.deadlines[0], on_expiry=None)
    late = evolve(PROCESS, deadlines=(alert,)).open(at="2024-06-03T10:00", facts={"age": 70})
    late = late.step("helped", by="worker", at="2024-06-03T11:00")
    late = late.step("finished", by="worker", at="2024-06-20T11:00", facts={"content": True})
    (term,) = terms(late)
    assert (term.standing, term.stopped) == ("overdue", late.at)
    drawn_late = case_timeline(late, "en")
    (bar,) = parts(drawn_late, "limit.0")
    cross = edges([s for s in bar.shapes if isinstance(s, Curve)][-1])
    last_tick = edges(parts(drawn_late, "tick")[-1].shapes[0])
    assert (cross[0] + cross[2]) / 2 == pytest.approx(last_tick[0])


def test_days_without_events_are_left_out_and_counted() -> None:
    case = cases("cs01_counsel_notices")[-1]
    days = axis(case, 0).days
    for before, day in pairwise(days):
        assert (day.day - before.day).days - 1 == day.skipped
    left = MARGIN + _LEFT
    said = {(round(w.at[0]), w.text) for w in words(case_timeline(case, "ja"))}
    wanted = {(round(left + d.x - d.gap / 2), str(d.skipped)) for d in days if d.skipped}
    assert len(wanted) > 5
    assert wanted <= said


# -- the sequence ----------------------------------------------------------------------------


@each_case
def test_arrows_go_from_who_reports_to_who_holds_and_to_whom_data_goes(
    story: str, number: int
) -> None:
    case = cases(story)[number]
    process = case.process
    for entry in entries(case)[1:]:
        record = entry.record
        told = messages(entry, "ja")
        assert {m.by for m in told} == {record.by}
        holders = {
            process.machine(m.machine).state(m.target).holder or record.by for m in record.moved
        }
        moved = {process.machine(m.machine).state(m.target).holder or record.by
                 for m in record.moved if m.source != m.target}  # fmt: skip
        steps = {m.to for m in told if not m.data}
        assert moved <= steps <= (holders or {record.by})
        event = process.by_id["event"].get(record.event)
        informed = [t.to for t in (event.told if event else ()) if t.to != record.by]
        handed = [s.to for s in dict.fromkeys(record.shared)]
        assert [m.to for m in told if m.data] == handed + informed
        assert {m.by_law for m in told if not m.data} == {entry.by_law}
    parts_ = {m.to for e in entries(case) for m in messages(e, "ja")} | {
        r.by for r in case.journal[1:]
    }
    assert set(lifelines(case)) == parts_ | {"person"}
    order = [a.id for a in process.agencies]
    assert list(lifelines(case)) == sorted(lifelines(case), key=order.index)


def test_data_is_dashed_and_named_with_the_ground_on_which_it_goes() -> None:
    case = after("cs09", "prosecutor_opinion", 2)
    last = entries(case)[-1]
    drawn = case_sequence(case, "ja")
    (row,) = parts(drawn, f"row{last.number}")
    dashed = [s for s in row.shapes if isinstance(s, Curve) and s.dash == "dash"]
    assert len(dashed) == len(last.record.shared) == 1
    said = [w.text for w in row.shapes if isinstance(w, Print)]
    assert "書面: 検察官の意見" in said
    assert "(本人の同意により)" in said
    assert any(text.startswith("情報提供: 罪名") for text in said)


def test_who_is_told_has_an_arrow_with_the_paper_and_its_ground() -> None:
    case = helped(telling(WRITTEN))
    *_, told = messages(entries(case)[-1], "en")
    assert (told.by, told.to, told.said) == ("worker", "partner", ("a is told ('a'; a art. 1)",))
    assert "partner" in lifelines(case)
    said = [w.text for row in parts(case_sequence(case, "ja"), "row1")
            for w in row.shapes if isinstance(w, Print)]  # fmt: skip
    assert "あに知らせる(「あ」、あ1条)" in said


def test_what_happens_by_operation_of_law_is_marked() -> None:
    case = cases("cs04_trespasser")[-1]
    assert entries(case)[-1].by_law
    (row,) = parts(case_sequence(case, "ja"), f"row{len(case.journal) - 1}")
    assert any("■" in w.text for w in row.shapes if isinstance(w, Print))
    assert max(s.width for s in row.shapes if not isinstance(s, Print)) > 2


# -- what is never shown ---------------------------------------------------------------------


def other_facts(record: Record) -> Record:
    """The entry with every number in its facts raised by one."""
    changed = {id: value + 1 if isinstance(value, int) and not isinstance(value, bool) else value
               for id, value in record.facts.items()}  # fmt: skip
    return evolve(record, facts=changed)


def told(case: Case) -> tuple[object, ...]:
    return ([(r.event, r.moved) for r in case.journal],
            [(t.deadline.id, t.started, t.last) for t in terms(case)])  # fmt: skip


@pytest.mark.again
def test_people_whose_facts_differ_and_whose_course_is_the_same_look_alike() -> None:
    compared = 0
    for story, i in ALL:
        case = cases(story)[i]
        try:
            other = replay(case.process, map(other_facts, case.journal), "B")
        except DiversionFlowError:
            continue
        if other.facts == case.facts or told(other) != told(case):
            continue
        compared += 1
        for chart, lang in product(CHARTS, LANGUAGES):
            assert svg(chart(case, lang)) == svg(chart(other, lang))
    assert compared >= 10


@each_case
def test_neither_the_reference_nor_a_recorded_word_is_shown(story: str, number: int) -> None:
    case = cases(story)[number]
    process = case.process
    vocabulary = str(process.machines) + str(process.events) + str(process.agencies)
    vocabulary += str([f.label for f in process.facts]) + str(process.papers)
    vocabulary += str(process.deadlines) + str(process.sources)
    recorded = {choice.label.ja
                for id, value in case.facts.items()
                for choice in process.fact(id).choices
                if choice.id == value or (isinstance(value, frozenset) and choice.id in value)}  # fmt: skip
    private = {case.id, *recorded} - {w for w in recorded if w in vocabulary}
    for chart in CHARTS:
        shown = svg(chart(case, "ja"))
        assert [w for w in private if w in shown] == []


NAMED = "X4711"
SHORT = cases("cs01")[0]
SHOWN = [
    *(("residence", ending) for ending in ("svg", "png", "pdf", "dot", "mmd", "puml", "md")),
    *((view, ending) for view in ("road", "stage.screening", "center", "timeline", "sequence")
      for ending in ("svg", "png")),
    ("road", "pdf"), ("sequence", "pdf"), ("road_upright", "svg"),
]  # fmt: skip


def words_of(drawn: str | bytes) -> list[str]:
    """What can be read on each sheet: of a PDF as another program does, of a PNG as it is painted."""
    if isinstance(drawn, bytes) and drawn.startswith(b"%PDF"):
        pypdf = pytest.importorskip("pypdf")
        return [page.extract_text() for page in pypdf.PdfReader(BytesIO(drawn)).pages]
    return [drawn if isinstance(drawn, str) else drawn.decode()]


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize(("view", "format"), SHOWN)
def test_a_picture_names_the_reference_on_each_sheet_if_asked_and_never_else(
    view: str, format: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpainted(monkeypatch)
    case = replay(SHORT.process, SHORT.journal, NAMED)
    for lang, said in (("ja", "整理番号"), ("en", "Reference")):
        sheets = [
            words_of(draw(case.process, view, format=format, lang=lang, case=case, reference=asked))
            for asked in (False, True)
        ]
        assert [NAMED in sheet for sheet in sheets[0]] == [False] * len(sheets[0])
        assert [NAMED in sheet and said in sheet for sheet in sheets[1]] == [True] * len(sheets[0])


def test_a_view_names_it_too_and_what_has_none_is_refused(tmp_path: Path) -> None:
    case = replay(SHORT.process, SHORT.journal, NAMED)
    assert NAMED in draw(case.view("center"), "road", reference=True)
    assert NAMED not in draw(case.view("center"), "road")
    nameless = replay(SHORT.process, SHORT.journal)
    for given in ({}, {"case": nameless}, {"against": SHORT.process}):
        with pytest.raises(DrawingError, match="reference="):
            draw(SHORT.process, "road", reference=True, **given)  # type: ignore[call-overload]
    written = render(SHORT.process, tmp_path / "road.svg", view="road", case=case, reference=True)
    assert [file.name for file in tmp_path.iterdir()] == ["road.svg"]
    assert NAMED in written.read_text("utf-8")


def test_a_reference_of_whatever_signs_does_no_harm() -> None:
    hostile = '<script>"]-->&\n' + "長" * 150
    case = replay(SHORT.process, SHORT.journal, hostile)
    drawn = draw(case.process, "road", case=case, reference=True)
    assert "<script" not in drawn
    fromstring(drawn)
    assert "<script" not in draw(case.process, "residence", format="md", case=case, reference=True)


def test_a_long_reference_ends_before_the_paper_does() -> None:
    pypdf = pytest.importorskip("pypdf")
    case = replay(SHORT.process, SHORT.journal, "長" * 149 + "終")
    drawn = draw(case.process, "sequence", format="pdf", case=case, reference=True)
    sizes = list[float]()

    def seen(text: str, _: object, __: object, ___: object, size: float) -> None:
        sizes.extend([size] if "終" in text else [])

    page = pypdf.PdfReader(BytesIO(drawn)).pages[0]
    page.extract_text(visitor_text=seen)
    assert sizes
    assert max(sizes) * 150 < float(page.mediabox[2])


# -- beginnings ------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["overview", "road", "custody", "timeline", "sequence"])
def test_a_case_is_drawn_in_its_law(view: str) -> None:
    case = SHORT
    assert draw(case, view) == draw(case.process, view, case=case)


@each_chart
@each_language
def test_a_case_in_which_nothing_has_happened_can_be_drawn(
    chart: Callable[[Case, Language], Picture], lang: Language
) -> None:
    for process in (PROCESS, *(processes.get(name) for name in processes.names())):
        drawn = chart(process.open(at="2025-07-01T09:00"), lang)
        assert [g.part for g in parts(drawn, "entry")] == ["entry0"]
        assert list(overlapping(drawn)) == []


@each_chart
def test_long_names_stay_inside_the_picture(chart: Callable[[Case, Language], Picture]) -> None:
    """A note at the first or last lifeline moves inwards rather than over the edge or the times."""
    long = Text("長い名前の出来事" * 4, "an event with a very long name " * 4)
    process = evolve(PROCESS, events=tuple(evolve(e, label=long) for e in PROCESS.events))
    case = process.open(at="2024-06-03T10:00", facts={"age": 70})
    case = case.step("helped", by="worker", at="2024-06-03T11:00")
    for lang in LANGUAGES:
        drawn = chart(case, lang)
        assert list(overlapping(drawn)) == []
        every = [edges(s) for group in drawn.groups for s in group.shapes]
        assert min(min(e[:2]) for e in every) >= 0
        assert max(e[2] for e in every) <= drawn.width


@pytest.mark.slow
@each_chart
def test_a_chart_prints_as_pdf(chart: Callable[[Case, Language], Picture]) -> None:
    printed = pdf(chart(cases("cs09_repeat_case")[-1], "ja"))
    assert printed.startswith(b"%PDF")
    assert printed == pdf(chart(cases("cs09_repeat_case")[-1], "ja"))


@pytest.mark.parametrize("view", ["timeline", "sequence"])
def test_what_was_against_the_rules_is_marked(view: str) -> None:
    law = processes.in_force("entry_support", on="2024-06-03")
    case = law.open(at="2024-06-03T09:00").step("arrested", by="police", at="2024-06-03T10:00")
    case = case.advance(to="2024-06-05T11:00")
    late = irregular(
        case, "referred", by="police", at="2024-06-05T11:00", responsible="police",
        reason="forgotten", transition="custody.referral_in_custody",
    )  # fmt: skip
    drawn = str(draw(law, view, format="svg", lang="en", case=late))
    assert "irregular" in drawn
    assert "forgotten" not in drawn
    assert "irregular" not in str(draw(law, view, format="svg", lang="en", case=case))


@each_language
@each_chart
def test_the_entry_that_does_the_wrong_is_marked(
    chart: Callable[..., Picture], lang: Language
) -> None:
    case = cases("cs01")[-1]
    last = f"({len(case.journal) - 1})"
    plain, marked = chart(case, lang), chart(case, lang, wrong=True)
    starred = [w for w in words(marked) if w.text.startswith("★(")]
    assert starred
    assert all(w.text.startswith(f"★{last}") and w.bold and w.colour == RED for w in starred)
    said = {w.text for w in words(marked)} - {w.text for w in words(plain)}
    assert WRONG.in_(lang) in said
    assert not any("★" in w.text for w in words(plain))
    others = [g for g in marked.groups if g.part.startswith(("row1", "entry1")) and g.shapes]
    assert others
    assert all(s.colour != RED for g in others for s in g.shapes if isinstance(s, Print))


def test_only_the_course_of_a_case_marks_what_is_wrong() -> None:
    case = cases("cs01")[-1]
    with pytest.raises(DrawingError) as refused:
        draw(case.process, "custody", case=case, wrong=True)
    assert refused.value.code == "no_wrong"
    assert "★" in draw(case.process, "timeline", case=case, wrong=True)
