"""Options that several commands share."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import typer

from ..definition import Language


class Lang(Enum):
    """Languages of the output."""

    ja = "ja"
    en = "en"

    @property
    def language(self) -> Language:
        """The language as the library names it."""
        return "ja" if self is Lang.ja else "en"


Language_ = Annotated[Lang, typer.Option("--lang", help="Language of the output.")]
Json = Annotated[bool, typer.Option("--json", help="Data instead of text.")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")]
On = Annotated[str, typer.Option(help="The law of this day (YYYY-MM-DD); the latest if none.")]
Place = Annotated[str, typer.Option(help="The rules of this place (see `variants`).")]
