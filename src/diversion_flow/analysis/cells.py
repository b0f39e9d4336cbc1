"""Everything guards ask, cut into finitely many cells: the exact ground of all comparisons.

Each fact is cut where some guard compares it, so that within a cell every guard gives the same
answer; that a fact is not known is a cell of its own. A cube allows some cells of each question;
a guard becomes the cubes in which it holds. Nothing is sampled: what no cube allows cannot be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from copy import copy
from datetime import date, datetime
from functools import cached_property, reduce
from itertools import chain, groupby, starmap
from operator import and_, is_, or_
from typing import Any, Final, Literal, NamedTuple, TypeAlias, TypeVar

from attrs import define, field

from ..definition import Fact, Guard, Kind, Machine, Process, Transition
from ..definition import guard as kinds
from ..definition.facts import RULES, Value
from ..definition.frozen import frozen
from ..definition.grouped import grouped
from ..definition.guard import ALWAYS, atoms, every
from ..definition.kept import kept, kept_of, lend
from ..runtime.clause import around, around_rule, asking, clauses
from .days import Days, InForce, spans, while_law
from .effort import Effort, Found

Made = TypeVar("Made")
NEVER: Final = kinds.Not(ALWAYS)


class _Named:
    """The cell of a fact that is not known, or is known without more being asked."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return self.name


UNKNOWN: Final = _Named("UNKNOWN")
KNOWN: Final = _Named("KNOWN")


class Question(NamedTuple):
    """One thing a guard asks about: a fact, whether a fact that holds several values holds
    `value`, whether it is named with the step or gains nothing by it, a machine's state, what day
    it is, a running deadline, a duty that was missed."""

    kind: Literal[
        "fact", "value", "named", "narrows", "machine", "working day", "day", "deadline", "missed"
    ]
    id: str = ""
    value: str = ""


_YES, _NO = 1, 2  # the two cells of a question that is answered by yes or no
Bits: TypeAlias = int  # cells that are allowed; nobody outside this file looks into them
Cube: TypeAlias = Mapping[Question, Bits]  # what is not asked about is free
Demand: TypeAlias = tuple[Process, Guard, bool]  # a process's guard, and whether it is to hold
Bound: TypeAlias = Any  # a value of one question: they are all of one kind and have an order


@frozen
class Cell:
    """Values between which no guard tells: `low` to `high` of a number or day, else one value;
    `beyond`: one that stands for all before it (-1), or after it (1)."""

    low: Bound
    high: Bound
    beyond: int = 0

    @property
    def value(self) -> Bound:
        """A value of the cell."""
        return self.low


def question(atom: Guard) -> Question | None:
    """What a condition without parts asks about."""
    if isinstance(atom, kinds.Compare | kinds.Member | kinds.Known):
        return Question("fact", atom.fact)
    if isinstance(atom, kinds.Includes):
        return Question("value", atom.fact, atom.value)
    if isinstance(atom, kinds.Named):
        return Question("named", atom.fact)
    if isinstance(atom, kinds.Narrows):
        return Question("narrows", atom.fact)
    if isinstance(atom, kinds.InState):
        return Question("machine", atom.machine)
    if isinstance(atom, kinds.OnWorkingDay):
        return Question("working day")
    if isinstance(atom, InForce):
        return Question("day")
    if isinstance(atom, kinds.Running):
        return Question("deadline", atom.deadline)
    if isinstance(atom, kinds.Missed):
        return Question("missed", atom.duty)
    return None


def asked_by(process: Process, rule: Transition) -> Guard:
    """All that a rule asks, as it can be answered on its event."""
    return every(*_asks(process, rule))


def _asks(process: Process, rule: Transition) -> Iterator[Guard]:
    records = process.event(rule.event).records
    yield from (_reported(clause.guard, records) for clause in clauses(process, rule))
    if not isinstance(dated := while_law(process, rule), kinds.Always):
        yield dated


def _reported(guard: Guard, records: tuple[str, ...]) -> Guard:
    """The guard as it is on an event: what that does not record is not named with it, and nothing
    is added to it."""

    def unnamed(atom: Guard, _: bool) -> Guard:
        if not isinstance(atom, kinds.Named | kinds.Narrows) or atom.fact in records:
            return atom
        return NEVER if isinstance(atom, kinds.Named) else ALWAYS

    asked = (a for a in atoms(guard) if isinstance(a, kinds.Named | kinds.Narrows))
    return kinds.replaced(guard, unnamed) if any(a.fact not in records for a in asked) else guard


