"""Who learns what of a person under one law only: what an agency sees, always or on consent, when
that consent holds, and what is handed over with an event. And where a case may be left for good."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import product

from attrs import evolve

from ..definition import Process, Share, State, Transition
from ..definition.facts import Value
from ..definition.kept import kept
from ..runtime import Case
from ..runtime.clause import consent_to, rests
from ..runtime.provision import provided_to
from ..runtime.sight import covered, sight
from .cells import Cells, Cube
from .difference import Difference, Place, Seen
from .happening import events_of_both, happens, place
from .outdating import outdated_once
from .paths import reporter
from .product import Goal
from .replays import Claims, Replays
from .values import lasting, takes
from .witness import Results, Shows

Item = tuple[str, str]  # machine or fact, and its id


def seeing(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """Each such difference."""
    for look in (_sights, _outdated, _consents, _handings, _tellings, _rests):
        yield from look(a, b, cells, replays)


# -- what an agency sees --------------------------------------------------------------------------


def _sights(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """Agencies that see more or less of what both laws know, always or on the person's consent."""
    both = _known(a) & _known(b)
    agencies = dict.fromkeys(x.id for x in (*b.agencies, *a.agencies))
    for agency, consented in product(agencies, (False, True)):
        for number, law, other in ((1, b, a), (0, a, b)):
            items = (_sees(law, agency, consented) - _sees(other, agency, consented)) & both
            if consented:  # what is seen without it has been told
                items -= _sees(law, agency, False)
            if items:
                seen = Seen(agency, tuple(sorted(items)), number, consented)
                claim = Difference(
                    (), None, None, {}, _values(a, b, items), kind="sight", seen=seen
                )
                covering = [a, b] if consented else []
                where = _covering(cells, covering, agency)
                yield claim, [replays.of(where, _shown_to_one(seen), claim.profile)]


def _known(law: Process) -> set[Item]:
    return {(kind, id) for kind in ("machine", "fact") for id in law.by_id[kind]}


def _sees(law: Process, agency: str, consented: bool) -> set[Item]:
    always, on_consent = kept(law, _sights_of).get(agency, (set(), set()))
    return always | on_consent if consented else always


def _sights_of(law: Process) -> dict[str, tuple[set[Item], set[Item]]]:
    """What each agency sees always, and what on the person's consent."""
    found: dict[str, tuple[set[Item], set[Item]]] = {}
    for kind in ("machine", "fact"):
        for part in law.by_id[kind].values():
            for number, agencies in enumerate((part.seen_by, part.seen_with_consent)):
                for agency in agencies:
                    found.setdefault(agency, (set(), set()))[number].add((kind, part.id))
    return found


