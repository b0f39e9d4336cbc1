"""What has to be remembered of a course so as to judge it: a few marks, each yes or no.

Every pattern and every scope is put together of the same marks; what a mark becomes with a step is
a formula over the occasions that the step meets and the marks before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Final

from attrs import evolve, field, frozen

from ..definition import Guard, Process, Text, fact
from ..definition.guard import atoms
from ..definition.pattern import Pattern
from ..definition.property import Occasion, Property
from ..runtime.asking import Asking
from ..runtime.case import Case
from .cone import ReadFor, may_meet
from .formula import (
    FALSE,
    TRUE,
    Formula,
    Leaf,
    Met,
    Now,
    Was,
    both,
    either,
    hindering,
    leaves,
    no,
    read,
)
from .observers import Bound, Marks
from .reading import machines_of, timed


@frozen(cache_hash=True)
class Watch:
    """The marks of a property: what each becomes with a step, what they are before the opening,
    and when they tell that it is broken.

    `lasting`: it is broken as soon as `fault` is so. Else it is broken where no course leads any
    more to where it is `well` and, if it `ends` so, where a case may be left.
    """

    next: tuple[Formula, ...]
    first: tuple[bool, ...]
    fault: Formula
    lasting: bool
    ends: bool = True
    bounds: tuple[Bound, ...] = ()  # what is known of all that time decides
    standing: Mapping[int, Guard] = field(factory=dict, hash=False)  # which tell where a case is
    well: Formula = TRUE

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """All that the marks, the fault and the bounds ask for."""
        bounds = chain.from_iterable((bound.least, bound.most) for bound in self.bounds)
        found = chain.from_iterable(map(leaves, (*self.next, self.fault, *bounds)))
        return tuple(dict.fromkeys(found))

    @property
    def forgetful(self) -> bool:
        """Whether it can be told of where a case can stand, nothing remembered of the course: at
        most one mark, which once set tells all."""
        return self.lasting and (not self.next or (len(self.next) == 1 and self.fault == Was(0)))

    def on(self, event: ReadFor) -> Watch:
        """What is watched of one event: without what it cannot meet, conditions granted."""
        return self._seen(self._perhaps(event))

    def _perhaps(self, event: ReadFor) -> frozenset[Occasion]:
        """The occasions that the event can meet, conditions granted."""
        return frozenset(occasion for occasion in self._each if may_meet(occasion, event))

    @cached_property
    def _each(self) -> frozenset[Occasion]:
        return frozenset(self.occasions())

    @cached_property
    def _parts(self) -> dict[frozenset[Occasion], Watch]:
        """What was asked for of events that can meet the same."""
        return {}

    def _seen(self, met: frozenset[Occasion]) -> Watch:
        if met not in self._parts:
            self._parts[met] = self._without(self._each - met)
        return self._parts[met]

    def _without(self, never: frozenset[Occasion]) -> Watch:
        def leaf(found: Leaf) -> Formula:
            return FALSE if isinstance(found, Met) and found.occasion in never else found

        def seen(formula: Formula) -> Formula:
            return read(formula, leaf, no, lambda parts: both(*parts))

        nexts = tuple(map(seen, self.next))
        if not self.bounds and all(then == Was(n) for n, then in enumerate(nexts)):
            return UNWATCHED
        bounds = tuple(evolve(b, least=seen(b.least), most=seen(b.most)) for b in self.bounds)
        return Watch(nexts, (), TRUE, True, bounds=bounds)

    def awaited(self, events: Iterable[ReadFor]) -> Iterator[ReadFor]:
        """Those of these events that may by themselves change what is remembered, not only by where
        they lead: by what they are, or by not being what spares a course elsewhere."""
        alike: dict[frozenset[Occasion], bool] = {}
        for event in events:
            met = self._perhaps(event)
            if met not in alike:
                alike[met] = self._changed(self._seen(met))
            if alike[met]:
                yield event

    def _changed(self, seen: Watch) -> bool:
        """Whether a step of which this is watched may by itself change what is remembered."""
        bounds = chain.from_iterable((bound.least, bound.most) for bound in seen.bounds)
        changed = [n for n, then in enumerate(seen.next) if _led_nowhere(then) != Was(n)]
        told = (*map(_led_nowhere, bounds), *(seen.next[n] for n in changed))
        return any(self._spared(self.next[n]) for n in changed) or any(
            map(_step, chain.from_iterable(map(leaves, told)))
        )

    def _spared(self, formula: Formula) -> bool:
        """Whether what a step is keeps a mark from being set, and no mark remembers that it did."""
        found = [*hindering(formula)]
        marks = [self.next[leaf.mark] for leaf in found if isinstance(leaf, Was)]
        kept = {*chain.from_iterable(map(leaves, marks))}
        return any(_step(leaf) and leaf not in kept for leaf in found)

    def first_of(self, case: Case | None) -> tuple[bool, ...]:
        """What the marks are where a case under way stands, or before one is opened."""
        if case is None:
            return self.first
        stands = {mark: Asking(case).holds(guard) for mark, guard in self.standing.items()}
        return tuple(stands.get(mark, first) for mark, first in enumerate(self.first))

    def occasions(self) -> tuple[Occasion, ...]:
        """All that the marks wait for."""
        return tuple(leaf.occasion for leaf in self.leaves if isinstance(leaf, Met))

    def guards(self) -> Iterator[Guard]:
        """All conditions on where a case stands that are asked."""
        for leaf in self.leaves:
            if isinstance(leaf, Now):
                yield leaf.guard
            elif isinstance(leaf, Met):
                yield from (leaf.occasion.before, leaf.occasion.after)
                yield from (fact(id).known() for id in leaf.occasion.records)

    @property
    def machines(self) -> Iterator[str]:
        """The machines that are asked where they stand or whether they move."""
        yield from machines_of(self.guards())
        for occasion in self.occasions():
            yield from occasion.moves
            yield from (rule.partition(".")[0] for rule in occasion.rules)


def _step(leaf: Leaf) -> bool:
    """Whether a step only can meet it, wherever it leads."""
    return isinstance(leaf, Met) and leaf.occasion.steps


def _led_nowhere(formula: Formula) -> Formula:
    """The formula of a step that changes nothing that is followed: what holds after it held before
    it."""

    def leaf(found: Leaf) -> Formula:
        if isinstance(found, Met) and found.occasion.stands:
            return Now(found.occasion.after)
        if isinstance(found, Met) and found.occasion == Occasion(before=found.occasion.before):
            return Now(found.occasion.before)
        return found

    return read(formula, leaf, no, lambda parts: both(*parts))


UNWATCHED: Final = Watch((), (), TRUE, lasting=True)


def watch(process: Process, asked: Property, limits: Iterable[Guard] = ()) -> Watch:
    """The marks that tell whether a course breaks the property, and within which bounds it is
    whether these `limits` run or these duties were missed where rules ask for it."""
    marks = Marks(process, asked)
    for limit in limits:
        marks.bind(limit, then=False)
    fault, lasting = _FAULTS[asked.pattern](marks, asked)
    well = no(fault)
    ends, sought = True, asked.pattern is Pattern.REACHABLE
    if asked.until_this is not None and not sought and asked.pattern is not Pattern.POSSIBLE:
        broken = marks.add(FALSE)
        marks.next[-1] = either(broken, both(marks.ends, marks.was_open, fault))
        fault, lasting = broken, True
    elif not sought:
        fault = fault if lasting else both(fault, marks.was_open)
        ends = asked.pattern is not Pattern.POSSIBLE
    nexts, first = tuple(marks.next), tuple(marks.first)
    return Watch(nexts, first, fault, lasting, ends, marks.bounds, marks.standing, well)


def met_since(process: Process, what: Occasion, came: Occasion, unless: Occasion) -> Watch:
    """The marks that tell whether something is met once this has come, and unless that has come
    since, with it or with what came: each time anew, and whether or not that ever comes."""
    marks = Marks(process, Property("met_since", _SINCE, Pattern.ABSENCE, what))
    ended = no(marks.met(unless))
    open_ = marks.since(both(marks.met(came), ended), marks.met(unless))
    fault = marks.once(both(open_, marks.met(what), ended))
    return Watch(
        tuple(marks.next), tuple(marks.first), fault, True, True, marks.bounds,
        marks.standing,
    )  # fmt: skip


_SINCE: Final = Text("その後", "since it came")
_Fault = tuple[Formula, bool]  # when it is broken, and whether for good


def _absence(marks: Marks, asked: Property) -> _Fault:
    if not marks.next and _standing(asked.what):
        return Now(asked.what.after), True
    return marks.once(marks.met(asked.what)), True


def _existence(marks: Marks, asked: Property) -> _Fault:
    return no(marks.once(marks.met(asked.what))), False


def _possible(marks: Marks, asked: Property) -> _Fault:
    what = asked.what
    return no(Now(what.after) if _standing(what) else marks.add(marks.met(what))), False


def _precedence(marks: Marks, asked: Property) -> _Fault:
    assert asked.then is not None
    met = marks.once(marks.met(asked.what))
    return marks.once(both(marks.met(asked.then), no(met), no(marks.met(asked.what)))), True


def _response(marks: Marks, asked: Property) -> _Fault:
    assert asked.then is not None
    answered = marks.met(asked.then)
    return marks.once(both(marks.met(asked.what), no(answered)), unless=answered), False


def _succession(marks: Marks, asked: Property) -> _Fault:
    first, second = _precedence(marks, asked)[0], _response(marks, asked)[0]
    return either(first, second), False


def _not_both(marks: Marks, asked: Property) -> _Fault:
    assert asked.then is not None
    return both(marks.once(marks.met(asked.what)), marks.once(marks.met(asked.then))), True


def _only_with(marks: Marks, asked: Property) -> _Fault:
    assert asked.then is not None
    return marks.once(both(marks.met(asked.then), no(marks.met(asked.what)))), True


def _standing(occasion: Occasion) -> bool:
    """Whether nothing has to be remembered so as to tell that it is met."""
    return occasion.stands and not any(map(timed, atoms(occasion.after)))


_FAULTS: Final[dict[Pattern, Callable[[Marks, Property], _Fault]]] = {
    Pattern.REACHABLE: _absence,
    Pattern.ABSENCE: _absence,
    Pattern.EXISTENCE: _existence,
    Pattern.POSSIBLE: _possible,
    Pattern.PRECEDENCE: _precedence,
    Pattern.RESPONSE: _response,
    Pattern.SUCCESSION: _succession,
    Pattern.NOT_COEXISTENCE: _not_both,
    Pattern.ONLY_WITH: _only_with,
}
