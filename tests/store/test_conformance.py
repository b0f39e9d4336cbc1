"""What every store does, whatever its database: in memory, SQLite, PostgreSQL, open or sealed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import CallError
from diversion_flow.definition.languages import LANGUAGES
from diversion_flow.runtime import JST
from diversion_flow.store import (
    EntryDiffers,
    LimitDue,
    MemoryKeys,
    Settled,
    StaleCase,
    Store,
    StoredCase,
    StoredEntry,
    StoreError,
    fire,
    memory_store,
)
from helpers.stores import KINDS, Desk, desk, entries

DAY = date(2024, 6, 3)
NOON = datetime(2024, 6, 3, 12, tzinfo=JST)


@pytest.fixture(params=KINDS)
def any_desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    with desk(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def store(any_desk: Desk) -> Store:
    return any_desk.store


def ids(case: StoredCase) -> list[str]:
    return [entry.id for entry in case.entries]


# -- append and read ----------------------------------------------------------------------------


def test_a_case_that_is_not_there_has_version_0(store: Store) -> None:
    assert store.read("a") == StoredCase(0, (), None)


def test_what_was_appended_is_read_in_its_order(store: Store) -> None:
    assert store.append("a", 0, entries("z", "b"), due=None) == 2
    assert store.append("a", 2, entries("a"), due=None) == 3
    assert store.read("a") == StoredCase(3, tuple(entries("z", "b", "a")), None)


def test_a_hundred_entries_keep_their_order(store: Store) -> None:
    many = entries(*(str(n) for n in range(100)))
    assert store.append("a", 0, many, due=None) == 100
    assert store.read("a").entries == tuple(many)


def test_entries_may_come_from_an_iterator(store: Store) -> None:
    assert store.append("a", 0, iter(entries("1", "2")), due=None) == 2


def test_cases_do_not_know_each_other(store: Store) -> None:
    store.append("a", 0, entries("1", "2"), due=NOON)
    store.append("b", 0, [StoredEntry("1", "another")], due=None)
    assert store.read("b") == StoredCase(1, (StoredEntry("1", "another"),), None)
    assert store.read("a") == StoredCase(2, tuple(entries("1", "2")), NOON)


@pytest.mark.parametrize(
    "text", ["", "同意 — 𠮷野家", "\0\n\r\u2028", '"\'); DROP TABLE entries; --', "x" * 300_000],
    ids=["empty", "japanese", "control", "hostile", "long"],
)  # fmt: skip
def test_a_text_comes_back_as_it_was(store: Store, text: str) -> None:
    store.append("a", 0, [StoredEntry("1", text)], due=None)
    assert store.read("a").entries[0].text == text


@pytest.mark.parametrize(
    "id", ["事件　令和6年(あ)第1号", "a'b\"c--;%_", "𠮷" * 200, " ", "NULL", "A", "é", "e\u0301"]
)
def test_whatever_is_one_line_is_an_id(store: Store, id: str) -> None:
    store.append("a", 0, entries("a"), due=None)
    store.append(id, 0, entries(id), due=NOON)
    assert ids(store.read(id)) == [id]
    assert store.due(NOON) == (LimitDue(id, 1, NOON),)
    assert store.read("a").version == 1


@pytest.mark.parametrize("id", ["", "x" * 201, "a\nb", "a\0b", "\ud800", None, 3, b"a"])
def test_what_is_no_id_is_refused_and_not_repeated(store: Store, id: object) -> None:
    for call in (
        lambda: store.append(id, 0, [], due=None),  # type: ignore[arg-type]
        lambda: store.read(id),  # type: ignore[arg-type]
        lambda: store.erase(id),  # type: ignore[arg-type]
        lambda: StoredEntry(id, "x"),  # type: ignore[arg-type]
    ):
        with pytest.raises(CallError) as refused:
            call()
        assert refused.value.code in ("store_id", "call_kind")
        assert "x" * 201 not in repr(refused.value.values)


@pytest.mark.parametrize("version", [-1, True, 1.0, "0", None, 2**63])
def test_what_is_no_version_is_refused(store: Store, version: object) -> None:
    with pytest.raises(CallError, match="version is not a number"):
        store.append("a", version, entries("1"), due=None)  # type: ignore[arg-type]


def test_what_is_no_id_is_no_id_of_a_case_to_erase(store: Store) -> None:
    store.append("a", 0, entries("1"), due=None)
    with pytest.raises(CallError, match="'case'"):
        store.erase([])  # type: ignore[arg-type]


def test_what_is_no_entry_is_refused_and_nothing_kept(store: Store) -> None:
    for odd in (None, "text", [("1", "x")], [*entries("1"), None]):
        with pytest.raises(CallError):
            store.append("a", 0, odd, due=None)  # type: ignore[arg-type]
    with pytest.raises(CallError, match="UTF-8"):
        StoredEntry("1", "\ud800")
    assert store.read("a").version == 0


def test_no_entries_and_no_limit_leave_an_empty_case(store: Store) -> None:
    assert store.append("a", 0, [], due=None) == 0
    assert store.read("a") == StoredCase(0, (), None)


# -- the same twice -------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [0, 1, 2, 7])
def test_the_same_call_twice_keeps_one(store: Store, version: int) -> None:
    store.append("a", 0, entries("1", "2"), due=NOON)
    assert store.append("a", version, entries("1", "2"), due=NOON) == 2
    assert store.read("a") == StoredCase(2, tuple(entries("1", "2")), NOON)


def test_an_old_call_again_changes_nothing_of_what_came_after(store: Store) -> None:
    store.append("a", 0, entries("1"), due=NOON)
    store.append("a", 1, entries("2"), due=None)
    assert store.append("a", 0, entries("1"), due=NOON) == 2
    assert store.read("a").due is None


def test_of_entries_some_of_which_are_kept_the_others_are_added(store: Store) -> None:
    store.append("a", 0, entries("1", "2"), due=None)
    assert store.append("a", 2, entries("2", "3", "1", "4"), due=None) == 4
    assert ids(store.read("a")) == ["1", "2", "3", "4"]


def test_an_entry_given_twice_in_one_call_is_one(store: Store) -> None:
    assert store.append("a", 0, entries("1", "2", "1"), due=None) == 2


def test_an_id_with_two_texts_in_one_call_is_refused(store: Store) -> None:
    with pytest.raises(CallError, match="two entries that differ"):
        store.append("a", 0, [*entries("1"), StoredEntry("1", "other")], due=None)
    assert store.read("a").version == 0


def test_an_id_that_is_kept_with_another_text_is_refused_whole(store: Store) -> None:
    store.append("a", 0, entries("1"), due=None)
    with pytest.raises(EntryDiffers) as refused:
        store.append("a", 1, [*entries("2"), StoredEntry("1", "other")], due=None)
    assert refused.value.id == "1"
    assert ids(store.read("a")) == ["1"]


# -- versions ---------------------------------------------------------------------------------------


def test_who_writes_late_is_told_what_is_there(store: Store) -> None:
    store.append("a", 0, entries("1"), due=None)
    store.append("a", 1, entries("2", "3"), due=None)
    with pytest.raises(StaleCase) as stale:
        store.append("a", 1, entries("4"), due=NOON)
    assert (stale.value.version, stale.value.found, stale.value.ids) == (1, 3, ("2", "3"))
    assert store.read("a") == StoredCase(3, tuple(entries("1", "2", "3")), None)


def test_a_version_that_is_not_reached_yet_is_stale(store: Store) -> None:
    with pytest.raises(StaleCase) as stale:
        store.append("a", 3, entries("4"), due=None)
    assert (stale.value.found, stale.value.ids) == (0, ())
    store.append("a", 0, entries("1"), due=None)
    with pytest.raises(StaleCase) as stale:
        store.append("a", 2, entries("2"), due=None)
    assert (stale.value.found, stale.value.ids) == (1, ())


def test_half_known_entries_do_not_hide_a_stale_version(store: Store) -> None:
    store.append("a", 0, entries("1"), due=None)
    store.append("a", 1, entries("2"), due=None)
    with pytest.raises(StaleCase) as stale:
        store.append("a", 1, entries("2", "3"), due=None)
    assert stale.value.ids == ("2",)


def test_a_limit_alone_is_set_for_the_version_named_only(store: Store) -> None:
    store.append("a", 0, entries("1"), due=None)
    assert store.append("a", 1, [], due=NOON) == 1
    assert store.read("a").due == NOON
    with pytest.raises(StaleCase):
        store.append("a", 0, [], due=None)
    assert store.read("a").due == NOON


def test_of_writers_at_once_each_version_is_one_writers(any_desk: Desk) -> None:
    """Four write to one case until it has 24 entries; who is late reads again."""
    won: Counter[int] = Counter()
    errors: list[BaseException] = []

    def write(writer: int) -> None:
        version = number = 0
        while version < 24:
            try:
                with any_desk.opened() as store:
                    version = store.append("a", version, entries(f"{writer}-{number}"), due=None)
                won[version] += 1
                number += 1
            except StaleCase as stale:
                if len(stale.ids) != stale.found - version:
                    errors.append(stale)
                version = stale.found
            except BaseException as error:
                errors.append(error)
                return

    at_once(write, 4)
    assert errors == []
    with any_desk.opened() as store:
        case = store.read("a")
    assert won == Counter(range(1, case.version + 1))
    assert len(set(ids(case))) == case.version >= 24


def at_once(do: object, number: int) -> None:
    threads = [threading.Thread(target=do, args=(n,)) for n in range(number)]  # type: ignore[arg-type]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_of_two_who_open_one_case_one_is_told_of_the_other(any_desk: Desk) -> None:
    met, stale = threading.Barrier(2), []

    def open_it(writer: int) -> None:
        met.wait()
        try:
            with any_desk.opened() as store:
                store.append("a", 0, entries(str(writer)), due=None)
        except StaleCase as error:
            stale.append((writer, error.found, error.ids))

    at_once(open_it, 2)
    with any_desk.opened() as store:
        (kept,) = ids(store.read("a"))
    assert stale == [(1 - int(kept), 1, (kept,))]


# -- whole or not at all -------------------------------------------------------------------------------


def test_what_a_transaction_does_is_taken_back_with_it(any_desk: Desk) -> None:
    with any_desk.opened() as store:
        store.append("a", 0, entries("1"), due=NOON)
        store.append("b", 0, entries("1"), due=None)
    with pytest.raises(ZeroDivisionError), any_desk.opened() as store:  # noqa: PT012
        store.append("a", 1, entries("2"), due=None)
        store.append("b", 1, entries("2"), due=NOON)
        store.append("c", 0, entries("1"), due=NOON)
        assert store.read("a").version == 2
        raise ZeroDivisionError
    with any_desk.opened() as store:
        assert [store.read(case).version for case in "abc"] == [1, 1, 0]
        assert store.due(NOON) == (LimitDue("a", 1, NOON),)


def test_who_is_told_of_a_stale_case_may_go_on_in_the_transaction(any_desk: Desk) -> None:
    with any_desk.opened() as store:
        store.append("a", 0, entries("1"), due=None)
        with pytest.raises(StaleCase):
            store.append("a", 0, entries("2"), due=None)
        store.append("a", 1, entries("2"), due=None)
    with any_desk.opened() as store:
        assert ids(store.read("a")) == ["1", "2"]


# -- limits -----------------------------------------------------------------------------------------


def test_limits_are_told_in_the_order_in_which_they_run_out(store: Store) -> None:
    for case, hour in (("a", 12), ("b", 9), ("c", 15), ("d", 9)):
        store.append(case, 0, entries("1", "2"), due=NOON.replace(hour=hour))
    store.append("e", 0, entries("1"), due=None)
    told = [(limit.case, limit.version, limit.at.hour) for limit in store.due(NOON)]
    assert sorted(told[:2]) == [("b", 2, 9), ("d", 2, 9)]
    assert told[2:] == [("a", 2, 12)]


def test_a_limit_is_due_from_its_moment_on(store: Store) -> None:
    store.append("a", 0, entries("1"), due="2024-06-03T12:00:00.000001")
    assert store.due(NOON) == ()
    (limit,) = store.due("2024-06-03T12:00:00.000001")
    assert limit.at == NOON.replace(microsecond=1)


def test_moments_are_japans_whatever_zone_they_are_given_in(store: Store) -> None:
    store.append("a", 0, entries("1"), due=NOON.astimezone(UTC))
    store.append("b", 0, entries("1"), due=DAY)
    assert store.read("a").due == NOON
    assert store.read("a").due.utcoffset() == NOON.utcoffset()  # type: ignore[union-attr]
    assert [limit.case for limit in store.due("2024-06-03")] == ["b"]
    assert [limit.case for limit in store.due("2024-06-03T12:00")] == ["b", "a"]


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "1969-12-31", "9999-12-31T23:59:59.999999"])
def test_the_first_and_the_last_moment_are_kept(store: Store, at: str) -> None:
    store.append("a", 0, entries("1"), due=at)
    assert store.read("a").due == datetime.fromisoformat(at).replace(tzinfo=JST)
    assert [limit.case for limit in store.due(at)] == ["a"]


def test_each_append_says_anew_when_the_next_limit_runs_out(store: Store) -> None:
    store.append("a", 0, entries("1"), due=NOON)
    store.append("a", 1, entries("2"), due="2024-06-01")
    assert [limit.version for limit in store.due(NOON)] == [2]
    store.append("a", 2, entries("3"), due=None)
    assert store.due("9999-12-31") == ()


def test_what_is_no_moment_is_refused(store: Store) -> None:
    for odd in ("soon", 3, b"2024"):
        with pytest.raises(CallError):
            store.append("a", 0, entries("1"), due=odd)  # type: ignore[arg-type]
        with pytest.raises(CallError):
            store.due(odd)  # type: ignore[arg-type]
    assert store.read("a").version == 0


def test_what_is_claimed_is_not_told_to_another(any_desk: Desk) -> None:
    """Where others wait for the writer (SQLite, memory), nobody else could ask meanwhile."""
    with any_desk.opened() as store:
        for case in "abc":
            store.append(case, 0, entries("1"), due=NOON)
        assert store.claim("2024-06-03") is None
        first = store.claim(NOON)
        assert first is not None
        second = store.claim(NOON, after=first)
        assert second is not None
        third = store.claim(NOON, after=second)
        assert third is not None
        assert store.claim(NOON, after=third) is None
        assert {first.case, second.case, third.case} == set("abc")


# -- limits that fire ------------------------------------------------------------------------------


def test_each_limit_that_ran_out_is_settled_once(any_desk: Desk) -> None:
    with any_desk.opened() as store:
        for number in range(5):
            store.append(f"c{number}", 0, entries("1"), due=NOON.replace(minute=number))
        store.append("later", 0, entries("1"), due="2024-06-03T12:05")
    seen = []

    def act(case: StoredCase, limit: LimitDue) -> Settled:
        assert case.version == limit.version
        seen.append(limit.case)
        return Settled(entries(f"fired {limit.at:%H:%M}"))

    assert fire(any_desk.opened, "2024-06-03T12:04", act).count == 5
    assert fire(any_desk.opened, "2024-06-03T12:04", act).count == 0
    assert seen == [f"c{number}" for number in range(5)]
    with any_desk.opened() as store:
        assert ids(store.read("c3")) == ["1", "fired 12:03"]
        assert store.read("later").version == 1


def test_a_case_whose_next_limit_ran_out_too_is_settled_again(any_desk: Desk) -> None:
    with any_desk.opened() as store:
        store.append("a", 0, entries("1"), due="2024-06-01")
    days = []

    def act(_: StoredCase, limit: LimitDue) -> Settled:
        days.append(limit.at.day)
        return Settled(due=limit.at.replace(day=limit.at.day + 1))

    assert fire(any_desk.opened, "2024-06-03", act).count == 3
    assert days == [1, 2, 3]
    with any_desk.opened() as store:
        assert store.due("2024-06-04") == (LimitDue("a", 1, datetime(2024, 6, 4, tzinfo=JST)),)


def test_what_fails_is_told_and_keeps_nobody_waiting(any_desk: Desk) -> None:
    with any_desk.opened() as store:
        for case in "abc":
            store.append(case, 0, entries("1"), due=NOON)

    def act(_: StoredCase, limit: LimitDue) -> Settled:
        if limit.case == "b":
            raise ZeroDivisionError
        return Settled(entries("2"))

    fired = fire(any_desk.opened, NOON, act)
    assert fired.count == 2
    ((limit, error),) = fired.failed
    assert (limit.case, type(error)) == ("b", ZeroDivisionError)
    with any_desk.opened() as store:
        assert [store.read(case).version for case in "abc"] == [2, 1, 2]
        assert [limit.case for limit in store.due(NOON)] == ["b"]


def test_a_limit_that_would_stay_due_is_refused(any_desk: Desk) -> None:
    with any_desk.opened() as store:
        store.append("a", 0, entries("1"), due=NOON)
    for answer, code in ((Settled(entries("2"), NOON), "store_due_again"), (None, "call_kind")):
        fired = fire(any_desk.opened, NOON, lambda _, __, said=answer: said)  # type: ignore[misc]
        ((_, error),) = fired.failed
        assert isinstance(error, CallError)
        assert error.code == code
    with pytest.raises(CallError, match=r"opened\(\)"):
        fire(lambda: any_desk.store, NOON, lambda _, __: Settled())  # type: ignore[arg-type, return-value]
    with any_desk.opened() as store:
        assert store.read("a").version == 1


# -- erase ------------------------------------------------------------------------------------------


def test_what_is_erased_is_not_there_and_nothing_else_is_missed(any_desk: Desk) -> None:
    store = any_desk.store
    store.append("a", 0, entries("1", "2"), due=NOON)
    store.append("b", 0, entries("1"), due=NOON)
    store.erase("a")
    store.erase("a")
    store.erase("never there")
    assert store.read("a") == StoredCase(0, (), None)
    assert store.due(NOON) == (LimitDue("b", 1, NOON),)
    assert store.claim(NOON) == LimitDue("b", 1, NOON)
    assert store.read("b").entries == tuple(entries("1"))
    with pytest.raises(StaleCase):
        store.append("a", 2, entries("3"), due=None)


def test_all_cases_are_told_in_the_order_of_their_ids(store: Store) -> None:
    assert store.cases() == ()
    for id in ("b", "a", "ä", "B"):
        store.append(id, 0, entries("1", "2"), due=NOON if id == "a" else None)
    store.append("of no entry", 0, [], due=NOON)
    assert store.cases() == ("B", "a", "b", "ä")
    store.erase("b")
    assert store.cases() == ("B", "a", "ä")


def test_what_lies_in_one_store_may_be_carried_into_another(store: Store) -> None:
    """Twice as once: who was broken off begins again."""
    other = memory_store(keys=MemoryKeys())
    for count, id in enumerate("abc", 1):
        other.append(id, 0, entries(*map(str, range(count))), due=NOON if count > 1 else None)
    for _ in range(2):
        for id in other.cases():
            kept = other.read(id)
            assert store.append(id, 0, kept.entries, due=kept.due) == kept.version
    assert [store.read(id) for id in store.cases()] == [other.read(id) for id in "abc"]
    assert set(store.due(NOON)) == set(other.due(NOON))


def test_a_case_may_begin_again_where_one_was_erased(store: Store) -> None:
    store.append("a", 0, entries("1"), due=NOON)
    store.erase("a")
    assert store.append("a", 0, [StoredEntry("1", "new")], due=None) == 1
    assert store.read("a").entries == (StoredEntry("1", "new"),)


# -- nothing is told of whose case it is --------------------------------------------------------------


def test_neither_values_nor_errors_show_whose_case_it_is_or_what_it_says(store: Store) -> None:
    case, secret = "MARK-CASE", [StoredEntry("1", "MARK-TEXT"), StoredEntry("2", "MARK-TEXT")]
    store.append(case, 0, secret, due=NOON)
    said = [repr(v) for v in (secret, store.read(case), store.due(NOON), store, Settled(secret))]
    for call in (
        lambda: store.append(case, 0, entries("3"), due=None),
        lambda: store.append(case, 2, [StoredEntry("1", "MARK-OTHER")], due=None),
        lambda: store.append(case, 2, entries("4", "\n"), due=None),
    ):
        with pytest.raises((StoreError, CallError)) as error:
            call()
        said += [error.value.text(lang) for lang in LANGUAGES] + [repr(error.value.values)]
    assert len(said) == 14
    assert not [line for line in said if "MARK" in line]


# -- whatever is done ---------------------------------------------------------------------------------

CALLS = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.integers(0, 4),
        st.lists(st.sampled_from("123456"), max_size=3),
        st.sampled_from([None, "2024-06-03", "2024-06-04"]),
        st.booleans(),
    ),
    max_size=12,
)


@given(CALLS)
def test_whatever_is_called_a_store_is_a_table_of_lists(
    calls: list[tuple[str, int, list[str], str | None, bool]],
) -> None:
    """Beside a few lines that say what `append` and `erase` mean, open and sealed."""
    kept: dict[str, tuple[list[str], str | None]] = {}
    stores = [memory_store(), memory_store(keys=MemoryKeys())]
    for call in calls:
        assert {outcome(store, *call) for store in stores} == {meant(kept, *call)}
    for case, (known, due) in kept.items():
        for store in stores:
            found = store.read(case)
            assert ids(found) == known
            assert found.due == (
                None if due is None else datetime.fromisoformat(due).replace(tzinfo=JST)
            )


def outcome(
    store: Store, case: str, version: int, new: list[str], due: str | None, erased: bool
) -> object:
    if erased:
        assert store.erase(case)
        return None
    try:
        return store.append(case, version, entries(*new), due=due)
    except StaleCase as stale:
        return stale.found, stale.ids


def meant(
    kept: dict[str, tuple[list[str], str | None]],
    case: str, version: int, new: list[str], due: str | None, erased: bool,
) -> object:  # fmt: skip
    if erased:
        kept.pop(case, None)
        return None
    known, _ = kept.get(case, ([], None))
    added = [id for id in dict.fromkeys(new) if id not in known]
    if new and not added:
        return len(known)
    if version != len(known):
        return len(known), tuple(known[version:])
    kept[case] = [*known, *added], due
    return len(known) + len(added)
