"""A dossier as one JSON document, in lines: a heading, how many entries there are and the digest
of the last, and a line for each with its own digest.

What is read has to be, byte for byte, what was written: the first line that is not is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final, TypeVar

from ..definition import DiversionFlowError, LoadError
from ..definition.arguments import argument
from .dossier import Dossier
from .form import (
    FORMAT,
    dump_entry,
    first_digest,
    load_entry,
    load_heading,
    next_digest,
)
from .law import Laws, laws_of

_FILE: Final = "<dossier>"
_ROW: Final = re.compile(r'\{"digest":"([0-9a-f]{64})","entry":(\{.*\})\}(,?)')
_COUNT: Final = re.compile(r'"count":(0|[1-9][0-9]{0,8}),')
_FIRST: Final = re.compile(r'"digest":"([0-9a-f]{64})",')
_HEAD: Final = re.compile(r'"head":"([0-9a-f]{64})",')
_HEADING: Final = re.compile(r'"heading":(\{.*\}),')
_NUMBER: Final = re.compile(r'\{"format":([0-9]{1,9}),')
_FRAME: Final = 6  # lines before the first entry
Given = TypeVar("Given")
Made = TypeVar("Made")


class Damaged(LoadError):
    """A kept dossier is not what was written. `number` is the first entry (from 1) that was cut,
    moved, edited or comes from elsewhere; 0 where it is the frame around them."""

    def __init__(self, number: int, line: int) -> None:
        self.number = number
        code = "dossier_damaged" if number else "dossier_frame"
        field = f"entries[{number - 1}]" if number else ""
        super().__init__(_FILE, line, field, code, number=number)


def dump_dossier(dossier: Dossier) -> str:
    """The dossier as a JSON document: the same dossier gives the same bytes."""
    argument("dossier", dossier, Dossier)
    heading, digest = dossier.heading, first_digest(dossier.heading)
    first, rows = digest, []
    for entry in dossier.entries:
        line = dump_entry(entry)
        digest = next_digest(digest, line)
        rows.append(f'{{"digest":"{digest}","entry":{line}}}')
    frame = (
        f'{{"format":{FORMAT},', f'"heading":{heading},', f'"digest":"{first}",',
        f'"count":{len(rows)},', f'"head":"{digest}",', '"entries":[',
    )  # fmt: skip
    return "\n".join((*frame, *_with_commas(rows), "]}", ""))


def _with_commas(rows: list[str]) -> Iterator[str]:
    yield from (f"{row}," for row in rows[:-1])
    yield from rows[-1:]


def load_dossier(text: str, *, law: Laws = None) -> Dossier:
    """The dossier of this document, under the law that it names, or another `law` that is given:
    one, or several by the digests of those that are shipped otherwise by now.

    Damaged names the first entry that is not what was written, LoadError what is wrong otherwise:
    a form that this release does not know, a law that is shipped no more, an entry that it cannot
    read. Nothing that an entry says is told.
    """
    argument("text", text, str)
    laws_of(law)
    heading, rows = verified(text)
    case, held = _at(2, lambda line: load_heading(line, law=law), heading)
    read = partial(load_entry, law=law)
    entries = tuple(_at(n, read, row) for n, row in enumerate(rows, _FRAME + 1))
    return _at(_FRAME, lambda rows: Dossier(case, held, rows), entries)


def _at(line: int, read: Callable[[Given], Made], given: Given) -> Made:
    """What is read, or what is wrong with it, with its line in the document."""
    try:
        return read(given)
    except LoadError as error:
        error.file, error.line = _FILE, line
        raise
    except DiversionFlowError as error:
        raise error.located(_FILE, line) from None


def verified(text: str) -> tuple[str, tuple[str, ...]]:
    """The heading and the entries' lines of a document, their chain looked at; Damaged at the
    first that is not what was written."""
    argument("text", text, str)
    lines = text.split("\n")
    heading, count, head = _frame(lines)
    rows, digests = _rows(lines, first_digest(heading), (count, head))
    _look_at_end(lines, count, head, digests)
    return heading, tuple(rows)


def _frame(lines: list[str]) -> tuple[str, int, str]:
    """The heading, how many entries there are, and the digest of the last."""
    number = _NUMBER.fullmatch(lines[0])
    if number is not None and int(number[1]) != FORMAT:
        raise LoadError(_FILE, 1, "format", "format_number", wanted=FORMAT)
    forms = (_HEADING, _FIRST, _COUNT, _HEAD)
    heading, first, count, head = (_line(form, lines, n) for n, form in enumerate(forms, 1))
    if number is None or first_digest(heading) != first or lines[5:6] != ['"entries":[']:
        raise Damaged(0, 1)
    return heading, int(count), head


def _line(form: re.Pattern[str], lines: list[str], number: int) -> str:
    found = form.fullmatch(lines[number]) if number < len(lines) else None
    if found is None:
        raise Damaged(0, number + 1)
    return found[1]


def _rows(lines: list[str], first: str, end: tuple[int, str]) -> tuple[list[str], list[str]]:
    """The entries' lines, with the digests of the chain from the first on."""
    rows: list[str] = []
    digests = [first]
    for number, line in enumerate(lines[_FRAME:], _FRAME + 1):
        if line == "]}" or (not line and number == len(lines)):
            break
        found = _ROW.fullmatch(line)
        follows = lines[number] if number < len(lines) else ""
        if (
            found is None
            or next_digest(digests[-1], found[2]) != found[1]
            or _comma_wrong(found[3], follows, last=len(rows) + 1 == end[0])
        ):
            behind = (len(rows), digests[-1]) == end and not line.startswith("{")
            raise Damaged(0 if behind else len(rows) + 1, number)
        digests.append(found[1])
        rows.append(found[2])
    return rows, digests


def _comma_wrong(comma: str, follows: str, *, last: bool) -> bool:
    """Whether a line lacks the comma before another, or the last has one; of what follows the
    last, that is too much, and not this."""
    another = follows.startswith("{")
    return last and not another if comma else another and not last


def _look_at_end(lines: list[str], count: int, head: str, digests: list[str]) -> None:
    """Damaged where entries are missing at the end, or were put there."""
    there = len(digests) - 1
    line = _FRAME + there
    if count > there and head != digests[there]:
        raise Damaged(there + 1, line + 1)
    if count < there and head == digests[count]:
        raise Damaged(count + 1, _FRAME + count + 1)
    if count != there or head != digests[there] or lines[line:] != ["]}", ""]:
        raise Damaged(0, line + 1)
