"""A stored case of 34 entries: reading it, its page and its picture for one agency; and beside
them how long JSON alone takes to read the same lines.

PYTHONPATH=benchmarks .venv/bin/python benchmarks/desk.py [FOLDER]

The processor's time, the median of many rounds; the first reading in a program makes the law, too,
and is not counted.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

from diversion_flow import processes
from diversion_flow.definition.moments import moment
from diversion_flow.desk import Remembered, keep_dossier, page, read_dossier
from diversion_flow.diagram import draw
from diversion_flow.dossier import Dossier, Entry, EntryKind
from diversion_flow.scenarios import shipped
from diversion_flow.store import MemoryKeys, Store, sqlite_store

ENTRIES = 34
AGENCY = "center"


def main() -> None:
    """Print a table."""
    folder = Path(tempfile.mkdtemp(dir=sys.argv[1] if len(sys.argv) > 1 else None))
    told = story()
    now = told.case.at + timedelta(days=1)
    print(f"a stored case of {len(told.entries)} entries, the processor's time")
    for name, keys in (("open", None), ("sealed", MemoryKeys())):
        store = sqlite_store(folder / f"{name}.db", keys=keys)
        keep_dossier(store, told, 0)
        table(name, store, now)
        store.close()


def table(name: str, store: Store, now: object) -> None:
    remembered = Remembered()
    lines = [entry.text for entry in store.read("c").entries]

    def seen(dossier: Dossier) -> object:
        case = dossier.case.advance(to=now)  # type: ignore[arg-type]
        return page(case, case.view(AGENCY))

    def drawn() -> object:
        return draw(remembered.read(store, "c").case.view(AGENCY), lang="ja")

    rows: dict[str, tuple[Callable[[], object], int]] = {
        "JSON alone": (lambda: [json.loads(line) for line in lines], 200),
        "lines, each link checked": (lambda: store.read("c"), 200),
        "dossier, read anew": (lambda: read_dossier(store, "c"), 200),
        "dossier, remembered": (lambda: remembered.read(store, "c"), 500),
        "page of one agency, read anew": (lambda: seen(read_dossier(store, "c")), 30),
        "page of one agency, remembered": (lambda: seen(remembered.read(store, "c")), 100),
        "picture of one agency's view": (drawn, 7),
    }
    for row, (do, rounds) in rows.items():
        do()
        print(f"  {name:7}{row:32}{median(seconds(do) for _ in range(rounds)) * 1e3:8.2f} ms")


def seconds(do: Callable[[], object]) -> float:
    began = process_time()
    do()
    return process_time() - began


def story() -> Dossier:
    """The story in which counsel notices, each of its entries with a note."""
    found, law = shipped("cs01_counsel_notices"), processes.history("entry_support")
    opened = found.openings[0]
    dossier = Dossier("c", law).record(
        Entry(kind=EntryKind.OPENING, happened=opened.at, recorded=opened.at, office="police",
              facts=dict(opened.facts))
    )  # fmt: skip
    for number, step in enumerate(found.steps):
        if step.event and step.by and not step.expected.refused and number < ENTRIES * 2:
            dossier = dossier.record(
                Entry(kind=EntryKind.EVENT, id=f"e{number}", event=step.event, by=step.by,
                      office=step.by, user="sato", happened=step.at, facts=dict(step.facts),
                      recorded=moment(step.at) + timedelta(minutes=5), note="noted " * 5)
            )  # fmt: skip
    return dossier.known(on=dossier.entries[:ENTRIES][-1].recorded)


if __name__ == "__main__":
    main()
