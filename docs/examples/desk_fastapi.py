"""A desk over HTTP: several agencies, one stored case, each with its own page of it.

Small on purpose. A real app has a login where this one has a header, and its own database where
this one has a file. `docs/build_an_app.md` walks through it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, NamedTuple, TypeAlias

from fastapi import Depends, FastAPI, Header, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from icalendar import Calendar
from icalendar import Event as CalendarEvent
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from diversion_flow import Case, DiversionFlowError, View, processes
from diversion_flow.definition import Language
from diversion_flow.desk import (
    NoSuchCase,
    Owed,
    look,
    owed,
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
from diversion_flow.store import (
    Fired,
    LimitDue,
    Settled,
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

    case: Annotated[str, Field(pattern="^[^/]+$")]  # it stands in a path
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


class Changed(Exception):
    """What the caller saw is not so any more."""


class Caller(NamedTuple):
    """A user, and the agency for which he works."""

    user: str
    agency: str


def caller(request: Request, x_user: Annotated[str, Header()] = "") -> Caller:
    """Who asks. Only the login knows for which agency: a caller never says."""
    users: Mapping[str, str] = request.app.state.users
    if x_user not in users:
        raise Unknown
    return Caller(x_user, users[x_user])


def lang_of(accept_language: Annotated[str, Header()] = "ja") -> Language:
    """Japanese, unless English is asked for first."""
    return "en" if accept_language.strip().lower().startswith("en") else "ja"


def mark_known(if_match: Annotated[str, Header()] = "") -> str:
    """What the caller saw: the `ETag` of his page."""
    mark = if_match.strip().strip('"')
    if len(mark) != 32:
        raise NoVersion
    return mark


Who = Annotated[Caller, Depends(caller)]
Lang = Annotated[Language, Depends(lang_of)]
Seen = Annotated[str, Depends(mark_known)]


# -- what one agency is shown --------------------------------------------------------------------


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

    def shown(dossier: Dossier, who: Caller, lang: Language, response: Response) -> Json:
        """The agency's page, and that its user looked."""
        response.headers["ETag"] = f'"{mark(dossier, who.agency)}"'
        view = look(store, dossier, who.agency, user=who.user, at=now())
        return told(dossier, view, lang)

    def told(dossier: Dossier, view: View, lang: Language) -> Json:
        return page(dossier.case, view, lang) | {"own": own_entries(dossier, view.agency)}

    def mark(dossier: Dossier, agency: str) -> str:
        """Changes when the page does, and tells nothing of what others have recorded."""
        return page_mark(told(dossier, at(now(), dossier.case).view(agency), "ja"))

    def at(then: datetime, case: Case) -> Case:
        return case.advance(to=max(then, case.at))

    def record(dossier: Dossier, agency: str, seen: str, new: Entry) -> Dossier:
        """Kept, where the agency sees the case as its user saw it, or where it is kept already."""
        again = any(entry.id == new.id for entry in dossier.entries)
        if not again and seen != mark(dossier, agency):
            raise Changed
        return record_in(store, dossier, version_of(dossier), new)

    def entry(dossier: Dossier, told: Event, who: Caller) -> Entry:
        against = told.irregular
        return Entry(
            kind=EntryKind.EVENT, id=f"{who.agency}:{told.id}", event=told.event, by=who.agency,
            office=who.agency, user=who.user, happened=told.happened, recorded=recorded(dossier),
            facts=told.facts, note=told.note, reason=against.reason if against else "",
            irregular=Irregular(against.transition, against.responsible) if against else None,
        )  # fmt: skip

    def begun(case: str) -> Dossier:
        """The case, or one that has no entry yet."""
        try:
            return read_dossier(store, case)
        except NoSuchCase:
            return Dossier(case, LAW)

    def recorded(dossier: Dossier) -> datetime:
        return max(now(), dossier.entries[-1].recorded)  # another machine's clock may be ahead

    @app.post("/cases", status_code=201)
    def open_case(told: Opening, who: Who, lang: Lang, response: Response) -> Json:
        opening = Entry(
            kind=EntryKind.OPENING, happened=told.happened, recorded=now(), office=who.agency,
            user=who.user, facts=told.facts,
        )  # fmt: skip
        dossier = begun(told.case)
        after = record_in(store, dossier, version_of(dossier), opening)
        return shown(after, who, lang, response)

    @app.get("/cases/{case}")
    def see(case: str, who: Who, lang: Lang, response: Response) -> Json:
        return shown(read_dossier(store, case), who, lang, response)

    @app.post("/cases/{case}/events", status_code=201)
    def report(
        case: str, told: Event, who: Who, lang: Lang, seen: Seen, response: Response
    ) -> Json:
        dossier = read_dossier(store, case)
        after = record(dossier, who.agency, seen, entry(dossier, told, who))
        return shown(after, who, lang, response)

    @app.post("/cases/{case}/consequences")
    def try_out(case: str, told: Event, who: Who, lang: Lang) -> Json:
        """What would become of the case, above all by a late entry; nothing is kept."""
        dossier = read_dossier(store, case)
        found = dossier.consequences(entry(dossier, told, who))
        if found.conflicts or found.case is None:
            raise Conflicting(found)
        after = at(now(), found.case)
        return page(after, after.view(who.agency), lang)

    @app.post("/cases/{case}/withdrawals", status_code=201)
    def withdraw(
        case: str, told: Withdrawal, who: Who, lang: Lang, seen: Seen, response: Response
    ) -> Json:
        dossier = read_dossier(store, case)
        mine = {entry.id for entry in dossier.entries if entry.office == who.agency}
        if told.of not in mine:  # whether somebody else has one of that id is not told
            raise HTTPException(404)
        why = Said(
            told.reason, recorded=recorded(dossier), office=who.agency, user=who.user,
            id=f"{who.agency}:{told.id}",
        )  # fmt: skip
        after = record(dossier, who.agency, seen, withdrawal(dossier.entry(told.of), why))
        return shown(after, who, lang, response)

    @app.get("/cases/{case}/forms/{event}")
    def form(case: str, event: str, who: Who, lang: Lang) -> Json:
        return json_schema(read_dossier(store, case).case.process, event, lang)

    @app.get("/week.ics")
    def week(who: Who, lang: Lang) -> Response:
        """What the agency owes in the coming seven days, for the calendar on its desk."""
        found = owed(store, who.agency, at=now(), until=now() + timedelta(days=7))
        return Response(calendar(found.limits, now(), lang), media_type="text/calendar")

    @app.get("/cases/{case}/picture")
    def picture(case: str, who: Who, lang: Lang) -> Response:
        """The overview with where the case is, as far as the agency sees it."""
        view = look(store, read_dossier(store, case), who.agency, user=who.user, at=now())
        return Response(draw(view, lang=lang), media_type="image/svg+xml")

    _say_what_was_wrong(app)
    return app


