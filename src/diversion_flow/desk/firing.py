"""What becomes of a kept case when its limit lapses."""

from __future__ import annotations

from ..definition.arguments import argument
from ..store import LimitDue, Settled, StoredCase
from .keeping import dossier_of
from .limits import next_limit


def settle(stored: StoredCase, limit: LimitDue) -> Settled:
    """What becomes of a limit that ran out, for `store.fire`: no entry, since what happens by
    operation of law is worked out each time, and the limit that is the next from then on.

    Raises what `read_dossier` and `case.advance` raise.
    """
    argument("limit", limit, LimitDue)
    case = dossier_of(stored, limit.case).case
    return Settled(due=next_limit(case.advance(to=limit.at)))
