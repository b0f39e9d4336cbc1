"""What is remembered of a course, and what it is that a step meets.

An occasion is put together of what each step tells by itself: which event happens by which rules,
and what holds before and after it. That an agency learns a fact, and that a limit runs, are
formulas over such occasions; for a limit two marks are remembered, where some question asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from ..definition import (
    ALWAYS,
    Deadline,
    Guard,
    OnEvent,
    OnFact,
    Process,
    every,
    fact,
    machine,
)
from ..definition.guard import (
    AllOf,
    AnyOf,
    Grounded,
    Missed,
    Named,
    Narrows,
    Not,
    OnWorkingDay,
    Running,
)
from ..definition.property import Learns, Occasion, Property, bringing
from ..runtime.clause import consent_to, over
from ..runtime.program import program
from .formula import FALSE, TRUE, Formula, Met, Was, both, either, no
from .reading import leaves


@frozen
class Clocked:
    """A limit for which some question asks: that its clock has begun, and that it ran."""

    begun: Was
    ran: Was


class Marks:
    """Marks as they are added, those of a stretch forgotten where it ends."""

    def __init__(self, process: Process, asked: Property) -> None:
        self.process = process
        self.next: list[Formula] = []
        self.first: list[bool] = []
        self._met: dict[Occasion, Formula] = {}
        self._held: dict[Guard, Was] = {}
        self._limits: dict[str, Clocked] = {}
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

    def held(self, guard: Guard) -> Was:
        """That a condition held before the step; nothing did before the opening."""
        if guard not in self._held:
            self._held[guard] = self.add(Met(Occasion(after=guard)))
        return self._held[guard]

    @property
    def standing(self) -> Mapping[int, Guard]:
        """The marks that tell where a case stands, each with what it tells."""
        held = {mark.mark: guard for guard, mark in self._held.items()}
        begun = {limit.begun.mark: ALWAYS for limit in self._limits.values()}  # since whenever
        ran = {limit.ran.mark: Running(id) for id, limit in self._limits.items()}
        return {**held, **begun, **ran}

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
        if clocked(occasion.before):
            yield self._holding(occasion.before, before=True)
            every_event = tuple(event.id for event in self.process.events)
            plain = evolve(plain, before=ALWAYS, events=plain.events or every_event)
        if clocked(occasion.after):
            yield self._holding(occasion.after, before=False)
            plain = evolve(plain, after=ALWAYS)
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

    # -- which limits run ---------------------------------------------------------------------

    def _holding(self, guard: Guard, *, before: bool) -> Formula:
        """A condition that asks for limits holds just before the step, or just after it."""
        match guard:
            case Running():
                limit = self._running(guard.deadline)
                return limit.ran if before else self.next[limit.ran.mark]
            case Grounded():
                return self._holding(guard.guard, before=before)
            case AllOf():
                return both(*(self._holding(part, before=before) for part in guard.guards))
            case AnyOf():
                return either(*(self._holding(part, before=before) for part in guard.guards))
            case Not() if clocked(guard):
                return no(self._holding(guard.guard, before=before))
        return Met(Occasion(before=guard) if before else Occasion(after=guard))

    def _running(self, limit: str) -> Clocked:
        """A limit whose clock is followed. One that ends by operation of law surely runs on until
        that happens; of any other only `step` can tell."""
        if limit not in self._limits:
            deadline = self.process.deadline(limit)
            begun, ran = self.add(FALSE), self.add(FALSE)
            self._limits[limit] = Clocked(begun, ran)
            begins = self._begins(deadline)
            ended = Met(Occasion(deadline.ended_by)) if deadline.ended_by else FALSE
            sure = _surely(self.process, deadline, begins, ran)
            self.next[begun.mark] = either(begins, both(begun, no(ended)))
            self.next[ran.mark] = both(
                Met(Occasion(after=_where(self.process, deadline))),
                self.next[begun.mark],
                either(sure, Met(Occasion(after=Running(limit)))),
            )
        return self._limits[limit]

    def _begins(self, deadline: Deadline) -> Formula:
        """What sets the clock running; a day that a fact tells may have begun at any time."""
        if isinstance(deadline.start, OnFact):
            return TRUE
        if isinstance(deadline.start, OnEvent):
            return Met(Occasion(deadline.start.events))
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


def _surely(process: Process, deadline: Deadline, begins: Formula, ran: Was) -> Formula:
    """That the clock begins or ran, and runs on until its end happens by operation of law."""
    if not lasts(process, deadline):
        return FALSE
    return either(begins, both(ran, no(Met(Occasion((str(deadline.on_expiry),))))))


def _where(process: Process, deadline: Deadline) -> Guard:
    """Where the limit runs, once it has begun."""
    there = machine(deadline.machine).in_(*deadline.lasting)
    return every(there, ~over(process), deadline.guard)


def followed(process: Process, atom: Guard) -> bool:
    """Whether marks tell what a condition without parts answers, be it as far as can be told."""
    if not isinstance(atom, Running):
        return timeless(atom)
    deadline = process.deadline(atom.deadline)
    opens = process.machine(deadline.machine).initial in deadline.lasting
    return all(map(timeless, leaves((deadline.guard,)))) and (not opens or lasts(process, deadline))


def timeless(atom: Guard) -> bool:
    """Whether it asks neither after a limit or the day, nor after the step itself."""
    return not isinstance(atom, OnWorkingDay | Named | Narrows | Running | Missed)


def lasts(process: Process, deadline: Deadline) -> bool:
    """Whether no step but its end, or what ends or suspends it, leads out of a limit that runs."""
    counted = deadline.asked or deadline.before is not None
    return (
        bool(deadline.on_expiry and program(process).bearing.lengths[deadline.id]) and not counted
    )


def clocked(guard: Guard) -> bool:
    """Whether it asks for a limit that runs."""
    return any(isinstance(part, Running) for part in guard.walk())
