"""`explore`: a process as one page to look at, ask and play with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from .console import say
from .options import Lang, Language_, Overwrite


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
