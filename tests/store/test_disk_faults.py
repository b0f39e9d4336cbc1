"""A full disk, a step that fails, a step that is interrupted, at each of the first steps: it is told
or borne, what was acknowledged stays, and the file opens again. `--full` tries the first 500."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.amounts import Amount
from helpers.disk import run
from helpers.peer_programs import needs_cc


@needs_cc
@pytest.mark.again
def test_what_the_disk_says_no_to_is_told_and_harms_nothing(
    quick_folder: Path, amount: Amount
) -> None:
    steps, appends = amount(500, 36), amount(70, 3)
    (quick_folder / "files").mkdir()
    *wrong, told = run(
        "disk_faults", quick_folder / "files", None, str(steps), str(appends)
    ).splitlines()
    assert wrong == []
    no_space, failed, interrupted = map(int, told.split())
    assert no_space == steps  # nothing is written any more, and that is always told
    assert 0.5 * steps < failed <= steps
    assert interrupted < failed
