"""The commands that write something to look at or to hand on: the page, drawings, checklists,
exports."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from ..definition.grouped import grouped
from .console import say, say_written
from .failing import remark
from .options import Lang, Language_, Overwrite
from .usage import only_with

if TYPE_CHECKING:
    from ..interchange import Loss

_After = Annotated[int | None, typer.Option(min=0)]


def explore(
    process: Annotated[str, typer.Argument()] = "entry_support",
    stories: Annotated[list[str] | None, typer.Argument()] = None,
    out: Path = Path("explorer.html"),
    lang: Language_ = Lang.ja,
    overwrite: Overwrite = False,
) -> None:
    """Write one HTML page that shows a process, explains it and plays a case through it.

    A shipped process by its bare name brings all versions of the law and all places with it, and
    its published stories; stories of one's own can be followed, too, each with the laws under
    which it goes.
    """
    from .. import processes
    from ..definition.files.writing import writable, write_whole
    from ..explorer import explorer, shipped_explorer
    from .law import law
    from .story import stories as named

    writable(out, overwrite=overwrite, endings=(".html", ".htm"))
    shipped = process in processes.names()
    told = tuple(named(stories or ()))
    page = (
        shipped_explorer(process, told, lang.language)
        if shipped
        else explorer(law(process), stories=told, lang=lang.language)
    )
    say(write_whole(out, page.encode(), overwrite=overwrite))


def draw(
    process: str,
    view: str,
    out: list[Path],
    on: str = "",
    place: str = "",
    story: str = "",
    after: _After = None,
    reference: bool = False,
    wrong: bool = False,
    lang: Language_ = Lang.ja,
    overwrite: Overwrite = False,
) -> None:
    """Draw a process, or a case in it; the file's ending names the format."""
    from ..definition.files.writing import writable_each
    from ..diagram.render import drawn_for
    from .law import named
    from .story import case_in

    asked = named(process, on, place)
    if not story:
        only_with("--story", after=after, reference=reference or None, wrong=wrong or None)
    case = case_in(asked, story, after) if story else None
    law = case.process if case else asked.law()
    files = writable_each(out, overwrite=overwrite)
    drawn = [
        drawn_for(file, law, view, lang=lang.language, case=case, reference=reference, wrong=wrong)
        for file in files
    ]
    say_written(zip(files, drawn, strict=True), overwrite)


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
    from ..definition.files.writing import writable_each
    from ..diagram import checklist as markdown
    from ..diagram import checklist_page as page
    from ..diagram.render import BOUND, drawn_for
    from .law import law

    texts = {".md": markdown, ".html": page}
    asked = law(process, on, place)
    sheet, its = f"checklist.{asked.agency(agency).id}", lang.language
    files = writable_each(out, overwrite=overwrite, endings=(*texts, *(f".{f}" for f in BOUND)))
    made = [
        write(asked, agency, its).encode()
        if (write := texts.get(file.suffix.lower()))
        else drawn_for(file, asked, sheet, lang=its)
        for file in files
    ]
    say_written(zip(files, made, strict=True), overwrite)


def export(
    process: str,
    out: list[Path],
    on: str = "",
    place: str = "",
    lang: Language_ = Lang.ja,
    overwrite: Overwrite = False,
) -> None:
    """Write a process for other programs; what the format cannot say goes to standard error."""
    from ..definition.files.writing import writable_each
    from ..interchange import coded, made_for
    from .law import law

    asked = law(process, on, place)
    files = writable_each(out, overwrite=overwrite)
    made = [made_for(file, asked, lang.language) for file in files]
    for file, one in zip(files, made, strict=True):
        say_written([(file, coded(one.text, file))], overwrite)
        _tell(one.losses, lang)


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
    """Write what happened in the stories' cases, each under the first of its laws, as a log."""
    from ..interchange import write_log
    from ..scenarios import play
    from .story import stories as named_stories

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
        lines = grouped((place.id, place.line) for place in loss.places)
        for id, (line, *_) in lines.items():
            remark(f"      {read}:{line}: {id}")
        elsewhere = ", ".join(id for id in loss.ids if id not in lines)
        for row in wrap(elsewhere, 92, break_long_words=False, break_on_hyphens=False):
            remark(f"      {row}")
