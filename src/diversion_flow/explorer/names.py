"""Names that follow facts, for the page: in its words a name is marked where another may take its
place, and what is drawn is drawn in every set of names that a case can have.

A mark is an interlinear annotation of Unicode: the name, then the number of its row. Control signs
would not do, for words are cleaned of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product
from math import prod
from typing import Any

from attrs import evolve

from ..definition import CalledWhen, Guard, Process, Text
from ..definition.errors import At
from ..definition.files.guard_data import to_data
from ..definition.files.scalars import value_to_data
from ..definition.guard import bare
from ..definition.reference import references
from ..runtime.names import names_by_part, several_names, under, with_names
from .model import both

Data = dict[str, Any]
Others = tuple[CalledWhen, ...]

MOST = 16  # sets of names in which a law is drawn; of one with more only its own names are drawn
_MARKED = "\ufff9{0}\ufffa{1}\ufffb"
_ITS_OWN = -1  # beside the numbers of the others


class Names:
    """The rows of one page: what parts may be called otherwise, and on which conditions."""

    def __init__(self) -> None:
        self.rows: list[Data] = []

    def marked(self, process: Process) -> Process:
        """The process with marks around names that follow a fact: for words only."""
        if not several_names(process):
            return process  # so that laws with the same parts share their words
        return with_names(process, partial(self._marked, process))

    def _marked(self, process: Process, _: At, part: Any) -> Any:
        row = self._row(process, part.called_when)
        return evolve(part, label=Text(*(_MARKED.format(said, row) for said in both(part.label))))

    def _row(self, process: Process, others: Others) -> int:
        row = {
            "others": [{"guard": to_data(bare(o.guard)), "label": both(o.label)} for o in others],
            "parameters": {
                id: {"value": value_to_data(process.parameter(id).value)}
                for other in others
                for _, kind, id in references(other.guard)
                if kind == "parameter"
            },
        }
        if row not in self.rows:
            self.rows.append(row)
        return self.rows.index(row)

    def sets(self, process: Process) -> Iterator[tuple[list[list[int]], Process]]:
        """The process in each set of names but its own, with the number of the name by row."""
        asked = {_asked(others): others for _, others in names_by_part(process)}
        if prod(len(guards) + 1 for guards in asked) > MOST:
            return
        rows = [self._row(process, others) for others in asked.values()]
        for numbers in product(*(range(_ITS_OWN, len(guards)) for guards in asked)):
            if any(number != _ITS_OWN for number in numbers):
                chosen = dict(zip(asked, numbers, strict=True))
                named = with_names(process, partial(_named, chosen))
                yield [list(pair) for pair in zip(rows, numbers, strict=True)], named


def _named(chosen: dict[tuple[Guard, ...], int], _: At, part: Any) -> Any:
    number = chosen[_asked(part.called_when)]
    return under(part, None if number == _ITS_OWN else number)


def _asked(others: Others) -> tuple[Guard, ...]:
    """What decides which of them is the name: parts that ask the same are named together."""
    return tuple(other.guard for other in others)
