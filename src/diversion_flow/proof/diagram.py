"""Sets of configurations as decision diagrams: one node for all configurations that go on alike.

A configuration is a tuple of small numbers, one a level. A node lists, for each value of its
level, the node for the rest; 0 is the empty set, 1 the end of a configuration. Equal nodes are one
node, so that equal sets are one number, and what was worked out for a node once is known.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import count, repeat
from math import inf
from typing import Final

Node = int
Pairs = Mapping[int, tuple[int, ...]]  # value before → values after
Ways = tuple[tuple[int, "Link | None"], ...]  # what a value becomes, and what is done below
Led = dict[int, set["Tail | None"]]  # what a value becomes, by what is done below
NOTHING: Final = 0
END: Final = 1


class Exhausted(Exception):
    """The work takes more steps than it was given."""


class Work:
    """How much was worked out so far, and how far it may go. A step is to work out one node of
    others, new or not: what is read off what is known already is none."""

    __slots__ = ("_most", "done")

    def __init__(self) -> None:
        self.done, self._most = 0, inf

    def give(self, steps: int) -> None:
        """So many steps more may be taken."""
        self._most = self.done + steps

    def spend(self, steps: int = 1) -> None:
        """Take some steps; Exhausted where they are not left."""
        self.done += steps
        if self.done > self._most:
            raise Exhausted


class Action:
    """Something that may happen: for each level, which values may become which.

    A level of which nothing is said keeps its value, whatever that is.
    """

    __slots__ = ("_back", "label", "levels", "tail")

    def __init__(self, label: str, levels: Mapping[int, Pairs]) -> None:
        self.label, self.levels = label, levels
        self._back: Action | None = None
        self.tail: Tail | None = None  # as it was made for the sets that it acts on

    def leaves(self, configuration: Sequence[int]) -> bool:
        """Whether it may happen there."""
        for level, pairs in self.levels.items():  # noqa: SIM110 (a walk asks it of every action)
            if configuration[level] not in pairs:
                return False
        return True

    @property
    def back(self) -> Action:
        """The same, from after to before."""
        if self._back is None:
            turned = {level: _turned(pairs) for level, pairs in self.levels.items()}
            self._back = Action(self.label, turned)
            self._back._back = self
        return self._back


def _turned(pairs: Pairs) -> Pairs:
    turned: dict[int, list[int]] = {}
    for before, after in pairs.items():
        for value in after:
            turned.setdefault(value, []).append(before)
    return {value: tuple(before) for value, before in turned.items()}


class Tail:
    """What an action does from some level on; one that does the same there is the same."""

    __slots__ = ("below", "pairs")

    def __init__(self, pairs: Pairs | None, below: Tail | None) -> None:
        self.pairs, self.below = pairs, below


class Link:
    """What some actions do from a level on, taken together; those that do the same there share
    it, and what it makes of a node is worked out once for all of them."""

    __slots__ = ("closed", "level", "made", "tails", "ways")

    def __init__(self, level: int, tails: frozenset[Tail | None]) -> None:
        self.level, self.tails = level, tails
        self.ways: list[Ways] | None = None
        self.made: dict[Node, Node] = {}
        self.closed: dict[Node, Node] = {}


class Diagrams:
    """All sets over levels of these sizes; what it takes to make them is `work`."""

    def __init__(self, sizes: Sequence[int], work: Work) -> None:
        self.sizes, self.work = tuple(sizes), work
        self.kids: list[tuple[Node, ...]] = [(), ()]
        self._known: dict[tuple[Node, ...], Node] = {}
        self._unions: dict[tuple[Node, Node], Node] = {}
        self._meets: dict[tuple[Node, Node], Node] = {}
        self._rests: dict[tuple[Node, Node], Node] = {}
        self._tails: dict[object, Tail] = {}
        self._links: dict[object, Link] = {}
        self._full = [END]  # all that may follow from a level on
        for size in reversed(self.sizes):
            self._full.insert(0, self.node((self._full[0],) * size))
        self._fulls = frozenset(self._full)

    def node(self, kids: tuple[Node, ...]) -> Node:
        """The one node with these, a value of its level each."""
        self.work.spend()
        found = self._known.get(kids)
        if found is None:
            if not any(kids):
                return NOTHING
            found = self._known[kids] = len(self.kids)
            self.kids.append(kids)
        return found

    def cube(self, allowed: Mapping[int, Collection[int]]) -> Node:
        """All configurations in which each of these levels has one of its values."""
        deepest = max(allowed, default=-1) + 1
        node = self._full[deepest]
        for level in reversed(range(deepest)):
            values = allowed.get(level)
            size = range(self.sizes[level])
            node = self.node(tuple([node if values is None or i in values else 0 for i in size]))
        return node

    @property
    def everything(self) -> Node:
        """All configurations there are."""
        return self._full[0]

    def point(self, configuration: Sequence[int]) -> Node:
        """The set of this one configuration."""
        return self.cube({level: (value,) for level, value in enumerate(configuration)})

    def forget(self) -> None:
        """Let go what was worked out of two sets; the sets stay, and are the same numbers."""
        for known in (self._unions, self._meets, self._rests):
            known.clear()

    # -- two sets ---------------------------------------------------------------------------

    def union(self, one: Node, other: Node) -> Node:
        """What is in either."""
        if one == other or not other or one in self._fulls:
            return one
        if not one or other in self._fulls:
            return other
        key = (one, other) if one < other else (other, one)
        found = self._unions.get(key)
        if found is None:
            kids = self.kids
            found = self.node(tuple(map(self.union, kids[one], kids[other])))
            self._unions[key] = found
        return found

    def meet(self, one: Node, other: Node) -> Node:
        """What is in both."""
        if one == other or not other or one in self._fulls:
            return other
        if not one or other in self._fulls:
            return one
        key = (one, other) if one < other else (other, one)
        found = self._meets.get(key)
        if found is None:
            kids = self.kids
            found = self._meets[key] = self.node(tuple(map(self.meet, kids[one], kids[other])))
        return found

    def rest(self, one: Node, other: Node) -> Node:
        """What is in the first and not in the other."""
        if one == other or not one or other in self._fulls:
            return NOTHING
        if not other:
            return one
        found = self._rests.get((one, other))
        if found is None:
            kids = self.kids
            found = self.node(tuple(map(self.rest, kids[one], kids[other])))
            self._rests[one, other] = found
        return found

    def all_of(self, nodes: Iterable[Node]) -> Node:
        """What is in each of these."""
        found = self.everything
        for node in nodes:
            found = self.meet(found, node)
        return found

    def without(self, node: Node) -> Node:
        """All that is not in the set."""
        return self.rest(self.everything, node)

    def any_of(self, nodes: Iterable[Node]) -> Node:
        """What is in some of these."""
        found = NOTHING
        for node in nodes:
            found = self.union(found, node)
        return found

    # -- what may happen --------------------------------------------------------------------

    def link(self, actions: Iterable[Action]) -> Link | None:
        """What these actions do together; None where that is nothing."""
        return self._link(frozenset(map(self._tail, actions)), 0)

    def _tail(self, action: Action) -> Tail | None:
        if action.tail is None:
            action.tail = self._made(action)
        return action.tail

    def _made(self, action: Action) -> Tail | None:
        tail: Tail | None = None
        for level in range(max(action.levels, default=-1), -1, -1):
            pairs = action.levels.get(level)
            key = (level, None if pairs is None else tuple(sorted(pairs.items())), tail)
            tail = self._tails.get(key) or self._tails.setdefault(key, Tail(pairs, tail))
        return tail

    def _link(self, tails: frozenset[Tail | None], level: int) -> Link | None:
        if not any(tails):
            return None
        key = (level, tails)
        return self._links.get(key) or self._links.setdefault(key, Link(level, tails))

    def ways(self, link: Link) -> Sequence[Ways]:
        """What may become of each value of the link's level, that it stays first, and what is done
        below meanwhile."""
        if link.ways is None:
            link.ways = [*map(self._ordered, count(), self._led(link), repeat(link.level + 1))]
        return link.ways

    def _led(self, link: Link) -> list[Led]:
        """For each value what it may become, by what is done below."""
        self.work.spend(len(link.tails))
        staying: set[Tail | None] = set()
        led: list[Led] = [{} for _ in range(self.sizes[link.level])]
        for tail in link.tails:
            if tail is None or tail.pairs is None:
                staying.add(tail and tail.below)
                continue
            for before, values in tail.pairs.items():
                for value in values:
                    led[before].setdefault(value, set()).add(tail.below)
        for before, each in enumerate(led) if staying else ():
            each.setdefault(before, set()).update(staying)
        return led

    def _ordered(self, before: int, led: Led, level: int) -> Ways:
        order = sorted(led, key=lambda value: (value != before, value))
        return tuple((value, self._link(frozenset(led[value]), level)) for value in order)

    def after(self, node: Node, link: Link | None) -> Node:
        """Where what the link does leads from there."""
        if not node or link is None:
            return node
        found = link.made.get(node)
        if found is None:
            kids, ways = self.kids[node], self.ways(link)
            new = [NOTHING] * len(kids)
            for before, kid in enumerate(kids):
                for value, below in ways[before] if kid else ():
                    new[value] = self.union(new[value], self.after(kid, below))
            found = link.made[node] = self.node(tuple(new))
        return found

    def closure(self, node: Node, link: Link | None) -> Node:
        """All that can be reached from there by what the link does, again and again.

        While a value of a level stays, what is done below it meanwhile is done to the end before
        anything leads on: few sets are ever built that are not part of the answer."""
        if not node or link is None:
            return node
        found = link.closed.get(node)
        if found is None:
            found = link.closed[node] = self.node(tuple(self._closed(node, link)))
            link.closed[found] = found
        return found

    def _closed(self, node: Node, link: Link) -> list[Node]:
        kids, ways = list(self.kids[node]), self.ways(link)
        waiting = {value for value, kid in enumerate(kids) if kid}
        while waiting:
            before = min(waiting)
            waiting.remove(before)
            for value, below in ways[before]:
                if value == before:
                    kids[value] = self.closure(kids[value], below)
                    continue
                both = self.union(kids[value], self.after(kids[before], below))
                if both != kids[value]:
                    kids[value] = both
                    waiting.add(value)
        return kids

    # -- looking at a set -------------------------------------------------------------------

    def count(self, node: Node) -> int:
        """How many configurations there are in the set."""
        counted = {NOTHING: 0, END: 1}

        def count(node: Node) -> int:
            if node not in counted:
                counted[node] = sum(map(count, self.kids[node]))
            return counted[node]

        return count(node)

    def holds(self, node: Node, configuration: Sequence[int]) -> bool:
        """Whether the configuration is in the set."""
        for value in configuration:
            if not node:
                return False
            node = self.kids[node][value]
        return bool(node)

    def shadow(self, node: Node, depth: int) -> Node:
        """The set of how its configurations begin, so many levels deep."""
        made: dict[Node, Node] = {NOTHING: NOTHING}

        def shadow(node: Node, level: int) -> Node:
            if level == depth:
                return END if node else NOTHING
            if node not in made:
                made[node] = self.node(tuple([shadow(kid, level + 1) for kid in self.kids[node]]))
            return made[node]

        return shadow(node, 0)

    def cubes(self, node: Node, depth: int | None = None) -> Iterator[dict[int, tuple[int, ...]]]:
        """The set as products, none of which meet: the values of every level that matters."""
        yield from self._cubes(node, 0, len(self.sizes) if depth is None else depth)

    def _cubes(self, node: Node, level: int, depth: int) -> Iterator[dict[int, tuple[int, ...]]]:
        if not node:
            return
        self.work.spend()
        if level == depth:
            yield {}
            return
        ways: dict[Node, list[int]] = {}
        for value, kid in enumerate(self.kids[node]):
            if kid:
                ways.setdefault(kid, []).append(value)
        for kid, values in ways.items():
            here = {level: tuple(values)} if len(values) < self.sizes[level] else {}
            for cube in self._cubes(kid, level + 1, depth):
                yield {**here, **cube}
