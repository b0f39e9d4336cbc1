"""Which node of a pool is a state, on which of its tracks, and which ways lead on from there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from attrs import frozen

from ...definition.grouped import grouped
from .branches import MOST_GATEWAYS, Branches, Closing, Track, chosen, joins, splits
from .graph import TASKS, Drawing, Link, Node, Pool
from .reach import reached
from .source import MADE

_AWAITED: Final = ("intermediateCatchEvent", "receiveTask")
_MOST_WAYS: Final = 200  # out of one state on one event


@frozen
class Passage:
    """One way through the gateways, to a state or to a join at which the track waits."""

    target: str
    links: tuple[Link, ...]
    asked: tuple[tuple[Node, Link], ...] = ()  # the gateways that ask, and the flows taken
    by_default: bool = False


class Plan:
    """Which node of a pool is a state, and on which track."""

    def __init__(self, drawing: Drawing, pool: Pool) -> None:
        self.drawing = drawing
        self.pool, self.start = reached(drawing, pool)
        self.caught = self._caught()
        self.alerts = self._alerts()
        self._branches = Branches(drawing, self.pool)
        self._branches.lay(self.start.id)
        self.tracks = self._branches.tracks
        self.decisions = self._decisions()
        self._tell()

    @property
    def main(self) -> Track:
        """The track that is there from the beginning."""
        return self.tracks[0]

    def _tell(self) -> None:
        """Name what is read otherwise than it is drawn."""
        for track in self.tracks:
            for id in track.again:
                split = self.pool.nodes[id]
                if split.part.tag == MADE:
                    split = self.pool.nodes[self.pool.coming[id][0].source]
                self.drawing.losses.note("again", split.part)
            for id in (*track.joins, *track.nodes):
                if self._unwaited(track, join := self.pool.nodes[id]):
                    self.drawing.losses.note("alone", join.part)
        for node in self.pool.nodes.values():
            if node.kind == "complexGateway":
                self.drawing.losses.note("complex", node.part)

    def _unwaited(self, track: Track, node: Node) -> bool:
        """Whether it is a parallel join to which the track leads by a flow for which it does not
        wait there: by more than one, or where it goes on at once."""
        if node.kind != "parallelGateway" or not joins(self.pool, node):
            return False
        own = [link for link in self.pool.coming[node.id]
               if link.source in track.nodes or link == track.entry]  # fmt: skip
        return len(own) > (node.id in track.joins)

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
        """A gateway from which branches begin."""
        return splits(self.pool, node)

    def closing(self, track: Track, split: Node) -> Closing | None:
        """Where the branches of a split come together, if they do."""
        return self._branches.closed.get((track, split.id))

    def chosen(self, track: Track) -> bool:
        """Whether a branch begins on a condition only."""
        if track.entry is None or track.entry.source != track.split:
            return False
        return chosen(self.pool, track.entry)

    def is_end(self, track: Track, node: Node) -> bool:
        """Nothing more happens on its track: an end, or a split whose branches never meet."""
        never = self.is_split(node) and self.closing(track, node) is None
        return node.kind == "endEvent" or never

    def going(self, node: Node) -> tuple[Link, ...]:
        """The flows out of a node."""
        return self.pool.going.get(node.id, ())

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
        if self.is_state(self.start):
            return None
        return self.ways(self.main, self.only(self.start))[0]

    def states(self, track: Track) -> tuple[Node, ...]:
        """The states of a track, in the document's order."""
        return self._states.get(track, ())

    @cached_property
    def _states(self) -> dict[Track, tuple[Node, ...]]:
        on = grouped((id, track) for track in self.tracks for id in track.nodes)
        states = filter(self.is_state, self.pool.nodes.values())
        return grouped((track, node) for node in states for track in on.get(node.id, ()))

    def ways(self, track: Track, first: Link) -> tuple[Passage, ...]:
        """Where a flow leads, through all the gateways on the way."""
        found: list[Passage] = []
        open_ = [Passage("", (first,))]
        while open_:
            way = open_.pop()
            if len(way.links) > MOST_GATEWAYS or len(found) + len(open_) > _MOST_WAYS:
                raise self.drawing.wrong(first, "bpmn_many_gateways")
            node = self.pool.nodes[way.links[-1].target]
            if any(link.source == node.id for link in way.links[1:]):
                self.drawing.losses.note("circle", way.links[-1].part)
            elif self.is_state(node) or node.id in track.joins:
                found.append(Passage(node.id, way.links, way.asked, way.by_default))
            else:
                open_.extend(reversed(list(self._on(way, node))))
        if not found:
            raise self.drawing.wrong(first, "bpmn_circle")
        return tuple(found)

    def choices(self, track: Track, decision: Node) -> tuple[Passage, ...]:
        """The ways out of a decision that is a state of its own."""
        return tuple(
            Passage(way.target, way.links, ((decision, link), *way.asked), way.by_default)
            for link in self.going(decision)
            for way in self.ways(track, link)
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
        for _ in range(MOST_GATEWAYS):
            node = self.pool.nodes[link.target]
            passage = node.kind.endswith("Gateway") or node.kind == "intermediateThrowEvent"
            held = node.id in self._branches.held
            if not passage or held or len(self.going(node)) != 1:
                return node
            link = self.going(node)[0]
        raise self.drawing.wrong(link, "bpmn_circle")

    def _decisions(self) -> set[str]:
        """Exclusive gateways before which nobody works: the decision itself is what lasts."""
        behind: list[Node] = []
        for node in self.pool.nodes.values():
            held = node.id in self._branches.held
            if node.kind == "startEvent" or self.is_split(node) or held:
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
