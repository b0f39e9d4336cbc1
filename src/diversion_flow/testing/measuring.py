"""What pytest reports of a policy: how much of it the tests have shown, which mistakes in it
they would not notice."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from ..definition import DefinitionError, DiversionFlowError, Process, Text
from ..definition.files.serial import dumps, loads_process
from ..scenarios.play import before
from .changing import changed, first
from .items import POLICY, PolicyItem
from .killing import Kills, PolicyTest, kill, of_scenario
from .measures import PolicyCoverage, Recorder, measured
from .trial import put_in_place

_WORKER = "diversion_flow_shown"
_UNDER = Text(
    "{name}: {what} {share:.1%} は {wanted:g}% を下回ります",
    "{name}: {what} {share:.1%} is under {wanted:g}%",
)
_COVERAGE = Text("方針の網羅率", "Coverage of the policy")
_MUTANTS = Text("方針の変異", "Mutants of the policy")
_NOTICED = Text("気付かれた誤り", "of the mistakes noticed:")
_SHOWN = Text("網羅率", "shown:")
_NOTHING = Text("方針のテストがありません", "no test asks a policy")
_FAILING = Text(
    "テストが全て通るまで、誤りを試しません",
    "no mistake is tried before all tests pass",
)


class Covering:
    """Watches every step of every case, and tells at the end."""

    def __init__(self, config: pytest.Config) -> None:
        self.config, self.recorder = config, Recorder()
        self.lang = config.getoption("policy_lang")
        self.from_workers: list[PolicyCoverage] = []
        self.found: tuple[PolicyCoverage, ...] = ()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Note what the test does."""
        try:
            with self.recorder.watching():
                return (yield)
        finally:
            self.recorder.fold()

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Generator[None, Any, Any]:
        """Put together what this process and its workers have seen."""
        done = yield
        seen = self.recorder.coverage()
        output = getattr(self.config, "workeroutput", None)
        if output is not None:
            output[_WORKER] = [(dumps(c.process), sorted(c.shown)) for c in seen]
            return done
        self.found = measured((*self.from_workers, *seen))
        if (folder := self.config.getoption("policy_cov_html")) is not None:
            from .coverage_page import write_pages

            write_pages(self.found, Path(folder), self.lang)
        if any(self._short(c) for c in self.found) and session.exitstatus == 0:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        return done

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """What a worker of pytest-xdist has seen."""
        for text, shown in node.workeroutput.get(_WORKER, ()):
            process = loads_process(text)
            points = frozenset(tuple(point) for point in shown)
            self.from_workers.append(PolicyCoverage.of(process, points))

    def _short(self, found: PolicyCoverage) -> bool:
        wanted = self.config.getoption("policy_cov_fail_under")
        return wanted is not None and found.share() * 100 < wanted

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """The table of what was shown, and what was not."""
        if hasattr(self.config, "workeroutput"):
            return
        terminalreporter.section(_COVERAGE.in_(self.lang))
        if not self.found:
            terminalreporter.line(_NOTHING.in_(self.lang))
        details = terminalreporter.verbosity > 0
        for found in self.found:
            terminalreporter.line(found.text(self.lang, details=details))
            if self._short(found):
                wanted = self.config.getoption("policy_cov_fail_under")
                terminalreporter.line(_UNDER.in_(self.lang).format(
                    name=found.process.name.in_(self.lang), what=_SHOWN.in_(self.lang),
                    share=found.share(), wanted=wanted), red=True)  # fmt: skip


class Mutating:
    """Runs the tests again under every mutant of the laws that they are about."""

    def __init__(self, config: pytest.Config) -> None:
        self.config, self.lang = config, config.getoption("policy_lang")
        self.found: list[tuple[Process, Kills]] = []
        self.nothing = _NOTHING
        if getattr(config.option, "numprocesses", None) or hasattr(config, "workerinput"):
            raise pytest.UsageError(DiversionFlowError("mutate_alone").text(self.lang))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Generator[None, Any, Any]:
        """First the tests as they are; where they all pass, the mutants."""
        done = yield
        if session.testsfailed:
            self.nothing = _FAILING
        if session.testsfailed or self.config.option.collectonly:
            return done
        bases = {i.process: before(i.scenario, i.law) for i in session.items
                 if isinstance(i, PolicyItem)}  # fmt: skip
        for process, tests in _by_process(session.items):
            touched = changed(bases.get(process, process), process)
            try:
                self.found.append((process, first(kill(process, tests), touched)))
            except DefinitionError as error:
                raise session.Failed(error.text(self.lang)) from None
        if any(self._short(kills) for _, kills in self.found):
            session.testsfailed += 1
        return done

    def _short(self, kills: Kills) -> bool:
        wanted = self.config.getoption("policy_mutate_fail_under")
        return wanted is not None and kills.score * 100 < wanted

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """The score, and every mistake that no test notices."""
        terminalreporter.section(_MUTANTS.in_(self.lang))
        if not self.found:
            terminalreporter.line(self.nothing.in_(self.lang))
        for process, kills in self.found:
            name = process.name.in_(self.lang)
            terminalreporter.line(f"{name} ({process.id} {process.version})")
            terminalreporter.line(kills.text(self.lang))
            if self._short(kills):
                wanted = self.config.getoption("policy_mutate_fail_under")
                terminalreporter.line(_UNDER.in_(self.lang).format(
                    name=name, what=_NOTICED.in_(self.lang), share=kills.score, wanted=wanted,
                ), red=True)  # fmt: skip


def _by_process(items: list[pytest.Item]) -> Iterator[tuple[Process, list[PolicyTest]]]:
    """The tests of each law, in the order in which the laws first appear."""
    found: dict[Process, list[PolicyTest]] = {}
    for item in items:
        if isinstance(item, PolicyItem):
            test = of_scenario(item.scenario, item.law, item.nodeid)
            found.setdefault(item.process, []).append(test)
        elif isinstance(item, pytest.Function) and POLICY in item.stash:
            process = item.stash[POLICY]
            test = PolicyTest(item.nodeid, _all_events(process), _again(item, process))
            found.setdefault(process, []).append(test)
    yield from found.items()


def _all_events(process: Process) -> frozenset[str]:
    return frozenset(event.id for event in process.events)


def _again(item: pytest.Function, original: Process) -> Any:
    def passes(process: Process) -> bool:
        item._initrequest()
        with put_in_place(original, process):
            return not any(report.failed for report in runtestprotocol(item, log=False))

    return passes
