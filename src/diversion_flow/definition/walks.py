"""How states hang together by rules, whatever those ask.

A dozen lines, so that nothing has to wait for a library of graphs to be loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .grouped import grouped
from .process import Transition

Edges = Mapping[str, Iterable[str]]


def onward(rules: Iterable[Transition]) -> Edges:
    """Each state with those that a rule leads to from it."""
    return grouped((source, rule.target) for rule in rules for source in rule.sources)


def backward(rules: Iterable[Transition]) -> Edges:
    """Each state with those that a rule leads from to it."""
    return grouped((rule.target, source) for rule in rules for source in rule.sources)


def distances(edges: Edges, start: Iterable[str]) -> dict[str, int]:
    """Every state that can be come to from these, with how many rules it takes at least."""
    found = dict.fromkeys(start, 0)
    edge = list(found)
    for state in edge:  # grows while it is walked
        for further in edges.get(state, ()):
            if further not in found:
                found[further] = found[state] + 1
                edge.append(further)
    return found
