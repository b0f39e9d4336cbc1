"""The road written into a BPMN document: a collaboration for each sheet, and its drawing.

It is for people to read and for no engine to run; an attribute of our own says so to our reader.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from attrs import frozen

from ...definition import Language, Process
from ...definition.phrasing import phrasing
from ...diagram.layout.measure import em, wrap
from ...diagram.views.road import MOST
from .drawing import band, diagram, edge, labelled, shape
from .model import ROAD, TOLD, USUAL, element
from .road import BEGINS, END, ENDS, START, TASK, THROW, Part, Sheet, sheets
from .road_layout import Laid, laid, noted

_FEWEST: Final = 6  # acts on a sheet, however wide it is then


@frozen
class Drawn:
    """A sheet and where its parts stand."""

    sheet: Sheet
    laid: Laid


def roads(process: Process, lang: Language) -> tuple[Drawn, ...]:
    """The sheets of the road, each of as many acts as can be read in a window."""
    for most in range(MOST, _FEWEST - 1, -2):
        found = tuple(Drawn(sheet, laid(sheet)) for sheet in sheets(process, lang, most))
        if all(each.laid.fits for each in found):
            break
    return found


def tell(root: ET.Element, process: Process, lang: Language, made: Iterable[Drawn]) -> None:
    """Add what the sheets consist of."""
    kind = TOLD if process.road and process.road.acts else USUAL
    for each in made:
        _Writer(root, each, lang).write(kind)


def draw_roads(root: ET.Element, made: Iterable[Drawn]) -> None:
    """Add how they look."""
    for each in made:
        sheet, found = each.sheet, each.laid
        plane = diagram(root, sheet.id, sheet.title, sheet.id)
        for id, box in found.boxes.items():
            if id in _bands(sheet):
                band(plane, id, box)
            else:
                part = shape(plane, id, box)
                if id in found.labels:
                    labelled(part, found.labels[id])
        for id, corners in found.ways.items():
            edge(plane, id, corners)


def _bands(sheet: Sheet) -> Iterator[str]:
    yield from (f"{sheet.id}.track", f"{sheet.id}.course")
    yield from (f"{sheet.id}.lane-{n}" for n in range(1, len(sheet.shown.rows) + 1))


class _Writer:
    """Writes one sheet."""

    def __init__(self, root: ET.Element, drawn: Drawn, lang: Language) -> None:
        self.root, self.sheet, self.laid = root, drawn.sheet, drawn.laid
        self.id, self.shown, self.said = drawn.sheet.id, drawn.sheet.shown, phrasing(lang)

    def write(self, kind: str) -> None:
        self._stages()
        together = element(self.root, "collaboration", self.id, **{ROAD: kind})
        said = (self.shown.says, *self.shown.corner)
        element(together, "documentation", text="\n".join(filter(None, said)))
        if self.sheet.holds:
            element(together, "participant", self._of("track"), name=self.shown.spine,
                          processRef=self._of("track.flow"))  # fmt: skip
        element(together, "participant", self._of("course"), name=self.sheet.title,
                      processRef=self._of("flow"))  # fmt: skip
        if self.sheet.holds and self.sheet.turn:
            source, target = self._of("track.turn"), self._of("turn")
            element(together, "messageFlow", f"{source}-{target}", sourceRef=source,
                          targetRef=target)  # fmt: skip
        self._beside(together)
        if self.sheet.holds:
            self._track()
        self._course()

    def _of(self, tail: str) -> str:
        return f"{self.id}.{tail}"

    def _stages(self) -> None:
        """The names of the stages: a category is where BPMN keeps what groups are called."""
        ids = [id for id in self.laid.boxes if ".stage-" in id]
        if ids:
            category = element(self.root, "category", self._of("stages"))
            for id in ids:
                element(category, "categoryValue", f"{id}.name",
                              value="\n".join(self.laid.lines[id]))  # fmt: skip

    def _beside(self, together: ET.Element) -> None:
        """Stages, papers and other ways: what a reader sees and no flow passes."""
        for id in self.laid.boxes:
            if ".stage-" in id:
                element(together, "group", id, categoryValueRef=f"{id}.name")
        papers = {f"{p.id}.paper": (noted(p.paper),) for p in self.sheet.parts if p.paper}
        for id in self.laid.boxes:
            if id in papers or ".others-" in id or id == self._of("notes"):
                note = element(together, "textAnnotation", id)
                lines = papers.get(id) or self.laid.lines[id]
                element(note, "text", text="\n".join(lines))

    def _track(self) -> None:
        """The person's track: its pieces one after another, the turning point among them."""
        process = element(self.root, "process", self._of("track.flow"),
                                name=self.shown.spine, isExecutable="false")  # fmt: skip
        tags = {self._of("track.start"): START, self._of("track.end"): END,
                self._of("track.turn"): THROW}  # fmt: skip
        lines = {
            self._of("track.start"): (self.said(BEGINS),),
            self._of("track.end"): (self.said(ENDS),),
            self._of("track.turn"): self.sheet.turn.lines if self.sheet.turn else (),
            **self.laid.lines,
        }
        parts = [Part(id, tags.get(id, TASK), lines[id], 0, 0, False,
                      message=tags.get(id) == THROW) for id in self.sheet.track]  # fmt: skip
        self._flow(process, parts, pairwise(self.sheet.track))

    def _course(self) -> None:
        process = element(self.root, "process", self._of("flow"), name=self.sheet.title,
                                isExecutable="false")  # fmt: skip
        lanes = element(process, "laneSet", self._of("lanes"))
        for n, (label, small) in enumerate(self.shown.rows):
            name = "\n".join(wrap(label, max(6.0, em(label) / 2 + 1)))
            lane = element(lanes, "lane", self._of(f"lane-{n + 1}"), name=name)
            if small:
                element(lane, "documentation", text=small)
            for part in self.sheet.parts:
                if part.row == n:
                    element(lane, "flowNodeRef", text=part.id)
        self._flow(process, self.sheet.parts, self.sheet.flows)

    def _flow(
        self, process: ET.Element, parts: Iterable[Part], flows: Iterable[tuple[str, str]]
    ) -> None:
        """Tasks, events and gateways, and the flows between them."""
        flows = tuple(flows)
        for part in parts:
            named = {"name": "\n".join(part.lines)} if part.lines else {}
            node = element(process, part.tag, part.id, **named)
            if part.said:
                element(node, "documentation", text="\n".join(part.said))
            for tag, end in (("incoming", 1), ("outgoing", 0)):
                for flow in flows:
                    if flow[end] == part.id:
                        element(node, tag, text="-".join(flow))
            if part.message:
                element(node, "messageEventDefinition", f"{part.id}.message")
        for flow in flows:
            element(process, "sequenceFlow", "-".join(flow), sourceRef=flow[0],
                          targetRef=flow[1])  # fmt: skip
