"""What an office has to do soon, over all cases that a store keeps."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import field, frozen

from ..definition.arguments import argument
from ..definition.moments import Moment, moment
from ..runtime import Clock
from ..store import Store
from .keeping import read_dossier


@frozen
class Owed:
    """A limit that is running in a case, by whose end its owner has to have acted."""

    case: str = field(repr=False)
    limit: Clock


def owed(store: Store, agency: str, *, at: Moment, until: Moment) -> tuple[Owed, ...]:
    """The limits of this agency that run now, at `at`, and are over by `until`, in all kept cases,
    as far as it sees them; the first to run out first. Found by what is noted of each case's
    next limit: other cases are not read.

    Raises what `read_dossier` and `case.advance` raise, and UnknownId for an agency that the law
    of one of the cases does not know.
    """
    argument("store", store, Store)
    found = [
        Owed(due.case, clock)
        for due in store.due(moment(until, "until"))
        for clock in _running(store, due.case, agency, at)
        if clock.passed(until)
    ]
    return tuple(sorted(found, key=lambda owed: (str(owed.limit.last), owed.case)))


def _running(store: Store, id: str, agency: str, at: Moment) -> Iterator[Clock]:
    case = read_dossier(store, id).case
    view = case.advance(to=max(moment(at), case.at)).view(agency)
    yield from (c for c in view.deadlines if c.deadline.owner == agency and not c.passed(at))
