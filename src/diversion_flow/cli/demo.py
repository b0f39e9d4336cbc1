"""The main job: check the process, play a story, draw it, and put it all on one page."""

from __future__ import annotations

from pathlib import Path

from ..analysis import check
from ..definition import LANGUAGES, Language, Process, Text
from ..definition.files.writing import inside, write_whole
from ..diagram import draw
from ..diagram.formats.picture import picture
from ..diagram.formats.svg import svg
from ..diagram.render import diagram
from ..runtime import Case
from ..scenarios import Played, Scenario, play
from .console import say
from .page import page
from .telling import tell_all

_VIEWS = ("support", "custody")  # in detail, beside the road


def demo(process: Process, scenario: Scenario, folder: Path, lang: Language) -> bool:
    """Whether the process is clean and the story went as told; the files are in `folder`."""
    findings = check(process)
    said = Text("{0} {1}: 検査の指摘 {2} 件", "{0} {1}: {2} findings").in_(lang)
    say(said.format(process.id, process.version, len(findings)), "bold")
    for finding in findings:
        say(f"  {finding.text(lang)}")
    played = play(scenario, process)
    tell_all(scenario, played, lang)
    for file in files(process, scenario, played, folder, lang):
        say(f"→ {file}")
    return not findings and not any(step.problems for step in played)


def files(
    process: Process, scenario: Scenario, played: tuple[Played, ...], folder: Path, first: Language
) -> list[Path]:
    """Write the diagrams (SVG, both languages; the road, which goes on slides, as PNG too), the
    case's path and the page, which begins in the `first`."""
    case = _middle(played)
    written: list[Path] = []
    drawings = {}

    def write(name: str, data: str | bytes) -> None:
        whole = data.encode() if isinstance(data, str) else data
        written.append(write_whole(inside(folder, name), whole, overwrite=True))

    for lang in sorted(LANGUAGES, key=first.__ne__):
        along = draw(process, "road", lang=lang, case=case)
        write(f"{process.id}_{scenario.id.lower()}.{lang}.svg", along)
        write(f"{process.id}_road.{lang}.svg", draw(process, "road", lang=lang))
        write(f"{process.id}_road.{lang}.png", draw(process, "road", format="png", lang=lang))
        upright = draw(process, "road_upright", lang=lang, case=case)
        shown = [(_ALONG.in_(lang), drawn) for drawn in (along, upright)]
        dated = draw(process, "timeline", lang=lang, case=played[-1].after)
        shown.append((_DATED.in_(lang), dated))
        for view in _VIEWS:
            drawn = svg(picture(diagram(process, view, lang=lang)))
            write(f"{process.id}_{view}.{lang}.svg", drawn)
            shown.append((process.machine(view).label.in_(lang), drawn))
        drawings[lang] = shown
    write("index.html", page(process, scenario, played, drawings))
    return written


_ALONG = Text("この事例の今", "Where this case stands")
_DATED = Text("日付に沿った経過と期限", "The case along its dates, with its limits")


def _middle(played: tuple[Played, ...]) -> Case:
    """The case two thirds of the way: much is behind it and something is still running."""
    return played[len(played) * 2 // 3].after
