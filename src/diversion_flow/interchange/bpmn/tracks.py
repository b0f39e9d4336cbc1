"""A pool taken apart into tracks: a flat machine for its main line, one for each branch of a
parallel split."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from attrs import Factory, define, frozen

from .graph import TASKS, Drawing, Link, Node, Pool
from .reach import MADE, reached

_MOST_GATEWAYS: Final = 40  # in a row, or inside each other
_AWAITED: Final = ("intermediateCatchEvent", "receiveTask")
_MOST_WAYS: Final = 200  # out of one state on one event


@define(eq=False)
class Track:
    """One line of work; `split` is the gateway that starts it, `entry` the flow into it."""

    pool: Pool
    split: str = ""
    entry: Link | None = None
    joins: list[str] = Factory(list)


@frozen
class Passage:
    """One way through the gateways, to a state or to a parallel join."""

    target: str
    links: tuple[Link, ...]
    asked: tuple[tuple[Node, Link], ...] = ()  # the gateways that ask, and the flows taken
    by_default: bool = False


class Plan:
    """Which node of a pool is a state, and on which track."""

    def __init__(self, drawing: Drawing, pool: Pool) -> None:
        self.drawing = drawing
        self.pool, self.start = reached(drawing, pool)
        self.tracks: list[Track] = []
        self.owner: dict[str, Track] = {}
        self.join_of: dict[str, str] = {}  # split -> join
        self.caught = self._caught()
        self.alerts = self._alerts()
        self.decisions = self._decisions()
        self.main = self._track()
        self._assign(self.main, self.start.id, 0)
        if self.main.joins:
            raise drawing.wrong(self.pool.nodes[self.main.joins[0]], "bpmn_never_split")

    # -- what a node is ------------------------------------------------------------------------

    def is_state(self, node: Node) -> bool:
        """A situation that lasts: someone works, waits, or is to decide; or it is over."""
        if node.id in self.caught:
            return False
        if node.kind == "startEvent":
            return self._lasts(node)
        if node.kind == "endEvent":
            return node.id not in self.alerts
        return (
            node.kind in TASKS
            or node.kind in ("eventBasedGateway", "intermediateCatchEvent")
            or node.id in self.decisions
            or self.is_split(node)
        )

    def is_split(self, node: Node) -> bool:
        """A parallel gateway from which branches begin."""
        return node.kind == "parallelGateway" and len(self.going(node)) > 1

    def is_join(self, node: Node) -> bool:
        """A parallel gateway at which branches end."""
        several = len(self.pool.coming.get(node.id, ())) > 1
        return node.kind == "parallelGateway" and several and not self.is_split(node)

    def is_end(self, node: Node) -> bool:
        """Nothing more happens on its track: an end, or a split whose branches never meet."""
        return node.kind == "endEvent" or (self.is_split(node) and node.id not in self.join_of)

    def going(self, node: Node) -> list[Link]:
        """The flows out of a node."""
        return self.pool.going.get(node.id, [])

    def only(self, node: Node) -> Link:
        """The one flow out of a node that is no gateway."""
        going = self.going(node)
        if len(going) != 1:
            raise self.drawing.wrong(node, "bpmn_several_out" if going else "bpmn_no_way_out")
        return going[0]

    @property
    def initial(self) -> str:
        """The state in which the pool begins."""
        way = self.beginning
        if way is None:
            return self.start.id
        if not self.is_state(self.pool.nodes[way.target]):
            raise self.drawing.wrong(self.start, "bpmn_no_task")
        return way.target

    @cached_property
    def beginning(self) -> Passage | None:
        """The way from the start to the first state; None where the start is that."""
        return None if self.is_state(self.start) else self.ways(self.only(self.start))[0]

    def states(self, track: Track) -> list[Node]:
        """The states of a track, in the document's order."""
        return self._states.get(track, [])

    @cached_property
    def _states(self) -> dict[Track, list[Node]]:
        found: dict[Track, list[Node]] = {}
        for node in self.pool.nodes.values():
            track = self.owner.get(node.id)
            if track and self.is_state(node):
                found.setdefault(track, []).append(node)
        return found

    def ways(self, first: Link) -> tuple[Passage, ...]:
        """Where a flow leads, through all the gateways on the way."""
        found: list[Passage] = []
        open_ = [Passage("", (first,))]
        while open_:
            way = open_.pop()
            if len(way.links) > _MOST_GATEWAYS or len(found) + len(open_) > _MOST_WAYS:
                raise self.drawing.wrong(first, "bpmn_many_gateways")
            node = self.pool.nodes[way.links[-1].target]
            if self.is_state(node) or self.is_join(node):
                found.append(Passage(node.id, way.links, way.asked, way.by_default))
            else:
                open_.extend(reversed(list(self._on(way, node))))
        return tuple(found)

    def choices(self, decision: Node) -> tuple[Passage, ...]:
        """The ways out of a decision that is a state of its own."""
        return tuple(
            Passage(way.target, way.links, ((decision, link), *way.asked), way.by_default)
            for link in self.going(decision)
            for way in self.ways(link)
        )

    def _on(self, way: Passage, node: Node) -> Iterator[Passage]:
        """The way, one node further."""
        going = self.going(node)
        if node.kind == "exclusiveGateway" and len(going) > 1:
            for link in going:
                asked = (*way.asked, (node, link))
                default = bool(link.id) and link.id == node.default
                if default:
                    node.part.take("default")
                yield Passage("", (*way.links, link), asked, default)
            return
        if node.kind in ("inclusiveGateway", "complexGateway"):
            if len(going) > 1:
                raise self.drawing.wrong(node, "bpmn_inclusive")
            self.drawing.losses.note("inclusive", node.part)
        if node.kind == "startEvent":
            raise self.drawing.wrong(node, "bpmn_led_into")
        yield Passage("", (*way.links, self.only(node)), way.asked, way.by_default)

    # -- where it begins -----------------------------------------------------------------------

    def _lasts(self, start: Node) -> bool:
        """A start that waits for something or someone, or from which branches begin, is a state."""
        waits = bool(start.trigger.kind or start.groups)
        return waits or self.is_split(self._behind(self.only(start)))

    def _behind(self, link: Link) -> Node:
        """The first node behind a flow that is no mere passage."""
        for _ in range(_MOST_GATEWAYS):
            node = self.pool.nodes[link.target]
            passage = node.kind.endswith("Gateway") or node.kind == "intermediateThrowEvent"
            if not passage or self.is_join(node) or len(self.going(node)) != 1:
                return node
            link = self.going(node)[0]
        raise self.drawing.wrong(link, "bpmn_circle")

    def _decisions(self) -> set[str]:
        """Exclusive gateways before which nobody works: the decision itself is what lasts."""
        behind: list[Node] = []
        for node in self.pool.nodes.values():
            if node.kind == "startEvent" or self.is_split(node) or self.is_join(node):
                behind.extend(self._behind(link) for link in self.going(node))
        if self.start.kind.endswith("Gateway"):
            behind.append(self.start)
        return {n.id for n in behind if n.kind == "exclusiveGateway" and len(self.going(n)) > 1}

    def _caught(self) -> set[str]:
        """Events that an event-based gateway waits for."""
        found: set[str] = set()
        for node in self.pool.nodes.values():
            if node.kind == "eventBasedGateway":
                for link in self.going(node):
                    target = self.pool.nodes[link.target]
                    if target.kind not in _AWAITED and node.part.tag != MADE:
                        raise self.drawing.wrong(link, "bpmn_not_awaited")
                    found.add(target.id)
        return found

    def _alerts(self) -> set[str]:
        """Ends into which only events lead that leave their task running."""
        aside = {n.id for n in self.pool.nodes.values() if n.host and not n.interrupts}
        return {
            n.id for n in self.pool.nodes.values()
            if n.kind == "endEvent" and self.pool.coming.get(n.id)
            and all(link.source in aside for link in self.pool.coming[n.id])
        }  # fmt: skip

    # -- tracks --------------------------------------------------------------------------------

    def _track(self, split: str = "", entry: Link | None = None) -> Track:
        self.tracks.append(Track(self.pool, split, entry))
        return self.tracks[-1]

    def _assign(self, track: Track, first: str, depth: int) -> None:
        """Give the track every node that its work can come to."""
        open_ = [first]
        while open_:
            node = self.pool.nodes[open_.pop()]
            if self.is_join(node):
                track.joins.append(node.id)
            elif node.id not in self.owner:
                self.owner[node.id] = track
                open_.extend(self._next(track, node, depth))
            elif self.owner[node.id] is not track:
                raise self.drawing.wrong(node, "bpmn_branches_meet")

    def _next(self, track: Track, node: Node, depth: int) -> list[str]:
        if self.is_split(node):
            return self._branches(track, node, depth)
        borders = [b for b in self.pool.borders.get(node.id, ()) if b.interrupts]
        for border in borders:
            self.owner[border.id] = track
        return [link.target for n in (node, *borders) for link in self.going(n)]

    def _branches(self, track: Track, split: Node, depth: int) -> list[str]:
        if len(self.pool.coming.get(split.id, ())) > 1:
            raise self.drawing.wrong(split, "bpmn_join_and_split")
        if depth > _MOST_GATEWAYS:
            raise self.drawing.wrong(split, "bpmn_nested_splits")
        joins: list[str] = []
        for link in self.going(split):
            if self.is_join(self.pool.nodes[link.target]):
                joins.append(link.target)
                continue
            branch = self._track(split.id, link)
            self._assign(branch, link.target, depth + 1)
            joins.extend(branch.joins)
        return self._joined(track, split, sorted(set(joins)))

    def _joined(self, track: Track, split: Node, joins: list[str]) -> list[str]:
        if not joins:
            return []
        join = self.pool.nodes[joins[0]]
        if len(joins) > 1 or join.id in self.owner:
            raise self.drawing.wrong(split, "bpmn_join_apart")
        self.owner[join.id] = track
        self.join_of[split.id] = join.id
        return [self.only(join).target]
