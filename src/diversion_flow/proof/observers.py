"""What is remembered of a course, and what it is that a step meets.

An occasion is put together of what each step tells by itself: which event happens by which rules,
and what holds before and after it. That an agency learns a fact is a formula over such occasions.
What time decides, whether a limit runs or a duty was missed, is left open at each step, within
bounds that the course tells: marks for what those hang on, where some question asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from ..definition import (
    ALWAYS,
    Deadline,
    Guard,
    OnFact,
    Process,
    every,
    fact,
    machine,
)
from ..definition.guard import Missed, Running, atoms
from ..definition.property import Learns, Occasion, Property, bringing
from ..runtime.clause import consent_to, over
from ..runtime.lapsing import lapses_in
from ..runtime.program import program
from .formula import FALSE, TRUE, Formula, Met, Was, both, either, no
from .reading import timed


@frozen
class Bound:
    """What the course tells of a condition that time decides: it is so wherever `least` is, and
    nowhere but where `most` is. It is asked at the moment of a step, before what that does; or
    `then`, just after it."""

    asked: Guard
    then: bool
    least: Formula
    most: Formula


Bounds = tuple[Formula, Formula]


class Marks:
    """Marks as they are added, those of a stretch forgotten where it ends."""

    def __init__(self, process: Process, asked: Property) -> None:
        self.process = process
        self.next: list[Formula] = []
        self.first: list[bool] = []
        self._met: dict[Occasion, Formula] = {}
        self._held: dict[Guard, Was] = {}
        self._came: dict[tuple[Formula, Formula], Was] = {}
        self._bounds: dict[tuple[Guard, bool], Bound] = {}
        opens, closes = asked.since_this, asked.until_this
        self.ends = FALSE if closes is None else self.met(closes)
        self.was_open: Formula = TRUE
        self.open: Formula = TRUE
        if opens is not None or closes is not None:
            begins = FALSE if opens is None else self.met(opens)
            self.was_open = mark = self.add(FALSE, first=opens is None)
            self.open = both(either(self.was_open, begins), no(self.ends))
            self.next[mark.mark] = self.open

    def met(self, occasion: Occasion) -> Formula:
        """The step, or the opening, meets the occasion."""
        if occasion not in self._met:
            self._met[occasion] = both(*self._parts(occasion))
        return self._met[occasion]

    def held(self, guard: Guard) -> Formula:
        """That a condition held before the step; nothing did before the opening. Of what time
        decides that is remembered: it may be otherwise by the moment of the next step."""
        if not any(map(timed, atoms(guard))):
            return Met(Occasion(before=guard))
        if guard not in self._held:
            mark = self._held[guard] = self.add(FALSE)
            self.next[mark.mark] = self.met(Occasion(after=guard))
        return self._held[guard]

    @property
    def standing(self) -> Mapping[int, Guard]:
        """The marks that tell where a case stands, each with what it tells."""
        held = {mark.mark: guard for guard, mark in self._held.items()}
        return {**held, **{mark.mark: ALWAYS for mark in self._came.values()}}  # it may be

    @property
    def bounds(self) -> tuple[Bound, ...]:
        """What is known of all that time decides and some occasion asks for."""
        return tuple(self._bounds.values())

    def add(self, formula: Formula, *, first: bool = False) -> Was:
        """A mark that becomes so; what stands for it before the step."""
        self.next.append(formula)
        self.first.append(first)
        return Was(len(self.next) - 1)

    def once(self, when: Formula, unless: Formula = FALSE) -> Formula:
        """A mark that is set when this is so and stays, within a stretch, until that is."""
        mark = self.add(FALSE)
        self.next[-1] = both(self.open, either(when, both(mark, no(unless))))
        return mark

    def _parts(self, occasion: Occasion) -> Iterator[Formula]:
        plain = evolve(occasion, told=(), learns=())
        if occasion.told or occasion.records:
            plain = evolve(plain, events=bringing(self.process, occasion))
            if not plain.events:
                yield FALSE
                return
        for guard, then in ((occasion.before, False), (occasion.after, True)):
            for atom in atoms(guard):
                self.bind(atom, then=then)
        yield TRUE if plain == Occasion() else Met(plain)
        for learns in occasion.learns:
            yield self._learnt(learns)

    # -- who knows what -----------------------------------------------------------------------

    def _learnt(self, learns: Learns) -> Formula:
        """The agency comes to know the fact."""
        process, recorded = self.process, Occasion(records=(learns.fact,))
        known, seen = fact(learns.fact).known(), _sight(self.process, learns)
        handing = tuple(
            f"{m.id}.{rule.id}"
            for m in process.machines
            for rule in m.transitions
            if any(
                share.to == learns.agency and learns.fact in share.facts for share in rule.shares
            )
        )
        reports = self.met(evolve(recorded, by=(learns.agency,), after=known))
        received = Met(Occasion(rules=handing, after=known)) if handing else FALSE
        if seen is None:
            return either(reports, received)
        anew = either(self.met(recorded), no(self.held(seen)))
        return either(reports, received, both(Met(Occasion(after=seen)), anew))

    # -- what time decides --------------------------------------------------------------------

    def bind(self, atom: Guard, *, then: bool) -> None:
        """What is known of a condition, if time decides it; of the day nothing is."""
        if (atom, then) in self._bounds or not isinstance(atom, Running | Missed):
            return
        self._bounds[atom, then] = Bound(atom, then, FALSE, FALSE)  # of no length: never
        limit = self.process.deadline(atom.deadline if isinstance(atom, Running) else atom.duty)
        if _length(self.process, limit) is not None:
            known = self._running if isinstance(atom, Running) else self._missed
            self._bounds[atom, then] = Bound(atom, then, *known(limit, self.held(atom), then))

    def _running(self, limit: Deadline, ran: Formula, then: bool) -> Bounds:
        """One that ends by operation of law surely runs on until that happens; of any other only
        `step` can tell."""
        sure = _lasts(self.process, limit)
        if not then:
            held: Formula = ran if sure else FALSE
            if not sure and _kept_up(self.process, limit):
                stood = self.met(Occasion(before=_where(self.process, limit)))
                held = either(held, both(self._was_begun(limit), stood))
            return both(held, no(self._lapsing())), (either(ran, held) if _steady(limit) else TRUE)
        there = both(self.met(Occasion(after=_where(self.process, limit))), self._begun(limit))
        lapse = Met(Occasion((str(limit.on_expiry),)))
        still = either(self._begins(limit), both(ran, no(lapse)))
        return both(there, still) if sure else FALSE, there

    def _missed(self, duty: Deadline, was: Formula, then: bool) -> Bounds:
        """What was missed stays so until it begins anew. It is missed where it stands, its clock
        having begun; if it ends by operation of law, by that; if it is counted back, by what is
        expected."""
        begins, late = self._begins(duty), self._late(duty, then)
        if not then:
            return was, either(was, late)
        if duty.awaited:
            return both(was, no(begins)), either(was, late)
        if duty.asked or (duty.counting.first_day_counts and not _length(self.process, duty)):
            return FALSE, either(was, late, begins)
        return both(was, no(begins)), both(either(was, late), no(begins))

    def _late(self, duty: Deadline, then: bool) -> Formula:
        """What must be so where the duty comes to be missed: by the step, or before it."""
        process, begins = self.process, self._begins(duty)
        if duty.before is not None and duty.awaited:
            judged = Occasion(duty.awaited, after=fact(duty.before.fact).known())
            since = self.since(begins, Met(Occasion(duty.awaited)))
            return both(since, Met(judged)) if then else FALSE
        stood = Occasion(before=_where(process, duty)), Occasion(after=_where(process, duty))
        there = either(*map(self.met, stood if then else stood[:1])) if _steady(duty) else TRUE
        late = both(self._was_begun(duty), there)
        if _lasts(process, duty):
            again = no(self.held(Running(duty.id))) if then else FALSE
            late = both(late, either(self._lapsing(), again))
        return late

    def _lapsing(self) -> Formula:
        """Something happens by operation of law: of limits that end at once, either may be over."""
        return Met(Occasion(tuple(program(self.process).by_law)))

    def _was_begun(self, limit: Deadline) -> Was:
        """That the clock of a limit has begun and was not ended since."""
        ended = Met(Occasion(limit.ended_by)) if limit.ended_by else FALSE
        return self.since(self._begins(limit), ended)

    def _begun(self, limit: Deadline) -> Formula:
        """The same, with the step."""
        return self.next[self._was_begun(limit).mark]

    def since(self, opens: Formula, closes: Formula) -> Was:
        """That the one has come, and not the other since."""
        if (opens, closes) not in self._came:
            mark = self._came[opens, closes] = self.add(FALSE)
            self.next[mark.mark] = either(opens, both(mark, no(closes)))
        return self._came[opens, closes]

    def _begins(self, deadline: Deadline) -> Formula:
        """What sets the clock running; a day that a fact tells may have begun at any time."""
        if isinstance(deadline.start, OnFact):
            return TRUE
        if deadline.begun_by:
            return Met(Occasion(deadline.begun_by))
        there = machine(deadline.machine).in_(*deadline.lasting)
        return both(Met(Occasion(after=there)), no(self.held(there)))


def _sight(process: Process, learns: Learns) -> Guard | None:
    """While the agency sees the fact, if it ever does."""
    asked = process.fact(learns.fact)
    if learns.agency in asked.seen_by:
        return fact(asked.id).known()
    if learns.agency in asked.seen_with_consent and process.consent is not None:
        return every(fact(asked.id).known(), consent_to(process, learns.agency))
    return None


def _where(process: Process, deadline: Deadline) -> Guard:
    """Where the limit runs, once it has begun."""
    there = machine(deadline.machine).in_(*deadline.lasting)
    begun = (fact(deadline.start.fact).known(),) if isinstance(deadline.start, OnFact) else ()
    return every(there, *begun, ~over(process), deadline.guard)


def _steady(limit: Deadline) -> bool:
    """Whether no time that passes by itself begins or suspends the limit."""
    return not any(map(timed, atoms(limit.guard)))


def _length(process: Process, limit: Deadline) -> int | None:
    """The law's own figure, None where the policy sets none."""
    return program(process).bearing.lengths[limit.id]


def _kept_up(process: Process, limit: Deadline) -> bool:
    """Whether the limit, once it has begun, runs at each step that is taken where it stands: what
    is over is ended by law before that, however often it was renewed."""
    counted = limit.dates or any(limit.length.plus) or not _length(process, limit)
    elsewhere = any(stop.machine != limit.machine for stop in limit.stops)
    return _lapses(process, limit) and _steady(limit) and not counted and not elsewhere


def _lapses(process: Process, limit: Deadline) -> bool:
    """Whether it ends by operation of law wherever it runs."""
    return limit.on_expiry is not None and lapses_in(process, limit).issuperset(limit.states)


def _lasts(process: Process, limit: Deadline) -> bool:
    """Whether no step but its end, or what ends or suspends it, leads out of a limit that runs."""
    counted = limit.asked or not _length(process, limit)
    return _lapses(process, limit) and _steady(limit) and not counted
