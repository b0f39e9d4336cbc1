"""The drawings that the project ships: every shipped process, both languages."""

from __future__ import annotations

from pathlib import Path

from .. import processes
from ..definition import LANGUAGES
from ..diagram import render
from ..scenarios import play, shipped

_MACHINES = ("custody", "procedure", "consent", "adjustment", "support", "aftercare")
_AGENCIES = ("center", "probation_office")
_STORY, _STEPS = "cs01", 25


def gallery(folder: Path) -> list[Path]:
    """Write all shipped drawings into `folder` and say which."""
    law = processes.get("entry_support")
    case = play(shipped(_STORY))[_STEPS - 1].after
    written = []
    for lang in LANGUAGES:
        for view in ("overview", *_MACHINES, *_AGENCIES):
            file = folder / f"{law.id}_{view}.{lang}.svg"
            written.append(render(law, file, view=view, lang=lang))
        for ending in ("png", "pdf", "md"):
            file = folder / f"{law.id}_overview.{lang}.{ending}"
            written.append(render(law, file, lang=lang))
        written.append(
            render(law, folder / f"{law.id}_poster.{lang}.pdf", view="poster", lang=lang)
        )
        along = folder / f"{law.id}_case_{_STORY}.{lang}.svg"
        written.append(render(law, along, lang=lang, case=case))
        other = processes.get("special_coordination")
        for view in ("overview", "coordination"):
            file = folder / f"{other.id}_{view}.{lang}.svg"
            written.append(render(other, file, view=view, lang=lang))
    return written
