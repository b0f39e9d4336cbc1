"""A drawing's text as forms and numbers: drawings whose parts only stand elsewhere share all their
forms, and what is shared the page holds once.

In the form of a group `&x`, `&y` and `&n` stand for its numbers (no entity of an SVG begins like
that). The numbers are steps, each from the one before it on the same axis, in tenths; and so is
the place of the group, from the place of the group before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

Forms = dict[str, list[list[str]] | list[str] | str]

_GROUP = "\n<g"
_AXES = "xyn"
# What is another when only something else in the law is: where shapes stand, the number of a rule.
_MOVING = re.compile(r' ([xyd])="([^"]*)"|\((?P<n>[1-9]\d{0,5})\)')
# Numbers that are written so again: neither -0 nor 1e+06.
_NUMBER = re.compile(r"(?<![^ MLC])(?:-?(?:[1-9]\d{0,5}(?:\.[1-9])?|0\.[1-9])|0)(?![^ ,])")


def split(svg: str) -> Forms:
    """By group: its form (in lines), the steps inside it, and the steps to where it stands."""
    groups = [_Group(text) for text in svg.split(_GROUP)]
    places = [[0] * len(_AXES)]
    for group in groups:
        places.append(
            [group.first.get(axis, last) for axis, last in zip(_AXES, places[-1], strict=True)]
        )
    return {
        "forms": [group.form.split("\n") for group in groups],
        "steps": [_row(group.steps) for group in groups],
        "at": _row(
            b - a for before, after in pairwise(places) for a, b in zip(before, after, strict=True)
        ),
    }


def _row(steps: Iterable[int]) -> str:
    """Numbers as one text: read and compared at once, where a list is taken apart."""
    return " ".join(map(str, steps))


class _Group:
    """The form of one group, its steps, and its first number on each axis."""

    def __init__(self, text: str) -> None:
        self.steps: list[int] = []
        self.first: dict[str, int] = {}
        self._last: dict[str, int] = {}
        self.form = _MOVING.sub(self._moving, text)

    def _moving(self, found: re.Match[str]) -> str:
        if found["n"]:
            return f"({self._step('n', found['n'])})"
        name, value = found[1], found[2]
        axes = name if name in _AXES else "xy"
        numbers = iter(range(len(value)))
        said = _NUMBER.sub(lambda m: self._step(axes[next(numbers) % len(axes)], m[0]), value)
        return f' {name}="{said}"'

    def _step(self, axis: str, number: str) -> str:
        tenths = round(float(number) * 10)
        self.steps.append(tenths - self._last.setdefault(axis, tenths))
        self._last[axis] = tenths
        self.first.setdefault(axis, tenths)
        return f"&{axis}"
