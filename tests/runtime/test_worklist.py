"""What every agency may report, in one call."""

from __future__ import annotations

import pickle
import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import Process, processes
from helpers.amounts import examples
from helpers.chance import led
from helpers.small import PROCESS

AT = "2024-06-03T10:00"
LAW = processes.in_force("entry_support", on="2024-06-03")


def test_enabled_and_possible_for_all_agencies() -> None:
    work = PROCESS.open(at=AT).worklist()
    assert {agency: tuple(w) for agency, w in work.items()} == {
        "worker": ((), ("helped", "consented")), "partner": ((), ()),
    }  # fmt: skip


def test_a_worklist_is_the_caller_s_own_and_can_be_sent() -> None:
    case = PROCESS.open(at=AT)
    work = dict(case.worklist())
    assert pickle.loads(pickle.dumps(case.worklist())) == work
    case.worklist().clear()  # type: ignore[attr-defined]
    assert case.worklist() == work


@examples(10)
@given(seed=st.integers(0, 2**32))
def test_the_worklist_says_what_each_agency_is_told_alone(seed: int) -> None:
    case = led(LAW, random.Random(seed))
    work = case.worklist()
    assert set(work) == {agency.id for agency in LAW.agencies}
    for agency, (enabled, possible) in work.items():
        assert enabled == case.enabled(agency)
        assert possible == case.possible(agency)
    assert set(case.possible()) == {e for w in work.values() for e in w.possible}
    assert set(case.enabled()) == {e for w in work.values() for e in w.enabled}


@examples(30)
@given(seed=st.integers(0, 2**32), law=st.sampled_from((PROCESS, LAW)))
def test_what_is_possible_is_what_the_whole_explanation_calls_so(seed: int, law: Process) -> None:
    rnd = random.Random(seed)
    case = led(law, rnd, most=12)
    at = case.at + timedelta(hours=rnd.choice([0, 0, 1, 49, 24 * 300]))
    able = set(case.possible(at=at))
    told = {
        event.id
        for event in law.events
        if event.by and case.explain(event.id, by=event.by[0], at=at, whole=True).possible
    }
    assert able == told
