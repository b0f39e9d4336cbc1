"""Everything guards ask, cut into finitely many cells: the exact ground of all comparisons.

Each fact is cut where some guard compares it, so that within a cell every guard gives the same
answer; that a fact is not known is a cell of its own. A cube allows some cells of each question;
a guard becomes the cubes in which it holds. Nothing is sampled: what no cube allows cannot be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final, Literal

from attrs import frozen

from ..definition import Fact, Guard, Kind, Process
from ..definition.guard import (
    ALWAYS,
    AllOf,
    Always,
    AnyOf,
    Compare,
    Includes,
    InState,
    Known,
    Member,
    Not,
    OnWorkingDay,
    ParameterIs,
    ParameterRef,
    Running,
)
from ..runtime.clause import whole_guard
from ..runtime.logic import OPERATORS

NEVER: Final = Not(ALWAYS)


class _Named:
    """The cell of a fact that is not known, or is known without more being asked."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


UNKNOWN: Final = _Named("UNKNOWN")
KNOWN: Final = _Named("KNOWN")


@frozen
class Question:
    """One thing a guard asks about: a fact, whether a fact that holds several values holds
    `value`, a machine's state, the day, a running deadline."""

    kind: Literal["fact", "value", "machine", "working day", "deadline"]
    id: str = ""
    value: str = ""


_FIRST, _SECOND = 1, 2
Cube = Mapping[Question, int]  # question → bits of the cells it may be in; absent: any


@frozen
class Cell:
    """Values between which no guard tells: `low` to `high` of a number or day, else one value."""

    low: Any
    high: Any

    @property
    def value(self) -> Any:
        """A value of the cell."""
        return self.low


def question(atom: Guard) -> Question | None:
    """What a condition without parts asks about."""
    if isinstance(atom, Compare | Member | Known):
        return Question("fact", atom.fact)
    if isinstance(atom, Includes):
        return Question("value", atom.fact, atom.value)
    if isinstance(atom, InState):
        return Question("machine", atom.machine)
    if isinstance(atom, OnWorkingDay):
        return Question("working day")
    if isinstance(atom, Running):
        return Question("deadline", atom.deadline)
    return None


def ground(process: Process, guard: Guard) -> Guard:
    """The guard with the policy's parameters filled in, and what they settle left out."""
    match guard:
        case AllOf() | AnyOf():
            return _joined(guard, [ground(process, part) for part in guard.guards])
        case Not():
            inner = ground(process, guard.guard)
            return inner.guard if isinstance(inner, Not) else Not(inner)
        case ParameterIs():
            return ALWAYS if process.parameter(guard.parameter).value == guard.value else NEVER
        case Compare(value=ParameterRef() as bound):
            value = process.parameter(bound.id).value
            return ALWAYS if value is None else Compare(guard.fact, guard.operator, value)
    return guard


def _joined(guard: AllOf | AnyOf, parts: list[Guard]) -> Guard:
    decides, idle = (NEVER, ALWAYS) if isinstance(guard, AllOf) else (ALWAYS, NEVER)
    if decides in parts:
        return decides
    kept = [part for part in parts if part != idle]
    if len(kept) < 2:
        return kept[0] if kept else idle
    return type(guard)(tuple(kept))


