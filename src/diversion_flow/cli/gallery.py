"""The drawings that the project ships: a chosen few, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from .. import processes
from ..definition import LANGUAGES, Process
from ..definition.files.writing import inside, writable_each, write_each
from ..diagram.render import drawn_for
from ..runtime import Case
from ..scenarios import play, shipped

_STORY, _STEPS = "cs01", 25


def _chosen() -> Iterator[tuple[Process, str, str, Case | None]]:
    """What is drawn of which process, under which name, with which case in it."""
    law, other = processes.get("entry_support"), processes.get("special_coordination")
    for view in ("road", "one_page", "road_upright", "stages", "overview", "support", "center"):
        yield law, view, view, None
    yield law, "checklist.center", "center_checklist", None
    case = play(shipped(_STORY))[_STEPS - 1].after
    for view in ("road", "timeline", "sequence"):
        yield law, view, f"{_STORY}_{view}", case
    for view in ("road", "coordination"):
        yield other, view, view, None


def gallery(folder: Path, formats: Iterable[str] = ("svg",)) -> list[Path]:
    """Write the shipped drawings into `folder`, over the old ones, in each of these formats, and
    say which."""
    wanted = tuple(formats)
    sheets = [
        (inside(folder, f"{law.id}_{name}.{lang}.{ending}"), law, view, lang, case)
        for law, view, name, case in _chosen()
        for lang in LANGUAGES
        for ending in wanted
    ]
    writable_each((file for file, *_ in sheets), overwrite=True)
    drawn = [
        (file, drawn_for(file, law, view, lang=lang, case=case))
        for file, law, view, lang, case in sheets
    ]
    return [*write_each(drawn, overwrite=True)]
