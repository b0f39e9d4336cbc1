"""What one agency is shown of a case, as plain data for any web page: what it may do, owes and
sees. All of it is said out of its view: two cases that it sees alike give it the same page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from ..definition import CallError, Language, Value
from ..definition.arguments import argument
from ..definition.phrasing import phrasing
from ..dossier import Dossier
from ..runtime import Case, Clock, Duty, View
from ..runtime.asking import Asking
from ..runtime.objections import held_up, objections
from ..runtime.sight import Sight, sight


def page(case: Case, view: View, lang: Language = "ja") -> dict[str, Any]:
    """The page of the agency whose view of this case that is: when the case is (`at`), what it
    `may` report, `owes`, and `sees`, at the moment of the view. CallError for a view of another
    case, of another law or of what was before."""
    argument("case", case, Case)
    argument("view", view, View)
    if view.case == case.id and view.at > case.at:
        case = case.advance(to=view.at)
    if (view.case, view.at, view.process) != (case.id, case.at, case.process):
        raise CallError("view_of_another", name="view")
    law, agency, said = view.process, view.agency, phrasing(lang)
    missed = (duty for duty in view.duties if duty.standing == "missed")
    limits: list[Clock | Duty] = [*view.deadlines, *missed]
    return {
        "at": str(case.at),
        "may": {id: said(law.event(id).label) for id in may(case, agency)},
        "owes": [
            {"what": said(limit.deadline.label), "until": str(limit.last or "")}
            for limit in limits
            if limit.deadline.owner == agency
        ],
        "sees": {
            "states": {m: said(law.machine(m).state(s).label) for m, s in view.states.items()},
            "facts": {id: _json(value) for id, value in view.facts.items()},
            "limits": {clock.deadline.id: str(clock.last or "") for clock in view.deadlines},
            "journal": [{"event": r.event, "by": r.by, "at": str(r.at)} for r in view.journal],
            "irregular": list(view.marked),
        },
    }


def _json(value: Value) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return str(value) if isinstance(value, date) else value


def own_entries(dossier: Dossier, agency: str) -> list[dict[str, Any]]:
    """The entries that the agency's office has recorded, and that stand."""
    argument("dossier", dossier, Dossier)
    argument("agency", agency, str)
    return [
        {"id": entry.id, "event": entry.event, "happened": str(entry.happened),
         "irregular": entry.irregular is not None}
        for entry in dossier.standing if entry.office == agency
    ]  # fmt: skip


def page_mark(told: Mapping[str, Any]) -> str:
    """Thirty-two letters that change when the page does, but for when it is: an `ETag`. Unlike the
    dossier's version it does not tell that somebody has recorded what this agency does not see."""
    argument("page", told, Mapping)
    rest = [(name, value) for name, value in told.items() if name != "at"]
    return sha256(repr(rest).encode(errors="surrogatepass")).hexdigest()[:32]


def may(case: Case, agency: str) -> tuple[str, ...]:
    """The events that the agency may report, as far as it can tell: those against which its own
    view proves nothing but that facts are lacking which are recorded with them. `case.possible`
    tells which of them may happen indeed, to the desk's owner; the others are refused when they
    are reported. UnknownId for an agency that the law does not know."""
    argument("case", case, Case)
    argument("agency", agency, str)
    asked, seen = Asking(case), sight(case, agency)
    return tuple(e.id for e in case.process.events if agency in e.by and _open(asked, e.id, seen))


def _open(asked: Asking, event: str, seen: Sight) -> bool:
    row = asked.row(event)
    if row.by_law or (held_up(asked, event) and _proved(asked, event, seen)):
        return False
    home = next(stand for stand in row.stands(asked.standing(event)) if stand.home)
    if home.machine not in seen.machines:
        return True
    against = home.against(asked.untold(row), asked.at, asked.case)
    return any(all(why.recordable for why, need in one if need <= seen.known) for one in against)


def _proved(asked: Asking, event: str, seen: Sight) -> bool:
    """Whether the agency knows by itself that time forbids it."""
    return any(seen.proves(event, found) for found in objections(asked, event))
