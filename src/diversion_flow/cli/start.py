"""Where the command line starts."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(words: Sequence[str] | None = None) -> None:
    """Entry point of the `diversion-flow` command, and of `python -m diversion_flow`."""
    from .console import asked_language, plainly, printable

    given = sys.argv[1:] if words is None else list(words)
    printable()
    sys.exit(plainly(lambda: _run(words), asked_language(given)))


def _run(words: Sequence[str] | None) -> int | None:
    from .app import app
    from .console import USAGE
    from .usage import UsageError, told

    try:
        code: int | None = app(words, prog_name="diversion-flow", standalone_mode=False)
        return code
    except UsageError as error:
        if type(error).__name__ == "NoArgsIsHelpError":  # no word at all: the help says which
            error.show()  # type: ignore[attr-defined]
            return USAGE
        raise told(error) from None
