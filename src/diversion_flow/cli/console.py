"""What the terminal is told: lines, data, and errors as one line in the asked language.

Nothing stops half-way because a terminal or a file cannot show a sign: it is shown by a plain
twin, or by `?`. What fails is said once, and the exit code says of what kind it was.
"""

from __future__ import annotations

import codecs
import json
import os
import sys
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NoReturn

from rich.console import Console

from ..definition import DiversionFlowError, FileRefused, Language

OK, FOUND, USAGE, FAULT, STOPPED, UNREAD = 0, 1, 2, 70, 130, 141
TRACEBACK: Final = "DIVERSION_FLOW_TRACEBACK"  # set to see where a fault of ours comes from

# Signs that we print, and what stands for them where they cannot be shown, the best first.
_TWINS: Final = {
    "→": ("->",), "–": ("-",), "—": ("-",), "−": ("-",), "…": ("...",), "§": ("S.",),
    "✕": ("×", "x"), "×": ("x",), "■": ("#",), "●": ("*",), "✓": ("v",), "Δ": ("d",),
    "≥": (">=",), "≤": ("<=",), "≠": ("!=",), "～": ("~",), "〜": ("～", "~"), "※": ("*",),
    "─": ("-",), "│": ("|",), "╭": ("+",), "╮": ("+",), "╰": ("+",), "╯": ("+",),
    "’": ("'",), "‘": ("'",), "“": ('"',), "”": ('"',), "\u00a0": (" ",),
}  # fmt: skip


class _Out(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Whoever reads has seen enough."""
        _to_nowhere()
        raise SystemExit(UNREAD)


_OUT: Final = _Out(highlight=False, soft_wrap=True, emoji=False)


def say(text: object = "", style: str = "") -> None:
    """Print a line as it is: nothing in it is taken for markup."""
    _OUT.print(str(text), style=style or None, markup=False)


def say_data(value: Any) -> None:
    """Print JSON; escaped where standard output cannot show all of it."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        text = json.dumps(value)
    _OUT.out(text, highlight=False)


def remark(text: str) -> None:
    """Print a line beside the result, on standard error."""
    if sys.stderr is not None:
        with suppress(OSError):  # nobody is left to be told
            sys.stderr.write(f"{text}\n")


def _to_nowhere() -> None:
    """What is still waiting to be printed goes nowhere, so that leaving fails no second time."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def printable() -> None:
    """Let no sign stop a line: see `_TWINS`."""
    codecs.register_error("diversion_flow", _twins)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="diversion_flow")


def _twins(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_twin(sign, error.encoding) for sign in signs), error.end


def _twin(sign: str, encoding: str) -> str:
    for twin in _TWINS.get(sign, ()):
        try:
            twin.encode(encoding)
        except UnicodeEncodeError:
            continue
        return twin
    return "?"


def asked_language(words: Iterable[str]) -> Language:
    """The language that a command line asks for, before it is known to be right."""
    given = " ".join(words).replace("--lang=", "--lang ").partition("--lang ")[2]
    return "en" if given.split(" ")[0] == "en" else "ja"


def plainly(run: Callable[[], int | None], lang: Language) -> int:
    """The exit code of what is run. An error that the user can act on is one line; a fault of
    ours is one too, and says so."""
    try:
        return run() or OK
    except DiversionFlowError as error:
        return _complain(error.text(lang), USAGE)
    except KeyboardInterrupt:
        return STOPPED
    except Exception as fault:
        if isinstance(fault, OSError) and fault.filename is None:  # no file: it was the output
            _to_nowhere()
            refused = FileRefused("no_output", why=fault.strerror or "")
            return _complain(refused.text(lang), USAGE)
        if os.environ.get(TRACEBACK):
            traceback.print_exc()
        return _complain(_ours(fault).text(lang), FAULT)


def _complain(text: str, code: int) -> int:
    remark(f"diversion-flow: {text}")
    return code


def _ours(fault: Exception) -> DiversionFlowError:
    """A fault of ours: of which kind and where in our source, without what it was about."""
    room = Path(__file__).parents[1]
    frames = traceback.extract_tb(fault.__traceback__)
    inside = [f for f in frames if Path(f.filename).is_relative_to(room)] or frames
    where = f"{Path(inside[-1].filename).name}:{inside[-1].lineno}"
    return DiversionFlowError("own_fault", kind=type(fault).__name__, where=where, name=TRACEBACK)
