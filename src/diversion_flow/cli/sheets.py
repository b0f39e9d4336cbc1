"""The commands that write something to look at or to hand on: drawings, checklists, exports."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..definition.files.writing import writable, write_whole
from ..runtime import Case
from ..scenarios import play
from .console import say
from .failing import remark
from .law import law
from .options import Lang, Language_, Overwrite
from .story import case_after
from .story import stories as named_stories
from .story import story as named

if TYPE_CHECKING:
    from ..interchange import Loss

_After = Annotated[int | None, typer.Option(min=0)]


def draw(
    process: str,
    view: str,
    out: list[Path],
    on: str = "",
    place: str = "",
    story: str = "",
    after: _After = None,
    lang: Language_ = Lang.ja,
    overwrite: Overwrite = False,
) -> None:
    """Draw a process, or a case in it; the file's ending names the format."""
    from ..diagram import render

    case = _case(story, after) if story else None
    asked = case.process if case else law(process, on, place)
    for file in out:
        written = render(asked, file, view=view, lang=lang.language, case=case, overwrite=overwrite)
        say(written)


def _case(story: str, after: int | None) -> Case:
    told = named(story)
    return case_after(told, len(told.steps) if after is None else after)


def checklist(
    process: str,
    agency: str,
    out: list[Path],
    on: str = "",
    place: str = "",
    lang: Language_ = Lang.ja,
    overwrite: Overwrite = False,
) -> None:
    """One agency's page: what it may report, with which papers, until when, on which basis."""
    from ..diagram import checklist as markdown
    from ..diagram import checklist_page as page

    kinds = {".md": markdown, ".html": page}
    asked = law(process, on, place)
    for file in out:
        writable(file, overwrite=overwrite, endings=tuple(kinds))
        text = kinds[file.suffix.lower()](asked, agency, lang.language)
        say(write_whole(file, text.encode(), overwrite=overwrite))


def export(
    process: str,
    out: list[Path],
    on: str = "",
    place: str = "",
    lang: Language_ = Lang.ja,
    overwrite: Overwrite = False,
) -> None:
    """Write a process for other programs; what the format cannot say goes to standard error."""
    from ..interchange import write

    asked = law(process, on, place)
    for file in out:
        losses = write(asked, file, lang=lang.language, overwrite=overwrite)
        say(file)
        _tell(losses, lang)


def read_in(
    drawing: Path,
    out: Path,
    lang: Language_ = Lang.ja,
    overwrite: Overwrite = False,
) -> None:
    """Read a BPMN drawing into the skeleton of a definition, to be gone on with by hand."""
    from ..definition.files.serial import dump
    from ..interchange import read_bpmn

    found = read_bpmn(drawing, lang=lang.language)
    dump(found.process, out, overwrite=overwrite)
    say(out)
    _tell(found.losses, lang, str(drawing))


def log(
    out: Path,
    stories: Annotated[list[str] | None, typer.Argument()] = None,
    lang: Language_ = Lang.ja,
    overwrite: Overwrite = False,
) -> None:
    """Write what happened in the stories' cases as an event log for process mining."""
    from ..interchange import write_log

    cases = {
        (told.id, played.step.case): played.after
        for told in named_stories(stories or ("stories",))
        for played in play(told)
    }
    losses = write_log(cases.values(), out, lang=lang.language, overwrite=overwrite)
    say(out)
    _tell(losses, lang)


def _tell(losses: Iterable[Loss], lang: Lang, read: str = "") -> None:
    """Each loss with the elements that it touches; of a file that was read, with their lines."""
    for loss in losses:
        remark(f"  − {loss.said.in_(lang.language)}")
        lines: dict[str, int] = {}
        for place in loss.places:
            lines.setdefault(place.id, place.line)
        for id in loss.ids:
            remark(f"      {read}:{lines[id]}: {id}" if id in lines else f"      {id}")


def add_sheets_to(app: Any) -> None:
    """Make these commands of the app."""
    for command in (draw, checklist, export, log):
        app.command()(command)
    app.command("import")(read_in)
