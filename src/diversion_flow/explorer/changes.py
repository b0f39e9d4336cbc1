"""What is different from one law to another, for every pair that the page can compare."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from typing import Any

from ..analysis.structure import Change, structure
from ..definition import Process
from .model import both


def changes(laws: Iterable[Process]) -> list[dict[str, Any]]:
    """Pairs of laws (by their place in the list) with their changes, in both directions.

    Compared are laws of one version and laws of one place: who looks at a place asks what the
    place does otherwise, or what an amendment changed there.
    """
    numbered = permutations(enumerate(laws), 2)
    return [
        {"from": i, "to": j, "changes": [_change(c) for c in structure(a, b)]}
        for (i, a), (j, b) in numbered
        if _near(a, b)
    ]


def edition(process: Process) -> tuple[str, str]:
    """The version of the law, and the variant put on it; a version alone has no variant."""
    version, _, variant = process.version.partition("+")
    return version, variant


def _near(a: Process, b: Process) -> bool:
    return any(one == other for one, other in zip(edition(a), edition(b), strict=True))


def _change(change: Change) -> dict[str, Any]:
    # What is added to a part that was there before, or taken from it, changes the part.
    return {
        "kind": change.kind if change.field is None else "changed",
        "part": change.part,
        "path": list(change.path),
        "said": both(change.said),
    }
