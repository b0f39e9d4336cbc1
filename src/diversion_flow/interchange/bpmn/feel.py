"""The few conditions that our own export writes for a skeleton, read back as guards.

`(main_after_helped != null and main_after_helped = "help")` and `before_main = "done"`, alone or
joined by `and`. Anything else stays text: no condition of a drawing is ever evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ...definition import Guard, every
from ...definition.guard import Compare, InState

_ID: Final = r"[a-z][a-z0-9_]*"
_CHOSEN: Final = rf'\((?P<fact>{_ID}) != null and (?P=fact) = "(?P<value>{_ID})"\)'
_STANDS: Final = rf'before_(?P<machine>{_ID}) = "(?P<state>{_ID})"'
_QUESTION: Final = re.compile(rf"(?:{_CHOSEN}|{_STANDS})(?P<more> and )?")


def simple(condition: str) -> Guard | None:
    """The guard that this condition says; None where it is not one of the simple ones."""
    parts = list(_questions(condition))
    if not parts and condition.startswith("(") and condition.endswith(")"):
        parts = list(_questions(condition[1:-1]))
    return every(*parts) if parts else None


def _questions(text: str) -> Iterator[Guard]:
    """The questions joined by `and`; nothing if anything else is in the text."""
    found: list[Guard] = []
    at, more = 0, True
    while more:
        question = _QUESTION.match(text, at)
        if question is None:
            return
        found.append(_guard(question))
        at, more = question.end(), bool(question["more"])
    if at == len(text):
        yield from found


def _guard(question: re.Match[str]) -> Guard:
    if question["fact"]:
        return Compare(question["fact"], "==", question["value"])
    return InState(question["machine"], (question["state"],))
