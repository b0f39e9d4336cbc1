"""Whatever an office always sees, it sees on a ground that the law itself states."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from diversion_flow import Process, processes
from diversion_flow.analysis import notes
from diversion_flow.definition import Mark
from diversion_flow.runtime.provision import provisions, seen_on
from diversion_flow.scenarios import play, shipped

NAMES = processes.names()
LAWS = [law for name in NAMES for law in processes.versions(name)]
PLACES = [
    law
    for name in NAMES
    for place in processes.places(name)
    for law in processes.history(name, place).versions
]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: f"{law.id} {law.version}")
def test_every_row_has_a_ground_in_force_on_each_day(law: Process) -> None:
    days = [law.since, law.until or date(2026, 11, 26)]
    for part in (*law.facts, *law.machines):
        for agency in part.seen_by:
            found = seen_on(part, agency)
            assert found, (part.id, agency)
            assert all(b.mark is not Mark.READ or b.evidence for b in found), (part.id, agency)
            for day in days:
                assert any(b.in_force(day) for b in found), (part.id, agency, day)


def test_places_add_no_row_without_a_ground() -> None:
    assert len(PLACES) > 30
    for law in PLACES:
        assert not [n for n in notes(law) if n.code.value == "sight_without_ground"], law


def test_nobody_learns_anything_in_a_story_without_a_ground() -> None:
    """CS-01, step by step: each provision rests on consent, a statute, or the person's own act."""
    marks: Counter[Mark] = Counter()
    for played in play(shipped("cs01")):
        for provision in provisions(played.after):
            assert provision.basis, (played.step.event, provision)
            marks.update(basis.mark for basis in provision.basis)
    assert {Mark.READ, Mark.INFERRED} <= set(marks)


def test_what_the_office_found_and_treatment_orders_stay_with_whom_they_concern() -> None:
    """That the probation office regards somebody as elderly no court or detention house is told;
    a treatment order no classification home."""
    law = LAWS[-2]
    seen = law.fact("po_regards_as_elderly").seen_by
    assert {"police", "court", "detention_house"}.isdisjoint(seen)
    assert "classification_home" not in law.fact("treatment_order").seen_by
