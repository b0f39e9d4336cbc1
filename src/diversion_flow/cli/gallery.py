"""The drawings that the project ships: every shipped process, both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .. import processes
from ..definition import LANGUAGES, Process
from ..definition.files.writing import inside
from ..diagram import render
from ..scenarios import play, shipped

_MACHINES = ("custody", "procedure", "consent", "adjustment", "support", "aftercare")
_AGENCIES = ("center", "probation_office")
_STORY, _STEPS = "cs01", 25


def gallery(folder: Path) -> list[Path]:
    """Write all shipped drawings into `folder`, over the old ones, and say which."""
    law = processes.get("entry_support")
    case = play(shipped(_STORY))[_STEPS - 1].after
    written = []

    def draw(shown: Process, view: str, ending: str, called: str = "", **more: Any) -> None:
        file = inside(folder, f"{shown.id}_{called or view}.{ending}")
        written.append(render(shown, file, view=view, overwrite=True, **more))

    for lang in LANGUAGES:
        for view in ("road", "one_page", "road_upright", "overview", *_MACHINES, *_AGENCIES):
            draw(law, view, f"{lang}.svg", lang=lang)
        for ending in ("png", "pdf", "md"):
            draw(law, "overview", f"{lang}.{ending}", lang=lang)
        draw(law, "poster", f"{lang}.pdf", lang=lang)
        draw(law, "overview", f"{lang}.svg", f"case_{_STORY}", lang=lang, case=case)
        for view in ("timeline", "sequence"):
            draw(law, view, f"{lang}.svg", f"{view}_{_STORY}", lang=lang, case=case)
        other = processes.get("special_coordination")
        for view in ("road", "overview", "coordination"):
            draw(other, view, f"{lang}.svg", lang=lang)
    return written
