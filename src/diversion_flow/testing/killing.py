"""Runs scenarios against mutants of the policy and tells which mistakes no scenario notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from attrs import evolve, field, frozen

from .. import processes
from ..analysis import Comparison, compare
from ..analysis.arguments import process_of
from ..definition import DefinitionError, Language, Process, Text
from ..definition.arguments import each, number_of
from ..runtime.journal import moves
from ..runtime.observing import Attempted, observing
from ..scenarios import Scenario, shipped, story_names
from ..scenarios.play import passes
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


@frozen
class _Told:
    """A scenario as a test: the same one asks the same."""

    scenario: Scenario

    def __call__(self, process: Process) -> bool:
        return passes(self.scenario, process)

    def on(self, events: frozenset[str]) -> _Told:
        """The same without what is tried of other events before one of these is reported: until
        then only they can come out otherwise under a mistake in their rules."""
        steps = self.scenario.steps
        first = next((n for n, s in enumerate(steps) if s.event in events), len(steps))
        before = (evolve(s, attempts=tuple(a for a in s.attempts if a.event in events))
                  for s in steps[:first])  # fmt: skip
        return _Told(evolve(self.scenario, steps=(*before, *steps[first:])))


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
    process_of(process, "process")
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
    return evolve(test, rules=frozenset(rules))


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
    alone = _alone(process, mutant)
    for test in _likely(process, mutant, tests):
        told = test.passes
        passes = told.on(alone) if alone and isinstance(told, _Told) else told
        if not passes(mutated):
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


def _alone(process: Process, mutant: Mutant) -> frozenset[str]:
    """The events that alone can come out otherwise at first, as somebody reports them; none where
    time may bring it about."""
    events = _concerned(process, mutant)
    by_law = any(limit.on_expiry in events for limit in process.deadlines)
    told = all(kind in ("rule", "event") for kind, _ in mutant.touches)
    return events if told and not by_law else frozenset()


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
    known = list(_known(process, tests)) if survived else []
    for mutant, mutated in survived:
        if never_matters(process, mutant, mutated):
            equivalent.append(mutant)
            continue
        if killer(process, mutated, mutant, known) is not None:
            survivors.append(Survivor(mutant, process, mutated))
            continue
        alike = compare(process, mutated, effort=EFFORT).same_behaviour
        if alike is False:
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
