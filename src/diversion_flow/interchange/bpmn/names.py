"""Ids and labels for what a drawing names: as they stand where they can, made up where not."""

from __future__ import annotations

import re
from typing import Final

from attrs import Factory, define

_ID: Final = re.compile(r"[a-z][a-z0-9_]*")
# What BPMN editors make up for a part that nobody named: Activity_0abc123, sid-1A2B…, and the
# 22 signs of Eclipse's; what we call one without an id has a # in it.
_MADE_UP: Final = re.compile(
    r"(.*#.*|[A-Za-z]+_(?=[a-z]*\d)[0-9a-z]{7}|_?(sid)?-?[0-9A-Fa-f-]{30,}"
    r"|_(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[0-9A-Za-z_-]{22})"
)
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LONGEST: Final = 60


def snake(text: str) -> str:
    """The text as an id; empty if it does not make one."""
    if _ID.fullmatch(text):
        return text
    if not text.isascii():
        return ""
    made = re.sub(r"[^a-z0-9]+", "_", _HUMP.sub("_", text).lower()).strip("_")[:_LONGEST]
    return made if _ID.fullmatch(made) else ""


def last_part(id: str) -> str:
    """What our own export's ids end with: the state in `custody.arrested`."""
    return id.rpartition(".")[2]


@define
class Names:
    """The ids given in one scope; none is given twice."""

    ours: bool
    taken: set[str] = Factory(set)
    numbers: dict[str, int] = Factory(dict)
    _tried: dict[str, int] = Factory(dict)  # up to which number an id is taken

    def given(self, id: str, name: str, word: str) -> str:
        """The id for a part: its own, or one from its name, or its kind with a number."""
        own = last_part(id)
        wished = snake(own) if self.ours or not _MADE_UP.fullmatch(own) else ""
        return self.unique(wished or snake(name) or self._numbered(word))

    def unique(self, id: str) -> str:
        """The id, with a number where it is taken already; taken from now on."""
        free = self.free(id)
        self.taken.add(free)
        return free

    def free(self, id: str) -> str:
        """What `unique` would give."""
        if id not in self.taken:
            return id
        number = self._tried.get(id, 2)
        while f"{id}_{number}" in self.taken:
            number += 1
        self._tried[id] = number
        return f"{id}_{number}"

    def _numbered(self, word: str) -> str:
        number = self.numbers[word] = self.numbers.get(word, 0) + 1
        return f"{word}_{number}"
