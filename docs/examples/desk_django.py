"""The desk in Django, for an app with a PostgreSQL of its own: users, agencies and cases lie in one
database, and what is recorded is committed with the app's own rows, or neither.

Small on purpose, as the one in FastAPI beside it: an agency is a group of Django's users. The
database is that of the environment (`PGHOST`, `PGPORT`, `PGDATABASE`, `PGUSER`, `PGPASSWORD`).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import django
import sqlalchemy
from django.conf import settings

if not settings.configured:
    settings.configure(
        SECRET_KEY=os.environ["DESK_SECRET_KEY"],
        ALLOWED_HOSTS=["localhost", "testserver"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                **{name: os.environ.get(f"PG{kept}", "") for name, kept in (
                    ("HOST", "HOST"), ("PORT", "PORT"), ("NAME", "DATABASE"), ("USER", "USER"),
                    ("PASSWORD", "PASSWORD"))},
            }
        },
        INSTALLED_APPS=[
            "django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions",
        ],
        MIDDLEWARE=[  # the first sees what the others refuse, too
            f"{__name__}.problems",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
    )  # fmt: skip
    django.setup()

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from diversion_flow import DiversionFlowError, processes
from diversion_flow.definition import Language
from diversion_flow.desk import (
    NoSuchCase,
    look,
    own_entries,
    page,
    page_mark,
    read_dossier,
    record_in,
    running_out,
    settle,
    version_of,
)
from diversion_flow.diagram import draw
from diversion_flow.dossier import Dossier, Entry, EntryKind, Irregular, Said, problem, withdrawal
from diversion_flow.store import (
    Fired,
    LimitDue,
    Settled,
    Store,
    StoredCase,
    fire,
    make_postgres_tables,
    postgres_store,
)

LAW = processes.history("entry_support")  # a case crosses each change of law
PROBLEM = "application/problem+json"
Json = dict[str, Any]
now: Callable[[], datetime] = timezone.now


# -- the store, in Django's own transaction ------------------------------------------------------


@contextmanager
def borrowed() -> Iterator[sqlalchemy.Connection]:
    """Django's connection, as SQLAlchemy knows one. The transaction is Django's: nothing is
    committed or taken back here."""
    with transaction.atomic():
        connection.ensure_connection()
        engine = sqlalchemy.create_engine(
            "postgresql+psycopg://", creator=lambda: connection.connection,
            poolclass=sqlalchemy.pool.StaticPool, pool_reset_on_return=None,
        )  # fmt: skip
        dialect: object = engine.dialect
        for name in ("do_commit", "do_rollback"):
            setattr(dialect, name, lambda _: None)
        with engine.connect() as lent:
            yield lent


@contextmanager
def opened() -> Iterator[Store]:
    """The store; what is done inside is done whole or not at all."""
    with borrowed() as lent:
        yield postgres_store(lent)


def make_tables() -> None:
    """The store's two tables: in a migration of the app's own (`RunPython`)."""
    with borrowed() as lent:
        make_postgres_tables(lent)


# -- who asks, in which language, and what he knows ----------------------------------------------


class Told(Exception):
    """What is answered without a word of what was asked."""

    def __init__(self, status: int) -> None:
        self.status = status


def agency_of(request: HttpRequest) -> str:
    """The agency for which the user works: his group. A caller never says."""
    user = request.user
    if not isinstance(user, User):
        raise Told(401)
    agencies = {agency.id for agency in LAW.in_force(now()).agencies}
    found = agencies.intersection(user.groups.values_list("name", flat=True))
    if len(found) != 1:
        raise Told(403)
    return found.pop()


def lang_of(request: HttpRequest) -> Language:
    """Japanese, unless English is asked for first."""
    return "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "ja"


def sent(request: HttpRequest, needed: Mapping[str, type], **more: type) -> Json:
    """What the caller has sent: these fields, each of its type; anything else is refused."""
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):  # brackets within brackets, by the thousand
        told = None
    kinds = {**needed, **more}
    if (
        not isinstance(told, dict)
        or not needed.keys() <= told.keys() <= kinds.keys()
        or not all(isinstance(value, kinds[name]) for name, value in told.items())
    ):
        raise Told(422)
    return told


# -- what one agency is shown --------------------------------------------------------------------


def shown(store: Store, dossier: Dossier, request: HttpRequest, status: int = 200) -> JsonResponse:
    """The agency's page, and that its user looked."""
    agency = agency_of(request)
    view = look(store, dossier, agency, user=request.user.get_username(), at=now())
    told = page(dossier.case, view, lang_of(request)) | {"own": own_entries(dossier, agency)}
    return JsonResponse(told, status=status, headers={"ETag": f'"{mark(dossier, agency)}"'})


def mark(dossier: Dossier, agency: str) -> str:
    """What changes when the agency's page does, and tells nothing of what others have recorded."""
    case = dossier.case.advance(to=max(now(), dossier.case.at))
    told = page(case, case.view(agency)) | {"own": own_entries(dossier, agency)}
    return page_mark(told)


def record(store: Store, dossier: Dossier, request: HttpRequest, new: Entry) -> Dossier:
    """Kept, where the agency sees the case as its user saw it, or where it is kept already."""
    agency, known = agency_of(request), request.headers.get("If-Match", "").strip().strip('"')
    if len(known) != 32:
        raise Told(428)
    again = any(entry.id == new.id for entry in dossier.entries)
    if not again and known != mark(dossier, agency):
        raise Told(412)
    return record_in(store, dossier, version_of(dossier), new)


