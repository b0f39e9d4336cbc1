"""Questions about a law in files of their own or beside the law in its file, in JSON, TOML or YAML:
in the words in which they are asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from attrs import asdict, evolve, field

from ..arguments import argument
from ..basis import Basis
from ..errors import CallError, DefinitionError, UnknownId
from ..frozen import frozen
from ..occasions import occasion
from ..pattern import Pattern
from ..process import Process
from ..property import OCCASIONS, Property, require_property
from ..text import Text
from ..typecheck import kind
from . import data_file
from .data_file import DataFile
from .serial import QUESTIONS, structured


@frozen
class WrittenQuestion:
    """A property as it is written: its occasions in words, by ids or labels."""

    id: str
    label: Text
    pattern: Pattern = field(validator=kind(Pattern))
    what: str
    then: str | None = None
    since_this: str | None = None
    until_this: str | None = None
    basis: tuple[Basis, ...] = ()
    since: date | None = None
    until: date | None = None
    known_open: Text | None = None


@frozen
class Questions:
    """What is asked of a law, one after the other."""

    questions: tuple[WrittenQuestion, ...]


def load_questions(path: str | Path, process: Process | None = None) -> tuple[Property, ...]:
    """The questions in a file of questions, or beside the process in its file; asked of this
    process, or of the one in the file. LoadError says what is wrong, where."""
    return _read(data_file.read(path), process)


def loads_questions(
    text: str, process: Process | None = None, *, file: str = "<text>", format: str = "toml"
) -> tuple[Property, ...]:
    """The questions in this text."""
    return _read(data_file.parse(text, file, format), process)


def process_and_questions(source: DataFile) -> tuple[Process, tuple[Property, ...]]:
    """What a process file says, and what it asks of that."""
    law = {field: value for field, value in source.data.items() if field != QUESTIONS}
    process = structured(evolve(source, data=law), Process)
    return process, _read(source, process)


def _read(source: DataFile, process: Process | None) -> tuple[Property, ...]:
    argument("process", process, Process, type(None))
    if process is None:
        return process_and_questions(source)[1]
    met: set[str] = set()
    asked = _written(source)
    for number, one in enumerate(asked):
        if one.id in met:  # an answer is kept and told under its question's id
            raise source.error(f"{QUESTIONS}[{number}].id", "twice", kind="property", id=one.id)
        met.add(one.id)
    return tuple(_found(source, number, process, one) for number, one in enumerate(asked))


def _written(source: DataFile) -> tuple[WrittenQuestion, ...]:
    """The questions in their words; a process file need not ask any."""
    data = source.data
    if "machines" in data:
        if QUESTIONS not in data:
            return ()
        data = {field: data[field] for field in ("format", QUESTIONS) if field in data}
    return structured(evolve(source, data=data), Questions, QUESTIONS).questions


def _found(source: DataFile, number: int, process: Process, asked: WrittenQuestion) -> Property:
    here, said = f"{QUESTIONS}[{number}]", asdict(asked, recurse=False)
    for name in OCCASIONS:
        try:
            said[name] = None if said[name] is None else occasion(process, said[name])
        except (UnknownId, CallError) as error:
            raise source.error(f"{here}.{name}", error.code, **error.values) from None
    try:
        made = Property(**said)
        require_property(process, made)
    except DefinitionError as error:
        field = f"{here}.{error.at[-1][0]}"
        raise source.error(field, error.code, **error.values) from None
    return made
