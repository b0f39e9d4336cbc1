"""A clock that a test sets by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

from attrs import define, field

from ..definition import CallError
from ..definition.arguments import argument
from ..definition.moments import Moment, moment
from ..scenarios.moments import later


@define
class StoppedClock:
    """The time in a test (JST). It stands still until the test moves it on."""

    now: datetime = field(converter=moment)

    def forward(self, *, days: int = 0, hours: int = 0, minutes: int = 0) -> datetime:
        """Let time pass; what time it is then."""
        for name, amount in (("days", days), ("hours", hours), ("minutes", minutes)):
            argument(name, amount, int)
            if not 0 <= amount <= _MOST:
                raise CallError("clock_amount", most=_MOST)
        return self.set(later(self.now, timedelta(days=days, hours=hours, minutes=minutes)))

    def set(self, at: Moment) -> datetime:
        """Go to a moment; what time it is then."""
        then = moment(at)
        if then < self.now:
            raise CallError("clock_back", now=self.now)
        self.now = then
        return self.now


_MOST = 99_999  # days, hours or minutes at once: more than any case lasts
