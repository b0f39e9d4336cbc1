"""A row of the table: what one event does while the machines that it asks stand as they do.

A row is shared by every configuration in which those machines stand so, however the others do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain
from typing import TYPE_CHECKING

from ..definition import Event, Transition
from .clause import clauses, period, told_anew, whole_guard
from .hoping import Hope, possible, settled
from .logic import Facts, Test
from .reasons import Code, Reason
from .rule import Objected, Rule, dated, facts_in
from .sight import Needs, Sight

if TYPE_CHECKING:
    from .case import Case
    from .clockwork import Sets
    from .program import Program, Situation

Move = tuple[int, Transition]
Rivals = tuple[int, tuple[tuple["Test | None", Move], ...]]


def landed(configuration: tuple[str, ...], moves: Iterable[Move]) -> tuple[str, ...]:
    """Where the machines stand after these moves."""
    stands = list(configuration)
    for index, transition in moves:
        stands[index] = transition.target
    return tuple(stands)


class Row:
    """Which machines the event may move, each by which rules; the home machine comes first.

    `sure` is the choice where nothing needs to be asked of the case.
    """

    __slots__ = (
        "_before", "_hopes", "_joint", "_led", "_program", "_rivals", "_stands", "alters",
        "by_law", "event", "home", "outdates", "sure", "withheld", "wrong_agency",
    )  # fmt: skip

    def __init__(self, program: Program, situation: Situation, event: str) -> None:
        self._program, self._before = program, situation.configuration
        self.event: Event = program.process.event(event)
        self.home = program.homes[event]
        self.by_law = event in program.by_law
        self.outdates, self.alters = program.outdates.get(event), self.event.alters
        moved = sorted(program.moved[event], key=lambda index: index != self.home)
        found = (program.rivals(situation, event, index) for index in moved)
        self._rivals = tuple([one for one in found if one[1] or one[0] == self.home])
        certain = all(len(moves) == 1 and moves[0][0] is None for _, moves in self._rivals)
        self.sure = 2 ** len(self._rivals) - 1 if certain else None  # of each its one move
        self._led: dict[int, tuple[tuple[Move, ...], Sets]] = {}
        self._stands: tuple[Stand, ...] | None = None
        self._joint: Hope | None = None
        # the home machine's rules that may yet hold, once facts are recorded with the event
        self._hopes: tuple[Rule, ...] | None = None if self.event.records else ()

    def enabled(self, facts: Facts, at: datetime, case: Case) -> bool:
        """Whether the event is enabled for these facts."""
        return self.sure is not None or self.choice(facts, at, case) is not None

    def choice(self, facts: Facts, at: datetime, case: Case | None) -> int | None:
        """What the event does for these facts, as a number that `led` reads: of each machine
        its move, 0 for none. None if it is not enabled."""
        choice = 0
        for index, moves in self._rivals:
            held = number = 0
            for test, _ in moves:
                number += 1
                if test is None or test(facts, at, case) is True:
                    if held:  # two at once: no legal choice
                        return None
                    held = number
            if not held and index == self.home:
                return None
            choice = choice * (number + 1) + held
        return choice

    def led(self, choice: int) -> tuple[tuple[Move, ...], Sets]:
        """The moves of a choice, and which clocks it sets by them."""
        found = self._led.get(choice)
        if found is None:
            moves = self.moves(choice)
            found = self._led[choice] = moves, self.begins(moves)
        return found

    def moves(self, choice: int) -> tuple[Move, ...]:
        """The moves of a choice."""
        found: tuple[Move, ...] = ()
        for _, moves in reversed(self._rivals):
            choice, held = divmod(choice, len(moves) + 1)
            if held:
                found = (moves[held - 1][1], *found)
        return found

    def each(self, facts: Facts, at: datetime, case: Case | None) -> tuple[Move, ...]:
        """The moves of every machine for itself, whether or not the event is enabled."""
        return tuple([held[0] for held in self._held(facts, at, case) if len(held) == 1])

    def _held(self, facts: Facts, at: datetime, case: Case | None) -> Iterator[list[Move]]:
        """Of each machine the moves that hold."""
        for _, moves in self._rivals:
            yield [m for test, m in moves if test is None or test(facts, at, case) is True]

    def begins(self, moves: tuple[Move, ...]) -> Sets:
        """Which clocks it sets by these moves."""
        before, begun = self._before, self._program.clockwork.begun
        return begun(self.event.id, moves, before, landed(before, moves))

    def hopeful(
        self, standing: Callable[[str], Situation], facts: Facts, at: datetime, case: Case
    ) -> bool:
        """Whether the event, not enabled now, may be once facts recorded with it are given;
        `standing` tells where the case stands for an event's rules."""
        hopes = self._hopes
        if hopes is None:
            event = self.event.id
            home = self._program.stand(standing(event), event, self.home)
            hopes = self._hopes = home.hopes
        return bool(hopes) and self._joined.once(
            facts, at, case, lambda: self._may(hopes, facts, at, case)
        )

    def _may(self, hopes: tuple[Rule, ...], facts: Facts, at: datetime, case: Case) -> bool:
        if self._torn(facts, at, case):  # which more may mend only where it is asked what is known
            return not self._joined.settled and self._together(facts, at, case)
        joint = bool(self._joined.brings)
        for rule in hopes:
            if rule.hopeful(facts, at, case, roughly=joint):
                return not joint or self._together(facts, at, case)
        return False

    def _together(self, facts: Facts, at: datetime, case: Case) -> bool:
        """Whether what makes each clause of a rule hold can be recorded at once: where several
        clauses ask for the same fact, what makes one of them hold may not make another."""
        brought = self._joined.open(facts)
        return bool(brought) and possible(lambda then: self.enabled(then, at, case), facts, brought)

    @property
    def _joined(self) -> Hope:
        """What may be recorded, if it matters which of it is recorded together."""
        if self._joint is None:
            process, records = self._program.process, self.event.records
            rules = [rule for _, moves in self._rivals for _, (_, rule) in moves]
            asked = [clause.guard for rule in rules for clause in clauses(process, rule)]
            periods = (dated(None, *period(process, rule)) for rule in rules)
            named = Counter(id for guard in asked for id in facts_in(guard) if id in records)
            joint = any(times > 1 for times in named.values()) or not all(map(settled, asked))
            beside = (lawful for lawful in periods if lawful)
            self._joint = Hope(process, records if joint else (), asked, told_anew(asked), beside)
        return self._joint

    def _torn(self, facts: Facts, at: datetime, case: Case) -> bool:
        """Whether some machine could go two ways."""
        return any(len(held) > 1 for held in self._held(facts, at, case))

    def stands(self, situation: Situation) -> tuple[Stand, ...]:
        """The machines that the event may move, made ready to be explained."""
        if self._stands is None:
            program, event = self._program, self.event
            moved = program.moved[event.id]
            self._stands = tuple(program.stand(situation, event.id, index) for index in moved)
            self.wrong_agency = Reason(
                Code.WRONG_AGENCY, program.process, event.id, agencies=event.by
            )
            seen_by = program.process.machines[self.home].seen_by
            self.withheld = Reason(Code.WITHHELD, program.process, event.id, agencies=seen_by)
        return self._stands


