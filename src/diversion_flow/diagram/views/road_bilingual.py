"""The road in two languages: the one as ever, the other small beneath it."""

from __future__ import annotations

from attrs import evolve

from ..layout.measure import wrap_bold as wrap
from .road import ActShown, HoldShown, RoadShown

_WIDE = 11.0  # em: how wide the small name of an act may be


def in_both(shown: RoadShown, other: RoadShown, *, plain: bool = False) -> RoadShown:
    """The sheet with the names of the same sheet in another language beneath its own; `plain`:
    beneath a stage no more than its name."""
    return evolve(
        shown,
        says="  ".join(filter(None, (shown.says, other.title))),
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
    )  # fmt: skip


def _under(words: str, its: str) -> str:
    return "\n".join(filter(None, (words, its)))


def _beside(words: str, its: str) -> str:
    return " ".join(filter(None, (words, its)))


def _act(act: ActShown, its: ActShown) -> ActShown:
    name = " ".join(its.lines) if its.lines[0].isascii() else "".join(its.lines)
    return evolve(act, under=wrap(name, _WIDE))


def _hold(hold: HoldShown, its: HoldShown) -> HoldShown:
    return evolve(hold, clocks=(its.label, *hold.clocks))
