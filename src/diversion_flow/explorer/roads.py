"""The road for the page: its two pictures, lying and upright, and what can be chosen on them.

An act, a flag of another way and a piece of the spine are parts of their own (`act:3`, `flag:0`,
`hold:1`, numbered over all sheets), each with a frame that is as large as what is seen of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from attrs import evolve

from ..definition import LANGUAGES, Process
from ..diagram.formats.picture import Curve, Group, Picture, Print, Rect, Shape
from ..diagram.formats.svg import svg
from ..diagram.layout.geometry import bounds
from ..diagram.layout.measure import em
from ..diagram.layout.placed import Box
from ..diagram.views.road import ActShown, FlagShown, HoldShown, RoadShown, road
from ..diagram.views.road_case import deeds
from ..diagram.views.road_picture import AWAY, most_on_a_sheet
from ..diagram.views.sheets import as_one
from ..diagram.views.usual_road import road_of
from .forms import Forms, split

Sheets = tuple[RoadShown, ...]
Data = dict[str, Any]
_AROUND = 4.0  # points of a frame around what it frames


class Roads:
    """The road of a process in every language; empty where nobody acts."""

    def __init__(self, process: Process) -> None:
        self._turning = road_of(process).turning
        most = most_on_a_sheet(process)
        sheets = (road(process, lang, most, corner=False) for lang in LANGUAGES)
        self._sheets = [tuple(map(_plain, each)) for each in sheets]

    def __bool__(self) -> bool:
        return any(sheet.acts for sheet in self._sheets[0])

    def drawn(self, draw: Callable[[RoadShown], Picture]) -> list[Forms]:
        """The sheets as this draws them, in each language."""
        return [_drawn(sheets, draw) for sheets in self._sheets]

    def parts(self) -> dict[str, list[Data]]:
        """What the page knows of acts, flags and pieces of the spine."""
        acts: list[Data] = []
        flags: list[Data] = []
        holds: list[Data] = []
        for said in zip(*self._sheets, strict=True):
            lettered = [f"flag:{len(flags) + n}" for n in range(len(said[0].flags))]
            for act in zip(*(sheet.acts for sheet in said), strict=True):
                on = [lettered[_lettered(said[0], letter)] for letter in act[0].flags]
                acts.append({"id": f"act:{len(acts)}", **self._act(act), "flags": on})
            for flag in zip(*(sheet.flags for sheet in said), strict=True):
                flags.append({"id": f"flag:{len(flags)}", **_flag(flag)})
            for hold in zip(*(sheet.holds for sheet in said), strict=True):
                holds.append({"id": f"hold:{len(holds)}", **_hold(hold)})
        return {"acts": acts, "flags": flags, "holds": holds}

    def _act(self, said: Sequence[ActShown]) -> Data:
        """An act in every language."""
        return {
            "number": said[0].number,
            "label": [act.name for act in said],
            "by": [act.agency for act in said],
            "events": [*said[0].events],
            "deeds": [*deeds(said[0], self._turning)],
        }


def _flag(said: Sequence[FlagShown]) -> Data:
    return {
        "letter": [flag.letter for flag in said],
        "label": [flag.text for flag in said],
        "machine": said[0].machine,
        "transitions": [*said[0].transitions],
    }


def _hold(said: Sequence[HoldShown]) -> Data:
    return {
        "label": [hold.label for hold in said],
        "states": [*said[0].states],
        "limits": [*said[0].limits],
    }


def _plain(shown: RoadShown) -> RoadShown:
    """Without the dated links: the page cites beside the road, and laws that are alike in it share
    it."""
    return evolve(shown, cited=())


def _lettered(shown: RoadShown, letter: str) -> int:
    return next(n for n, flag in enumerate(shown.flags) if flag.letter == letter)


# -- the pictures ----------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _drawn(sheets: Sheets, draw: Callable[[RoadShown], Picture]) -> Forms:
    before = dict.fromkeys(("act", "flag", "hold"), 0)
    pictures = []
    for shown in sheets:
        picture = draw(shown)
        groups = (g for group in picture.groups for g in _parts(shown, group, before))
        pictures.append(evolve(picture, groups=tuple(groups)))
        for kind, parts in zip(before, (shown.acts, shown.flags, shown.holds), strict=True):
            before[kind] += len(parts)
    return split(svg(as_one(tuple(pictures))))


def _parts(shown: RoadShown, group: Group, before: dict[str, int]) -> Iterator[Group]:
    """The group; if it can be chosen, in its frame, and the flags on it by themselves."""
    kind = next((kind for kind in before if group.part.startswith(kind)), None)
    if kind is None:
        yield group
        return
    number = before[kind] + int(group.part.removeprefix(kind))
    flags = [*_flags(group)]
    on_flags = {id(shape) for pair in flags for shape in pair}
    rest = tuple(shape for shape in group.shapes if id(shape) not in on_flags)
    yield _framed(evolve(group, shapes=rest, part=f"{kind}:{number}"))
    for pole, letter in flags:
        n = _lettered(shown, letter.text)
        part = f"flag:{before['flag'] + n}"
        yield _framed(Group(shown.flags[n].text, (pole, letter), part))


def _flags(group: Group) -> Iterator[tuple[Curve, Print]]:
    for shape, after in pairwise(group.shapes):
        if isinstance(shape, Curve) and shape.fill == AWAY and isinstance(after, Print):
            yield shape, after


def _framed(group: Group) -> Group:
    left, top, right, low = bounds(end for shape in group.shapes for end in _ends(shape))
    x, y = left - _AROUND, top - _AROUND
    box = Box(x, y, right + _AROUND - x, low + _AROUND - y)
    return evolve(group, shapes=(Rect(box, "none", "none", 0, 6), *group.shapes))


def _ends(shape: Shape) -> Iterator[tuple[float, float]]:
    """Opposite corners of what the shape covers."""
    if isinstance(shape, Curve):
        yield from shape.points
    elif isinstance(shape, Rect):
        yield shape.box.x, shape.box.y
        yield shape.box.x + shape.box.width, shape.box.y + shape.box.height
    else:
        wide = em(shape.text) * shape.size
        left = shape.at[0] - (wide / 2 if shape.anchor == "middle" else 0)
        yield left, shape.at[1] - shape.size
        yield left + wide, shape.at[1] + shape.size * 0.25
