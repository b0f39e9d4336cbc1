"""A program that keeps entries, and says of each, once it is kept, that it is: FOLDER, APPENDS,
"open" or "sealed", "FULL" or "NORMAL" (how SQLite waits for the disk)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from diversion_flow.store import Store, StoredEntry, sqlite_keys, sqlite_store

CASES = 5
PER_CALL = 2  # entries kept together


def stores(folder: Path, sealed: bool) -> Store:
    keys = sqlite_keys(folder / "keys.db") if sealed else None
    return sqlite_store(folder / "cases.db", keys=keys)


def entry(case: str, number: int) -> StoredEntry:
    """The entry of this number: long ones among them, which take several pages."""
    return StoredEntry(f"{number}", f"{case} {number} " * (500 if number % 7 == 0 else 20))


def main() -> None:
    folder, appends, sealed, waits = Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:]
    store = stores(folder, sealed == "sealed")
    store._rows._file.run(f"PRAGMA synchronous = {waits}")  # type: ignore[attr-defined]
    store._rows._file.run("PRAGMA wal_autocheckpoint = 60")  # type: ignore[attr-defined]
    acknowledged = os.open(folder / "said", os.O_WRONLY | os.O_CREAT)
    for number in range(appends):
        case, version = f"case{number % CASES}", number // CASES * PER_CALL
        new = [entry(case, version + more) for more in range(PER_CALL)]
        version = store.append(case, version, new, due="2024-06-03")
        os.write(acknowledged, f"{case} {version}\n".encode())


if __name__ == "__main__":
    main()
