"""Options and marks of the whole, how many of a kind are tried, and what is absent, named."""

from __future__ import annotations

import gc
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from math import ceil
from typing import Any

import pytest

# Loaded before any test that runs pytest inside: what is loaded there first is forgotten again,
# and a parser written in C would then raise the errors of a module that nobody knows any more.
import yaml  # noqa: F401
from hypothesis import settings

from helpers import goldens
from helpers.amounts import Amount
from helpers.peer_programs import absent

FAST = "--fast"
NO_SKIPS = "--no-skips"
FULL = "--full"
QUICKLY = 4  # cases of one test in the fast loop, at most
# A busy machine is no fault of the code; how long things take is asked by benchmarks.
settings.register_profile("whole", deadline=None)
settings.register_profile("fast", deadline=None, max_examples=20)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("diversion_flow's own tests")
    group.addoption(FAST, action="store_true", help="leave out what is slow or needs a peer")
    group.addoption(NO_SKIPS, action="store_true", help="a skipped test is a failed test (CI)")
    group.addoption(
        FULL, action="store_true", help="every case; faults by the thousand, not by the dozen"
    )
    group.addoption(goldens.RENEW, action="store_true", help="write tests/golden anew")


def pytest_configure(config: pytest.Config) -> None:
    fast = config.getoption(FAST)
    settings.load_profile("fast" if fast else "whole")
    goldens.renew(config.getoption(goldens.RENEW))
    if fast and not config.option.markexpr:
        config.option.markexpr = "not slow and not peer and not browser"


def pytest_itemcollected(item: pytest.Item) -> None:
    if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        item.add_marker("property")
    if item.get_closest_marker("again"):
        item.add_marker("slow")
    if missing := sorted({name for name in needed(item) if absent(name)}):
        item.add_marker(pytest.mark.skip(reason=f"absent: {', '.join(missing)}"))


@pytest.hookimpl(trylast=True)  # among those that marks and words ask for
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes longest begins first, so that all workers end together. Of cases that are alike
    some are tried, unless all are asked for or named."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)
    if config.getoption(FULL) or any("[" in named for named in config.args):
        return
    left_out = list(beyond_the_sample(items, QUICKLY if config.getoption(FAST) else len(items)))
    config.hook.pytest_deselected(items=left_out)
    gone = set(map(id, left_out))
    items[:] = [item for item in items if id(item) not in gone]


def pytest_collection() -> None:
    """What is read and made before the first test stays: nobody need look for circles in it."""
    gc.disable()


def pytest_collection_finish() -> None:
    """The ten thousand tests themselves stay to the end, and proofs make nodes by the million: to
    look again and again for circles among all that would take a fifth of the time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    gc.enable()


@pytest.fixture(scope="session")
def amount(pytestconfig: pytest.Config) -> Amount:
    full = pytestconfig.getoption(FULL)
    return lambda all_, usually: all_ if full else usually


def beyond_the_sample(items: list[pytest.Item], most: int) -> Iterator[pytest.Item]:
    """Of each test that is `sampled(every=n)`, all cases but each nth; of each, all but so many
    that lie evenly among its cases."""
    tests = [item.nodeid.partition("[")[0] for item in items]
    cases, met = Counter(tests), Counter[str]()
    for test, item in zip(tests, items, strict=True):
        sampled = item.get_closest_marker("sampled")
        every = max(sampled.kwargs["every"] if sampled else 1, ceil(cases[test] / most))
        if met[test] % every:
            yield item
        met[test] += 1


def needed(item: pytest.Item) -> set[str]:
    """The programs that a test asks for by its marks."""
    found = {name for mark in item.iter_markers("peer") for name in mark.args}
    return found | {"chromium", "node-peers"} if item.get_closest_marker("browser") else found


# By this, coverage tells a program that a test starts that it is measured, too.
MEASURED = "COVERAGE_PROCESS_CONFIG"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool | None, bool | None]:
    """What is asked again of many cases would be two or three times as slow if its branches were
    measured, and takes none that is not taken where it is asked of a few."""
    tracer = sys.gettrace()
    if tracer is None or item.get_closest_marker("again") is None:
        return (yield)
    sys.settrace(None)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv(MEASURED, raising=False)
            return (yield)
    finally:
        sys.settrace(tracer)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """What was measured is kept before the servers of the tests are stopped: a worker that takes
    long to end is ended."""
    if (coverage := sys.modules.get("coverage")) and (measuring := coverage.Coverage.current()):
        measuring.save()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report: pytest.TestReport = yield
    return unskipped(item.config, report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report: pytest.CollectReport = yield
    return unskipped(collector.config, report)


def unskipped(config: pytest.Config, report: Any) -> Any:
    """The report; where nothing may be skipped, a skip is told as a failure."""
    if report.skipped and not hasattr(report, "wasxfail") and config.getoption(NO_SKIPS):
        report.outcome, report.longrepr = "failed", f"skipped, but {NO_SKIPS}: {reason(report)}"
    return report


def reason(report: Any) -> str:
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(said).removeprefix("Skipped: ")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was skipped, and why: nothing is left out in silence."""
    skipped = Counter(reason(report) for report in terminalreporter.stats.get("skipped", ()))
    for why, count in sorted(skipped.items()):
        terminalreporter.write_line(f"SKIPPED {count} — {why}", yellow=True)
    if any(why.startswith("absent: ") for why in skipped):
        terminalreporter.write_line("scripts/peers brings what is absent (see tests/README.md)")
