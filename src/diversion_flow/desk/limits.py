"""When somebody has to look at a kept case again, though nobody has reported anything."""

from __future__ import annotations

from datetime import datetime

from ..definition.arguments import argument
from ..runtime import Case


def next_limit(case: Case) -> datetime | None:
    """When the next of the case's limits lapses (JST), or the law changes under it, by which its
    limits may move; None where nothing is waited for."""
    argument("case", case, Case)
    ends = (clock.ends for clock in case.deadlines())
    later = [at for at in (*ends, case.law_changes) if at is not None and at > case.at]
    return min(later, default=None)
