"""A case on the road: which acts are done and when, where it stands, which other way it took, and
how much of its record this sheet does not show."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from ...definition import Language, Text
from ...definition.phrasing import phrasing
from ...definition.wording import still_text
from ...runtime import Case, Clock
from .case_shown import CaseShown, whole
from .road import HoldShown, RoadShown

_NOW = Text("{0}現在", "as of {0}")
_UNTIL = Text("→ {0}まで", "→ until {0}")
_OVER = Text("→ {0}を過ぎた", "→ passed on {0}")
_SHOWN = Text(
    "この事件の記録{0}件のうち{1}件がこの図にあります。",
    "{1} of the {0} entries of this case are on this sheet.",
)
_OTHER = Text("この事件は別の道をとりました: {0}。", "This case took another way: {0}.")


def with_case(shown: RoadShown, case: Case) -> RoadShown:
    """The sheet with the case on it, as the owner of the desk sees it."""
    seen, said = whole(case), phrasing(shown.lang)
    first: dict[str, str] = {}
    for entry in case.journal:
        first.setdefault(entry.event, said.day(entry.at.date()))
    dated = [next((first[e] for e in act.events if e in first), "") for act in shown.acts]
    last = max((n for n, day in enumerate(dated) if day), default=-1)
    here = next((n for n, act in enumerate(shown.acts) if n > last and act.number), -1)
    fired = {f"{moved.machine}.{moved.transition}" for e in case.journal for moved in e.moved}
    return evolve(
        shown,
        acts=tuple(
            evolve(act, done=day, now=n == here)
            for n, (act, day) in enumerate(zip(shown.acts, dated, strict=True))
        ),
        holds=tuple(_hold(hold, seen, case, shown.lang) for hold in shown.holds),
        flags=tuple(
            evolve(flag, taken=not fired.isdisjoint(flag.transitions)) for flag in shown.flags
        ),
        corner=(*shown.corner, said(_NOW, f"{case.at:%Y-%m-%d %H:%M}")),
        case=tuple(_lines(shown, case, fired)),
    )


def _hold(hold: HoldShown, seen: CaseShown, case: Case, lang: Language) -> HoldShown:
    """The piece of the spine, with until when its limits run if the person is in it."""
    machine = hold.states[0].partition(".")[0]
    if f"{machine}.{seen.states.get(machine)}" not in hold.states:
        return hold
    running = [clock for clock in seen.running if clock.deadline.id in hold.limits]
    ends = (_end(clock, case, lang) for clock in running)
    return evolve(hold, now=True, clocks=(*hold.clocks, *ends))


def _end(clock: Clock, case: Case, lang: Language) -> str:
    if clock.last is None:
        return still_text(clock.left, clock.renewals, lang)
    form = _OVER if clock.passed(case.at) else _UNTIL
    return phrasing(lang)(form, f"{clock.last:%Y-%m-%d %H:%M}")


def _lines(shown: RoadShown, case: Case, fired: set[str]) -> Iterator[str]:
    """How much of the case is here, and where the rest of it is told."""
    said = phrasing(shown.lang)
    here = {event for act in shown.acts for event in act.events}
    entries = [entry.event for entry in case.journal]
    yield said(_SHOWN, len(entries), sum(event in here for event in entries))
    sheets = [f.sheet for f in shown.flags if f.sheet and not fired.isdisjoint(f.transitions)]
    if sheets:
        yield said(_OTHER, said.join(dict.fromkeys(sheets)))
