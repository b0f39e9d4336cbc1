"""What is different from one law to another, for every pair that the page can compare."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import combinations, permutations
from typing import Any

from ..analysis.structure import Change, structure
from ..definition import LANGUAGES, Process, Text
from .model import both
from .slices import Slices


def changes(laws: Iterable[Process], slices: Slices) -> list[dict[str, Any]]:
    """Pairs of laws (by their place in the list) with their changes, in both directions.

    Compared are laws of one version and laws of one place: who looks at a place asks what the
    place does otherwise, or what an amendment changed there. What is told of two laws in one
    direction is told in nearly the same words in the other: beside each other they pack well.
    """
    return [
        {"from": i, "to": j, "changes": [_told(c, slices) for c in structure(a, b)]}
        for pair in combinations(enumerate(laws), 2)
        for (i, a), (j, b) in permutations(pair)
        if any(one == other for one, other in zip(edition(a), edition(b), strict=True))
    ]


def edition(process: Process) -> tuple[str, str]:
    """The version of the law, and the variant put on it; a version alone has no variant."""
    version, _, variant = process.version.partition("+")
    return version, variant


def _told(change: Change, slices: Slices) -> dict[str, Any]:
    """The change in words; many pairs of laws differ in the same."""
    if change.part == "process":
        return _change(change)
    held = () if change.field is None else (change.before, change.after)
    what = ("change", change.kind, change.part, change.path, change.field, *held)
    roots = [_part(law, change.part, change.path) for law in change.between]
    within = change.path[0] if change.part in ("machine", "state", "transition") else ""
    laws = [(law, within) for law in change.between]
    return slices.once(what, [*roots, *change.basis], laws, partial(_change, change))


def _part(law: Process, kind: str, path: tuple[str, ...]) -> Any:
    """The part in this law, or what holds it; None where neither is there."""
    if kind not in ("state", "transition"):
        return law.by_id["fact" if kind == "choice" else kind].get(path[0])
    machine = law.by_id["machine"].get(path[0])
    parts = () if machine is None else machine.states if kind == "state" else machine.transitions
    return next((part for part in parts if part.id == path[1]), None)


def _change(change: Change) -> dict[str, Any]:
    # What is added to a part that was there before, or taken from it, changes the part.
    return {
        "kind": change.kind if change.field is None else "changed",
        "part": change.part,
        "path": list(change.path),
        "said": both(Text(*(change.text(lang, ids=False) for lang in LANGUAGES))),
    }
