"""What a space may do, written for model checkers that nobody here wrote."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

from diversion_flow.proof.diagram import Action, Pairs
from diversion_flow.proof.space import Space


def starts(space: Space) -> Iterator[tuple[int, ...]]:
    """Each configuration in which a case may be opened."""
    for cube in space.sets.cubes(space.start):
        yield from product(*(cube.get(i, range(n)) for i, n in enumerate(space.sets.sizes)))


# -- SPIN ------------------------------------------------------------------------------------------


def promela(spaces: Sequence[Space]) -> str:
    """One process that first chooses a space and then does what may be done there."""
    most = max(len(space.sets.sizes) for space in spaces)
    lines = ["byte chosen;", *(f"byte v{i};" for i in range(most)), "active proctype P() { end: do"]
    for number, space in enumerate(spaces, 1):
        for start in starts(space):
            sets = "; ".join(f"v{i} = {value}" for i, value in enumerate(start))
            lines.append(f":: d_step {{ chosen == 0 -> chosen = {number}; {sets} }}")
        for action in space.actions:
            lines += (_step(number, one) for one in _decided(action))
    return "\n".join((*lines, "od }"))


def _decided(action: Action) -> Iterator[Action]:
    """The action as several, none of which leaves open what a value becomes."""
    ways = [
        [(level, dict(zip(pairs, after, strict=True))) for after in product(*pairs.values())]
        for level, pairs in action.levels.items()
    ]
    for some in product(*ways):
        yield Action(action.label, {at: {v: (w,) for v, w in p.items()} for at, p in some})


def _step(number: int, action: Action) -> str:
    asked = [f"chosen == {number}"]
    becomes = []
    for level, pairs in action.levels.items():
        asked.append("(" + " || ".join(f"v{level} == {value}" for value in pairs) + ")")
        moved = [f":: v{level} == {v} -> v{level} = {w}" for v, (w,) in pairs.items() if v != w]
        becomes += [f"if {' '.join(moved)} :: else fi"] if moved else []
    return f":: d_step {{ {' && '.join(asked)} -> {'; '.join(becomes) or 'skip'} }}"


def stored_by_spin(model: str, folder: Path) -> int:
    """How many configurations SPIN stores when it explores the model."""
    (folder / "model.pml").write_text(model, "ascii")
    for command in (
        ["spin", "-a", "model.pml"],
        ["cc", "-O1", "-DSAFETY", "-DNOREDUCE", "-DNOFAIR", "-o", "pan", "pan.c"],
    ):
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=240)
    told = subprocess.run(
        ["./pan", "-m1000000"], cwd=folder, check=True, capture_output=True, timeout=240
    ).stdout.decode()
    assert "errors: 0" in told, told
    assert "max search depth too small" not in told
    stored = re.search(r"([\d.e+]+) states, stored", told)
    assert stored, told
    return int(float(stored[1]))


# -- binary decision diagrams ----------------------------------------------------------------------


def counted_by_dd(space: Space) -> int:
    """How many configurations another library's binary diagrams find."""
    from dd.cudd import BDD

    sets, sizes = BDD(), space.sets.sizes
    bits = [
        [f"v{i}_{bit}" for bit in range(max(1, (n - 1).bit_length()))] for i, n in enumerate(sizes)
    ]
    sets.declare(*(name for names in bits for name in names))
    sets.configure(reordering=False)
    at = [
        [
            sets.cube({name: bool(value >> bit & 1) for bit, name in enumerate(names)})
            for value in range(size)
        ]
        for names, size in zip(bits, sizes, strict=True)
    ]

    def point(values: Sequence[int]) -> Any:
        node = sets.true
        for level, value in enumerate(values):
            node &= at[level][value]
        return node

    def any_of(nodes: Iterable[Any]) -> Any:
        found = sets.false
        for node in nodes:
            found |= node
        return found

    def after(node: Any, moves: Sequence[tuple[int, Pairs]]) -> Any:
        for level, pairs in moves:
            node = any_of(
                sets.exist(bits[level], node & at[level][value])
                & any_of(at[level][w] for w in then)
                for value, then in pairs.items()
            )
        return node

    allowed, steps = [], []
    for action in space.actions:
        may = sets.true
        for level, pairs in action.levels.items():
            may &= any_of(at[level][value] for value in pairs)
        allowed.append(may)
        steps.append(
            [(i, p) for i, p in action.levels.items() if any(w != (v,) for v, w in p.items())]
        )
    reached, last = any_of(map(point, starts(space))), None
    while reached != last:
        last = reached
        for may, moves in zip(allowed, steps, strict=True):
            while (more := reached | after(reached & may, moves)) != reached:
                reached = more
    return int(sets.count(reached, nvars=sum(map(len, bits))))


def counted(spaces: Iterable[Space]) -> list[int]:
    """How many configurations our own diagrams find."""
    return [space.sets.count(space.reached) for space in spaces]
