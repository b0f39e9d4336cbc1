"""A story told step by step: who did what, on which basis, which clock runs, what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise

from attrs import frozen

from ..definition import LAW_CHANGED, Language, Process, Text
from ..definition.wording import OVERDUE, basis_text, still_text
from ..runtime import Case, Clock, Duty
from ..runtime.journal import record
from ..runtime.names import called
from ..runtime.reasons import texts
from ..scenarios import Played, Scenario
from .console import say


@frozen
class Telling:
    """One step of a story in words."""

    number: int
    at: str
    by: str
    event: str
    origin: str
    moved: tuple[str, ...]
    basis: tuple[str, ...]
    clocks: tuple[str, ...]
    refused: tuple[str, ...]
    note: str
    problems: tuple[str, ...]


_ORIGIN = {"published": Text("公表", "published"), "filler": Text("補充", "filler")}
_ADVANCE = Text("時の経過", "time passes")
_UNTIL = Text("{0} {1}まで", "{0} until {1}")
_CHANGED = Text("法の改正: {0} → {1}", "Law changed: {0} → {1}")


def tell(played: Played, lang: Language) -> Telling:
    """The step in words."""
    step, records = played.step, played.records
    process = called(played.after.process, played.after.facts)
    return Telling(
        number=step.number,
        at=f"{played.at:%Y-%m-%d %H:%M}",
        by=_named(process, "agency", step.by, lang) if step.by else "",
        event=_named(process, "event", step.event, lang) if step.event else _ADVANCE.in_(lang),
        origin=_ORIGIN[step.origin].in_(lang),
        moved=tuple(
            line
            for then, now in pairwise((played.before, *played.cases))
            for line in _moved(then, now, lang)
        ),
        basis=tuple(dict.fromkeys(basis_text(process, b, lang) for r in records for b in r.basis)),
        clocks=()
        if played.refusal
        else (*_clocks(played.after, lang), *_breaches(played.before, played.after, lang)),
        refused=texts(played.refusal.reasons, lang) if played.refusal else (),
        note=step.note.in_(lang) if step.note else "",
        problems=tuple(problem.text(lang) for problem in played.problems),
    )


def _named(process: Process, kind: str, id: str, lang: Language) -> str:
    """A part by its label; by the id that the story gives, where the process has no such part."""
    part = process.by_id[kind].get(id)
    return part.label.in_(lang) if part else id


def _moved(then: Case, now: Case, lang: Language) -> Iterator[str]:
    entry, law, left = record(now), *(called(case.process, now.facts) for case in (now, then))
    if entry.event == LAW_CHANGED:
        yield _CHANGED.in_(lang).format(then.process.name.in_(lang), law.name.in_(lang))
    for moved in entry.moved:
        source = left.machine(moved.machine).state(moved.source).label.in_(lang)
        target = law.machine(moved.machine).state(moved.target).label.in_(lang)
        if source != target:
            yield f"{law.machine(moved.machine).label.in_(lang)}: {source} → {target}"


def _clocks(case: Case, lang: Language) -> tuple[str, ...]:
    law = called(case.process, case.facts)
    named = ((law.deadline(c.deadline.id).label.in_(lang), c) for c in case.deadlines())
    return tuple(_until(name, clock, case.at, lang) for name, clock in named)


def _until(name: str, clock: Clock, at: datetime, lang: Language) -> str:
    if clock.last is None:
        return f"{name} {still_text(clock.left, clock.renewals, lang)}"
    said = _UNTIL.in_(lang).format(name, f"{clock.last:%Y-%m-%d %H:%M}")
    return f"{said} {OVERDUE.in_(lang)}" if clock.passed(at) else said


def _breaches(then: Case, now: Case, lang: Language) -> Iterator[str]:
    """Duties that are found to be missed now, or were met too late."""
    law, known = called(now.process, now.facts), {_run(duty) for duty in then.duties()}
    for duty in now.duties():
        if duty.breached and duty.last and _run(duty) not in known:
            label = law.deadline(duty.deadline.id).label.in_(lang)
            yield _BREACH[duty.standing].in_(lang).format(label, f"{duty.last:%Y-%m-%d %H:%M}")


def _run(duty: Duty) -> tuple[str, datetime, str]:
    return duty.deadline.id, duty.started, duty.standing


_BREACH = {
    "missed": Text("期限までに果たされていない義務: {0}({1}まで)",
                   "Duty not met in time: {0}, due by {1}"),
    "late": Text("期限に遅れて果たされた義務: {0}({1}まで)",
                 "Duty met late: {0}, was due by {1}"),
}  # fmt: skip


def tell_all(scenario: Scenario, played: tuple[Played, ...], lang: Language) -> None:
    """The story in the terminal, step by step; of one that was published, what was added to it."""
    say(f"\n{scenario.id}: {scenario.title.in_(lang)}", "bold")
    if published := scenario.published.in_(lang):
        say(published)
    for step in played:
        _tell(tell(step, lang), told=bool(published))


def _tell(step: Telling, *, told: bool) -> None:
    origin = f"  [{step.origin}]" if told else ""
    say(f"\n{step.number:>2}. {step.at}  {step.by}  {step.event}{origin}", "bold")
    for text in step.moved:
        say(f"      {text}")
    for text in step.refused:
        say(f"    ✕ {text}", "red")
    if step.basis:
        say(f"      § {'; '.join(step.basis)}", "cyan")
    for text in step.clocks:
        say(f"      ■ {text}", "yellow")
    if step.note:
        say(f"      ({step.note})", "dim")
    for text in step.problems:
        say(f"    !! {text}", "bold red")
