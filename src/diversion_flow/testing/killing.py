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
from ..runtime.journal import moves
from ..runtime.observing import Attempted, observing
from ..scenarios import Attempt, Expected, Played, Scenario, Step, shipped, story_names
from ..scenarios.play import passes, playing
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
    """All that a mistake is about: events, where a machine stands in one of these states. Without
    a machine, wherever all stand, and with what runs, is owed or is closed."""

    events: frozenset[str]
    machine: str = ""
    states: tuple[str, ...] = ()

    def met(self, event: str | None, case: Case) -> bool:
        return event in self.events and (
            not self.machine or case.states[self.machine] in self.states
        )


class _Short(NamedTuple):
    """What a scenario asks of that: no more is tried and expected, and nothing follows. The case
    after each step under the process itself."""

    scenario: Scenario
    cases: list[Case]


@frozen
class _Told:
    """A scenario as a test: the same one asks the same. How it went, and what it asks of an event,
    is kept for the next mistakes in that."""

    scenario: Scenario
    _went: list[Played] = field(factory=list, eq=False, repr=False)
    _asking: dict[_Asked, _Short] = field(factory=dict, eq=False, repr=False)

    def __call__(self, process: Process) -> bool:
        return passes(self.scenario, process)

    def goes(self, process: Process, mutated: Process, about: _Asked) -> bool:
        """Whether it passes with a mistake about that alone: as long as the case stands where it
        does without, nothing else comes out otherwise."""
        if not all(map(_plain, self.scenario.steps)):
            return self(mutated)
        if about not in self._asking:
            self._asking.clear()  # mistakes in a rule come one after another
            if not self._went:
                self._went.extend(playing(self.scenario, process))
            self._asking[about] = _short(self.scenario, self._went, about)
        short, cases = self._asking[about]
        try:
            for played, case in zip(playing(short, mutated), cases, strict=True):
                if played.problems:
                    return False
                if _stands(played.after) != _stands(case):
                    return self(mutated)
        except DiversionFlowError:
            return self(mutated)
        return True


def _plain(step: Step) -> bool:
    """Whether nothing is expected of the step that hangs on rules of other events."""
    rest = evolve(step.expected, refused=(), because={}, states={}, deadlines={})
    return rest == Expected() and not step.under


def _asks_more(tried: Attempt) -> bool:
    """Whether more is expected of it than whether the event happens here, and what it moves."""
    rest = evolve(tried.expected, refused=(), because={}, states={})
    return rest != Expected() or tried.at is not None


def _stands(case: Case) -> object:
    """Where a case stands, as far as it tells what may happen next."""
    return case.states, case.facts, none_lapsed(case, case.at)


def _short(told: Scenario, went: Iterable[Played], about: _Asked) -> _Short:
    steps, cases, last = list[Step](), list[Case](), 0
    for step, before, after in ((p.step, p.before, p.after) for p in went):
        tried = tuple(a for a in step.attempts if about.met(a.event, after) or _asks_more(a))
        reported = not about.machine or about.met(step.event, before)
        expected = step.expected if reported else Expected(step.expected.refused)
        steps.append(evolve(step, attempts=tried, expected=expected))
        cases.append(after)
        if tried or reported:
            last = len(steps)
    openings = tuple(evolve(o, ends=None if about.machine else o.ends) for o in told.openings)
    return _Short(evolve(told, openings=openings, steps=tuple(steps[:last])), cases[:last])


def of_scenarios(scenarios: Iterable[Scenario]) -> tuple[PolicyTest, ...]:
    """Scenarios as tests of the policy."""
    return tuple(
        PolicyTest(s.id, events_of(s), _Told(s)) for s in each("scenarios", scenarios, Scenario)
    )


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

    A mutant that none notices makes none where no case comes to what it treats otherwise; it is
    known to make a difference where a shipped scenario notices it; the comparison of the two laws
    decides of the others.

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
    own = _Told(told.scenario) if isinstance(told, _Told) else told  # what it keeps is of this one
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
    """What alone can come out otherwise at first, as somebody reports it; None where time may
    bring it about, or other rules ask something else."""
    [(kind, id)] = mutant.touches
    if kind == "parameter" or kept(process, around) != kept(mutated, around):
        return None
    if kind == "deadline":
        return kept_each(process, _of_limit, id)
    if kind == "state":  # whether it is one of rest
        return _Asked(frozenset())
    events = _concerned(process, mutant)
    if not kept(process, brought_about).keys().isdisjoint(events):
        return None
    if kind == "event":
        home = process.machine(process.event(id).home)
        return _Asked(events, home.id, tuple(state.id for state in home.states))
    machine, _, rule = id.partition(".")
    return _Asked(events, machine, process.machine(machine).transition(rule).sources)


def _of_limit(process: Process, id: str) -> _Asked | None:
    """What a mistake in a limit is about; None where another one asks of it."""
    asked, limit = ("deadline", id), process.deadline(id)
    if any(asked in other.guard.mentions() for other in process.deadlines):
        return None
    events = {rule.event for machine in process.machines for rule in machine.transitions
              if asked in whole_guard(process, rule).mentions()}  # fmt: skip
    return _Asked(frozenset(events | {limit.on_expiry or ""}))


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
        if never_matters(process, mutant, mutated):
            equivalent.append(mutant)
            continue
        shown = (
            killer(process, mutated, mutant, known) is not None
            or near.behaviour(mutated, EFFORT).verdict == "different"
        )
        alike = None if shown else compare(process, mutated, effort=EFFORT).same_behaviour
        if shown or alike is False:
            survivors.append(Survivor(mutant, process, mutated))
        elif alike:
            equivalent.append(mutant)
        else:
            unsettled.append(mutant)
    return Kills(tuple(killed), tuple(survivors), tuple(equivalent), tuple(unsettled))


def _known(process: Process, tests: Sequence[PolicyTest]) -> Iterator[PolicyTest]:
    """The shipped scenarios beside the tests that pass under this process."""
    if process.id not in processes.names():
        return  # hundreds of files are read for nothing
    every = (shipped(name) for folder in ("stories", "tours") for name in story_names(folder))
    for test in of_scenarios(s for s in every if s.process == process.id):
        if test not in tests and test.passes(process):
            yield test
