"""Where the acts of a road stand: one path that never runs back and never meets itself.

Acts stand in slots, from left to right; a slot holds several acts of several rows if the path
goes through it straight up or straight down. Into the next slot it goes level, or level and
then up or down. A path of such steps cannot cross itself, whatever the process.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import field, frozen

from .placed import Box, Point

GAP = 6.0  # points between what stands in neighbouring slots of one row
STEP = 16.0  # room for a level arrow between two boxes
THREAD = 9.0  # half of what an upright arrow takes


@frozen
class Stop:
    """An act to be placed: its row, its stage, whether it comes after the turning point, how wide
    its box is with what stands out of it, how wide the words are on the arrow that leaves it, and
    whether a line comes to it from above all rows."""

    row: int
    stage: int
    after: bool
    width: float
    words: float = 0.0
    from_above: bool = False


@frozen
class Span:
    """What stands above the road from a stage on, until the next does, on one side of the turning
    point; and how wide it must be."""

    stage: int
    after: bool
    width: float


@frozen
class Section:
    """A part of a stage, before or after the turning point."""

    stage: int
    after: bool
    left: float
    right: float


@frozen
class Roadway:
    """Where the stops stand: the centre of each; the sections; from where to where each span goes,
    None for one that has no place here."""

    centres: tuple[float, ...]
    sections: tuple[Section, ...]
    spans: tuple[tuple[float, float] | None, ...]

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.sections[-1].right

    @property
    def turn(self) -> float | None:
        """Where the turning point is; None where nothing comes after it."""
        return next((s.left for s in self.sections if s.after), None)

    def stage(self, stage: int) -> tuple[float, float]:
        """From where to where a stage goes."""
        own = [s for s in self.sections if s.stage == stage]
        return own[0].left, own[-1].right


@frozen
class _Slot:
    """Stops that the path goes through straight; `taken` is half of what it takes in each row
    (even) and between rows (odd)."""

    section: tuple[int, bool]
    taken: dict[int, float] = field(factory=dict)
    level: int | None = None  # the row in which it is come into from the left
    arrow: bool = False  # straight into its first box

    def take(self, place: int, half: float) -> None:
        self.taken[place] = max(self.taken.get(place, 0.0), half)


def roadway(
    stops: Sequence[Stop],
    needs: Sequence[float],
    spans: Sequence[Span] = (),
    room: float = 0.0,
) -> Roadway:
    """The road laid out: each stage and span at least as wide as it needs, all of it as wide as
    there is room, wider where it must be."""
    numbers, slots = _slots(stops)
    wanted = sections_of(stops, len(needs))
    reaches = reaches_of(spans, wanted)
    laid = _placed(slots, wanted, _least(wanted, needs, spans, reaches))
    left = room - laid[1][-1].right
    if left > 0:
        share = left / sum(_parts(slots, w) for w in wanted)
        widths = [s.right - s.left + share * _parts(slots, w)
                  for s, w in zip(laid[1], wanted, strict=True)]  # fmt: skip
        laid = _placed(slots, wanted, widths)
    centres, sections = laid
    return Roadway(
        tuple(centres[n] for n in numbers),
        tuple(sections),
        tuple(shared(spans, reaches, sections)),
    )


def _slots(stops: Sequence[Stop]) -> tuple[list[int], list[_Slot]]:
    """The slot of each stop, and the slots."""
    numbers: list[int] = []
    slots: list[_Slot] = []
    heading = 0
    before: Stop | None = None
    for stop in stops:
        turn = 0 if before is None else (stop.row > before.row) - (stop.row < before.row)
        section = (stop.stage, stop.after)
        fresh = not slots or section != slots[-1].section or not turn or heading not in (0, turn)
        if fresh:
            level = None if before is None else 2 * before.row
            slots.append(_Slot(section, level=level, arrow=not turn))
        slot = slots[-1]
        if before is not None and turn:
            _upright(slot, before, stop, turn, fresh)
        for place in (2 * stop.row, 2 * stop.row - 1):  # its number and flags stand above it
            slot.take(place, stop.width / 2)
        for place in range(-1, 2 * stop.row) if stop.from_above else ():
            slot.take(place, THREAD)
        numbers.append(len(slots) - 1)
        heading, before = turn, stop
    return numbers, slots


def _upright(slot: _Slot, before: Stop, stop: Stop, turn: int, fresh: bool) -> None:
    """What the arrow up or down takes, and the words on it next to where it begins."""
    for place in range(2 * before.row + (0 if fresh else turn), 2 * stop.row, turn):
        slot.take(place, THREAD)
    if before.words:
        slot.take(2 * before.row + turn, before.words / 2 + 4)


def sections_of(stops: Sequence[Stop], stages: int) -> list[tuple[int, bool]]:
    """The stages in their order, the one in which the road turns in two."""
    turns = min((stop.stage for stop in stops if stop.after), default=stages)
    shared = any(stop.stage == turns and not stop.after for stop in stops)
    early = [(stage, False) for stage in range(turns + shared)]
    return [*early, *((stage, True) for stage in range(turns, stages))]


def way_between(one: Box, other: Box) -> tuple[Point, ...]:
    """The corners of the path from a box to the next: level, straight up or down, or level and then
    up or down."""
    (ax, ay), (bx, by) = one.centre, other.centre
    down = by > ay
    end = (bx, other.y if down else other.y + other.height)
    if abs(ay - by) < 1:
        return ((one.x + one.width, ay), (other.x, ay))
    if abs(ax - bx) < 1:
        return ((bx, one.y + one.height if down else one.y), end)
    return ((one.x + one.width, ay), (bx, ay), end)


Reach = tuple[int, int]  # the first section, and the one behind the last


def reaches_of(spans: Sequence[Span], wanted: Sequence[tuple[int, bool]]) -> list[Reach | None]:
    """From which section to which each span goes: the first of its side from the beginning."""
    starts: list[int | None] = []
    last: dict[bool, int] = {}
    for span in spans:
        own = [n for n, (_, after) in enumerate(wanted) if after is span.after]
        from_stage = [n for n in own if wanted[n][0] >= span.stage and span.after in last]
        if not own:
            starts.append(None)
            continue
        first = (from_stage or own[-1:])[0] if span.after in last else own[0]
        last[span.after] = max(first, last.get(span.after, 0))
        starts.append(last[span.after])
    ends = {after: max((n for n, (_, a) in enumerate(wanted) if a is after), default=-1) + 1
            for after in (False, True)}  # fmt: skip
    return [
        None if start is None else (start, min(
            [ends[span.after], *(s for s, other in zip(starts, spans, strict=True)
                                 if s is not None and s > start and other.after is span.after)]))
        for start, span in zip(starts, spans, strict=True)
    ]  # fmt: skip


def shared(
    spans: Sequence[Span], reaches: Sequence[Reach | None], sections: Sequence[Section]
) -> Iterator[tuple[float, float] | None]:
    """From where to where each span goes: those of one reach share it by what they need."""
    used: dict[Reach, float] = {}
    for span, reach in zip(spans, reaches, strict=True):
        if reach is None:
            yield None
            continue
        whole = sum(s.width for s, r in zip(spans, reaches, strict=True) if r == reach)
        left, right = sections[reach[0]].left, sections[reach[1] - 1].right
        start = used.get(reach, left)
        used[reach] = start + (right - left) * span.width / whole
        yield start, used[reach]


def _parts(slots: Iterable[_Slot], section: tuple[int, bool]) -> int:
    return 1 + sum(slot.section == section for slot in slots)


def _least(
    wanted: Sequence[tuple[int, bool]],
    needs: Sequence[float],
    spans: Sequence[Span],
    reaches: Sequence[Reach | None],
) -> list[float]:
    """How wide each section must be: of a stage in two and of a span over several, its share."""
    halves = [sum(stage == other for other, _ in wanted) for stage, _ in wanted]
    above = shares_of(spans, reaches, len(wanted))
    return [
        max(needs[stage] / half, over)
        for (stage, _), half, over in zip(wanted, halves, above, strict=True)
    ]


def shares_of(spans: Sequence[Span], reaches: Sequence[Reach | None], sections: int) -> list[float]:
    """How much of each section what stands above it takes: of a span over several, its share."""
    above = [0.0] * sections
    for span, reach in zip(spans, reaches, strict=True):
        for n in range(*reach) if reach else ():
            above[n] += span.width / (reach[1] - reach[0]) if reach else 0.0
    return above


def _placed(
    slots: Sequence[_Slot], wanted: Sequence[tuple[int, bool]], widths: Sequence[float]
) -> tuple[list[float], list[Section]]:
    """Where the slots and sections stand, each section at least so wide."""
    centres: list[float] = []
    sections: list[Section] = []
    left = 0.0
    for section, width in zip(wanted, widths, strict=True):
        own = [n for n, slot in enumerate(slots) if slot.section == section]
        natural = _laid(slots, own, centres, left, 0.0)[1]
        spread = max(0.0, width - (natural - left)) / (len(own) + 1)
        found, right = _laid(slots, own, centres, left, spread)
        centres += found
        sections.append(Section(*section, left, right))
        left = right
    return centres, sections


def _laid(
    slots: Sequence[_Slot], own: Sequence[int], before: Sequence[float], left: float, spread: float
) -> tuple[list[float], float]:
    """The centres of a section's slots, as near as they may stand and `spread` more, and where
    the section ends."""
    centres, right = list(before), left + 2 * GAP
    for n in own:
        slot = slots[n]
        least = [left + GAP + max(slot.taken.values())]
        least += [centres[t] + _apart(slots[t], slot, t == n - 1) for t in range(n)]
        centres.append(max(least) + spread)
        right = max(right, centres[n] + max(slot.taken.values()) + GAP)
    return centres[len(before) :], right + spread


def _apart(one: _Slot, other: _Slot, next_to: bool) -> float:
    """How far two slots must stand apart, from centre to centre."""
    rows = [
        one.taken[p]
        + other.taken[p]
        + (STEP if next_to and other.arrow and p == other.level else GAP)
        for p in one.taken.keys() & other.taken.keys()
    ]
    return max([2 * THREAD + GAP, *rows])