class Cells:
    """The cells of all that the guards of some processes ask, and guards as cubes over them."""

    def __init__(self, *processes: Process, guards: Iterable[Guard] = ()) -> None:
        self.processes = processes
        self._guards = (*guards, *(g for p in processes for g in _guards(p)))
        self._found: dict[Question, tuple[Cell, ...]] = {}
        self._masks: dict[tuple[Guard, int], tuple[int, int]] = {}

    @cached_property
    def _asked(self) -> dict[Question, list[Guard]]:
        asked: dict[Question, list[Guard]] = {}
        for guard in self._guards:
            for atom in guard.walk():
                if (about := question(atom)) is not None:
                    asked.setdefault(about, []).append(atom)
        return asked

    def of(self, asked: Question) -> tuple[Cell, ...]:
        """The cells of a question, in order; of a fact, the last is that it is not known."""
        if asked not in self._found:
            self._found[asked] = tuple(self._cut(asked))
        return self._found[asked]

    def full(self, asked: Question) -> int:
        """The bits of all cells of a question."""
        return (1 << len(self.of(asked))) - 1

    def bits(self, asked: Question, values: Iterable[Any]) -> int:
        """The bits of the cells that begin with one of these values."""
        wanted = set(values)
        return sum(1 << bit for bit, cell in enumerate(self.of(asked)) if cell.value in wanted)

    def about(self, fact: str) -> list[Question]:
        """All that is asked about a fact."""
        asked = [q for q in self._asked if q.id == fact and q.kind in ("fact", "value")]
        return list(dict.fromkeys([*asked, Question("fact", fact)])) if asked else []

    def mask_of(self, asked: Question, value: Any) -> int:
        """The bits of the cell in which a fact with this value is; None: not known."""
        if asked.kind == "value":
            return _FIRST if value is not None and asked.value in value else _SECOND
        return sum(1 << bit for bit, cell in enumerate(self.of(asked)) if _holds(cell, value))

    def _cut(self, asked: Question) -> Iterator[Cell]:
        if asked.kind == "machine":
            states = dict.fromkeys(
                s.id for p in self._with("machine", asked.id) for s in p.machine(asked.id).states
            )
            yield from (Cell(s, s) for s in states)
        elif asked.kind == "fact":
            yield from self._cut_fact(asked)
            yield Cell(UNKNOWN, UNKNOWN)
        else:
            yield from (Cell(True, True), Cell(False, False))

    def _with(self, kind: str, id: str) -> list[Process]:
        return [p for p in self.processes if id in p.by_id[kind]]

    def _cut_fact(self, asked: Question) -> Iterator[Cell]:
        schemas = [p.fact(asked.id) for p in self._with("fact", asked.id)]
        atoms = self._asked.get(asked, [])
        match schemas[0].kind:
            case Kind.BOOLEAN:
                yield from (Cell(True, True), Cell(False, False))
            case Kind.CHOICE:
                ids = dict.fromkeys(c.id for schema in schemas for c in schema.choices)
                yield from (Cell(id, id) for id in ids)
            case Kind.CHOICES:  # each value that it may hold is a question of its own
                yield Cell(KNOWN, KNOWN)
            case _:
                yield from _ranges(schemas, _bounds(atoms))

    # -- guards as cubes ------------------------------------------------------------------

    def holds(self, process: Process, guard: Guard) -> list[Cube]:
        """The cubes in which the guard, as this process has it, holds."""
        return self._cubes(process, ground(process, guard), True, True)

    def fails(self, process: Process, guard: Guard) -> list[Cube]:
        """The cubes in which the guard does not hold, or is not known to."""
        return self._cubes(process, ground(process, guard), True, False)

    def _cubes(self, process: Process, guard: Guard, sought: bool, surely: bool) -> list[Cube]:
        """Where the guard is `sought` (surely), or where it is not (not surely)."""
        match guard:
            case Always():
                return [{}] if sought is surely else []
            case Not():
                return self._cubes(process, guard.guard, not sought, surely)
            case AllOf() | AnyOf():
                parts = [self._cubes(process, part, sought, surely) for part in guard.guards]
                together = isinstance(guard, AllOf) == (sought is surely)
                return self.all_of(*parts) if together else lean([c for p in parts for c in p])
        if isinstance(guard, Includes):
            return self._including(process, guard, sought, surely)
        about = question(guard)
        assert about is not None
        mask = self._mask(process, guard, sought)
        mask = mask if surely else self.full(about) & ~mask
        if mask == self.full(about):
            return [{}]
        return [{about: mask}] if mask else []

    @staticmethod
    def _including(process: Process, atom: Includes, sought: bool, surely: bool) -> list[Cube]:
        known, held = Question("fact", atom.fact), Question("value", atom.fact, atom.value)
        schema = process.by_id["fact"].get(atom.fact)
        if schema is None or schema.choice(atom.value) is None:  # no case here can hold it
            sure: list[Cube] = [] if sought else [{known: _FIRST}]
            return sure if surely else ([{}] if sought else [{known: _SECOND}])
        if surely:
            return [{known: _FIRST, held: _FIRST if sought else _SECOND}]
        return [{known: _SECOND}, {held: _SECOND if sought else _FIRST}]

    def _mask(self, process: Process, atom: Guard, sought: bool) -> int:
        """The cells in which the condition is true (or false) for a case of this process."""
        key = (atom, id(process))
        if key not in self._masks:
            about = question(atom)
            assert about is not None
            yes = no = 0
            for bit, cell in enumerate(self.of(about)):
                answer = _answer(atom, cell.value)
                if answer is not None and self.possible(process, about, cell):
                    yes, no = yes | (answer << bit), no | ((not answer) << bit)
            self._masks[key] = (yes, no)
        return self._masks[key][0 if sought else 1]

    @staticmethod
    def possible(process: Process, about: Question, cell: Cell) -> bool:
        """Whether a case of this process can be in that cell at all."""
        if about.kind == "machine":
            machine = process.by_id["machine"].get(about.id)
            return machine is not None and any(s.id == cell.value for s in machine.states)
        if about.kind == "fact" and cell.value is not UNKNOWN:
            schema = process.by_id["fact"].get(about.id)
            if schema is None:
                return False
            if schema.kind is Kind.CHOICE:
                return schema.choice(cell.value) is not None
            if schema.kind is Kind.INTEGER:
                low, high = schema.minimum, schema.maximum
                return (low is None or low <= cell.high) and (high is None or cell.low <= high)
        return True

    def admits(self, cube: Cube, states: Mapping[str, str], facts: Mapping[str, Any]) -> bool:
        """Whether a case with these states and known facts is in the cube, whatever the day."""
        return all(self._meets(about, mask, states, facts) for about, mask in cube.items())

    def _meets(
        self, about: Question, mask: int, states: Mapping[str, str], facts: Mapping[str, Any]
    ) -> bool:
        if about.kind == "machine":
            return any(cell.value == states.get(about.id) for cell in self.picked(about, mask))
        known = facts.get(about.id)
        if about.kind == "value":
            held = known is not None and about.value in known
            return bool(mask & (_FIRST if held else _SECOND))
        if about.kind == "fact":
            return any(_holds(cell, known) for cell in self.picked(about, mask))
        return True

    # -- cubes ------------------------------------------------------------------------------

    def meet(self, one: Cube, other: Cube) -> Cube | None:
        """What both cubes allow; None where that is nothing."""
        both = dict(one)
        for about, mask in other.items():
            left = both.get(about, mask) & mask
            if not left:
                return None
            both[about] = left
        return both

    def all_of(self, *parts: list[Cube]) -> list[Cube]:
        """The cubes that every one of the parts allows."""
        found: list[Cube] = [{}]
        for part in sorted(parts, key=len):
            met = (self.meet(one, other) for one in found for other in part)
            found = lean([cube for cube in met if cube is not None])
        return found

    def rest(self, cubes: list[Cube]) -> list[Cube]:
        """All that none of these cubes allows."""
        sides: list[list[Cube]] = [
            [{about: self.full(about) & ~mask} for about, mask in cube.items()] for cube in cubes
        ]
        return self.all_of(*sides)

    def within(self, cube: Cube, outside: list[Cube]) -> bool:
        """Whether the cube touches none of `outside`."""
        return all(self.meet(cube, other) is None for other in outside)

    def primes(self, inside: list[Cube], outside: list[Cube]) -> list[Cube]:
        """Cubes, none of which can be wider, that together are `inside`; `outside` is the rest."""
        found: list[Cube] = []
        for cube in sorted(inside, key=len):
            if not any(covers(wide, cube) for wide in found):
                found.append(self._widened(cube, outside))
        return [c for c in found if not any(o is not c and covers(o, c) for o in found)]

    def _widened(self, cube: Cube, outside: list[Cube]) -> Cube:
        wide = dict(cube)
        for about in list(cube):
            without = {q: m for q, m in wide.items() if q != about}
            if self.within(without, outside):
                wide = without
        for about in wide:
            for bit in range(len(self.of(about))):
                wider = {**wide, about: wide[about] | (1 << bit)}
                if wider != wide and self.within(wider, outside):
                    wide = wider
        return wide

    def picked(self, about: Question, mask: int) -> list[Cell]:
        """The cells that these bits stand for."""
        return [cell for bit, cell in enumerate(self.of(about)) if mask >> bit & 1]


