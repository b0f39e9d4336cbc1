"""A dossier in every store: what was kept is read, a stale write and a damage are told, and the
next limit is noted with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from attrs import evolve

from diversion_flow import CallError, LoadError, UnknownId, processes
from diversion_flow.definition import Length, OnEntry, Unit
from diversion_flow.desk import (
    NoSuchCase,
    dossier_of,
    keep_dossier,
    owed,
    read_dossier,
    record_in,
    running_out,
    settle,
    version_of,
)
from diversion_flow.desk.limits import next_limit
from diversion_flow.dossier import (
    CONTINUES,
    Conflicting,
    Dossier,
    Entry,
    EntryError,
    EntryKind,
    Said,
    dump_entry,
    first_digest,
    plan_migration,
)
from diversion_flow.runtime import Clock
from diversion_flow.store import (
    DamagedCase,
    EntryDiffers,
    LimitDue,
    MemoryKeys,
    Settled,
    StaleCase,
    Store,
    StoredCase,
    StoredEntry,
    fire,
    memory_store,
    sqlite_store,
)
from helpers.small import PROCESS, over_at_once

LAW = processes.history("entry_support")
OPENED = Entry(
    kind=EntryKind.OPENING,
    happened="2024-06-03T09:00",
    recorded="2024-06-03T10:05",
    office="police",
)


def event(id: str, name: str, by: str, at: str, recorded: str = "", **facts: object) -> Entry:
    return Entry(
        kind=EntryKind.EVENT, id=id, event=name, by=by, office=by, happened=at,
        recorded=recorded or at, facts=facts,
    )  # fmt: skip


ARRESTED = event("a", "arrested", "police", "2024-06-03T10:00", "2024-06-03T10:05")
REFERRED = event("r", "referred", "police", "2024-06-04T10:00")
REQUESTED = event(
    "d", "detention_requested", "prosecutor", "2024-06-04T15:00", detention_ground="flight"
)
NEW = Dossier("2024-17", LAW).record(OPENED, ARRESTED)

MAKERS: dict[str, Callable[[Path], Store]] = {
    "memory": lambda _: memory_store(),
    "sealed memory": lambda _: memory_store(keys=MemoryKeys()),
    "sqlite": lambda folder: sqlite_store(folder / "cases.db"),
}


@pytest.fixture(params=MAKERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = MAKERS[request.param](tmp_path)
    yield made
    made.close()


def test_what_was_kept_is_read(store: Store) -> None:
    assert version_of(Dossier("c1", NEW.law)) == 0
    assert keep_dossier(store, NEW, 0) == 3 == version_of(NEW)
    assert read_dossier(store, "2024-17") == NEW
    later = read_dossier(store, "2024-17").record(REFERRED, REQUESTED)
    assert keep_dossier(store, later, 3) == 5
    assert read_dossier(store, "2024-17") == later
    assert read_dossier(store, "2024-17").case.state("custody") == "detention_requested"


def test_the_same_call_twice_is_as_one(store: Store) -> None:
    keep_dossier(store, NEW, 0)
    later = NEW.record(REFERRED)
    assert [keep_dossier(store, later, version) for version in (3, 3, 0)] == [4, 4, 4]
    assert store.read("2024-17").version == 4


def test_a_stale_write_tells_what_is_there(store: Store) -> None:
    keep_dossier(store, NEW, 0)
    keep_dossier(store, NEW.record(REFERRED), 3)
    released = event("p", "police_released", "police", "2024-06-03T15:00")
    with pytest.raises(StaleCase) as told:
        keep_dossier(store, NEW.record(released), 3)
    assert (told.value.version, told.value.found, told.value.ids) == (3, 4, ("r",))
    assert read_dossier(store, "2024-17").entries == (OPENED, ARRESTED, REFERRED)


def test_one_command_kept_at_two_moments_is_stale_and_then_one_entry(store: Store) -> None:
    again = event("r", "referred", "police", "2024-06-04T10:00", "2024-06-04T10:07")
    keep_dossier(store, NEW, 0)
    keep_dossier(store, NEW.record(REFERRED), 3)
    with pytest.raises(StaleCase):
        keep_dossier(store, NEW.record(again), 3)
    found = read_dossier(store, "2024-17")
    assert found.record(again) == found


def test_an_entry_is_recorded_where_the_case_is_as_its_caller_knew_it(store: Store) -> None:
    keep_dossier(store, NEW, 0)
    after = record_in(store, read_dossier(store, "2024-17"), 3, REFERRED)
    assert after == read_dossier(store, "2024-17") == NEW.record(REFERRED)
    assert record_in(store, after, 3, REFERRED) == after  # the same command again
    assert store.read("2024-17").version == 4


def test_a_stale_caller_is_told_that_before_what_is_wrong_otherwise(store: Store) -> None:
    dossier = NEW.record(REFERRED, REQUESTED)
    keep_dossier(store, dossier, 0)
    wrong = event("x", "arrested", "police", "2024-06-05T10:00")
    with pytest.raises(StaleCase) as told:
        record_in(store, dossier, 3, wrong)
    assert (told.value.version, told.value.found, told.value.ids) == (3, 5, ("r", "d"))
    with pytest.raises(Conflicting):
        record_in(store, dossier, 5, wrong)
    with pytest.raises(StaleCase):  # two who have read the same
        record_in(store, NEW, 3, event("y", "referred", "police", "2024-06-04T12:00"))
    assert read_dossier(store, "2024-17") == dossier


def test_an_id_is_given_once(store: Store) -> None:
    keep_dossier(store, NEW, 0)
    arrested = event("z", "arrested", "police", "2024-06-03T10:00", "2024-06-03T10:05")
    taken = event("a", "referred", "police", "2024-06-04T10:00")
    with pytest.raises(EntryDiffers):
        keep_dossier(store, Dossier("2024-17", LAW).record(OPENED, arrested, taken), 3)
    assert read_dossier(store, "2024-17") == NEW


def test_two_who_open_one_case(store: Store) -> None:
    keep_dossier(store, NEW, 0)
    mine = Dossier("2024-17", LAW).record(
        Entry(kind=EntryKind.OPENING, happened="2024-06-01", recorded="2024-06-03", office="court")
    )
    with pytest.raises(StaleCase) as told:
        keep_dossier(store, mine, 0)
    assert told.value.found == 3


def test_what_is_not_there(store: Store) -> None:
    with pytest.raises(NoSuchCase) as told:
        read_dossier(store, "2024-99")
    assert "2024-99" not in told.value.text("en") + told.value.text("ja")
    with pytest.raises(EntryError):
        keep_dossier(store, Dossier("2024-99", LAW), 0)
    assert store.read("2024-99").version == 0


@pytest.mark.parametrize("version", [-1, True, "3", None, 1.0])
def test_no_version(version: object) -> None:
    with pytest.raises(CallError):
        keep_dossier(memory_store(), NEW, version)  # type: ignore[arg-type]


# -- damage ------------------------------------------------------------------------------------


def rows(dossier: Dossier = NEW) -> list[StoredEntry]:
    store = memory_store()
    keep_dossier(store, dossier, 0)
    return list(store.read(dossier.id).entries)


def stored(entries: list[StoredEntry]) -> StoredCase:
    return StoredCase(len(entries), tuple(entries), None)


OTHER = Dossier("2024-18", LAW).record(OPENED, ARRESTED)


@pytest.mark.parametrize(
    ("entries", "number"),
    [
        (lambda: rows()[1:], 1),
        (lambda: rows(OTHER), 1),
        (lambda: [StoredEntry("heading", NEW.heading), *rows()[1:]], 1),
        (lambda: [*rows()[:2], StoredEntry("b", dump_entry(ARRESTED))], 3),
    ],
    ids=["no heading", "another case", "a heading of another id", "an entry of another id"],
)
def test_what_is_not_what_was_kept_is_told_with_its_place(
    entries: Callable[[], list[StoredEntry]], number: int
) -> None:
    with pytest.raises(DamagedCase) as told:
        dossier_of(stored(entries()), "2024-17")
    assert told.value.entry == number


def test_a_line_that_is_no_entry_is_told_with_its_place_and_not_what_it_says() -> None:
    with pytest.raises(LoadError) as told:
        dossier_of(stored([*rows(), StoredEntry("x", '{"kind":"secret"}')]), "2024-17")
    assert told.value.line == 4
    assert "secret" not in told.value.text("en")
    heading = '{"format":99}'
    with pytest.raises(LoadError) as told:
        dossier_of(stored([StoredEntry(first_digest(heading), heading)]), "2024-17")
    assert told.value.line == 1


def test_another_law_is_taken_where_it_is_given() -> None:
    law = processes.in_force("entry_support", on="2024-06-03")
    assert dossier_of(stored(rows()), "2024-17", law=law).law == law


# -- limits ------------------------------------------------------------------------------------


def test_the_next_limit_is_noted_and_fires_once(store: Store) -> None:
    keep_dossier(store, NEW, 0)
    (limit,) = store.due("2024-06-30")
    assert str(limit.at)[:16] == "2024-06-05 10:00"
    assert fire(store.writing, "2024-06-05T10:00", settle).count == 0  # its last moment
    assert fire(store.writing, limit.at, settle).count == 1
    assert fire(store.writing, limit.at, settle).count == 0
    case = read_dossier(store, "2024-17").case.advance(to=limit.at)
    assert case.state("custody") == "release_due"
    due = [found.at for found in store.due("2100-01-01")]
    assert due == [next_limit(case)]
    assert store.read("2024-17").version == 3  # nothing is kept of what the law does by itself


def test_every_limit_of_a_case_fires_one_after_the_other() -> None:
    store, fired = memory_store(), []
    keep_dossier(store, NEW, 0)
    while due := store.due("2100-01-01"):
        fired.append(due[0].at)
        assert fire(store.writing, due[0].at, settle).failed == ()
    assert len(fired) > 2
    assert fired == sorted(set(fired))


def test_a_limit_comes_once_more_after_what_is_recorded_late_and_is_known_by_its_beginning() -> (
    None
):
    store, now = memory_store(), "2024-06-05T12:00"

    def came() -> list[Clock]:
        told: list[Clock] = []

        def act(stored: StoredCase, limit: LimitDue) -> Settled:
            told.extend(running_out(stored, limit))
            return settle(stored, limit)

        assert fire(store.writing, now, act).failed == ()
        return [clock for clock in told if clock.deadline.id == "police_referral"]

    keep_dossier(store, NEW, 0)
    first = came()
    assert len(first) == 1
    assert came() == []
    consulted = event("k", "center_consulted", "police", "2024-06-03T11:00", now)
    dossier = record_in(store, NEW, 3, consulted)
    assert came() == first
    why = Said("read wrongly", recorded=now, office="police")
    earlier = dossier.correct("a", why, happened="2024-06-03T09:30")
    keep_dossier(store, earlier, 4)
    ((before, after),) = zip(first, came(), strict=True)
    assert before.started - after.started == timedelta(minutes=30)
    in_time = event("l", "referred", "police", "2024-06-04T10:00", now)
    record_in(store, earlier, 5, in_time)
    assert came() == []  # it was met, as is known by now


def test_a_limit_that_is_over_at_once_fires_once(store: Store) -> None:
    """Told so late that it is over, it brings about something nevertheless, and what follows."""
    opened = Entry(kind=EntryKind.OPENING, happened="2024-06-03", recorded="2024-06-03",
                   facts={"age": 70})  # fmt: skip
    late = event("c", "consented", "worker", "2024-07-01", recipients=["partner"], content=True)
    known = Dossier("c", over_at_once()).record(
        opened, event("h", "helped", "worker", "2024-06-04"), late
    )
    assert keep_dossier(store, known, 0) == 4
    (due,) = store.due("2024-07-02")
    assert due.at == known.case.at
    over = running_out(store.read("c"), due, law=known.law)
    assert [clock.deadline for clock in over] == list(known.law.deadlines)
    act = partial(settle, law=known.law)
    assert [fire(store.writing, "2024-07-02", act).count for _ in range(2)] == [1, 0]


def test_a_limit_at_whose_end_nothing_can_come_is_told_when_it_is_over_and_no_more() -> None:
    """It ends help, which is only asked for yet; an alert of twenty days is the next."""
    limit = evolve(PROCESS.deadline("limit"), states=("asked", "helped"), start=OnEntry())
    alert = evolve(limit, id="alert", length=Length(20, Unit.DAYS), on_expiry=None)
    law, store = evolve(PROCESS, deadlines=(limit, alert)), memory_store()
    opened = Entry(kind=EntryKind.OPENING, happened="2024-06-03", recorded="2024-06-03")
    keep_dossier(store, Dossier("c", law).record(opened), 0)
    told = []
    while due := store.due("2100-01-01"):
        told.append([c.deadline.id for c in running_out(store.read("c"), due[0], law=law)])
        assert fire(store.writing, due[0].at, partial(settle, law=law)).failed == ()
    assert told == [["limit"], ["alert"]]


def test_a_change_of_law_is_waited_for_where_the_case_crosses() -> None:
    opened = Entry(kind=EntryKind.OPENING, happened="2025-05-01", recorded="2025-05-01")
    case = Dossier("c", LAW).record(opened).case
    assert str(next_limit(case))[:10] == "2025-06-01"
    assert (
        next_limit(processes.in_force("entry_support", on="2025-06-01").open(at="2025-06-02"))
        is None
    )


def test_what_goes_on_under_a_law_that_has_ended_is_waited_for_kept_and_recorded(
    store: Store,
) -> None:
    law = evolve(PROCESS, until=date(2024, 6, 13))
    opened = Entry(kind=EntryKind.OPENING, happened="2024-06-03", recorded="2024-06-03")
    helped = Entry(
        kind=EntryKind.EVENT, event="helped", by="worker", facts={"age": 71},
        happened="2024-06-03", recorded="2024-06-03",
    )  # fmt: skip
    stays = Entry(
        kind=EntryKind.MIGRATION, to=evolve(PROCESS, version="2"), rule=CONTINUES,
        happened="2024-06-14", recorded="2024-06-20",
    )  # fmt: skip
    dossier = Dossier("c", law).record(opened, helped)
    (outlook,) = plan_migration([dossier.case], to=stays.to, at="2024-06-14", rules=[CONTINUES])
    assert outlook.going_on == ("c",)
    keep_dossier(store, dossier.record(stays), 0)
    (limit,) = store.due("2100-01-01")
    assert fire(store.writing, limit.at, settle).failed == ()
    read = read_dossier(store, "c")
    assert (read.case.process, read.case.journal[-1].crossed.rule) == (law, CONTINUES)
    told = Entry(
        kind=EntryKind.EVENT, event="consented", by="worker", facts={"recipients": {"partner"}},
        happened="2026-01-01", recorded="2026-01-01",
    )  # fmt: skip
    after = record_in(store, read, version_of(read), told).case
    assert (after.state("main"), after.state("consent")) == ("done", "given")


def test_what_an_office_owes_by_a_day_over_all_cases(store: Store) -> None:
    keep_dossier(store, NEW, 0)
    keep_dossier(store, Dossier("2024-16", LAW).record(OPENED, ARRESTED, REFERRED, REQUESTED), 0)
    later = event("a", "arrested", "police", "2024-06-04T10:00")
    keep_dossier(store, Dossier("2024-18", LAW).record(OPENED, later), 0)

    def found(agency: str, at: str, until: str) -> list[tuple[str, str]]:
        limits = owed(store, agency, at=at, until=until)
        assert limits.failed == ()
        return [(one.case, one.limit.deadline.id) for one in limits.limits]

    both = [("2024-17", "police_referral"), ("2024-18", "police_referral")]
    assert found("police", "2024-06-04T12:00", "2024-06-11") == both
    assert found("police", "2024-06-04T12:00", "2024-06-06") == both[:1]
    assert found("police", "2024-06-05T12:00", "2024-06-11") == both[1:]
    assert found("police", "2024-06-07", "2024-06-11") == []
    assert found("center", "2024-06-04T12:00", "2024-06-11") == []


# -- one case that cannot be read ----------------------------------------------------------------


def spoilt(store: Store, case: str) -> list[str]:
    """Cases that cannot be read, each for another reason, beside a sound one; their ids."""
    heading = NEW.heading.replace("2024-17", case)
    rows = {
        "not json": [StoredEntry(first_digest("{"), "{")],
        "of another law": [
            StoredEntry(first_digest(text), text)
            for text in [heading.replace('"digest":"', '"digest":"0')]
        ],
        "not opened": [StoredEntry(first_digest(heading), heading)],
        "of another case": [StoredEntry(first_digest(NEW.heading), NEW.heading)],
        "foreign line": [
            StoredEntry(first_digest(heading), heading),
            StoredEntry("x", '{"secret":1}'),
        ],
    }
    for number, entries in enumerate(rows.values()):
        store.append(f"{case}{number or ''}", 0, entries, due="2024-06-05T10:00")
    return [f"{case}{number or ''}" for number in range(len(rows))]


def test_one_case_that_cannot_be_read_keeps_nobody_from_the_others(store: Store) -> None:
    keep_dossier(store, NEW, 0)
    wrong = spoilt(store, "2024-0")
    found = owed(store, "police", at="2024-06-04", until="2024-06-11")
    assert [one.case for one in found.limits] == ["2024-17"]
    assert sorted(due.case for due, _ in found.failed) == wrong
    assert "2024-0" not in repr(found) + "".join(str(error) for _, error in found.failed)
    fired = fire(store.writing, "2024-06-05T10:01", settle)
    assert fired.count > 0
    assert sorted(limit.case for limit, _ in fired.failed) == wrong


def test_an_agency_that_no_law_knows_is_told_and_one_that_some_do_not_know_owes_nothing() -> None:
    store = memory_store()
    keep_dossier(store, NEW, 0)
    assert owed(store, "no_agency", at="2024-06-04", until="2024-06-01").limits == ()
    with pytest.raises(UnknownId):
        owed(store, "no_agency", at="2024-06-04", until="2024-06-11")
    other = processes.get("special_coordination")
    keep_dossier(store, Dossier("s", other).record(OPENED), 0)
    store.append("s", 2, [], due="2024-06-05")
    found = owed(store, "police", at="2024-06-04", until="2024-06-11")
    assert ([one.case for one in found.limits], found.failed) == (["2024-17"], ())
