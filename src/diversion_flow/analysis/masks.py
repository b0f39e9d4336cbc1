"""Cubes as numbers, for searches that meet and compare a great many of them.

Each question has a field of bits, one for each of its cells, and a spare one above them. A bit is
set where a cell is excluded: nothing asked is nought, what two cubes allow together is what
neither excludes, and a question that has no cell left carries into its spare bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from ..definition import Machine
from .cells import UNKNOWN, Cells, Cube, Question

Mask: TypeAlias = int
OF_STEPS: Final = (
    "working day",
    "day",
    "deadline",
    "missed",
    "named",
    "narrows",
)  # each step answers them anew
_OF_SETS: Final = ("value", "named", "narrows")  # ... or not: of what may be not known at all
_KINDS: Final = ("fact", "value", *OF_STEPS)


def bits_of(mask: Mask) -> Iterator[Mask]:
    """The bits that are set, each by itself."""
    while mask:
        yield (bit := mask & -mask)
        mask ^= bit


class Masks:
    """The fields of all questions but where machines stand; they grow as more is asked."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self._places: dict[Question, int] = {}
        self._about: dict[str, Mask] = {}
        self._width = 0
        self._lowest: Mask = 0
        self._spare: Mask = 0
        self.of_steps: Mask = 0
        self.day: Mask = 0
        for kind in _KINDS:
            for about in cells.asked(kind):
                self._place(about)
                self._place(Question("fact", about.id) if kind in _OF_SETS else about)

    def __len__(self) -> int:
        return len(self._places)

    def of(self, cube: Cube) -> Mask:
        """What the cube excludes; that a set is named with a step excludes that it is unknown."""
        excluded = 0
        for about, bits in cube.items():
            if about.kind != "machine":
                excluded |= self._excluded(about, bits)
                if about.kind == "named" and self._cells.yes(bits):
                    known = Question("fact", about.id)
                    unknown = self._cells.bits(known, (UNKNOWN,))
                    excluded |= self._excluded(known, self._cells.full(known) & ~unknown)
        return excluded

    def of_values(self, values: Iterable[Question]) -> Mask:
        """That each of these is in its set, as what excludes that it is not."""
        return sum(self._cells.bits(about, (False,)) << self._place(about) for about in values)

    def _excluded(self, about: Question, bits: int) -> Mask:
        return (self._cells.full(about) & ~bits) << self._place(about)

    def _place(self, about: Question) -> int:
        if about not in self._places:
            self._places[about] = place = self._width
            field = self._cells.full(about) << place
            self._width = place + len(self._cells.of(about)) + 1
            self._lowest |= 1 << place
            self._spare |= 1 << (self._width - 1)
            if about.kind in OF_STEPS:
                self.of_steps |= field
                self.day |= field if about.kind == "day" else 0
            else:
                self._about[about.id] = self._about.get(about.id, 0) | field
        return self._places[about]

    def about(self, facts: Iterable[str]) -> Mask:
        """All that is asked about these facts."""
        found = 0
        for fact in facts:
            found |= self._about.get(fact, 0)
        return found

    def later(self, excluded: Mask) -> Mask:
        """The days after the last that is not excluded: what came before was on none of them."""
        return self.day & -(1 << (self.day & ~excluded).bit_length())

    def possible(self, excluded: Mask) -> bool:
        """Whether every question has a cell left."""
        return not (excluded + self._lowest) & self._spare


class Standing:
    """Where machines may not stand, and which limits may not be still to begin, as one number: a
    field of a bit for each state, and a spare one above them; a bit for each limit above all."""

    def __init__(self, cells: Cells, machines: Mapping[str, Machine]) -> None:
        self._limits: dict[str, Mask] = {}
        self.places: dict[str, int] = {}
        self.states: dict[str, dict[str, Mask]] = {}  # machine → state → its bit
        self.fields: dict[str, Mask] = {}  # machine → all of them
        self._at = [""]  # of which machine each bit is, counted from one
        self._lowest = self._spare = width = 0
        for machine in machines:
            known = cells.of(Question("machine", machine))
            self.places[machine] = width
            self.states[machine] = {c.value: 1 << width + n for n, c in enumerate(known)}
            self.fields[machine] = (1 << width + len(known)) - (1 << width)
            self._lowest |= 1 << width
            width += len(known) + 1
            self._at += [machine] * (width - len(self._at))
            self._spare |= 1 << width - 1
        self.limits = self._next = 1 << width
        self.everywhere = self.limits - 1
        initial = sum(self.states[id][machine.initial] for id, machine in machines.items())
        self.begins: Mask = initial | -self.limits  # as a case is opened: no limit has begun

    def waiting(self, limit: str) -> Mask:
        """The limit has not begun."""
        if limit not in self._limits:
            self._limits[limit], self._next = self._next, self._next << 1
        return self._limits[limit]

    def possible(self, elsewhere: Mask) -> bool:
        """Whether every machine may stand somewhere."""
        return not ((elsewhere & self.everywhere) + self._lowest) & self._spare

    def asked(self, elsewhere: Mask) -> Iterator[tuple[str, Mask]]:
        """Each machine that may not stand everywhere, with where it may not."""
        left = elsewhere & self.everywhere
        while left:
            machine = self._at[(left & -left).bit_length()]
            yield machine, left & self.fields[machine]
            left &= ~self.fields[machine]

    def allowed(self, elsewhere: Mask) -> dict[str, set[str]]:
        """Of each machine that may not stand everywhere, the states in which it may."""
        return {
            machine: {state for state, bit in self.states[machine].items() if not bit & asked}
            for machine, asked in self.asked(elsewhere)
        }
