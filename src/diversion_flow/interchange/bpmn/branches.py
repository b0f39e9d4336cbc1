"""A pool taken apart into tracks: a line of work for its main flow, and one more for each branch
of a parallel or inclusive split.

A token of BPMN goes its way alone, so a track has all that its work can come to, even what another
track has, too: where branches meet at no join, each goes on by itself. A join belongs to the split
whose branches wait there; the split's own track goes on behind it. Where only some of the branches
of a split wait at a join, or branches of several splits do, what follows is a track of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import Factory, define, field, frozen

from ...definition.grouped import grouped
from ...definition.walks import Edges, distances
from .graph import Drawing, Link, Node, Pool

MOST_GATEWAYS: Final = 40  # in a row, or inside each other
_MOST_COPIES: Final = 1000  # of what several branches come to
_ON_CONDITIONS: Final = ("inclusiveGateway", "complexGateway")
_SPLITTING: Final = ("parallelGateway", *_ON_CONDITIONS)


@define(eq=False)
class Track:
    """One line of work. `split` is the gateway in its parent that starts it, `entry` the flow into
    it; what follows a join of some branches only has these branches in `awaits`."""

    pool: Pool
    parent: Track | None = None
    split: str = ""
    entry: Link | None = None
    awaits: tuple[Track, ...] = ()
    nodes: dict[str, None] = Factory(dict)
    joins: dict[str, None] = Factory(dict)  # at which it waits for others
    again: dict[str, None] = Factory(dict)  # splits that it is within and comes to once more

    @property
    def start(self) -> Start:
        """The split that starts it."""
        assert self.parent
        return self.parent, self.split

    @property
    def starts(self) -> tuple[Start, ...]:
        """The splits that it is within, the outermost first."""
        return (*self.parent.starts, self.start) if self.parent else ()

    @property
    def around(self) -> Iterator[Track]:
        """The tracks that it is within."""
        return (parent for parent, _ in self.starts)

    @property
    def rests(self) -> tuple[str, ...]:
        """Where it is done without having come to an end of its own: at joins, and at splits
        further out. At its own split it begins anew itself."""
        return (*self.joins, *(split for split in self.again if split != self.split))


Start = tuple[Track, str]  # a split, on one of the tracks that come to it


@frozen
class Closing:
    """Where the branches of a split come together. Its own track goes on from there, or waits
    there in turn with those around it."""

    join: str
    branches: tuple[Track, ...]


def splits(pool: Pool, node: Node) -> bool:
    """Whether branches begin at a node."""
    return node.kind in _SPLITTING and len(pool.going.get(node.id, ())) > 1


def joins(pool: Pool, node: Node) -> bool:
    """Whether branches may end at a node."""
    several = len(pool.coming.get(node.id, ())) > 1
    return node.kind in _SPLITTING and several and not splits(pool, node)


def chosen(pool: Pool, link: Link) -> bool:
    """Whether a flow out of a split is taken on a condition only."""
    split = pool.nodes[link.source]
    if split.kind not in _ON_CONDITIONS:
        return False
    drawn = split.id[:1] != "#"  # else the flows leave a task, the others of them always
    return drawn or bool(link.condition) or (bool(link.id) and link.id == split.default)


@define
class Branches:
    """The tracks of a pool, each before those that it starts, and how they come together."""

    drawing: Drawing
    pool: Pool
    tracks: list[Track] = Factory(list)
    closed: dict[Start, Closing] = Factory(dict)
    held: set[str] = Factory(set)  # the joins behind which something begins
    _begun: dict[Start, list[Track]] = Factory(dict)
    _known: set[str] = Factory(set)
    _copies: int = 0
    _waiting: dict[str, list[Track]] = Factory(dict)  # by the joins that are not settled yet
    _settled: set[str] = Factory(set)
    _ahead: dict[str, frozenset[str]] = Factory(dict)
    _edges: Edges = field(init=False)  # where a node leads, also by what is on its border

    @_edges.default
    def _led(self) -> Edges:
        leads = ((self.pool.nodes[link.source], link.target) for link in self.pool.links)
        return grouped((node.host or node.id, target) for node, target in leads)

    def lay(self, first: str) -> None:
        """Follow all the work that begins at a node."""
        self._walk(self._track(Track(self.pool)), [first])
        while self._waiting:
            join = self._next_join()
            self._settled.add(join)
            arrived = list(dict.fromkeys(self._waiting.pop(join)))
            self._join(self.pool.nodes[join], arrived)

    def _track(self, track: Track) -> Track:
        self.tracks.append(track)
        return track

    def _give(self, track: Track, node: str) -> None:
        track.nodes[node] = None
        self._copies += node in self._known
        self._known.add(node)
        if self._copies > _MOST_COPIES:
            raise self.drawing.wrong(self.pool.nodes[track.split], "bpmn_many_branches")

    # -- along the flows -----------------------------------------------------------------------

    def _walk(self, track: Track, first: Iterable[str]) -> None:
        """Give the track every node that its work can come to, as far as the joins."""
        open_ = list(first)
        while open_:
            node = self.pool.nodes[open_.pop()]
            if node.id in track.nodes or self._waits(track, node):
                continue
            if node.id in (split for _, split in track.starts):
                track.again[node.id] = None
                continue
            self._give(track, node.id)
            if splits(self.pool, node):
                self._split(track, node)
            else:
                open_.extend(self._next(track, node))

    def _waits(self, track: Track, node: Node) -> bool:
        """Whether the node is a join at which the track stands still for now."""
        if not joins(self.pool, node) or node.id in self._settled:
            return node.id in track.joins
        arrived = self._waiting.setdefault(node.id, [])
        if track not in arrived[-1:]:  # one track is followed to its end before the next
            arrived.append(track)
        return True

    def _next(self, track: Track, node: Node) -> list[str]:
        borders = [b for b in self.pool.borders.get(node.id, ()) if b.interrupts]
        track.nodes.update(dict.fromkeys(border.id for border in borders))
        return [link.target for n in (node, *borders) for link in self.pool.going.get(n.id, ())]

    def _split(self, track: Track, split: Node) -> None:
        if len(track.starts) > MOST_GATEWAYS:
            raise self.drawing.wrong(split, "bpmn_nested_splits")
        begun = self._begun[track, split.id] = []
        for link in self.pool.going[split.id]:
            branch = Track(self.pool, track, split.id, link)
            begun.append(branch)
            if not self._waits(branch, self.pool.nodes[link.target]):
                self._walk(self._track(branch), [link.target])

    # -- where they come together --------------------------------------------------------------

    def _next_join(self) -> str:
        """A join to which no other leads that is not settled yet; in a circle, one to which all
        have come that can."""
        if len(self._waiting) == 1:
            return next(iter(self._waiting))
        behind = {j for join in self._waiting for j in self._leads_to(join) if j != join}
        return min(self._waiting, key=lambda j: (j in behind, not self._all_came(j)))

    def _all_came(self, join: str) -> bool:
        return all(link.source in self._known for link in self.pool.coming[join])

    def _leads_to(self, join: str) -> frozenset[str]:
        """The joins that may follow a join."""
        if join not in self._ahead:
            found = distances(self._edges, self._edges.get(join, ()))
            self._ahead[join] = frozenset(j for j in found if joins(self.pool, self.pool.nodes[j]))
        return self._ahead[join]

    def _join(self, join: Node, waiting: list[Track]) -> None:
        """Let those who have come to a join wait there for each other, the innermost first: nobody
        waits for what begins behind itself. Who is left alone goes on."""
        while len(waiting) > 1:
            around = {outer for track in waiting for outer in track.around}
            inner = [track for track in waiting if track not in around]
            start = max((track.start for track in inner), key=lambda s: len(s[0].starts))
            branches = {track for track in inner if track.start == start}
            if start in self.closed or not self._all_of(start, branches):
                if len(inner) > 1:
                    self._behind_some(join, inner)
                    waiting = [track for track in waiting if track in around]
                break
            ordered = [track for track in self._begun[start] if track in branches]
            self.closed[start] = Closing(join.id, _drawn(ordered))
            self._wait(ordered, join)
            others = (track for track in waiting if track not in branches)
            waiting = list(dict.fromkeys((*others, start[0])))
            if len(waiting) == 1:
                self.held.add(join.id)
        for track in sorted(waiting, key=lambda t: len(t.starts)):
            self._on(track, join)

    def _all_of(self, start: Start, branches: set[Track]) -> bool:
        """Whether no other branch of a split waits, or will."""
        elsewhere = {track for tracks in self._waiting.values() for track in tracks}
        return not any(t in elsewhere for t in self._begun[start] if t not in branches)

    def _behind_some(self, join: Node, waiting: list[Track]) -> None:
        """What follows a join of some branches only begins when these are there."""
        parent, split = _common(waiting)
        self._wait(waiting, join)
        self.held.add(join.id)
        (entry,) = self.pool.going[join.id]
        track = Track(self.pool, parent, split, entry, _drawn(waiting))
        self._begun[parent, split].append(track)
        self._walk(self._track(track), [entry.target])

    def _wait(self, tracks: Iterable[Track], join: Node) -> None:
        for track in tracks:
            track.joins[join.id] = None

    def _on(self, track: Track, join: Node) -> None:
        if not track.nodes:  # nothing is drawn in it before the join
            self._track(track)
        track.nodes[join.id] = None
        self._walk(track, [link.target for link in self.pool.going[join.id]])


def _drawn(tracks: Iterable[Track]) -> tuple[Track, ...]:
    """The branches in which anything is drawn."""
    return tuple(track for track in tracks if track.nodes)


def _common(tracks: list[Track]) -> Start:
    """The innermost split that all these tracks are within; at least one on the same track."""
    first, *others = [track.starts for track in tracks]
    alike = [start for start in first if all(start in starts for starts in others)]
    if alike:
        return alike[-1]
    return next(s for s in reversed(first) if all(any(o[0] is s[0] for o in t) for t in others))
