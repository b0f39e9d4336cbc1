"""What a command says on standard output: lines and data."""

from __future__ import annotations

from typing import Any, Final, NoReturn

from rich.console import Console

from .asking import json_text
from .failing import UNREAD, to_nowhere


class _Out(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Whoever reads has seen enough."""
        to_nowhere()
        raise SystemExit(UNREAD)


_OUT: Final = _Out(highlight=False, soft_wrap=True, emoji=False)


def say(text: object = "", style: str = "") -> None:
    """Print a line as it is: nothing in it is taken for markup."""
    _OUT.print(str(text), style=style or None, markup=False)


def say_data(value: Any) -> None:
    """Print JSON; escaped where standard output cannot show all of it."""
    _OUT.out(json_text(value), highlight=False)
