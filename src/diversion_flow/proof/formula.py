"""What is so, or not, of one step: put together of the occasions that it meets, of the marks before
it and of where the case then stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Final, TypeVar

from attrs import frozen

from ..definition import Guard
from ..definition.property import Occasion

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
    if FALSE in kept or any(no(part) in kept for part in kept):
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


def leaves(formula: Formula) -> Iterable[Leaf]:
    """All that the formula asks for."""
    return read(formula, lambda found: (found,), lambda found: found, chain.from_iterable)


def hindering(formula: Formula, sought: bool = True) -> Iterator[Leaf]:
    """What keeps the formula from being so, where it is so itself."""
    match formula:
        case All():
            yield from chain.from_iterable(hindering(part, sought) for part in formula.parts)
        case No():
            yield from hindering(formula.part, not sought)
        case Met() | Was() | Now() if not sought:
            yield formula
