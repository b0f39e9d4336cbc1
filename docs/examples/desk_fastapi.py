"""A desk over HTTP: several agencies, one stored case, each with its own page of it.

Small on purpose. A real app has a login where this one has a header, and its own database where
this one has a file. `docs/build_an_app.md` walks through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, TypeAlias

from fastapi import Depends, FastAPI, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from icalendar import Calendar
from icalendar import Event as CalendarEvent
from pydantic import BaseModel, ConfigDict

from diversion_flow import Case, DiversionFlowError, processes
from diversion_flow.definition import Language
from diversion_flow.desk import (
    NoSuchCase,
    Owed,
    dossier_of,
    keep_dossier,
    owed,
    read_dossier,
    record_in,
    settle,
    version_of,
)
from diversion_flow.diagram import draw
from diversion_flow.dossier import (
    Conflicting,
    Dossier,
    Entry,
    EntryKind,
    Irregular,
    Said,
    json_schema,
    problem,
    withdrawal,
)
from diversion_flow.runtime import Clock, Duty
from diversion_flow.store import (
    Fired,
    LimitDue,
    Settled,
    StaleCase,
    Store,
    StoredCase,
    fire,
    sqlite_store,
)

LAW = processes.history("entry_support")  # a case crosses each change of law
Json: TypeAlias = dict[str, object]
Fact: TypeAlias = bool | int | str | list[str] | None
Tell: TypeAlias = Callable[[str, str, datetime], None]  # the agency, the case, what moment


class Told(BaseModel):
    """What a caller may send: anything else is refused."""

    model_config = ConfigDict(extra="forbid")


class Opening(Told):
    """A case is opened."""

    case: str
    happened: str
    facts: dict[str, Fact] = {}


class Against(Told):
    """For which rule it stands (`machine.transition`), which office answers for it, and why."""

    transition: str
    responsible: str
    reason: str


class Event(Told):
    """Something happened. `id` is the caller's: the same command sent twice is kept once."""

    id: str
    event: str
    happened: str
    facts: dict[str, Fact] = {}
    note: str = ""
    irregular: Against | None = None


class Withdrawal(Told):
    """An entry of one's own does not hold."""

    id: str
    of: str
    reason: str


# -- who asks, and in which language -------------------------------------------------------------


class Unknown(Exception):
    """Nobody of that name works here."""


class NoVersion(Exception):
    """A write that does not say what it knows of the case."""


def agency_of(request: Request, x_user: Annotated[str, Header()] = "") -> str:
    """The agency for which the user works. Only the login knows it: a caller never says."""
    users: Mapping[str, str] = request.app.state.users
    if x_user not in users:
        raise Unknown
    return users[x_user]


def lang_of(accept_language: Annotated[str, Header()] = "ja") -> Language:
    """Japanese, unless English is asked for first."""
    return "en" if accept_language.strip().lower().startswith("en") else "ja"


def version_known(if_match: Annotated[str, Header()] = "") -> int:
    """The version that the caller saw."""
    number = if_match.strip().strip('"')
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        raise NoVersion
    return int(number)


Agency = Annotated[str, Depends(agency_of)]
Lang = Annotated[Language, Depends(lang_of)]
Version = Annotated[int, Depends(version_known)]


# -- what one agency is shown --------------------------------------------------------------------


def page(case: Case, agency: str, lang: Language) -> Json:
    """What the agency may do, owes and sees; all of it from its view."""
    view = case.view(agency)
    law = view.process
    missed = (duty for duty in view.duties if duty.standing == "missed")
    limits: list[Clock | Duty] = [*view.deadlines, *missed]
    return {
        "at": str(case.at),
        "may": {id: law.event(id).label.in_(lang) for id in case.possible(by=agency)},
        "owes": [
            {"what": limit.deadline.label.in_(lang), "until": str(limit.last or "")}
            for limit in limits
            if limit.deadline.owner == agency
        ],
        "sees": {
            "states": {
                id: law.machine(id).state(state).label.in_(lang)
                for id, state in view.states.items()
            },
            "facts": {id: _json(value) for id, value in view.facts.items()},
            "limits": {c.deadline.id: str(c.last or "") for c in view.deadlines},
            "journal": [{"event": r.event, "by": r.by, "at": str(r.at)} for r in view.journal],
            "irregular": list(view.marked),
        },
    }  # fmt: skip


