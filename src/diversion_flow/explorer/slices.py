"""What is said of a part of the law, said once for all laws that say it alike.

Most versions and places leave most parts as they were, as the very same values. Words about a part
rest on it and on all to which it refers. Where every name that was followed from it leads to the
same value in another law, so do the ways from there, and the words are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from ..definition import Machine, Process, State, Transition
from ..definition.kept import kept
from ..definition.process import dotted, every_part
from ..definition.reference import references
from ..runtime.clause import giving
from ..runtime.program import program

Made = TypeVar("Made")
Name = tuple[str, str]  # kind and id; of states and transitions `machine.id`
Rests = tuple[tuple[Name, Any], ...]  # names that were followed, and where they led


class Slices:
    """The words of one page, by what they rest on. It keeps what it has seen, so that no other
    value can take its identity."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], list[tuple[Sequence[Rests], Any, Any]]] = {}
        self._wholes: dict[tuple[object, ...], int] = {}
        self._numbers: dict[int, tuple[Process, int]] = {}
        self._told: dict[tuple[str, int], tuple[Any, tuple[Name, ...]]] = {}

    def once(
        self,
        what: tuple[object, ...],
        roots: Sequence[Any],
        laws: Sequence[tuple[Process, str]],
        make: Callable[[], Made],
    ) -> Made:
        """What is made of these values under these laws; in each law they stand in that machine
        ("": in none)."""
        key = (*what, *map(id, roots))
        known = self._made.setdefault(key, [])
        for rests, _, made in known:
            if all(_still(law, on) for (law, _), on in zip(laws, rests, strict=True)):
                found: Made = made
                return found
        rests = [tuple(self._followed(law, within, roots)) for law, within in laws]
        fresh = make()
        known.append((rests, roots, fresh))
        return fresh

    def _followed(
        self, process: Process, within: str, roots: Iterable[Any]
    ) -> Iterator[tuple[Name, Any]]:
        """Every name that these values tell, and where it leads. Of what is named its own name is
        told; of an event and a limit also who and what they name."""
        named = kept(process, _names)
        seen: set[Name] = set()
        todo = [(within, value) for value in (*roots, *kept(process, _always))]
        while todo:
            for name in self._names_in(*todo.pop()):
                if name not in seen:
                    seen.add(name)
                    yield name, named.get(name)
                    if name[0] in ("event", "transition", "deadline"):
                        todo.append(("", named.get(name)))

    def _names_in(self, within: str, value: Any) -> tuple[Name, ...]:
        """The same of each law in which the value stands."""
        known = self._told.get((within, id(value)))
        if known is None:
            told = tuple(dict.fromkeys(_told_of(within, value)))
            known = self._told[within, id(value)] = value, told
        return known[1]

    def _whole(self, law: Process) -> int:
        """A number for what the law as a whole makes of its parts: the same in laws alike."""
        known = self._numbers.get(id(law))
        if known is None:
            number = self._wholes.setdefault(_as_a_whole(law), len(self._wholes))
            known = self._numbers[id(law)] = law, number
        return known[1]

    def machine(
        self, what: tuple[object, ...], process: Process, machine: Machine, make: Callable[[], Made]
    ) -> Made:
        """What is made of a machine with its states, its rules and their remarks, its limits."""
        limits = (limit for limit in process.deadlines if limit.machine == machine.id)
        remarks = (
            remark
            for remark in process.remarks
            if any(rule.startswith(f"{machine.id}.") for rule in remark.transitions)
        )
        roots = (machine, *machine.states, *machine.transitions, *limits, *remarks)
        return self.once((*what, self._whole(process)), roots, [(process, machine.id)], make)


def _still(process: Process, rests: Rests) -> bool:
    """Whether all names lead in this law where they led."""
    named = kept(process, _names)
    return all(named.get(name) is value for name, value in rests)


def _told_of(within: str, value: Any) -> Iterator[Name]:
    """The names in a value: of a state elsewhere also that of its machine."""
    if not hasattr(value, "__attrs_attrs__"):
        return
    for _, kind, id in references(value, within):
        first = id.partition(".")[0]
        if kind in ("state", "transition"):
            yield "machine", first
        yield ("fact", first) if kind == "choice" else (kind, id)


def _names(process: Process) -> dict[Name, Any]:
    """Where each name leads; of a machine or a state to its label: what is told of it elsewhere."""
    named: dict[Name, Any] = {}
    for at, part in every_part(process):
        name = at[-1][0], dotted(at)
        if isinstance(part, Transition):
            named[name] = process.event(part.event)
        else:
            named[name] = part.label if isinstance(part, Machine | State) else part
    return named


def _always(process: Process) -> tuple[Any, ...]:
    """What every part is told with."""
    return () if process.consent is None else (process.consent,)


def _as_a_whole(process: Process) -> tuple[object, ...]:
    """What the law as a whole makes of its parts: its own name, whose consent is asked and what
    gives it, where a case ends for good and by what, what happens by law."""
    ends = [(m, s) for m in process.machines for s in m.states if s.ends_case]
    ending = frozenset(t.event for m, s in ends for t in m.transitions if t.target == s.id)
    return (
        process.label,
        id(process.consent),
        giving(process) if process.consent else frozenset(),
        tuple((m.id, m.label, s.id, s.label) for m, s in ends),
        ending,
        program(process).by_law,
    )
