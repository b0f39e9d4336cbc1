"""What one of two processes lets be known on after an event, where a later event asks for it: a
proof that this tells nobody apart, or two cases that it does.

A proof under each process asks whether a later event may be met by what was told before. Where it
may, the story that leads there is taken under both, until they part.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from attrs import evolve

from ..definition import (
    ALWAYS,
    DiversionFlowError,
    Guard,
    Process,
    Transition,
    any_of,
    every,
)
from ..definition import fact as of_fact
from ..definition import machine as standing
from ..definition.grouped import grouped
from ..definition.guard import Known, Narrows, Not, replaced
from ..definition.trust import trusted
from ..runtime.clause import whole_guard
from .cells import Cells
from .outdating import Lasting, outdated_once
from .product import Product
from .witness import Walker, Witness, WitnessStep

if TYPE_CHECKING:
    from ..definition import Occasion
    from ..proof.space import Memory
    from ..proof.walking import Story
    from ..proof.watch import Watch


class Later(NamedTuple):
    """What is known on after an event under one process only and may tell the two apart later:
    two cases that show it, if there are any; whether beside them anything is left open."""

    lasting: Lasting
    witness: Witness | None
    open: bool


def known_later(a: Process, b: Process, cells: Cells, some: bool = False) -> list[Later]:
    """All by which the two may be told apart later, where no search looks for it, each with the
    shortest of the cases that are found, or with `some`."""
    return cells.once("some later" if some else "later", lambda: [*_later(a, b, cells, some)])


def _later(a: Process, b: Process, cells: Cells, some: bool) -> Iterator[Later]:
    if not (once := [*outdated_once(a, b)]):
        return
    from ..proof.space import Memory  # a comparison seldom needs a proof

    memory = Memory()
    for lasting in once:
        shown = _shown_or_given(lasting) or any(_asks_what_was(lasting, law) for law in (a, b))
        met = [one for law in (a, b) for one in _met(lasting, law, memory)]
        if shown or met:
            cases = filter(None, map(_Telling(lasting, a, b, cells, memory).case, met))
            each = islice(cases, 1) if some else cases
            found = min(each, key=lambda case: len(case.steps), default=None)
            yield Later(lasting, found, open=shown or found is None)


def _shown_or_given(lasting: Lasting) -> bool:
    """Whether what was told before the event might be shown to somebody, or decide to whom all else
    is, or a limit hang on it."""
    law, told = lasting.law, lasting.fact
    rules = [t for m in law.machines for t in m.transitions]
    return (
        bool(law.consent and law.consent.recipients == told)
        or any(("fact", told) in limit.guard.mentions() for limit in law.deadlines)
        or any(told in limit.asked for limit in law.deadlines)
        or any(told in share.facts for t in rules for share in t.shares)
        or bool(law.fact(told).seen_with_consent)
    )


def _asks_what_was(lasting: Lasting, law: Process) -> bool:
    """Whether a rule on the event itself asks if the fact is known: it might hold where not; or any
    asks if what is told anew adds to it. Of neither a search is made."""
    known, narrows = Known(lasting.fact), Narrows(lasting.fact)
    rules = ((rule.event, whole_guard(law, rule)) for m in law.machines for rule in m.transitions)
    return any(
        part == narrows or (part == known and event == lasting.event.id)
        for event, guard in rules
        for part in guard.walk()
    )


class _Met(NamedTuple):
    """An event that may happen, under one process, where a rule on it asks for what was told
    before; the rules that do, with their machines."""

    law: Process
    event: str
    rules: tuple[tuple[str, Transition], ...]


def _met(lasting: Lasting, law: Process, memory: Memory) -> Iterator[_Met]:
    """Each other event of which it is not proved that it never happens there while nothing is told
    of the fact but what was told before."""
    from ..definition import Occasion
    from ..proof.proving import never

    rules_on = grouped(
        (rule.event, (home.id, rule)) for home in law.machines for rule in home.transitions
        if ("fact", lasting.fact) in whole_guard(law, rule).mentions()
    )  # fmt: skip
    for event, rules in rules_on.items():
        if event == lasting.event.id:
            continue
        there = any_of(*(standing(home).in_(*rule.sources) for home, rule in rules))
        asked = _told_before(lasting, law, Occasion(events=(event,), before=there))
        if not never(law, asked, (lasting.fact,), _EFFORT, memory):
            yield _Met(law, event, rules)


def _told_before(lasting: Lasting, law: Process, met: Occasion, was: Guard = ALWAYS) -> Watch:
    """Whether that is met while what was known at the event, and was so, is not told anew."""
    from ..definition import Occasion
    from ..proof.watch import met_since

    known = of_fact(lasting.fact).known()
    came = Occasion(events=(lasting.event.id,), before=every(known, was))
    return met_since(law, met, came, Occasion(records=(lasting.fact,)))


class _Telling:
    """Two processes of which one lets a fact be known on after an event, shown by cases."""

    def __init__(
        self, lasting: Lasting, a: Process, b: Process, cells: Cells, memory: Memory
    ) -> None:
        self.lasting, self._both, self._memory = lasting, Product(a, b, cells, []), memory

    def case(self, met: _Met) -> Witness | None:
        """A story that leads there, if it parts the two; None where none was found."""
        return next(filter(None, map(self._shown, self._stories(met))), None)

    def _stories(self, met: _Met) -> Iterator[Story]:
        """How the event comes to happen by what was told before, if that was as a rule on it asks,
        and the rule fires or another may; and if not."""
        from ..definition import Occasion
        from ..proof.proving import sought

        told = self.lasting.fact
        known = of_fact(told).known() if met.law is self.lasting.law else ALWAYS
        for home, rule in met.rules:
            wanted = _about(whole_guard(met.law, rule), told)
            where = Occasion((met.event,), before=every(standing(home).in_(*rule.sources), known))
            fires = evolve(where, rules=(f"{home}.{rule.id}",))
            for occasion, was in ((where, wanted), (where, ~wanted), (fires, wanted)):
                asked = _told_before(self.lasting, met.law, occasion, was)
                story = sought(met.law, asked, (told,), _EFFORT, _TRIES, self._memory)
                if story is not None:
                    yield story

    def _shown(self, story: Story) -> Witness | None:
        """The story under both processes, if it parts them, and because of that: the one would
        part there from itself if its event made unknown what it lets be known."""
        shown, (number, law, _, fact, _) = _walked(self._both, story), self.lasting
        if shown is None or [fact in case.facts for case in shown.cases] != [not number, number]:
            return None
        alone = _outdating(self.lasting)
        again = _walked(Product(law, alone, Cells(law, alone), []), story)
        return shown if again is not None and len(again.steps) == len(shown.steps) else None


def _about(guard: Guard, fact: str) -> Guard:
    """What a guard asks of a fact, all else taken to be as is wanted."""

    def about(atom: Guard, wanted: bool) -> Guard:
        free = ALWAYS if wanted else Not(ALWAYS)
        return atom if ("fact", fact) in atom.mentions() else free

    return replaced(guard, about)


def _walked(both: Product, story: Story) -> Witness | None:
    """The steps of a story under both processes, until they part."""
    try:
        walker = Walker(both, dict(story.facts))
    except DiversionFlowError:
        return None
    return walker.told(
        WitnessStep(step.event, step.by, walker.opened + (step.at - story.opened), step.facts)
        for step in story.steps
    )


def _outdating(lasting: Lasting) -> Process:
    """The process that lets the fact be known on, if its event made that unknown too."""
    law, event = lasting.law, lasting.event
    changed = evolve(event, outdates=(*event.outdates, lasting.fact))
    with trusted():
        return evolve(law, events=tuple(changed if e is event else e for e in law.events))


_EFFORT: Final = 300_000  # steps of each proof
_TRIES: Final = 150  # of each story
