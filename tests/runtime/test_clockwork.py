"""What a case carries of its clocks, against what its journal says."""

from __future__ import annotations

import random
from datetime import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from diversion_flow import Case, Process, processes
from diversion_flow.definition import Deadline, OnEvent, OnFact
from helpers.chance import led
from helpers.small import PROCESS

LAWS = (PROCESS, *(processes.in_force(name, on="2024-06-03") for name in processes.names()))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), law=st.sampled_from(LAWS))
def test_clocks_begin_when_the_journal_says(seed: int, law: Process) -> None:
    case = led(law, random.Random(seed))
    for clock in case.deadlines():
        if not isinstance(clock.deadline.start, OnFact):
            assert clock.started == begun(case, clock.deadline)


def begun(case: Case, deadline: Deadline) -> datetime:
    """Read off the journal, the latest entry first."""
    entries = list(reversed(case.journal))
    if isinstance(deadline.start, OnEvent):
        return next(entry.at for entry in entries if entry.event in deadline.start.events)
    for entry in entries:
        for moved in entry.moved:
            outside = moved.source not in deadline.states
            if moved.machine == deadline.machine and outside and moved.target in deadline.states:
                return entry.at
    return entries[-1].at
