"""The drawings that are sheets of paper: the road, its one page, the road for a phone, the sheets
of the stages, the checklists.

What is other than in another law is marked by files that are opened when one is given: they need
the analysis.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from sys import maxsize
from typing import Final, NamedTuple

from attrs import evolve

from ...definition import Language, Process
from ...definition.arguments import argument
from ...definition.text import other_language
from ...runtime import Case
from ...runtime.view import View
from ..formats.pdf import Paper
from ..formats.picture import Picture, moved
from . import extract
from .agency import agency_shown
from .checklist import sheet
from .checklist_picture import checklist_pictures
from .numbering import STAGE, stages_of
from .road import RoadShown, brief, road
from .road_bilingual import in_both
from .road_case import seen_on, with_case
from .road_picture import ONE_PAGE, Brevity, most_on_a_sheet, on_one_page, road_picture
from .road_upright import road_upright
from .stage import StageShown, stage_shown, stages_shown
from .stage_picture import stage_pictures
from .veiled import veiled

Pictures = tuple[Picture, ...]


class Wanted(NamedTuple):
    """Of which law a sheet is, in which language, with which case on it, or what an agency sees of
    one, or with what is other than in which law."""

    law: Process
    lang: Language
    case: Case | View | None = None
    against: Process | None = None


Maker = Callable[[Wanted], Pictures]
Made = Callable[..., RoadShown]  # of a process in a language, with or without its `corner`


def _road_bilingual(asked: Wanted) -> Pictures:
    both = zip(*(roads(*each) for each in _in_both(asked)), strict=True)
    return tuple(road_picture(in_both(one, other)) for one, other in both)


def _one_page_bilingual(asked: Wanted) -> Pictures:
    one, other = (_brief(each, on_one_page(*each[:2])) for each in _in_both(asked))
    return (road_picture(in_both(one, other, plain=True), _BOTH),)


def _brief(asked: Wanted, how: Brevity) -> RoadShown:
    """The one page with what is shown on it."""
    return _told(partial(brief, most=how.most, narrower=how.narrower), *asked)


def _one_page(asked: Wanted) -> Pictures:
    how = on_one_page(asked.law, asked.lang)
    return (road_picture(_brief(asked, how), how.type),)


def _in_both(asked: Wanted) -> tuple[Wanted, Wanted]:
    return asked, asked._replace(lang=other_language(asked.lang))


def roads(
    process: Process, lang: Language = "ja", case: Case | View | None = None,
    against: Process | None = None, *, most: int | None = None,
) -> tuple[RoadShown, ...]:  # fmt: skip
    """The sheets of the road, each of at most so many acts, else of as many as can be read; of a
    view those on which the agency sees something."""
    most = most or most_on_a_sheet(process)
    pages = range(len(road(process, lang, most)))
    found = [_told(_sheet(n, most), process, lang, case, against) for n in pages]
    return tuple(s for s in found if s.acts or not isinstance(case, View)) or (found[0],)


def _sheet(number: int, most: int) -> Made:
    return lambda process, lang, corner=True: road(process, lang, most, corner=corner)[number]


def _told(
    make: Made,
    process: Process, lang: Language, case: Case | View | None, against: Process | None,
) -> RoadShown:  # fmt: skip
    """The sheet, with what is shown on it of a case, or of one as an agency sees it; or of what is
    other than in another law."""
    if against is not None:
        from .road_difference import with_difference

        return with_difference(make(process, lang), against, process)
    if case is None:
        return make(process, lang)
    if isinstance(case, View):
        law = evolve(make(veiled(case), lang, corner=False), corner=make(process, lang).corner)
        return with_case(seen_on(law, case), case)
    return with_case(make(process, lang), case)


def _stage(stage: str) -> Maker:
    """The sheet of one stage."""
    return lambda asked: _drawn((stage_shown(asked.law, stage, asked.lang, asked.case),), asked)


def _drawn(shown: Sequence[StageShown], asked: Wanted) -> Pictures:
    """The sheets of stages, with what is other than in another law."""
    if asked.against is not None:
        from .stage_difference import StageDifferences

        marks = StageDifferences(asked.against, asked.law, asked.lang)
        shown = [marks.on(sheet) for sheet in shown]
    return tuple(picture for sheet in shown for picture in stage_pictures(sheet))


_BOTH: Final = evolve(ONE_PAGE, says=7.0, clock=11.0, note=11.0, lines=99)  # two languages
_SHEETS: Final[dict[str, Maker]] = {
    "road": lambda asked: tuple(map(road_picture, roads(*asked))),
    "one_page": _one_page,
    "road_upright": lambda asked: tuple(map(road_upright, roads(*asked, most=maxsize))),
    "road_bilingual": _road_bilingual,
    "one_page_bilingual": _one_page_bilingual,
    "stages": lambda asked: _drawn(stages_shown(asked.law, asked.lang, asked.case), asked),
}


CHECKLIST: Final = "checklist."
BILINGUAL: Final = ("road_bilingual", "one_page_bilingual")

# What is for no A4: there the letters of the road would be small.
PAPER: Final[dict[str, Paper]] = {"road": "a3", "road_bilingual": "a3", "road_upright": "screen"}


def sheets(process: Process) -> dict[str, Maker]:
    """The sheets of a process by name: a stage's own is `stage.` and its id, an agency's its id,
    and its checklist `checklist.` and its id."""
    stages = {f"{STAGE}{id}": _stage(id) for id in stages_of(process) if id}
    ids = (a.id for a in process.agencies if a.id not in process.by_id["machine"])
    lists = {f"{CHECKLIST}{a.id}": _checklist(a.id) for a in process.agencies}
    return _SHEETS | {id: _agency(id) for id in ids} | stages | lists


def _agency(agency: str) -> Maker:
    """The sheet of one agency."""

    def make(asked: Wanted) -> Pictures:
        law, lang, case, against = asked
        shown = agency_shown(law, agency, lang, case)
        if against is not None:
            from .stage_difference import AgencyDifference

            shown = AgencyDifference(against, law, agency, lang).on(shown)
        return stage_pictures(shown)

    return make


def _checklist(agency: str) -> Maker:
    """The checklist of one agency, which is of the law alone."""
    return lambda asked: checklist_pictures(sheet(asked.law, agency, asked.lang))


def of_law_alone(view: str) -> bool:
    """Whether the sheet shows neither a case nor another law."""
    return view.startswith(CHECKLIST)


def views(process: Process) -> tuple[str, ...]:
    """What can be drawn: the road, its one page, the road for a phone, road and page in two
    languages, the sheets of all stages and of each, the checklists, the overview, each machine,
    each agency."""
    argument("process", process, Process)
    return tuple(dict.fromkeys((*sheets(process), *extract.views(process))))


def drawable(*laws: Process) -> dict[str, object]:
    """The views of any of these laws, each with the part that it shows, where it shows one."""
    return {
        view: part
        for law in laws
        for view, part in (
            *dict.fromkeys((*extract.CHARTS, *sheets(law))).items(),
            *((f"{STAGE}{id}", stage) for id, stage in law.by_id["stage"].items()),
            *extract.drawable(law).items(),
        )
    }


def as_one(pictures: Pictures) -> Picture:
    """The sheets one under another."""
    first, *rest = pictures
    if not rest:
        return first
    groups, high = list(first.groups), first.height
    for picture in rest:
        groups += [moved(group, 0.0, high) for group in picture.groups]
        high += picture.height
    wide = max(picture.width for picture in pictures)
    return evolve(first, width=wide, height=round(high, 1), groups=tuple(groups))
