"""A dossier that is remembered is what the store keeps, whatever becomes of that meanwhile."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from diversion_flow import CallError, LoadError
from diversion_flow.desk import NoSuchCase, Remembered, keep_dossier, read_dossier, record_in
from diversion_flow.dossier import Dossier, dump_entry, first_digest
from diversion_flow.store import (
    DamagedCase,
    MemoryKeys,
    Store,
    StoredCase,
    StoredEntry,
    memory_store,
    sqlite_store,
)
from helpers.overtaken import moments, stepping
from helpers.told import LAW, TOLD

SHORT = Dossier("c", LAW).record(*TOLD.entries[:4])


class Counted(Store):
    """Says how often a case was read whole."""

    reads = 0

    def read(self, case: str) -> StoredCase:
        self.reads += 1
        return super().read(case)


@pytest.fixture(params=["open", "sealed"])
def store(request: pytest.FixtureRequest) -> Counted:
    made = memory_store(keys=MemoryKeys() if request.param == "sealed" else None)
    keep_dossier(made, SHORT, 0)
    return Counted(made._rows, made._bonds)


def test_one_that_has_not_grown_is_not_read_again(store: Counted) -> None:
    remembered = Remembered()
    first = remembered.read(store, "c")
    assert first == SHORT
    assert remembered.read(store, "c") is first
    assert store.reads == 1
    assert "c" not in repr(remembered).replace("Remembered", "").replace("dossiers", "")


def test_of_one_that_has_grown_only_what_is_new_is_read(store: Counted) -> None:
    remembered = Remembered()
    first = remembered.read(store, "c")
    assert first.case
    record_in(store, first, 5, *TOLD.entries[4:7])
    again = remembered.read(store, "c")
    assert again == read_dossier(store, "c")
    assert again.case == Dossier("c", LAW).record(*TOLD.entries[:7]).case
    assert all(one is other for one, other in zip(first.entries, again.entries, strict=False))
    assert all(one is other for one, other in zip(first.held, again.held, strict=False))


def test_a_limit_that_was_set_anew_is_no_other_case(store: Counted) -> None:
    remembered = Remembered()
    first = remembered.read(store, "c")
    store.append("c", 5, [], due="2030-01-01")
    assert remembered.read(store, "c") == first


def test_another_case_of_that_id_is_read_and_one_that_is_gone_is_not_there(store: Counted) -> None:
    remembered = Remembered()
    remembered.read(store, "c")
    store.erase("c")
    with pytest.raises(NoSuchCase):
        remembered.read(store, "c")
    assert repr(remembered) == "<Remembered 0 dossiers>"
    other = Dossier("c", LAW).record(*TOLD.entries[:2])
    keep_dossier(store, other, 0)
    assert remembered.read(store, "c") == other
    store.erase("c")
    keep_dossier(store, TOLD, 0)
    assert remembered.read(store, "c") == TOLD


def test_no_more_are_kept_than_wished_and_none_that_is_to_be_forgotten(store: Counted) -> None:
    for case in ("d", "e"):
        keep_dossier(store, Dossier(case, LAW).record(*TOLD.entries[:2]), 0)
    remembered = Remembered(most=2)
    for case in ("c", "d", "c", "e", "c"):
        remembered.read(store, case)
    assert store.reads == 3  # of the two that are kept the one longest not asked goes
    remembered.forget("c")
    remembered.read(store, "c")
    assert store.reads == 4
    nothing = Remembered(most=0)
    assert nothing.read(store, "c") == SHORT
    assert repr(nothing) == "<Remembered 0 dossiers>"


def test_what_was_read_before_it_was_to_be_forgotten_is_not_kept(store: Counted) -> None:
    for moment in moments():
        remembered = Remembered()
        moment.act = partial(remembered.forget, "c")
        assert remembered.read(stepping(store, moment), "c") == SHORT
        moment.answer()
        assert repr(remembered) == "<Remembered 0 dossiers>"


def test_a_new_line_that_is_none_is_told_with_its_place(store: Counted) -> None:
    remembered = Remembered()
    remembered.read(store, "c")
    store.append("c", 5, [StoredEntry("x", '{"kind":"s3cret"}')], due=None)
    with pytest.raises(LoadError) as told:
        remembered.read(store, "c")
    assert told.value.line == 6
    assert "s3cret" not in str(told.value)
    other = memory_store()
    keep_dossier(other, SHORT, 0)
    other.append("c", 5, [StoredEntry("x", dump_entry(TOLD.entries[4]))], due=None)
    remembered = Remembered()
    with pytest.raises(DamagedCase) as damaged:
        remembered.read(other, "c")
    assert damaged.value.entry == 6


def test_what_is_noted_and_was_damaged_is_told_though_the_case_is_known(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path / "cases.db")
    keep_dossier(store, SHORT, 0)
    remembered = Remembered()
    remembered.read(store, "c")
    store._rows._file.run("UPDATE heads SET version = 4")  # type: ignore[attr-defined]
    with pytest.raises(DamagedCase):
        remembered.read(store, "c")
    store.close()


def test_laws_are_given_as_to_every_reader(store: Counted) -> None:
    heading = SHORT.heading.replace('"digest":"', '"digest":"0')
    store.append("h", 0, [StoredEntry(first_digest(heading), heading)], due=None)
    with pytest.raises((LoadError, DamagedCase)):
        Remembered().read(store, "h")
    for wrong in ({"most": -1}, {"most": "2"}, {"law": "law"}):
        with pytest.raises(CallError):
            Remembered(**wrong)  # type: ignore[arg-type]
