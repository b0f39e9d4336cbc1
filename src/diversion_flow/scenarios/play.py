"""Playing a story through its process, noting where it goes otherwise than it says."""

from __future__ import annotations

import os
from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from pathlib import Path

from attrs import evolve, frozen

from ..definition import (
    LANGUAGES,
    DiversionFlowError,
    History,
    Language,
    LoadError,
    Process,
    Text,
    UnknownId,
)
from ..definition.arguments import argument
from ..definition.files.data_file import ENDINGS
from ..definition.files.serial import load_process
from ..definition.files.transitional_file import load_transitional
from ..definition.history import of_day
from ..processes import history, in_force, names
from ..runtime import Case, Explanation, Reason, Record, Refused
from ..runtime.calendar import moment
from ..runtime.journal import record
from ..runtime.lapsing import reached
from ..runtime.sight import sight
from .form import NOT_OWED
from .model import Attempt, Expected, Law, Opening, Scenario, Step, Where, placed, steps_under
from .moments import dated, moment_of
from .open_tests import open_tests


@frozen
class Problem:
    """Where the story and the process part: what was expected and what happened."""

    step: int
    expected: Text
    found: Text

    def text(self, lang: Language = "en") -> str:
        """Where, what was expected and what was found, in one line."""
        sentence = Text("{0} 段階目: 期待 {1}、結果 {2}", "step {0}: expected {1}, found {2}")
        return sentence.in_(lang).format(self.step, self.expected.in_(lang), self.found.in_(lang))

    def __str__(self) -> str:
        return self.text()


@frozen
class Played:
    """One step as it went: the case after it, or why it was refused."""

    step: Step
    before: Case
    after: Case
    refusal: Explanation | None
    problems: tuple[Problem, ...]

    @property
    def at(self) -> datetime:
        """When it was to happen."""
        return moment_of(self.step.at, self.before.at)

    @property
    def cases(self) -> tuple[Case, ...]:
        """The case after each entry that was written in the journal."""
        new = sum(1 for _ in self.after.snapshots()) - sum(1 for _ in self.before.snapshots())
        return tuple(reversed([*islice(self.after.snapshots(), new)]))

    @property
    def records(self) -> tuple[Record, ...]:
        """What was written in the journal."""
        return tuple(map(record, self.cases))


def law_of(scenario: Scenario, law: Law) -> Process:
    """The process under which a story is told; a variant file is looked for beside the story."""
    argument("scenario", scenario, Scenario)
    argument("law", law, Law)
    from ..definition.files.variant_file import load_variant

    process = base_of(scenario, law)
    for name in law.variant.split("+") if law.variant else ():
        process = load_variant(Path(scenario.file).parent / name).apply(process)
    return process


def base_of(scenario: Scenario, law: Law) -> Process:
    """The law of the day and place, without variant files. The process is a shipped one, or a
    definition file: named, or lying beside the story under the process's id."""
    try:
        if (own := _own(scenario)) is None:
            return in_force(scenario.process, on=law.on, place=law.place)
        return _of_day(load_process(own), law)
    except LoadError as error:
        if error.code != "cannot_read":
            raise
        raise placed(scenario.where, error, "process") from None
    except DiversionFlowError as error:
        about = getattr(error, "kind", "on")
        raise placed((scenario if about == "process" else law).where, error, about) from None


def before(scenario: Scenario, law: Law) -> Process:
    """The law that the story's variant files are put on; without such, that of no place."""
    return base_of(scenario, law if law.variant else evolve(law, place=None))


def _own(scenario: Scenario) -> Path | None:
    """The definition file of a process that is not shipped."""
    folder, name = Path(scenario.file).parent, scenario.process
    if Path(name).suffix.lower() in ENDINGS:
        return folder / name
    beside = (folder / f"{name}{ending}" for ending in ENDINGS) if name not in names() else ()
    return next((file for file in beside if os.path.isfile(file)), None)


def _of_day(process: Process, law: Law) -> Process:
    if law.place is not None:
        raise UnknownId("place", law.place, ())
    return of_day(process, law.on)


