"""What becomes of a kept case when its limit lapses."""

from __future__ import annotations

from ..definition.arguments import argument
from ..dossier.law import Laws
from ..runtime.lapsing import reached
from ..store import LimitDue, Settled, StoredCase
from .keeping import dossier_of
from .limits import next_limit


def settle(stored: StoredCase, limit: LimitDue, *, law: Laws = None) -> Settled:
    """What becomes of a limit that ran out, for `store.fire`: no entry, since what happens by
    operation of law is worked out each time, and the limit that is the next from then on.

    `law` as in `read_dossier`. Raises what `read_dossier` and `case.advance` raise.
    """
    argument("limit", limit, LimitDue)
    case = dossier_of(stored, limit.case, law=law).case
    return Settled(due=next_limit(reached(case, limit.at)))
