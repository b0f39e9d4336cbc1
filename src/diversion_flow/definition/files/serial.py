"""Definitions and variants out to JSON and in from JSON, TOML or YAML.

A file never names Python code. What is wrong with one is said with file, line and field.
"""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar

from ..arguments import argument
from ..edits.transitional import Transitional
from ..edits.variant import Variant
from ..errors import DefinitionError
from ..kept import kept
from ..process import Process
from . import data_file, plain
from .data_file import DataFile
from .writing import writable, write_whole

FORMAT: Final = 1
QUESTIONS: Final = "questions"  # the field of a process file that is asked, and no part of the law
Made = TypeVar("Made")


def dumps(value: Process | Variant | Transitional) -> str:
    """The value as JSON text: the same value gives the same bytes. DefinitionError for what nobody
    could read back: half a character, or what changes nothing."""
    argument("value", value, Process, Variant, Transitional)
    if some := _SOME.get(type(value)):
        listing(value, some)
    text = json.dumps(_data(value), ensure_ascii=False, indent=1) + "\n"
    try:
        text.encode()
    except UnicodeEncodeError:
        raise DefinitionError("half_character") from None
    return text


# What a file of these has to list; else it would say nothing.
_SOME: Final[dict[type, str]] = {Variant: "edits", Transitional: "days"}


def listing(value: Made, some: str) -> Made:
    """The value, if it lists something in this field; DefinitionError if not."""
    if not getattr(value, some):
        raise DefinitionError("lists_nothing", field=some)
    return value


def _data(value: Process | Variant | Transitional) -> dict[str, Any]:
    return {"format": FORMAT, **plain.write(value, type(value))}


def digest(process: Process) -> str:
    """Twelve letters that change with the process."""
    argument("process", process, Process)
    return kept(process, _digest)


def _digest(process: Process) -> str:
    return digest_of(_data(process))


def digest_of(data: object) -> str:
    """Twelve letters that change with plain data."""
    # Of its JSON without line breaks, which a file has: those take three times as long. It was made
    # of values, which hold no circle.
    text = json.dumps(data, ensure_ascii=False, check_circular=False)
    return sha256(text.encode(errors="backslashreplace")).hexdigest()[:12]


def dump(
    value: Process | Variant | Transitional, path: str | Path, *, overwrite: bool = False
) -> None:
    """Write it to a `.json` file, whole or not at all; an existing file only if told to.
    UnknownId for another ending: what is read by it is not JSON."""
    target = writable(path, overwrite=overwrite, endings=(".json",))
    write_whole(target, dumps(value).encode(), overwrite=overwrite)


def load_process(path: str | Path) -> Process:
    """The process in a `.json`, `.toml` or `.yaml` file; LoadError says what is wrong, where. The
    questions that may stand beside it are read with it, and had by `load_questions`."""
    return _process(data_file.read(path))


def loads_process(text: str, *, file: str = "<text>", toml: bool = False) -> Process:
    """The process in this JSON (or TOML) text; LoadError says what is wrong and where."""
    return _process(data_file.parse(text, file, "toml" if toml else "json"))


def _process(source: DataFile) -> Process:
    if QUESTIONS not in source.data:
        return structured(source, Process)
    from .question_file import process_and_questions  # what few files have is opened for them

    return process_and_questions(source)[0]


def structured(source: DataFile, kind: type[Made], some: str = "") -> Made:
    """The value that a file describes, which lists `some`thing in the field named; LoadError with
    file, line and field where it is wrong."""
    data = dict(source.data)
    number = data.pop("format", None)
    if number != FORMAT or isinstance(number, bool):
        raise source.error("format", "format_number", wanted=FORMAT)
    try:
        made: Made = plain.read(data, kind)
        return listing(made, some) if some else made
    except DefinitionError as error:
        raise error.located(source.file, source.line_of(error.field)) from None
