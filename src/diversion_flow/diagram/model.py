"""A diagram as plain data: what is shown is decided before it is known how it is spelt."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import field, frozen

from ..definition import DiversionFlowError, Language, Text
from ..definition.grouped import grouped
from ..definition.phrasing import phrasing
from ..definition.wording import IRREGULAR


class DrawingError(DiversionFlowError):
    """A drawing cannot be made as it was asked for."""


# In a case: where it is and has been. In a difference: what was done to the part. In a coverage:
# whether tests have shown it.
Standing = Literal[
    "", "visited", "current", "possible", "overdue", "added", "removed", "changed",
    "shown", "partly", "missing",
]  # fmt: skip

# Whether tests have shown it.
_TESTED: frozenset[Standing] = frozenset(("shown", "partly", "missing"))


def of_several(found: Iterable[Standing]) -> Standing:
    """What is said of several parts by one arrow: the first that is said of any; where tests have
    shown some of them only, that."""
    told: dict[Standing, None] = dict.fromkeys(mark for mark in found if mark)
    return "partly" if len(told) > 1 and told.keys() <= _TESTED else next(iter(told), "")


# The sign of what was done, before the words of a part: nobody needs to tell red from green.
SIGNS: dict[Standing, str] = {"added": "+ ", "removed": "− ", "changed": "Δ ", "": ""}

# What lines and frames mean in a picture; signs that stand in texts mean the same everywhere.
SHAPES = {
    "same": Text("実線の矢印: 同じ機関の中の移行", "Solid arrow: within one agency"),
    "other": Text("破線の矢印: 機関をまたぐ移行・情報提供", "Dashed arrow: to another agency"),
    "law": Text("太線の矢印: 期限の満了により法律上生じる", "Heavy arrow: a limit ran out"),
    "usual": Text("紺のごく太い矢印: 通常の流れ", "Dark, very heavy arrow: the usual course"),
    "start": Text("●: 始まり", "●: start"),
    "end": Text("二重枠: 終わり", "Double frame: end"),
    "tied": Text("点と線で結んだ矢印: 一つのできごとが複数の系列を動かす",
                 "Arrows joined by dots and a line: one event moves several tracks"),
}  # fmt: skip
_LISTED = Text("規則と期限の一覧は、同じ図の md・svg・pdf にある",
               "The list of rules and limits is in the same sheet as md, svg or pdf")  # fmt: skip

# What is cited in a text, in its order: the words, and where they lead ("": nowhere). Addresses
# are of a version's day, and so no part of what is shown: they make no difference between two.
Links = tuple[tuple[str, str], ...]


@frozen
class Node:
    """A box. `lines` are the label, `small` what stands under it (holder, deadlines).

    `lane` and `column` place it in a chart of lanes; `group` is the machine it belongs to.
    `fine` sets its label in small print. `room` is the size of a shape that does
    not follow from its text, in points. An `in` or `out` is a connector from or to another panel.
    To what is `irregular` a case came against the rules: its label bears the mark, and `spoken`
    says so to who hears it.
    """

    id: str
    lines: tuple[str, ...]
    small: tuple[str, ...] = ()
    kind: Literal["state", "initial", "final", "note", "in", "out"] = "state"
    lane: str = ""
    column: str = ""
    group: str = ""
    standing: Standing = ""
    inferred: bool = False
    irregular: bool = False
    quiet: bool = False
    fine: bool = False
    room: tuple[float, float] | None = None
    title: str = ""
    links: Links = field(default=(), eq=False)

    @property
    def name(self) -> str:
        """What the box is called, without its machine."""
        return self.title.partition(": ")[2] or self.title

    def spoken(self, lang: Language) -> str:
        """What the box is, in words."""
        said = phrasing(lang)
        return said.together(self.title, said(IRREGULAR)) if self.irregular else self.title


@frozen
class Edge:
    """An arrow. `numbers` point to the rules listed under the chart.

    `handover` crosses agencies (dashed); `by_law` happens when a limit runs out; `inferred`
    has no source that was read. `berth` is the room at the border of the box that it leaves, in
    points, for a sign that sits there. `main` is the usual course. `rules` are the machine and the
    transition of each rule that it stands for.
    """

    id: str
    source: str
    target: str
    label: str = ""
    numbers: tuple[int, ...] = ()
    handover: bool = False
    by_law: bool = False
    inferred: bool = False
    standing: Standing = ""
    berth: float = 0.0
    main: bool = field(default=False, eq=False)  # told by the law, and changes nothing
    rules: tuple[str, ...] = ()


@frozen
class Band:
    """A lane (an agency) or a column (a stage) of the chart, or a group of nodes."""

    id: str
    label: str
    standing: Standing = ""


@frozen
class Span:
    """A statutory time limit above a chart of lanes: it runs while the case is in these boxes.

    Its clock starts where the case comes to one of the boxes of `begins`.
    """

    id: str
    label: str
    nodes: tuple[str, ...]
    begins: tuple[str, ...] = ()
    standing: Standing = ""
    links: Links = field(default=(), eq=False)


@frozen
class Rule:
    """A line of the list under the chart: what a number on an arrow stands for. `id` is the
    machine and the transition; in a chart of lanes all rules of one event, `of`, have one number.
    `more` is its papers and what else the event does: who is told, what counts no more. A limit in
    the list has the number 0.
    """

    id: str
    number: int
    event: str
    by: str
    condition: str
    basis: str
    inferred: bool = False
    standing: Standing = ""
    links: Links = field(default=(), eq=False)
    of: str = ""
    more: str = ""

    @property
    def sign(self) -> str:
        """What stands before its name in the list."""
        return f"({self.number})" if self.number else "■"


@frozen
class Diagram:
    """Everything a drawing shows, in a stable order."""

    id: str
    title: str
    description: str
    lang: Language
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    lanes: tuple[Band, ...] = ()
    columns: tuple[Band, ...] = ()
    groups: tuple[Band, ...] = ()
    stages: tuple[Band, ...] = ()  # of a chart without columns, as its panels are called
    clocks: tuple[Span, ...] = ()
    rules: tuple[Rule, ...] = ()
    limits: tuple[Rule, ...] = ()  # of the boxes, in the list behind the rules
    legend: tuple[str, ...] = ()
    corner: tuple[str, ...] = ()
    standing: Standing = ""  # of what the whole sheet is about
    stamp: str = field(default="", repr=False)  # the case's reference, where it was asked for

    @property
    def heading(self) -> str:
        """The title, with the case's reference where it was asked for."""
        return phrasing(self.lang).together(self.title, self.stamp)

    @property
    def key(self) -> tuple[str, ...]:
        """What the sheet says of itself and of the signs in its texts, for a format that draws
        lines in its own way and has no list under the chart, and where that is."""
        shapes = {text.in_(self.lang) for text in SHAPES.values()}
        listed = (_LISTED.in_(self.lang),) if self.rules or self.limits else ()
        return (*self.corner, *(text for text in self.legend if text not in shapes), *listed)

    @property
    def tied(self) -> tuple[tuple[tuple[str, ...], ...], ...]:
        """Of each event that moves several machines of a chart its arrows, machine by machine."""
        events = {rule.id: rule.of for rule in self.rules}
        found = grouped((events[rule], (rule.partition(".")[0], edge.id))
                        for edge in self.edges for rule in edge.rules)  # fmt: skip
        each = map(grouped, found.values())
        return tuple(tuple(its.values()) for its in each if len(its) > 1)

    @property
    def fine(self) -> bool:
        """Whether it is set in small print."""
        return bool(self.nodes) and all(node.fine for node in self.nodes)

    def node(self, id: str) -> Node:
        """The node with this id."""
        return next(node for node in self.nodes if node.id == id)
