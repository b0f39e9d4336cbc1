"""The drawings that the project ships: a chosen few, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

from .. import processes
from ..definition import LANGUAGES, Process
from ..definition.files.writing import inside, writable_each, write_each
from ..diagram.render import drawn_for
from ..runtime import Case
from ..scenarios import play, shipped

_STORY, _STEPS = "cs01", 25


@frozen
class _Shown:
    """A drawing of these: of a process, or of a case in it."""

    process: Process
    view: str
    name: str
    case: Case | None = None


def _chosen() -> Iterator[_Shown]:
    law, other = processes.get("entry_support"), processes.get("special_coordination")
    for view in ("road", "one_page", "road_upright", "stages", "overview", "support", "center"):
        yield _Shown(law, view, view)
    yield _Shown(law, "checklist.center", "center_checklist")
    case = play(shipped(_STORY))[_STEPS - 1].after
    for view in ("road", "timeline", "sequence"):
        yield _Shown(law, view, f"{_STORY}_{view}", case)
    for view in ("road", "coordination"):
        yield _Shown(other, view, view)


def gallery(folder: Path, formats: Iterable[str] = ("svg",)) -> list[Path]:
    """Write the shipped drawings into `folder`, over the old ones, in each of these formats, and
    say which."""
    wanted = tuple(formats)
    sheets = [
        (shown, lang, inside(folder, f"{shown.process.id}_{shown.name}.{lang}.{ending}"))
        for shown in _chosen()
        for lang in LANGUAGES
        for ending in wanted
    ]
    writable_each((file for *_, file in sheets), overwrite=True)
    drawn = [
        (file, drawn_for(file, shown.process, shown.view, lang=lang, case=shown.case))
        for shown, lang, file in sheets
    ]
    return [*write_each(drawn, overwrite=True)]
