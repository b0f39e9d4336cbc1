"""The pytest plugin: options, fixtures, and files that are collected. Loads nothing else until
a test of a policy is there.

Collected are `*.policy.toml`, `*.policy.yaml`, `*.policy.yml` and `*.policy.json`.
"""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import pytest

if TYPE_CHECKING:
    from ..definition import Process
    from ..runtime import Case
    from .clock import StoppedClock

_ENDINGS = (".policy.toml", ".policy.yaml", ".policy.yml", ".policy.json")
_MARKER = (
    "policy(name='entry_support', on=None, place=None, variant=None): the law that the "
    "fixtures `policy`, `case` and `clock` stand for"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of tests of a policy."""
    group = parser.getgroup("policy", "tests of a policy (diversion_flow)")
    group.addoption("--policy-lang", choices=("ja", "en"), default="ja",
                    help="language of failures and reports")  # fmt: skip
    group.addoption("--policy-cov", action="store_true",
                    help="tell how much of each policy the tests have shown")  # fmt: skip
    group.addoption("--policy-cov-html", metavar="DIR",
                    help="write it as pages with the diagrams marked")  # fmt: skip
    group.addoption("--policy-cov-fail-under", metavar="PERCENT", type=_percent,
                    help="fail if less of a policy was shown")  # fmt: skip
    group.addoption("--policy-mutate", action="store_true",
                    help="tell which small mistakes in the policy no test notices")  # fmt: skip
    group.addoption("--policy-mutate-fail-under", metavar="PERCENT", type=_percent,
                    help="fail if a smaller share of the mistakes is noticed")  # fmt: skip


def _percent(text: str) -> float:
    digits = normalize("NFKC", text).removesuffix("%")
    if not _NUMBER.fullmatch(digits) or not 0 <= float(digits) <= 100:
        from ..definition import LANGUAGES, DiversionFlowError

        wrong = DiversionFlowError("no_percent", word=text)  # the language is not known yet
        raise ArgumentTypeError(" / ".join(wrong.text(lang) for lang in LANGUAGES))
    return float(digits)


def pytest_configure(config: pytest.Config) -> None:
    """Measure, if that was asked for."""
    config.addinivalue_line("markers", _MARKER)
    asked = {option: config.getoption(f"policy_{option}") for option in
             ("cov", "cov_html", "cov_fail_under", "mutate", "mutate_fail_under")}  # fmt: skip
    if asked["cov"] or asked["cov_html"] or asked["cov_fail_under"] is not None:
        from .measuring import Covering

        config.pluginmanager.register(Covering(config), "policy-coverage")
    if asked["mutate"] or asked["mutate_fail_under"] is not None:
        from .measuring import Mutating

        config.pluginmanager.register(Mutating(config), "policy-mutants")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Scenario files are tests."""
    if not file_path.name.endswith(_ENDINGS):
        return None
    from .items import PolicyFile

    return PolicyFile.from_parent(parent, path=file_path)


@pytest.fixture
def policy(request: pytest.FixtureRequest) -> Process:
    """The law that the marker `policy` names: the latest of `entry_support` if it names none.

    `variant` is a file beside the test's own.
    """
    from ..processes import get, in_force
    from .items import POLICY
    from .trial import subject

    name, on, place, variant = _marked(request)
    latest = get(name)
    law = in_force(name, on=on or latest.since or date.today(), place=place)
    if variant is not None:
        from ..definition.files.variant_file import load_variant

        law = load_variant(request.path.parent / variant).apply(law)
    request.node.stash[POLICY] = law
    return subject(law)


def _marked(request: pytest.FixtureRequest) -> tuple[str, Any, str | None, str | None]:
    """What the marker says; CallError where it says something else or says it twice."""
    from ..definition import CallError
    from ..definition.arguments import argument

    marker = request.node.get_closest_marker("policy")
    args, named = (marker.args, marker.kwargs) if marker else ((), {})
    given = dict(zip(_NAMES, args, strict=False))
    if len(args) > len(_NAMES) or set(named) - set(_NAMES) or set(named) & set(given):
        raise CallError("policy_marker", known=_NAMES)
    given |= named
    for name in ("name", "place", "variant"):
        argument(name, given.get(name, ""), str, type(None))
    return (given.get("name", "entry_support"), *(given.get(n) for n in _NAMES[1:]))


_NAMES = ("name", "on", "place", "variant")
_NUMBER = re.compile(r"\d+(\.\d*)?|\.\d+")


@pytest.fixture
def clock(request: pytest.FixtureRequest, policy: Process) -> StoppedClock:
    """A clock that stands at 9:00 (JST) on the marker's day, or on the law's first day."""
    from ..definition.moments import moment
    from .clock import StoppedClock

    on = _marked(request)[1] or policy.since or "2024-06-03"
    return StoppedClock(moment(on).replace(hour=9, minute=0, second=0, microsecond=0))


@pytest.fixture
def case(policy: Process, clock: StoppedClock) -> Callable[..., Case]:
    """Opens a case under `policy`, now by `clock`: `case(age=72, route="detention")`."""

    def opened(
        facts: Mapping[str, object] | None = None,
        *,
        at: str | datetime | None = None,
        id: str = "case",
        **more: object,
    ) -> Case:
        return policy.open(at=at or clock.now, facts={**(facts or {}), **more}, id=id)

    return opened