def _outdated(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """What agencies see on after an event under one law only, for the other makes it unknown."""
    for _, law, event, fact, by in outdated_once(a, b):
        always, on_consent = (
            [agency.id for agency in law.agencies
             if all(("fact", fact) in _sees(each, agency.id, consented) for each in (a, b))]
            for consented in (False, True)
        )  # fmt: skip
        covers: list[list[Cube]] = [[{}]] if always else []
        covers += [cells.all_of(*(cells.holds(each, consent_to(each, agency)) for each in (a, b)))
                   for agency in on_consent if agency not in always]  # fmt: skip
        happen = [happens(each, cells, event.id) for each in (a, b)]
        goals = (
            Goal(event.id, by or "", tuple(where), None, untold=frozenset((fact,)))
            for cover in (covers if by is not None else ())
            if (where := cells.all_of([cells.known(fact)], cover, *happen))
        )
        made = [replays.of([goal], _lost_in_one(fact)) for goal in goals]
        yield Difference((place(law, event),), None, None, {}, {fact: None}, basis=event.basis,
                         kind="outdated"), made  # fmt: skip


def _lost_in_one(fact: str) -> Shows:
    """Whether the fact is known in the one case only, and both are there."""
    known = _in_one(lambda case: fact in case.facts)
    return lambda cases, before: None not in cases and known(cases, before)


def _values(a: Process, b: Process, items: Iterable[Item]) -> dict[str, Value]:
    """A value for each of these facts that both laws take."""
    facts = ((a.fact(id), b.fact(id)) for kind, id in sorted(items) if kind == "fact")
    return {one.id: v for one, other in facts if takes(other, v := lasting(one))}


def _covering(cells: Cells, laws: Iterable[Process], agency: str) -> list[Goal]:
    """To stand where the person's consent covers the agency, under all of these laws."""
    where = cells.all_of(*(cells.holds(law, consent_to(law, agency)) for law in laws))
    return [Goal("", "", tuple(where), None)]


def _shown_to_one(seen: Seen) -> Shows:
    """Whether the agency sees each of these under the one law, and none under the other."""

    def shows(cases: Results, _: object) -> bool:
        one, other = (_visible(cases[i], seen.agency) for i in (seen.law, 1 - seen.law))
        return other.isdisjoint(seen.items) and one.issuperset(seen.items)

    return shows


def _visible(case: Case | None, agency: str) -> frozenset[Item]:
    if case is None or agency not in case.process.by_id["agency"]:
        return frozenset()
    seen = sight(case, agency)
    facts = (("fact", id) for id in seen.facts if id in case.facts)
    return frozenset((*facts, *(("machine", id) for id in seen.machines)))


def _consents(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """Where the person's consent holds under one law only; its ground alone makes no difference."""
    one, other = (law.consent and evolve(law.consent, basis=()) for law in (a, b))
    if one == other:
        return
    rules = [(law, law.consent) for law in (a, b) if law.consent]
    places = tuple(Place("", rule.machine, rule.states) for _, rule in rules)
    goals = [
        goal
        for law, rule in rules
        for choice in law.fact(rule.recipients).choices
        for state in rule.states
        for goal in _in_state(cells, law, rule.machine, state, choice.id)
    ]

    def shows(cases: Results, _: object) -> bool:
        one, other = (covered(case) if case else None for case in cases)
        return one != other

    yield Difference(places, None, None, {}, kind="consent"), [replays.of(goals, shows)]


def _in_state(cells: Cells, law: Process, machine: str, state: str, to: str) -> list[Goal]:
    here = [cells.standing(machine, (state,))]
    where = cells.all_of(here, cells.holds(law, consent_to(law, to)))
    return [Goal("", "", tuple(where), None)]


# -- what is handed over --------------------------------------------------------------------------


def _handings(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """What a rule that both laws have gives to an agency under one of them only."""
    both = _known(a) & _known(b)
    for machine, old, new in _of_both(a, b):
        for number, only in ((1, _only(new, old)), (0, _only(old, new))):
            for to, handed in only.items():
                facts = handed - _seen_anyway(a, b, to, (new if number else old).shares)
                if not facts:
                    continue
                seen = Seen(to, tuple(("fact", id) for id in sorted(facts)), number)
                place = Place(new.event, machine, new.sources)
                values = _values(a, b, both.intersection(seen.items))
                claim = Difference((place,), None, None, {}, values, basis=new.basis,
                                   kind="sight", seen=seen)  # fmt: skip
                goals = _fires(a, b, cells, machine, old, new)
                yield claim, [replays.of(goals, _given_by_one(seen), values)]


def _of_both(a: Process, b: Process) -> Iterator[tuple[str, Transition, Transition]]:
    for machine in b.machines:
        if machine.id in a.by_id["machine"]:
            known = {t.id: t for t in a.machine(machine.id).transitions}
            yield from ((machine.id, known[t.id], t) for t in machine.transitions if t.id in known)


def _only(mine: Transition, theirs: Transition) -> dict[str, set[str]]:
    """The facts that this rule hands to each agency, and the other does not."""
    given = [_given(rule.shares) for rule in (mine, theirs)]
    return {to: only for to, facts in given[0].items() if (only := facts - given[1].get(to, set()))}


def _seen_anyway(a: Process, b: Process, to: str, shares: Iterable[Share]) -> set[str]:
    """Facts that are handed over on consent alone, to one who sees them on it under both laws."""
    both = _sees(a, to, True) & _sees(b, to, True)
    mine = [share for share in shares if share.to == to]
    given = _given(share for share in mine if share.exception is None).get(to, set())
    on_a_ground = _given(share for share in mine if share.exception is not None).get(to, set())
    return {id for id in given - on_a_ground if ("fact", id) in both}


def _given(shares: Iterable[Share]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for share in shares:
        found.setdefault(share.to, set()).update(share.facts)
    return found


def _fires(
    a: Process, b: Process, cells: Cells, machine: str, old: Transition, new: Transition
) -> list[Goal]:
    """The step with which the rule fires under both laws."""
    by = reporter(new.event, a, b) if new.event == old.event else None
    if by is None:
        return []
    where: list[Cube] = [{}]
    for law, rule in ((a, old), (b, new)):
        where = cells.all_of(where, cells.fires(law, law.machine(machine), rule),
                             happens(law, cells, rule.event))  # fmt: skip
    return [Goal(new.event, by, tuple(where), None)]


def _given_by_one(seen: Seen) -> Shows:
    """Whether the agency comes to know each of these with the step under the one law, and none
    under the other."""

    def shows(cases: Results, _: object) -> bool:
        one, other = (_known_by(cases[i], seen) for i in (seen.law, 1 - seen.law))
        return None not in cases and one.issuperset(seen.items) and not other

    return shows


def _known_by(case: Case | None, seen: Seen) -> set[Item]:
    """What of these it comes to know with the latest step: facts, or, told of it, the event."""
    found = provided_to(case, seen.agency) if case else ()
    return {item for item in seen.items for p in found
            if (p.told if item[0] == "event" else item[1] in p.facts)}  # fmt: skip


# -- who is told ----------------------------------------------------------------------------------


def _tellings(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """Of what an agency is told under one law only, though it happens under both."""
    for old, event in events_of_both(a, b):
        told = [{each.to: each for each in one.told} for one in (old, event)]
        for to in sorted(told[0].keys() ^ told[1].keys()):
            number = int(to in told[1])
            seen = Seen(to, (("event", event.id),), number)
            claim = Difference((place(b, event),), None, None, {},
                               basis=told[number][to].basis, kind="sight", seen=seen)  # fmt: skip
            goals = _both_happen(a, b, cells, event.id)
            yield claim, [replays.of(goals, _given_by_one(seen))]


def _both_happen(a: Process, b: Process, cells: Cells, event: str) -> Iterator[Goal]:
    by = reporter(event, a, b)
    if by is not None:
        where = cells.all_of(*(happens(law, cells, event) for law in (a, b)))
        yield Goal(event, by, tuple(where), None)


# -- where a case may be left ---------------------------------------------------------------------


def _rests(a: Process, b: Process, cells: Cells, replays: Replays) -> Claims:
    """States in which a case counts as closed under one law only."""
    resting = [rests(law) for law in (a, b)]
    for machine, state, going in _states_known(a, b):
        named = any(machine in states for states in resting)
        at_rest = [named and _at_rest(states, machine, state.id) for states in resting]
        if going or at_rest[0] != at_rest[1]:
            others = {} if going else resting[at_rest.index(True)]  # where the case is closed
            here = {**others, machine: (state.id,)}
            there = cells.all_of(*([cells.standing(*each)] for each in here.items()))
            claim = Difference((Place("", machine, (state.id,)),), None, None, {},
                               basis=state.basis, kind="rest")  # fmt: skip
            made = [replays.of([Goal("", "", tuple(there), None)], _closed_by_one)]
            if going:
                goals = _lasting(going, cells, there)
                made += (replays.of([goal], _lasts_in_one) for goal in goals)
            # Of a track of one law, it is told of its events where nobody comes.
            new = any(machine not in law.by_id["machine"] for law in (a, b))
            if not new or any(replay.witness or not replay.settled for replay in made):
                yield claim, made


def _states_known(a: Process, b: Process) -> Iterator[tuple[str, State, Process | None]]:
    """The states of each machine, such as both know where both have it: with the machine, and the
    law under which the case goes on there though it ends under the other."""
    for id in dict.fromkeys(machine.id for law in (b, a) for machine in law.machines):
        having = [law for law in (b, a) if id in law.by_id["machine"]]
        for state in having[0].machine(id).states:
            known = [s for law in having for s in law.machine(id).states if s.id == state.id]
            if len(known) == len(having):
                ending = [law for law, s in zip(having, known, strict=True) if s.ends_case]
                going = (b if ending[0] is a else a) if len(ending) == 1 else None
                yield id, state, going


def _at_rest(resting: Mapping[str, tuple[str, ...]], machine: str, state: str) -> bool:
    """Whether a case may be left with the machine there: one that names no state of rest keeps
    none open, where another does; where none does, no case is ever closed."""
    return bool(resting) and state in resting.get(machine, (state,))


def _lasting(law: Process, cells: Cells, here: list[Cube]) -> Iterator[Goal]:
    """To stand there while a limit runs, each limit in turn."""
    for limit in law.deadlines:
        there, running = cells.standing(limit.machine, limit.lasting), cells.running(limit.id)
        where = cells.all_of(here, [there], [running], cells.holds(law, limit.guard))
        yield Goal("", "", tuple(where), None)


def _in_one(holds: Callable[[Case], bool]) -> Shows:
    """Whether that holds of the one case only."""

    def shows(cases: Results, _: object) -> bool:
        one, other = (case is not None and holds(case) for case in cases)
        return one is not other

    return shows


_closed_by_one = _in_one(lambda case: case.closed)
# Limits run in the one case, and have ended with the other.
_lasts_in_one = _in_one(lambda case: bool(case.deadlines()))
