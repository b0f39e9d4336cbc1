"""The drawings that are sheets of acts: the road, its one page, the road for a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from ...definition import Language, Process
from ...definition.arguments import argument
from ...runtime import Case
from ..formats.picture import Picture, moved
from . import extract
from .road import RoadShown, brief, road
from .road_case import with_case
from .road_picture import ONE_PAGE, road_picture
from .road_upright import road_upright

Sheets = tuple[Picture, ...]


def _road(process: Process, lang: Language, case: Case | None) -> Sheets:
    return tuple(road_picture(_told(shown, case)) for shown in road(process, lang))


def _one_page(process: Process, lang: Language, case: Case | None) -> Sheets:
    return (road_picture(_told(brief(process, lang), case), ONE_PAGE),)


def _told(shown: RoadShown, case: Case | None) -> RoadShown:
    return shown if case is None else with_case(shown, case)


def _upright(process: Process, lang: Language, case: Case | None) -> Sheets:
    return tuple(road_upright(_told(shown, case)) for shown in road(process, lang))


SHEETS: Final[dict[str, Callable[[Process, Language, Case | None], Sheets]]] = {
    "road": _road,
    "one_page": _one_page,
    "road_upright": _upright,
}


def views(process: Process) -> tuple[str, ...]:
    """What can be drawn: the road, its one page, the road for a phone, the overview and its
    poster, each machine, each agency."""
    argument("process", process, Process)
    return (*SHEETS, *extract.views(process))


def as_one(pictures: Sheets) -> Picture:
    """The sheets one under another."""
    first, *rest = pictures
    if not rest:
        return first
    groups, high = list(first.groups), first.height
    for picture in rest:
        groups += [moved(group, 0.0, high) for group in picture.groups]
        high += picture.height
    wide = max(picture.width for picture in pictures)
    return Picture(wide, round(high, 1), first.title, first.description, first.lang, tuple(groups))
