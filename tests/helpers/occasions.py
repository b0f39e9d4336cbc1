"""The small process with visits, of which each is asked for anew."""

from __future__ import annotations

from typing import Any

from attrs import evolve

from diversion_flow import Process
from diversion_flow.definition import Event, Fact, Kind, Text, holds
from helpers.small import CONSENT, LAW, MAIN, PROCESS, T, transition

VISITED = Event(
    "visited", Text("面会", "visit"), "main", ("worker", "partner"), ("content", "days"), LAW,
    unseen_by=("partner",), outdates=("content",),
)  # fmt: skip
# It makes unknown what only another event tells.
CLEARED = Event("cleared", T, "main", ("worker",), (), LAW, outdates=("content", "days"))


def law(**changes: Any) -> Process:
    """The small process, in which the person is visited while helped; each visit asks anew."""
    rules = (
        transition("visit", "visited", "helped", "helped", holds("content")),
        transition("clear", "cleared", "helped", "helped"),
    )
    return evolve(
        PROCESS,
        **{
            "facts": (*PROCESS.facts, Fact("days", T, Kind.INTEGER, "worker", ("worker",),
                                           minimum=0, maximum=30)),
            "events": (*PROCESS.events, VISITED, CLEARED),
            "machines": (evolve(MAIN, transitions=(*MAIN.transitions, *rules)), CONSENT),
        } | changes,
    )  # fmt: skip
