"""When somebody has to look at a kept case again, though nobody has reported anything."""

from __future__ import annotations

from datetime import datetime

from ..definition.arguments import argument
from ..runtime import Case
from ..runtime.clocks import none_lapsed


def next_limit(case: Case) -> datetime | None:
    """When the next of the case's limits lapses (JST), or the law changes under it, by which its
    limits may move; None where nothing is waited for. It is the case's own moment where a limit is
    over already at whose end something happens by operation of law; a limit at whose end nothing
    happens by itself is told to whoever records that late, and waited for no more."""
    argument("case", case, Case)
    if not none_lapsed(case, case.at):
        return case.at
    ends = (clock.ends for clock in case.deadlines())
    later = [at for at in (*ends, case.law_changes) if at is not None and at > case.at]
    return min(later, default=None)
