"""The explorer: its step is Python's, and the page works alone, for everyone, with any label."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from random import Random
from typing import Any

import pytest
from attrs import evolve, fields, has

from diversion_flow import (
    CallError,
    Case,
    Clock,
    DiversionFlowError,
    FactError,
    Process,
    processes,
    replay,
)
from diversion_flow.analysis.structure import structure
from diversion_flow.cli.options import Lang
from diversion_flow.cli.sheets import explore
from diversion_flow.definition import (
    KEPT,
    LANGUAGES,
    Agency,
    Basis,
    CalledWhen,
    Deadline,
    Event,
    Fact,
    History,
    Kind,
    Length,
    Machine,
    Mark,
    OnEntry,
    OnEvent,
    OnFact,
    Parameter,
    State,
    Text,
    TransitionalRule,
    Unit,
    fact,
    machine,
)
from diversion_flow.definition.guard import OnWorkingDay, running, when
from diversion_flow.definition.wording import (
    IRREGULAR,
    basis_text,
    called_text,
    duty_text,
    still_text,
)
from diversion_flow.diagram import draw
from diversion_flow.diagram.formats.chart import entries as entries_of
from diversion_flow.diagram.formats.chart import event_text
from diversion_flow.diagram.layout.measure import clean
from diversion_flow.diagram.render import diagram
from diversion_flow.diagram.views.road import road
from diversion_flow.diagram.views.road_case import with_case
from diversion_flow.explorer import bundle, explorer, model, shipped_explorer
from diversion_flow.explorer.bundle import digest, script, style
from diversion_flow.explorer.forms import split
from diversion_flow.explorer.roads import Roads
from diversion_flow.explorer.share import packed
from diversion_flow.explorer.shipped import editions
from diversion_flow.runtime import called
from diversion_flow.runtime.breaches import missed as was_missed
from diversion_flow.runtime.calendar import is_rest_day
from diversion_flow.runtime.crossing import migrated
from diversion_flow.runtime.midway import entered, happened
from diversion_flow.runtime.outside import irregular
from diversion_flow.runtime.program import program
from diversion_flow.runtime.provision import seen_on
from diversion_flow.scenarios import Law, Played, play, shipped, story_names
from diversion_flow.scenarios.play import law_of
from diversion_flow.scenarios.reading import read
from helpers.amounts import Amount
from helpers.chance import value as by_chance
from helpers.explorer_walks import millis, plain, walk
from helpers.means import means
from helpers.naming import names, renamed
from helpers.occasions import law as occasions
from helpers.owing import owing
from helpers.peer_programs import needs_chromium, needs_node_peers, node
from helpers.small import CONSENT, LAW, MAIN, PROCESS, T, transition
from helpers.stopping import law as stopping_law
from helpers.stopping import stopping

ASSETS = Path(bundle.__file__).parent / "assets"
LARGEST = 1_100_000  # bytes: a page that can still be sent by mail
# The pages are written once: one worker has them all.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("explorer")


@pytest.fixture(scope="module")
def entry_support(folder: Path) -> Path:
    return written(folder / "entry_support.html", shipped_explorer("entry_support"))


@pytest.fixture(scope="module")
def special_coordination(folder: Path) -> Path:
    return written(folder / "special.html", shipped_explorer("special_coordination"))


@pytest.fixture(scope="module")
def small(folder: Path) -> Path:
    return written(folder / "small.html", explorer(TRICKY))


def written(file: Path, page: str) -> Path:
    file.write_text(page, encoding="utf-8")
    return file


def browsed(name: str, *arguments: str | Path) -> Any:
    return json.loads(node(f"explorer_{name}.mjs", *arguments))


def unpacked(page: str) -> Any:
    """The data of a page, read as the page reads them."""
    block = re.search(r'id="data">([^<]*)<', page)
    assert block is not None
    read = json.loads(
        zlib.decompressobj(-15).decompress(base64.b85decode(block[1].replace(",", "<")))
    )
    shared: list[Any] = []

    def restored(value: Any) -> Any:
        if isinstance(value, list):
            return list(items(value))
        if not isinstance(value, dict):
            return value
        if "$" in value:
            return shared[value["$"]]
        return {name: restored(part) for name, part in value.items()}

    def items(values: list[Any]) -> Any:
        last = 0
        for value in values:
            if isinstance(value, dict) and "$" in value:
                last += value["$"]
                yield shared[last]
            else:
                yield restored(value)

    for value in read["pool"]:
        shared.append(restored(value))
    return restored(read["data"])


# -- the step is Python's -----------------------------------------------------------------------

ELSEWHERE = datetime(2018, 3, 31, 15, tzinfo=UTC)

# Two ways at once, questions about days and hours, about the day and about a time limit that runs; consent that has to
# name one agency.
TRICKY = evolve(
    PROCESS,
    agencies=(*PROCESS.agencies, Agency("court", T)),
    events=(
        *PROCESS.events,
        Event("asked_again", T, "main", ("court", "worker"), outdates=("hour",)),
        Event("dated", T, "main", ("worker",), ("day", "hour"), outdates=("day",)),
    ),
    facts=(
        *PROCESS.facts,
        Fact("day", T, Kind.DATE, "worker", ("worker",)),
        Fact("hour", T, Kind.DATETIME, "worker", ("worker",)),
    ),
    machines=(
        evolve(
            MAIN,
            transitions=(
                *MAIN.transitions,
                transition("by_day", "dated", "asked", "asked", (fact("day") < date(2018, 4, 1)).under(*LAW)),
                transition("by_hour", "dated", "asked", "helped", fact("hour") >= datetime(2018, 4, 1)),
                transition("abroad", "dated", "helped", "asked", fact("hour") < ELSEWHERE),
                transition("on_working_day", "asked_again", "asked", "asked", OnWorkingDay()),
                transition("in_time", "asked_again", "helped", "helped", running("limit")),
                transition(
                    "by_policy", "asked_again", "asked", "helped", when("open").under(*LAW),
                    basis=(*LAW, Basis(Mark.READ, "law", "2", about="parameter open")),
                ),
                transition("either", "asked_again", "helped", "done", ~machine("consent").in_("given")),
            ),
        ),
        evolve(CONSENT, transitions=tuple(
            evolve(t, guard=fact("recipients").includes("partner")) if t.id == "give" else t
            for t in CONSENT.transitions
        )),
    ),
    parameters=(Parameter("open", T, False, (True, False)),),
    deadlines=(
        *PROCESS.deadlines,
        *(Deadline(
            f"owed_{i}", T, "main", ("asked", "helped"), start, Length(9, Unit.DAYS), "worker", LAW,
            owed_to=("partner",), met_by=met_by,
        ) for i, (start, met_by) in enumerate((
            (OnEvent(("helped", "asked_again")), ("dated",)),
            (OnEvent(("dated", "helped")), ("dated", "asked_again")),
            (OnEntry(), ("asked_again",)),
            (OnFact("day"), ("asked_again", "dated")),
        ))),
    ),
)  # fmt: skip


AT_ONCE = 100  # walks of which the page tells in one answer, which is waited for so long only


def compared(folder: Path, page: Path, walks: list[dict[str, Any]]) -> Counter[str]:
    """Walks replayed by the engine as it lies in the page; no difference from Python. What a page
    shows is asked of a browser, below; its engine needs none."""
    counts: Counter[str] = Counter()
    file = folder / f"{page.stem}.walks.json"
    for first in range(0, len(walks), AT_ONCE):
        file.write_text(json.dumps(walks[first : first + AT_ONCE]), encoding="utf-8")
        found = browsed("parity", page, file)
        assert found["differences"] == []
        counts.update(found["counts"])
    return counts


def codes(walks: list[dict[str, Any]]) -> set[str]:
    return {r[0] for w in walks for step in w["steps"] for r in step.get("reasons", ())}


@needs_node_peers
@pytest.mark.parametrize("word", ["constructor", "to_string", "value_of", "class"])
def test_a_fact_is_unknown_until_it_is_recorded_whatever_it_is_called(word: str) -> None:
    law = evolve(
        PROCESS,
        facts=(*PROCESS.facts, Fact(word, T, Kind.INTEGER, "worker")),
        events=(*PROCESS.events, Event("go", T, "main", ("worker",))),
        machines=(
            evolve(
                MAIN,
                transitions=(
                    *MAIN.transitions,
                    transition("go", "go", "asked", "done", fact(word) >= 65),
                ),
            ),
            CONSENT,
        ),
    )
    said = unpacked(explorer(law))["laws"][0]
    told = {"law": said, "event": "go", "by": "worker", "at": 1_717_376_400_000}
    engine = Path(ASSETS, "engine.js")

    def codes_of(facts: dict[str, int]) -> list[str]:
        return json.loads(node("engine_run.mjs", engine, stdin=json.dumps(told | {"facts": facts})))

    assert codes_of({}) == ["fact_missing"]
    assert codes_of({word: 64}) == ["condition_false"]
    assert codes_of({word: 65}) == []


@needs_node_peers
def test_what_an_event_outdates_is_unknown_to_the_page_before_it_is_told() -> None:
    said = unpacked(explorer(occasions()))["laws"][0]
    told = {"law": said, "by": "worker", "at": 1_717_376_400_000, "facts": {"content": True}}
    for main in said["machines"]:
        main["initial"] = "helped" if main["id"] == "main" else main["initial"]
    engine = Path(ASSETS, "engine.js")
    codes = {
        event: json.loads(
            node("engine_run.mjs", engine, stdin=json.dumps({**told, "event": event}))
        )
        for event in ("visited", "finished", "cleared")
    }
    assert codes == {"visited": ["fact_missing"], "finished": [], "cleared": []}


@pytest.mark.again
@needs_node_peers
def test_ten_thousand_steps_are_taken_as_python_takes_them(
    folder: Path, entry_support: Path, special_coordination: Path, amount: Amount
) -> None:
    """With --full, under every law; otherwise some 1,500, under one of four: the first steps
    under a law are what takes long."""
    laws = list(editions("entry_support"))[:: amount(1, 4)]
    walks = [
        walk(law, amount(60, 80), seed) for seed, law in enumerate(laws * amount(3, 1), start=660)
    ]
    counts = compared(folder, entry_support, walks)
    others = [
        walk(processes.get("special_coordination"), 40, seed) for seed in range(amount(40, 20))
    ]
    counts += compared(folder, special_coordination, others)
    assert (
        counts["steps"] == sum(len(w["steps"]) for w in (*walks, *others)) > amount(10_000, 1_000)
    )
    assert counts["accepted"] > counts["steps"] / 3
    assert counts["refused"] > counts["steps"] / 4
    assert counts["advanced"] > counts["steps"] / 20
    assert counts["possible"] > counts["steps"] / 20
    assert codes(walks) == {
        "wrong_agency", "time_backwards", "not_in_force", "deadline_passed", "not_yet",
        "final_state", "no_transition", "condition_false", "fact_missing", "no_consent",
        "no_recipients", "consent_widened",
    }  # fmt: skip
    assert (
        sum(len(step.get("clocks", ())) for w in walks for step in w["steps"])
        > counts["steps"] / 10
    )


@needs_node_peers
def test_two_ways_at_once_and_questions_about_the_day_are_answered_alike(
    folder: Path, small: Path
) -> None:
    walks = [walk(TRICKY, 12, seed) for seed in range(90)]
    counts = compared(folder, small, walks)
    assert counts["accepted"] > 200
    assert {"ambiguous", "condition_false", "fact_missing"} <= codes(walks)
    refused = [r for w in walks for step in w["steps"] for r in step.get("reasons", ())]
    assert any(r[3] == "by_policy" and len(r[9]) == 2 for r in refused)  # its own and the policy's


def test_a_condition_cites_in_the_page_what_its_refusal_cites() -> None:
    machines = unpacked(explorer(TRICKY))["laws"][0]["machines"]
    (shown,) = [t for m in machines for t in m["transitions"] if t["id"] == "by_policy"]
    case = TRICKY.open(at="2024-06-01T10:00")
    reasons = case.explain("asked_again", by="worker", at="2024-06-02T12:00").reasons  # a Sunday
    (refusal,) = [r for r in reasons if r.transition == "by_policy"]
    said = [basis_text(TRICKY, basis, "en") for basis in refusal.basis]
    assert [basis["cited"][1] for basis in shown["asked"][0]["basis"]] == said
    assert len(said) == 2


@needs_node_peers
def test_clocks_that_stop_and_are_renewed_run_alike(folder: Path, amount: Amount) -> None:
    laws = [_stopping(seed) for seed in range(24)]
    walks = [walk(law, 40, seed) for seed in range(amount(12, 2)) for law in laws]
    page = written(folder / "stopping.html", explorer(laws[0], laws[1:]))
    counts = compared(folder, page, walks)
    assert counts["steps"] > amount(10_000, 1_500)
    assert counts["accepted"] > counts["steps"] / 3
    shown = [clock for w in walks for step in w["steps"] for clock in step.get("clocks", ())]
    still = [clock for clock in shown if clock[2] is None]
    assert len(still) > counts["steps"] / 20
    assert any(clock[4] for clock in still)  # renewed meanwhile


@needs_node_peers
def test_where_the_end_of_a_limit_leads_nowhere_time_goes_on(folder: Path, amount: Amount) -> None:
    """It ends help, and runs while help is only asked for, or on another machine."""
    limits = [evolve(PROCESS.deadline("limit"), start=OnEntry(), machine=at, states=states)
              for at, states in (("main", ("asked", "helped")), ("consent", ("given",)))]  # fmt: skip
    laws = [
        _of_three(evolve(PROCESS, deadlines=(each,)), f"over{n}") for n, each in enumerate(limits)
    ]
    walks = [walk(law, 30, seed) for seed in range(amount(200, 20)) for law in laws]
    page = written(folder / "nowhere.html", explorer(laws[0], laws[1:]))
    counts = compared(folder, page, walks)
    assert counts["accepted"] > counts["steps"] / 3
    steps = [step for w in walks for step in w["steps"] if "clocks" in step]
    waiting = [s for s in steps if s["states"]["main"] == "asked" and s["clocks"]]
    assert sum(s["clocks"][0][2] <= s["at"] for s in waiting) > amount(30, 2)


@needs_node_peers
def test_limits_counted_back_and_duties_that_were_missed_run_alike(
    folder: Path, amount: Amount
) -> None:
    """Half of them with all else that a definition can say; with --full ten thousand of each."""
    laws = [_owing(seed) for seed in range(12)]
    laws += [_of_three(means(Random(seed)), f"means{seed}") for seed in range(12)]
    walks = [walk(law, 40, seed) for seed in range(amount(21, 2)) for law in laws]
    page = written(folder / "owing.html", explorer(laws[0], laws[1:]))
    counts = compared(folder, page, walks)
    assert counts["steps"] > amount(20_000, 1_500)
    assert counts["accepted"] > counts["steps"] / 3
    steps = [step for w in walks for step in w["steps"]]
    clocks = [clock for step in steps for clock in step.get("clocks", ())]
    assert sum(clock[2] is None for clock in clocks) > amount(100, 5)  # no day yet
    was_missed = sum(s.get("event") == "asked_why" and "states" in s for s in steps)
    assert was_missed > amount(100, 6)
    assert sum(bool(step.get("missed")) for step in steps) > amount(500, 30)


CHANGE = date(2024, 1, 15)


def _history(make: Callable[[int], Process], seed: int) -> History:
    """Three laws by chance, one after the other; where it holds, the old law goes on for some."""
    days = (None, CHANGE, CHANGE + timedelta(days=30), None)
    laws = [make(3 * seed + n) for n in range(3)]
    versions = tuple(
        evolve(law, version=f"{law.version}.{seed}", since=days[n],
               until=until and until - timedelta(days=1))
        for n, (law, until) in enumerate(zip(laws, days[1:], strict=True))
    )  # fmt: skip
    old = TransitionalRule("old", T, machine("custody").in_("held"), continues=True)
    freed = TransitionalRule("freed", T, machine("main").in_("asked"), states=FREED)
    rules = ((KEPT,), (old, KEPT), (freed, KEPT))
    return History(versions, (rules[seed % 3], rules[seed % 2]))


FREED = {"custody.held": "custody.free"}


@needs_node_peers
@pytest.mark.parametrize("kind", ["stopping", "owing"])
def test_cases_come_under_a_later_law_alike(kind: str, folder: Path, amount: Amount) -> None:
    make = {"stopping": _stopping, "owing": _owing}[kind]
    histories = [_history(make, seed) for seed in range(12)]
    walks = [walk(law, 40, seed) for seed, law in enumerate(histories * amount(22, 3))]
    page = written(folder / f"{kind}_across.html", explorer(histories[0], histories[1:]))
    counts = compared(folder, page, walks)
    assert counts["steps"] == len(walks) * 40 > amount(10_000, 1_400)
    assert counts["accepted"] > counts["steps"] / 3
    under = [{step["law"] for step in w["steps"] if "law" in step} for w in walks]
    assert sum(len(laws) > 1 for laws in under) > len(walks) / 2
    assert any(len(laws) == 3 for laws in under)
    assert "law_changed" in codes(walks)


@needs_node_peers
def test_cases_of_the_shipped_law_come_under_the_next_alike(
    folder: Path, entry_support: Path, amount: Amount
) -> None:
    courses = [processes.history("entry_support", place) for place in (None, "osaka", "akashi")]
    cut = [History(law.versions[n:], law.amendments[n:]) for law in courses for n in range(2)]
    walks = [walk(law, 30, seed) for seed, law in enumerate(cut * amount(56, 1))]
    counts = compared(folder, entry_support, walks)
    assert counts["steps"] == len(walks) * 30 > amount(10_000, 150)


@needs_node_peers
def test_parts_are_called_as_python_calls_them_in_every_case(folder: Path, amount: Amount) -> None:
    """Where the case stands, what may happen and why something may not; across changes of law."""
    laws = [_renamed(0), _renamed(1), _history(_renamed, 2)]
    walks = [walk(law, 40, seed) for seed in range(amount(84, 6)) for law in laws]
    page = written(folder / "renamed.html", explorer(laws[0], laws[1:]))
    counts = compared(folder, page, walks)
    assert counts["steps"] > amount(10_000, 700)
    steps = [step for w in walks for step in w["steps"]]
    called = {said for s in steps for each in s.get("names", {}).values() for said in each}
    assert {said[:2] for said in called} > {"名0", "名1"}
    why = [said for s in steps for _, said in s.get("said", ())]
    assert sum("name 0" in said or "name 1" in said for said in why) > len(why) / 8
    assert any(said.startswith("No agency may report") for said in why)


def _renamed(seed: int) -> Process:
    chance = Random(seed)
    law = _of_three(renamed(means(chance), chance), f"renamed{seed}")
    return evolve(law, events=(*law.events, Event("nobodys", T, "main", ())))


def _owing_renamed(seed: int) -> Process:
    return renamed(_owing(seed), Random(seed))


def _owing(seed: int) -> Process:
    """By chance."""
    return _of_three(owing(Random(seed)), f"owing{seed}")


def _of_three(law: Process, version: str) -> Process:
    """With one agency more, that sees nothing; of a version and a place of its own, so that the
    page compares it with no other."""
    agencies = (*law.agencies, Agency("court", T))
    return evolve(law, version=f"{version}+{version}", agencies=agencies)


def _stopping(seed: int) -> Process:
    """By chance; the renewals not longer than can be counted."""
    law = stopping(Random(seed))
    facts = tuple(evolve(f, minimum=0, maximum=40) if f.id == "days" else f for f in law.facts)
    ends = {"on_expiry": "released"} if seed % 2 else {}
    limits = tuple(evolve(d, **ends) for d in law.deadlines)
    return _of_three(evolve(law, facts=facts, deadlines=limits), f"stopping{seed}")


@needs_chromium
def test_what_no_clock_can_bear_is_refused_in_words_as_python_refuses_it(small: Path) -> None:
    moments = ["0024-06-03T10:00", "1948-12-31T23:59", "2100-01-01T00:00", "9999-12-31T23:59"]
    found = browsed("beyond", small, *moments)
    assert found["noted"] == []
    told = found["told"]
    bearing = program(TRICKY).bearing
    last = (bearing.ends - timedelta(days=1)).date()
    for said in told["opening"].values():
        assert said == f"Refused: Limits can be counted from 1949-01-01 to {last}."
    for moment, said in told["going"].items():
        assert said == f"Refused: Limits can be counted from 1949-01-01 to {last}.", moment
    assert set(told["facts"].values()) == {"No limit could be counted with: a"}
    assert told["opened"].startswith("Case opened") or "opened" in told["opened"].lower()
    for day in (moment[:10] for moment in moments):
        with pytest.raises(FactError):
            TRICKY.open(at="2024-06-03T10:00", facts={"day": day})


@needs_node_peers
def test_the_page_knows_every_rest_day_that_python_knows(small: Path) -> None:
    first, last = date(1949, 1, 1).toordinal(), date(2099, 12, 31).toordinal()
    python = "".join("01"[is_rest_day(date.fromordinal(n))] for n in range(first, last + 1))
    found = browsed("rest_days", small, str(first - date(1970, 1, 1).toordinal()), str(len(python)))
    assert found["days"] == python


# -- the page -----------------------------------------------------------------------------------


def test_the_page_is_small_stands_alone_and_allows_one_script_and_one_style(
    entry_support: Path,
) -> None:
    page = entry_support.read_text(encoding="utf-8")
    assert len(page.encode()) <= LARGEST
    assert f"script-src '{digest(script())}'; style-src '{digest(style())}'" in page
    assert page.count(script()) == page.count(style()) == 1
    assert len(re.findall(r"<script\b", page)) == 2
    assert "default-src 'none'" in page
    assert not re.search(r"\b(?:style|href|src|onclick)=\"(?!#)", page)
    assert "eval(" not in page
    assert "Function(" not in page


def test_the_page_says_of_each_row_of_sight_on_which_ground_it_stands(entry_support: Path) -> None:
    told = unpacked(entry_support.read_text(encoding="utf-8"))["laws"][0]
    law = processes.get("entry_support")
    for part, said in zip(
        (*law.machines, *law.facts), (*told["machines"], *told["facts"]), strict=True
    ):
        rows = {agency: row["basis"] for row in said["seen"] for agency in row["by"]}
        grounds = {agency: seen_on(part, agency) for agency in part.seen_by}
        assert {a: [b["cited"][0] for b in row] for a, row in rows.items()} == {
            a: [basis_text(law, b, "ja") for b in row] for a, row in grounds.items()
        }
        assert said["seen_with_consent"] == list(part.seen_with_consent)


def test_every_provision_that_a_definition_cites_is_told_in_the_page() -> None:
    law = processes.get("entry_support")
    told = json.dumps(model.law(law), ensure_ascii=False)
    cited = {basis_text(law, basis, "ja") for basis in _bases(law)}
    assert len(cited) > 200
    assert [said for said in cited if said not in told] == []


def test_the_page_tells_what_a_part_is_called_in_other_cases() -> None:
    law = means(Random(3))
    told = json.dumps(model.law(law), ensure_ascii=False)
    names = [
        called_text(law, evolve(o, basis=()), "en")
        for m in law.machines
        for s in m.states
        for o in s.called_when
    ]
    assert names
    assert all(name in told for name in names)


def test_a_law_is_drawn_in_every_set_of_names_that_a_case_can_have() -> None:
    law = renamed(_owing(0), Random(1))
    page = unpacked(explorer(law))
    (shown,) = page["laws"]
    asked = [row["others"] for row in page["names"]]
    assert sorted(by for each in shown["sets"] for _, by in each["names"]) == [0, 1]
    seen = 0
    for age in (None, 20, 50, 80):
        facts = {} if age is None else {"age": age}
        named = called(law, facts)
        (alone,) = unpacked(explorer(named))["laws"]
        label = named.event("helped").label.ja
        drawn = [
            each
            for each in shown["sets"]
            for row, by in each["names"]
            if label.startswith(asked[row][by]["label"][0][:2])
        ]
        seen += len(drawn)
        assert (drawn or [shown])[0]["drawings"] == alone["drawings"]
    assert seen
    many = tuple(CalledWhen(T, fact("age") < n, LAW) for n in range(16))
    events = (evolve(law.events[0], called_when=many), *law.events[1:])
    assert "sets" not in unpacked(explorer(evolve(law, events=events)))["laws"][0]


def _bases(value: Any) -> Iterator[Basis]:
    """Every basis in a value, wherever it stands."""
    if isinstance(value, Basis):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _bases(each)
    elif has(type(value)):
        for field in fields(type(value)):
            yield from _bases(getattr(value, field.name))


def test_the_same_process_gives_the_same_page() -> None:
    law = processes.get("special_coordination")
    assert explorer(law) == explorer(evolve(law)) == shipped_explorer("special_coordination")


def test_every_version_and_place_is_in_the_page(entry_support: Path) -> None:
    data = unpacked(entry_support.read_text(encoding="utf-8"))
    laws = {(law["edition"], law["variant"]) for law in data["laws"]}
    assert len(laws) == len(data["laws"])
    assert {edition for edition, _ in laws} == {
        v.version for v in processes.versions("entry_support")
    }
    assert {v for _, v in laws} == {"", *(v.id for v in processes.variants("entry_support"))}
    first = data["laws"][0]
    assert (first["edition"], first["variant"]) == (processes.get("entry_support").version, "")
    for law in data["laws"]:
        drawn = {"road", *(m["id"] for m in law["machines"])}
        assert set(law["drawings"]) == drawn


def test_what_is_shared_is_read_back_as_it_was() -> None:
    twice = {"label": ["同じ", "the same text"], "until": None}
    data = {"a": [twice, twice, 1, True, "1"], "b": {"c": twice, "d": [[twice, twice], 0, False]}}
    assert unpacked(f'id="data">{packed(data)}<') == data
    assert len(packed([twice] * 500)) < 200


@needs_node_peers
def test_data_of_any_length_are_read_back_by_the_page() -> None:
    given = [[{"said": f"{n}"}, {"said": "<" * n}, *range(n)] for n in range(40)]
    texts = list(map(packed, given))
    assert {len(text) % 5 for text in texts} == {0, 2, 3, 4}
    assert not any("<" in text for text in texts)
    assert (
        json.loads(node("unpack_run.mjs", ASSETS / "unpack.js", stdin=json.dumps(texts))) == given
    )


@needs_node_peers
def test_a_drawing_is_written_from_its_forms_as_it_was() -> None:
    law = processes.get("entry_support")
    drawn = [draw(law, view, lang=lang) for view in ("overview", "custody") for lang in LANGUAGES]
    told = ' x="-0" y="07" &amp;x &#10; (12) (012) (1234567) d="M1 -0 C1e+06 2.50, .5 -3.1"'
    texts = [*drawn, told, f'<svg>\n<g{told}\n<g\n<g{told} x="12345.6"', ""]
    forms = Path(ASSETS, "forms.js")
    given = json.dumps([split(text) for text in texts])
    assert json.loads(node("forms_run.mjs", forms, stdin=given)) == texts


def test_parts_that_only_stand_elsewhere_have_the_same_form() -> None:
    def box(x: str, y: str, number: int) -> str:
        return f'\n<g>\n<rect x="{x}" y="{y}"/>\n<path d="M{x} {y} C1 2, 3.5 4"/>({number})\n</g>'

    shown = split(f"<svg>{box('10', '20', 7)}{box('210.5', '120', 18)}")
    assert shown["forms"][1] == shown["forms"][2]
    assert shown["steps"][1] == "0 0 0 0 -90 -180 25 20 0"
    assert shown["steps"][2] == "0 0 0 0 -2095 -1180 25 20 0"
    assert shown["at"] == "0 0 0 100 200 70 2005 1000 110"


def test_without_scripts_states_rules_and_sources_can_be_read(special_coordination: Path) -> None:
    page = special_coordination.read_text(encoding="utf-8")
    outline = unescape(page[page.index("<noscript>") : page.index("</noscript>")])
    law = processes.get("special_coordination")
    for part in law.machines:
        for state in part.states:
            assert state.label.ja in outline
            assert state.label.en in outline
    assert 'lang="ja"' in outline
    assert 'lang="en"' in outline


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    explore("special_coordination", out=tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page == shipped_explorer("special_coordination")
    explore("special_coordination", out=tmp_path / "english.html", lang=Lang.en)
    english = (tmp_path / "english.html").read_text(encoding="utf-8")
    assert english == page.replace('<html lang="ja">', '<html lang="en">') != page


@needs_chromium
def test_axe_finds_no_fault_in_any_panel_language_or_width(
    entry_support: Path, special_coordination: Path, amount: Amount
) -> None:
    """The longer words are those of English, so they are squeezed; in the smaller law unless all
    is asked for."""
    squeezed = (entry_support, special_coordination)[amount(0, 1)]
    for page, size in ((entry_support, "ja 1400"), (squeezed, "en 420")):
        found = browsed("axe", page, size)
        assert found["violations"] == []
        assert found["looked"] == 6
        assert found["noted"] == []


@needs_chromium
def test_everything_can_be_done_by_keyboard(entry_support: Path) -> None:
    found = browsed("keyboard", entry_support, "detained suspect")
    told = found["told"]
    assert found["noted"] == []
    assert told["lang"] == "en"
    assert told["result"] == "state:custody.detained_suspect"
    assert told["heading"] == "Detained as a suspect"
    assert told["selected"] == ["custody.detained_suspect"]
    assert told["panned"] is told["zoomed"] is True
    assert told["box"] == "custody.detained_suspect"
    assert told["chosen"] == [told["neighbour"]] != [told["box"]]
    assert told["tab"] == "tab-play"
    assert told["said"].startswith("Police; police detention facility: Arrested.")
    assert told["stands"] == 1
    assert told["undone"] == "Taken back: Arrested"


# -- a story through the page ---------------------------------------------------------------------

STEPS = 12


def story() -> tuple[dict[str, Any], list[Any]]:
    """The first steps of a published story, for the page, and what Python makes of them."""
    scenario = shipped("cs01")
    law = processes.in_force(scenario.process, on=scenario.on)
    played = play(scenario, law)[:STEPS]
    opening = scenario.openings[0]
    steps = [
        {"at": p.step.at, "event": p.step.event, "by": p.step.by, "facts": p.step.facts,
         "refused": p.refusal is not None}
        for p in played
    ]  # fmt: skip
    expected = [
        [r.code.value for r in p.refusal.reasons] if p.refusal else moved(law, p.after.states)
        for p in played
    ]
    return {
        "version": law.version,
        "open": {"at": opening.at, "facts": dict(opening.facts)},
        "steps": steps,
    }, expected


def moved(law: Process, states: Any) -> list[str]:
    return sorted(f"{m}.{s}" for m, s in states.items() if law.machine(m).initial != s)


@needs_chromium
def test_a_story_told_through_the_page_comes_to_the_states_that_python_gives(
    folder: Path, entry_support: Path
) -> None:
    told, expected = story()
    file = folder / "story.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    found = browsed("story", entry_support, file)
    assert found["told"] == expected
    assert any(step["refused"] for step in told["steps"])
    assert found["noted"] == []
    scenario = read(found["scenario"], "exported.toml")
    again = play(scenario)
    assert [p.problems for p in again] == [()] * len(again)
    assert moved(again[-1].after.process, again[-1].after.states) == expected[-1]
    assert found["limits"] == [f"deadline:{c.deadline.id}" for c in again[-1].after.deadlines()]
    law, case = again[-1].after.process, again[-1].after
    assert found["ways"].pop("road") == []  # it marks acts, not arrows
    for view, ways in found["ways"].items():
        drawn = diagram(law, view, case=case)
        assert ways == sorted(edge.id for edge in drawn.edges if edge.standing), view
    assert sum(map(len, found["ways"].values())) > 4


@needs_chromium
def test_a_case_led_by_hand_comes_under_the_later_law_and_back(entry_support: Path) -> None:
    old, new = processes.versions("entry_support")[-2:]
    opened, reported, until = "2025-05-30T09:00", "2025-05-30T21:00", "2025-06-01T08:00"
    asked = (old.version, opened, "police", "arrested", reported, until)
    found = browsed("across", entry_support, *asked)
    assert found["noted"] == []
    told = found["told"]
    laws = [told[stage]["law"] for stage in ("before", "after", "back")]
    assert laws == [old.version, new.version, old.version]
    assert told["again"] == told["after"]
    assert new.called is not None
    assert new.called.en in told["before"]["notice"]
    assert told["after"]["happened"][-1].startswith("Law changed →")
    (*_, last) = play(read(told["scenario"], "exported.toml"))
    assert last.problems == ()
    assert last.after.process == new
    assert told["after"]["stands"] == moved(new, last.after.states) == ["custody.arrested"]


@needs_chromium
def test_another_law_shows_what_is_different_in_words_and_on_the_drawing(
    entry_support: Path,
) -> None:
    latest, before = list(reversed(processes.versions("entry_support")))[1:3]
    found = browsed("difference", entry_support, latest.version, before.version, "adjustment")
    changes = structure(latest, before)
    assert found["ja"] == [c.text("ja", ids=False) for c in changes]
    assert found["en"] == [c.text("en", ids=False) for c in changes]
    assert "vetoed" not in found["after"]
    assert found["before"]["adjustment.vetoed"] == "−"
    assert set(found["before"].values()) == {"−", "Δ"}
    rules = {c.path[1] for c in changes if c.part == "transition" and c.path[0] == "adjustment"}
    assert {"Δ", "−"} <= set(found["rules"].values())
    # Rules that are said alike stand in one line: it is marked if one of them is another.
    assert all({rule.split(".")[1] for rule in line.split()} & rules for line in found["rules"])
    assert found["noted"] == []


# -- the road -----------------------------------------------------------------------------------


EACH = (1, 12)  # story is played, of all or of so many


@pytest.fixture(scope="module")
def along(entry_support: Path, amount: Amount) -> Any:
    """What a browser tells of the road, of what it leads to, and of stories along it."""
    found = browsed("road", entry_support, str(amount(*EACH)))
    assert found["noted"] == []
    return found["told"]


@needs_chromium
def test_it_opens_on_the_road_which_can_be_read_on_a_desk_on_a_phone_and_on_paper(
    along: Any,
) -> None:
    for where, seen in along["seen"].items():
        width = int(where.split()[0])
        assert seen["shown"] == (["lying"] if width == 1440 else ["upright"])
        assert seen["least"] >= 11, where
        assert seen["wide"] == width, where  # nothing to scroll sideways
        assert seen["right"] <= width
    assert all(along["seen"][f"1440 {lang}"]["bottom"] <= 900 for lang in LANGUAGES)
    assert along["paper"]["shown"] == ["lying"]
    assert along["pages"] == 1


@needs_chromium
def test_an_act_and_a_flag_lead_to_their_rules_and_a_choice_keeps_the_focus(along: Any) -> None:
    law = processes.get("entry_support")
    acts, views = list(_road(law)["acts"]), [m.id for m in law.machines]
    assert along["act"]["other"]
    assert along["act"]["kept"]
    assert along["act"]["grown"] == 0
    assert along["act"]["heading"] in {
        " ".join([str(act["number"])] * bool(act["number"]) + [act["label"][1]]) for act in acts
    }
    assert along["act"]["view"] in views
    assert along["act"]["rules"] > 0
    assert along["flag"] in {f"{f['letter'][1]} {f['label'][1]}" for f in _road(law)["flags"]}
    assert along["flagged"] in views


def _road(law: Process) -> dict[str, Any]:
    return Roads(law).parts()


@needs_chromium
def test_every_machine_opens_on_its_start(along: Any) -> None:
    law = processes.get("entry_support")
    assert set(along["starts"]) == {m.id for m in law.machines}
    for view, (inside, letters) in along["starts"].items():
        assert inside, view
        assert letters >= 11, view


@needs_chromium
def test_no_panel_shows_a_code(along: Any) -> None:
    for lang in LANGUAGES:
        words = along["words"][lang]
        assert len(words) > 2000
        assert re.findall(r"\b[a-z]+_[a-z_]+\b|状態機械", words) == []


@needs_chromium
def test_an_office_reads_what_it_may_see_and_on_which_ground(along: Any) -> None:
    process = processes.get("entry_support")
    parts = (*process.machines, *process.facts)
    mine = [part for part in parts if "center" in part.seen_by]
    assert len(mine) > 20
    for lang in LANGUAGES:
        for part in mine:
            assert part.label.in_(lang) in along["sight"][lang]
            for basis in seen_on(part, "center"):
                assert basis_text(process, basis, lang) in along["sight"][lang]


@needs_chromium
def test_every_story_is_played_to_its_end_and_marked_as_python_marks_it(
    along: Any, amount: Amount
) -> None:
    played = [
        [p for p in play(scenario) if p.step.case == opening.case]
        for scenario in map(shipped, story_names())
        for opening in scenario.openings
    ]
    for found, mine in zip(along["stories"], played[:: amount(*EACH)], strict=True):
        case, id = mine[-1].after, found["id"]
        assert found["stands"] == moved(case.process, case.states), id
        assert found["refused"] == sum(p.refusal is not None for p in mine), id
        assert found["half"] == _marks(mine[len(mine) // 2].after), id
        assert found["end"] == _marks(case), id
        assert found["elsewhere"] == _off_the_road(mine), id
    done, steps = map(int, along["back"].split("/"))
    assert done == steps - 1


def _marks(case: Case) -> dict[str, list[int]]:
    acts = [act for shown in road(case.process) for act in with_case(shown, case).acts]
    now = [n for n, act in enumerate(acts) if act.now]
    return {"past": [n for n, act in enumerate(acts) if act.done and n not in now], "now": now}


def _off_the_road(steps: Sequence[Played]) -> list[int]:
    """The steps that moved something which the road does not tell: their own sheet is offered."""
    found, length = [], 1
    for n, step in enumerate(steps):
        last, grown = step.after.journal[-1], len(step.after.journal) > length
        length = len(step.after.journal)
        acts = [act for sheet in road(step.after.process) for act in sheet.acts]
        if grown and last.moved and not any(last.event in act.events for act in acts):
            found.append(n)
    return found


def test_a_process_in_which_nobody_acts_opens_on_its_machine() -> None:
    still = Machine("still", T, "here", (State("here", T),), ())
    nobody = Process("nobody", "1", T, (), (), (still,), "still")
    (law,) = unpacked(explorer(nobody))["laws"]
    assert list(law["drawings"]) == ["still"]
    assert law["acts"] == law["upright"] == []


def test_a_process_that_tells_of_no_road_opens_on_that_of_its_main_route() -> None:
    (law,) = unpacked(explorer(PROCESS))["laws"]
    assert PROCESS.road is None
    assert next(iter(law["drawings"])) == "road"
    assert {event for act in law["acts"] for event in act["events"]} <= {
        event.id for event in PROCESS.events
    }
    assert law["acts"]


def test_a_story_brings_its_law_with_it_and_one_of_another_process_is_refused() -> None:
    law = processes.in_force("entry_support", on="2024-06-03")
    asked = [shipped("cs01"), shipped("cs09"), shipped("ns07")]
    page = unpacked(explorer(law, stories=asked))
    assert [(story["id"].split(" ")[0], story["law"]) for story in page["stories"]] == [
        ("CS-01", 0), ("CS-09", 0), ("CS-09", 0), ("NS-07", 1),
    ]  # fmt: skip
    assert [law["version"] for law in page["laws"]] == ["ACT_2023_12", "NATIONWIDE_2015"]
    with pytest.raises(CallError) as refused:
        explorer(processes.get("special_coordination"), stories=[shipped("cs01")])
    assert refused.value.code == "story_elsewhere"
    assert "CS-01" not in refused.value.text("en")


def test_a_story_of_several_laws_goes_under_the_law_of_the_page() -> None:
    own = shipped("cs01")
    own = evolve(own, laws=(Law(own.on), Law(own.on, place="osaka")))
    first, *others = own.steps
    told = evolve(own, steps=(first, *(evolve(step, only=("base",)) for step in others)))
    for law, steps in zip(told.laws, (len(told.steps), 1), strict=True):
        page = unpacked(explorer(law_of(told, law), stories=[told]))
        assert len(page["laws"]) == 1
        assert sum(len(case["steps"]) for case in page["stories"]) == steps


# -- cases that were kept --------------------------------------------------------------------------


def kept_cases(laws: Sequence[Process | History]) -> list[Case]:
    """One of each law, led by chance by the rules and against them."""
    return [_led_astray(law, Random(seed), f"case {seed}") for seed, law in enumerate(laws)]


def _led_astray(led: Process | History, chance: Random, id: str) -> Case:
    day = CHANGE - timedelta(days=1) if isinstance(led, History) else "2024-06-03T10:00"
    case = led.open(at=day, id=id)
    for _ in range(12):
        law = case.process
        rule, event = chance.choice(
            [(f"{m.id}.{t.id}", law.event(t.event)) for m in law.machines for t in m.transitions]
        )
        by = chance.choice(event.by or [agency.id for agency in law.agencies])
        facts = {id: by_chance(law.fact(id), chance) for id in event.records}
        with suppress(DiversionFlowError):
            case = case.advance(to=case.at + timedelta(hours=chance.choice([0, 5, 30, 200])))
            if chance.random() < 0.6:
                case = case.step(event.id, by=by, at=case.at, facts=facts)
            else:
                case = irregular(case, event.id, by=by, at=case.at, facts=facts, transition=rule,
                                 responsible=by, reason="because of X")  # fmt: skip
    return case.advance(to=case.at + timedelta(hours=1))


def entries(case: Case) -> list[dict[str, Any]]:
    """What a page has to tell of the case, read off its journal."""
    marks = [[*then.marked] for then in reversed([*case.snapshots()])]
    told = [
        {"event": r.event, "by": r.by, "at": millis(r.at), "facts": plain(r.facts), "note": None,
         "moves": [[m.machine, m.transition] for m in r.moved],
         "irregular": r.irregular is not None, "marked": marked}
        for r, marked in zip(case.journal, marks, strict=True)
    ]  # fmt: skip
    return [*told[1:], {"at": millis(case.at), "note": None}]


def test_a_kept_case_is_told_as_its_journal_tells_it_but_not_why_it_was_irregular() -> None:
    laws = [TRICKY, *map(_stopping, (0, 2, 1))]
    cases = kept_cases(laws)
    page = unpacked(explorer(TRICKY, laws, cases))
    assert [story["steps"] for story in page["stories"]] == [entries(case) for case in cases]
    assert [story["law"] for story in page["stories"]] == [0, 1, 2, 3]
    steps = [step for story in page["stories"] for step in story["steps"]]
    assert sum(step.get("irregular", False) for step in steps) > 10
    assert any(step["at"] % 1000 == 1 for step in steps)  # the instant after a limit's last
    assert "because of X" not in json.dumps(page)


def beginnings() -> list[Case]:
    """Cases that do not begin where cases begin, or do not end under the law of their beginning."""
    law = evolve(stopping_law(), since=date(2024, 1, 1))
    held = law.open(at="2024-01-10T09:00").step("held", by="worker", at="2024-01-10T09:00")
    examined = held.step("examined", by="worker", at="2024-01-12T09:00")
    midway = law.open(
        at="2024-01-14", facts=examined.facts, states=examined.states, reason="taken over",
        since=entered(examined) | happened(examined),
    )  # fmt: skip
    before = replay(law, stopping_law().open(at="2023-12-31").journal)
    other = replay(evolve(law, version="other"), examined.journal)
    over = TransitionalRule("over", T, states={"examination.under_way": "examination.none"})
    moved = migrated(other, to=law, rule=over, at="2024-01-15T10:00")
    ended = replay(evolve(law, until=date(2024, 1, 14)), examined.journal)
    stays = TransitionalRule("stays", T, continues=True)
    cases = [
        midway,
        before,
        *(
            case.step("prolonged", by="worker", at="2024-01-15T12:00")
            for case in (moved, migrated(ended, to=law, rule=stays, at="2024-01-15"))
        ),
    ]
    return [case.advance(to=case.at + timedelta(hours=1)) for case in cases]


@needs_chromium
def test_a_kept_case_is_followed_with_its_marks_and_goes_nowhere_else(folder: Path) -> None:
    laws = [TRICKY, *map(_stopping, (0, 2, 1)), *map(_owing, range(2)), _owing_renamed(3)]
    histories = [_history(_stopping, 0), _history(_stopping, 1), _history(_owing, 0),
                 _history(_owing_renamed, 1)]  # fmt: skip
    cases = [*kept_cases([*laws, *histories]), *beginnings()]
    assert sum(e.crossed is not None for case in cases for e in case.journal) > 4
    found = browsed("kept", written(folder / "kept.html", explorer(TRICKY, laws, cases)))
    assert found["noted"] == []
    for case, told in zip(cases, found["told"], strict=True):
        journal = case.journal
        stages = [
            *(_shown(replay(case.law, journal[: n + 1])) for n in range(len(journal))),
            _shown(case),
        ]
        assert told["stages"] == stages, told["name"]
        assert told["back"] == stages[:-1]
        assert told["name"] == f"{case.id} A case on record".strip()
        assert told["elsewhere"] == 0
        assert told["hints"] == bool(case.marked)
        told["sheets"].pop("road", None)  # it marks acts
        assert told["sheets"] == {m.id: _drawn(case, m.id) for m in case.process.machines}
    assert sum(len(case.marked) for case in cases) > len(cases) / 2
    said = {line for told in found["told"] for stage in told["stages"] for line in stage["called"]}
    assert any(line.startswith(("name 0", "name 1")) for line in said)
    assert any(stage["breaches"] for told in found["told"] for stage in told["stages"])


def _drawn(case: Case, view: str) -> dict[str, Any]:
    """What is marked on a machine's sheet, as the picture of the case has it."""
    shown = diagram(case.process, view, case=case, lang="en")
    return {
        "now": sorted(node.title for node in shown.nodes if node.standing == "current"),
        "marked": sorted(node.id for node in shown.nodes if node.irregular),
        "heard": True,
        "ways": sorted(edge.id for edge in shown.edges if edge.standing),
    }


