"""What a variant changes, as tests of a policy speak of it: rules, events, limits, parameters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import evolve

from ..analysis.structure import structure
from ..definition import Deadline, Process, Transition
from ..definition.deadline import Length
from .killing import Kills
from .measures import Point, PolicyCoverage
from .mutation import Mutant

Touched = frozenset[tuple[str, str]]  # kind and id, as mutants name what they touch


def changed(base: Process, law: Process) -> Touched:
    """What of the law is another than in `base`: parts themselves, the rules and limits that ask
    for a value or fact that is another, those that come to or leave a state that is."""
    found = {(c.part, ".".join(c.path)) for c in structure(base, law)}
    return frozenset({*_named(found), *_asking(law, found)})


def _named(found: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for part, id in found:
        yield ("rule" if part == "transition" else part), id


def _asking(law: Process, found: set[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for machine in law.machines:
        new = ("machine", machine.id) in found
        for rule in machine.transitions:
            states = {("state", f"{machine.id}.{s}") for s in (*rule.sources, rule.target)}
            if new or states & found or _mentions(rule) & found:
                yield "rule", f"{machine.id}.{rule.id}"
    for deadline in law.deadlines:
        if _mentions(deadline) & found:
            yield "deadline", deadline.id


def _mentions(part: Transition | Deadline) -> set[tuple[str, str]]:
    """What a rule or limit asks for; a choice is asked for with its fact."""
    asked = {mention for guard in part.guard.walk() for mention in guard.mentions()}
    if isinstance(part, Deadline):
        asked |= set(_counted(part.length)) | {("fact", fact) for fact in part.dates}
        asked |= {("event", id) for id in (*part.begun_by, *part.awaited)}
        for renewal in part.renewals:
            asked |= {("event", id) for id in renewal.events}.union(_counted(renewal.length))
    return asked


def _counted(length: Length) -> Iterator[tuple[str, str]]:
    yield from (("fact", fact) for fact in length.plus)
    if not isinstance(length.amount, int):
        yield "parameter", length.amount.id


def about(mutant: Mutant, touched: Touched) -> bool:
    """Whether a mistake is about what was changed."""
    return bool(touched.intersection(mutant.touches))


def first(kills: Kills, touched: Touched) -> Kills:
    """The mistakes about what was changed before all others."""
    return evolve(
        kills,
        survivors=tuple(sorted(kills.survivors, key=lambda s: not about(s.mutant, touched))),
    )


def confined(found: PolicyCoverage, touched: Touched) -> PolicyCoverage:
    """The coverage of what was changed alone."""
    points = {kind: tuple(p for p in ps if _of(p) in touched) for kind, ps in found.points.items()}
    shown = found.shown.intersection(p for ps in points.values() for p in ps)
    apart = tuple(p for p in found.apart if _of(p) in touched)
    return evolve(found, points=points, shown=shown, apart=apart)


def _of(point: Point) -> tuple[str, str]:
    kind, *ids = point
    if kind in ("rule", "condition", "refusal"):
        return "rule", ".".join(ids[:2])
    if kind == "state":
        return "state", ".".join(ids)
    return ("deadline" if kind == "limit" else "event"), ids[0]