def _json(value: bool | int | str | date | frozenset[str]) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value) if isinstance(value, date) else value


def own(dossier: Dossier, agency: str) -> list[Json]:
    """The entries that the agency's office has recorded, and that stand."""
    return [
        {"id": entry.id, "event": entry.event, "happened": str(entry.happened),
         "irregular": entry.irregular is not None}
        for entry in dossier.standing if entry.office == agency
    ]  # fmt: skip


def calendar(limits: Iterable[Owed], now: datetime, lang: Language) -> bytes:
    """Limits as iCalendar (RFC 5545), an entry at the last moment of each."""
    made = Calendar()
    made.add("prodid", "-//desk//")
    made.add("version", "2.0")
    for owing in limits:
        limit = owing.limit
        if limit.last is not None:
            entry = CalendarEvent()
            entry.add("uid", f"{owing.case}/{limit.deadline.id}/{limit.started.isoformat()}")
            entry.add("dtstamp", now.astimezone(UTC))
            entry.add("dtstart", limit.last.astimezone(UTC))
            entry.add("summary", f"{owing.case} {limit.deadline.label.in_(lang)}")
            made.add_component(entry)
    written: bytes = made.to_ical()
    return written


# -- the app -------------------------------------------------------------------------------------


def desk(store: Store, users: Mapping[str, str], now: Callable[[], datetime]) -> FastAPI:
    """The desk on this store, for these users (name → agency), by this clock."""
    app = FastAPI(title="desk")
    app.state.users = users

    def shown(dossier: Dossier, agency: str, lang: Language, response: Response) -> Json:
        response.headers["ETag"] = f'"{version_of(dossier)}"'
        case = dossier.case
        case = case.advance(to=max(now(), case.at))
        return page(case, agency, lang) | {"own": own(dossier, agency)}

    def entry(dossier: Dossier, told: Event, agency: str) -> Entry:
        against = told.irregular
        return Entry(
            kind=EntryKind.EVENT, id=told.id, event=told.event, by=agency, office=agency,
            happened=told.happened, recorded=recorded(dossier), facts=told.facts, note=told.note,
            reason=against.reason if against else "",
            irregular=Irregular(against.transition, against.responsible) if against else None,
        )  # fmt: skip

    def recorded(dossier: Dossier) -> datetime:
        return max(now(), dossier.entries[-1].recorded)  # another machine's clock may be ahead

    @app.post("/cases", status_code=201)
    def open_case(told: Opening, agency: Agency, lang: Lang, response: Response) -> Json:
        dossier = Dossier(told.case, LAW).record(
            Entry(
                kind=EntryKind.OPENING, happened=told.happened, recorded=now(), office=agency,
                facts=told.facts,
            )
        )  # fmt: skip
        keep_dossier(store, dossier, 0)
        return shown(dossier, agency, lang, response)

    @app.get("/cases/{case}")
    def see(case: str, agency: Agency, lang: Lang, response: Response) -> Json:
        return shown(read_dossier(store, case), agency, lang, response)

    @app.post("/cases/{case}/events", status_code=201)
    def report(
        case: str, told: Event, agency: Agency, lang: Lang, version: Version, response: Response
    ) -> Json:
        dossier = read_dossier(store, case)
        after = record_in(store, dossier, version, entry(dossier, told, agency))
        return shown(after, agency, lang, response)

    @app.post("/cases/{case}/consequences")
    def try_out(case: str, told: Event, agency: Agency, lang: Lang) -> Json:
        """What would become of the case, above all by a late entry; nothing is kept."""
        dossier = read_dossier(store, case)
        found = dossier.consequences(entry(dossier, told, agency))
        if found.conflicts or found.case is None:
            return problem(Conflicting(found), lang, to=agency)
        return page(found.case.advance(to=max(now(), found.case.at)), agency, lang)

    @app.post("/cases/{case}/withdrawals", status_code=201)
    def withdraw(
        case: str, told: Withdrawal, agency: Agency, lang: Lang, version: Version,
        response: Response,
    ) -> Json:  # fmt: skip
        dossier = read_dossier(store, case)
        mine = {entry.id for entry in dossier.entries if entry.office == agency}
        if told.of not in mine:  # whether somebody else has one of that id is not told
            raise NoSuchCase
        why = Said(told.reason, recorded=recorded(dossier), office=agency, id=told.id)
        after = record_in(store, dossier, version, withdrawal(dossier.entry(told.of), why))
        return shown(after, agency, lang, response)

    @app.get("/cases/{case}/forms/{event}")
    def form(case: str, event: str, agency: Agency, lang: Lang) -> Json:
        return json_schema(read_dossier(store, case).case.process, event, lang)

    @app.get("/week.ics")
    def week(agency: Agency, lang: Lang) -> Response:
        """What the agency owes in the coming seven days, for the calendar on its desk."""
        found = owed(store, agency, at=now(), until=now() + timedelta(days=7))
        return Response(calendar(found.limits, now(), lang), media_type="text/calendar")

    @app.get("/cases/{case}/picture")
    def picture(case: str, agency: Agency, lang: Lang) -> Response:
        """The overview with where the case is, as far as the agency sees it."""
        found = read_dossier(store, case).case
        view = found.advance(to=max(now(), found.at)).view(agency)
        return Response(draw(view, lang=lang), media_type="image/svg+xml")

    _say_what_was_wrong(app)
    return app


