"""The third layer of a comparison: who is treated differently, each kind of person once.

Exact over the guards' own thresholds: the conditions in which two processes decide otherwise are
worked out as cubes over finitely many cells, each as wide as it can be, so that none is sampled
and none is missed. Each is then replayed under both processes; of what no replay shows, it is told
where it is: nobody comes there, or that is not settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from attrs import evolve

from ..definition import LANGUAGES, Guard, Process
from ..definition.facts import Value
from ..definition.frozen import frozen
from ..definition.guard import atoms
from ..runtime import Case
from .acting import acting
from .cells import KNOWN, UNKNOWN, Cells, Cube, Demand, Question, question
from .difference import Difference, Place
from .effort import Effort
from .happening import happens
from .limits import limits
from .paths import reporter
from .people_words import Words
from .product import Goal
from .replays import Replay, Replays
from .seeing import seeing
from .ways import Group, Way, concerns, groups
from .witness import Results, Shows


class Told(NamedTuple):
    """Each kind of case that is treated differently; the places of which it takes too much effort
    to say whether there are any, and those to which no case comes that both treat alike until
    then."""

    people: tuple[Difference, ...]
    undecided: tuple[Place, ...]
    unreached: tuple[Place, ...]


def people(
    a: Process, b: Process, cells: Cells, effort: Effort, replays: Replays, *, rules: bool = True
) -> Told:
    """Whom `a` and `b` treat differently, each kind once. Without `rules`, none is told apart by
    what the rules of a machine ask: no case comes to where they are others."""
    places = _Places()
    found = _by_rules(a, b, cells.bounded(effort), replays if rules else None, places)
    for look in (acting, limits, seeing):
        for claim, made in look(a, b, cells, replays):
            if witnesses := tuple(replay.witness for replay in made if replay.witness is not None):
                found.append(evolve(claim, witnesses=witnesses))
            places.of(claim.rules or (Place("", "", ()),), made)
    words = {lang: Words(a, b, cells, lang) for lang in LANGUAGES}
    told = tuple(evolve(d, words=words) for d in found)
    return Told(told, tuple(places.undecided), tuple(places.unreached))


class _Places:
    """Where a difference is that no replay shows, each place once."""

    def __init__(self) -> None:
        self.undecided: dict[Place, None] = {}
        self.unreached: dict[Place, None] = {}

    def of(self, places: Iterable[Place], made: Sequence[Replay]) -> None:
        """What is left of a difference by its replays."""
        if not all(replay.settled for replay in made):
            self.undecided |= dict.fromkeys(places)
        elif made and all(replay.witness is None for replay in made):
            self.unreached |= dict.fromkeys(places)


def _by_rules(
    a: Process, b: Process, cells: Cells, replays: Replays | None, places: _Places
) -> list[Difference]:
    """Whom the rules of a machine on an event treat differently; nobody, without replays."""
    found: dict[object, list[Difference]] = {}
    for group in groups(a, b, cells):
        if not concerns(a, b, group):
            continue
        comparing = _Comparing(a, b, cells, group)
        candidates = cells.listed(comparing.candidates())
        if replays is None:  # no case comes there
            if candidates != []:
                places.unreached[group.place] = None
            continue
        if candidates is None:
            places.undecided[group.place] = None
            continue
        made = [*comparing.replayed(candidates, replays)]
        for claimed, shown in made:
            if shown.witness is not None:
                one = evolve(claimed, witnesses=(shown.witness,))
                key = (frozenset(one.cube.items()), group.machine, one.before, one.after, one.why,
                       comparing.outcomes)  # fmt: skip
                found.setdefault(key, []).append(one)
        places.of((group.place,), [shown for _, shown in made])
    return [_merged(alike) for alike in found.values()]


def cells_cover(cells: Cells, parts: list[Demand]) -> list[Cube]:
    """The widest cubes in which all parts are as they are to be."""
    outside = [cube for law, guard, holds in parts for cube in cells.where(law, guard, not holds)]
    return cells.primes(cells.as_demanded(*parts), outside)


@frozen(eq=False)
class _Claim:
    """A difference that is to be replayed: `where` it is to show, just there where its example
    is; `anywhere` if not there, `accepts` as a goal has it."""

    found: Difference
    where: list[Cube]
    anywhere: list[Cube]
    accepts: int | None


class _Comparing:
    """One group of rules, compared."""

    def __init__(self, a: Process, b: Process, cells: Cells, group: Group) -> None:
        self.a, self.b, self.cells, self.group = a, b, cells, group
        self.outcomes = tuple(self._decides(law) for law in (a, b))

    def _decides(self, law: Process) -> bool | None:
        """Whether the machine decides if the event happens; None for an event not known."""
        event = law.by_id["event"].get(self.group.event)
        return None if event is None else event.home == self.group.machine

    def candidates(self) -> Iterator[_Claim]:
        """Accepted by one and refused by the other, either way, or led elsewhere."""
        group = self.group
        for number in (1, 0):
            for way in group.ways[number]:
                yield from self._refused(number, way)
        for one, other in product(*group.ways):
            if one.target != other.target:
                parts = [*group.alone(self.a, 0, one), *group.alone(self.b, 1, other)]
                for cube in cells_cover(self.cells, parts):
                    yield from self._claim(one.target, other.target, cube, None, parts)

    def _refused(self, number: int, way: Way) -> Iterator[_Claim]:
        """Cases that `way` of one process accepts and the other refuses: no way of it is open, or
        more than one."""
        other, ways = (self.b, self.a)[number], self.group.ways[1 - number]
        if len(ways) == 1:  # then one condition at a time says why
            asked = set(way.asks)
            for clause in ways[0].asks:
                if clause not in asked:
                    yield from self._lacking(number, way, [(other, clause, False)], ways[0])
        else:
            refused = [(other, w.asked, False) for w in ways]
            yield from self._lacking(number, way, refused, None)
        for two in self.group.together(1 - number):
            yield from self._lacking(number, way, [(other, w.asked, True) for w in two], None)

    def _lacking(
        self, number: int, way: Way, refused: list[Demand], instead: Way | None
    ) -> Iterator[_Claim]:
        process = (self.a, self.b)[number]
        parts: list[Demand] = [*self.group.alone(process, number, way), *refused]
        cubes, why = cells_cover(self.cells, parts), None
        if instead is not None:
            why = refused[0][1]
            cubes = self._about(cubes, why, [c for c in way.asks if c not in instead.asks])
        before, after = (None, way.target) if number else (way.target, None)
        for cube in cubes:
            yield from self._claim(before, after, cube, why, parts)

    def _about(self, cubes: list[Cube], why: Guard, others: Iterable[Guard]) -> list[Cube]:
        """What the cubes say of the questions that this condition asks, and those which the
        accepting rule has in its place: without them nobody knows whom that one accepts."""
        asked = _questions(why)
        for other in others:
            asked |= also if asked & (also := _questions(other)) else set()
        seen = self.cells.lean([{q: b for q, b in c.items() if q in asked} for c in cubes])
        return self.cells.primes(seen, self.cells.rest(seen))

    def _claim(
        self, before: str | None, after: str | None, cube: Cube, why: Guard | None,
        parts: list[Demand],
    ) -> Iterator[_Claim]:  # fmt: skip
        """The difference, and where it is to be seen."""
        shown = profile(self.cells, cube)
        here = self.cells.standing(self.group.machine, self.group.states)
        where = self.cells.all_of([here], [cube], self.cells.as_demanded(*parts))
        deciding = [law for law, decides in zip((self.a, self.b), self.outcomes, strict=True)
                    if decides is False]  # fmt: skip
        for law in deciding:  # there the event happens only where its home machine lets it
            where = self.cells.all_of(where, happens(law, self.cells, self.group.event))
        found = Difference((self.group.place,), before, after, cube, shown, why, self.group.basis)
        example = self.cells.all_of(where, [self.cells.narrowed(cube, shown)])
        yield _Claim(found, example, where, self._accepting(before, after))

    def _accepting(self, before: str | None, after: str | None) -> int | None:
        """Which process lets the event happen; None where both do, if only with no effect."""
        told = zip((before, after), self.outcomes, strict=True)
        happens = [target is not None or decides is False for target, decides in told]
        return None if all(happens) else happens.index(True)

    def replayed(
        self, claims: list[_Claim], replays: Replays
    ) -> Iterator[tuple[Difference, Replay]]:
        """The claims, replayed: both processes do as each says. Where nobody can be as its example
        is, whoever else is meant becomes the example."""
        event = self.group.event
        laws = [law for law in (self.a, self.b) if event in law.by_id["event"]]
        by = reporter(event, *laws)
        if by is None:  # then it is another agency's to report, and that is told
            return
        for claim in claims:
            goal = Goal(event, by, tuple(claim.where), claim.accepts)
            shows = self._shows(claim.found, claim.found.profile)
            shown = replays.of([goal], shows, claim.found.profile)
            if shown.witness is not None or claim.anywhere == claim.where:
                yield claim.found, shown
                continue
            goal = Goal(event, by, tuple(claim.anywhere), claim.accepts)
            other = replays.of([goal], self._shows(claim.found, {}), claim.found.profile)
            yield _as_shown(claim.found, other), other

    def _shows(self, found: Difference, example: Mapping[str, Value | None]) -> Shows:
        told, machine = (found.before, found.after), self.group.machine

        def shows(results: Results, _: object) -> bool:
            stand = [None if case is None else case.states.get(machine) for case in results]
            if stand[0] == stand[1] or not all(map(self._does, results, told, self.outcomes)):
                return False
            return all(case is None or _is_like(case, example) for case in results)

        return shows

    def _does(self, result: Case | None, target: str | None, decides: bool | None) -> bool:
        """Whether that is what is told: led there; refused; or happened, and had no effect."""
        machine, states = self.group.machine, self.group.states
        if target is None and decides is not False:
            return result is None
        if result is None:
            return False
        state = result.states.get(machine)
        return state == target if target is not None else state is None or state in states


def _as_shown(found: Difference, replay: Replay) -> Difference:
    """The difference with the values of the case that shows it."""
    cases = [case for case in (replay.witness.results if replay.witness else ()) if case]
    known = {id: value for case in cases for id, value in case.facts.items()}
    return evolve(found, profile={id: known.get(id) for id in found.profile})


def _is_like(case: Case, profile: Mapping[str, Value | None]) -> bool:
    """Whether the case is the example: what the way to it records may say otherwise."""
    known, facts = case.process.by_id["fact"], case.facts
    return all(_same(facts.get(id), value) for id, value in profile.items() if id in known)


def _same(found: Value | None, wanted: Value | None) -> bool:
    if isinstance(found, frozenset) and isinstance(wanted, frozenset):
        return found >= wanted  # the example names those that count
    return found == wanted


def _questions(guard: Guard) -> set[Question]:
    asked = {q for atom in atoms(guard) if (q := question(atom)) is not None}
    return asked | {Question("fact", q.id) for q in asked if q.kind == "value"}


def _merged(alike: list[Difference]) -> Difference:
    """One difference for the same kind of case at several places."""
    return evolve(
        alike[0],
        rules=tuple(p for d in alike for p in d.rules),
        witnesses=tuple(w for d in alike for w in d.witnesses),
        basis=tuple(dict.fromkeys(x for d in alike for x in d.basis)),
    )


def profile(cells: Cells, cube: Cube) -> dict[str, Value | None]:
    """One concrete case of the cube, at the edge of what decides: fact id → value, None where
    the fact is not known."""
    found: dict[str, Value | None] = {}
    for about, bits in cube.items():
        if about.kind == "fact":
            value = cells.edge(about, bits)
            if value is not KNOWN:
                found[about.id] = None if value is UNKNOWN else value
        elif about.kind == "value" and cells.yes(bits):
            held = found.get(about.id)
            found[about.id] = (held if isinstance(held, frozenset) else frozenset()) | {about.value}
    return found