def _holds(cell: Cell, value: Any) -> bool:
    """Whether the cell holds this value of its fact; None is a fact not known."""
    if value is None or cell.value is UNKNOWN:
        return value is None and cell.value is UNKNOWN
    if cell.value is KNOWN:
        return True
    return bool(cell.low <= value <= cell.high)


def covers(wide: Cube, narrow: Cube) -> bool:
    """Whether all that `narrow` allows, `wide` allows too."""
    return all(q in narrow and not narrow[q] & ~mask for q, mask in wide.items())


def lean(cubes: list[Cube]) -> list[Cube]:
    """The cubes without those that another one covers."""
    kept: list[Cube] = []
    for cube in sorted(cubes, key=len):
        if not any(covers(wide, cube) for wide in kept):
            kept.append(cube)
    return kept


def _guards(process: Process) -> Iterator[Guard]:
    for machine in process.machines:
        for transition in machine.transitions:
            yield ground(process, whole_guard(process, transition))
    for deadline in process.deadlines:
        yield ground(process, deadline.guard)


def _answer(atom: Guard, value: Any) -> bool | None:
    if isinstance(atom, Known):
        return value is not UNKNOWN
    if value is UNKNOWN:
        return None
    match atom:
        case InState():
            return value in atom.states
        case Member():
            return value in atom.values
        case Compare():
            return OPERATORS[atom.operator](value, atom.value)
    return bool(value)


