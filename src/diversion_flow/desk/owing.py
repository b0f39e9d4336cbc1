"""What an office has to do soon, over all cases that a store keeps."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from ..definition import DiversionFlowError, UnknownId
from ..definition.arguments import argument
from ..definition.moments import Moment, moment
from ..dossier.law import Laws
from ..runtime import Case, Clock
from ..runtime.lapsing import reached
from ..store import LimitDue, Store
from .keeping import read_dossier


@frozen
class Owed:
    """A limit that is running in a case, by whose end its owner has to have acted."""

    case: str = field(repr=False)
    limit: Clock


@frozen
class Owing:
    """What an office owes, the first to run out first. `failed` are the cases that could not be
    read, each with the error that came up: for the desk's owner, not for the office."""

    limits: tuple[Owed, ...]
    failed: tuple[tuple[LimitDue, DiversionFlowError], ...] = field(repr=False)


def owed(store: Store, agency: str, *, at: Moment, until: Moment, law: Laws = None) -> Owing:
    """The limits of this agency that run now, at `at`, and are over by `until`, in all kept cases,
    as far as it sees them. Found by what is noted of each case's next limit: other cases are not
    read. `law` as in `read_dossier`.

    A case that cannot be read, or whose entries hold no more, keeps nobody from the others: it is
    told in `failed`. An agency owes nothing under a law that does not know it.

    Raises:
        UnknownId: none of the laws of these cases knows the agency.
        StoreRefused: the disk or the server said no before a case was found.
    """
    argument("store", store, Store)
    argument("agency", agency, str)
    now, end = moment(at, "at"), moment(until, "until")
    found: list[Owed] = []
    failed: list[tuple[LimitDue, DiversionFlowError]] = []
    unknown: list[UnknownId] = []
    known = False
    for due in store.due(end):
        try:
            case = read_dossier(store, due.case, law=law).case
            case = reached(case, max(now, case.at))
        except DiversionFlowError as error:
            failed.append((due, error))
            continue
        try:
            found += [
                Owed(due.case, clock) for clock in _running(case, agency) if clock.passed(end)
            ]
            known = True
        except UnknownId as error:
            unknown.append(error)
    if unknown and not known:
        raise unknown[0]
    return Owing(tuple(sorted(found, key=_order)), tuple(failed))


def _order(owed: Owed) -> tuple[str, str]:
    return str(owed.limit.last), owed.case


def _running(case: Case, agency: str) -> Iterator[Clock]:
    clocks = case.view(agency).deadlines
    return (c for c in clocks if c.deadline.owner == agency and not c.passed(case.at))
