"""What can be wrong with a sheet of the road, counted from where its parts stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from diversion_flow.diagram.formats.picture import Picture, Print
from diversion_flow.diagram.layout.measure import em, em_regular
from diversion_flow.diagram.layout.placed import Box, Point
from diversion_flow.diagram.views.road_picture import Placed

Path = Sequence[Point]
_NEAR = 0.01  # points


def pieces(sheet: Placed) -> int:
    """How many pieces the boxes fall into, joined by the arrows that touch their borders."""
    leader = list(range(len(sheet.boxes)))
    for path in sheet.paths:
        ends = [n for n, box in enumerate(sheet.boxes) for end in (path[0], path[-1])
                if on_border(end, box)]  # fmt: skip
        assert len(ends) == 2, "an arrow begins or ends at no box, or at several"
        one, other = (leader[n] for n in ends)
        leader = [one if n == other else n for n in leader]
    return len(set(leader))


def on_border(point: Point, box: Box) -> bool:
    """Whether the point is on the frame of the box."""
    x, y = point
    right, bottom = box.x + box.width, box.y + box.height
    across = box.x - _NEAR <= x <= right + _NEAR
    along = box.y - _NEAR <= y <= bottom + _NEAR
    on_side = min(abs(x - box.x), abs(x - right)) < _NEAR and along
    return on_side or (min(abs(y - box.y), abs(y - bottom)) < _NEAR and across)


def backwards(paths: Sequence[Path]) -> int:
    """Legs that run from right to left."""
    return sum(b[0] < a[0] - _NEAR for path in paths for a, b in pairwise(path))


def slanting(paths: Sequence[Path]) -> int:
    """Legs that are neither level nor upright."""
    return sum(a[0] != b[0] and a[1] != b[1] for path in paths for a, b in pairwise(path))


def crossings(paths: Sequence[Path]) -> int:
    """Pairs of arrows that meet."""
    return sum(
        any(_meet(a, b) for a in pairwise(one) for b in pairwise(other))
        for one, other in combinations(paths, 2)
    )


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    return all(
        max(min(a[k] for a in one), min(b[k] for b in other))
        <= min(max(a[k] for a in one), max(b[k] for b in other))
        for k in (0, 1)
    )


def through_boxes(sheet: Placed) -> int:
    """Arrows that go through or touch a box at which they neither begin nor end."""
    return sum(
        _meet(leg, ((box.x, box.y), (box.x + box.width, box.y + box.height)))
        for n, path in enumerate(sheet.paths)
        for m, box in enumerate(sheet.boxes)
        if m not in (n, n + 1)
        for leg in pairwise(path)
    )


def overlaps(boxes: Sequence[Box]) -> int:
    """Pairs of boxes that lie on one another."""
    return sum(_over(one, other) for one, other in combinations(boxes, 2))


def _over(one: Box, other: Box, by: float = _NEAR) -> bool:
    return (
        one.x + by < other.x + other.width
        and other.x + by < one.x + one.width
        and one.y + by < other.y + other.height
        and other.y + by < one.y + one.height
    )


def texts(drawn: Picture, *, weighed: bool = False) -> Iterator[tuple[Print, Box]]:
    """Every printed line with the room that its letters take, as if all were set bold, or each as
    it is set."""
    for group in drawn.groups:
        for shape in group.shapes:
            if isinstance(shape, Print):
                narrower = weighed and not shape.bold
                wide = (em_regular if narrower else em)(shape.text) * shape.size
                left = shape.at[0] - (wide / 2 if shape.anchor == "middle" else 0)
                yield shape, Box(left, shape.at[1] - 0.8 * shape.size, wide, 0.9 * shape.size)


def text_on_text(drawn: Picture, *, weighed: bool = False) -> list[tuple[str, str]]:
    """Pairs of lines whose letters lie on one another."""
    placed = list(texts(drawn, weighed=weighed))
    return [(a.text, b.text) for (a, one), (b, other) in combinations(placed, 2)
            if _over(one, other, 0.5)]  # fmt: skip


def outside(drawn: Picture, *, weighed: bool = False) -> list[str]:
    """Lines that leave the sheet."""
    return [
        words.text
        for words, box in texts(drawn, weighed=weighed)
        if box.x < 0 or box.y < 0 or box.x + box.width > drawn.width + 0.5
        or box.y + box.height > drawn.height
    ]  # fmt: skip


def told(sheet: Placed) -> str:
    """The sheet as text: where each act stands, how the road goes on, what is above and beneath."""
    shown = sheet.shown
    stages = [f"{name}: {a:.0f}-{b:.0f}" for (name, _), (a, b) in
              ((stage, sheet.stage(n)) for n, stage in enumerate(shown.stages))]  # fmt: skip
    lines = [shown.title, "", *stages, f"{shown.turn}: {sheet.turn:.0f}" if sheet.turn else "", ""]
    for hold, span in zip(shown.holds, sheet.way.spans, strict=True):
        assert span is not None
        start, end = (sheet.left + x for x in span)
        clocks = "; ".join(hold.clocks)
        lines.append(f"{start:.0f}-{end:.0f} {hold.label} | {clocks} {hold.flags}".rstrip())
    lines.append("")
    for n, (act, box) in enumerate(zip(shown.acts, sheet.boxes, strict=True)):
        at = f"x {box.centre[0]:.0f} y {box.centre[1]:.0f}"
        name, note = " / ".join(act.lines), f"[{act.note}]" if act.note else ""
        marks = " ".join(filter(None, (note, "※" * act.inferred, act.flags)))
        lines.append(
            f"{act.number or '-':>2} {shown.rows[act.row][0]}: {name} ({at}) {marks}".rstrip()
        )
        if n < len(sheet.paths):
            paper = f" with {act.paper}" if act.paper else ""
            lines.append("     " + " ".join(_ways(sheet.paths[n])) + paper)
    lines += ["", *(f"{f.letter or '-'} {f.text} ({f.sheet})" for f in shown.flags)]
    return "\n".join([*lines, "", *shown.notes, *shown.sheets]) + "\n"


def _ways(path: Path) -> Iterator[str]:
    for a, b in pairwise(path):
        yield "right" if b[0] > a[0] else "down" if b[1] > a[1] else "up"
