"""The app of docs/examples over HTTP, with a file of SQLite: two agencies and more, a story, a
late entry, a stale write, a refusal, and a picture without what is hidden."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from diversion_flow import processes
from diversion_flow.definition import Agency, Deadline, Event, Fact, Language, State
from diversion_flow.definition.moments import moment
from diversion_flow.desk import reads
from diversion_flow.diagram import draw
from diversion_flow.scenarios import shipped
from diversion_flow.store import Store, StoredEntry, sqlite_store
from helpers.places import ROOT
from helpers.web_desk import WebDesk


@cache
def example(path: Path = ROOT / "docs/examples/desk_fastapi.py") -> ModuleType:
    spec = spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    sys.modules[path.stem] = module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LAW = processes.in_force("entry_support", on="2024-06-03")
USERS = {f"one of {agency.id}": agency.id for agency in LAW.agencies}
STORY = shipped("cs01_counsel_notices")
HAPPENED = [step for step in STORY.steps if step.event and not step.expected.refused]


OPENING = {
    "case": "c",
    "happened": STORY.openings[0].at,
    "facts": dict(STORY.openings[0].facts),
}


class Desk(WebDesk):
    def __init__(self, store: Store) -> None:
        self.store, self.now = store, moment("2024-06-03T09:00")
        self.client = TestClient(example().desk(store, USERS, lambda: self.now))

    def get(self, path: str, agency: str, lang: str = "en") -> Any:
        return self.client.get(
            path, headers={"X-User": f"one of {agency}", "Accept-Language": lang}
        )

    def mark(self, agency: str) -> str:
        """What the agency's user has seen who has just looked."""
        return str(self.get("/cases/c", agency).headers.get("ETag", ""))

    def post(
        self, path: str, agency: str, body: object, lang: str = "en", seen: str | None = None
    ) -> Any:
        headers = {
            "X-User": f"one of {agency}", "Accept-Language": lang,
            "If-Match": self.mark(agency) if seen is None else seen,
        }  # fmt: skip
        return self.client.post(path, json=body, headers=headers)


def opened(store: Store) -> Desk:
    made = Desk(store)
    assert made.post("/cases", "police", OPENING, seen="").status_code == 201
    return made


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    store = sqlite_store(tmp_path / "desk.db")
    yield opened(store)
    store.close()