class Asked(NamedTuple):
    """What a rule asks, with the policies' parameters filled in: one condition after another, and
    all of it together."""

    each: tuple[Guard, ...]
    whole: Guard


def asked_of(process: Process, rule: Transition) -> Asked:
    """What a rule asks; worked out once."""
    return kept_of(process, _asked_of, rule)


def _asked_of(process: Process, rule: Transition) -> Asked:
    done = kept(process, _filled_in)
    each = dict.fromkeys(ground(process, asked, done) for asked in _asks(process, rule))
    return Asked(tuple(each), ground(process, every(*each), done))


def _filled_in(_: Process) -> _Ground:
    """What of the rules' guards is filled in; filled as they are asked for."""
    return {}


def ask_alike(a: Process, b: Process) -> list[Transition]:
    """The rules that both have as the very same value in a machine, and that ask the same by both:
    whatever is worked out of one by the first holds by the second."""
    together = (a.since, a.until) == (b.since, b.until)  # as two at work on one law are
    whole = together and kept(a, around) == kept(b, around)
    otherwise = _set_otherwise(a, b)
    theirs = {(machine.id, id(rule)) for machine in b.machines for rule in machine.transitions}
    return [
        rule
        for machine in a.machines
        for rule in machine.transitions
        if (machine.id, id(rule)) in theirs
        and (whole or around_rule(a, rule) == around_rule(b, rule))
        and not (otherwise and otherwise.intersection(rule.guard.mentions()))
    ]


def _set_otherwise(a: Process, b: Process) -> set[tuple[str, str]]:
    """The parameters that both have, with another value."""
    values = ({("parameter", p.id): p.value for p in law.parameters} for law in (a, b))
    one, other = values
    return {id for id in one.keys() & other.keys() if one[id] != other[id]}


_Ground = dict[int, tuple[Guard, Guard]]  # guards, by identity, with what they are filled in; each
# stands there itself, so that no other one can take its number


def ground(process: Process, guard: Guard, done: _Ground | None = None) -> Guard:
    """The guard with the policy's parameters filled in, and what they settle left out; what is
    done already is not done again."""
    done = {} if done is None else done
    if id(guard) not in done:
        filled = _filled(process, guard, done)
        done[id(guard)], done[id(filled)] = (guard, filled), (filled, filled)
    return done[id(guard)][1]


def _filled(process: Process, guard: Guard, done: _Ground) -> Guard:
    match guard:
        case kinds.AllOf() | kinds.AnyOf():
            return _joined(guard, [ground(process, part, done) for part in guard.guards])
        case kinds.Not():
            inner = ground(process, guard.guard, done)
            if isinstance(inner, kinds.Not):
                return inner.guard
            return guard if inner is guard.guard else kinds.Not(inner)
        case kinds.Grounded():
            return ground(process, guard.guard, done)
        case kinds.ParameterIs():
            return ALWAYS if process.parameter(guard.parameter).value == guard.value else NEVER
        case kinds.Compare(value=kinds.ParameterRef() as bound):
            value = process.parameter(bound.id).value
            return ALWAYS if value is None else kinds.Compare(guard.fact, guard.operator, value)
    return guard


def _joined(guard: kinds.AllOf | kinds.AnyOf, parts: list[Guard]) -> Guard:
    decides, idle = (NEVER, ALWAYS) if isinstance(guard, kinds.AllOf) else (ALWAYS, NEVER)
    if decides in parts:
        return decides
    kept = [part for part in parts if part != idle]
    if len(kept) > 1 and all(map(is_, kept, guard.guards)) and len(kept) == len(guard.guards):
        return guard  # as it was: what has been worked out of it holds
    if len(kept) < 2:
        return kept[0] if kept else idle
    return type(guard)(tuple(kept))


