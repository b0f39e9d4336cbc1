"""The road in two languages: the one as ever, the other small beneath it."""

from __future__ import annotations

import re
from typing import Final

from attrs import evolve

from ..layout.measure import abridged
from .road import LINES, ActShown, HoldShown, RoadShown

_NUMBER: Final = re.compile(r" \[\d+\]")
_WIDE = 11.0  # em: how wide the small name of an act may be


def in_both(shown: RoadShown, other: RoadShown, *, plain: bool = False) -> RoadShown:
    """The sheet with the words of the same sheet in another language beneath its own; `plain`:
    beside the title and beneath a stage no more than its name."""
    return evolve(
        shown,
        other=other.lang,
        says="  ".join(filter(None, ("" if plain else shown.says, other.title))),
        corner=(*shown.corner[:1], *other.corner[:1], *shown.corner[1:]),
        rows=tuple((name, _under(small, its)) for (name, small), (its, _) in
                   zip(shown.rows, other.rows, strict=True)),
        stages=tuple((name, _under("" if plain else says, its.partition(" ")[2]))
                     for (name, says), (its, _) in zip(shown.stages, other.stages, strict=True)),
        acts=tuple(map(_act, shown.acts, other.acts)),
        spine=_beside(shown.spine, other.spine),
        holds=tuple(map(_hold, shown.holds, other.holds)),
        turn=_beside(shown.turn, other.turn),
        flags=tuple(evolve(flag, text=_under(flag.text, its.text)) for flag, its in
                    zip(shown.flags, other.flags, strict=True)),
        notes=tuple(map(_note, shown.notes, other.notes)),
        sheets=tuple(map(_or, shown.sheets, other.sheets)),
        case=None if shown.case is None else (*shown.case, *(other.case or ())),
        differs=(*shown.differs, *other.differs),
        cited=(*shown.cited, *other.cited),
    )  # fmt: skip


def _under(words: str, its: str) -> str:
    return "\n".join(filter(None, (words, its)))


def _beside(words: str, its: str) -> str:
    return " ".join(filter(None, (words, its)))


def _or(words: str, its: str) -> str:
    return f"{words} / {its}"


def _note(note: str, its: str) -> str:
    """A ground in both languages, under one number."""
    return _or(note, its.partition(" ")[2])


def _act(act: ActShown, its: ActShown) -> ActShown:
    return evolve(act, under=abridged(its.name, _WIDE, LINES), paper=_beside(act.paper, its.paper))


def _hold(hold: HoldShown, its: HoldShown) -> HoldShown:
    """Its clocks in the other language bear no numbers of grounds: the first do."""
    clocks = (_NUMBER.sub("", clock) for clock in its.clocks)
    return evolve(hold, clocks=(its.label, *hold.clocks, *clocks),
                  early=_beside(hold.early, its.early))  # fmt: skip