def play(
    scenario: Scenario, process: Process | History | None = None, law: Law | None = None
) -> tuple[Played, ...]:
    """Every step of the story, in order; under the story's own law unless another is given.

    `law` tells which expectations hold where a step has several, and from which day on moments
    such as "+2d 10:00" count; without it, it is the first of the story's laws, of a given process
    the first of a day on which that is in force. To play it under each:
    `for law in story.laws: play(story, law=law)`. On a history the cases cross each change of law
    by themselves.
    """
    return tuple(playing(scenario, process, law))


def playing(
    scenario: Scenario, process: Process | History | None = None, law: Law | None = None
) -> Iterator[Played]:
    """The steps one by one, so that a caller can stop at the first that goes otherwise."""
    argument("scenario", scenario, Scenario)
    argument("process", process, Process, History, type(None))
    argument("law", law, Law, type(None))
    law = law or law_for(scenario, process)
    process = course_of(scenario, law, process)
    cases = {o.case: opened(process, o, law.on) for o in scenario.openings}
    ends = {o.case: o.ends for o in scenario.openings}
    steps = steps_under(scenario, law)
    last = {step.case: step.number for step in steps}
    unknown = 0
    for step in steps:
        if step.case not in cases:
            raise placed(step.where, UnknownId("case", step.case, cases), "case")
        result = played(step, cases[step.case], law)
        unknown += sum(problem.expected in (_KNOWN, _WORD) for problem in result.problems)
        if unknown > _MOST_UNKNOWN:
            lost = DiversionFlowError("story_lost", most=_MOST_UNKNOWN)
            raise placed(scenario.where, lost, "process")
        cases[step.case] = result.after
        if step.number == last[step.case]:
            ended = tuple(_ended(step.number, ends[step.case], result.after))
            result = evolve(result, problems=(*result.problems, *ended))
        yield result


def going(steps: Iterable[Step], case: Case, law: Law) -> Iterator[Step]:
    """The steps as far as they go as they say, each with those of its days and of what is tried
    that come out so, too."""
    for step in steps:
        bare = evolve(step, expected=evolve(step.expected, deadlines={}), attempts=())
        if (went := played(bare, case, law)).problems:
            if step.expected.refused and went.refusal is not None:
                continue  # nothing came of it, as in the story
            return
        case = went.after
        days = {id: day for id, day in step.expected.deadlines.items()
                if not any(_deadlines(Expected(deadlines={id: day}), case, None))}  # fmt: skip
        tried = (a for a in step.attempts if not any(_attempted(step.number, a, case)))
        yield evolve(step, expected=evolve(step.expected, deadlines=days), attempts=tuple(tried))


def law_for(scenario: Scenario, process: Process | History | None) -> Law:
    """Of the story's laws that of a day on which the given process is in force; the first where
    none is."""
    if isinstance(process, Process):
        since, until = process.since or date.min, process.until or date.max
        for law in scenario.laws:
            if since <= law.on <= until:
                return law
    return scenario.laws[0]


def course_of(
    scenario: Scenario, law: Law, process: Process | History | None = None
) -> Process | History:
    """What the cases are opened on: where the story crosses, the shipped history, with the given
    process in the place of its own version, and with the transitional rules of its file."""
    process = process or law_of(scenario, law)
    if not law.crosses or isinstance(process, History):
        return process
    try:
        own = _own(scenario) is not None  # a definition of one's own is of one version
        whole = History((process,), ()) if own else history(scenario.process, law.place)
        if law.transitional is not None:
            file = Path(scenario.file).parent / law.transitional
            whole = load_transitional(file).apply(whole)
    except LoadError:  # it says where in its own file
        raise
    except DiversionFlowError as error:
        about = "crosses" if law.transitional is None else "transitional"
        raise placed(law.where, error, about) from None
    number = whole.number(law.on)
    if whole.versions[number] == process:
        return whole
    versions = list(whole.versions)
    versions[number] = evolve(process, since=versions[number].since, until=versions[number].until)
    return History(tuple(versions), whole.amendments)


