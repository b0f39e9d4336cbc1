"""Who has seen what: every provision that a dossier ever told, also of what was withdrawn since,
and every look through the desk."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve

from diversion_flow import CallError, LoadError, UnknownId
from diversion_flow.definition.moments import moment
from diversion_flow.desk import (
    NoSuchCase,
    Saw,
    erase,
    keep_dossier,
    kept_cases,
    look,
    read_dossier,
    reads,
    renew,
    who_saw,
)
from diversion_flow.desk.reads import place_of_reads
from diversion_flow.dossier import Dossier, Entry, EntryKind, Said, provided
from diversion_flow.runtime import View
from diversion_flow.store import (
    DamagedCase,
    MemoryKeys,
    Remains,
    Store,
    StoredEntry,
    memory_store,
    sqlite_store,
)
from helpers.amounts import Amount
from helpers.overtaken import moments, stepping
from helpers.told import LAW, NOW, TOLD


@pytest.fixture
def store() -> Store:
    made = memory_store()
    keep_dossier(made, TOLD, 0)
    return made


def given(found: tuple[Saw, ...]) -> list[Saw]:
    return [saw for saw in found if saw.how == "provided"]


def looked(found: tuple[Saw, ...]) -> list[Saw]:
    return [saw for saw in found if saw.how == "read"]


# -- what was provided ---------------------------------------------------------------------------


def test_every_provision_of_the_journal_is_told_with_its_ground(store: Store) -> None:
    journal = TOLD.case.journal
    wanted = sorted(
        (row.at, p.to, p.facts, p.machines, p.consent, p.told, row.event)
        for row in journal for p in row.provided
    )  # fmt: skip
    found = given(who_saw(store, "c"))
    assert len(wanted) > 50
    assert sorted(
        (s.at, s.agency, s.facts, s.machines, s.consent, s.told, s.event) for s in found
    ) == wanted  # fmt: skip
    assert any(s.consent and s.basis for s in found)
    assert any(s.told and s.paper for s in found)
    assert all(s.stands for s in found)
    assert all(one.at <= other.at for one, other in pairwise(found))


def test_what_was_told_is_not_untold_by_a_withdrawal() -> None:
    opened = TOLD.entries[0]
    arrested = next(e for e in TOLD.entries if e.event == "arrested")
    wrong = Dossier("c", LAW).record(opened, arrested)
    why = Said("of another person", recorded="2024-07-19", office="police")
    after = wrong.withdraw(arrested.id, why)
    before = {(row.provision, row.event) for row in provided(wrong, at="2024-07-19")}
    rows = provided(after)
    assert {(row.provision, row.event) for row in rows} == before
    gone = [row for row in rows if not row.stands]
    assert gone == [row for row in rows if row.event != "opened"] != []
    assert all(row.known >= arrested.recorded for row in gone)


def test_what_the_law_did_by_itself_and_a_late_entry_undid_was_known_meanwhile() -> None:
    opened, arrested = TOLD.entries[0], next(e for e in TOLD.entries if e.event == "arrested")
    referred = Entry(
        kind=EntryKind.EVENT, id="late", event="referred", by="police", office="police",
        happened=arrested.happened + timedelta(hours=24), recorded=arrested.happened + timedelta(days=9),
    )  # fmt: skip
    dossier = Dossier("c", LAW).record(opened, arrested).record(referred)
    lapsed = [row for row in provided(dossier) if row.event == "custody_limit_passed"]
    assert lapsed
    assert not any(row.stands for row in lapsed)
    assert all(row.at == row.known < referred.recorded for row in lapsed)


def test_what_happens_by_law_until_now_is_told_when_now_is_said() -> None:
    opened, arrested = TOLD.entries[0], next(e for e in TOLD.entries if e.event == "arrested")
    dossier = Dossier("c", LAW).record(opened, arrested)
    events = {row.event for row in provided(dossier, at=arrested.happened + timedelta(days=9))}
    assert events - {row.event for row in provided(dossier)} == {"custody_limit_passed"}
    with pytest.raises(CallError, match="'at' lies outside the time"):
        provided(dossier, at="9998-01-01")


# -- who looked ------------------------------------------------------------------------------------


def test_a_look_is_kept_before_anything_is_shown(store: Store) -> None:
    view = look(store, TOLD, "center", user="sato", at=NOW)
    assert view == TOLD.case.advance(to=NOW).view("center")
    (read,) = reads(store, "c")
    assert (read.agency, read.user, read.at) == ("center", "sato", NOW)
    assert read.version == 1 + len(TOLD.entries)
    assert set(view.facts) | {id for row in view.journal for id in row.facts} == set(read.facts)
    assert set(view.states) <= set(read.machines)
    assert "sato" not in repr(read)

    class Full(Store):
        def append(self, *_: object, **__: object) -> int:
            raise OSError

    shown: list[View] = []
    with pytest.raises(OSError):  # noqa: PT011
        shown.append(look(Full(store._rows, store._bonds), TOLD, "center", user="k", at=NOW))
    assert shown == []


@pytest.mark.parametrize("at", ["0001-01-01", "0001-01-01T08:59:59.999999", "2024-07-20T12:00Z"])
def test_whatever_day_a_look_says_it_can_be_read_again(store: Store, at: str) -> None:
    look(store, TOLD, "police", user="ito", at=at)
    assert [read.at for read in reads(store, "c")] == [moment(at)]


def test_looks_leave_the_case_and_its_version_alone(store: Store) -> None:
    before = store.read("c")
    look(store, TOLD, "police", user="sato", at=NOW)
    assert store.read("c") == before
    assert store.due("2100-01-01")[0].case == "c"
    assert len(store.due("2100-01-01")) == 1


@pytest.mark.parametrize("agency", [agency.id for agency in LAW.in_force(NOW).agencies])
def test_who_looked_is_told_with_what_was_shown_and_on_which_ground(
    store: Store, agency: str
) -> None:
    view = look(store, TOLD, agency, user="sato", at=NOW)
    found = looked(who_saw(store, "c"))
    assert {saw.agency for saw in found} == {agency}
    assert {saw.user for saw in found} == {"sato"}
    assert set(view.facts) <= {id for saw in found for id in saw.facts}
    assert set(view.states) <= {id for saw in found for id in saw.machines}
    consented = {p for saw in found if saw.consent for p in (*saw.facts, *saw.machines)}
    law = view.process
    rows = {part.id: part.seen_by for part in (*law.facts, *law.machines)}
    assert consented == {id for id in (*view.facts, *view.states) if agency not in rows[id]}
    assert len([saw for saw in found if saw.consent]) <= 1


def test_all_looks_are_found(amount: Amount) -> None:
    count = amount(10_000, 60)
    store = memory_store(keys=MemoryKeys())
    short = Dossier("c", LAW).record(*TOLD.entries[:2])
    keep_dossier(store, short, 0)
    agencies = ("police", "center", "counsel")
    start = datetime(2024, 7, 20)
    for number in range(count):
        at = start + timedelta(seconds=number)
        look(store, short, agencies[number % 3], user=f"u{number % 7}", at=at)
        if number % 10 == 0:
            look(store, short, agencies[number % 3], user=f"u{number % 7}", at=at)  # the same
    found = reads(store, "c")
    assert [(read.agency, read.user) for read in found] == [
        (agencies[n % 3], f"u{n % 7}") for n in range(count)
    ]
    assert len({saw.at for saw in looked(who_saw(store, "c"))}) == count


def test_two_who_look_at_once_are_both_kept(store: Store) -> None:
    class Late(Store):
        def version(self, case: str) -> int:
            late = case == place_of_reads("c")  # as it was before the other
            return 0 if late else super().version(case)

    look(store, TOLD, "center", user="a", at=NOW)
    look(Late(store._rows, store._bonds), TOLD, "center", user="b", at=NOW)
    assert [read.user for read in reads(store, "c")] == ["a", "b"]


def test_where_looks_are_kept_is_no_case(store: Store) -> None:
    look(store, read_dossier(store, TOLD.id), "police", user="sato", at=NOW)
    assert place_of_reads(TOLD.id) in store.cases()
    assert kept_cases(store) == (TOLD.id,)
    for version in (0, 1):  # else nobody could be told any more who looked
        with pytest.raises(CallError):
            keep_dossier(store, evolve(TOLD, id=place_of_reads(TOLD.id)), version)
    assert [read.user for read in reads(store, TOLD.id)] == ["sato"]


def test_renewing_a_key_takes_along_who_looked() -> None:
    keys = MemoryKeys()
    store = memory_store(keys=keys)
    keep_dossier(store, TOLD, 0)
    look(store, TOLD, "center", user="a", at=NOW)
    keep_dossier(store, Dossier("d", LAW).record(*TOLD.entries[:2]), 0)  # at which nobody looked
    before = {place: keys.of(place) for place in ("c", place_of_reads("c"), "d")}
    assert renew(store, "c", "d") == (Remains.COPIES,)
    for place, key in before.items():
        new = keys.of(place)
        assert key is not None
        assert new is not None
        assert (new.former, new.place) == (None, key.place)
        assert new.secret != key.secret
    assert read_dossier(store, "c") == TOLD
    assert [read.user for read in reads(store, "c")] == ["a"]


def test_erasing_a_case_erases_who_looked(store: Store) -> None:
    look(store, TOLD, "center", user="a", at=NOW)
    erase(store, "c")
    assert (store.version("c"), reads(store, "c")) == (0, ())


def test_of_a_case_that_is_erased_while_somebody_looks_no_look_is_left(tmp_path: Path) -> None:
    """He is shown it, and that goes with the case; or he is told that it is not there."""
    one, other = (sqlite_store(tmp_path / "cases.db", patience=0) for _ in range(2))
    shown = []
    for then in moments():
        keep_dossier(one, TOLD, 0)
        then.act = lambda: erase(other, "c")
        with suppress(NoSuchCase):
            shown.append(look(stepping(one, then), TOLD, "center", user="a", at=NOW))
        then.answer()
        assert (one.version("c"), reads(one, "c")) == (0, ())
    assert len(shown) > 0
    with pytest.raises(NoSuchCase):
        look(one, TOLD, "center", user="a", at=NOW)
    assert reads(one, "c") == ()
    one.close()
    other.close()


def test_who_looks_at_a_case_that_is_erased_leaves_no_key_behind() -> None:
    keys = MemoryKeys()
    sealed = memory_store(keys=keys)
    keep_dossier(sealed, TOLD, 0)
    erase(sealed, "c")
    with pytest.raises(NoSuchCase):
        look(sealed, TOLD, "center", user="a", at=NOW)
    assert keys.of(place_of_reads("c")) is None


# -- what is wrong ---------------------------------------------------------------------------------


def test_nobody_is_shown_anything_by_a_call_that_is_wrong(store: Store) -> None:
    with pytest.raises(UnknownId):
        look(store, TOLD, "no_agency", user="a", at=NOW)
    with pytest.raises(CallError):
        look(store, TOLD, "center", user=3, at=NOW)  # type: ignore[arg-type]
    assert reads(store, "c") == ()


GOOD = {"agency": "a", "user": "u", "at": "2024-07-20T12:00:00+09:00", "version": 1,
        "facts": [], "machines": [], "consented": []}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"agency": 3}, "agency"),
        ({"at": "s3cret"}, "at"),
        ({"version": True}, "version"),
        ({"facts": ["a", 3]}, "facts[1]"),
        ({"more": "s3cret"}, "more"),
        ({"consented": None}, "consented"),
    ],
)
def test_a_look_of_another_form_is_refused_by_its_number(
    change: dict[str, object], field: str
) -> None:
    store = memory_store()
    rows = [json.dumps(GOOD), json.dumps(GOOD | change)]
    store.append(
        place_of_reads("c"), 0, [StoredEntry(str(n), r) for n, r in enumerate(rows)], due=None
    )
    with pytest.raises(LoadError) as told:
        reads(store, "c")
    assert (told.value.line, told.value.field) == (2, field)
    assert "s3cret" not in told.value.text("ja") + told.value.text("en")
    lacking = json.dumps({k: v for k, v in GOOD.items() if k != "user"})
    store.append(place_of_reads("d"), 0, [StoredEntry("1", lacking)], due=None)
    with pytest.raises(LoadError, match="user"):
        reads(store, "d")


def test_damaged_looks_are_told(store: Store) -> None:
    look(store, TOLD, "center", user="a", at=NOW)
    head, rows = store._rows.case(place_of_reads("c"))
    assert head
    store._rows._cases[place_of_reads("c")] = (head, ())  # type: ignore[attr-defined]
    assert rows
    with pytest.raises(DamagedCase):
        who_saw(store, "c")
