"""What engines are asked, whatever format they read: laws with courses of cases under each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache, partial
from random import Random

from diversion_flow import Process, processes
from diversion_flow.scenarios import shipped, story_names
from helpers import traces
from helpers.amounts import Amount
from helpers.owing import owing
from helpers.random_rules import dated, drawn
from helpers.small import PROCESS

Asked = list[tuple[Process, list[traces.Trace]]]


@cache  # each engine of a worker is asked the same
def _of_stories(amount: Amount) -> Asked:
    """The stories of a law together, half of those of one law of three: to read a document is what
    takes long."""
    told: dict[Process, list[traces.Trace]] = defaultdict(list)
    for name in story_names():
        found = list(traces.of_story(shipped(name)))
        assert traces.counted([trace for _, trace in found])[0] > 0, name
        for process, trace in found:
            told[process].append(trace)
    assert sum(map(len, told.values())) >= len(story_names()) >= 10
    some = list(told.items())[:: amount(1, 3)]
    return [(process, courses[:: amount(1, 2)]) for process, courses in some]


@cache
def _by_chance(process: Process, amount: Amount) -> Asked:
    courses = [traces.at_random(process, seed, 105) for seed in range(amount(20, 3))]
    accepted, refused = traces.counted(courses)
    assert accepted > 25 * len(courses)
    assert refused > 15 * len(courses)
    return [(process, courses)]


@cache
def _asking(seed: int, amount: Amount) -> Asked:
    process = traces.asking(seed)
    courses = [traces.each_event(process, number) for number in range(amount(20, 5))]
    assert min(traces.counted(courses)) > 13 * len(courses)
    return [(process, courses)]


@cache
def _missed(seed: int, amount: Amount) -> Asked:
    process = owing(Random(seed))
    courses = [traces.at_random(process, number, 40) for number in range(amount(30, 8))]
    events = [event for course in courses for event in course["events"]]
    assert any(e["type"] == "asked_why" and e["accepted"] for e in events)
    return [(process, courses)]


def _drawn_by_chance(amount: Amount) -> Asked:
    """Facts that events make unknown, consent that cannot name who is told, rules with days."""
    laws = [dated(drawn(seed), seed) for seed in range(8, amount(16, 12))]
    return [(law, [traces.led(law, seed, 20)[1] for seed in range(3)]) for law in laws]


def _at_the_end(_: Amount) -> Asked:
    process, courses = traces.at_the_end("helped", "worker", {"age": 70})
    assert traces.counted(courses) == (1, 1)
    return [(process, courses)]


def _disputed(amount: Amount) -> Asked:
    process = traces.disputed()
    return [(process, [traces.at_random(process, seed, 12) for seed in range(amount(60, 20))])]


CHANCE = {
    "small": PROCESS,
    "special_coordination": processes.get("special_coordination"),
    "entry_support": processes.in_force("entry_support", on="2024-06-03"),
}
ASKED: dict[str, Callable[[Amount], Asked]] = {
    "stories": _of_stories,
    **{id: partial(_by_chance, process) for id, process in CHANCE.items()},
    **{f"asking {seed}": partial(_asking, seed) for seed in range(2)},
    **{f"missed {seed}": partial(_missed, seed) for seed in range(2)},
    "a law that has ended": _at_the_end,
    "two rules at once": _disputed,
    "drawn by chance": _drawn_by_chance,
}
