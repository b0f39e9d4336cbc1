"""What is worked out of a process, or of its history, once and forgotten with it: its program, its
digest, ..."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from .history import History
    from .process import Machine, Process

    Law = TypeVar("Law", bound=Process | History)

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")
Part = TypeVar("Part")


def kept(law: Law, make: Callable[[Law], Made]) -> Made:
    """`make(law)`, made once. `make` is a function of a module, never one made on the spot.

    It lies with the value itself, for what is made often refers back to it: a table beside
    it, weak or not, would then hold both for ever. Equal processes each have their own; two
    threads may both make it, and are both given the first.
    """
    try:
        found: Made = law.__dict__["_kept"][make]
    except KeyError:
        found = law.__dict__.setdefault("_kept", {}).setdefault(make, make(law))
    return found


def kept_each(law: Law, make: Callable[[Law, Key], Made], key: Key) -> Made:
    """`make(law, key)`, made once for each key that is asked for."""
    made = kept(law, _each).setdefault(make, {})
    if key not in made:
        made[key] = make(law, key)
    found: Made = made[key]
    return found


def kept_of(law: Law, make: Callable[[Law, Part], Made], part: Part) -> Made:
    """`make(law, part)`, made once for this very part of the law, whatever equals it."""
    made = kept(law, _each).setdefault(make, {})
    known: tuple[Part, Made] | None = made.get(id(part))
    if known is None or known[0] is not part:  # another had its number
        known = made[id(part)] = part, make(law, part)
    return known[1]


def kept_with(machine: Machine, make: Callable[..., Made], *about: Hashable) -> Made:
    """`make(machine, *about)`, made once for a machine that laws share, whatever else these say."""
    key = make, *about
    if key not in machine._made:
        machine._made[key] = make(machine, *about)
    found: Made = machine._made[key]
    return found


def lend(law: Law, other: Law, make: Callable[[Law, Part], Made], part: Part) -> None:
    """What `make` makes of a part of one law holds of the other, which has that very part."""
    kept(other, _each).setdefault(make, {}).setdefault(id(part), (part, kept_of(law, make, part)))


def _each(_: object) -> dict[object, dict[Any, Any]]:
    return {}