def _say_what_was_wrong(app: FastAPI) -> None:
    """Every refusal as problem details (RFC 9457), and nothing of what was sent."""

    def answer(status: int, told: Json) -> Response:
        body = {**told, "status": status}
        return JSONResponse(body, status, media_type="application/problem+json")

    def library(request: Request, error: Exception) -> Response:
        assert isinstance(error, DiversionFlowError)
        lang = lang_of(request.headers.get("Accept-Language", "ja"))
        to = request.app.state.users.get(request.headers.get("X-User", ""), "")
        told = problem(error, lang, to=to)
        statuses = {StaleCase: 412, NoSuchCase: 404}
        return answer(statuses.get(type(error), told["status"]), told)

    def plain(status: int, title: str) -> Callable[[Request, Exception], Response]:
        return lambda request, error: answer(status, {"type": "about:blank", "title": title})

    app.add_exception_handler(DiversionFlowError, library)
    app.add_exception_handler(Unknown, plain(401, "Unauthorized"))
    app.add_exception_handler(NoVersion, plain(428, "Precondition Required"))
    app.add_exception_handler(RequestValidationError, plain(422, "Unprocessable Content"))


# -- what happens while nobody asks --------------------------------------------------------------


def fire_limits(store: Store, until: datetime, tell: Tell) -> Fired:
    """Each limit that has run out by then: its owner is told. To be called every minute, on as
    many machines as one likes. A worker that dies after it has told will tell once more."""

    def act(stored: StoredCase, limit: LimitDue) -> Settled:
        just_before = dossier_of(stored, limit.case).case.advance(to=limit.at - datetime.resolution)
        for clock in just_before.deadlines():
            if clock.ends == limit.at:
                tell(clock.deadline.owner, limit.case, limit.at)
        return settle(stored, limit)

    return fire(store.writing, until, act)


def trial() -> FastAPI:
    """To look at: `uvicorn --app-dir docs/examples --factory desk_fastapi:trial`."""
    users = {agency.id: agency.id for agency in LAW.in_force(date.today()).agencies}
    return desk(sqlite_store(Path("desk.db")), users, lambda: datetime.now(UTC))