def _bounds(atoms: list[Guard]) -> set[Any]:
    found: set[Any] = set()
    for atom in atoms:
        if isinstance(atom, Compare):
            found.add(atom.value)
        elif isinstance(atom, Member):
            found.update(atom.values)
    return found


_STEP: dict[Kind, Any] = {
    Kind.INTEGER: 1,
    Kind.DATE: timedelta(days=1),
    Kind.DATETIME: timedelta(microseconds=1),
}
_EPOCH: dict[Kind, Any] = {
    Kind.INTEGER: 0,
    Kind.DATE: date(2024, 1, 1),
    Kind.DATETIME: datetime(2024, 1, 1),
}


def _ranges(schemas: list[Fact], bounds: set[Any]) -> Iterator[Cell]:
    """Cells of a number or a day: each bound by itself, and what lies between bounds."""
    kind = schemas[0].kind
    step = _STEP[kind]
    lows = [s.minimum for s in schemas]
    highs = [s.maximum for s in schemas]
    limits = {x for x in (*lows, *highs) if x is not None}
    points = sorted({*bounds, *limits}) or [_EPOCH[kind]]
    open_low, open_high = None in lows, None in highs
    if open_low:
        yield Cell(points[0] - step, points[0] - step)
    for at, after in zip(points, [*points[1:], None], strict=True):
        yield Cell(at, at)
        if after is not None and after - at > step:
            yield Cell(at + step, after - step)
    if open_high:
        yield Cell(points[-1] + step, points[-1] + step)