def _ended(number: int, ends: str | None, case: Case) -> Iterator[Problem]:
    """Whether the case stands at the end as the story says."""
    if ends is not None and (ends == "closed") is not case.closed:
        yield Problem(number, _ENDS[ends == "closed"], _ENDS[case.closed])


_ENDS = {
    True: Text("終結した事件", "a case closed"),
    False: Text("未終結の事件", "a case left open"),
}


def opened(process: Process | History, opening: Opening, on: date) -> Case:
    """The case of a story as it opens."""
    at = dated(opening.at, on)
    try:
        if not (opening.states or opening.since or opening.reason):
            return process.open(at=at, facts=opening.facts, id=opening.case)
        return process.open(
            at=at, facts=opening.facts, id=opening.case, states=opening.states,
            since={id: dated(word, on) for id, word in opening.since.items()},
            reason=opening.reason,
        )  # fmt: skip
    except DiversionFlowError as error:
        raise placed(opening.where, error, _part_of(opening, error)) from None


def _part_of(opening: Opening, error: DiversionFlowError) -> str:
    """Which field of an opening an error speaks of."""
    kind = getattr(error, "kind", "")
    if kind == "event" or error.code == "midway_after" or error.values.get("name") == "since":
        return "since"
    if kind in ("machine", "state") or error.code.startswith("midway"):
        return "states" if opening.states else "since"
    return _fact_of(error)


def _fact_of(error: DiversionFlowError) -> str:
    """The fact of whose value an error speaks, as a field; all of them where it names none."""
    return ".".join(filter(None, ("facts", dict(error.at).get("fact"))))


def played(step: Step, before: Case, law: Law) -> Played:
    """The step as it goes from there, held against what it says."""
    after, refusal = before, None
    try:
        after = _moved(step, before, moment_of(step.at, before.at))
    except Refused as refused:
        refusal = refused.whole
    except DiversionFlowError as error:  # a word that this process does not know
        problem = Problem(step.number, _KNOWN, _unknown(step.where, error))
        return Played(step, before, before, None, (problem,))
    problems = (
        *_problems(step.number, step.expects(law.id), after, refusal),
        *(p for tried in step.attempts for p in _attempted(step.number, tried, after)),
    )
    return Played(step, before, after, refusal, problems)


def _moved(step: Step, case: Case, at: datetime) -> Case:
    if step.event is None or step.by is None:
        return reached(case, at)
    if (changed := case.law_changes) is not None and changed <= at:  # as often as it must
        return _moved(step, case.advance(to=changed), at)
    return case.step(step.event, by=step.by, at=at, facts=step.facts)


def _attempted(number: int, tried: Attempt, case: Case) -> Iterator[Problem]:
    after, refusal = case, None
    at = case.at if tried.at is None else moment_of(tried.at, case.at)
    try:
        after = case.step(tried.event, by=tried.by, at=at, facts=tried.facts)
    except Refused as refused:
        refusal = refused.whole
    except DiversionFlowError as error:
        yield Problem(number, _tried(tried, _KNOWN), _unknown(tried.expected.where, error))
        return
    for problem in _problems(number, tried.expected, after, refusal):
        yield Problem(number, _tried(tried, problem.expected), problem.found)


def _tried(tried: Attempt, expected: Text) -> Text:
    return Text(
        f"ここで{tried.by}が{tried.event}を試みると: {expected.ja}",
        f"{tried.event} by {tried.by}, tried here, to be: {expected.en}",
    )


_MOST_UNKNOWN = 100  # then the story is one of another process
_KNOWN = Text(
    "この過程が知る語(ほかの法だけのものは only に書く)",
    "a step that this process knows (name in `only` the laws that alone have it)",
)


def _unknown(where: Where | None, error: DiversionFlowError) -> Text:
    """What is done or tried says a word that this process does not know, or a value that it does
    not take."""
    about = {"event": "event", "agency": "by"}.get(getattr(error, "kind", ""), _fact_of(error))
    return _said(placed(where, error, about))


def _said(error: DiversionFlowError) -> Text:
    return Text(*(error.text(lang) for lang in LANGUAGES))


def _as_is(text: str) -> Text:
    """Words that are the same in both languages: ids, states, days."""
    return Text(text, text)


