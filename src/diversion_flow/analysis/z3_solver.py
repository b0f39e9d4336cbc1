"""Who is treated differently, by z3: a second road to the same answer, for checking the first.

The one door to z3. Facts become variables with a flag that says whether they are known; every
cube that comes out is widened by asking z3, and added until z3 finds no case outside them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..definition import Guard, Process
from ..definition.extras import needed
from ..definition.guard import AllOf, Always, AnyOf, Compare, Includes, InState, Known, Member, Not
from .cells import KNOWN, UNKNOWN, Cell, Cells, Cube, Question, ground, question

Part = tuple[Process, Guard, bool]


def z3_cover(cells: Cells, parts: list[Part]) -> list[Cube]:
    """The widest cubes in which all parts are as they are to be (see `people.cells_cover`)."""
    return _Cover(cells, parts).cubes()


class _Cover:
    def __init__(self, cells: Cells, parts: list[Part]) -> None:
        with needed("proofs"):
            import z3

        self.z3, self.cells = z3, cells
        self._asked = list(dict.fromkeys(_questions(parts)))
        self._variables = {q: z3.Int(f"{q.kind}:{q.id}:{q.value}") for q in self._asked}
        self._flags = {q.id: z3.Bool(f"known:{q.id}") for q in self._asked
                       if q.kind in ("fact", "value")}  # fmt: skip
        self._sought = z3.And([self._part(*part) for part in parts] or [True])

    def cubes(self) -> list[Cube]:
        z3, found = self.z3, []
        solver = z3.Solver()
        solver.add(self._within_cells(), self._sought)
        while solver.check() == z3.sat:
            cube = self._widened(self._cell_of(solver.model()))
            found.append(cube)
            solver.add(z3.Not(self._cube(cube)))
        return found

    def _widened(self, cube: Cube) -> Cube:
        wide = dict(cube)
        for about in list(cube):
            without = {q: m for q, m in wide.items() if q != about}
            if self._inside(without):
                wide = without
        for about in wide:
            for bit in range(len(self.cells.of(about))):
                wider = {**wide, about: wide[about] | (1 << bit)}
                if wider != wide and self._inside(wider):
                    wide = wider
        return wide

    def _inside(self, cube: Cube) -> bool:
        solver = self.z3.Solver()
        solver.add(self._within_cells(), self._cube(cube), self.z3.Not(self._sought))
        return bool(solver.check() == self.z3.unsat)

    # -- cells as constraints -------------------------------------------------------------

    def _within_cells(self) -> Any:
        full = {q: self.cells.full(q) for q in self._asked}
        return self.z3.And([self._bits(q, m) for q, m in full.items()] or [True])

    def _cube(self, cube: Cube) -> Any:
        return self.z3.And([self._bits(q, m) for q, m in cube.items()] or [True])

    def _bits(self, about: Question, mask: int) -> Any:
        picked = enumerate(self.cells.of(about))
        return self.z3.Or([self._cell(about, b, c) for b, c in picked if mask >> b & 1] or [False])

    def _cell(self, about: Question, bit: int, cell: Cell) -> Any:
        z3, variable = self.z3, self._variables[about]
        if cell.value is UNKNOWN:
            return z3.Not(self._flags[about.id])
        if cell.value is KNOWN:
            return self._flags[about.id]
        if about.kind == "fact":
            low, high = _number(cell.low, bit), _number(cell.high, bit)
            return z3.And(self._flags[about.id], variable >= low, variable <= high)
        return variable == bit

    def _cell_of(self, model: Any) -> Cube:
        """The one cell of each question in which the model stands."""
        cube: dict[Question, int] = {}
        for about in self._asked:
            for bit, cell in enumerate(self.cells.of(about)):
                said = model.eval(self._cell(about, bit, cell), model_completion=True)
                if self.z3.is_true(said):
                    cube[about] = 1 << bit
                    break
        return cube

    # -- guards as formulas ---------------------------------------------------------------

    def _part(self, law: Process, guard: Guard, holds: bool) -> Any:
        formula = self._is(law, ground(law, guard), True)
        return formula if holds else self.z3.Not(formula)

    def _is(self, law: Process, guard: Guard, sought: bool) -> Any:
        """The guard is surely `sought`: of a fact that is not known nothing is sure."""
        z3 = self.z3
        match guard:
            case Always():
                return z3.BoolVal(sought)
            case Not():
                return self._is(law, guard.guard, not sought)
            case AllOf() | AnyOf():
                parts = [self._is(law, part, sought) for part in guard.guards]
                return z3.And(parts) if isinstance(guard, AllOf) == sought else z3.Or(parts)
        atom = self._atom(law, guard)
        if isinstance(guard, Known):
            return atom if sought else z3.Not(atom)
        surely = [atom if sought else z3.Not(atom)]
        about = question(guard)
        assert about is not None
        if about.kind in ("fact", "value"):
            surely += [self._flags[about.id], self._domain(law, about)]
        elif about.kind == "machine":
            surely.append(self._domain(law, about))
        return z3.And(surely)

    def _atom(self, law: Process, guard: Guard) -> Any:
        z3 = self.z3
        about = question(guard)
        assert about is not None
        if isinstance(guard, Known):
            return z3.And(self._flags[guard.fact], self._domain(law, about))
        variable = self._variables[about]
        match guard:
            case Compare():
                bound = self._constant(about, guard.value)
                return _OPERATORS[guard.operator](variable, bound)
            case Member():
                return z3.Or([variable == self._constant(about, v) for v in guard.values])
            case InState():
                bits = [b for b, c in enumerate(self.cells.of(about)) if c.value in guard.states]
                return z3.Or([variable == b for b in bits] or [False])
        if isinstance(guard, Includes):
            schema = law.by_id["fact"].get(guard.fact)
            able = schema is not None and schema.choice(guard.value) is not None
            return z3.And(variable == 0, able)
        return variable == 0

    def _constant(self, about: Question, value: Any) -> int:
        for bit, cell in enumerate(self.cells.of(about)):
            if cell.value == value and type(cell.value) is type(value):
                return _number(value, bit)
        return -1  # a value that no cell begins with: no case can have it

    def _domain(self, law: Process, about: Question) -> Any:
        """What this process knows of: other values cannot be in its cases."""
        if about.kind == "value":
            return self.z3.BoolVal(about.id in law.by_id["fact"])
        bits = [b for b, c in enumerate(self.cells.of(about))
                if c.value is not UNKNOWN and self.cells.possible(law, about, c)]  # fmt: skip
        cells = self.cells.of(about)
        return self.z3.Or([self._cell(about, b, cells[b]) for b in bits] or [False])


def _number(value: Any, bit: int) -> int:
    """The value as a whole number: numbers and days as such, choices by their place."""
    if isinstance(value, bool | str):
        return bit
    if isinstance(value, int):
        return value
    if hasattr(value, "hour"):
        return int(value.timestamp() * 1_000_000)
    ordinal: int = value.toordinal()
    return ordinal


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


def _questions(parts: list[Part]) -> list[Question]:
    found: list[Question] = []
    for law, guard, _ in parts:
        for atom in ground(law, guard).walk():
            about = question(atom)
            if about is not None:
                found.append(about)
                if about.kind == "value":
                    found.append(Question("fact", about.id))
    return found
