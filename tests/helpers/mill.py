"""A program that sets several others to work on one store at once, and lets them be killed
anywhere: KIND ("sqlite", "postgres"), WHERE (a file, an address), a TASK and its size, a seed.

It prints what went wrong, and last what was done. A program dies at the call of a function, its own
or Python's, that is drawn by chance: before a statement, between two, before it says what it did.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from functools import cache, partial
from itertools import count
from typing import Any

from attrs import frozen

from diversion_flow.store import (
    LimitDue,
    Settled,
    StaleCase,
    Store,
    StoredCase,
    StoredEntry,
    fire,
    postgres_store,
    sqlite_store,
)

Say = Callable[[str], None]
Opened = Callable[[], AbstractContextManager[Store]]
Work = Callable[[Opened, int, Say], None]
TOGETHER = 4
# Calls of functions in which a program gets something done; SQLAlchemy's take many.
BUSY = {"sqlite": 8_000, "postgres": 15_000}


@cache
def _engine(where: str) -> Any:
    """One that holds no connection, and has made what it asks of the statements: a program that is
    forked after that begins with its work."""
    import sqlalchemy

    engine = sqlalchemy.create_engine(where, poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:  # taken back
        for version in range(3):
            store = postgres_store(connection)
            store.append("c", store.read("c").version, [StoredEntry(str(version), "")], due=None)
    return engine


@contextmanager
def opening(kind: str, where: str) -> Iterator[Opened]:
    """How a program of its own opens the store, each time in a transaction."""
    if kind == "sqlite":
        with closing(sqlite_store(where)) as store:
            yield store.writing
        return
    with _engine(where).connect() as connection:
        store = postgres_store(connection)
        connection.rollback()

        @contextmanager
        def opened() -> Iterator[Store]:
            with connection.begin():
                yield store

        yield opened


@frozen
class Ended:
    """How a program ended, and what it had said."""

    killed: bool
    said: tuple[str, ...]


def together(kind: str, where: str, work: Work, deaths: list[int]) -> list[Ended]:
    """As many programs at once, each of which dies at that call, or lives (0)."""
    started = []
    for number, death in enumerate(deaths):
        ear, mouth = os.pipe()
        if (child := os.fork()) == 0:
            try:
                os.close(ear)
                with opening(kind, where) as opened:
                    _doom(death)
                    work(opened, number, partial(_say, mouth))
                    sys.setprofile(None)
                os._exit(0)
            finally:
                os._exit(1)
        os.close(mouth)
        started.append((child, ear))
    return [_ended(*one) for one in started]


def _deaths(kind: str, rnd: random.Random) -> list[int]:
    return [rnd.randrange(1, BUSY[kind]) for _ in range(TOGETHER)]


def _say(mouth: int, line: str) -> None:
    os.write(mouth, f"{line}\n".encode())


def _doom(calls: int) -> None:
    left = iter(range(calls - 1, -1, -1))

    def count(*_: object) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    if calls:
        sys.setprofile(count)


def _ended(child: int, ear: int) -> Ended:
    with os.fdopen(ear) as heard:
        said = tuple(heard.read().splitlines())
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "a program failed"
    return Ended(os.WIFSIGNALED(status), said)


# -- limits: each once, none early ------------------------------------------------------------------


def limits(kind: str, where: str, cases: int, rnd: random.Random) -> Iterator[str]:
    """Two limits of each case run out, and one does not yet."""
    with opening(kind, where) as opened, opened() as store:
        for number in range(cases):
            store.append(f"c{number}", 0, [StoredEntry("opened", "")], due="2024-06-01")
    killed = rounds = 0
    while True:
        rounds += 1
        ended = together(kind, where, settle, _deaths(kind, rnd))
        killed += sum(one.killed for one in ended)
        with opening(kind, where) as opened, opened() as store:
            if not store.due("2024-06-02"):
                break
    with opening(kind, where) as opened, opened() as store:
        for number in range(cases):
            case = store.read(f"c{number}")
            fired = Counter(entry.text for entry in case.entries[1:])
            if fired != {"2024-06-01": 1, "2024-06-02": 1} or str(case.due)[:10] != "2024-06-04":
                yield f"case {number}: {fired}, due {case.due}"
    yield f"{killed} killed in {rounds} rounds"


def settle(opened: Opened, number: int, say: Say) -> None:
    calls = iter(range(10**9))

    def act(case: StoredCase, limit: LimitDue) -> Settled:
        # An id of its own: settled twice, it would be there twice.
        entry = StoredEntry(f"{os.getpid()} {next(calls)}", f"{limit.at:%Y-%m-%d}")
        later = "2024-06-02" if limit.at.day == 1 else "2024-06-04"
        return Settled([entry], later)

    fired = fire(opened, "2024-06-02", act)
    assert fired.failed == ()


# -- writers: what was acknowledged stays ------------------------------------------------------------


def writers(kind: str, where: str, kills: int, rnd: random.Random) -> Iterator[str]:
    """Each writes to its own case and to one of all, those of another round to others."""
    said: Counter[str] = Counter()
    killed = 0
    rounds = count()
    while killed < kills:
        for one in together(kind, where, partial(write, next(rounds)), _deaths(kind, rnd)):
            killed += one.killed
            for line in one.said:
                case, version = line.split()
                said[case] = max(said[case], int(version))
    with opening(kind, where) as opened, opened() as store:
        for case, version in said.items():
            found = store.read(case)
            if found.version < version:
                yield f"{case} lost {version - found.version}"
    yield f"{killed} killed, {sum(said.values())} acknowledged in {len(said)} cases"


def write(turn: int, opened: Opened, number: int, say: Say) -> None:
    versions = {f"{turn}-own{number}": 0, f"{turn}-all": 0}
    for entry in (StoredEntry(f"{os.getpid()} {n}", "x" * 100) for n in range(100)):
        for case in versions:
            versions[case] = _kept(opened, case, versions[case], entry)
            say(f"{case} {versions[case]}")


def _kept(opened: Opened, case: str, version: int, entry: StoredEntry) -> int:
    while True:
        try:
            with opened() as store:
                return store.append(case, version, [entry], due=None)
        except StaleCase as stale:
            version = stale.found


# -- racers: each version is one writer's ------------------------------------------------------------


def racers(kind: str, where: str, versions: int, _: random.Random) -> Iterator[str]:
    """Four write to one case; the one who is late is told what is there."""

    def race(opened: Opened, number: int, say: Say) -> None:
        version = 0
        while version < versions:
            entry = StoredEntry(f"{number} {version}", "")
            try:
                with opened() as store:
                    version = store.append("a", version, [entry], due=None)
                say(str(version))
            except StaleCase as stale:
                if len(stale.ids) != stale.found - version:
                    raise
                version = stale.found

    won = Counter(line for one in together(kind, where, race, [0] * TOGETHER) for line in one.said)
    with opening(kind, where) as opened, opened() as store:
        found = store.read("a").version
    if won != Counter(str(version) for version in range(1, found + 1)):
        yield "a version is nobody's, or of two"
    yield f"{found} versions"


TASKS = {"limits": limits, "writers": writers, "racers": racers}

if __name__ == "__main__":
    kind, where, task, size, seed = sys.argv[1:]
    if kind == "postgres":
        _engine(where)
    for line in TASKS[task](kind, where, int(size), random.Random(seed)):
        print(line)
