"""Processes and cases in the formats of other programs, with what each format cannot say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from ..definition import Language, Process, UnknownId
from ..definition.arguments import argument
from ..definition.files.writing import writable, write_whole
from ..runtime import Case
from .bpmn import Imported, bpmn, parse_bpmn, read_bpmn
from .exported import Exported, FilePlace, Loss
from .ocel import ocel
from .pnml import pnml
from .scxml import scxml
from .tables import table
from .xes import xes
from .xstate import xstate

__all__ = [
    "Exported",
    "FilePlace",
    "Imported",
    "Loss",
    "export",
    "parse_bpmn",
    "read_bpmn",
    "write",
    "write_log",
]

# By the ending of a file; the longest that fits counts.
EXPORTS: dict[str, Callable[[Process, Language], Exported]] = {
    "bpmn": bpmn,
    "scxml": scxml,
    "mjs": xstate,
    "pnml": lambda process, lang: pnml(process, process.main_machine, lang),
    "csv": lambda process, lang: table(process, "rules", lang),
    "rules.csv": lambda process, lang: table(process, "rules", lang),
    "states.csv": lambda process, lang: table(process, "states", lang),
    "limits.csv": lambda process, lang: table(process, "limits", lang),
    "facts.csv": lambda process, lang: table(process, "facts", lang),
}
# What is of one part of the process only: the one named before the ending.
_OF_A_PART: dict[str, Callable[[Process, str, Language], Exported]] = {"pnml": pnml, "csv": table}
LOGS: dict[str, Callable[[Iterable[Case], Language], Exported]] = {
    "xes": xes,
    "ocel.json": ocel,
}


def export(process: Process, format: str, lang: Language = "ja") -> Exported:
    """The process in a format (`bpmn`, `scxml`, `mjs`, `pnml`, `csv`, ...), its names in `lang`;
    UnknownId for another."""
    argument("process", process, Process)
    argument("format", format, str)
    if format not in EXPORTS:
        raise UnknownId("format", format, EXPORTS)
    return EXPORTS[format](process, lang)


def write(
    process: Process, path: str | Path, *, lang: Language = "ja", overwrite: bool = False
) -> tuple[Loss, ...]:
    """Write the process to a file whose ending names the format, whole or not at all, over an
    existing file only if told to; what the format cannot say is handed back.

    A net (`.pnml`) is of one machine: the main one, or the one named before the ending, as in
    `law.custody.pnml`; a table (`.csv`) is of the rules, or of what is named there, as in
    `law.limits.csv`. UnknownId where no such machine or table, or no such format, is.
    """
    argument("process", process, Process)
    target = writable(path, overwrite=overwrite)
    return _written(made_for(target, process, lang), target, overwrite)


def made_for(target: Path, process: Process, lang: Language) -> Exported:
    """What `write` writes there, and what the format cannot say."""
    ending = _ending(target, EXPORTS)
    if ending in _OF_A_PART and len(target.suffixes) > 1:
        return _OF_A_PART[ending](process, target.suffixes[-2][1:], lang)
    return EXPORTS[ending](process, lang)


def write_log(
    cases: Iterable[Case], path: str | Path, *, lang: Language = "ja", overwrite: bool = False
) -> tuple[Loss, ...]:
    """Write what happened in the cases as an event log: `.xes`, or `.ocel.json` for OCEL 2.0.

    Cases are numbered, not named, and no fact's value is written; but exact moments can point to
    a person, so a log stays case data. UnknownId for another ending.
    """
    target = writable(path, overwrite=overwrite)
    return _written(LOGS[_ending(target, LOGS)](cases, lang), target, overwrite)


def _written(made: Exported, target: Path, overwrite: bool) -> tuple[Loss, ...]:
    write_whole(target, coded(made.text, target), overwrite=overwrite)
    return made.losses


def coded(text: str, target: Path) -> bytes:
    """The text as a file of that name holds it: a spreadsheet knows UTF-8 by its mark."""
    return text.encode("utf-8-sig" if target.suffix.lower() == ".csv" else "utf-8")


def _ending(target: Path, known: Iterable[str]) -> str:
    """The longest ending of the file's name that is known; UnknownId where none is."""
    written = [suffix.lower() for suffix in target.suffixes]
    endings = ["".join(written[k:])[1:] for k in range(len(written))]
    found = next((e for e in endings if e in known), None)
    if found is None:
        raise UnknownId("format", target.suffix[1:], known, file=str(target))
    return found
