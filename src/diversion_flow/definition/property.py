"""What is asked of every course that a case can take: a pattern over occasions, within a scope.

The patterns have their names from the literature (Dwyer's specification patterns, DECLARE).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Annotated

from attrs import field, frozen

from .basis import Basis
from .errors import DefinitionError
from .guard import ALWAYS, Guard
from .process import Process, every_part
from .reference import Ref, references
from .text import Text
from .typecheck import check_types, kind


@frozen
class Occasion:
    """Something in the course of a case: all that is named here comes together in one step.

    One of `events` happens, reported by one of `by`; one of `rules` (`machine.transition`) fires;
    each of `moves` changes its state; `before` held just before, `after` holds just after. What is
    left out is free: an occasion with nothing but `after` is also met as the case opens.
    """

    events: Annotated[tuple[str, ...], Ref("event")] = ()
    by: Annotated[tuple[str, ...], Ref("agency")] = ()
    rules: Annotated[tuple[str, ...], Ref("transition")] = ()
    moves: Annotated[tuple[str, ...], Ref("machine")] = ()
    before: Guard = ALWAYS
    after: Guard = ALWAYS

    @property
    def steps(self) -> bool:
        """Whether it can only be met by a step, not by the opening."""
        return bool(self.events or self.by or self.rules or self.moves or self.before != ALWAYS)


class Pattern(Enum):
    """What is asked of `what`, and of `then` where there are two."""

    REACHABLE = "reachable"  # some course leads to it
    POSSIBLE = "possible"  # wherever a case is, some course still leads to it
    EXISTENCE = "existence"  # no case comes to rest without it
    ABSENCE = "absence"  # it never happens
    PRECEDENCE = "precedence"  # `then` does not happen before it
    RESPONSE = "response"  # after it, `then` happens
    SUCCESSION = "succession"  # both of these
    NOT_COEXISTENCE = "not_coexistence"  # only one of the two happens

    @property
    def pair(self) -> bool:
        """Whether it is about two occasions."""
        return self in _PAIRS


_PAIRS = {
    Pattern.PRECEDENCE, Pattern.RESPONSE, Pattern.SUCCESSION, Pattern.NOT_COEXISTENCE,
}  # fmt: skip


@frozen
class Property:
    """A question about a process, or what its law is meant to keep to.

    It is asked of the whole course, or `since_this` first comes, or `until_this` comes: with both,
    of every stretch between the two. What is asked up to an occasion is asked only where that
    comes; it stands outside. `since` and `until` are the first and last day on which it is meant
    to hold; `known_open` says why it is known not to hold yet.
    """

    id: str
    label: Text
    pattern: Pattern = field(validator=kind(Pattern))
    what: Occasion
    then: Occasion | None = None
    since_this: Occasion | None = None
    until_this: Occasion | None = None
    basis: tuple[Basis, ...] = ()
    since: date | None = None
    until: date | None = None
    known_open: Text | None = None

    def __attrs_post_init__(self) -> None:
        if self.pattern.pair != (self.then is not None):
            here = (("property", self.id), ("then", ""))
            raise DefinitionError("property_pair", at=here, pattern=self.pattern.value)

    def occasions(self) -> Iterator[Occasion]:
        """All occasions of which it speaks."""
        found = (self.what, self.then, self.since_this, self.until_this)
        return (occasion for occasion in found if occasion is not None)

    def asked_on(self, day: date) -> bool:
        """Whether it is meant to hold on that day."""
        return (not self.since or self.since <= day) and (not self.until or day <= self.until)


def require_property(process: Process, asked: Property) -> None:
    """DefinitionError for what the process does not have, with the nearest that it has."""
    check_types(asked)
    known: dict[str, list[str]] = {}
    for at, _ in every_part(process):
        known.setdefault(at[-1][0], []).append(".".join(id for _, id in at))
    for occasion in asked.occasions():
        for _, kind_, id in references(occasion):
            if id not in known.get(kind_, ()):
                at = (("property", asked.id),)
                raise DefinitionError.unknown(kind_, id, known.get(kind_, ()), at=at)
