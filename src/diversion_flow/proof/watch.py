"""What has to be remembered of a course so as to judge it: a few marks, each yes or no.

Every pattern and every scope is put together of the same marks; what a mark becomes with a step is
a formula over the occasions that the step meets and the marks before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from typing import Final, TypeVar

from attrs import frozen

from ..definition import Guard
from ..definition.property import Occasion, Pattern, Property

Found = TypeVar("Found")


class Formula:
    """Something that is so, or not, of one step."""


@frozen
class Met(Formula):
    """The step meets the occasion."""

    occasion: Occasion


@frozen
class Was(Formula):
    """The mark of this number was set before the step; of where a case stands: is set."""

    mark: int


@frozen
class Now(Formula):
    """This holds where the case stands; nothing has to be remembered for it."""

    guard: Guard


@frozen
class No(Formula):
    """The other is not so."""

    part: Formula


@frozen
class All(Formula):
    """All of these are so."""

    parts: tuple[Formula, ...]


Leaf = Met | Was | Now
TRUE: Final = All(())
FALSE: Final = No(TRUE)


def no(part: Formula) -> Formula:
    """The contrary."""
    return part.part if isinstance(part, No) else No(part)


def both(*parts: Formula) -> Formula:
    """All of these."""
    kept = tuple(part for part in parts if part != TRUE)
    if FALSE in kept:
        return FALSE
    return kept[0] if len(kept) == 1 else All(kept)


def either(*parts: Formula) -> Formula:
    """At least one of these."""
    return no(both(*map(no, parts)))


def read(
    formula: Formula,
    leaf: Callable[[Leaf], Found],
    without: Callable[[Found], Found],
    all_of: Callable[[Iterable[Found]], Found],
) -> Found:
    """The formula, with what these make of its parts, as far as they ask for them."""
    match formula:
        case All():
            return all_of(read(part, leaf, without, all_of) for part in formula.parts)
        case No():
            return without(read(formula.part, leaf, without, all_of))
        case Met() | Was() | Now():
            return leaf(formula)
    raise AssertionError(f"{type(formula).__name__} is read nowhere")


def is_so(formula: Formula, leaf: Callable[[Leaf], bool]) -> bool:
    """Whether the formula is so; asked is no more than it takes to tell."""
    if isinstance(formula, No):
        return not is_so(formula.part, leaf)
    if isinstance(formula, All):
        return all(is_so(part, leaf) for part in formula.parts)
    assert isinstance(formula, Leaf)
    return leaf(formula)


@frozen
class Watch:
    """The marks of a property: what each becomes with a step, what they are before the opening,
    and when they tell that it is broken.

    `lasting`: it is broken as soon as `fault` is so. Else it is broken where no course leads out
    of that any more and, if it `ends` so, where a case may be left.
    """

    next: tuple[Formula, ...]
    first: tuple[bool, ...]
    fault: Formula
    lasting: bool
    ends: bool = True
    sought: bool = False  # the fault is what is looked for

    def occasions(self) -> tuple[Occasion, ...]:
        """All that the marks wait for."""
        return tuple(dict.fromkeys(chain.from_iterable(map(_occasions, self.next))))


def _occasions(formula: Formula) -> Iterable[Occasion]:
    def leaf(found: Leaf) -> Iterable[Occasion]:
        return (found.occasion,) if isinstance(found, Met) else ()

    return read(formula, leaf, lambda found: found, chain.from_iterable)


class _Marks:
    """Marks as they are added, those of a stretch forgotten where it ends."""

    def __init__(self, asked: Property) -> None:
        self.next: list[Formula] = []
        self.first: list[bool] = []
        opens, closes = asked.since_this, asked.until_this
        self.ends = FALSE if closes is None else Met(closes)
        self.was_open: Formula = TRUE
        self.open: Formula = TRUE
        if opens is not None or closes is not None:
            self.was_open = self.add(FALSE, first=opens is None)
            begun = self.was_open if opens is None else either(self.was_open, Met(opens))
            self.next[0] = self.open = both(begun, no(self.ends))

    def add(self, formula: Formula, *, first: bool = False) -> Formula:
        """A mark that becomes so; what stands for it before the step."""
        self.next.append(formula)
        self.first.append(first)
        return Was(len(self.next) - 1)

    def once(self, when: Formula, unless: Formula = FALSE) -> Formula:
        """A mark that is set when this is so and stays, within a stretch, until that is."""
        mark = self.add(FALSE)
        self.next[-1] = both(self.open, either(when, both(mark, no(unless))))
        return mark


def watch(asked: Property) -> Watch:
    """The marks that tell whether a course breaks the property."""
    marks = _Marks(asked)
    fault, lasting = _FAULTS[asked.pattern](marks, asked)
    if asked.pattern is Pattern.REACHABLE:
        return Watch(tuple(marks.next), tuple(marks.first), fault, True, sought=True)
    if asked.until_this is not None and asked.pattern is not Pattern.POSSIBLE:
        broken = marks.add(FALSE)
        marks.next[-1] = either(broken, both(marks.ends, marks.was_open, fault))
        return Watch(tuple(marks.next), tuple(marks.first), broken, True)
    fault = fault if lasting else both(fault, marks.was_open)
    ends = asked.pattern is not Pattern.POSSIBLE
    return Watch(tuple(marks.next), tuple(marks.first), fault, lasting, ends)


_Fault = tuple[Formula, bool]  # when it is broken, and whether for good


def _absence(marks: _Marks, asked: Property) -> _Fault:
    if not marks.next and not asked.what.steps:
        return Now(asked.what.after), True
    return marks.once(Met(asked.what)), True


def _existence(marks: _Marks, asked: Property) -> _Fault:
    return no(marks.once(Met(asked.what))), False


def _possible(marks: _Marks, asked: Property) -> _Fault:
    stands = not asked.what.steps
    return no(Now(asked.what.after) if stands else marks.add(Met(asked.what))), False


def _precedence(marks: _Marks, asked: Property) -> _Fault:
    assert asked.then is not None
    met = marks.once(Met(asked.what))
    return marks.once(both(Met(asked.then), no(met), no(Met(asked.what)))), True


def _response(marks: _Marks, asked: Property) -> _Fault:
    assert asked.then is not None
    answered = Met(asked.then)
    return marks.once(both(Met(asked.what), no(answered)), unless=answered), False


def _succession(marks: _Marks, asked: Property) -> _Fault:
    first, second = _precedence(marks, asked)[0], _response(marks, asked)[0]
    return either(first, second), False


def _not_both(marks: _Marks, asked: Property) -> _Fault:
    assert asked.then is not None
    return both(marks.once(Met(asked.what)), marks.once(Met(asked.then))), True


_FAULTS: Final[dict[Pattern, Callable[[_Marks, Property], _Fault]]] = {
    Pattern.REACHABLE: _absence,
    Pattern.ABSENCE: _absence,
    Pattern.EXISTENCE: _existence,
    Pattern.POSSIBLE: _possible,
    Pattern.PRECEDENCE: _precedence,
    Pattern.RESPONSE: _response,
    Pattern.SUCCESSION: _succession,
    Pattern.NOT_COEXISTENCE: _not_both,
}
