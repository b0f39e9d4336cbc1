"""A program whose disk says no at each of its first steps: FOLDER, STEPS, APPENDS. It prints what
went wrong beyond being told, and last how often it was told."""

from __future__ import annotations

import ctypes
import errno
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from diversion_flow.store import Store, StoreRefused, sqlite_store
from helpers.disk_writer import entry

_disk = ctypes.CDLL(None)
# No space is left from then on; one step fails; one is interrupted, which SQLite bears.
FAULTS = ((errno.ENOSPC, 10**9), (errno.EIO, 1), (errno.EINTR, 1))


def fail(step: int, error: int, times: int) -> None:
    _disk.disk_fail(ctypes.c_long(step), ctypes.c_int(error), ctypes.c_long(times))


def kept(path: Path, appends: int) -> tuple[int, bool]:
    """How many entries were acknowledged, and whether the program was told of a fault."""
    version, store = 0, None
    try:
        store = sqlite_store(path, patience=1)
        for number in range(appends):
            version = store.append("a", version, [entry("a", number)], due="2024-06-03")
        return version, False
    except StoreRefused as refused:
        if refused.code != "store_refused" or not unchanged(store, version):
            raise
        return version, True
    finally:
        fail(0, 0, 0)
        if store:
            store.close()


def unchanged(store: Store | None, version: int) -> bool:
    """What is told to have failed is not there for who holds the store."""
    fail(0, 0, 0)
    return store is None or store.read("a").version == version


def faults(folder: Path, steps: int, appends: int, told: list[int]) -> Iterator[str]:
    names = count()
    for step in range(1, steps + 1):
        for error, times in FAULTS:
            path = folder / f"{next(names)}.db"
            fail(step, error, times)
            where = f"step {step}, {errno.errorcode[error]}"
            version, was_told = kept(path, appends)
            told[error] += was_told
            again = sqlite_store(path)
            case = again.read("a")
            if not version <= case.version <= version + was_told:
                yield f"{where}: {version} acknowledged, {case.version} kept"
            if list(case.entries) != [entry("a", n) for n in range(case.version)]:
                yield f"{where}: something else is kept"
            # The same call once more keeps it once.
            again.append("a", version, [entry("a", version)], due=None)
            if again.read("a").version != max(version + 1, case.version):
                yield f"{where}: the same call again did not keep it once"
            again.close()


def main() -> None:
    folder, steps, appends = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    told = [0] * 256
    for line in faults(folder, steps, appends, told):
        print(line)
    print(*(told[error] for error, _ in FAULTS))


if __name__ == "__main__":
    main()
