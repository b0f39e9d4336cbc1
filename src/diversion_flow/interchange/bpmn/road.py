"""The road as BPMN has it: one path of numbered tasks through lanes, which are the rows of offices.

Where it turns stands an event, told by the person's own track if the road has one. It may begin
otherwise, too: then a second beginning, with what is done before, comes in by a gateway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve, frozen

from ...definition import Language, Process, Text
from ...definition.phrasing import phrasing
from ...definition.text import other_language
from ...definition.wording import basis_text
from ...diagram.layout.measure import wrap
from ...diagram.views.road import ActShown, HoldShown, RoadShown, road
from ...diagram.views.usual_road import road_of

START, END, TASK, JOIN = "startEvent", "endEvent", "task", "exclusiveGateway"
CATCH, THROW = "intermediateCatchEvent", "intermediateThrowEvent"
BEGINS: Final = Text("始まり", "Begins")
_OR_SO: Final = Text("このように始まることもある", "It may also begin like this")
ENDS: Final = Text("終わり", "Ends")
_ON: Final = Text("{0}枚目へ", "To sheet {0}")
_FROM: Final = Text("{0}枚目から", "From sheet {0}")
_NAME: Final = 7.0  # em: how wide the name of an event may be


@frozen
class Part:
    """A task, event or gateway: its element, its name in lines, row and stage, which side of the
    turning point it is on, what is told of it, the paper that goes on from it."""

    id: str
    tag: str
    lines: tuple[str, ...]
    row: int
    stage: int
    after: bool
    said: tuple[str, ...] = ()
    paper: str = ""
    message: bool = False


@frozen
class Sheet:
    """A sheet of the road: its parts in the order in which they stand, the pairs between which it
    flows, the pieces of the person's track. `turn` is the event on which everything turns."""

    id: str
    title: str
    shown: RoadShown
    parts: tuple[Part, ...]
    flows: tuple[tuple[str, str], ...]
    holds: tuple[HoldShown, ...]
    turn: Part | None

    @property
    def track(self) -> tuple[str, ...]:
        """The person's track by the ids of its pieces, from its beginning to its end."""
        if not self.holds:
            return ()
        before, after = (
            [f"{self.id}.hold-{n}" for n, hold in enumerate(self.holds, 1) if hold.after is side]
            for side in (False, True)
        )
        turn = [f"{self.id}.track.turn"] if self.turn else []
        return (f"{self.id}.track.start", *before, *turn, *after, f"{self.id}.track.end")


def sheets(process: Process, lang: Language, most: int) -> tuple[Sheet, ...]:
    """The road in sheets of at most so many acts; none where nobody acts."""
    if not road_of(process).acts:
        return ()
    own = road(process, lang, most)
    other = road(process, other_language(lang), most)
    return tuple(
        _Sheet(process, pair, n, len(own)).sheet()
        for n, pair in enumerate(zip(own, other, strict=True), 1)
    )


class _Sheet:
    def __init__(
        self, process: Process, shown: tuple[RoadShown, RoadShown], number: int, count: int
    ) -> None:
        self.process, self.number, self.count = process, number, count
        self.shown, self.other = shown  # in the language of the drawing, and in the other one
        self.said = phrasing(self.shown.lang)
        self.id = f"road-{number}"

    def sheet(self) -> Sheet:
        acts = [self._act(n) for n in range(len(self.shown.acts))]
        begins, flows = self._begin(acts)
        parts = [*begins, *acts]
        holds = self._holds(parts)
        turn = self._turn(parts, told=bool(holds))
        if turn:
            parts.insert([part.after for part in parts].index(True), turn)
        parts.append(self._end(parts[-1]))
        first = max(0, len(begins) - 1)
        flows += [(one.id, other.id) for one, other in pairwise(parts[first:])]
        return Sheet(self.id, self.shown.title, self.shown, tuple(parts), tuple(flows), holds, turn)

    def _act(self, place: int) -> Part:
        act = self.shown.acts[place]
        first, *rest = act.lines
        lines = [f"{act.number} {first}" if act.number else first, *rest]
        lines += [f"[{act.flags}]"] if act.flags else []
        said = (self.other.acts[place].name, act.agency, act.paper, *self._grounds(act))
        return Part(
            f"{self.id}.act-{place + 1}", TASK, tuple(lines), act.row, act.stage, act.after,
            tuple(filter(None, said)), act.paper,
        )  # fmt: skip

    def _grounds(self, act: ActShown) -> Iterator[str]:
        """The events of an act by their names, and on what they rest."""
        events = [self.process.event(id) for id in act.events]
        yield from (self.said(event.label) for event in events)
        bases = (basis for event in events for basis in event.basis)
        yield from dict.fromkeys(basis_text(self.process, b, self.shown.lang) for b in bases)

    def _begin(self, acts: list[Part]) -> tuple[list[Part], list[tuple[str, str]]]:
        """The beginning, which goes before the acts. Those that only may come first are taken
        between a beginning of their own and a gateway, with their flows."""
        named = self.said(_FROM, self.number - 1) if self.number > 1 else self.said(BEGINS)
        numbered = [bool(act.number) for act in self.shown.acts]
        own = numbered.index(True) if any(numbered) else 0
        if not own or len(self.shown.rows) < 2 or self.shown.acts[own - 1].after:
            return [self._event("start", START, named, acts[0])], []
        first, extra = acts[own], acts[:own]
        del acts[:own]
        other = evolve(self._event("also", START, self.said(_OR_SO), extra[0]), message=True)
        start = self._event("start", START, named, first)
        if extra[-1].row == first.row:  # what comes in along the row would run through it
            start = evolve(start, row=first.row - 1 if first.row else 1)
        join = self._event("join", JOIN, "", first)
        flows = [(a.id, b.id) for a, b in pairwise([other, *extra, join])]
        return [other, *extra, start, join], [*flows, (start.id, join.id)]

    def _event(self, tail: str, tag: str, name: str, near: Part) -> Part:
        """An event or gateway in the row of an act."""
        lines = wrap(name, _NAME) if name else ()
        after = near.after and not (self.shown.turn and tag != END)
        return Part(f"{self.id}.{tail}", tag, lines, near.row, near.stage, after)

    def _turn(self, parts: list[Part], *, told: bool) -> Part | None:
        """The event on which everything turns: the last of what comes before, in that one's row."""
        after = next((n for n, part in enumerate(parts) if part.after), None)
        if not self.shown.turn or after is None:
            return None
        before = parts[max(0, after - 1)]
        return Part(
            f"{self.id}.turn", CATCH if told else THROW, wrap(self.shown.turn, _NAME), before.row,
            parts[after].stage, False, paper=before.paper, message=told,
        )  # fmt: skip

    def _end(self, last: Part) -> Part:
        goes_on = self.number < self.count
        named = self.said(_ON, self.number + 1) if goes_on else self.said(ENDS)
        return self._event("end", END, named, last)

    def _holds(self, parts: Sequence[Part]) -> tuple[HoldShown, ...]:
        """The pieces of the person's track on the sides of the turning point that it shows."""
        sides = {part.after for part in parts}
        if min((part.stage for part in parts if part.after), default=0):
            sides.add(False)
        return tuple(hold for hold in self.shown.holds if hold.after in sides)
