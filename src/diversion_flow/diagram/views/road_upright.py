"""The road on a narrow screen: one card a stage, from top to bottom, the spine at the left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from attrs import evolve, frozen

from ...definition.phrasing import phrasing
from ..formats.picture import Group, Picture, Print, Rect, Shape, leading, straight
from ..layout.measure import em, in_lines, wrap, wrap_within
from ..layout.placed import Box
from ..layout.roadway import Section, Span, Stop, reaches_of, sections_of, shared, shares_of
from .road import ActShown, HoldShown, RoadShown
from .road_picture import (
    GREY,
    INK,
    LETTER,
    NOW,
    ROAD,
    RULE,
    STONE,
    WHITE,
    Lines,
    Type,
    colours,
    flag,
    flag_lines,
    flags_told,
    head_words,
    heard,
    high_of,
    mark_of,
    marks_told,
    told_under,
)

WIDE: Final = 390.0  # points: a phone held upright
_TYPE: Final = Type(title=22.0, stage=17.0, row=14.0, box=15.0, clock=13.0, note=12.5, wide=WIDE)
_EDGE, _SPINE, _LEADING = 8.0, 92.0, 1.3
_DISC, _NAME = 20.0, 42.0  # from a card's left: the middle of the road, the names of the acts
_FLAG = 22.0  # points that a flag takes
_TURN = 30.0  # points that the bar of the turning point takes


@frozen
class Part:
    """A stretch of the sheet: a stage before or after the turning point, whether the stage begins
    and ends with it, whether the turning point stands over it, its acts, where it is."""

    stage: int
    after: bool
    first: bool
    last: bool
    turns: bool
    acts: tuple[ActShown, ...]
    top: float = 0.0
    bottom: float = 0.0


def road_upright(shown: RoadShown) -> Picture:
    """The sheet for a narrow screen."""
    title = wrap(shown.title, (WIDE - 2 * _EDGE) / _TYPE.title)
    words = [Print((_EDGE, _EDGE + _TYPE.title * (0.95 + 1.25 * n)), line, _TYPE.title, bold=True)
             for n, line in enumerate(title)]  # fmt: skip
    top = _EDGE + len(title) * _TYPE.title * 1.25 + 8
    parts, spans = _parts(shown, top)
    bottom = parts[-1].bottom
    groups = [
        Group(shown.title, tuple(words)),
        *_spine(shown, spans),
        *(group for part in parts for group in _part(shown, part)),
        *_road(shown, parts),
    ]
    foot, end = _foot(shown, bottom + 10)
    return Picture(WIDE, round(end + _EDGE, 1), shown.title, shown.title, shown.lang,
                   (*groups, foot))  # fmt: skip


# -- where it stands -----------------------------------------------------------------------------


def _left(shown: RoadShown) -> float:
    """Where the cards begin: beside the spine, if there is one."""
    return _EDGE + (_SPINE + 6 if shown.holds else 0.0)


def _wide(shown: RoadShown) -> float:
    """How wide the cards are."""
    return WIDE - _EDGE - _left(shown)


def _room(shown: RoadShown) -> float:
    """How many em the words have of what leaves the road."""
    return (_wide(shown) - _NAME - 8) / _TYPE.clock - LETTER


def _parts(shown: RoadShown, top: float) -> tuple[list[Part], list[tuple[HoldShown, float, float]]]:
    """The stretches one under another, each high enough for its acts and its share of the spine;
    and from where to where each piece of the spine goes."""
    stops = [Stop(act.row, act.stage, act.after, 0.0) for act in shown.acts]
    wanted = sections_of(stops, max(1, len(shown.stages)))
    pieces = [Span(h.stage, h.after, _hold_high(h)) for h in shown.holds]
    reaches = reaches_of(pieces, wanted)
    need = shares_of(pieces, reaches, len(wanted))
    parts: list[Part] = []
    for part, least in zip(_stretches(shown, wanted), need, strict=True):
        top += _TURN if part.turns else 0.0
        acts = sum(_act_high(act, shown) for act in part.acts)
        high = max(least, _head_high(shown, part) + acts + _strip_high(shown, part))
        parts.append(evolve(part, top=top, bottom=top + high))
        top += high + 6
    sections = [Section(part.stage, part.after, part.top, part.bottom) for part in parts]
    spans = zip(shown.holds, shared(pieces, reaches, sections), strict=True)
    return parts, [(hold, *span) for hold, span in spans if span is not None]


def _stretches(shown: RoadShown, wanted: Sequence[tuple[int, bool]]) -> Iterator[Part]:
    stages, sides = zip(*wanted, strict=True)
    for n, (stage, after) in enumerate(wanted):
        acts = tuple(a for a in shown.acts if (a.stage, a.after) == (stage, after))
        turns = bool(shown.turn) and after and n == sides.index(True)
        yield Part(stage, after, stage not in stages[:n], stage not in stages[n + 1 :], turns, acts)


def _hold_lines(hold: HoldShown) -> Lines:
    room = _SPINE - 12
    early = (f"→ {hold.early}",) if hold.early else ()
    clocks = [line for c in (*hold.clocks, *early) for line in wrap(c, room / _TYPE.note)]
    label = [(line, _TYPE.row, True) for line in wrap(hold.label, room / _TYPE.row)]
    return [*label, *((line, _TYPE.note, False) for line in clocks)]


def _hold_high(hold: HoldShown) -> float:
    return high_of(_hold_lines(hold)) + 12 + (_FLAG if hold.flags else 0.0)


def _head_high(shown: RoadShown, part: Part) -> float:
    return high_of(_head_lines(shown, part.stage)) + 8 if part.first else 6.0


def _head_lines(shown: RoadShown, stage: int) -> Lines:
    if not shown.stages:
        return []
    (name, says), room = shown.stages[stage], _wide(shown) - 2 * (_DISC + 6)  # beside the road
    told = f"{says} ▼ {shown.numbers[stage]}".strip()
    return [
        *((line, _TYPE.stage, True) for line in wrap_within(name, room / _TYPE.stage)),
        *((line, _TYPE.note, False) for line in wrap_within(told, room / _TYPE.note)),
    ]


def _act_lines(act: ActShown, shown: RoadShown) -> tuple[Lines, Lines]:
    """Name, and who does it with what goes on from here."""
    room = _wide(shown) - _NAME - 6 - 22 * len(act.flags)
    name = phrasing(shown.lang).together(act.name, mark_of(act))
    said = [shown.rows[act.row][0], *([f"→ {act.paper}"] if act.paper else ()),
            *([f"✓ {act.done}"] if act.done else ())]  # fmt: skip
    return (
        [(line, _TYPE.box, True) for line in wrap(name, room / _TYPE.box)],
        [(line, _TYPE.note, False) for line in wrap("  ".join(said), room / _TYPE.note)],
    )


def _act_high(act: ActShown, shown: RoadShown) -> float:
    name, said = _act_lines(act, shown)
    return 14.0 + high_of([*name, *said])


def _strip_high(shown: RoadShown, part: Part) -> float:
    lines = _strip_lines(shown, part)
    return lines * _TYPE.clock * _LEADING + 8 if lines else 0.0


def _strip_lines(shown: RoadShown, part: Part) -> int:
    """In how many lines the last stretch of a stage tells what leaves it."""
    own = (told for told in shown.flags if part.last and told.stage == part.stage)
    return sum(len([*flag_lines(told, _room(shown))]) for told in own)


# -- how it looks --------------------------------------------------------------------------------


def _spine(shown: RoadShown, spans: Sequence[tuple[HoldShown, float, float]]) -> Iterator[Group]:
    for hold, top, bottom in spans:
        box = Box(_EDGE, top, _SPINE, bottom - top - 3)
        fill, colour = (WHITE, INK) if hold.after else (ROAD, WHITE)
        marked = hold.now or hold.changed
        frame = Rect(box, NOW if marked else ROAD, fill, 4.0 if marked else 1.2, 5)
        lines = _hold_lines(hold)
        head = Box(box.x, box.y + 4, box.width, high_of(lines))
        shapes: list[Shape] = [frame, *head_words(lines, head, colour)]
        for k, letter in enumerate(hold.flags):
            left = box.centre[0] + (k - len(hold.flags) / 2) * _FLAG + 2
            shapes += flag((left, head.y + head.height + 5), letter, _TYPE)
        yield Group(" ".join([hold.label, *hold.clocks]), tuple(shapes),
                    f"hold{shown.holds.index(hold)}")  # fmt: skip


def _part(shown: RoadShown, part: Part) -> Iterator[Group]:
    """The card of a stretch: its stage, its acts, what leaves it."""
    left, wide = _left(shown), _wide(shown)
    card = Box(left, part.top, wide, part.bottom - part.top)
    shapes: list[Shape] = [Rect(card, RULE, STONE, 0.9, 6)]
    if part.first:
        head = _head_lines(shown, part.stage)
        at = Box(card.x, card.y + 3, wide, high_of(head))
        shapes += head_words(head, at, INK)
    yield Group(shown.stages[part.stage][0] if shown.stages else "", tuple(shapes))
    if lines := _strip_lines(shown, part):
        y = part.bottom - lines * _TYPE.clock * _LEADING - 7
        yield from flags_told(shown, part.stage, (left + _NAME, y), _room(shown), LETTER, _TYPE)


def _bar(shown: RoadShown, top: float) -> Group:
    """The line of the turning point, across the whole sheet."""
    room = WIDE - 2 * _EDGE
    size = min(_TYPE.row, room / em(shown.turn))
    y, wide = top + _TURN / 2 - 3, min(em(shown.turn) * size + 24, room)
    pill = Box((WIDE - wide) / 2, y - 11, wide, 22)
    said = Print((WIDE / 2, y + size * 0.36), shown.turn, size, WHITE, "middle", bold=True)
    line = straight([(_EDGE, y), (WIDE - _EDGE, y)], ROAD, 6.0)
    return Group(shown.turn, (line, Rect(pill, ROAD, ROAD, 1, 11), said))


def _road(shown: RoadShown, parts: Sequence[Part]) -> Iterator[Group]:
    """The acts one under another, on one line, and the bar of the turning point between them."""
    x = _left(shown) + _DISC
    placed: list[tuple[ActShown, float]] = []
    for part in parts:
        y = part.top + _head_high(shown, part)
        for act in part.acts:
            placed.append((act, y))
            y += _act_high(act, shown)
    middles = [y + _act_high(act, shown) / 2 for act, y in placed]
    for (act, _), a, b in zip(placed, middles, middles[1:], strict=False):
        line = (ROAD, 5.0) if act.number else (GREY, 1.6)
        yield Group("", (straight([(x, a), (x, b)], *line, "" if act.number else "dash"),))
    acts = zip(placed, middles, strict=True)
    for part in parts:
        if part.turns:
            yield _bar(shown, part.top - _TURN)
        for (act, y), middle in islice(acts, len(part.acts)):
            title = f"{act.number or ''} {act.agency}: {act.name}{heard(shown, act)}".strip()
            shapes = tuple(_act(shown, act, y, middle))
            yield Group(title, shapes, f"act{shown.acts.index(act)}")


def _act(shown: RoadShown, act: ActShown, top: float, middle: float) -> Iterator[Shape]:
    colour, left = colours(shown, act.row)[0], _left(shown)
    x = left + _DISC
    filled = bool(act.number) and (shown.case is None or bool(act.done))
    disc = Box(x - 12, middle - 12, 24, 24)
    if act.now or act.changed:
        yield Rect(Box(disc.x - 4, disc.y - 4, 32, 32), NOW, WHITE, 4.0, 16)
    yield Rect(disc, colour, colour if filled else WHITE, 2.0, 12, "" if act.number else "dash")
    if act.number:
        at = (x, middle + _TYPE.clock * 0.36)
        yield Print(
            at, str(act.number), _TYPE.clock, WHITE if filled else colour, "middle", bold=True
        )
    name, said = _act_lines(act, shown)
    y = top + 7
    for lines, ink in ((name, INK), (said, colour)):
        for text, size, heavy in lines:
            y += size * _LEADING
            yield Print((left + _NAME, y - size * 0.3), text, size, ink, bold=heavy)
    for k, letter in enumerate(act.flags):
        yield from flag((WIDE - _EDGE - 24 - 22 * k, middle - 10), letter, _TYPE)


def _foot(shown: RoadShown, y: float) -> tuple[Group, float]:
    """The law, the grounds, the sheets, and what is said of a case."""
    shapes: list[Shape] = []
    room = (WIDE - 2 * _EDGE) / _TYPE.note
    words = []
    for line in in_lines(shown.notes, room):
        y += _TYPE.note * _LEADING
        words.append(Print((_EDGE, y), line, _TYPE.note))
    shapes += leading(words, shown.cited)
    for text in (
        *in_lines(shown.sheets, room),
        *told_under(shown),
        *marks_told(shown),
        *shown.corner,
    ):
        for line in wrap(text, room):
            y += _TYPE.note * _LEADING
            shapes.append(Print((_EDGE, y), line, _TYPE.note, GREY))
    return Group("", tuple(shapes)), y
