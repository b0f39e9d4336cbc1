"""The main job: check the process, play a story, draw it, and put it all on one page."""

from __future__ import annotations

from pathlib import Path

from ..analysis import check
from ..definition import LANGUAGES, Language, Process, Text
from ..definition.files.writing import inside, write_whole
from ..diagram import draw, render
from ..runtime import Case
from ..scenarios import Played, Scenario, play
from .console import say
from .page import page
from .telling import tell_all

_VIEWS = ("overview", "support", "custody")


def demo(process: Process, scenario: Scenario, folder: Path, lang: Language) -> bool:
    """Whether the process is clean and the story went as told; the files are in `folder`."""
    findings = check(process)
    said = Text("{0} {1}: 検査の指摘 {2} 件", "{0} {1}: {2} findings").in_(lang)
    say(said.format(process.id, process.version, len(findings)), "bold")
    for finding in findings:
        say(f"  {finding.text(lang)}")
    played = play(scenario, process)
    tell_all(scenario, played, lang)
    for file in files(process, scenario, played, folder):
        say(f"→ {file}")
    return not findings and not any(step.problems for step in played)


def files(
    process: Process, scenario: Scenario, played: tuple[Played, ...], folder: Path
) -> list[Path]:
    """Write the diagrams (SVG and PNG, both languages), the case's path and the page."""
    case = _middle(played)
    written, drawings = [], {}
    for lang in LANGUAGES:
        shown = []
        for view in _VIEWS:
            name = f"{process.id}_{view}.{lang}"
            for ending in ("svg", "png"):
                file = inside(folder, f"{name}.{ending}")
                written.append(render(process, file, view=view, lang=lang, overwrite=True))
            shown.append((_heading(process, view).in_(lang), str(draw(process, view, lang=lang))))
        path = inside(folder, f"{process.id}_{scenario.id.lower()}.{lang}.svg")
        written.append(render(process, path, lang=lang, case=case, overwrite=True))
        along = Text("この事例の経過", "This case's way").in_(lang)
        shown.insert(0, (along, str(draw(process, "overview", lang=lang, case=case))))
        drawings[lang] = shown
    index = folder / "index.html"
    write_whole(index, page(process, scenario, played, drawings).encode(), overwrite=True)
    return [*written, index]


def _middle(played: tuple[Played, ...]) -> Case:
    """The case two thirds of the way: much is behind it and something is still running."""
    return played[len(played) * 2 // 3].after


def _heading(process: Process, view: str) -> Text:
    if view == "overview":
        return Text("全体図", "Overview")
    return process.machine(view).label
