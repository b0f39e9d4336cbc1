"""A clock that a test sets by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from attrs import define, field

from ..runtime.calendar import moment


@define
class StoppedClock:
    """The time in a test (JST). It stands still until the test moves it on."""

    now: datetime = field(converter=moment)

    def forward(self, *, days: int = 0, hours: int = 0, minutes: int = 0) -> datetime:
        """Let time pass; what time it is then."""
        if min(days, hours, minutes) < 0:
            raise ValueError("time does not go back: give days, hours and minutes of 0 or more")
        self.now += timedelta(days=days, hours=hours, minutes=minutes)
        return self.now

    def set(self, at: str | date | datetime) -> datetime:
        """Go to a moment; what time it is then."""
        then = moment(at)
        if then < self.now:
            raise ValueError(f"time does not go back: it is {self.now} already")
        self.now = then
        return self.now
