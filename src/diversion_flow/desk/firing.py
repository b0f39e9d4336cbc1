"""What becomes of a kept case when its limit lapses."""

from __future__ import annotations

from datetime import datetime

from ..definition.arguments import argument
from ..dossier.law import Laws
from ..runtime import Clock
from ..runtime.lapsing import over, reached
from ..store import LimitDue, Settled, StoredCase
from .keeping import dossier_of
from .limits import next_limit


def running_out(stored: StoredCase, limit: LimitDue, *, law: Laws = None) -> tuple[Clock, ...]:
    """The case's limits that are over with this one, whose owners are to be told; none where what
    was waited for is a change of law.

    `law` as in `read_dossier`. Raises what `read_dossier` and `case.advance` raise.
    """
    argument("limit", limit, LimitDue)
    case, before = dossier_of(stored, limit.case, law=law).case, limit.at - datetime.resolution
    if before >= case.at:  # else it was over as soon as it was recorded
        case = reached(case, before)
    lapsing = {*over(case, case.at)}
    return tuple(c for c in case.deadlines() if c.ends == limit.at or c in lapsing)


def settle(stored: StoredCase, limit: LimitDue, *, law: Laws = None) -> Settled:
    """What becomes of a limit that ran out, for `store.fire`: no entry, since what happens by
    operation of law is worked out each time, and the limit that is the next from then on.

    `law` as in `read_dossier`. Raises what `read_dossier` and `case.advance` raise.
    """
    argument("limit", limit, LimitDue)
    case = dossier_of(stored, limit.case, law=law).case
    return Settled(due=next_limit(reached(case, limit.at)))
