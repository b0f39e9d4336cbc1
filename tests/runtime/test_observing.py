"""Watching steps from outside: every attempt is told, and nothing is changed by watching."""

from __future__ import annotations

import pytest

from diversion_flow import Case, Refused
from diversion_flow.runtime.observing import Attempted, observing
from helpers.small import PROCESS

AT = "2024-06-03T10:00"


def course() -> Case:
    case = PROCESS.open(at=AT, facts={"age": 70}).step("helped", by="worker", at="2024-06-04")
    with pytest.raises(Refused):
        case.step("finished", by="worker", at="2024-06-05")
    return case.advance(to="2024-07-01")


def test_every_step_is_told_while_it_is_watched_and_none_after() -> None:
    seen: list[Attempted] = []
    unwatched = course()
    with observing(seen.append):
        watched = course()
    course()
    assert watched == unwatched
    assert [(a.event, a.by, a.after is not None) for a in seen] == [
        ("helped", "worker", True), ("finished", "worker", False), ("lapsed", "worker", True),
    ]  # fmt: skip
    assert seen[0].asked.case.journal == watched.journal[:1]
    assert seen[1].asked.at.isoformat() == "2024-06-05T00:00:00+09:00"


def test_two_may_watch_at_once() -> None:
    outer: list[Attempted] = []
    inner: list[Attempted] = []
    with observing(outer.append), observing(inner.append):
        course()
    assert len(outer) == len(inner) == 3
