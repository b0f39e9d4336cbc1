"""The interface: every public name has one home, a docstring and public types, and stays."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest

import diversion_flow
from diversion_flow import processes
from helpers.goldens import golden
from helpers.public_names import (
    HOMES,
    ITS_OWN,
    MADE,
    TOP,
    classes,
    members,
    page,
    private_types,
    public,
    summary,
)


def test_the_interface_is_as_its_page_says() -> None:
    golden("../../docs/public_names.md", page())


def test_every_name_has_one_home() -> None:
    homes = Counter(name for home in HOMES for name in public(home))
    assert [name for name, count in homes.items() if count > 1] == []


def test_what_is_at_the_top_is_what_is_at_home() -> None:
    homes = {name: value for home in HOMES for name, value in public(home).items()}
    here = {n: v for n, v in public(TOP).items() if not inspect.ismodule(v)}
    assert [name for name, value in here.items() if homes.get(name) is not value] == []


@pytest.mark.parametrize("home", HOMES)
def test_every_public_name_is_described(home: str) -> None:
    described = {
        n: v for n, v in public(home).items() if inspect.isclass(v) or inspect.isfunction(v)
    }
    bare = [name for name, value in described.items() if not summary(value)]
    for name, kind in described.items():
        if inspect.isclass(kind):
            bare += [
                f"{name}.{m}" for m, _, f in members(home, kind) if callable(f) and not summary(f)
            ]
    assert bare == []
    assert described


def annotations(home: str) -> Iterator[tuple[str, str, Any]]:
    """What it belongs to, its module, and the annotation itself: of every function, method, field,
    and of how a value is made where that is for callers."""
    for name, value in public(home).items():
        asked = [(name, value)] if inspect.isfunction(value) else []
        if inspect.isclass(value):
            asked = [(f"{name}.{member}", behind) for member, _, behind in members(home, value)]
            if home in MADE and not issubclass(value, BaseException | Enum):
                asked.append((name, value.__init__))
        for place, one in asked:
            said = inspect.get_annotations(one) if inspect.isfunction(one) else {"": one}
            for part, annotation in said.items():
                if f"{name}.{part}" not in ITS_OWN:
                    yield place, value.__module__, annotation


@pytest.mark.parametrize("home", HOMES)
def test_public_signatures_name_public_types(home: str) -> None:
    private = {
        place: found
        for place, module, said in annotations(home)
        if (found := private_types(said, module))
    }
    assert private == {}


def test_two_public_names_are_never_two_things_inside() -> None:
    """A class that is public has its name to itself in the whole package."""
    named = {n: v for home in HOMES for n, v in public(home).items() if inspect.isclass(v)}
    assert {n for n, kind in classes().items() if n in named and named[n] is not kind} == set()


def test_help_says_how_a_case_is_opened() -> None:
    opened = processes.get("entry_support").open
    assert "Raises LawGap" in str(inspect.getdoc(opened))
    assert list(inspect.signature(opened).parameters) == [
        "at",
        "facts",
        "id",
        "states",
        "since",
        "reason",
    ]


def test_an_unknown_name_is_told_as_python_does() -> None:
    with pytest.raises(AttributeError, match="nothing_of_ours"):
        diversion_flow.nothing_of_ours  # noqa: B018
