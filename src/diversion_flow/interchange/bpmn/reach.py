"""What of a pool a case can come to: from where it begins, along its flows and by the events that
end a task. All the rest is left out and named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from attrs import define, evolve, field

from ...definition.grouped import grouped
from ...definition.walks import distances
from .branches import splits
from .graph import TASKS, Drawing, Link, Node, Pool
from .source import MADE, XmlPart

_GO_ON: Final = frozenset(
    {"startEvent", "boundaryEvent", "intermediateCatchEvent", "intermediateThrowEvent",
     "exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway"}
)  # fmt: skip

_LASTING: Final = TASKS | {"intermediateCatchEvent"}


def reached(drawing: Drawing, pool: Pool) -> tuple[Pool, Node]:
    """The pool as far as a case can come, and where it begins."""
    pool, start = _begun(drawing, _parted(_forked(_ended(drawing, pool))))
    found = _Reach(drawing, pool)
    found.nodes = found.led_to([start.id])
    return found.kept(), start


def _ended(drawing: Drawing, pool: Pool) -> Pool:
    """The pool with an end behind each event or gateway from which no flow leads on."""
    nodes, links = dict(pool.nodes), list(pool.links)
    for node in pool.nodes.values():
        come_to = pool.coming.get(node.id) or node.kind in ("startEvent", "intermediateCatchEvent")
        leads = come_to or (bool(node.host) and _ends_task(node))
        passes = node.kind in _GO_ON or _caught(pool, node)
        if passes and leads and not pool.going.get(node.id):
            end = _made(pool, "endEvent", f"{node.id}.end")
            nodes[end.id] = end
            links.append(_made_link(node, end))
            drawing.losses.note("no_end", node.part)
    return evolve(pool, nodes=nodes, links=links)


def _caught(pool: Pool, node: Node) -> bool:
    """A task that receives what a gateway of events waits for: it does not last."""
    before = (pool.nodes[link.source].kind for link in pool.coming.get(node.id, ()))
    return node.kind == "receiveTask" and "eventBasedGateway" in before


def _forked(pool: Pool) -> Pool:
    """The pool with a split where several flows leave a task or an event at once: a parallel one,
    or an inclusive one where some of them have conditions."""
    nodes, links = dict(pool.nodes), []
    for link in pool.links:
        source = pool.nodes[link.source]
        if len(pool.going[source.id]) < 2 or source.kind.endswith("Gateway"):
            links.append(link)
            continue
        asks = any(other.condition for other in pool.going[source.id])
        kind = "inclusiveGateway" if asks else "parallelGateway"
        split = evolve(_made(pool, kind, f"{source.id}.together"), default=source.default)
        if split.id not in nodes:
            nodes[split.id] = split
            links.append(_made_link(source, split))
        links.append(evolve(link, source=split.id))
    return evolve(pool, nodes=nodes, links=links)


def _parted(pool: Pool) -> Pool:
    """The pool with two gateways in the place of one at which branches both end and begin."""
    nodes, links = dict(pool.nodes), []
    for node in pool.nodes.values():
        if splits(pool, node) and len(pool.coming.get(node.id, ())) > 1:
            join = evolve(node, id=f"#{pool.id}.{node.id}.join", name="", said="")
            nodes[join.id] = join
            links.append(_made_link(join, node))
    for link in pool.links:
        join_id = f"#{pool.id}.{link.target}.join"
        links.append(evolve(link, target=join_id) if join_id in nodes else link)
    return evolve(pool, nodes=nodes, links=links)


# -- where it begins -------------------------------------------------------------------------------


def _begun(drawing: Drawing, pool: Pool) -> tuple[Pool, Node]:
    """The pool with one beginning: several starts are awaited together; where no start leads to
    anything, all begins at once that nothing leads to. Where nothing is there to begin, it is over
    at once."""
    first = _beginnings(pool)
    starts = bool(first) and first[0].kind == "startEvent"
    if not first:
        if any(pool.coming.get(n.id) for n in pool.nodes.values()):
            raise drawing.wrong(pool, "bpmn_no_start")
        start, end = _made(pool, "startEvent", "start"), _made(pool, "endEvent", "end")
        pool = evolve(pool, nodes={**pool.nodes, end.id: end})
        return _with(pool, evolve(start, groups=pool.groups), [end])
    if len(first) == 1 and (first[0].kind == "startEvent" or first[0].kind not in _GO_ON):
        return _with(pool, evolve(first[0], groups=(*pool.groups, *first[0].groups)), ())
    if starts:
        opening = _made(pool, "eventBasedGateway", "opening")
        return _with(pool, evolve(opening, groups=pool.groups), first)
    split = first[0]
    if len(first) > 1:
        pool, split = _with(pool, _made(pool, "parallelGateway", "together"), first)
    return _with(pool, evolve(_made(pool, "startEvent", "start"), groups=pool.groups), [split])


def _beginnings(pool: Pool) -> list[Node]:
    """Where a case begins: at the starts, if a flow leads on from any; else wherever a flow leads
    on and none to; else at all that is done though no flow leads to it; else at what ends."""
    starts = [n for n in pool.nodes.values() if n.kind == "startEvent"]
    others = [n for n in pool.nodes.values() if n.kind != "startEvent" and _unled(pool, n)]
    lead_on = [] if all(_over(pool, n) for n in starts) else starts
    return (
        lead_on
        or [n for n in others if pool.going.get(n.id)]
        or [n for n in others if n.kind in _LASTING]
        or starts
        or [n for n in others if n.kind == "endEvent"]
    )


def begins(pool: Pool) -> bool:
    """Whether there is a place where a case could begin."""
    return bool(_beginnings(pool))


def _unled(pool: Pool, node: Node) -> bool:
    """Nothing leads to it, and it stands in the flow."""
    beside = node.host or _compensates(node) or node.part.get("triggeredByEvent") == "true"
    return not (beside or pool.coming.get(node.id))


def _over(pool: Pool, start: Node) -> bool:
    """A start from which no drawn flow leads on."""
    return all(pool.nodes[link.target].part.tag == MADE for link in pool.going.get(start.id, ()))


def _made(pool: Pool, kind: str, word: str) -> Node:
    """A node that the drawing does not show; no id of a document has this sign in it."""
    part = XmlPart(MADE, {}, pool.line)
    return Node(f"#{pool.id}.{word}", kind, "", "", part)


def _made_link(source: Node, target: Node) -> Link:
    return Link("", source.id, target.id, "", "", "", "", XmlPart(MADE, {}, source.line))


def _with(pool: Pool, start: Node, leads: Iterable[Node]) -> tuple[Pool, Node]:
    links = [_made_link(start, node) for node in leads]
    nodes = {**pool.nodes, start.id: start}
    return evolve(pool, nodes=nodes, links=[*links, *pool.links]), start


# -- how far it comes ------------------------------------------------------------------------------


@define
class _Reach:
    """The nodes of a pool that a case comes to, and why it does not come to others."""

    drawing: Drawing
    pool: Pool
    nodes: set[str] = field(factory=set)

    def led_to(self, first: Iterable[str]) -> set[str]:
        """Everything that is done, or may be, from these on."""
        pool = self.pool
        borders = ((node, border) for node in filter(self._lasts, pool.nodes)
                   for border in pool.borders.get(node, ()))  # fmt: skip
        leaving = ((node, border.id) for node, border in borders if _ends_task(border))
        links = ((link.source, link.target) for link in pool.links)
        return {*distances(grouped(chain(leaving, links)), first)}

    def _lasts(self, host: str) -> bool:
        """Whether a border on it can be come to: what a gateway of events waits for is over at
        once."""
        return not _caught(self.pool, self.pool.nodes[host])

    def kept(self) -> Pool:
        """The pool without what is left out, which is lost."""
        alerts = set(self._alerts())
        warned = {link.target for border in alerts for link in self.pool.going.get(border, ())
                  if self._only_warns(link.target, alerts)}  # fmt: skip
        kept = self.nodes | alerts | warned
        links = [link for link in self.pool.links
                 if link.source in self.nodes or (link.source in alerts and link.target in warned)
                 ]  # fmt: skip
        self._lose(kept, set(map(id, links)))
        nodes = {id: node for id, node in self.pool.nodes.items() if id in kept}
        return evolve(self.pool, nodes=nodes, links=links)

    def _alerts(self) -> Iterator[str]:
        """Timers that leave their task running."""
        for node in self.pool.nodes.values():
            kinds = {trigger.kind for trigger in node.triggers}
            waits = node.host in self.nodes and self._lasts(node.host)
            if waits and not node.interrupts and kinds == {"timer"}:
                yield node.id

    def _only_warns(self, node: str, alerts: set[str]) -> bool:
        """An end to which timers alone lead that leave their task running."""
        coming = self.pool.coming.get(node, ())
        return (
            self.pool.nodes[node].kind == "endEvent"
            and node not in self.nodes
            and all(link.source in alerts for link in coming)
        )

    # -- what is left out ------------------------------------------------------------------------

    def _lose(self, kept: set[str], links: set[int]) -> None:
        losses = self.drawing.losses
        beside = [n.id for n in self.pool.nodes.values() if n.host and not n.interrupts]
        undone = [n.id for n in self.pool.nodes.values() if _compensates(n)]
        why = {"aside": self.led_to(beside), "compensation": self.led_to(undone)}
        read = {id(trigger.part) for n in kept for trigger in self.pool.nodes[n].triggers}
        for node in self.pool.nodes.values():
            if node.id not in kept:
                losses.lose(self._why(node, why), node.part)
                for trigger in node.triggers:  # one that is defined elsewhere is lost with it
                    if trigger.part is not None and id(trigger.part) not in read:
                        losses.lose(self._why(node, why), trigger.part)
        for link in self.pool.links:
            if id(link) not in links:
                source = self.pool.nodes[link.source]
                losses.lose(self._why(source, why), link.part, of=source.part)

    def _why(self, node: Node, why: dict[str, set[str]]) -> str:
        if node.part.get("triggeredByEvent") == "true":
            return "event_subprocess"
        if node.kind == "startEvent":
            return "no_end"
        if node.host and node.host in self.nodes and self._lasts(node.host):
            return "compensation" if _compensates(node) else "aside"
        return next((code for code, nodes in why.items() if node.id in nodes), "unreached")


def _ends_task(border: Node) -> bool:
    return border.interrupts and not _compensates(border)


def _compensates(node: Node) -> bool:
    return node.part.get("isForCompensation") == "true" or (
        bool(node.host) and node.trigger.kind == "compensate"
    )