def _shown(case: Case) -> dict[str, list[Any]]:
    irregular = {True: f" {IRREGULAR.en}", False: ""}
    states = [
        f"{m.id}.{case.state(m.id)}{irregular[m.id in case.marked]}"
        for m in case.process.machines
        if m.id in case.marked or case.state(m.id) != m.initial
    ]
    limits = [
        f"deadline:{c.deadline.id} {_until(c, case.at)} {duty_text(case.process, c.deadline, 'en')}"
        for c in case.deadlines()
    ]
    return {
        "stands": sorted(states),
        "limits": sorted(limit.strip() for limit in limits),
        "breaches": [
            f"deadline:{d.id}"
            for d in case.process.deadlines
            if d.met_by and was_missed(case, d.id, case.at)
        ],
        "happened": ["opened", *(event_text(entry, "en") for entry in entries_of(case)[1:])],
        "called": sorted(names(case)[f"state {state.split()[0]}"][1] for state in states),
    }


def _until(clock: Clock, now: datetime) -> str:
    if clock.last is None:
        return still_text(clock.left, clock.renewals, "en")
    return f"until {clock.last:%Y-%m-%d %H:%M}{' ! overdue' if clock.last < now else ''}"


# -- what laws have in common --------------------------------------------------------------------


def test_a_law_says_on_a_page_of_many_what_it_says_on_a_page_of_its_own() -> None:
    laws = list(editions("entry_support"))
    chosen = Random(40).sample(laws, 2)
    together = unpacked(explorer(chosen[0], chosen[1:]))["laws"]
    for law, shared in zip(chosen, together, strict=True):
        (alone,) = unpacked(explorer(law))["laws"]
        assert shared == alone, law.version


