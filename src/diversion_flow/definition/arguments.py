"""What a public function is called with, looked at where it enters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from .bare import bare
from .errors import CallError
from .text import HALF

if TYPE_CHECKING:
    from pathlib import Path

Item = TypeVar("Item")


def argument(name: str, value: object, *kinds: type) -> None:
    """CallError unless the argument of this name is of one of these kinds."""
    if not isinstance(value, kinds):
        wanted = tuple(kind.__name__ for kind in kinds if kind is not type(None))
        raise CallError("call_kind", name=name, wanted=wanted, found=type(value).__name__)


def each(name: str, values: object, *kinds: type[Item]) -> Iterator[Item]:
    """What was given in a row, one by one; CallError for no row, a text where one is meant, and
    a member of none of these kinds."""
    if isinstance(values, str | bytes) or not isinstance(values, Iterable):
        wanted = f"Iterable[{' | '.join(kind.__name__ for kind in kinds)}]"
        raise CallError("call_kind", name=name, wanted=(wanted,), found=type(values).__name__)
    for number, value in enumerate(values):
        if not isinstance(value, kinds):
            argument(f"{name}[{number}]", value, *kinds)
        yield value


def text_of(name: str, value: object) -> str:
    """The text by itself, if a file can carry it; CallError if not."""
    if not isinstance(value, str):
        argument(name, value, str)
    elif not HALF.search(value):
        return bare(value)
    raise CallError("half_character", field=name)


def number_of(name: str, value: object) -> int:
    """How many nodes or tries; CallError if it is no number of them."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    raise CallError("effort_wanted", name=name)


def path_of(value: object) -> Path:
    """The path that was given as such or as text."""
    from pathlib import Path  # not every program that runs a law opens files

    try:
        return Path(value)  # type: ignore[arg-type]
    except TypeError:
        found = type(value).__name__
        raise CallError(
            "call_kind", name="path", wanted=("str", "PathLike[str]"), found=found
        ) from None
