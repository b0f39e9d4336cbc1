"""Who is treated differently, by z3: a second road to the same answer, for checking the first.

Facts become variables with a flag that says whether they are known; every
cube that comes out is widened by asking z3, and added until z3 finds no case outside them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from diversion_flow.analysis.cells import (
    KNOWN,
    UNKNOWN,
    Bits,
    Bound,
    Cell,
    Cells,
    Cube,
    Demand,
    Question,
    ground,
    question,
)
from diversion_flow.analysis.days import InForce
from diversion_flow.definition import Guard, Process
from diversion_flow.definition.guard import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Includes,
    InState,
    Known,
    Member,
    Not,
)

Formula: TypeAlias = Any  # z3 brings no types of its own
_CALL = 10  # one question to z3 is as much work as so many comparisons of cubes


def z3_cover(cells: Cells, parts: list[Demand]) -> list[Cube]:
    """The widest cubes in which all parts are as they are to be (see `people.cells_cover`)."""
    return _Cover(cells, parts).cubes()


class _Cover:
    def __init__(self, cells: Cells, parts: list[Demand]) -> None:
        import z3

        self.z3, self.cells = z3, cells
        self._places: dict[Question, dict[tuple[type, Bound], int]] = {}
        self._asked = list(dict.fromkeys(_questions(parts)))
        self._variables = {q: z3.Int(f"{q.kind}:{q.id}:{q.value}") for q in self._asked}
        self._flags = {q.id: z3.Bool(f"known:{q.id}") for q in self._asked
                       if q.kind in ("fact", "value")}  # fmt: skip
        self._sought = z3.And([self._part(*part) for part in parts] or [True])
        within = self._cube({q: cells.full(q) for q in self._asked})
        self._left, self._outside = z3.Solver(), z3.Solver()
        self._left.add(within, self._sought)
        self._outside.add(within, z3.Not(self._sought))

    def cubes(self) -> list[Cube]:
        z3, found = self.z3, []
        while self._left.check() == z3.sat:
            cube = self._widened(self._cell_of(self._left.model()))
            found.append(cube)
            self._left.add(z3.Not(self._cube(cube)))
        return found

    def _widened(self, cube: Cube) -> Cube:
        """The cube as wide as it can be while it is still inside, tried cell by cell."""
        wide = dict(cube)
        for about in list(cube):
            without = {q: b for q, b in wide.items() if q != about}
            if self._inside(without):
                wide = without
        for about in wide:
            for place in range(len(self.cells.of(about))):
                wider = {**wide, about: wide[about] | (1 << place)}
                if wider != wide and self._inside(wider):
                    wide = wider
        return wide

    def _inside(self, cube: Cube) -> bool:
        self.cells.spend(_CALL)
        self._outside.push()
        self._outside.add(self._cube(cube))
        none = self._outside.check() == self.z3.unsat
        self._outside.pop()
        return bool(none)

    # -- cells as constraints -------------------------------------------------------------

    def _cube(self, cube: Cube) -> Formula:
        return self.z3.And([self._bits(q, m) for q, m in cube.items()] or [True])

    def _bits(self, about: Question, bits: Bits) -> Formula:
        allowed = self.cells.allowed(about, bits)
        return self.z3.Or([self._cell(about, cell) for cell in allowed] or [False])

    def _cell(self, about: Question, cell: Cell) -> Formula:
        z3, variable = self.z3, self._variables[about]
        if cell.value is UNKNOWN:
            return z3.Not(self._flags[about.id])
        if cell.value is KNOWN:
            return self._flags[about.id]
        if about.kind == "fact":
            place = self._place(about, cell.value)
            low, high = _number(cell.low, place), _number(cell.high, place)
            return z3.And(self._flags[about.id], variable >= low, variable <= high)
        return variable == self._place(about, cell.value)

    def _place(self, about: Question, value: Bound) -> int:
        """The number that stands for a cell among those of its question; -1: there is none."""
        if about not in self._places:
            cells = enumerate(self.cells.of(about))
            self._places[about] = {(type(c.value), c.value): place for place, c in cells}
        return self._places[about].get((type(value), value), -1)

    def _cell_of(self, model: Formula) -> Cube:
        """The one cell of each question in which the model stands."""
        cube: dict[Question, Bits] = {}
        for about in self._asked:
            for cell in self.cells.of(about):
                said = model.eval(self._cell(about, cell), model_completion=True)
                if self.z3.is_true(said):
                    cube[about] = self.cells.bits(about, (cell.value,))
                    break
        return cube

    # -- guards as formulas ---------------------------------------------------------------

    def _part(self, process: Process, guard: Guard, holds: bool) -> Formula:
        formula = self._is(process, ground(process, guard), True)
        return formula if holds else self.z3.Not(formula)

    def _is(self, process: Process, guard: Guard, sought: bool) -> Formula:
        """The guard is surely `sought`: of a fact that is not known nothing is sure."""
        z3 = self.z3
        match guard:
            case Always():
                return z3.BoolVal(sought)
            case Not():
                return self._is(process, guard.guard, not sought)
            case AllOf() | AnyOf():
                parts = [self._is(process, part, sought) for part in guard.guards]
                return z3.And(parts) if isinstance(guard, AllOf) == sought else z3.Or(parts)
        atom = self._atom(process, guard)
        if isinstance(guard, Known):
            return atom if sought else z3.Not(atom)
        surely = [atom if sought else z3.Not(atom)]
        about = question(guard)
        assert about is not None
        if about.kind in ("fact", "value"):
            surely += [self._flags[about.id], self._domain(process, about)]
        elif about.kind == "machine":
            surely.append(self._domain(process, about))
        return z3.And(surely)

    def _atom(self, process: Process, guard: Guard) -> Formula:
        z3 = self.z3
        about = question(guard)
        assert about is not None
        if isinstance(guard, Known):
            return z3.And(self._flags[guard.fact], self._domain(process, about))
        variable = self._variables[about]
        match guard:
            case Compare():
                bound = self._constant(about, guard.value)
                return _OPERATORS[guard.operator](variable, bound)
            case Member():
                return z3.Or([variable == self._constant(about, v) for v in guard.values])
            case InForce():
                law = (self._cell(about, c) for c in self.cells.of(about) if guard.on(c.value))
                return z3.Or([*law] or [False])
            case InState():
                return z3.Or([variable == self._place(about, s) for s in guard.states] or [False])
        if isinstance(guard, Includes):
            schema = process.by_id["fact"].get(guard.fact)
            able = schema is not None and schema.choice(guard.value) is not None
            return z3.And(variable == 0, able)
        return variable == 0

    def _constant(self, about: Question, value: Any) -> int:
        place = self._place(about, value)
        return place if place < 0 else _number(value, place)  # below 0: no case can have it

    def _domain(self, process: Process, about: Question) -> Formula:
        """What this process knows of: other values cannot be in its cases."""
        if about.kind == "value":
            return self.z3.BoolVal(about.id in process.by_id["fact"])
        cells = (c for c in self.cells.of(about)
                 if c.value is not UNKNOWN and self.cells.possible(process, about, c))  # fmt: skip
        return self.z3.Or([self._cell(about, cell) for cell in cells] or [False])


def _number(value: Bound, place: int) -> int:
    """The value as a whole number: numbers and days as such, choices by their place."""
    if isinstance(value, bool | str):
        return place
    if isinstance(value, int):
        return value
    if hasattr(value, "hour"):
        return int(value.timestamp() * 1_000_000)
    ordinal: int = value.toordinal()
    return ordinal


_OPERATORS: dict[str, Callable[[Formula, Formula], Formula]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _questions(parts: list[Demand]) -> list[Question]:
    found: list[Question] = []
    for law, guard, _ in parts:
        for atom in ground(law, guard).walk():
            about = question(atom)
            if about is not None:
                found.append(about)
                if about.kind == "value":
                    found.append(Question("fact", about.id))
    return found