class Cells:
    """The cells of all that the guards of some processes ask, and guards as cubes over them.

    What takes too long for its `effort` ends with NotDecided; without one, nothing does.
    """

    def __init__(self, *processes: Process, guards: Iterable[Guard] = ()) -> None:
        self.processes = processes
        self.effort: Effort | None = None
        self._guards = tuple(guards)
        self._found: dict[Question, tuple[Cell, ...]] = {}
        self._places: dict[Question, dict[tuple[type, Bound], int]] = {}
        self._wide: dict[Question, bool] = {}
        # Each keeps its process, so that no other takes its number.
        self._known: dict[int, _Known] = {}
        self._once: dict[str, Any] = {}
        self._demanded: dict[frozenset[tuple[int, int, bool]], tuple[Any, list[Cube]]] = {}

    def bounded(self, effort: Effort) -> Cells:
        """The same cells, asked with no more than this effort."""
        self._asked  # noqa: B018 -- worked out once for all copies
        bounded = copy(self)
        bounded.effort = effort
        return bounded

    def beside(self, other: Process) -> Cells:
        """The same cells, asked of another process beside the first."""
        found = copy(self)
        found.processes = (self.processes[0], other)
        found._known, found._once, found._demanded = dict(self._known), {}, {}
        return found

    def tell(self, guard: Guard) -> bool:
        """Whether no cell has to be cut for the guard."""
        return all(map(self._told, atoms(guard)))

    def _told(self, atom: Guard) -> bool:
        about = question(atom)
        if about is None or about.kind == "machine":
            return True
        if isinstance(atom, kinds.Member | kinds.Compare):
            places = self._place(about) if about in self._asked else {}
            return all((_sort(bound), bound) in places for bound in _bounds((atom,)))
        return about in self._asked and (about.kind != "day" or atom in self._asked[about])

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What is worked out once for these processes, whatever effort is given."""
        if name not in self._once:
            self._once[name] = make()
        found: Made = self._once[name]
        return found

    def spend(self, steps: int = 1) -> None:
        """Take some of the effort; NotDecided if it is not left."""
        if self.effort is not None:
            self.effort.spend(steps)

    # -- questions and their cells ----------------------------------------------------------

    @cached_property
    def _asked(self) -> dict[Question, tuple[Guard, ...]]:
        found = _atoms_about(self._guards)
        for rule in self.shared if len(self.processes) == 2 else ():
            one, other = self.processes
            lend(one, other, asking, rule)
            lend(one, other, _asked_of, rule)
        for process in self.processes:
            for about, asked in kept(process, _asked_in).items():
                found[about] = (*found.get(about, ()), *asked)
        return found

    @property
    def shared(self) -> list[Transition]:
        """The rules in which the processes, of which there are two at most, cannot differ."""
        return self.once("shared", lambda: ask_alike(self.processes[0], self.processes[-1]))

    def asked(self, kind: str) -> list[Question]:
        """All that is asked of this kind."""
        return [q for q in self._asked if q.kind == kind]

    def running(self, deadline: str) -> Cube:
        """The limit runs."""
        return {Question("deadline", deadline): _YES}

    def known(self, fact: str) -> Cube:
        """The fact is known."""
        about = Question("fact", fact)
        return {about: self.full(about) & ~self.bits(about, (UNKNOWN,))}

    def unknown(self, facts: Iterable[str]) -> Cube:
        """Nothing is known of these facts, as far as anything is asked about them."""
        asked = (Question("fact", fact) for fact in facts if self.about(fact))
        return {about: self.of_value(about, None) for about in asked}

    def of(self, asked: Question) -> tuple[Cell, ...]:
        """The cells of a question, in order; of a fact, the last is that it is not known."""
        if asked not in self._found:
            self._found[asked] = tuple(self._cut(asked))
        return self._found[asked]

    def about(self, fact: str) -> list[Question]:
        """All that is asked about a fact."""
        asked = [q for q in self._asked if q.id == fact and q.kind in ("fact", "value")]
        return list(dict.fromkeys([*asked, Question("fact", fact)])) if asked else []

    def full(self, asked: Question) -> Bits:
        """All cells of a question."""
        return (1 << len(self.of(asked))) - 1

    def bits(self, asked: Question, values: Iterable[Bound]) -> Bits:
        """The cells that begin with one of these values."""
        places = self._place(asked)
        sorted_ = ((_sort(value), value) for value in values)
        return reduce(or_, (1 << places[v] for v in sorted_ if v in places), 0)

    def _place(self, asked: Question) -> dict[tuple[type, Bound], int]:
        if asked not in self._places:
            cells = enumerate(self.of(asked))
            self._places[asked] = {(_sort(c.value), c.value): place for place, c in cells}
        return self._places[asked]

    def of_value(self, asked: Question, value: Value | None) -> Bits:
        """The cell in which a fact with this value is; None: not known."""
        if asked.kind == "value":
            held = isinstance(value, frozenset) and asked.value in value
            return _YES if held else _NO
        return sum(1 << place for place, c in enumerate(self.of(asked)) if _holds(c, value))

    def allowed(self, about: Question, bits: Bits) -> list[Cell]:
        """The cells that these bits stand for."""
        cells = self.of(about)
        return [cells[place] for low, high in _runs(bits) for place in range(low, high + 1)]

    def spans(self, about: Question, bits: Bits) -> Iterator[tuple[Bound, Bound]]:
        """The values that are allowed, from and to: numbers and days as long as they go on, None
        where they do so without end."""
        cells, known = self.of(about), bits & ~self.bits(about, (UNKNOWN,))
        if self._ranged(about):
            for low, high in _runs(known):
                for _, alike in groupby(cells[low : high + 1], lambda cell: _sort(cell.low)):
                    each = [*alike]
                    yield (
                        each[0].low if each[0].beyond >= 0 else None,
                        each[-1].high if each[-1].beyond <= 0 else None,
                    )
            known = bits & ~known
        else:
            known = bits
        yield from ((cell.low, cell.high) for cell in self.allowed(about, known))

    def _ranged(self, about: Question) -> bool:
        """Whether some cell has more than one value."""
        if about not in self._wide:
            self._wide[about] = any(cell.low != cell.high or cell.beyond for cell in self.of(about))
        return self._wide[about]

    def days(self, *cubes: Cube) -> list[Days]:
        """The days that all of the cubes allow, from and to, if they ask what day it is."""
        about = Question("day")
        asked = [cube[about] for cube in cubes if about in cube]
        return list(self.spans(about, reduce(and_, asked))) if asked else []

    def in_force(self) -> Cube:
        """The days from which on, and up to which, one of the processes is law; nothing where it
        is not asked what day it is."""
        about = Question("day")
        first = min(process.since or date.min for process in self.processes)
        last = max(process.until or date.max for process in self.processes)
        law = [c.value for c in self.of(about) if first <= c.high and c.low <= last]
        return {about: self.bits(about, law)} if about in self._asked else {}

    @cached_property
    def law_changes(self) -> list[date]:
        """The days from which other rules are law."""
        about = Question("day")
        return [cell.low for cell in self.of(about)[1:]] if about in self._asked else []

    @staticmethod
    def yes(bits: Bits) -> bool:
        """Whether a question of yes or no is to be answered by yes."""
        return bits == _YES

    def allows(self, about: Question, bits: Bits, value: Bound) -> bool:
        """Whether these bits allow the cell that begins with this value."""
        return bool(bits & self.bits(about, (value,)))

    def edge(self, about: Question, bits: Bits) -> Bound:
        """The value that is allowed and nearest to what is not; UNKNOWN if no other is."""
        known = bits & ~self.bits(about, (UNKNOWN,))
        if not known:
            return UNKNOWN
        cells, (low, high) = self.of(about), next(_runs(known))
        if low or not self._ranged(about):
            return cells[low].value
        if high + 2 < len(cells):
            return cells[high].high  # bounded from above only
        return next((cell for cell in cells if not cell.beyond), cells[0]).value

    def typical(self, about: Question, bits: Bits) -> Bound:
        """A value that is allowed: not known, if that will do, else one at the edge."""
        return UNKNOWN if self.allows(about, bits, UNKNOWN) else self.edge(about, bits)

    def _cut(self, asked: Question) -> Iterator[Cell]:
        if asked.kind == "machine":
            states = dict.fromkeys(
                s.id for p in self._with("machine", asked.id) for s in p.machine(asked.id).states
            )
            yield from (Cell(s, s) for s in states)
        elif asked.kind == "fact":
            yield from self._cut_fact(asked)
            yield Cell(UNKNOWN, UNKNOWN)
        elif asked.kind == "day":
            within = (atom for atom in self._asked.get(asked, []) if isinstance(atom, InForce))
            yield from starmap(Cell, spans(within))
        else:
            yield from (Cell(True, True), Cell(False, False))

    def _with(self, kind: str, id: str) -> list[Process]:
        return [p for p in self.processes if id in p.by_id[kind]]

    def _cut_fact(self, asked: Question) -> Iterator[Cell]:
        schemas = [p.fact(asked.id) for p in self._with("fact", asked.id)]
        for kind in dict.fromkeys(schema.kind for schema in schemas):  # one, unless it changes
            alike = [schema for schema in schemas if schema.kind is kind]
            match kind:
                case Kind.BOOLEAN:
                    yield from (Cell(True, True), Cell(False, False))
                case Kind.CHOICE:
                    ids = dict.fromkeys(c.id for schema in alike for c in schema.choices)
                    yield from (Cell(id, id) for id in ids)
                case Kind.CHOICES:  # each value that it may hold is a question of its own
                    yield Cell(KNOWN, KNOWN)
                case _:
                    bounds = _bounds(self._asked.get(asked, ()))
                    yield from _ranges(alike, set(filter(RULES[kind].fits, bounds)))

    # -- guards as cubes ------------------------------------------------------------------

    def holds(self, process: Process, guard: Guard) -> list[Cube]:
        """The cubes in which the guard, as this process has it, holds."""
        return self._cubes(process, self._ground(process, guard), True, True)

    def fails(self, process: Process, guard: Guard) -> list[Cube]:
        """The cubes in which the guard does not hold, or is not known to."""
        return self._cubes(process, self._ground(process, guard), True, False)

    def _ground(self, process: Process, guard: Guard) -> Guard:
        """The guard with the parameters filled in: the same one for the same guard."""
        return ground(process, guard, self._of(process).ground)

    def as_demanded(self, *demands: Demand) -> list[Cube]:
        """The cubes in which each guard is as it is to be; the same are worked out once."""
        key = frozenset((id(law), id(guard), holds) for law, guard, holds in demands)
        if key not in self._demanded:  # the guards are kept, so that no other takes their number
            self._demanded[key] = demands, self.all_of(*(self.where(*each) for each in demands))
        return self._demanded[key][1]

    def where(self, process: Process, guard: Guard, holds: bool) -> list[Cube]:
        """The cubes in which the guard holds, or does not."""
        return self.holds(process, guard) if holds else self.fails(process, guard)

    def standing(self, machine: str, states: Iterable[str]) -> Cube:
        """The machine is in one of these states."""
        known: dict[tuple[str, ...], Cube] = self.once("standing", dict)
        if (key := (machine, *states)) not in known:
            about = Question("machine", machine)
            known[key] = {about: self.bits(about, key[1:])}
        return known[key]

    def fires(self, process: Process, machine: Machine, rule: Transition) -> list[Cube]:
        """Where a rule of the machine fires on its event."""
        here = self.standing(machine.id, rule.sources)
        return self.all_of([here], self.holds(process, asked_of(process, rule).whole))

    def _cubes(self, process: Process, guard: Guard, sought: bool, surely: bool) -> list[Cube]:
        """Where the guard is `sought` (surely), or where it is not (not surely)."""
        done, key = self._of(process).cubes, (id(guard), sought, surely)
        if key not in done:
            self.spend()
            match guard:
                case kinds.Not():
                    found = self._cubes(process, guard.guard, not sought, surely)
                case kinds.AllOf() | kinds.AnyOf():
                    parts = [self._cubes(process, part, sought, surely) for part in guard.guards]
                    together = isinstance(guard, kinds.AllOf) == (sought is surely)
                    found = self.all_of(*parts) if together else self.any_of(*parts)
                case _:
                    found = self._atom(process, guard, sought, surely)
            done[key] = guard, found
        return done[key][1]

    def first(
        self, process: Process, guard: Guard, reached: Mapping[str, Iterable[str]] | None = None
    ) -> Cube | None:
        """A cube in which the guard holds while each machine is in one of these states; None
        where there is none. One way after another is followed, so that it need not be known
        how many there are."""
        stack: list[tuple[Cube, list[_Ask], list[list[_Ask]]]]
        stack = [({}, [(self._ground(process, guard), True)], [])]
        while stack:
            found = self._followed(process, *stack.pop(), reached or {})
            if found is not None:
                cube, choices = found
                if not choices:
                    return cube
                stack += [(cube, [way], choices[:-1]) for way in reversed(choices[-1])]
        return None

    def forced(self, process: Process, guard: Guard) -> Cube | None:
        """What must be so for the guard to hold, as far as no choice is needed to see it; None
        where it cannot hold."""
        found = self._followed(process, {}, [(self._ground(process, guard), True)], [], {})
        return None if found is None else found[0]

    def _followed(
        self, process: Process, cube: Cube, asks: list[_Ask], choices: list[list[_Ask]],
        reached: Mapping[str, Iterable[str]],
    ) -> tuple[Cube, list[list[_Ask]]] | None:  # fmt: skip
        """The cube after all that is asked at once, and the choices that are left to make."""
        asks, choices = list(asks), list(choices)
        while asks:
            guard, sought = asks.pop()
            self.spend()
            match guard:
                case kinds.Not():
                    asks.append((guard.guard, not sought))
                case kinds.AllOf() | kinds.AnyOf():
                    parts = [(part, sought) for part in guard.guards]
                    if isinstance(guard, kinds.AllOf) is sought:
                        asks += reversed(parts)
                    else:
                        choices.append(parts)
                case _:
                    met = self._met(process, cube, guard, sought, reached)
                    if met is None:
                        return None
                    cube = met
        return cube, choices

    def _met(
        self, process: Process, cube: Cube, atom: Guard, sought: bool,
        reached: Mapping[str, Iterable[str]],
    ) -> Cube | None:  # fmt: skip
        for asked in self._atom(process, atom, sought, True):
            here = self.among(asked, reached)
            return None if here is None else self.meet(cube, here)
        return None

    def _atom(self, process: Process, atom: Guard, sought: bool, surely: bool) -> list[Cube]:
        """A condition without parts; where it is `sought` surely, one cube or none."""
        if isinstance(atom, kinds.Always):
            return [{}] if sought is surely else []
        if isinstance(atom, kinds.Includes):
            return self._including(process, atom, sought, surely)
        about = question(atom)
        assert about is not None
        bits, full = self._answers(process, about, atom, sought), self.full(about)
        bits = bits if surely else full & ~bits
        if bits == full:
            return [{}]
        if (about.kind, bits) == ("narrows", _NO) and (
            of := Question("named", about.id)
        ) in self._asked:
            return [{about: bits, of: _YES}]  # what is added is named
        return [{about: bits}] if bits else []

    def _including(
        self, process: Process, atom: kinds.Includes, sought: bool, surely: bool
    ) -> list[Cube]:
        about, held = Question("fact", atom.fact), Question("value", atom.fact, atom.value)
        yes = self.bits(about, (KNOWN,))
        known, unknown = {about: yes}, {about: self.full(about) & ~yes}
        schema = process.by_id["fact"].get(atom.fact)
        if schema is None or schema.choice(atom.value) is None:  # no case here can hold it
            sure: list[Cube] = [] if sought else [known]
            return sure if surely else ([{}] if sought else [unknown])
        if surely:
            return [{**known, held: _YES if sought else _NO}]
        return [unknown, {held: _NO if sought else _YES}]

    def _answers(self, process: Process, about: Question, atom: Guard, sought: bool) -> Bits:
        """The cells in which the condition is true (or false) for a case of this process."""
        known = self._domain(process, about)
        if isinstance(atom, kinds.Known):
            return known if sought else self.bits(about, (UNKNOWN,))
        true = self._true(about, atom)
        return known & true if sought else known & ~true

    def _true(self, about: Question, atom: Guard) -> Bits:
        match atom:
            case kinds.InState():
                return self.bits(about, atom.states)
            case kinds.Member():
                return self.bits(about, atom.values)
            case InForce():
                return self.bits(about, [c.value for c in self.of(about) if atom.on(c.value)])
            case kinds.Compare(operator=operator):
                # Where a guard compares, a cell begins, and before it lies all that is less.
                at = self.bits(about, (atom.value,))
                true = at - 1 if "<" in operator else ~at & ~(at - 1) if ">" in operator else 0
                if operator == "!=":
                    return ~at
                return true | at if "=" in operator else true
        return _YES

    def _domain(self, process: Process, about: Question) -> Bits:
        """The cells in which something is known, and in which a case of this process can be."""
        domains = self._of(process).domains
        if about not in domains:
            domains[about] = sum(
                1 << place
                for place, cell in enumerate(self.of(about))
                if cell.value is not UNKNOWN and self.possible(process, about, cell)
            )
        return domains[about]

    def common(self) -> Cube:
        """What every fact that is asked about may be in all of the processes, or be not known."""
        found = {q: self._common(q) for q in self._asked if q.kind in ("fact", "value")}
        return {about: bits for about, bits in found.items() if bits != self.full(about)}

    def _common(self, about: Question) -> Bits:
        if about.kind == "value":
            facts = [p.by_id["fact"].get(about.id) for p in self.processes]
            held = all(fact is not None and fact.choice(about.value) for fact in facts)
            return _YES | _NO if held else _NO
        known = (self._domain(process, about) for process in self.processes)
        return reduce(and_, known) | self.bits(about, (UNKNOWN,))

    def _of(self, process: Process) -> _Known:
        if (found := self._known.get(id(process))) is None:
            found = self._known[id(process)] = _Known(process)
        return found

    @staticmethod
    def possible(process: Process, about: Question, cell: Cell) -> bool:
        """Whether a case of this process can be in that cell at all."""
        if about.kind == "machine":
            machine = process.by_id["machine"].get(about.id)
            return machine is not None and any(s.id == cell.value for s in machine.states)
        if about.kind == "fact" and cell.value is not UNKNOWN:
            schema = process.by_id["fact"].get(about.id)
            if schema is None or not _is_of(schema.kind, cell.value):
                return False
            if schema.kind is Kind.CHOICE:
                return schema.choice(cell.value) is not None
            if schema.kind is Kind.INTEGER:
                low, high = schema.minimum, schema.maximum
                return (low is None or low <= cell.high) and (high is None or cell.low <= high)
        return True

    def admits(self, cube: Cube, states: Mapping[str, str], facts: Mapping[str, Value]) -> bool:
        """Whether a case with these states and known facts is in the cube, whatever the day and
        whatever is named with the step."""
        return all(self._admits(about, bits, states, facts) for about, bits in cube.items())

    def _admits(
        self, about: Question, bits: Bits, states: Mapping[str, str], facts: Mapping[str, Value]
    ) -> bool:
        if about.kind == "machine":
            return self.allows(about, bits, states.get(about.id))
        if about.kind in ("fact", "value"):
            return bool(bits & self.of_value(about, facts.get(about.id)))
        return True

    def narrowed(self, cube: Cube, profile: Mapping[str, Value | None]) -> Cube:
        """The cube, where its facts are as in this profile."""
        told = (q for q in cube if q.kind in ("fact", "value") and q.id in profile)
        return {**cube, **{q: self.of_value(q, profile[q.id]) for q in told}}

    def alike(self, fact: str, one: Value, other: Value) -> bool:
        """Whether no guard can tell the two values of the fact from each other."""
        return all(self.of_value(q, one) == self.of_value(q, other) for q in self.about(fact))

    def listed(self, items: Iterable[Found]) -> list[Found] | None:
        """All that a part of the work brings; None where its share of the effort does not
        suffice."""
        return list(items) if self.effort is None else self.effort.listed(items)

    # -- cubes ------------------------------------------------------------------------------

    def meet(self, one: Cube, other: Cube) -> Cube | None:
        """What both cubes allow; None where that is nothing."""
        both = dict(one)
        for about, bits in other.items():
            left = both.get(about, bits) & bits
            if not left:
                return None
            both[about] = left
        return both

    def among(self, cube: Cube, reached: Mapping[str, Iterable[str]]) -> Cube | None:
        """The cube, with each machine that it asks about in one of these states."""
        here = {q: self.bits(q, reached[q.id])
                for q in cube if q.kind == "machine" and q.id in reached}  # fmt: skip
        return self.meet(cube, here)

    def apart(self, cubes: list[Cube]) -> bool:
        """Whether one question alone tells all of these cubes from each other."""
        shared = set(cubes[0]).intersection(*cubes[1:])
        return any(_disjoint(cube[about] for cube in cubes) for about in shared)

    def all_of(self, *parts: list[Cube]) -> list[Cube]:
        """The cubes that every one of the parts allows."""
        found: list[Cube] = [{}]
        for part in sorted(parts, key=len):
            self.spend(1 + len(found) * len(part))
            met = (self.meet(one, other) for one in found for other in part)
            found = [cube for cube in met if cube is not None]
            if len(found) > 1:
                found = self.lean(found)
        return found

    def any_of(self, *parts: list[Cube]) -> list[Cube]:
        """The cubes that one of the parts allows; those about one question only become one."""
        wide: dict[Question, Bits] = {}
        rest: list[Cube] = []
        for cube in chain(*parts):
            if len(cube) == 1:
                [(about, bits)] = cube.items()
                wide[about] = wide.get(about, 0) | bits
            else:
                rest.append(cube)
        if any(bits == self.full(about) for about, bits in wide.items()):
            return [{}]
        return self.lean([*({about: bits} for about, bits in wide.items()), *rest])

    def lean(self, cubes: list[Cube]) -> list[Cube]:
        """The cubes without those that another one covers."""
        kept: list[Cube] = []
        for cube in sorted(cubes, key=len):
            self.spend(len(kept))
            if not any(covers(wide, cube) for wide in kept):
                kept.append(cube)
        return kept

    def rest(self, cubes: list[Cube]) -> list[Cube]:
        """All that none of these cubes allows."""
        sides: list[list[Cube]] = [
            [{about: self.full(about) & ~bits} for about, bits in cube.items()] for cube in cubes
        ]
        return self.all_of(*sides)

    def within(self, cube: Cube, outside: list[Cube]) -> bool:
        """Whether the cube touches none of `outside`."""
        self.spend(len(outside))
        return all(self.meet(cube, other) is None for other in outside)

    def primes(self, inside: list[Cube], outside: list[Cube]) -> list[Cube]:
        """Cubes, none of which can be wider, that together are `inside`; `outside` is the rest."""
        found: list[Cube] = []
        for cube in sorted(inside, key=len):
            self.spend(len(found))
            if not any(covers(wide, cube) for wide in found):
                found.append(self._widest(cube, outside))
        self.spend(len(found) ** 2)
        return [c for c in found if not any(o is not c and covers(o, c) for o in found)]

    def _widest(self, cube: Cube, outside: list[Cube]) -> Cube:
        """The cube as wide as it can be without touching what is outside."""
        wide = dict(cube)
        for about in list(cube):
            without = {q: b for q, b in wide.items() if q != about}
            if self.within(without, outside):
                wide = without
        for about in wide:
            without = {q: b for q, b in wide.items() if q != about}
            self.spend(len(outside))
            touched = (o[about] for o in outside if self.meet(without, o) is not None)
            wide[about] = self.full(about) & ~reduce(or_, touched, 0)
        return wide


_Ask = tuple[Guard, bool]  # a condition, and whether it is to be true


@define
class _Known:
    """What has been worked out for one of the processes. Guards are kept with their cubes, so
    that no other one can take their number."""

    process: Process
    domains: dict[Question, Bits] = field(factory=dict)
    ground: _Ground = field(factory=dict)
    cubes: dict[tuple[int, bool, bool], tuple[Guard, list[Cube]]] = field(factory=dict)


def _holds(cell: Cell, value: Value | None) -> bool:
    """Whether the cell holds this value of its fact; None is a fact not known."""
    if value is None or cell.value is UNKNOWN:
        return value is None and cell.value is UNKNOWN
    if cell.value is KNOWN:
        return isinstance(value, frozenset)
    if _sort(cell.low) is not _sort(value):
        return False
    return (cell.beyond < 0 or cell.low <= value) and (cell.beyond > 0 or value <= cell.high)


def _sort(value: Bound) -> type:
    """The sort of value that it is: of two sorts none equals the other, or comes before it."""
    if (found := type(value)) in _SORTS:
        return found
    return next((sort for sort in _SORTS if isinstance(value, sort)), object)


_SORTS: Final = (bool, int, str, datetime, date, frozenset)


def _is_of(kind: Kind, value: Bound) -> bool:
    """Whether a fact of this kind can be in the cell of this value."""
    return value is KNOWN if kind is Kind.CHOICES else RULES[kind].fits(value)


def _runs(bits: Bits) -> Iterator[tuple[int, int]]:
    """The places of the first and the last of cells that are allowed one after another."""
    place = 0
    while bits:
        skipped = (bits & -bits).bit_length() - 1
        bits >>= skipped
        length = (~bits & (bits + 1)).bit_length() - 1
        yield place + skipped, place + skipped + length - 1
        place, bits = place + skipped + length, bits >> length


def _disjoint(each: Iterable[Bits]) -> bool:
    seen = 0
    for bits in each:
        if seen & bits:
            return False
        seen |= bits
    return True


def covers(wide: Cube, narrow: Cube) -> bool:
    """Whether all that `narrow` allows, `wide` allows too."""
    return all(q in narrow and not narrow[q] & ~bits for q, bits in wide.items())


def _asked_in(process: Process) -> dict[Question, tuple[Guard, ...]]:
    """All that the rules and limits of a process ask."""
    rules = (asked_of(process, t).whole for m in process.machines for t in m.transitions)
    limits = (ground(process, deadline.guard) for deadline in process.deadlines)
    return _atoms_about((*rules, *limits))


def _atoms_about(guards: Iterable[Guard]) -> dict[Question, tuple[Guard, ...]]:
    """What some guards ask, each once, by what it is about."""
    asked = ((question(a), a) for a in dict.fromkeys(atoms(*guards)))
    return grouped((about, atom) for about, atom in asked if about is not None)


def _bounds(atoms: Iterable[Guard]) -> set[Any]:
    found: set[Any] = set()
    for atom in atoms:
        if isinstance(atom, kinds.Compare):
            found.add(atom.value)
        elif isinstance(atom, kinds.Member):
            found.update(atom.values)
    return found


def _ranges(schemas: list[Fact], bounds: set[Any]) -> Iterator[Cell]:
    """Cells of a number or a day: each bound by itself, and what lies between bounds."""
    kind = schemas[0].kind
    step: Any = RULES[kind].step
    lows = [s.minimum for s in schemas]
    highs = [s.maximum for s in schemas]
    limits = {x for x in (*lows, *highs) if x is not None}
    points = sorted({*bounds, *limits}) or [RULES[kind].origin]
    open_low, open_high = None in lows, None in highs
    if open_low:
        yield Cell(points[0] - step, points[0] - step, -1)
    for at, after in zip(points, [*points[1:], None], strict=True):
        yield Cell(at, at)
        if after is not None and after - at > step:
            yield Cell(at + step, after - step)
    if open_high:
        yield Cell(points[-1] + step, points[-1] + step, 1)
