"""What facts that are recorded with an event could yet make of it: values of each by which the
guards that ask for it can be told apart, and whether some of them, together, will do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import combinations, islice, product
from typing import TYPE_CHECKING, Any, Final

from ..definition import Fact, Guard, Process
from ..definition.facts import RULES, Kind, Value, within
from ..definition.guard import (
    Compare,
    Includes,
    Known,
    Member,
    Missed,
    Named,
    Narrows,
    OnWorkingDay,
    Running,
    atoms,
    constant,
)
from .logic import Facts, compile_guard

if TYPE_CHECKING:
    from .case import Case

_MOST: Final = 1_000  # ways to record facts together that are tried; what takes more may be
_TOLD: Final = 4  # choices of a set, every part of which is tried
_KEPT: Final = 64  # answers that are kept, before it begins anew


Brought = tuple[str, tuple[Value, ...]]  # a fact, and what may be recorded of it
Asked = Callable[[Facts, datetime, "Case"], object]


class Hope:
    """What may be recorded with an event of the facts for which some guards ask, and whether that
    will do: worked out once for all cases in which what they ask is answered alike.

    Of those of which its rules ask whether they are told `anew`, something may be recorded also
    where they are known. `beside` is asked beside the guards; no fact that is recorded alters it.
    """

    __slots__ = ("_anew", "_asked", "_beside", "_known", "brings", "settled")

    def __init__(
        self,
        process: Process,
        records: Iterable[str],
        guards: Sequence[Guard],
        anew: frozenset[str],
        beside: Iterable[Asked] = (),
    ) -> None:
        asked: dict[str, list[Guard]] = {id: [] for id in records}
        parts = dict.fromkeys(atoms(*guards))
        about = [(id, part) for part in parts if (id := getattr(part, "fact", None))]
        for id, part in about:
            if id in asked:
                asked[id].append(part)
        self._asked = tuple(dict.fromkeys(id for id, _ in about))
        self._beside = (*beside, *(ask for part in parts for ask in _beside(process, part)))
        self._known: dict[tuple[object, ...], bool] = {}
        self.brings: tuple[Brought, ...] = tuple(
            (id, tuple(dict.fromkeys(_values(process, process.fact(id), each))))
            for id, each in asked.items()
            if each
        )
        self._anew = [id for id, _ in self.brings if id in anew]
        self.settled = not self._anew and all(map(settled, guards))

    def once(self, facts: Facts, at: datetime, case: Case, found: Callable[[], bool]) -> bool:
        """What is found where the guards are answered as here."""
        key = (*map(facts.get, self._asked), *[ask(facts, at, case) for ask in self._beside])
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= _KEPT:
                self._known = {}
            known = self._known[key] = found()
        return known

    def open(self, facts: Facts) -> list[Brought]:
        """What is not known yet, or is to be told anew: that such a set stays what it is, too, or
        becomes less."""
        found = [each for each in self.brings if each[0] not in facts]
        for id in self._anew:
            if id in facts:
                known: Any = facts[id]
                less = (frozenset((one,)) for one in sorted(known))
                found.append((id, (frozenset([*known]), *less, *dict(self.brings)[id])))
        return found


def possible(holds: Callable[[Facts], object], facts: Facts, brought: Iterable[Brought]) -> bool:
    """Whether some of the values of each fact, or none of it, make it hold beside what is known;
    where there are too many ways, that may be."""
    names, each = zip(*brought, strict=True)
    ways = product(*((*values, None) for values in each))
    for way in islice(ways, _MOST):
        told = {id: value for id, value in zip(names, way, strict=True) if value is not None}
        if holds({**facts, **told}):
            return True
    return next(ways, None) is not None


def _values(process: Process, fact: Fact, atoms: list[Guard]) -> Iterator[Any]:
    if fact.kind is Kind.BOOLEAN:
        yield from (True, False)
    elif fact.kind is Kind.CHOICE:
        yield from (choice.id for choice in fact.choices)
    elif fact.kind is Kind.CHOICES:
        yield from _sets(fact, [atom.value for atom in atoms if isinstance(atom, Includes)])
    else:
        ends = [end for end in (fact.minimum, fact.maximum) if end is not None]
        yield from near(fact, [*bounds(process, atoms)] or ends or [RULES[fact.kind].origin])


def _sets(fact: Fact, told: list[str]) -> Iterator[frozenset[str]]:
    """All of a set, then each part of what is told apart, beside all the rest and by itself."""
    known = frozenset(choice.id for choice in fact.choices)
    named = [*dict.fromkeys(told)]
    rest = known.difference(named)
    yield known
    for size in range(min(len(named), _TOLD), -1, -1):
        for some in combinations(named, size):
            yield from (frozenset(some), rest.union(some))


def bounds(process: Process, atoms: Iterable[Guard]) -> Iterator[Any]:
    """The constants with which a fact is compared, but for those that the policy leaves open."""
    for atom in atoms:
        if isinstance(atom, Compare):
            bound = constant(process, atom.value)
            if bound is not None:
                yield bound
        elif isinstance(atom, Member):
            yield from atom.values


def near(fact: Fact, points: Iterable[Any]) -> Iterator[Any]:
    """Each of these and its neighbours, as far as the fact may be that."""
    step: Any = RULES[fact.kind].step
    for point in points:
        for away in (0 * step, step, -step):
            value = point + away  # a law names no day at the end of the calendar
            if within(fact, value):
                yield value


def settled(guard: Guard) -> bool:
    """Whether what the guard answers stays so whatever comes to be known beside."""
    return not any(isinstance(part, Known | Named | Narrows) for part in guard.walk())


def _beside(process: Process, part: Guard) -> Iterator[Asked]:
    """What it asks for beside facts and where machines stand."""
    if isinstance(part, OnWorkingDay | Running | Missed | Named):
        yield compile_guard(part, process, {})  # type: ignore[misc]  # none is settled by itself
    elif isinstance(part, Narrows):
        yield lambda facts, at, case: case._facts.get(part.fact)