# -- the pages -----------------------------------------------------------------------------------


@require_POST
def open_case(request: HttpRequest) -> HttpResponse:
    """A case is opened."""
    agency, told = agency_of(request), sent(request, {"case": str, "happened": str}, facts=dict)
    opening = Entry(
        kind=EntryKind.OPENING, happened=told["happened"], recorded=now(), office=agency,
        user=request.user.get_username(), facts=told.get("facts", {}),
    )  # fmt: skip
    with opened() as store:
        dossier = begun(store, told["case"])
        after = record_in(store, dossier, version_of(dossier), opening)
        return shown(store, after, request, 201)


@require_GET
def see(request: HttpRequest, case: str) -> HttpResponse:
    """What the user's agency may do, owes and sees."""
    agency_of(request)
    with opened() as store:
        return shown(store, read_dossier(store, case), request)


@require_POST
def report(request: HttpRequest, case: str) -> HttpResponse:
    """Something happened; `irregular` says that it was against the rules."""
    agency, needed = agency_of(request), {"id": str, "event": str, "happened": str}
    told = sent(request, needed, facts=dict, note=str, irregular=dict)
    against = told.get("irregular", {})
    if against and against.keys() != {"transition", "responsible", "reason"}:
        raise Told(422)
    with opened() as store:
        dossier = read_dossier(store, case)
        entry = Entry(
            kind=EntryKind.EVENT, id=f"{agency}:{told['id']}", event=told["event"], by=agency,
            office=agency, user=request.user.get_username(), happened=told["happened"],
            recorded=recorded(dossier), facts=told.get("facts", {}), note=told.get("note", ""),
            reason=against.get("reason", ""),
            irregular=Irregular(against["transition"], against["responsible"]) if against else None,
        )  # fmt: skip
        return shown(store, record(store, dossier, request, entry), request, 201)


@require_POST
def withdraw(request: HttpRequest, case: str) -> HttpResponse:
    """An entry of one's own does not hold."""
    agency, told = agency_of(request), sent(request, {"id": str, "of": str, "reason": str})
    with opened() as store:
        dossier = read_dossier(store, case)
        mine = {entry.id: entry for entry in dossier.entries if entry.office == agency}
        if told["of"] not in mine:  # whether somebody else has one of that id is not told
            raise Told(404)
        why = Said(
            told["reason"], recorded=recorded(dossier), office=agency,
            user=request.user.get_username(), id=f"{agency}:{told['id']}",
        )  # fmt: skip
        after = record(store, dossier, request, withdrawal(mine[told["of"]], why))
        return shown(store, after, request, 201)


@require_GET
def picture(request: HttpRequest, case: str) -> HttpResponse:
    """The overview with where the case is, as far as the agency sees it."""
    agency = agency_of(request)
    with opened() as store:
        dossier = read_dossier(store, case)
        view = look(store, dossier, agency, user=request.user.get_username(), at=now())
    return HttpResponse(draw(view, lang=lang_of(request)), content_type="image/svg+xml")


def begun(store: Store, case: str) -> Dossier:
    """The case, or one that has no entry yet."""
    if "/" in case:  # it stands in a path
        raise Told(422)
    try:
        return read_dossier(store, case)
    except NoSuchCase:
        return Dossier(case, LAW)


def recorded(dossier: Dossier) -> datetime:
    """Now; another machine's clock may be ahead."""
    return max(now(), dossier.entries[-1].recorded)


urlpatterns = [
    path("cases", open_case),
    path("cases/<str:case>", see),
    path("cases/<str:case>/events", report),
    path("cases/<str:case>/withdrawals", withdraw),
    path("cases/<str:case>/picture", picture),
]


# -- what was wrong ------------------------------------------------------------------------------


class problems:
    """Every refusal as problem details (RFC 9457), and nothing of what was sent."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Django's own refusals are pages of HTML: no such path, another verb, no CSRF token."""
        answer = self.answer(request)
        if answer.status_code < 400 or answer.headers["Content-Type"] == PROBLEM:
            return answer
        told = answered(problem(answer.status_code, lang_of(request)))
        if "Allow" in answer.headers:
            told.headers["Allow"] = answer.headers["Allow"]
        return told

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What the caller may know of it; None: Django's own."""
        if isinstance(error, Told):
            return answered(problem(error.status, lang_of(request)))
        if not isinstance(error, DiversionFlowError):
            return None
        # Of a 500 the desk's owner has to know.
        return answered(problem(error, lang_of(request), to=agency_of(request)))


def answered(told: Json) -> JsonResponse:
    """Problem details."""
    return JsonResponse(told, status=told["status"], content_type=PROBLEM)


# -- what happens while nobody asks --------------------------------------------------------------


def fire_limits(until: datetime, tell: Callable[[str, str, datetime], None]) -> Fired:
    """Each limit that has run out by then: its owner is told. For a command of the app's own, to be
    called every minute, on as many machines as one likes. What `tell` writes by Django's models is
    committed with the limit; what it sends may be sent twice."""

    def act(stored: StoredCase, limit: LimitDue) -> Settled:
        for clock in running_out(stored, limit):
            tell(clock.deadline.owner, limit.case, limit.at)
        return settle(stored, limit)

    return fire(opened, until, act)
