"""A story as a word on the command line: a shipped one's name, or a scenario file; and under
which law it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

from ..definition import CallError, Process
from ..processes import names
from ..runtime import Case
from ..scenarios import Law, Scenario, load, play, shipped, story_names
from ..scenarios.fitting import law_in, told_under
from ..scenarios.play import law_of
from .law import Named

FOLDERS = ("stories", "tours")  # words for all that is shipped of a kind


def story(name: str) -> Scenario:
    """The story of that name or in that file."""
    return load(name) if Path(name).suffix else shipped(name)


def stories(asked: Iterable[str]) -> Iterator[Scenario]:
    """The stories so named; `stories` and `tours` are all shipped ones, a folder all that lie in
    it."""
    for name in asked:
        files = sorted(Path(name).rglob("*.policy.*")) if Path(name).is_dir() else ()
        if name in FOLDERS:
            yield from map(shipped, story_names(name))
        else:
            yield from map(load, files) if files else (story(name),)


def case_in(asked: Named, word: str, after: int | None) -> Case:
    """The story's case after so many steps, after all where none is told: under the law that is
    named or, where only a process is, under the story's own."""
    one = next(_told(asked, None if asked.open else asked.law(), story(word), quietly=False))
    played = play(one.scenario, one.process, one.law)
    there = len(one.scenario.steps)
    if after is not None and after > there:
        raise CallError("call_after", steps=after, there=there)
    done = [step for step in played if after is None or step.step.number <= after]
    return done[-1].after if done else played[0].before


@frozen
class Told:
    """A story as it is told under one law: `law` says what it then expects."""

    scenario: Scenario
    law: Law
    process: Process


def told(named: Named, asked: Iterable[str] | None, *, its_own: bool = False) -> list[Told]:
    """The stories so named (all shipped ones, if none is), under the law that is named.

    With `its_own`, where only a process is named, each under the laws that it names itself; else
    under that law: with what the story expects of it, if it speaks of it; of shipped ones that are
    about another law each case as far as it goes under this as it says.
    """
    words = list(asked or FOLDERS)
    given = None if its_own and named.open else named.law()
    found = [(word, scenario) for word in words for scenario in stories([word])]
    return [one for word, scenario in found
            for one in _told(named, given, scenario, quietly=word in FOLDERS)]  # fmt: skip


def _told(named: Named, given: Process | None, scenario: Scenario, *, quietly: bool
          ) -> Iterator[Told]:  # fmt: skip
    own = given.id if given else named.name
    its = scenario.process
    if its not in names():
        its = law_of(scenario, scenario.laws[0]).id
    if its != own:
        if not quietly:
            raise CallError("call_other_process", story=scenario.id, its=its, asked=own)
        return
    if given is None:
        yield from (Told(scenario, law, law_of(scenario, law)) for law in scenario.laws)
        return
    if quietly:
        yield from (Told(one, law, given) for one, law in told_under(scenario, given))
    else:
        yield Told(scenario, law_in(scenario, given) or scenario.laws[0], given)
