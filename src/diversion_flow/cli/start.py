"""Where the command line starts; it is also told here when its libraries are missing."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence

from ..definition.extras import needed
from .asking import plain_question
from .failing import asked_language, plainly
from .helping import help_asked, version_asked
from .signs import printable


def main(words: Sequence[str] | None = None) -> None:
    """Entry point of the `diversion-flow` command, and of `python -m diversion_flow`."""
    atexit.register(gc.freeze)  # what goes with the process is not looked through before
    printable()
    given = [_plain(word) for word in (sys.argv[1:] if words is None else words)]
    sys.exit(plainly(lambda: _run(given), asked_language(given)))


def _plain(word: str) -> str:
    """A number in the digits that the parser reads, whichever keyboard gave it."""
    return "".join(str(int(digit)) for digit in word) if word.isdecimal() else word


def _run(words: Sequence[str]) -> int | None:
    answer = help_asked(words) or version_asked(words) or plain_question(words)
    if answer is not None:
        return answer()
    with needed("cli"):
        import rich  # noqa: F401
        import typer  # noqa: F401
    from .app import app
    from .usage import UsageError, told

    try:
        code: int | None = app(words, prog_name="diversion-flow", standalone_mode=False)
        return code
    except UsageError as error:
        raise told(error) from None
