"""A drawing played as BPMN says, by tokens on its flows and in its tasks, and the skeleton of it:
whether the same tasks can be done in the same order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, combinations, product
from typing import Any
from xml.etree import ElementTree

from diversion_flow import Case, Process, Refused

Place = tuple[str, str]  # a flow by its ends; a task by itself, twice
Tokens = frozenset[Place]
Done = tuple[
    str, Any
]  # what was done (nothing that anybody sees: empty), and where all stands then
Steps = Callable[[Any], Iterable[Done]]


class TwoTokens(Exception):
    """Two tokens in one place: a task that is done twice at once, of which a skeleton knows none."""


class Drawing:
    """The nodes and flows of a drawing with one start."""

    def __init__(self, text: str) -> None:
        process = ElementTree.fromstring(text)[0]
        self.kinds = {p.attrib["id"]: p.tag.rpartition("}")[2] for p in process if "id" in p.attrib}
        flows = [
            (p.attrib["sourceRef"], p.attrib["targetRef"])
            for p in process
            if "sourceRef" in p.attrib
        ]
        self.out, self.into = (
            defaultdict[str, list[Place]](list),
            defaultdict[str, list[Place]](list),
        )
        for flow in flows:
            self.out[flow[0]].append(flow)
            self.into[flow[1]].append(flow)
        self.start: Tokens = frozenset(self.out["s"])

    def steps(self, tokens: Tokens) -> Iterator[Done]:
        """What the tokens can do next."""
        for here in tokens:
            node = here[1]
            if here[0] == here[1]:
                yield node, self._moved(tokens, [here], self.out[node])
            else:
                yield from (("", then) for then in self._passed(tokens, here, node))

    def _passed(self, tokens: Tokens, here: Place, node: str) -> Iterator[Tokens]:
        out, come = self.out[node], [flow for flow in self.into[node] if flow in tokens]
        match self.kinds[node]:
            case "task":
                yield self._moved(tokens, [here], [(node, node)])
            case "exclusiveGateway" if out:
                yield from (self._moved(tokens, [here], [flow]) for flow in out)
            case "parallelGateway":
                if len(come) == len(self.into[node]):
                    yield self._moved(tokens, come, out)
            case "inclusiveGateway":
                if not self._awaits(tokens, node):
                    some = out and chain(*(combinations(out, n + 1) for n in range(len(out))))
                    yield from (self._moved(tokens, come, chosen) for chosen in some or [()])
            case _:
                yield self._moved(tokens, [here], [])

    def _awaits(self, tokens: Tokens, join: str) -> bool:
        """Whether a token may still come by a flow that has none."""
        empty = {flow[0] for flow in self.into[join] if flow not in tokens}
        met, ahead = set[str](), [token[1] for token in tokens if token[1] != join]
        while ahead:
            if (node := ahead.pop()) not in met:
                met.add(node)
                ahead += [flow[1] for flow in self.out[node] if flow[1] != join]
        return not met.isdisjoint(empty)

    @staticmethod
    def _moved(tokens: Tokens, gone: Iterable[Place], come: Iterable[Place]) -> Tokens:
        left = Counter(tokens)
        left.subtract(gone)
        left.update(come)
        if max(left.values(), default=0) > 1:
            raise TwoTokens
        return frozenset(left.elements())


class Skeleton:
    """The skeleton of a drawing with these tasks; of its events those are seen by which one is
    done."""

    def __init__(self, process: Process, tasks: set[str]) -> None:
        self.process, self._tasks, case = process, tasks, process.open(at="2024-06-03")
        self.start = tuple(case.states.values())
        self._cases: dict[Any, Case] = {self.start: case}

    def steps(self, stands: Any) -> Iterator[Done]:
        case = self._cases[stands]
        for event in self.process.events:
            for facts in product(*map(self._values, event.records)):
                known = dict(zip(event.records, facts, strict=True))
                try:
                    then = case.step(event.id, by=event.by[0], at=case.at, facts=known)
                except Refused:
                    continue
                key = tuple(then.states.values())
                self._cases.setdefault(key, then)
                task, _, done = event.label.en.partition(": ")
                yield task if done == "done" and task in self._tasks else "", key

    def _values(self, fact: str) -> list[Any]:
        ids = [choice.id for choice in self.process.fact(fact).choices]
        several = self.process.fact(fact).kind.value == "choices"
        return (
            [list(c) for n in range(len(ids) + 1) for c in combinations(ids, n)] if several else ids
        )


def parts_after(text: str, process: Process, most: int = 8) -> tuple[str, ...] | None:
    """The tasks after which the one can do another and the other cannot; None if there are none
    within so many tasks. TwoTokens for a drawing that has two in one place."""
    drawing = Drawing(text)
    skeleton = Skeleton(process, {id for id, kind in drawing.kinds.items() if kind == "task"})
    steps: tuple[Steps, Steps] = (drawing.steps, skeleton.steps)
    here = {(): (_quietly(steps[0], {drawing.start}), _quietly(steps[1], {skeleton.start}))}
    met = set[object]()
    for _ in range(most):
        then: dict[tuple[str, ...], Any] = {}
        for done, both in here.items():
            if both in met:
                continue
            met.add(both)
            next_ = [_next(step, places) for step, places in zip(steps, both, strict=True)]
            if next_[0].keys() != next_[1].keys():
                return done
            for task in next_[0]:
                then[*done, task] = tuple(
                    _quietly(step, places[task]) for step, places in zip(steps, next_, strict=True)
                )
        here = then
    return None


def _quietly(steps: Steps, places: Iterable[Any]) -> frozenset[Any]:
    """These places and all to which one comes with no task done."""
    met, ahead = set(places), [*places]
    while ahead:
        new = {to for task, to in steps(ahead.pop()) if not task} - met
        met |= new
        ahead += new
    return frozenset(met)


def _next(steps: Steps, places: Iterable[Any]) -> dict[str, set[Any]]:
    found = defaultdict[str, set[Any]](set)
    for place in places:
        for task, to in steps(place):
            if task:
                found[task].add(to)
    return found