def rivals(program: Program, situation: Situation, event: str, index: int) -> Rivals:
    """One machine, and the moves that it may make, each with what it asks of the case."""
    found: list[tuple[Test | None, Move]] = []
    for transition in situation.leaving(index, event):
        guard = program.test(whole_guard(program.process, transition), situation)
        if guard is not False:
            test = None if guard is True else guard
            found.append((dated(test, *period(program.process, transition)), (index, transition)))
    return index, tuple(found)


class Stand:
    """One machine that the event may move, with its rules on it from where it stands.

    What the home machine objects to, and any that could go two ways, is a reason against the event.
    """

    __slots__ = ("_ambiguous", "_needs", "_nowhere", "home", "hopes", "machine", "rules")

    def __init__(self, program: Program, situation: Situation, event: str, index: int) -> None:
        process, state = program.process, situation.configuration[index]
        machine = process.machines[index]
        self.machine, self.home = machine.id, index == program.homes[event]
        leaving = situation.leaving(index, event)
        self.rules = tuple(Rule(program, situation, machine.id, t) for t in leaving)
        self.hopes = tuple(rule for rule in self.rules if not rule.hopeless)
        self._needs: Needs = frozenset().union(*(rule.needs for rule in self.rules))
        code = Code.FINAL_STATE if machine.state(state).final else Code.NO_TRANSITION
        self._nowhere = (Reason(code, process, event, machine.id, state),) if self.home else ()
        self._ambiguous = Reason(Code.AMBIGUOUS, process, event, machine.id, state)

    def against(self, facts: Facts, at: datetime, case: Case) -> list[list[Objected]]:
        """For each rule everything against it."""
        return [rule.against(facts, at, case) for rule in self.rules]

    def told(self, against: list[list[Objected]], seen: Sight) -> Sequence[Reason]:
        """What of it those know by themselves who see this much: what the home machine objects
        to, and a choice that the machine cannot make."""
        if self.machine not in seen.machines:
            return ()
        if not self.rules:
            return self._nowhere
        known, holding = seen.known, against.count([])
        if holding > 1 and self._needs <= known:
            return (self._ambiguous,)
        if holding or not self.home:
            return ()
        told = [[reason for reason, need in one if need <= known] for one in against]
        # else a rule is left that may hold, for all that is seen
        return [*chain.from_iterable(told)] if all(told) else ()

    def fired(self, against: list[list[Objected]], seen: Sight) -> Iterator[Rule]:
        """The rule that fires, as far as those who see this much see that no other does."""
        alone = self.home and len(self.rules) == 1
        if self.machine in seen.machines and (alone or self._needs <= seen.known):
            yield from (r for r, objected in zip(self.rules, against, strict=True) if not objected)
