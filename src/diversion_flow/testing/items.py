"""Scenario files as pytest items: one for each law under which the story is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ..definition import DiversionFlowError, Process
from ..scenarios import Law, Played, Scenario, load
from ..scenarios.play import law_of, playing
from .report import failure
from .trial import subject

POLICY = pytest.StashKey[Process]()  # where a test keeps the law that it asked for


class PolicyFailure(Exception):
    """A story that did not go as it says, up to the step that went otherwise."""

    def __init__(self, process: Process, played: list[Played]) -> None:
        super().__init__("; ".join(str(problem) for problem in played[-1].problems))
        self.process, self.played = process, played


class PolicyFile(pytest.File):
    """A file with one scenario."""

    def collect(self) -> Iterator[PolicyItem]:
        """An item for each law of the scenario."""
        try:
            scenario = load(self.path)
        except DiversionFlowError as error:
            raise self.CollectError(error.text(self.config.getoption("policy_lang"))) from None
        many = len(scenario.laws) > 1
        for law in scenario.laws:
            name = f"{scenario.id}[{law.id}-{law.on}]" if many else scenario.id
            yield PolicyItem.from_parent(self, name=name, scenario=scenario, law=law)


class PolicyItem(pytest.Item):
    """One story under one law."""

    def __init__(self, *, scenario: Scenario, law: Law, **more: Any) -> None:
        super().__init__(**more)
        self.scenario, self.law = scenario, law

    @property
    def process(self) -> Process:
        """The law itself; while mutants are tried, still the law itself."""
        return law_of(self.scenario, self.law)

    def runtest(self) -> None:
        """Play the story up to the first step that goes otherwise."""
        process = subject(self.process)
        played: list[Played] = []
        for step in playing(self.scenario, process, self.law):
            played.append(step)
            if step.problems:
                raise PolicyFailure(process, played)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The failure as an analyst reads it; no traceback."""
        error, lang = excinfo.value, self.config.getoption("policy_lang")
        if isinstance(error, PolicyFailure):
            return failure(self.scenario, self.law, error.process, error.played, lang)
        if isinstance(error, DiversionFlowError):
            return f"{self.path.name}: {error.text(lang)}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Any, int | None, str]:
        """Where the story is."""
        return self.path, None, self.name
