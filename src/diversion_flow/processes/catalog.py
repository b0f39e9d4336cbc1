"""Which definition is the law on a given day, and at a given place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from attrs import evolve

from ..definition import (
    KEPT,
    LANGUAGES,
    CallError,
    DefinitionError,
    History,
    LawGap,
    Process,
    Text,
    UnknownId,
    Variant,
)
from ..definition.arguments import argument
from ..definition.bare import bare
from ..definition.moments import Moment, day_of
from ..definition.trust import trusted

if TYPE_CHECKING:
    from ..definition import Property

# Modules of each process, the oldest law first: the first holds the process as it was then
# (PROCESS), each later one what its amendment changed (AMENDMENT). Read only when asked for.
_HISTORY: dict[str, tuple[str, ...]] = {
    "entry_support": (
        "entry_support.since_2008_06_01",
        "entry_support.since_2013_10_01",
        "entry_support.since_2015_04_01",
        "entry_support.since_2021_04_01",
        "entry_support.since_2023_12_01",
        "entry_support.since_2025_06_01",
    ),
    "special_coordination": ("special_coordination.since_2009_04_01",),
}
_INVARIANTS = ("entry_support", "special_coordination")
_PLACES: dict[str, str] = {"entry_support": "entry_support.places"}
_DRAFTS: dict[str, str] = {"entry_support": "entry_support.drafts"}

# Drafts, each with the day from which it is taken for the law.
Assumed = tuple[tuple[str, date], ...]


def names() -> tuple[str, ...]:
    """The shipped processes."""
    return tuple(_HISTORY)


def amendments(name: str) -> tuple[Variant, ...]:
    """What each amendment changed, the oldest first; UnknownId for another name."""
    return tuple(_module(part).AMENDMENT for part in _known(name)[1:])


def versions(name: str) -> tuple[Process, ...]:
    """Every shipped version of a process, the oldest first; UnknownId for another name.

    Each is the one before it with an amendment applied, and is the law until the next begins.
    """
    _known(name)
    return _versions(name)


def drafts(name: str) -> tuple[Variant, ...]:
    """Amendments that are passed or proposed and whose day is not known: law only where
    `in_force` or `history` is told to assume a day."""
    _known(name)
    return _module(_DRAFTS[name]).DRAFTS if name in _DRAFTS else ()


@cache
def _amending(name: str, assumed: Assumed) -> tuple[Variant, ...]:
    """What each amendment changed, with the drafts that are taken for law."""
    known = {draft.id: draft for draft in drafts(name)}
    enacted = (_enacted(known[id], day) for id, day in assumed)
    return (*amendments(name), *enacted)


def _enacted(draft: Variant, day: date) -> Variant:
    """The draft as law of a day of which its name says, wherever it is told, that it is assumed."""
    label = Text(*(_ASSUMED.in_(lang).format(draft.label.in_(lang)) for lang in LANGUAGES))
    return evolve(draft, since=day, label=label)


_ASSUMED = Text("{0}〔施行日は仮定〕", "{0} [day assumed]")


def _versions(name: str, assumed: Assumed = ()) -> tuple[Process, ...]:
    return tuple(_version(name, n, assumed) for n in range(len(_amending(name, assumed)) + 1))


@cache
def _version(name: str, number: int, assumed: Assumed = ()) -> Process:
    """A version, made when it is first asked for; it ends where the next begins."""
    law, later = _written(name, number, assumed), _amending(name, assumed)[number:]
    ended = _spanning(law, law.since, _eve(later[0])) if later else law
    return _shipped(ended, name, ended.since, None, assumed)


@cache
def _written(name: str, number: int, assumed: Assumed) -> Process:
    """A version as if there were none after it."""
    if number == 0:
        first: Process = _module(_known(name)[0]).PROCESS
        return first
    amendment, before = _amending(name, assumed)[number - 1], _written(name, number - 1, assumed)
    return amendment.apply(before) if assumed else _made(amendment, before)


@trusted()
def _made(variant: Variant, law: Process) -> Process:
    """What is shipped, put on what is shipped: the tests have looked at each (a draft from a day
    of the caller's choice is looked at here)."""
    return variant.apply(law)


@trusted()
def _spanning(law: Process, since: date | None, until: date | None) -> Process:
    return evolve(law, since=since, until=until)


def _assumed(name: str, assume: Mapping[str, Moment] | None) -> Assumed:
    """The drafts taken for law, the first first; UnknownId for one that is not shipped."""
    argument("assume", assume, Mapping, type(None))
    known = {draft.id: draft for draft in drafts(name)}
    for id in assume or ():
        if id not in known:
            raise UnknownId("draft", id, known)
    days = {bare(id): day_of(day, "assume") for id, day in (assume or {}).items()}
    for id, day in days.items():
        first, last = _module(_DRAFTS[name]).MAY_BEGIN[id]
        if not first <= day <= last:
            raise CallError("draft_day", id=id, day=day, first=first, last=last)
    return tuple(sorted(days.items(), key=lambda taken: taken[::-1]))


def variants(name: str) -> tuple[Variant, ...]:
    """The shipped variants of places and models, in the order of their documentation."""
    _known(name)
    return _module(_PLACES[name]).VARIANTS if name in _PLACES else ()


def places(name: str) -> tuple[str, ...]:
    """The places and models of which a variant is shipped."""
    return tuple(_of_places(name))


def _of_places(name: str) -> dict[str, Variant]:
    return {v.place: v for v in variants(name) if v.place}


def variant(name: str, place: str, *, on: Moment) -> Variant:
    """The variant of a place that applies on that day; UnknownId for a place without one,
    LawGap for a day on which the place had no rule of its own yet."""
    argument("place", place, str)
    day = day_of(on)
    known = [v for v in variants(name) if v.place == place]
    if not known:
        raise UnknownId("place", place, _of_places(name))
    for found in known:
        if found.applies(day):
            return found
    raise LawGap("law_gap_place", place=place, name=name, day=day, shipped=_spans(known, day))


def invariants(law: Process) -> tuple[Property, ...]:
    """What a law means to keep to whatever happens, as far as it has the parts of which that
    speaks: of a shipped law, also with a place's rules or a variant of one's own put on it."""
    from ..definition.property import fitted

    argument("law", law, Process)
    shipped = _module(f"{law.id}.invariants").invariants(law) if law.id in _INVARIANTS else ()
    found = (fitted(law, asked) for asked in shipped if asked.asked_of(law))
    return tuple(asked for asked in found if asked is not None)


def get(name: str, *, version: str | None = None) -> Process:
    """A shipped version of a process, by what it calls its version; the latest unless one is
    named."""
    argument("version", version, str, type(None))
    if version is None:
        return _version(name, len(_known(name)) - 1)
    shipped = {process.version: process for process in versions(name)}
    if version not in shipped:
        raise UnknownId("version", version, shipped)
    return shipped[version]


@cache
def _at(name: str, version: int, place: str, on: date, assumed: Assumed) -> Process:
    own, law = variant(name, place, on=on), _version(name, version, assumed)
    law = own.apply(law) if assumed else _made(own, law)
    return _shipped(law, name, on, place, assumed)


def in_force(
    name: str,
    *,
    on: Moment,
    place: str | None = None,
    assume: Mapping[str, Moment] | None = None,
) -> Process:
    """The version that is the law on that day (JST), with the place's own rules if one is
    named. `assume` takes drafts for the law from a day on: id (see `drafts`) → that day.

    LawGap where none is shipped, UnknownId for an unknown name, place or draft, CallError for a
    draft assumed before its promulgation, or after the last day that it leaves open.
    """
    _known(name)
    return _in_force(name, day_of(on), place, _assumed(name, assume))


def _in_force(name: str, day: date, place: str | None, assumed: Assumed) -> Process:
    begun = _begun(name, assumed)
    number = max((n for n, since in enumerate(begun) if since <= day), default=0)
    process = _version(name, number, assumed)
    if day < begun[0] or (process.until or day) < day:
        shipped = _spans(_versions(name, assumed), day)
        raise LawGap("law_gap_name", name=name, day=day, shipped=shipped)
    return process if place is None else _placed(name, number, place, day, assumed)


def _begun(name: str, assumed: Assumed) -> tuple[date, ...]:
    """The first day of each version, the oldest first."""
    amending = _amending(name, assumed)
    days = (_written(name, 0, ()).since, *(amendment.since for amendment in amending))
    return tuple(day or date.min for day in days)


def history(
    name: str, place: str | None = None, *, assume: Mapping[str, Moment] | None = None
) -> History:
    """The versions of a process, with what becomes of cases under way on each day of change: of
    the nation, or of a place from the first day on which it has rules of its own; with the drafts
    that are taken for law, as `in_force` takes them.

    A transitional provision that was read stands in the amendment's module (TRANSITION); where
    none was read, the new law applies and states are kept, and the rule's note says so.
    """
    _known(name)
    argument("place", place, str, type(None))
    return _history(name, place, _assumed(name, assume))


@cache
def _history(name: str, place: str | None, assumed: Assumed = ()) -> History:
    laws = _versions(name, assumed) if place is None else _local(name, place, assumed)
    rules = {
        _module(part).AMENDMENT.since: getattr(_module(part), "TRANSITION", (KEPT,))
        for part in _known(name)[1:]
    }
    with trusted():
        found = History(laws, tuple(rules.get(law.since, (KEPT,)) for law in laws[1:]))
    found.__dict__["_shipped"] = (_history, (name, place, assumed))
    return found


def _local(name: str, place: str, assumed: Assumed) -> tuple[Process, ...]:
    """The law of a place, each value from the first day on which it is the law."""
    own = [v for v in variants(name) if v.place == place]
    if not own:
        raise UnknownId("place", place, _of_places(name))
    spans: list[Process | Variant] = [*_versions(name, assumed), *own]
    after = [v.until + timedelta(days=1) for v in own if v.until]
    days = sorted({*(v.since for v in spans if v.since), *after})
    days = [day for day in days if any(v.applies(day) for v in own)]
    laws = [_in_force(name, day, place, assumed) for day in days]
    ends = [day - timedelta(days=1) for day in days[1:]]
    found: list[Process] = []
    for law, day, end in zip(laws, days, (*ends, laws[-1].until), strict=True):
        whole = (law.since, law.until) == (day, end)
        found.append(law if whole else _spanning(law, day, end))
    return tuple(found)


def _shipped(
    law: Process, name: str, on: date | None, place: str | None, assumed: Assumed
) -> Process:
    """The law, pickled by its name from now on: what is kept with a case stays small, and is the
    very law that is shipped."""
    if on is not None:
        law.__dict__["_shipped"] = lambda: (
            _named, (*map(bare, (name, on, place)), law.version, _digest(law), assumed)
        )  # fmt: skip
    return law


def _digest(law: Process) -> str:
    from ..definition.files.serial import digest  # the files are opened when one is asked for

    return digest(law)


def _named(
    name: str, on: date, place: str | None, version: str, kept: str, assumed: Assumed = ()
) -> Process:
    """The shipped law of that name; DefinitionError where another is shipped by now."""
    law = _in_force(name, on, place, assumed)
    if (law.version, _digest(law)) != (version, kept):
        raise DefinitionError("law_another", name=name, version=version, digest=kept)
    return law


def _spans(shipped: Iterable[Process | Variant], day: date) -> tuple[Text, ...]:
    """The periods for which something is shipped, without a gap in them, the nearest to the day
    first."""
    spans = list[tuple[date, date]]()
    for since, until in sorted((s.since or date.min, s.until or date.max) for s in shipped):
        if spans and since.toordinal() <= spans[-1][1].toordinal() + 1:
            since, until = spans[-1][0], max(until, spans.pop()[1])
        spans.append((since, until))
    near = sorted(spans, key=lambda span: max(span[0] - day, day - span[1]))
    return tuple(_span(*span) for span in near[:_NEAREST])


def _span(since: date, until: date) -> Text:
    if until == date.max:
        return Text(f"{since}以後", f"{since} on")
    return Text(f"{since}から{until}まで", f"{since} to {until}")


_NEAREST = 3


def _placed(name: str, version: int, place: str, day: date, assumed: Assumed) -> Process:
    """One value for each version of the law and variant: the day stands for its period."""
    since = variant(name, place, on=day).since
    start = _version(name, version, assumed).since
    first = max((d for d in (since, start) if d), default=day)
    return _at(name, version, place, first, assumed)


def _eve(amendment: Variant) -> date | None:
    return amendment.since - timedelta(days=1) if amendment.since else None


def _known(name: str) -> tuple[str, ...]:
    argument("name", name, str)
    if name not in _HISTORY:
        raise UnknownId("process", name, _HISTORY)
    return _HISTORY[name]


@trusted()
def _module(part: str) -> ModuleType:
    return import_module(f".{part}", __package__)
