"""Processes and cases in the formats of other programs, with what each format cannot say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ..definition import Language, Process, UnknownId
from ..definition.files import write_whole
from .bpmn import bpmn
from .exported import Exported, Loss
from .scxml import scxml
from .tables import table
from .xstate import xstate

__all__ = ["FORMATS", "Exported", "Loss", "bpmn", "export", "scxml", "table", "write", "xstate"]

_Exporter = Callable[[Process, Language], Exported]

# By the ending of a file; the longest that fits counts.
FORMATS: dict[str, _Exporter] = {
    "bpmn": bpmn,
    "scxml": scxml,
    "mjs": xstate,
    "csv": lambda process, lang: table(process, "rules", lang),
    "rules.csv": lambda process, lang: table(process, "rules", lang),
    "states.csv": lambda process, lang: table(process, "states", lang),
    "limits.csv": lambda process, lang: table(process, "limits", lang),
    "facts.csv": lambda process, lang: table(process, "facts", lang),
}


def export(process: Process, format: str, lang: Language = "ja") -> Exported:
    """The process in a format (a key of FORMATS), its names in `lang`; UnknownId for another."""
    if format not in FORMATS:
        raise UnknownId("format", format, FORMATS)
    return FORMATS[format](process, lang)


def write(
    process: Process, path: str | Path, *, lang: Language = "ja", overwrite: bool = False
) -> tuple[Loss, ...]:
    """Write the process to a file whose ending names the format, whole or not at all, over an
    existing file only if told to; what the format cannot say is handed back."""
    target = Path(path)
    made = export(process, _format(target), lang)
    # A spreadsheet knows UTF-8 by the mark at its beginning.
    coding = "utf-8-sig" if target.suffix == ".csv" else "utf-8"
    write_whole(target, made.text.encode(coding), overwrite=overwrite)
    return made.losses


def _format(target: Path) -> str:
    endings = ("".join(target.suffixes[k:])[1:] for k in range(len(target.suffixes)))
    return next((e for e in endings if e in FORMATS), target.suffix[1:])
