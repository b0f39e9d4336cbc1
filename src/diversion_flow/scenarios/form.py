"""What a scenario file may say: the one table that the reader goes by, and of which the JSON Schema
for editors is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, get_args

from attrs import frozen

from ..runtime.duties import Standing
from ..runtime.reasons import Code

NOT_OWED: Final = "none"
STANDINGS: Final = (*get_args(Standing), NOT_OWED)
OPEN: Final = ("still_possible", "never_again", "never_without")  # proved of all that may follow
CODES: Final = tuple(code.value for code in Code)


@frozen
class Field:
    """A field: what it holds, whether it must be there, the words of which it is one (or several),
    the table of which it holds one (or several, or several by name), whether it must say something
    where it is there."""

    kind: str
    needed: bool = False
    words: tuple[str, ...] = ()
    table: str = ""
    some: bool = False


MOST: Final = 2_000  # steps, attempts and agencies asked about in one scenario
# What is asked asks something: nothing would come true of itself.
_EXPECTED: Final = {
    "refused": Field("words", words=CODES, some=True),
    "because": Field("table", table="because", some=True),
    "states": Field("words by name", some=True),
    "deadlines": Field("limits", some=True),
    "duties": Field("words by name", words=STANDINGS, some=True),
    "owed": Field("lists, or none", some=True),
    "sees": Field("lists", some=True),
    "hidden": Field("lists", some=True),
    "possible": Field("lists, or none", some=True),
    **{name: Field("words", some=True) for name in OPEN},
}
FORM: Final[Mapping[str, Mapping[str, Field]]] = {
    "scenario": {
        "id": Field("name", True),
        "process": Field("name", True),
        "on": Field("day", True),
        "title": Field("both"),
        "published": Field("both"),
        "sources": Field("words"),
        "open": Field("tables", True, table="open", some=True),
        "step": Field("tables", True, table="step", some=True),
        "under": Field("tables", table="law"),
    },
    "open": {
        "case": Field("name"),
        "at": Field("time"),
        "facts": Field("facts"),
        "states": Field("words by name"),
        "since": Field("moments by name"),
        "reason": Field("text"),
        "ends": Field("text", words=("closed", "open")),
    },
    "law": {
        "on": Field("day"),
        "place": Field("name"),
        "variant": Field("name"),
        "crosses": Field("yes"),
        "transitional": Field("name"),
    },
    "step": {
        "at": Field("moment", True),
        "event": Field("name"),
        "by": Field("name"),
        "facts": Field("facts"),
        "advance": Field("yes"),
        **_EXPECTED,
        "under": Field("tables by name", table="expected", some=True),
        "only": Field("words", some=True),
        "try": Field("tables", table="try", some=True),
        "note": Field("both"),
        "case": Field("name"),
        "origin": Field("text", words=("published", "filler")),
    },
    "try": {
        "event": Field("name", True),
        "by": Field("name", True),
        "at": Field("moment"),
        "facts": Field("facts"),
        **_EXPECTED,
    },
    "expected": _EXPECTED,
    "because": {
        name: Field("words", some=True)
        for name in ("facts", "agencies", "transitions", "deadlines")
    },
}


def keys(table: str) -> tuple[str, ...]:
    """The fields that a table may have."""
    return tuple(FORM[table])


def needed(table: str) -> tuple[str, ...]:
    """Those that it must have."""
    return tuple(name for name, field in FORM[table].items() if field.needed)


def saying(table: str) -> tuple[str, ...]:
    """Those that must say something where they are there."""
    return tuple(name for name, field in FORM[table].items() if field.some)
