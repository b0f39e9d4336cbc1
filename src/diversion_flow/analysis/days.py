"""On which days a rule is law, asked like any other of its conditions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from ..definition import Guard, Language, Process, Text, Transition
from ..definition.frozen import frozen
from ..definition.guard import ALWAYS, every
from ..definition.phrasing import phrasing
from ..definition.wording import guard_text
from ..runtime.clause import law_begins, period

_DAY = timedelta(days=1)
Days = tuple[date, date]  # the first and the last of some


@frozen(cache_hash=True)
class InForce(Guard):
    """The step happens on one of these days. Nobody writes it into a rule: its grounds say since
    when and until when it is law."""

    first: date
    last: date

    def on(self, day: date) -> bool:
        """Whether the rule is law on that day."""
        return self.first <= day <= self.last


def while_law(process: Process, rule: Transition) -> Guard:
    """That the rule is law on the day of the step."""
    since, until = period(process, rule)
    asks = since is not None or until is not None
    return InForce(since or date.min, until or date.max) if asks else ALWAYS


def spans(asked: Iterable[InForce]) -> list[Days]:
    """All days, parted where something begins to be law or ceases to be."""
    first = law_begins((each.first, each.last) for each in asked)
    return list(zip(first, [*(day - _DAY for day in first[1:]), date.max], strict=True))


def days_text(first: date, last: date, lang: Language) -> str:
    """The days from one to the other: `from 2024-04-01`."""
    form = _UNTIL if first == date.min else _SINCE if last == date.max else _WITHIN
    return phrasing(lang)(form).format(first=first, last=last)


def asked_text(process: Process, guard: Guard, lang: Language) -> str:
    """What a rule asks, the days on which it is law among it."""
    parts = guard.parts() or (guard,)
    dated = [part for part in parts if isinstance(part, InForce)]
    if not dated:
        return guard_text(process, guard, lang)
    other = every(*(part for part in parts if part not in dated))
    said = [] if other == ALWAYS else [guard_text(process, other, lang)]
    days = (phrasing(lang)(_LAW, days_text(d.first, d.last, lang)) for d in dated)
    return phrasing(lang).both([*said, *days])


_UNTIL, _SINCE = Text("{last}まで", "until {last}"), Text("{first}から", "from {first}")
_WITHIN = Text("{first}から{last}まで", "from {first} to {last}")
_LAW = Text("効力のある日(規則の根拠): {0}", "in force by its grounds: {0}")
