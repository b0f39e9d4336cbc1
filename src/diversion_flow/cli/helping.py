"""`--help`, in the language of whoever reads it. The list of commands needs no parser of command
lines; the words of one command are read off the parser's own."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, Final

from .. import __version__
from ..definition import LANGUAGES, Language
from ..definition.extras import needed
from .asking import printed
from .failing import OK, USAGE, asked_language
from .help_words import ABOUT, CODES, COMMANDS, PARAMETERS, Words

_HELP: Final = "--help"
_VERSION: Final = "--version"
_USAGE: Final = ("使い方: diversion-flow", "Usage: diversion-flow")
_OPTIONS: Final = ("選択肢", "Options")
_DEFAULT: Final = ("(なければ {0})", " ({0} if not given)")
_WORDS: Final = ("引数", "Arguments")
_COMMAND: Final = ("命令", "COMMAND")
_LISTED: Final = ("命令", "Commands")
_MORE: Final = (
    "各命令の説明: diversion-flow 命令 --help",
    "About a command: diversion-flow COMMAND --help",
)
_IN_THIS: Final = (
    "日本語では: diversion-flow --help --lang ja",
    "In English: diversion-flow --help --lang en",
)


def help_asked(words: Sequence[str]) -> Callable[[], int] | None:
    """How help is given, where a call asks for it: by its word or, of all, by no word."""
    asked = words[: words.index("--")] if "--" in words else words
    lang = asked_language(asked, locale_language())
    if asked and asked[0] in COMMANDS:
        return partial(_print_command, asked[0], lang) if _HELP in asked else None
    rest = [word for word in _without_language(asked) if word != _HELP]
    return None if rest else partial(_print_all, lang, OK if _HELP in asked else USAGE)


def version_asked(words: Sequence[str]) -> Callable[[], int] | None:
    """How the release is told, where nothing else is asked."""
    rest = [*_without_language(words)]
    return partial(printed, f"diversion-flow {__version__}", OK) if rest == [_VERSION] else None


def locale_language() -> Language:
    """The language of the locale: Japanese or, of any other that it names, English; as all else
    that is printed, where it names none."""
    names = filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG")))
    name = next(names, None) or (_of_windows() if os.name == "nt" else None) or "C"
    if name.partition(".")[0] in ("C", "POSIX"):
        return LANGUAGES[0]
    return "ja" if name.lower().startswith("ja") else "en"


def _of_windows() -> str | None:
    from locale import getlocale  # which takes longer to open than all help takes to write

    return getlocale()[0]


def _without_language(words: Sequence[str]) -> Iterator[str]:
    rest = iter(words)
    for word in rest:
        if word == "--lang":
            next(rest, None)
        elif not word.startswith("--lang="):
            yield word


def in_(lang: Language, words: Words) -> str:
    """The words in this language."""
    return words[LANGUAGES.index(lang)]


def _print_all(lang: Language, code: int) -> int:
    said = partial(in_, lang)
    rows = [(name, said(words)) for name, words in COMMANDS.items()]
    lines = [f"{said(_USAGE)} {said(_COMMAND)} …", "", said(ABOUT), said(CODES), ""]
    others = [in_(other, _IN_THIS) for other in LANGUAGES if other != lang]
    return printed("\n".join([*lines, *_table(said(_LISTED), rows), said(_MORE), *others]), code)


def _print_command(name: str, lang: Language) -> int:
    with needed("cli"):
        from .app import words_of

    said, given = partial(in_, lang), words_of(name)
    words = [p for p in given if p.param_type_name == "argument"]
    options = [p for p in given if p.param_type_name == "option" and p.name != "help"]
    needed_ = [_word(p) if p.required else f"[{_word(p)}]" for p in words]
    usage = " ".join([said(_USAGE), name, *needed_, f"[{said(_OPTIONS)}]"])
    lines = [usage, "", said(COMMANDS[name]), ""]
    lines += _table(said(_WORDS), [(_word(p), _about(name, p, lang)) for p in words])
    lines += _table(said(_OPTIONS), [(_option(p), _about(name, p, lang)) for p in options])
    return printed("\n".join(lines[:-1]), OK)


def sentence(command: str, parameter: str) -> Words:
    """What a word given to a command is for."""
    found = PARAMETERS.get(f"{command}.{parameter}") or PARAMETERS[parameter]
    return found() if callable(found) else found


def _about(command: str, parameter: Any, lang: Language) -> str:
    """What the word is for, and what is taken without it, where that is a word too."""
    text = in_(lang, sentence(command, parameter.name))
    kept = parameter.default
    return text + in_(lang, _DEFAULT).format(kept) if kept else text


def _word(argument: Any) -> str:
    return f"{argument.name.upper()}{'...' if argument.nargs == -1 else ''}"


def _option(option: Any) -> str:
    name = option.opts[-1]
    return name if option.is_flag else f"{name} {name.lstrip('-').upper()}"


def _table(head: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    """The rows under their head, names in a column; nothing at all without rows."""
    rows = list(rows)
    width = max((len(name) for name, _ in rows), default=0)
    lines = [f"  {name:{width}}  {text}" for name, text in rows]
    return [head, *lines, ""] if rows else []
