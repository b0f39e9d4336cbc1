"""Another program acts at any moment of what a store does: it is as if the one had come after the
other, and nothing lies about that no key opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from diversion_flow.definition.moments import moment as at
from diversion_flow.store import (
    MemoryKeys,
    Settled,
    Store,
    StoredEntry,
    StoreError,
    StoreRefused,
    fire,
    postgres_store,
    sqlite_store,
)
from helpers.overtaken import Moment, moments, stepping
from helpers.peer_programs import needs_postgres
from helpers.stores import engine_of, entries

DUE = at("2024-06-03")
Opened = Callable[[], AbstractContextManager[Store]]  # by a program of its own
Act = Callable[[Store, str], object]
Found = tuple[list[object], object]  # what each was told, and how it ended


def program(kind: str, folder: Path) -> Opened:
    """How a program opens the store of this kind."""
    keys = MemoryKeys() if kind.endswith("sealed") else None

    @contextmanager
    def in_postgres() -> Iterator[Store]:
        from sqlalchemy import text

        from helpers.postgres import server

        with engine_of(server().url).begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '5ms'"))
            yield postgres_store(connection, keys=keys)

    if kind.startswith("postgres"):
        return in_postgres
    return lambda: closing(sqlite_store(folder / "cases.db", keys=keys, patience=0))


# -- what is done ---------------------------------------------------------------------------------


def appends(version: int, *ids: str, due: str | None = None) -> Act:
    return lambda store, case: store.append(case, version, entries(*ids), due=due)


def fires(store: Store, case: str) -> object:
    fired = fire(store.writing, DUE, lambda *_: Settled((StoredEntry("fired", ""),)))
    return fired.count, [type(error) for _, error in fired.failed]


def renews_and_begins_again(store: Store, case: str) -> None:
    """As far as somebody comes who is killed before a word is sealed anew."""
    store.renew(case)
    store._bonds.renewed(case)


BEFORE: dict[str, Act] = {
    "nothing": lambda store, case: None,
    "a case": appends(0, "1", due="2024-06-03"),
    "a key": lambda store, case: store._bonds.made(case),  # whoever made it was taken back
}
DOES: dict[str, Act] = {
    "opens": BEFORE["a case"],
    "goes on": appends(1, "2"),
    "goes on by two": appends(1, "2", "3", due="2024-06-04"),
    "reads": lambda store, case: store.read(case),
    "asks": lambda store, case: bool(store.mark(case)) and store.version(case),
    "erases": lambda store, case: bool(store.erase(case)),
    "renews": lambda store, case: bool(store.renew(case)),
    "fires": fires,
}
MEANWHILE: dict[str, Act] = {
    **{name: DOES[name] for name in ("opens", "goes on", "erases", "renews")},
    "goes on otherwise": appends(1, "3"),
    "renews twice": renews_and_begins_again,
}


KINDS = {
    kind: [needs_postgres] if kind.startswith("postgres") else []
    for kind in ("sqlite", "sqlite sealed", "postgres", "postgres sealed")
}


def fitting(kind: str, names: Iterable[str]) -> list[str]:
    """Those that ask for no key, where nothing is sealed."""
    of_keys = ("a key", "renews", "renews twice")
    return [name for name in names if kind.endswith("sealed") or name not in of_keys]


def told(opened: Opened, does: Act, case: str, moment: Moment | None = None) -> object:
    """What a program is answered, or what is wrong, as values."""
    with opened() as store:
        try:
            return does(stepping(store, moment) if moment else store, case)
        except StoreRefused:
            raise
        except StoreError as error:
            return type(error), vars(error)
        finally:
            if moment:
                moment.step()  # before what was done is committed


def ended(opened: Opened, case: str) -> object:
    """How the case is in the end, and the limits of which nobody knows whose they are; it is out of
    the way of those that come."""
    with opened() as store:
        lost = [place for place, _ in store._rows.due(DUE) if store._bonds.case(place) is None]
        kept = store.read(case), store.version(case)
    told(opened, DOES["erases"], case)
    return kept, lost


@pytest.mark.again
@pytest.mark.sampled(every=5)
@pytest.mark.parametrize(
    ("kind", "before", "does"),
    [
        pytest.param(kind, before, does, marks=marks)
        for kind, marks in KINDS.items()
        for before in fitting(kind, BEFORE)
        for does in fitting(kind, DOES)
    ],
)
def test_it_is_as_if_the_one_had_come_after_the_other(
    kind: str, before: str, does: str, quick_folder: Path
) -> None:
    opened, numbers = program(kind, quick_folder), count()

    def anew() -> str:
        case = f"{kind} {before} {does} {next(numbers)}"
        told(opened, BEFORE[before], case)
        return case

    def one_after_the_other(*acts: Act) -> Found:
        case = anew()
        return [told(opened, act, case) for act in acts], ended(opened, case)

    first, tried = DOES[does], 0
    for name in fitting(kind, MEANWHILE):
        second = MEANWHILE[name]
        answers, end = one_after_the_other(second, first)
        fine = one_after_the_other(first, second), (answers[::-1], end)
        for moment in moments():
            case = anew()
            moment.act = partial(told, opened, second, case)
            answer = told(opened, first, case, moment)
            assert ([answer, moment.answer()], ended(opened, case)) in fine, name
            tried += 1
    assert tried > 10
