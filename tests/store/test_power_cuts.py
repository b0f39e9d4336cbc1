"""What a power cut leaves of a store: every entry that was acknowledged, whole calls, and nothing
else. `--full` cuts at 10,000 points."""

from __future__ import annotations

import random
import shutil
import tempfile
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

import pytest

from diversion_flow.store import DamagedCase, StoreRefused
from helpers.amounts import Amount
from helpers.disk import Disk, Step, run, steps
from helpers.disk_writer import CASES, PER_CALL, entry, stores
from helpers.peer_programs import needs_cc

APPENDS = 60


def written(folder: Path, sealed: str, waits: str) -> list[Step]:
    (folder / "files").mkdir()
    run("disk_writer", folder / "files", folder / "log", str(APPENDS), sealed, waits)
    return list(steps(folder / "log"))


def lost(done: list[Step], folder: Path, sealed: str, cuts: int, seed: int) -> list[str]:
    """What is missing or wrong after cuts at as many points, in words."""
    rnd, disk, wrong = random.Random(seed), Disk("files"), []
    at = sorted(rnd.choices(range(len(done)), k=cuts))
    said: dict[str, int] = {}
    for number, step in enumerate(done):
        if step.kind == "A":
            case, version = step.data.decode().split()
            said[case] = int(version)
        else:
            disk.do(step)
        for _ in range(bisect_left(at, number + 1) - bisect_left(at, number)):
            left = Path(tempfile.mkdtemp(dir=folder))
            disk.cut(rnd, left)
            wrong += [f"seed {seed}, step {number}: {said}" for said in faults(left, sealed, said)]
            shutil.rmtree(left)
    return wrong


def faults(left: Path, sealed: str, said: dict[str, int]) -> Iterator[str]:
    try:
        store = stores(left, sealed == "sealed")
        cases = {f"case{n}": store.read(f"case{n}") for n in range(CASES)}
        store.close()
    except (DamagedCase, StoreRefused) as error:
        yield str(error)
        return
    for name, case in cases.items():
        if case.version < said.get(name, 0):
            yield f"{name} lost {said[name] - case.version}"
        if case.version % PER_CALL:
            yield f"{name} has half a call"
        if list(case.entries) != [entry(name, n) for n in range(case.version)]:
            yield f"{name} says something else"


@needs_cc
@pytest.mark.again
@pytest.mark.parametrize("sealed", ["open", "sealed"])
def test_no_power_cut_takes_what_was_acknowledged(
    sealed: str, quick_folder: Path, amount: Amount
) -> None:
    done = written(quick_folder, sealed, "FULL")
    assert sum(step.kind == "A" for step in done) == APPENDS
    cuts = amount(5000, 60)
    assert lost(done, quick_folder, sealed, cuts, seed=20261126) == []


@needs_cc
@pytest.mark.again
def test_a_store_that_does_not_wait_for_the_disk_is_seen_to_lose(quick_folder: Path) -> None:
    """The test above can see: with `synchronous=NORMAL` acknowledged entries are lost."""
    done = written(quick_folder, "open", "NORMAL")
    assert [said for said in lost(done, quick_folder, "open", 60, seed=1) if "lost" in said]
