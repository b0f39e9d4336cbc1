"""By which number a sheet is known, and on which level of detail it lies: the one page (図0), the
road (図1) and the same state by state (図1-2), a sheet of a stage (図2-3: the third stage's), of a
machine (図3-7: the seventh's), of an agency (図4-2: the second's)."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from attrs import evolve

from ...analysis.paths import course
from ...definition import Event, Language, Machine, Process, Text, Transition
from ...definition.kept import kept
from ...definition.phrasing import phrasing

Route = tuple[tuple[Machine, Transition], ...]

MANY = 4  # from so many states on, a transition is drawn once, from a note
_SEVERAL = MANY - 1  # on the usual course, from the last of them alone
STAGE = "stage."  # begins the name of a stage's sheet: stage.intake
_SHEET, _SHEETS = Text("図{0}", "sheet {0}"), Text("図{0}", "sheets {0}")
_CORNER = Text("図{0} ({1})", "sheet {0} ({1})")
PART = Text("{0} ({1}/{2})", "{0} ({1}/{2})")  # of a sheet on several papers
ON = Text("{0} (続き)", "{0} (continued)")  # above what goes on in another column
_LEVELS = (
    Text("一枚の全体図", "the whole on one page"),
    Text("通常の流れ", "the usual course"),
    Text("段階ごとの図", "one stage"),
    Text("系列ごとの図", "one track"),
    Text("機関ごとの図", "one agency"),
)


def stages_of(process: Process) -> tuple[str, ...]:
    """The stages that have a sheet, in their order: "" where a process has none."""
    return tuple(stage.id for stage in process.stages) or ("",)


def staged(process: Process, machine: Machine) -> dict[str, str]:
    """The stage of each state; one of no stage stands with the one before it."""
    found, stage = {}, stages_of(process)[0]
    for state in machine.states:
        stage = state.stage or stage
        found[state.id] = stage
    return found


def route_of(process: Process) -> Route:
    """The rules of the usual course, each with its machine: of the main route, or, where the
    process tells none, of the longest way of each machine by the acts of its road, or else of its
    main machine, to an end."""
    return kept(process, _route)


def _route(process: Process) -> Route:
    if process.main_route:
        names = (name.partition(".") for name in process.main_route)
        told = ((process.machine(machine), rule) for machine, _, rule in names)
        return tuple((machine, machine.transition(rule)) for machine, rule in told)
    acts = process.road.acts if process.road is not None else ()
    if not acts:
        main = process.machine(process.main_machine)
        return tuple((main, rule) for rule in course(main))
    events = {event for act in acts for event in act.events}
    return tuple((m, rule) for m in process.machines for rule in course(_within(m, events)))


def _within(machine: Machine, events: Container[str]) -> Machine:
    """The machine as far as these events move it."""
    return evolve(machine, transitions=tuple(t for t in machine.transitions if t.event in events))


def usual_rules(process: Process) -> frozenset[str]:
    """The same by their names, `machine.transition`."""
    return kept(process, _named)


def _named(process: Process) -> frozenset[str]:
    return frozenset(f"{machine.id}.{rule.id}" for machine, rule in route_of(process))


def usual_steps(process: Process) -> frozenset[tuple[str, str, str]]:
    """The steps of the usual course: machine, state, rule. Of the states from which a rule leads
    those to which the course has come, where these are many the last; where it has come to none,
    the first."""
    return kept(process, _steps)


def _steps(process: Process) -> frozenset[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    reached = {machine.id: {machine.initial: None} for machine in process.machines}
    for machine, rule in route_of(process):
        come = [s for s in reached[machine.id] if s in rule.sources and s != rule.target]
        sources = come if 0 < len(come) < _SEVERAL else come[-1:] or rule.sources[:1]
        found += [(machine.id, source, rule.id) for source in sources]
        reached[machine.id] |= dict.fromkeys((*sources, rule.target))
    return frozenset(found)


def stage_of(process: Process, event: Event) -> str:
    """The first stage to which an event belongs: in the usual course, if it is in it; "" for one
    of no stage."""
    order = [stage.id for stage in process.stages]
    usual = [(m, t) for m, t in route_of(process) if t.event == event.id]
    home = process.machine(event.home)
    rules = usual or [(home, t) for t in home.on(event.id)]
    found = [stage for machine, rule in rules for stage in _reached(machine, rule, order)]
    return order[min(found)] if found else ""


def _reached(machine: Machine, rule: Transition, order: list[str]) -> Iterator[int]:
    """The stage in which a rule comes about: the one it leads to, unless it begins in a later one
    (a release leads back to liberty, which is where a case begins)."""
    states = [[machine.state(s).stage for s in group] for group in (rule.sources, (rule.target,))]
    placed = [min(order.index(s) for s in group if s) for group in states if any(group)]
    yield from [max(placed)] if placed else []


def number_of(process: Process, view: str) -> str:
    """The number of a sheet: 0, 1, 2-3, 3-7, 4-2; "" for one that is known by its name only."""
    return next((number for known, number in _numbered(process) if known == view), "")


def _numbered(process: Process) -> Iterator[tuple[str, str]]:
    yield from (("one_page", "0"), ("road", "1"), ("overview", "1-2"))
    yield from ((f"{STAGE}{id}", f"2-{n}") for n, id in enumerate(stages_of(process), 1))
    yield from ((machine.id, f"3-{n}") for n, machine in enumerate(process.machines, 1))
    yield from ((agency.id, f"4-{n}") for n, agency in enumerate(process.agencies, 1))


def sheet_text(process: Process, view: str, lang: Language) -> str:
    """The sheet by its number: 図2-3 / sheet 2-3."""
    return phrasing(lang)(_SHEET, number_of(process, view))


def sheets_text(process: Process, views: Sequence[str], lang: Language) -> str:
    """Sheets by their numbers: 図2-3・3-7 / sheets 2-3, 3-7."""
    said = phrasing(lang)
    form = _SHEET if len(views) == 1 else _SHEETS
    return said(form, said.join(number_of(process, view) for view in views)) if views else ""


def corner_text(process: Process, view: str, lang: Language) -> str:
    """Number and level, as a sheet has them in its corner; "" where it has no number."""
    number, said = number_of(process, view), phrasing(lang)
    return said(_CORNER, number, said(_LEVELS[int(number[0])])) if number else ""
