"""A course as it is really walked: a case that has taken steps, and the marks that it has left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import evolve, field, frozen

from ..definition import DiversionFlowError, Process
from ..definition.property import Occasion
from ..runtime.asking import Asking
from ..runtime.case import Case
from ..runtime.journal import moves
from ..runtime.opening import reopened
from .formula import Leaf, Met, Was, is_so
from .watch import Watch


@frozen
class Happened:
    """One step of a story: what happened, who reported it, when (JST), what was recorded."""

    event: str
    by: str
    at: datetime
    facts: Mapping[str, object] = field(factory=dict, repr=False)


@frozen
class Story:
    """A course that `step` has walked: how the case was opened, each step, and the case then.

    Its `repr` never shows what facts say.
    """

    opened: datetime
    facts: Mapping[str, object] = field(repr=False)
    steps: tuple[Happened, ...]
    case: Case
    marks: tuple[bool, ...] = field(default=(), repr=False)
    base: Case | None = field(default=None, repr=False)  # under way as the story begins

    @property
    def events(self) -> tuple[str, ...]:
        """What happened, in order."""
        return tuple(step.event for step in self.steps)


def begun(process: Process, at: datetime, facts: Mapping[str, object], watch: Watch) -> Story:
    """A story of which nothing but the opening is told."""
    case = reopened(process, at, facts, "")

    def leaf(found: Leaf) -> bool:
        if isinstance(found, Was):
            return watch.first[found.mark]
        assert isinstance(found, Met)
        return not found.occasion.steps and Asking(case).holds(found.occasion.after)

    marks = tuple(is_so(formula, leaf) for formula in watch.next)
    return Story(at, facts, (), case, marks)


def resumed(case: Case, watch: Watch) -> Story:
    """A story that goes on from a case that is under way."""
    return Story(case.at, {}, (), case, watch.first_of(case), case)


def went_on(story: Story, told: Happened, watch: Watch) -> Story | None:
    """The story with one more step; None where that is refused."""
    try:
        case = story.case.step(told.event, by=told.by, at=told.at, facts=told.facts)
    except DiversionFlowError:  # refused, or no clock could bear what is recorded
        return None
    met: dict[Occasion, bool] = {}

    def leaf(found: Leaf) -> bool:
        if isinstance(found, Was):
            return story.marks[found.mark]
        assert isinstance(found, Met)
        if found.occasion not in met:
            met[found.occasion] = meets(found.occasion, story.case, case, told)
        return met[found.occasion]

    marks = tuple(is_so(formula, leaf) for formula in watch.next)
    return evolve(story, steps=(*story.steps, told), case=case, marks=marks)


def meets(occasion: Occasion, before: Case, after: Case, told: Happened) -> bool:
    """Whether the step from one case to the other meets the occasion."""
    if (occasion.events and told.event not in occasion.events) or (
        occasion.by and told.by not in occasion.by
    ):
        return False
    moved = moves(after) if occasion.rules or occasion.moves else ()
    if occasion.rules and not any(f"{m.machine}.{m.transition}" in occasion.rules for m in moved):
        return False
    changed = {m.machine for m in moved if m.source != m.target}
    return (
        changed.issuperset(occasion.moves)
        and told.facts.keys() >= set(occasion.records)
        and Asking(before, told.at).holds(occasion.before)
        and Asking(after).holds(occasion.after)
    )


def retold(
    story: Story, opening: Mapping[str, object], more: Mapping[int, Mapping[str, object]],
    watch: Watch,
) -> Story | None:  # fmt: skip
    """The same story with more known at the opening and recorded with some of its steps, by their
    number; None where it does not run so."""
    steps = [
        evolve(step, facts={**step.facts, **more.get(number, {})})
        for number, step in enumerate(story.steps)
    ]
    if story.base is None:
        facts = {**story.facts, **opening}
        told = through(story.case.process, story.opened, facts, steps, watch)
    else:
        told = None if opening else _onward(resumed(story.base, watch), steps, watch)
    return told if told and told.case.states == story.case.states else None


def through(
    process: Process, at: datetime, facts: Mapping[str, object], steps: Iterable[Happened],
    watch: Watch,
) -> Story | None:  # fmt: skip
    """The story that is opened so and takes these steps; None where it does not run so."""
    try:
        return _onward(begun(process, at, facts, watch), steps, watch)
    except DiversionFlowError:
        return None


def _onward(story: Story | None, steps: Iterable[Happened], watch: Watch) -> Story | None:
    for step in steps:
        story = story and went_on(story, step, watch)
    return story
