"""What two processes ask on an event, state by state: where their rules are the same, nothing can
be told apart, and what is left is a short list of places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from itertools import combinations
from typing import Final

from attrs import field

from ..definition import Basis, Guard, Process, Transition, every
from ..definition.frozen import frozen
from ..definition.kept import kept_of
from .cells import Cells, Demand, asked_of
from .difference import Place
from .effort import Effort, NotDecided
from .paths import rules_from


@frozen(cache_hash=True)  # guards are long
class Way:
    """One rule, ready to be compared: where it leads and what it asks."""

    target: str
    asks: tuple[Guard, ...]
    asked: Guard = field(eq=False, repr=False)  # all of it together


Two = tuple[Way, Way]


@frozen
class Group:
    """The states from which both processes have the same rules on an event. `torn` are each
    process's ways of which two may be open at once; None where that is not decided."""

    machine: str
    event: str
    ways: tuple[tuple[Way, ...], tuple[Way, ...]]
    torn: tuple[list[Two] | None, list[Two] | None] = field(eq=False)
    states: tuple[str, ...]
    basis: tuple[Basis, ...]

    @property
    def place(self) -> Place:
        """Where it is that they are compared."""
        return Place(self.event, self.machine, self.states)

    def together(self, number: int) -> list[Two]:
        """The ways of one process that may be open at once: there the event is refused."""
        found = self.torn[number]
        if found is None:
            raise NotDecided
        return found

    def alone(self, law: Process, number: int, way: Way) -> Iterator[Demand]:
        """That the process, the one of this number, lets the machine go this way: no other is
        open beside it."""
        yield law, way.asked, True
        for one, other in self.together(number):
            if way is one or way is other:
                yield law, (other if way is one else one).asked, False


_BESIDE: Final = ("agencies", "events", "facts", "parameters", "deadlines", "consent", "since",
                  "until")  # fmt: skip
_Key = tuple[str, str, tuple[tuple[Way, ...], tuple[Way, ...]]]


def groups(a: Process, b: Process, cells: Cells) -> list[Group]:
    """What to compare: every state and event, merged where the question is the same."""
    return cells.once("groups", lambda: _groups(a, b, cells))


def _groups(a: Process, b: Process, cells: Cells) -> list[Group]:
    found: dict[_Key, tuple[list[str], list[Basis]]] = {}
    alike: dict[Way, Way] = {}  # the ways of both, each as one
    for machine, state, event in _places(a, b, {*map(id, cells.shared)}):
        rules = [rules_from(law, machine).get((state, event), ()) for law in (a, b)]
        mine, theirs = (
            tuple([alike.setdefault(way, way) for way in (kept_of(law, _way, r) for r in each)])
            for law, each in zip((a, b), rules, strict=True)
        )
        if mine != theirs and Counter(mine) != Counter(theirs):
            states, basis = found.setdefault((machine, event, (mine, theirs)), ([], []))
            states.append(state)
            basis += (ground for rule in (*rules[1], *rules[0]) for ground in rule.basis)
    effort = Effort()
    bounded = cells.bounded(effort)

    def torn(law: Process, ways: tuple[Way, ...]) -> list[Two] | None:
        return effort.listed(_torn(law, bounded, ways))

    return [
        Group(machine, event, ways, (torn(a, ways[0]), torn(b, ways[1])), tuple(states),
              tuple(dict.fromkeys(basis)))
        for (machine, event, ways), (states, basis) in found.items()
    ]  # fmt: skip


def _torn(law: Process, cells: Cells, ways: tuple[Way, ...]) -> Iterator[Two]:
    """Each two that may be open at once; what one question tells apart is seen at a glance."""
    able = [(way, cube) for way in ways
            if len(ways) > 1 and (cube := cells.forced(law, way.asked)) is not None]  # fmt: skip
    if len(able) < 2 or cells.apart([cube for _, cube in able]):
        return
    for (one, here), (other, there) in combinations(able, 2):
        cells.spend()
        both = every(one.asked, other.asked)
        if not cells.apart([here, there]) and cells.first(law, both) is not None:
            yield one, other


def concerns(a: Process, b: Process, group: Group) -> bool:
    """Whether a case can be treated differently there: what a machine that only one law has does
    along with an event of another machine is no different treatment."""
    known = [law for law in (a, b) if group.machine in law.by_id["machine"]]
    return len(known) > 1 or known[0].event(group.event).home == group.machine


def rules_alone(a: Process, b: Process) -> bool:
    """Whether nothing that tells cases apart can be another in the two but rules of machines."""
    mine, theirs = (
        (*(getattr(law, name) for name in _BESIDE),
         *((machine.id, machine.initial, machine.states) for machine in law.machines))
        for law in (a, b)
    )  # fmt: skip
    return mine == theirs


def _places(a: Process, b: Process, same: Container[int]) -> list[tuple[str, str, str]]:
    """Machine, state and event of every rule that may be another in either process, in their
    order: of `same`, by identity, it is known that they are not."""
    rules = (
        ((machine.id, state, rule.event), rule)
        for law in (b, a)
        for machine in law.machines
        for rule in machine.transitions
        for state in rule.sources
    )
    found: dict[tuple[str, str, str], bool] = {}
    for place, rule in rules:
        found[place] = found.get(place, False) or id(rule) not in same
    return [place for place, differs in found.items() if differs]


def _way(law: Process, rule: Transition) -> Way:
    return Way(rule.target, *asked_of(law, rule))
