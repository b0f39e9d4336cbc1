"""What a command says on standard output: lines, data, and the files that it wrote."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, NoReturn

from .asking import json_text
from .failing import UNREAD, to_nowhere

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console


@cache
def _out() -> Console:
    """Where lines go, opened with the first of them."""
    from rich.console import Console

    class Out(Console):
        def on_broken_pipe(self) -> NoReturn:
            """Whoever reads has seen enough."""
            to_nowhere()
            raise SystemExit(UNREAD)

    return Out(highlight=False, soft_wrap=True, emoji=False)


def say(text: object = "", style: str = "") -> None:
    """Print a line as it is: nothing in it is taken for markup."""
    _out().print(str(text), style=style or None, markup=False)


def say_data(value: Any) -> None:
    """Print JSON; escaped where standard output cannot show all of it."""
    _out().out(json_text(value), highlight=False)


def say_written(
    files: Iterable[tuple[Path, bytes]], overwrite: bool, tell: Callable[[str], None] = say
) -> None:
    """Write the files and say each once it is there; where one may not be written, none is.
    `tell` is `remark` where the result is data, which no further line may follow."""
    from ..definition.files.writing import write_each

    for file in write_each(files, overwrite=overwrite):
        tell(str(file))
