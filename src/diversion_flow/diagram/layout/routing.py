"""Which way each arrow takes through a chart: along the channels between boxes, never through one.

Lines are numbered across and down. Odd lines run through a column or row of slots, even lines
are the channels between them. The box in slot (column, row) stands where the lines
2 · column + 1 and 2 · row + 1 meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise, product
from math import inf

from attrs import frozen

from .grid import Slot

Knot = tuple[int, int]  # where two lines meet: the line across (x), the line down (y)
Path = tuple[Knot, ...]

_BEND, _CROSSING, _BESIDE, _AGAINST, _PORT, _CRAMPED = 1.6, 8.0, 0.5, 3.0, 0.9, 1.5


@frozen
class Tie:
    """A way from one arrow to another: each by its id, with the number of the leg that is met."""

    path: Path
    ends: tuple[tuple[str, int], tuple[str, int]]


@frozen
class _Shape:
    """A way that is tried, as it is near the origin: how plain it is; its knots, and the corners at
    which a box may stand; at which sides it leaves a box and enters one; of each leg whether it
    runs across, its line, and what lies between its ends."""

    plain: float
    path: Path
    corners: Path
    sides: tuple[Knot, Knot]
    legs: tuple[tuple[bool, int, int, int], ...]


_Spot = tuple[Knot, bool, str, int]
Tied = Iterable[Sequence[Sequence[str]]]  # of each event its arrows, machine by machine


def routes(
    slots: Mapping[str, Slot], arrows: Mapping[str, tuple[str, str]], tied: Tied = ()
) -> tuple[dict[str, Path], list[Tie]]:
    """A way for each arrow (id → its source and target), the shortest arrows first; then what ties
    the arrows of one event together.

    To take ways up again and look for better ones made the drawings no better when measured.
    """
    router = _Router({(2 * column + 1, 2 * row + 1) for column, row in slots.values()})
    ends = {
        id: (_knot(slots[source]), _knot(slots[target]))
        for id, (source, target) in arrows.items()
        if source != target
    }
    order = sorted(ends, key=lambda id: _distance(*ends[id]))
    found: dict[str, Path] = {}
    for id in order:
        found[id] = router.best(*ends[id])
        router.mark(found[id])
    return found, [tie for event in tied for tie in _ties(router, found, event)]


def _ties(
    router: _Router, ways: Mapping[str, Path], event: Sequence[Sequence[str]]
) -> Iterator[Tie]:
    """From the arrows of each further machine to those before it."""
    machines = [[id for id in ids if id in ways] for ids in event]
    there = machines[0]
    for more in machines[1:]:
        if tie := router.tie(_spots(ways, there), _spots(ways, more)):
            router.mark(tie.path)
            yield tie
        there = [*there, *more]


def _spots(ways: Mapping[str, Path], arrows: Iterable[str]) -> list[_Spot]:
    """Where a line may meet an arrow: between the ends of a leg; whether that runs across."""
    return [
        ((at, line) if across else (line, at), across, id, number)
        for id in arrows
        for number, (across, line, start, end) in enumerate(legs(ways[id]))
        for at in range(min(start, end) + 1, max(start, end))
    ]


def legs(path: Path) -> Iterator[tuple[bool, int, int, int]]:
    """The straight legs of a way: is it across, its line, from where, to where."""
    for (x1, y1), (x2, y2) in pairwise(path):
        yield (True, y1, x1, x2) if y1 == y2 else (False, x1, y1, y2)


def _knot(slot: Slot) -> Knot:
    return 2 * slot[0] + 1, 2 * slot[1] + 1


def _distance(a: Knot, b: Knot) -> int:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


class _Router:
    """What the ways found so far take up: how dear each knot is, and how often each leg's end is
    used."""

    def __init__(self, boxes: set[Knot]) -> None:
        self.boxes = boxes
        wide, high = (max((knot[axis] for knot in boxes), default=0) + 2 for axis in (0, 1))
        # Line by line, what it costs to run on it through each knot; nothing runs through a box.
        self._across: list[list[float]] = [[0.0] * wide for _ in range(high)]
        self._down: list[list[float]] = [[0.0] * high for _ in range(wide)]
        for x, y in boxes:
            self._across[y][x] = self._down[x][y] = inf
        self._ports: dict[tuple[Knot, Knot], int] = {}  # (box, side of it) → ways there

    def mark(self, path: Path) -> None:
        """Note what the way takes up."""
        for across, line, start, end in legs(path):
            along, other = (self._across, self._down) if across else (self._down, self._across)
            for place in range(min(start, end) + 1, max(start, end)):
                along[line][place] += _BESIDE
                other[place][line] += _CROSSING
        for port in zip((path[0], path[-1]), _sides(path), strict=True):
            self._ports[port] = self._ports.get(port, 0) + 1

    def best(self, source: Knot, target: Knot) -> Path:
        """The cheapest way; bends and length first, because they are cheap to count."""
        best: tuple[float, Path] = (inf, ())
        shift, shapes = _ranked(source, target)
        for shape in shapes:
            if shape.plain >= best[0]:
                break
            best = min(best, (self._cost(shape, shift, best[0]), shape.path))
        return _moved(best[1], shift)

    def tie(self, here: Iterable[_Spot], there: Iterable[_Spot]) -> Tie | None:
        """The cheapest way from an arrow of the one to one of the other; it leaves and meets them
        at right angles."""
        pairs = sorted(product(here, there), key=lambda pair: _distance(pair[0][0], pair[1][0]))
        best, found = inf, None
        for (source, across, id, number), (target, level, other, its) in pairs:
            if _distance(source, target) >= best:
                break
            shift, shapes = _ranked(source, target)
            for shape in shapes:
                if shape.plain >= best:
                    break
                if shape.legs[0][0] == across or shape.legs[-1][0] == level:
                    continue
                if (cost := self._cost(shape, shift, best)) < best:
                    path = _moved(shape.path, shift)
                    best, found = cost, Tie(path, ((id, number), (other, its)))
        return found

    def _cost(self, shape: _Shape, shift: Knot, most: float) -> float:
        """What a way costs, with what is there already; infinite if that is more than `most`."""
        x, y = shift
        if shape.corners and not self.boxes.isdisjoint(_moved(shape.corners, shift)):
            return inf
        leaves, enters = zip(
            _moved((shape.path[0], shape.path[-1]), shift), shape.sides, strict=True
        )
        dear = _PORT * self._ports.get(leaves, 0) + _PORT * self._ports.get(enters, 0)
        for across, line, start, end in shape.legs:
            if across:
                on = self._across[line + y][start + x : end + x]
            else:
                on = self._down[line + x][start + y : end + y]
            for each in on:
                dear += each  # as `sum` would, which rounds otherwise from Python 3.12 on
            if shape.plain + dear > most:
                return inf
        return shape.plain + dear


def _sides(path: Path) -> tuple[Knot, Knot]:
    return _side(path[0], path[1]), _side(path[-1], path[-2])


def _side(a: Knot, b: Knot) -> Knot:
    """At which side of `a` is what leads to `b`: across, down."""
    return _sign(b[0] - a[0]), _sign(b[1] - a[1])


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _moved(path: Path, shift: Knot) -> Path:
    return tuple((x + shift[0], y + shift[1]) for x, y in path)


def _ranked(source: Knot, target: Knot) -> tuple[Knot, tuple[_Shape, ...]]:
    """Every way that is tried, the plainest first, and how far it is moved: by whole slots, so that
    a channel stays a channel."""
    x, y = shift = source[0] // 2 * 2, source[1] // 2 * 2
    return shift, _shapes((source[0] - x, source[1] - y), (target[0] - x, target[1] - y))


@lru_cache(maxsize=4096)
def _shapes(source: Knot, target: Knot) -> tuple[_Shape, ...]:
    """The same in each drawing, wherever in it."""
    return tuple(sorted(map(_shape, _ways(source, target)), key=lambda one: (one.plain, one.path)))


def _shape(path: Path) -> _Shape:
    runs = tuple((a, line, min(s, e), max(s, e)) for a, line, s, e in legs(path))
    corners = tuple((x, y) for x, y in path[1:-1] if x % 2 and y % 2)
    between = tuple((across, line, low + 1, high) for across, line, low, high in runs)
    return _Shape(_plain(path, runs), path, corners, _sides(path), between)


def _plain(path: Path, runs: Iterable[tuple[bool, int, int, int]]) -> float:
    """Length and bends; an arrow that enters from the right runs against the reading, and one
    without a leg along a channel between rows makes the chart wider for its label."""
    length = sum(high - low for _, _, low, high in runs)
    against = path[-2][0] > path[-1][0] or path[1][0] < path[0][0]
    roomy = len(path) == 2 or any(a and y % 2 == 0 and high - low > 1 for a, y, low, high in runs)
    return (
        length
        + _BEND * (len(path) - 2)
        + (_AGAINST if against else 0.0)
        + (0.0 if roomy else _CRAMPED)
    )


def _ways(source: Knot, target: Knot) -> Iterator[Path]:
    """The shapes that are tried: straight, one bend, and up to four along neighbour channels."""
    corners = _corners(source, target)
    for path in {_straightened((source, *between, target)) for between in corners}:
        if len(path) > 1 and not _turns_back(path):
            yield path


def _corners(source: Knot, target: Knot) -> Iterator[Iterable[Knot]]:
    (sx, sy), (tx, ty) = source, target
    if sx == tx or sy == ty:
        yield ()
    yield ((tx, sy),)
    yield ((sx, ty),)
    beside, level = (sx + 1, tx - 1, sx - 1, tx + 1), (sy + 1, ty - 1, sy - 1, ty + 1)
    for x in beside:
        yield ((x, sy), (x, ty))
    for y in level:
        yield ((sx, y), (tx, y))
        for x in (tx - 1, tx + 1):
            yield ((sx, y), (x, y), (x, ty))
        for x in (sx + 1, sx - 1):
            yield ((x, sy), (x, y), (tx, y))
            for end in (tx - 1, tx + 1):
                yield ((x, sy), (x, y), (end, y), (end, ty))


def _straightened(path: tuple[Knot, ...]) -> Path:
    """The way without knots that are no corners; nothing for a way that doubles back."""
    kept: list[Knot] = []
    for knot in path:
        if kept and knot == kept[-1]:
            continue
        if len(kept) > 1:
            came, goes = _side(kept[-1], kept[-2]), _side(kept[-1], knot)
            if came == goes:
                return ()
            if came[0] == goes[0] or came[1] == goes[1]:
                kept.pop()
        kept.append(knot)
    return tuple(kept)


def _turns_back(path: Path) -> bool:
    """Whether a leg passes through its own source or target again."""
    inner = (path[0], path[-1])
    for number, (across, line, start, end) in enumerate(legs(path)):
        for knot in inner:
            place, on = (knot[0], knot[1]) if across else (knot[1], knot[0])
            touches = on == line and min(start, end) <= place <= max(start, end)
            first = number == 0 and knot == path[0]
            last = number == len(path) - 2 and knot == path[-1]
            if touches and not (first or last):
                return True
    return False