def _say_what_was_wrong(app: FastAPI) -> None:
    """Every refusal as problem details (RFC 9457), and nothing of what was sent."""

    def answer(
        request: Request, why: DiversionFlowError | int, headers: Mapping[str, str] | None = None
    ) -> Response:
        lang = lang_of(request.headers.get("Accept-Language", "ja"))
        to = request.app.state.users.get(request.headers.get("X-User", ""), "")
        told = problem(why, lang, to=to)  # of a 500 the desk's owner has to know
        return JSONResponse(told, told["status"], headers, media_type="application/problem+json")

    def library(request: Request, error: Exception) -> Response:
        assert isinstance(error, DiversionFlowError)
        return answer(request, error)

    def framework(request: Request, error: Exception) -> Response:
        """No such path, another verb, a body that cannot be read: as Starlette tells it."""
        assert isinstance(error, HTTPException)
        return answer(request, error.status_code, error.headers)

    def plain(status: int) -> Callable[[Request, Exception], Response]:
        return lambda request, error: answer(request, status)

    app.add_exception_handler(DiversionFlowError, library)
    app.add_exception_handler(HTTPException, framework)
    app.add_exception_handler(Exception, plain(500))
    app.add_exception_handler(Unknown, plain(401))
    app.add_exception_handler(Changed, plain(412))  # as where another has written meanwhile
    app.add_exception_handler(NoVersion, plain(428))
    app.add_exception_handler(RequestValidationError, plain(422))


# -- what happens while nobody asks --------------------------------------------------------------


def fire_limits(store: Store, until: datetime, tell: Tell) -> Fired:
    """Each limit that has run out by then: its owner is told. To be called every minute, on as
    many machines as one likes. A worker that dies after it has told will tell once more."""

    def act(stored: StoredCase, limit: LimitDue) -> Settled:
        for clock in running_out(stored, limit):
            tell(clock.deadline.owner, limit.case, limit.at)
        return settle(stored, limit)

    return fire(store.writing, until, act)


def trial() -> FastAPI:
    """To look at: `uvicorn --app-dir docs/examples --factory desk_fastapi:trial`."""
    users = {agency.id: agency.id for agency in LAW.in_force(date.today()).agencies}
    return desk(sqlite_store(Path("desk.db")), users, lambda: datetime.now(UTC))
