"""The drawings of a law for the page: each machine, in both languages."""

from __future__ import annotations

from functools import lru_cache, partial

from attrs import evolve

from ..definition import LANGUAGES, Process
from ..diagram.formats.picture import picture
from ..diagram.formats.svg import svg
from ..diagram.model import Diagram
from ..diagram.views.extract import drawn
from ..diagram.views.numbering import route_of
from .forms import Forms, split
from .slices import Slices


def drawings(process: Process, slices: Slices) -> dict[str, list[Forms]]:
    """By machine: its SVG in Japanese and in English, in forms of which laws share the most."""
    return {
        m.id: slices.machine(
            ("drawing", *_usual(process, m.id)), process, m, partial(_both, process, m.id)
        )
        for m in process.machines
    }


def _usual(process: Process, machine: str) -> list[str]:
    """Its rules on the usual course, which are drawn heavy."""
    return [rule.id for its, rule in route_of(process) if its.id == machine]


def _both(process: Process, view: str) -> list[Forms]:
    # The corner names the version: without it a machine that a law leaves as it was stays equal.
    # Beside the drawing stands what else there is to know of each part.
    return [_drawn(drawn(process, view, its, corner=False, full=False)) for its in LANGUAGES]


@lru_cache(maxsize=2048)
def _drawn(shown: Diagram) -> Forms:
    """Most laws leave most machines as they were, and so their drawings. Beside the drawing each
    rule is shown with its links, and there they are dated, too."""
    bare = evolve(
        shown,
        nodes=tuple(evolve(n, links=()) for n in shown.nodes),
        clocks=tuple(evolve(c, links=()) for c in shown.clocks),
        rules=tuple(evolve(r, links=()) for r in shown.rules),
    )
    return split(svg(picture(bare, whole=True)))