# -- what is expected -------------------------------------------------------------------------


def _problems(
    number: int, expected: Expected, case: Case, refusal: Explanation | None
) -> Iterator[Problem]:
    for about, unknown in _unknown_words(expected, case.process):
        yield Problem(number, _WORD, _said(placed(expected.where, unknown, about)))
        return
    for question in _QUESTIONS:
        for wanted, found in question(expected, case, refusal):
            yield Problem(number, wanted, found)


_WORD = Text("この過程の語", "words of this process")


def _unknown_words(expected: Expected, process: Process) -> Iterator[tuple[str, UnknownId]]:
    """What nobody could ever see, do or run, or stand in: expected in vain, or hidden for ever;
    each with its field."""
    parts, seen = process.by_id, (SEEABLE, seeable(process))
    event, deadline, agency = ((kind, parts[kind]) for kind in ("event", "deadline", "agency"))
    asked: list[tuple[str, Iterable[str], tuple[str | tuple[str, ...], Mapping[str, object]]]] = []
    for key, what in (("owed", deadline), ("sees", seen), ("hidden", seen), ("possible", event)):
        for who, ids in getattr(expected, key).items():
            asked += [(f"{key}.{who}", (who,), agency), (f"{key}.{who}", ids, what)]
    for key in ("deadlines", "duties"):
        asked += [(f"{key}.{id}", (id,), deadline) for id in getattr(expected, key)]
    for about, ids, (kind, known) in asked:
        yield from ((about, UnknownId(kind, id, known)) for id in ids if id not in known)
    for machine, state in expected.states.items():
        try:
            process.machine(machine).state(state)
        except UnknownId as unknown:
            yield f"states.{machine}", unknown


Found = Iterator[tuple[Text, Text]]


def _refusal(expected: Expected, case: Case, refusal: Explanation | None) -> Found:
    codes = {r.code.value for r in refusal.reasons} if refusal else set()
    if codes != set(expected.refused):
        wanted = sorted(expected.refused)
        yield (
            Text(f"拒否 {wanted}", f"refused {wanted}") if wanted else _ACCEPTED,
            Text(*(f"{sorted(codes)}: {refusal.text(lang)}" for lang in LANGUAGES))
            if refusal
            else _ACCEPTED,
        )


_ACCEPTED = Text("受理", "accepted")


def _reasons(expected: Expected, case: Case, refusal: Explanation | None) -> Found:
    reasons = refusal.reasons if refusal else ()
    for what, wanted in expected.because.items() if reasons else ():
        named = sorted({id for reason in reasons for id in _NAMED[what](reason)})
        if set(wanted) != set(named):
            reason = Text(
                f"拒否の理由({what}) {sorted(wanted)}",
                f"refused because of {what} {sorted(wanted)}",
            )
            yield reason, _as_is(str(named))


_NAMED: Mapping[str, Callable[[Reason], tuple[str, ...]]] = {
    "facts": lambda r: r.facts,
    "agencies": lambda r: r.agencies,
    "transitions": lambda r: (r.transition,) if r.transition else (),
    "deadlines": lambda r: (r.deadline,) if r.deadline else (),
}


def _states(expected: Expected, case: Case, refusal: Explanation | None) -> Found:
    for machine, state in expected.states.items():
        found = case.states[machine]
        if found != state:
            yield _as_is(f"{machine}={state}"), _as_is(found)


def _deadlines(expected: Expected, case: Case, refusal: Explanation | None) -> Found:
    if not expected.deadlines:
        return
    running = {c.deadline.id: c for c in case.deadlines()}
    for id, limit in expected.deadlines.items():
        clock = running.get(id)
        exact = isinstance(limit, datetime)
        found = None if clock is None else clock.last if exact else clock.last_day
        wanted = moment(limit) if isinstance(limit, datetime) else limit
        if found != wanted:
            yield (
                _until(id, limit),
                _as_is(str(found)) if found else _not_running(", ".join(running)),
            )


