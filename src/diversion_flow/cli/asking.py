"""What is asked over and over is answered at once: a plain question what two laws differ in needs
neither the parser of command lines nor the colours, which take longer to load than the answer."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ..definition import LANGUAGES, Language
from .failing import FOUND, OK, UNREAD, to_nowhere

if TYPE_CHECKING:
    from ..analysis import Comparison

_FLAGS: Final = ("--json", "--markdown")
_BELLS: Final = dict.fromkeys(map(ord, "\a\b\v\f\r"))  # what moves a terminal is not printed


def compared(found: Comparison, lang: Language, *, as_json: bool, markdown: bool) -> str:
    """What two laws differ in, as it is printed."""
    if as_json:
        return json_text(found.data())
    return found.markdown(lang) if markdown else found.text(lang)


def json_text(value: Any) -> str:
    """JSON; escaped where standard output cannot show all of it."""
    import json

    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


def plain_question(words: Sequence[str]) -> Callable[[], int] | None:
    """The answer to `diff A B` with no more than `--lang` and `--json` or `--markdown`; None for
    all else, and for all that is wrong, which the parser tells."""
    command, *given = [part for word in words for part in _parts(word)] or [""]
    lang: Language | None = LANGUAGES[0]
    if "--lang" in given:
        at = given.index("--lang")
        named = "".join(given[at + 1 : at + 2])
        lang = next((known for known in LANGUAGES if known == named), None)
        del given[at : at + 2]
    flags = {word for word in given if word in _FLAGS}
    laws = [word for word in given if word not in flags]
    if lang is None or command != "diff" or any(word.startswith("-") for word in laws):
        return None
    if len(laws) != 2 or len(flags) > 1:
        return None
    return partial(_answer, laws[0], laws[1], lang, "--json" in flags, "--markdown" in flags)


def _parts(word: str) -> Sequence[str]:
    return word.split("=", 1) if word.startswith("--lang=") else (word,)


def _answer(a: str, b: str, lang: Language, as_json: bool, markdown: bool) -> int:
    with _uncollected():
        from ..analysis import compare
        from .law import law

        found = compare(law(a), law(b))
        text = compared(found, lang, as_json=as_json, markdown=markdown)
    return printed(text, FOUND if found.changes else OK)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without a look for what is in circles: so short an answer leaves little behind. Nor is all
    that it made looked at when it ends; it then counts as old."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def printed(text: str, code: int) -> int:
    """The exit code, once the text is printed."""
    try:
        print(text.translate(_BELLS), flush=True)  # to nobody, where there is no output
    except BrokenPipeError:  # whoever reads has seen enough
        to_nowhere()
        return UNREAD
    return code
