"""The Django desk of docs/examples over HTTP, on a real PostgreSQL: its own rows and a case's
entries are committed together, or neither."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import Any
from unittest import mock

import pytest

from diversion_flow.definition.moments import moment
from diversion_flow.desk import erase, read_dossier, who_saw
from diversion_flow.scenarios import shipped
from diversion_flow.store import StoredEntry
from helpers.peer_programs import needs_postgres
from helpers.places import ROOT
from helpers.postgres import server
from helpers.web_desk import WebDesk, in_json

pytestmark = needs_postgres
STORY = shipped("cs01_counsel_notices")
HAPPENED = [step for step in STORY.steps if step.event and not step.expected.refused]


@cache  # Django is set up once in a program
def app() -> ModuleType:
    """The app, its tables made in a database of its own."""
    import sqlalchemy

    admin = sqlalchemy.create_engine(server().url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(sqlalchemy.text("CREATE DATABASE django_desk"))
    place = {
        "DESK_SECRET_KEY": "of the tests", "PGHOST": "127.0.0.1", "PGPORT": str(server().port),
        "PGDATABASE": "django_desk", "PGUSER": "postgres",
    }  # fmt: skip
    path = ROOT / "docs/examples/desk_django.py"
    spec = spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    sys.modules[path.stem] = module = module_from_spec(spec)
    with mock.patch.dict(os.environ, place):
        spec.loader.exec_module(module)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    module.make_tables()
    return module


OPENING = {
    "case": "c",
    "happened": STORY.openings[0].at,
    "facts": in_json(STORY.openings[0].facts),
}


class Desk(WebDesk):
    def __init__(self, example: ModuleType) -> None:
        self.example, self.now = example, moment("2024-06-03T09:00")
        example.now = lambda: self.now  # type: ignore[attr-defined]

    def client(self, agency: str) -> Any:
        from django.contrib.auth.models import Group, User
        from django.test import Client

        user, _ = User.objects.get_or_create(username=f"one of {agency}")
        user.groups.add(Group.objects.get_or_create(name=agency)[0])
        client = Client(raise_request_exception=False)
        client.force_login(user)
        return client

    def get(self, path: str, agency: str, lang: str = "en") -> Any:
        return self.client(agency).get(path, headers={"Accept-Language": lang})

    def post(self, path: str, agency: str, body: object, seen: str | None = None) -> Any:
        mark = self.get("/cases/c", agency).headers.get("ETag", "") if seen is None else seen
        return self.client(agency).post(
            path, json.dumps(body), content_type="application/json",
            headers={"If-Match": mark, "Accept-Language": "en"},
        )  # fmt: skip


@pytest.fixture
def desk() -> Iterator[Desk]:
    """A case that was just opened, and nothing else."""
    made = Desk(app())
    assert made.post("/cases", "police", OPENING, seen="").status_code == 201
    yield made
    with app().opened() as store:
        for case in ("c", "d"):
            erase(store, case)


def test_a_story_over_http_each_agency_with_its_own_page(desk: Desk) -> None:
    desk.tell(HAPPENED[:8])
    pages = {who: desk.get("/cases/c", who) for who in ("police", "center", "counsel")}
    with desk.example.opened() as store:
        case = read_dossier(store, "c").case.advance(to=desk.now)
    for agency, answer in pages.items():
        view, told = case.view(agency), answer.json()
        assert set(told["sees"]["facts"]) == set(view.facts)
        assert set(told["sees"]["states"]) == set(view.states)
        assert told["may"]
    assert len({answer.headers["ETag"] for answer in pages.values()}) == 3
    ja = desk.get("/cases/c", "center", "ja").json()
    assert re.search("[ぁ-ん一-龥]", "".join(ja["may"].values()))


def test_who_looked_and_what_was_reported_by_whom_is_kept(desk: Desk) -> None:
    desk.tell(HAPPENED[:1])
    desk.get("/cases/c", "center")
    with desk.example.opened() as store:
        assert read_dossier(store, "c").entries[-1].user == "one of police"
        looked = {saw.user for saw in who_saw(store, "c") if saw.how == "read"}
    assert looked == {"one of police", "one of center"}


def test_a_stale_write_is_not_kept_and_the_same_command_is_kept_once(desk: Desk) -> None:
    desk.now = moment("2024-06-04T16:00")
    before = desk.get("/cases/c", "police").headers["ETag"]
    desk.tell(HAPPENED[:1])
    referred = {"id": "r", "event": "referred", "happened": "2024-06-04T15:00"}
    assert desk.post("/cases/c/events", "police", referred, before).status_code == 412
    assert desk.post("/cases/c/events", "police", referred, "").status_code == 428
    seen = desk.get("/cases/c", "police").headers["ETag"]
    kept = [desk.post("/cases/c/events", "police", referred, seen) for _ in range(2)]
    assert [answer.status_code for answer in kept] == [201, 201]
    assert desk.post("/cases", "police", OPENING).status_code == 201
    with desk.example.opened() as store:
        assert len(read_dossier(store, "c").entries) == 3


def test_irregular_and_withdrawn(desk: Desk) -> None:
    desk.tell(HAPPENED[:1])
    against = {
        "transition": "custody.referral_in_custody", "responsible": "police", "reason": "forgotten"
    }  # fmt: skip
    page = desk.report("police", "referred", "2024-06-05T11:00", irregular=against).json()
    assert "custody" in page["sees"]["irregular"]
    body = {"id": "w", "of": page["own"][-1]["id"], "reason": "another person"}
    assert desk.post("/cases/c/withdrawals", "center", body).status_code == 404
    assert desk.post("/cases/c/withdrawals", "police", body).json()["sees"]["irregular"] == []


def test_the_apps_own_rows_are_committed_with_the_entries_or_neither(desk: Desk) -> None:
    from django.contrib.auth.models import Group

    class Broken(Exception):
        pass

    for name, breaks in (("taken back", True), ("committed", False)):
        try:
            with desk.example.opened() as store:
                store.append("d", 0, [StoredEntry("1", "{}")], due=None)
                Group.objects.create(name=name)
                if breaks:
                    raise Broken
        except Broken:
            pass
        with desk.example.opened() as store:
            assert store.version("d") == (0 if breaks else 1)
        assert Group.objects.filter(name=name).exists() is not breaks


def test_each_limit_is_told_to_its_owner_once(desk: Desk) -> None:
    desk.tell(HAPPENED[:1])
    told: list[tuple[str, str]] = []

    def tell(agency: str, case: str, at: datetime) -> None:
        told.append((agency, case))

    last = moment("2024-06-05T10:00")
    assert desk.example.fire_limits(last, tell).count == 0
    for count in (1, 0):
        fired = desk.example.fire_limits(last + datetime.resolution, tell)
        assert (fired.count, fired.failed) == (count, ())
    assert told == [("police", "c")]


@pytest.mark.slow
def test_a_picture_of_what_the_agency_sees(desk: Desk) -> None:
    answer = desk.get("/cases/c/picture", "center")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content


@pytest.mark.parametrize(
    ("agency", "path", "body", "status"),
    [
        ("", "/cases/c/events", {}, 401),
        ("no_agency", "/cases/c/events", {}, 403),
        ("police", "/cases/c/events", {"id": "1", "event": "s3cret"}, 422),
        ("police", "/cases/c/events", [], 422),
        ("police", "/cases/c/events", {"id": "1", "event": "referred", "happened": "s3cret"}, 422),
        ("police", "/cases/c/events", {"id": 1, "event": "referred", "happened": "2024-06-03"}, 422),
        ("police", "/cases/c/events", {"id": "1", "event": "no", "happened": "2024-06-03"}, 409),
        ("police", "/cases/c/events", {"id": "1", "event": "arrested", "happened": "2024-06-03T09:00", "irregular": {"s3cret": 1}}, 422),
        ("police", "/cases/c/events", {"id": "1", "event": "arrested", "happened": "2024-06-03T09:00", "facts": {"offence": "s3cret"}}, 409),
        ("police", "/cases", {"case": "s3cret/1", "happened": "2024-06-03"}, 422),
        ("police", "/cases", {"case": "c", "happened": "2024-06-02"}, 409),
        ("police", "/cases/none/events", {"id": "1", "event": "arrested", "happened": "2024-06-03"}, 404),
        ("police", "/cases/d/events", {"id": "1", "event": "arrested", "happened": "2024-06-03"}, 500),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_without_what_was_sent(
    desk: Desk, agency: str, path: str, body: object, status: int
) -> None:
    from django.test import Client

    with desk.example.opened() as store:
        store.append("d", 0, [StoredEntry("s3cret", "s3cret")], due=None)
    if agency:
        answer = desk.post(path, agency, body)
    else:
        answer = Client().post(path, json.dumps(body), content_type="application/json")
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert b"s3cret" not in answer.content


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "/nothing", b"", 404),
        ("DELETE", "/cases/c", b"", 405),
        ("POST", "/cases", b"[" * 100_000, 422),
    ],
)
def test_what_the_framework_refuses_is_a_problem_too(
    method: str, path: str, body: bytes, status: int
) -> None:
    client = Desk(app()).client("police")
    answer = client.generic(method, path, body, content_type="application/json")
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert re.search("[ぁ-ん]", answer.json()["title"])  # nobody asked for English
    assert answer.headers.get("Allow", "") == ("GET" if status == 405 else "")