def _until(id: str, limit: date | datetime | None) -> Text:
    if limit is None:
        return Text(f"{id}は進行していない", f"{id} not running")
    return Text(f"{id}の期限 {limit}", f"{id} until {limit}")


def _not_running(others: str) -> Text:
    return Text(
        f"進行していない。進行中: {others or 'なし'}",
        f"not running; running: {others or 'none'}",
    )


def _duties(expected: Expected, case: Case, refusal: Explanation | None) -> Found:
    if not expected.duties:
        return
    standing = {duty.deadline.id: duty.standing for duty in case.duties()}  # the latest counts
    for id, wanted in expected.duties.items():
        found = standing.get(id, NOT_OWED)
        if found != wanted:
            yield _as_is(f"{id}: {wanted}"), _as_is(found)


def _owed(expected: Expected, case: Case, refusal: Explanation | None) -> Found:
    if not expected.owed:
        return
    unmet = [duty for duty in case.duties() if duty.met is None]
    for agency, wanted in expected.owed.items():
        found = sorted({duty.deadline.id for duty in unmet if agency in duty.owed_to})
        if found != sorted(set(wanted)):
            yield _owing(agency, wanted), _owing(agency, found)


def _owing(agency: str, ids: Iterable[str]) -> Text:
    listed = sorted(set(ids))
    return Text(f"{agency}に対する義務 {listed}", f"owed to {agency} {listed}")


def _seen(expected: Expected, case: Case, refusal: Explanation | None) -> Found:
    for agency, wanted in expected.sees.items():
        shown = visible(case, agency, wanted)
        for id in wanted:
            if id not in shown:
                yield Text(f"{agency}に{id}が見える", f"{agency} sees {id}"), _WITHHELD
    for agency, unwanted in expected.hidden.items():
        shown = visible(case, agency, unwanted)
        for id in unwanted:
            if id in shown:
                yield Text(f"{agency}に{id}が見えない", f"{id} hidden from {agency}"), _SHOWN


_WITHHELD, _SHOWN = Text("伏せられている", "it is withheld"), Text("見えている", "it is shown")


SEEABLE = ("fact", "machine", "event", "deadline")


def seeable(process: Process) -> Mapping[str, object]:
    """What an agency may see, or may not, by its id."""
    return ChainMap(*(process.by_id[kind] for kind in SEEABLE))


def visible(case: Case, agency: str, asked: Iterable[str]) -> frozenset[str]:
    """Facts and machines; where an event or a limit is asked about also what the agency has seen
    or was told of the past, and what runs and is owed: a view is as long as the case."""
    seen, known = sight(case, agency), case.process.by_id
    shown = seen.facts | seen.machines
    if any(id in known["event"] or id in known["deadline"] for id in asked):
        view = case.view(agency)
        shown = shown.union(
            (record.event for record in view.journal),
            (clock.deadline.id for clock in view.deadlines),
            (duty.deadline.id for duty in view.duties),
            view.undated,
        )
    return shown


def _open(expected: Expected, case: Case, refusal: Explanation | None) -> Found:
    for agency, wanted in expected.possible.items():
        found = case.possible(agency)
        if missing := sorted(set(wanted) - set(found)):
            can = Text(f"{agency}に可能: {missing}", f"possible for {agency}: {missing}")
            yield can, _IMPOSSIBLE
        if extra := sorted(set(found) - set(wanted)):
            cannot = Text(f"{agency}に不可能: {extra}", f"not possible for {agency}: {extra}")
            yield cannot, _POSSIBLE


_POSSIBLE, _IMPOSSIBLE = Text("可能", "possible"), Text("不可能", "not possible")


_QUESTIONS: tuple[Callable[[Expected, Case, Explanation | None], Found], ...] = (
    _refusal,
    _reasons,
    _states,
    _deadlines,
    _duties,
    _owed,
    _seen,
    _open,
    lambda expected, case, _: open_tests(expected, case),
)


def passes(scenario: Scenario, process: Process, law: Law | None = None) -> bool:
    """Whether the story goes under this process as it says; not under one that lacks what it
    speaks of."""
    try:
        return not any(step.problems for step in playing(scenario, process, law))
    except DiversionFlowError:
        return False
