"""The course and the ends of a machine by its rules, and how an event comes to happen, whatever
those ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..definition import Machine, Process, Transition
from ..definition.grouped import grouped
from ..definition.kept import kept, kept_with
from ..definition.process import brought_about
from ..definition.walks import backward, distances, onward

Rules = Mapping[tuple[str, str], tuple[Transition, ...]]  # (state, event) → rules


def course(machine: Machine) -> list[Transition]:
    """The rules of the longest way to an end on which nothing leads back: to a state that is told
    before, or, where no end can be come to like that, to one from which the walk came (where none
    can at all, the way to any state). Of ways alike it is that of the rules told first."""
    told = sorted((state.id for state in machine.states), key=lambda id: id != machine.initial)
    way = _longest(machine, told)
    ends = bool(way) and machine.state(way[-1].target).final
    return way if ends else _longest(machine, _downward(machine))


def _longest(machine: Machine, order: Iterable[str]) -> list[Transition]:
    """The longest way to an end, or else to any state, that goes on in this order only."""
    place = {state: n for n, state in enumerate(order)}
    steps = [(s, rule) for rule in machine.transitions for s in rule.sources if s in place]
    length, came = {machine.initial: 0}, dict[str, tuple[str, Transition]]()
    for state, rule in sorted(steps, key=lambda step: place[step[0]]):
        to = rule.target
        if state in length and place[to] > place[state] and length[state] + 1 > length.get(to, 0):
            length[to], came[to] = length[state] + 1, (state, rule)
    ends = [state.id for state in machine.states if state.final and state.id in length]
    here, way = max(ends or length, key=length.__getitem__), list[Transition]()
    while here in came:
        here, rule = came[here]
        way.append(rule)
    return way[::-1]


def _downward(machine: Machine) -> list[str]:
    """The states that can be come to, each before those to which rules lead on from it, but for
    what leads back."""
    edges = onward(machine.transitions)
    found, left = {machine.initial}, list[str]()
    trail = [(machine.initial, iter(edges.get(machine.initial, ())))]
    while trail:
        state, further = trail[-1]
        if (to := next((s for s in further if s not in found), None)) is None:
            left.append(state)
            trail.pop()
        else:
            found.add(to)
            trail.append((to, iter(edges.get(to, ()))))
    return left[::-1]


def ending(machine: Machine, live: set[tuple[str, str]]) -> set[str]:
    """The states from which live rules lead to some final state of the machine."""
    rules = (t for t in machine.transitions if (machine.id, t.id) in live)
    return set(distances(backward(rules), (s.id for s in machine.states if s.final)))


def reporter(event: str, *laws: Process) -> str | None:
    """An agency that may report the event under all of these laws; "" where none may, and a limit
    brings it about under each; None where it cannot happen alike, as where one does not know it."""
    known = (law.by_id["event"].get(event) for law in laws)
    first, *others = (found.by if found else () for found in known)
    common = (by for by in first if all(by in other for other in others))
    lapses = all(event in kept(law, brought_about) for law in laws)
    return next(common, "" if lapses else None)


def rules_from(process: Process, machine: str) -> Rules:
    """The rules of a machine by the state that they lead from and their event."""
    found: Rules = kept(process, _index).get(machine, {})
    return found


def _index(process: Process) -> dict[str, Rules]:
    return {machine.id: kept_with(machine, _by_place) for machine in process.machines}


def _by_place(machine: Machine) -> Rules:
    return leaving(machine.transitions)


def leaving(rules: Iterable[Transition]) -> Rules:
    """Rules by the state that they lead from and their event."""
    return grouped(((source, rule.event), rule) for rule in rules for source in rule.sources)
