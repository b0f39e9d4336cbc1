"""Options that several commands share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from ..definition import Language


class Lang(StrEnum):
    """Languages of the output."""

    ja = "ja"
    en = "en"

    @property
    def language(self) -> Language:
        """The language as the library names it."""
        return "ja" if self is Lang.ja else "en"


Language_ = Annotated[Lang, typer.Option("--lang")]
Json = Annotated[bool, typer.Option("--json")]
Overwrite = Annotated[bool, typer.Option("--overwrite")]
Most = Annotated[int | None, typer.Option(min=0)]  # how much may be tried


def given(**bounds: int | None) -> dict[str, Any]:
    """The bounds that were given; the library has its own for the others."""
    return {name: bound for name, bound in bounds.items() if bound is not None}
