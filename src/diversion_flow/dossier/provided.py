"""Who was provided with what, as a dossier tells it: also what was provided before an entry was
corrected or withdrawn, for what somebody was told is not untold by that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby, takewhile

from attrs import evolve, frozen

from ..definition.arguments import argument
from ..definition.moments import Moment, moment
from ..runtime import Case, Provision, Record
from ..runtime.journal import record
from ..runtime.lapsing import reached
from .dossier import Dossier


@frozen
class Provided:
    """What one agency came to know by one step: of which `event`, reported `by` whom (nobody,
    where it happened by operation of law), when it happened, and when the desk knew of it (JST).
    `stands`: the entries still tell it; else it was corrected or withdrawn since."""

    provision: Provision
    event: str
    by: str
    at: datetime
    known: datetime
    stands: bool = True


def provided(dossier: Dossier, *, at: Moment | None = None) -> tuple[Provided, ...]:
    """All that was made visible to an agency that did not report it, in the order in which it
    happened, as it was known after each recording; `at` is now, up to which the law may have let
    something happen by itself.

    Raises what `case.advance` raises.
    """
    argument("dossier", dossier, Dossier)
    now = None if at is None else moment(at)
    found: dict[object, Provided] = {}
    known: dict[int, Case] = {}  # what went before a case that was met was met with it
    cases = list(_cases(dossier, now))
    for case, since in cases:
        for then in takewhile(lambda then: id(then) not in known, case.snapshots()):
            known[id(then)] = then
            for key, row in _rows(record(then), since):
                found.setdefault(key, row)
    now_told = (record(then) for case, _ in cases[-1:] for then in case.snapshots())
    last = {key for told in now_told for key, _ in _rows(told, told.at)}
    rows = (row if key in last else evolve(row, stands=False) for key, row in found.items())
    return tuple(sorted(rows, key=lambda row: (row.at, row.known, row.provision.to)))


def _cases(dossier: Dossier, now: datetime | None) -> Iterator[tuple[Case, datetime]]:
    """The case as it was known after each recording, taken on to the next or to now; and since
    when."""
    stamps = [stamp for stamp, _ in groupby(entry.recorded for entry in dossier.entries)]
    for stamp, until in zip(stamps, (*stamps[1:], now), strict=True):
        case = dossier.known(on=stamp)._fold.case
        if case is not None:
            yield (case if until is None else reached(case, max(until, case.at))), stamp


def _rows(entry: Record, since: datetime) -> Iterator[tuple[object, Provided]]:
    for given in entry.provided:
        row = Provided(given, entry.event, entry.by, entry.at, max(since, entry.at))
        yield (given, entry.event, entry.by, entry.at), row
