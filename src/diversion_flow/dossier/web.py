"""For an app at the other end of a wire: what an event asks, as JSON Schema, and what was wrong,
as problem details (RFC 9457), in the caller's language."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from ..definition import (
    DiversionFlowError,
    Fact,
    Kind,
    Language,
    Process,
    Text,
)
from ..definition.arguments import argument
from ..definition.phrasing import phrasing
from ..runtime import Reason, Refused
from .dossier import Conflicting, Consequences
from .fold import EntryConflict

_URN: Final = "urn:diversion-flow:"  # the code behind it is a row of the table of sentences
# The same whenever one type of problem occurs, as RFC 9457 has it; the detail tells what it was.
_TITLES: Final = {
    400: Text("内容を読み取れません", "What was sent cannot be read"),
    401: Text("利用者を確認できません", "It is not known who is asking"),
    403: Text("この利用者には認められていません", "It is not for this user to do"),
    404: Text("該当するものがありません", "There is no such thing"),
    405: Text("この操作はできません", "That cannot be done here"),
    409: Text("法令又は記録に照らして受け付けられません", "The law or an entry is against it"),
    412: Text("見た後に変わっています", "It has changed since it was seen"),
    422: Text("内容に誤りがあります", "Something in what was sent is wrong"),
    428: Text("何を見たか(If-Match)が示されていません", "It is not said what was seen (If-Match)"),
    500: Text("ただいま処理できません", "It cannot be done now"),
}
_OWNERS: Final = (412, 500)  # how much is kept, and where, is the desk owner's to know


def json_schema(process: Process, event: str, lang: Language = "ja") -> dict[str, Any]:
    """JSON Schema (2020-12) of the facts that are recorded with an event: their types, bounds and
    labels. None is required: which are needed depends on the case (`case.explain`). A fact that is
    not known any more is recorded as null, for which the form has no place: to leave it empty by
    mistake would forget what is known.

    UnknownId for an event that there is not.
    """
    argument("process", process, Process)
    argument("event", event, str)
    asked, said = process.event(event), phrasing(lang)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": said(asked.label),
        "type": "object",
        "properties": {id: _fact(process.fact(id), lang) for id in asked.records},
        "additionalProperties": False,
    }


def _fact(fact: Fact, lang: Language) -> dict[str, Any]:
    said = phrasing(lang)
    told: dict[str, Any] = {"title": said(fact.label), **_form(fact, lang)}
    if fact.unit is not None:
        told["description"] = said(fact.unit)
    return told


def _form(fact: Fact, lang: Language) -> dict[str, Any]:
    if fact.choices:
        said = phrasing(lang)
        one = {"oneOf": [{"const": c.id, "title": said(c.label)} for c in fact.choices]}
        several = {"type": "array", "items": one, "uniqueItems": True}
        return several if fact.kind is Kind.CHOICES else one
    bounds = {"minimum": fact.minimum, "maximum": fact.maximum}
    return _TYPES[fact.kind] | {name: n for name, n in bounds.items() if n is not None}


_TYPES: Final[dict[Kind, dict[str, Any]]] = {
    Kind.BOOLEAN: {"type": "boolean"},
    Kind.INTEGER: {"type": "integer"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.DATETIME: {"type": "string", "format": "date-time"},
}


def problem(
    error: DiversionFlowError | int, lang: Language = "ja", *, to: str | None = None
) -> dict[str, Any]:
    """What was wrong, as problem details: `type`, `title`, `status`, `detail`; of a refusal its
    `reasons`, of entries that would not hold the `conflicts`. As its reporter may know it; no
    content of a case.

    Entries of several offices may conflict: `to` one of them only its own are told, and that
    there are `others`; of a store not why it cannot, nor how much it keeps. Without it, all is
    told, to the desk's owner. A status alone, of what the app or its framework refuses, is told by
    its title.
    """
    argument("error", error, DiversionFlowError, int)
    argument("to", to, str, type(None))
    if isinstance(error, int):
        return _alone(error, lang)
    others = False
    if isinstance(error, Conflicting) and to is not None:
        own = tuple(c for c in error.conflicts if to in (c.entry.by, c.entry.office))
        others = len(own) < len(error.conflicts)
        error = Conflicting(Consequences(own, None)) if own else _Elsewhere()
    told = _alone(error.status, lang)
    if to is not None and error.status in _OWNERS:
        return told
    told |= {"type": f"{_URN}{error.code}", "detail": error.text(lang)}
    if isinstance(error, Refused):
        told |= {"event": error.event, "reasons": _reasons(error.reasons, lang)}
    if isinstance(error, Conflicting):
        told["conflicts"] = [_conflict(conflict, lang) for conflict in error.conflicts]
    if others:
        told["others"] = True
    if error.field:
        told["field"] = error.field
    return told


def _alone(status: int, lang: Language) -> dict[str, Any]:
    """By its title; where we have none, by HTTP's own."""
    phrase = next((each.phrase for each in HTTPStatus if each == status), "")
    title = phrasing(lang)(_TITLES.get(status, Text(phrase, phrase)))
    return {"type": "about:blank", "title": title, "status": status}


class _Elsewhere(DiversionFlowError):
    """Only entries of other offices conflict: that is all that an office may know of them."""

    status = 409

    def __init__(self) -> None:
        super().__init__("dossier_conflicts_elsewhere")


def _reasons(reasons: tuple[Reason, ...], lang: Language) -> list[dict[str, Any]]:
    return [
        {
            "code": reason.code.value,
            "text": reason.text(lang),
            "facts": list(reason.facts),
            "agencies": list(reason.agencies),
        }
        for reason in reasons
    ]


def _conflict(conflict: EntryConflict, lang: Language) -> dict[str, Any]:
    return {
        "entry": conflict.id,
        "type": f"{_URN}{conflict.why.code}",
        "detail": conflict.text(lang),
        "reasons": _reasons(conflict.reasons, lang),
    }
