"""Runs scenarios against mutants of the policy and tells which mistakes no scenario notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from attrs import evolve, field, frozen

from .. import processes
from ..analysis import Comparison, compare
from ..analysis.behaviour import Near
from ..definition import DefinitionError, DiversionFlowError, Language, Process, Text
from ..definition.arguments import argument, each, number_of
from ..definition.kept import kept, kept_each
from ..definition.process import brought_about
from ..runtime import Case
from ..runtime.clause import around, whole_guard
from ..runtime.clocks import none_lapsed
from ..runtime.crossing import put_under
from ..runtime.journal import moves
from ..runtime.observing import Attempted, observing
from ..runtime.program import program
from ..scenarios import Attempt, Expected, Law, Played, Scenario, Step, shipped, story_names
from ..scenarios.model import steps_under
from ..scenarios.moments import iso, moment_of
from ..scenarios.play import law_for, opened, passes, played, playing
from .mutation import Mutant, mutants
from .reaching import never_matters

Test = Callable[[Process], bool]  # whether the test passes under this process
EFFORT = 3_000  # nodes that a comparison looks at for each mistake that none notices
MOST = 30  # survivors that a text tells of


@frozen
class PolicyTest:
    """A test of the policy: its name, the events that it is about, how to run it, and the rules
    that cases take in it, where they are known: it is asked first of mistakes in those."""

    name: str
    events: frozenset[str]
    passes: Test = field(repr=False)
    rules: frozenset[str] = field(default=frozenset(), eq=False, repr=False)


@frozen
class Survivor:
    """A mistake that no test notices, and how it shows."""

    mutant: Mutant
    process: Process = field(repr=False)
    mutated: Process = field(repr=False)

    def comparison(self) -> Comparison:
        """What the mistake changes, and for whom."""
        return compare(self.process, self.mutated, effort=EFFORT)

    def text(self, lang: Language = "en") -> str:
        """What no test notices, and a case with which one would."""
        found = self.comparison()
        said = _SURVIVED.in_(lang).format(self.mutant.said.in_(lang))
        people = [d.text(lang) for d in found.people[:1]]
        return "\n".join([said, *(f"  {line}" for line in (*people, *_witness(found, lang)))])


def _witness(found: Comparison, lang: Language) -> list[str]:
    witness = found.behaviour.witness
    if witness is None:
        return []
    path = " → ".join(found.a.event(s.event).label.in_(lang) for s in witness.steps)
    return [_TRY.in_(lang).format(path)]


_SURVIVED = Text("次の誤りに気付くテストがありません — {0}", "no test of yours notices that {0}")
_MORE = Text("ほか {0} 件", "... and {0} more")
_TRY = Text("例えば: {0}", "for example: {0}")


@frozen
class Kills:
    """How many mistakes the tests notice. Equivalent ones make no difference (proved) and are
    not counted; of `unsettled` ones it is not known whether they make any."""

    killed: tuple[tuple[Mutant, str], ...]
    survivors: tuple[Survivor, ...]
    equivalent: tuple[Mutant, ...]
    unsettled: tuple[Mutant, ...]

    @property
    def score(self) -> float:
        """The share of the mistakes that tests notice, from 0 to 1."""
        counted = len(self.killed) + len(self.survivors) + len(self.unsettled)
        return len(self.killed) / counted if counted else 1.0

    def text(self, lang: Language = "en", most: int = MOST) -> str:
        """The score and the survivors, up to so many."""
        number_of("most", most)
        words = _SCORE.in_(lang).format(
            killed=len(self.killed), survived=len(self.survivors),
            equivalent=len(self.equivalent), unsettled=len(self.unsettled), score=self.score,
        )  # fmt: skip
        lines = [words, *(s.text(lang) for s in self.survivors[:most])]
        if len(self.survivors) > most:
            lines.append(_MORE.in_(lang).format(len(self.survivors) - most))
        return "\n".join(lines)


_SCORE = Text(
    "変異 {killed} 件を検出、{survived} 件を見逃し(検出率 {score:.1%})。"
    "同値 {equivalent} 件、未決 {unsettled} 件",
    "{killed} mutants killed, {survived} survived ({score:.1%}); {equivalent} equivalent, "
    "{unsettled} unsettled",
)


class _Asked(NamedTuple):
    """All that a mistake is about: events (None: that time passes), where a machine stands in one
    of these states. Of a limit also all that comes `after` its machine stood there, or one of the
    events happened that begin or end it."""

    events: frozenset[str | None]
    machine: str = ""
    states: tuple[str, ...] = ()
    after: frozenset[str] | None = None

    def met(self, step: Step, before: Case) -> bool:
        """Whether the mistake is met there."""
        if step.event not in self.events:
            return False
        return step.event is None or before.state(self.machine) in self.states

    def begins(self, went: Played) -> bool:
        """Whether the limit may run from that step on, or in what is tried after it."""
        step = went.step
        return (
            step.event in {*(self.after or ()), None}
            or any(c.state(self.machine) in self.states for c in (went.before, went.after))
            or any(map(self.asks, step.attempts))
        )

    def asks(self, tried: Attempt) -> bool:
        """Whether what comes of it may hang on the limit."""
        return tried.event in self.events or bool(tried.expected.deadlines) or tried.at is not None


class _Occasion(NamedTuple):
    """A step of a scenario by itself, or what is tried after one; the case before it and, of a
    step, after it."""

    step: Step
    before: Case
    after: Case | None


@frozen
class _Told:
    """A scenario as a test: the same one asks the same. How it went is kept, and each occasion at
    which it asks something; neither, if it is to be told as a whole."""

    scenario: Scenario
    law: Law | None = None
    _went: list[Played] = field(factory=list, eq=False, repr=False)
    _occasions: list[_Occasion] = field(factory=list, eq=False, repr=False)

    def __call__(self, process: Process) -> bool:
        return passes(self.scenario, process, self.law)

    def goes(self, process: Process, mutated: Process, about: _Asked) -> bool:
        """Whether it passes with a mistake about that alone: as long as the case stands where it
        does without, nothing else comes out otherwise."""
        law = self.law or law_for(self.scenario, process)
        if not self._went and _plain(self.scenario, law):
            self._went.extend(playing(self.scenario, process, law))
            self._occasions.extend(o for went in self._went for o in _of_step(went))
        ends = any(opening.ends is not None for opening in self.scenario.openings)
        if not self._went or (ends and about.after is not None):
            return self(mutated)
        try:
            asked = self._met if about.after is None else self._from
            goes = asked(mutated, law, about)
        except DiversionFlowError:
            goes = None
        return self(mutated) if goes is None else goes

    def _met(self, mutated: Process, law: Law, about: _Asked) -> bool | None:
        """Whether each occasion comes out so at which the mistake is met; None where a machine
        stands elsewhere after one."""
        for step, before, after in self._occasions:
            if about.met(step, before):
                went = played(step, put_under(before, mutated), law)
                if went.problems:
                    return False
                if after is not None and _stands(went.after) != _stands(after):
                    return None
        return True

    def _from(self, mutated: Process, law: Law, about: _Asked) -> bool | None:
        """The same of all from where the limit may run on, with no more tried; from the opening,
        where it begins or ends with something else."""
        cases = dict[str, Case]()
        if not _clocks_alike(self._went[0].before.process, mutated):
            cases = {o.case: opened(mutated, o, law.on) for o in self.scenario.openings}
        for told in self._went:
            step, before = told.step, cases.get(told.step.case)
            if before is None and not (about.machine and about.begins(told)):
                continue
            tried = evolve(step, attempts=tuple(filter(about.asks, step.attempts)))
            went = played(tried, before or put_under(told.before, mutated), law)
            if went.problems:
                return False
            if _stands(went.after) != _stands(told.after):
                return None
            cases[step.case] = went.after
        return True


def _plain(scenario: Scenario, law: Law) -> bool:
    """Whether it stays under one law, and nothing is expected that hangs on rules of other
    events."""
    steps = steps_under(scenario, law)
    told = [e for s in steps for e in (s.expects(law.id), *(a.expected for a in s.attempts))]
    rests = (evolve(e, refused=(), because={}, states={}, deadlines={}) for e in told)
    return not law.crosses and all(rest == Expected() for rest in rests)


def _of_step(went: Played) -> Iterator[_Occasion]:
    step, after = went.step, went.after
    yield _Occasion(evolve(step, attempts=()), went.before, after)
    for tried in step.attempts:
        at = after.at if tried.at is None else moment_of(tried.at, after.at)
        alone = evolve(step, at=iso(at), event=tried.event, by=tried.by, facts=tried.facts,
                       expected=tried.expected, under={}, attempts=())  # fmt: skip
        yield _Occasion(alone, after, None)


def _stands(case: Case) -> object:
    """Where a case stands, as far as it tells what may happen next."""
    return case.states, case.facts, none_lapsed(case, case.at)


def of_scenarios(scenarios: Iterable[Scenario]) -> tuple[PolicyTest, ...]:
    """Scenarios as tests of the policy."""
    return tuple(of_scenario(told) for told in each("scenarios", scenarios, Scenario))


def of_scenario(told: Scenario, law: Law | None = None, name: str = "") -> PolicyTest:
    """A scenario as a test: under this one of its laws, by its id unless it has another name."""
    return PolicyTest(name or told.id, events_of(told), _Told(told, law))


def events_of(scenario: Scenario) -> frozenset[str]:
    """The events that a scenario reports or tries."""
    tried = {t.event for s in scenario.steps for t in s.attempts}
    return frozenset(tried | {s.event for s in scenario.steps if s.event})


def kill(
    process: Process,
    tests: Sequence[PolicyTest],
    among: Iterable[Mutant] | None = None,
) -> Kills:
    """Run the tests against each mutant until one fails.

    A mutant that none notices is known to make a difference where a shipped scenario notices it or
    a search finds a case; it makes none where no case comes to what it treats otherwise; the
    comparison of the two laws decides of the others.

    DefinitionError if a test fails on the process itself: then it says nothing of mistakes.
    """
    argument("process", process, Process)
    tests = [_tried(process, test) for test in each("tests", tests, PolicyTest)]
    killed, survived = [], []
    for mutant in mutants(process) if among is None else each("among", among, Mutant):
        try:
            mutated = mutant.apply(process)
        except DefinitionError:  # a mistake that the definition itself refuses
            continue
        by = killer(process, mutated, mutant, tests)
        if by is None:
            survived.append((mutant, mutated))
        else:
            killed.append((mutant, by))
    return _judged(process, tests, killed, survived)


def _tried(process: Process, test: PolicyTest) -> PolicyTest:
    """The test with the rules that cases take in it, once it has passed."""
    steps: list[Attempted] = []
    with observing(steps.append):
        if not test.passes(process):
            raise DefinitionError("test_fails_first", test=test.name)
    taken = (step.after for step in steps if step.after is not None)
    rules = {f"{m.machine}.{m.transition}" for case in taken for m in moves(case)}
    told = test.passes
    # What it keeps is of this process.
    own = _Told(told.scenario, told.law) if isinstance(told, _Told) else told
    return evolve(test, passes=own, rules=frozenset(rules))


def missed(
    process: Process, tests: Sequence[PolicyTest], among: Iterable[tuple[Mutant, Process]]
) -> Iterator[tuple[Mutant, Process]]:
    """Those of the mutants that no test notices. DefinitionError as `kill`."""
    tests = [_tried(process, test) for test in tests]
    for mutant, mutated in among:
        if killer(process, mutated, mutant, tests) is None:
            yield mutant, mutated


def killer(
    process: Process, mutated: Process, mutant: Mutant, tests: list[PolicyTest]
) -> str | None:
    """The name of a test that notices the mistake. It is asked first from then on: the next one
    is often about the same rule."""
    alone = _alone(process, mutated, mutant)
    for test in _likely(process, mutant, tests):
        told = test.passes
        goes = (told.goes(process, mutated, alone) if alone and isinstance(told, _Told)
                else told(mutated))  # fmt: skip
        if not goes:
            tests.remove(test)
            tests.insert(0, test)
            return test.name
    return None


def _likely(process: Process, mutant: Mutant, tests: Sequence[PolicyTest]) -> Iterator[PolicyTest]:
    """The tests that can notice the mistake, those that are about it first, and of those first
    the ones in which cases take the rule."""
    events = _concerned(process, mutant)
    rules = {id for kind, id in mutant.touches if kind == "rule"}
    about = [t for t in tests if t.events & events]
    yield from sorted(about, key=lambda t: t.rules.isdisjoint(rules))
    if any(kind in ("deadline", "parameter", "state") for kind, _ in mutant.touches):
        yield from (t for t in tests if t not in about)


def _alone(process: Process, mutated: Process, mutant: Mutant) -> _Asked | None:
    """What alone can come out otherwise at first; None where other rules ask something else, or
    other clocks run."""
    [(kind, id)] = mutant.touches
    if kind == "parameter" or (kind != "deadline" and not _clocks_alike(process, mutated)):
        return None
    if kind != "event" and kept(process, around) != kept(mutated, around):
        return None
    if kind == "deadline":
        return kept_each(process, _of_limit, id)
    if kind == "state":  # whether it is one of rest
        return _Asked(frozenset(), after=frozenset())
    events = _concerned(process, mutant)
    if kind == "event":
        home = process.machine(process.event(id).home)
        states = tuple(state.id for state in home.states)
    else:
        home = process.machine(id.partition(".")[0])
        states = home.transition(id.partition(".")[2]).sources
    if kept(process, brought_about).keys().isdisjoint(events):
        return _Asked(events, home.id, states)
    # Time brings it about, and nothing else happens before that.
    return _Asked(frozenset({*process.by_id["event"], None}), home.id, states)


def _clocks_alike(one: Process, other: Process) -> bool:
    """Whether a case carries the same clocks under both."""
    return program(one).clockwork.names == program(other).clockwork.names


def _of_limit(process: Process, id: str) -> _Asked | None:
    """What a mistake in a limit is about; None where another one asks of it."""
    asked, limit = ("deadline", id), process.deadline(id)
    if any(asked in other.guard.mentions() for other in process.deadlines):
        return None
    events = {rule.event for machine in process.machines for rule in machine.transitions
              if asked in whole_guard(process, rule).mentions()}  # fmt: skip
    turns = (event for renewal in limit.renewals for event in renewal.events)
    after = frozenset({*limit.begun_by, *limit.ended_by, *turns})
    return _Asked(frozenset({*events, limit.on_expiry}), limit.machine, limit.lasting, after)


def _concerned(process: Process, mutant: Mutant) -> frozenset[str]:
    found: set[str] = set()
    for kind, id in mutant.touches:
        if kind == "rule":
            machine, _, rule = id.partition(".")
            found.add(process.machine(machine).transition(rule).event)
        elif kind == "event":
            found.add(id)
        elif kind == "state":
            machine, _, state = id.partition(".")
            found |= {t.event for t in process.machine(machine).transitions if t.target == state}
        elif kind == "deadline":
            deadline = process.deadline(id)
            found |= {deadline.on_expiry} if deadline.on_expiry else set()
            found |= {t.event for m in process.machines if m.id == deadline.machine
                      for t in m.transitions if t.target in deadline.states}  # fmt: skip
    return frozenset(found)


def _judged(
    process: Process,
    tests: Sequence[PolicyTest],
    killed: list[tuple[Mutant, str]],
    survived: list[tuple[Mutant, Process]],
) -> Kills:
    """Tell survivors that make a difference from those that make none."""
    survivors, equivalent, unsettled = [], [], []
    near = Near(process)
    known = list(_known(process, tests)) if survived else []
    for mutant, mutated in survived:
        shown = (
            killer(process, mutated, mutant, known) is not None
            or near.behaviour(mutated, EFFORT).verdict == "different"
        )
        alike = False if shown else never_matters(process, mutant, mutated) or (
            compare(process, mutated, effort=EFFORT).same_behaviour
        )  # fmt: skip
        if alike is None:
            unsettled.append(mutant)
        elif alike:
            equivalent.append(mutant)
        else:
            survivors.append(Survivor(mutant, process, mutated))
    return Kills(tuple(killed), tuple(survivors), tuple(equivalent), tuple(unsettled))


def _known(process: Process, tests: Sequence[PolicyTest]) -> Iterator[PolicyTest]:
    """The shipped scenarios beside the tests that pass under this process."""
    if process.id not in processes.names():
        return  # hundreds of files are read for nothing
    every = (shipped(name) for folder in ("stories", "tours") for name in story_names(folder))
    for test in of_scenarios(s for s in every if s.process == process.id):
        if test not in tests and test.passes(process):
            yield test
