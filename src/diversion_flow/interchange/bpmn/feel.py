"""The few conditions that our own export writes for a skeleton, read back as guards.

`(main_after_helped != null and main_after_helped = "help")`, the same with `list contains`, and
`before_main = "done"`, also of several states joined by `or`: alone or joined by `and`. Anything
else stays text: no condition of a drawing is ever evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ...definition import Guard, every
from ...definition.guard import Compare, Includes, InState

_ID: Final = r"[a-z][a-z0-9_]*"
_CHOSEN: Final = rf'\((?P<fact>{_ID}) != null and (?P=fact) = "(?P<value>{_ID})"\)'
_HELD: Final = (
    rf'\((?P<several>{_ID}) != null and list contains\((?P=several), "(?P<held>{_ID})"\)\)'
)
_STANDS: Final = rf'before_(?P<machine>{_ID}) = "(?P<state>{_ID})"'
_ANYWHERE: Final = rf'\(before_(?P<one>{_ID}) = "{_ID}"(?: or before_(?P=one) = "{_ID}")+\)'
_QUESTION: Final = re.compile(rf"(?:{_CHOSEN}|{_HELD}|{_STANDS}|{_ANYWHERE})(?P<more> and )?")
_STATES: Final = re.compile(rf'"({_ID})"')


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
    if question["several"]:
        return Includes(question["several"], question["held"])
    if question["one"]:
        return InState(question["one"], tuple(_STATES.findall(question[0])))
    return InState(question["machine"], (question["state"],))