@pytest.fixture(scope="module")
def ten_steps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A case in the middle of the story, which nobody changes any more."""
    store = sqlite_store(tmp_path_factory.mktemp("desk") / "desk.db")
    made = opened(store)
    made.tell(HAPPENED[:10])
    yield made
    store.close()


def test_each_agency_has_its_own_page_of_one_case(ten_steps: Desk) -> None:
    police, center = (ten_steps.get("/cases/c", who) for who in ("police", "center"))
    assert police.headers["ETag"] != center.headers["ETag"]
    for who, answer in (("police", police), ("center", center)):
        view = example().read_dossier(ten_steps.store, "c").case.advance(to=ten_steps.now).view(who)
        assert set(answer.json()["sees"]["facts"]) == set(view.facts)
        assert set(answer.json()["sees"]["states"]) == set(view.states)
    assert "offence" in police.json()["sees"]["facts"]
    assert police.json()["sees"] != center.json()["sees"]
    assert {entry["event"] for entry in police.json()["own"]} == {"", "arrested", "referred"}


def test_a_page_is_in_the_language_that_was_asked_for(ten_steps: Desk) -> None:
    ja, en = (ten_steps.get("/cases/c", "center", lang).json() for lang in ("ja-JP,ja", "en-GB"))
    assert ja["may"].keys() == en["may"].keys()
    assert re.search("[ぁ-ん一-龥]", "".join(ja["may"].values()))
    assert "".join(en["may"].values()).isascii()


def test_what_is_not_allowed_is_a_problem_in_the_callers_language(ten_steps: Desk) -> None:
    before, was = ten_steps.get("/cases/c", "center").headers["ETag"], ten_steps.now
    body = {"id": "x", "event": "center_requested", "happened": "2024-06-13T16:00"}
    ten_steps.now = moment("2024-06-13T17:00")
    for lang, word in (("ja", "[ぁ-ん]"), ("en", "[a-z]")):
        answer = ten_steps.post("/cases/c/events", "center", body, lang)
        assert answer.status_code == answer.json()["status"] == 409
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["conflicts"][0]["reasons"][0]["code"] == "wrong_agency"
        assert re.search(word, answer.json()["detail"])
    ten_steps.now = was
    assert ten_steps.get("/cases/c", "center").headers["ETag"] == before


def test_a_stale_write_is_not_kept_and_the_same_command_is_kept_once(desk: Desk) -> None:
    desk.now = moment("2024-06-04T16:00")
    before = desk.mark("police")
    desk.tell(HAPPENED[:1])
    referred = {"id": "r", "event": "referred", "happened": "2024-06-04T15:00"}
    stale = desk.post("/cases/c/events", "police", referred, seen=before)
    assert (stale.status_code, stale.headers["Content-Type"]) == (412, "application/problem+json")
    assert not re.search(r"\d", stale.json()["title"])  # how many entries there are is not told
    seen = desk.mark("police")
    kept = [desk.post("/cases/c/events", "police", referred, seen=seen) for _ in range(2)]
    assert [answer.status_code for answer in kept] == [201, 201]
    assert kept[0].headers["ETag"] == kept[1].headers["ETag"] != seen
    assert desk.post("/cases", "police", OPENING).status_code == 201
    assert len(example().read_dossier(desk.store, "c").entries) == 3


def test_what_an_agency_does_not_see_changes_nothing_for_it(desk: Desk) -> None:
    desk.now = moment("2024-06-03T12:00")
    before = desk.get("/cases/c", "provider")
    desk.tell(HAPPENED[:1])
    desk.now = moment("2024-06-03T12:00")
    after = desk.get("/cases/c", "provider")
    assert (after.json(), after.headers["ETag"]) == (before.json(), before.headers["ETag"])
    assert desk.get("/cases/c", "police").json()["sees"] != before.json()["sees"]


def test_whose_command_had_an_id_first_is_not_told(desk: Desk) -> None:
    desk.now = moment("2024-06-04T16:00")
    arrested = {"id": "1", "event": "arrested", "happened": "2024-06-03T10:00"}
    assert desk.post("/cases/c/events", "police", arrested).status_code == 201
    consulted = {"id": "1", "event": "center_consulted", "happened": "2024-06-04T10:00"}
    assert desk.post("/cases/c/events", "counsel", consulted).status_code == 201


def test_who_looked_is_kept(desk: Desk) -> None:
    desk.get("/cases/c", "center")
    desk.get("/cases/c/picture", "counsel")
    looked = [(read.agency, read.user) for read in reads(desk.store, "c")]
    assert looked[-2:] == [("center", "one of center"), ("counsel", "one of counsel")]


def test_a_damaged_case_is_told_without_a_word_of_it(desk: Desk) -> None:
    desk.store.append("d", 0, [StoredEntry("s3cret", '{"s3cret":1}')], due=None)
    answer = desk.get("/cases/d", "police")
    assert (answer.status_code, "s3cret" in answer.text) == (500, False)


def test_a_late_entry_is_told_before_it_is_kept_to_each_its_own(desk: Desk) -> None:
    desk.tell([s for s in HAPPENED if s.event in ("arrested", "referred", "detention_requested")])
    desk.now = moment("2024-06-06T12:00")
    late = {"id": "late", "event": "police_released", "happened": "2024-06-03T15:00"}
    tried = desk.post("/cases/c/consequences", "police", late)
    assert (tried.status_code, tried.headers["Content-Type"]) == (409, "application/problem+json")
    told = tried.json()
    assert (told["type"], told["others"]) == (
        "urn:diversion-flow:dossier_conflicts_elsewhere",
        True,
    )
    assert "detention" not in str(told)  # another office's entry
    before = desk.mark("police")
    answer = desk.post("/cases/c/events", "police", late)
    assert (answer.status_code, desk.mark("police")) == (409, before)

    def withdrawn(agency: str) -> Any:
        of = "prosecutor:detention_requested-2024-06-05T10:00"
        body = {"id": f"w-{agency}", "of": of, "reason": "another person"}
        return desk.post("/cases/c/withdrawals", agency, body)

    assert withdrawn("police").status_code == 404
    assert withdrawn("prosecutor").status_code == 201
    then = desk.post("/cases/c/consequences", "police", late).json()
    kept = desk.post("/cases/c/events", "police", late)
    assert kept.status_code == 201
    assert kept.json()["sees"] == then["sees"]


def test_what_came_against_the_rules_is_marked(desk: Desk) -> None:
    desk.tell(HAPPENED[:1])
    against = {
        "transition": "custody.referral_in_custody", "responsible": "police", "reason": "forgotten"
    }  # fmt: skip
    page = desk.report("police", "referred", "2024-06-05T11:00", irregular=against).json()
    assert "custody" in page["sees"]["irregular"]
    assert [entry["irregular"] for entry in page["own"]] == [False, False, True]
    assert "forgotten" not in desk.get("/cases/c", "center").text


def test_what_an_agency_owes_stands_on_its_own_page_only(desk: Desk) -> None:
    desk.tell(HAPPENED[:1])
    assert desk.get("/cases/c", "police").json()["owes"] == [
        {"what": "Referral by the police", "until": "2024-06-05 10:00:00+09:00"}
    ]
    assert desk.get("/cases/c", "prosecutor").json()["owes"] == []


def words(drawing: str) -> str:
    """All that can be read in a drawing, whatever its lines."""
    return squeezed("".join(re.findall(r">([^<]+)<", drawing)))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_picture_has_no_word_of_what_its_agency_does_not_see(
    ten_steps: Desk, lang: Language
) -> None:
    view = example().read_dossier(ten_steps.store, "c").case.view("center")

    def labels(*parts: Event | Fact | Agency | Deadline | State) -> set[str]:
        return {squeezed(part.label.in_(lang)) for part in parts}

    states = {machine.id: labels(*machine.states) for machine in LAW.machines}
    shown = {name for id in view.states for name in states[id]}
    open_words = shown | labels(*LAW.events, *LAW.facts, *LAW.agencies, *LAW.deadlines)
    hidden = {
        name
        for id in states.keys() - view.states
        for name in states[id]
        if not any(name in word for word in open_words)  # such as "none", or "closed"
    }
    drawn = ten_steps.get("/cases/c/picture", "center", lang)
    assert drawn.headers["Content-Type"] == "image/svg+xml"
    assert any(name in words(drawn.text) for name in shown)
    assert [name for name in hidden if name in words(drawn.text)] == []
    whole = words(draw(LAW, lang=lang))
    assert sum(name in whole for name in hidden) > 5


def test_the_coming_week_of_an_office_is_a_calendar(desk: Desk) -> None:
    desk.tell(HAPPENED[:1])
    entries = {
        agency: Calendar.from_ical(desk.get("/week.ics", agency).text).walk("VEVENT")
        for agency in ("police", "prosecutor", "center")
    }
    assert [(str(e["summary"]), e["dtstart"].dt) for e in entries.pop("police")] == [
        ("c Referral by the police", moment("2024-06-05T10:00"))
    ]
    assert entries == {"prosecutor": [], "center": []}


def test_a_form_for_an_event(desk: Desk) -> None:
    form = desk.get("/cases/c/forms/detention_requested", "prosecutor").json()
    assert form["properties"]["detention_ground"]["oneOf"]


def test_each_limit_is_told_to_its_owner_once(desk: Desk) -> None:
    desk.tell(HAPPENED[:1])
    told: list[tuple[str, str]] = []

    def tell(agency: str, case: str, at: datetime) -> None:
        told.append((agency, case))

    last = moment("2024-06-05T10:00")
    assert example().fire_limits(desk.store, last, tell).count == 0
    for count in (1, 0):
        fired = example().fire_limits(desk.store, last + datetime.resolution, tell)
        assert (fired.count, fired.failed) == (count, ())
    assert told == [("police", "c")]


@pytest.mark.parametrize(
    ("path", "headers", "body", "status"),
    [
        ("/cases/c/events", {}, {}, 401),
        ("/cases/c/events", {"X-User": "nobody"}, {}, 401),
        ("/cases/c/events", {"X-User": "one of police"}, {"id": "1", "event": "referred", "happened": "2024-06-03"}, 428),
        ("/cases/c/events", {"X-User": "one of police", "If-Match": "*"}, {"id": "1", "event": "referred", "happened": "2024-06-03"}, 428),
        ("/cases/c/events", {"X-User": "one of police", "If-Match": "MARK"}, {"secret": "s3cret"}, 422),
        ("/cases/c/events", {"X-User": "one of police", "If-Match": "MARK"}, {"id": "1", "event": "no", "happened": "2024-06-03T09:00"}, 409),
        ("/cases/c/events", {"X-User": "one of police", "If-Match": "MARK"}, {"id": "1", "event": "arrested", "happened": "s3cret"}, 422),
        ("/cases/c/events", {"X-User": "one of police", "If-Match": "MARK"}, {"id": "1", "event": "arrested", "happened": "2024-06-03T09:00", "facts": {"offence": "s3cret"}}, 409),
        ("/cases", {"X-User": "one of police"}, {"case": "s3cret/1", "happened": "2024-06-03"}, 422),
        ("/cases", {"X-User": "one of police"}, {"case": "c", "happened": "2024-06-02", "facts": {"offence": "theft"}}, 409),
        ("/cases/none/events", {"X-User": "one of police", "If-Match": "MARK"}, {"id": "1", "event": "arrested", "happened": "2024-06-03"}, 404),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_without_what_was_sent(
    desk: Desk, path: str, headers: dict[str, str], body: object, status: int
) -> None:
    headers = {name: value.replace("MARK", desk.mark("police")) for name, value in headers.items()}
    answer = desk.client.post(path, json=body, headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "s3cret" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nothing", b"", 404),
        ("DELETE", "/cases/c", b"", 405),
        ("POST", "/cases", b"[" * 100_000, 400),
    ],
)
def test_what_the_framework_refuses_is_a_problem_too(
    ten_steps: Desk, method: str, path: str, body: bytes, status: int
) -> None:
    answer = ten_steps.client.request(
        method, path, content=body,
        headers={"X-User": "one of police", "Content-Type": "application/json"},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert re.search("[ぁ-ん]", answer.json()["title"])  # nobody asked for English
    assert answer.headers.get("Allow", "") == ("GET" if status == 405 else "")
