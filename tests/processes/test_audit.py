"""The audit of the law of November 2026, row by row: what was encoded wrongly is refused or
rightly led, under every version that it concerns.

Times are told as "day hour": day 0 is the first Monday on which the version is the law.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from diversion_flow import Case, Process, processes

VERSIONS = processes.versions("entry_support")
LATER = [law for law in VERSIONS if "adjustment" in law.by_id["machine"]]
CENTER = [law for law in VERSIONS if "support" in law.by_id["machine"]]
ACT = [law for law in VERSIONS if "prosecutor_opinion" in law.by_id["event"]]
TODAY = VERSIONS[-1]


def _laws(laws: list[Process] | tuple[Process, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("law", laws, ids=lambda law: law.version)


every_law = _laws(VERSIONS)
laws_with_the_center = _laws(CENTER)
laws_under_the_act = _laws(ACT)


def day(law: Process, number: int) -> date:
    """The day with that number."""
    first = law.since or date(2008, 6, 1)
    return first + timedelta(days=-first.weekday() % 7 + number)


def at(law: Process, told: str) -> str:
    """The moment told as "day hour"."""
    number, hour = told.split()
    return f"{day(law, int(number))}T{hour}"


def go(case: Case, *steps: Any) -> Case:
    """The case after these steps: event, by, when, and perhaps facts."""
    for event, by, when, *facts in steps:
        case = case.step(event, by=by, at=at(case.process, when), facts=facts[0] if facts else None)
    return case


def codes(case: Case, event: str, by: str, when: str, facts: Any = None) -> set[str]:
    """The codes of the reasons against an event."""
    said = case.explain(event, by=by, at=at(case.process, when), facts=facts, whole=True)
    return {reason.code.value for reason in said.reasons}


def opened(law: Process, **facts: object) -> Case:
    return law.open(at=at(law, "0 09:00"), facts={"age": 70, **facts})


def arrested(law: Process, **facts: object) -> Case:
    return go(opened(law, **facts), ("arrested", "police", "0 10:00"))


def referred(law: Process, **facts: object) -> Case:
    return go(arrested(law, **facts), ("referred", "police", "1 15:00"))


def detained(law: Process, **facts: object) -> Case:
    """Detained as a suspect since Wednesday, day 2: until day 11."""
    return go(
        referred(law, **facts),
        ("detention_requested", "prosecutor", "2 10:00", {"detention_ground": "flight"}),
        ("detained", "court", "2 16:00"),
    )


def indicted(law: Process, **facts: object) -> Case:
    """Indicted in detention on Friday, day 11."""
    return go(detained(law, **facts), ("indicted", "prosecutor", "11 10:00"))


def judged(law: Process, sentence: str, **facts: object) -> Case:
    """Judged on Tuesday, day 43."""
    told = {"sentence": sentence, "suspension_years": 3}
    return go(indicted(law, **facts), ("judged", "court", "43 13:00", told))


def ends(case: Case) -> dict[str, date]:
    """The last day of every running limit."""
    return {clock.deadline.id: clock.last_day for clock in case.deadlines()}


# -- A1: nobody of the entry stage applies for urgent aftercare before release ------------------


@every_law
def test_a1_no_application_from_custody(law: Process) -> None:
    for case in (detained(law), indicted(law)):
        assert "condition_false" in codes(case, "aftercare_applied", "person", "11 12:00")


@every_law
def test_a1_what_is_told_in_custody_does_not_stand_for_the_telling_on_release(
    law: Process,
) -> None:
    """Telling in custody is practice since the trial of 2015 (S05); ORA 86(2) speaks of release."""
    wanted = {"person_wants_aftercare": True}
    asked = ("aftercare_informed", "prosecutor", "7 09:00", wanted)
    practised = law.version not in ("PRE_2013", "TRIAL_2013")
    assert (not codes(detained(law), *asked)) == practised
    case = go(detained(law), asked) if practised else detained(law)
    assert case.state("aftercare") == "not_informed"
    released = go(
        case,
        ("disposed", "prosecutor", "9 10:00", {"disposition": "suspension_of_prosecution"}),
        ("released", "police", "9 10:30"),
        ("aftercare_informed", "prosecutor", "9 10:40", wanted),
    )
    assert released.state("aftercare") == "informed"