RENAMED = Text("別の名", "another name")


@pytest.mark.sampled(every=2)
@pytest.mark.parametrize(
    "kind", ["agencies", "events", "facts", "papers", "deadlines", "sources", "machines"]
)
def test_a_part_that_is_called_otherwise_is_called_so_wherever_it_is_named(kind: str) -> None:
    law = processes.get("special_coordination")
    for number, part in enumerate(getattr(law, kind)):
        parts = list(getattr(law, kind))
        short = {"short": None} if kind == "sources" else {}
        parts[number] = evolve(part, label=RENAMED, **short)
        other = evolve(law, version="other", **{kind: tuple(parts)})
        page = unpacked(explorer(law, [other]))["laws"]
        assert page[1] == unpacked(explorer(other))["laws"][0], part.id
        if number == 1:  # each costs two pages
            break


# -- hostile labels -------------------------------------------------------------------------------

HOSTILE = (
    "\"'`", "</script><script>document.title='run'</script>", "]]>", "<img src=x onerror=alert(1)>",
    "nul\0", "half\ud800\ufff9a\ufffa7\ufffb", "\u202eright to left", "x" * 10_000, "{event} {clause}", "</noscript><b>",
    "javascript:alert(1)", "&amp;", "\u2028alert(1)", "$&",
)  # fmt: skip


def hostile(label: str) -> Process:
    text = Text(label, label)
    named = tuple(evolve(state, label=text, note=text) for state in MAIN.states)
    events = tuple(evolve(event, label=text, note=text) for event in PROCESS.events)
    facts = tuple(evolve(fact, label=text) for fact in PROCESS.facts)
    main: Machine = evolve(MAIN, label=text, states=named)
    return evolve(PROCESS, label=text, machines=(main, CONSENT), events=events, facts=facts)


@needs_chromium
def test_hostile_labels_neither_break_the_page_nor_run(folder: Path, amount: Amount) -> None:
    labels = HOSTILE[:: amount(1, 5)]
    pages = [
        written(folder / f"hostile{number}.html", explorer(hostile(label)))
        for number, label in enumerate(labels)
    ]
    for label, found in zip(labels, browsed("hostile", *pages), strict=True):
        assert found["noted"] == [], label[:40]
        assert found["foreign"] == 0, label[:40]
        assert found["label"] == clean(label), label[:40]
        assert found["stands"] == 1, label[:40]
