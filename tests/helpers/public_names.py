"""The public names of the package: where each is at home, and how it is called."""

from __future__ import annotations

import builtins
import inspect
import re
import sys
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_overloads

import attrs

import diversion_flow

TOP = "diversion_flow"
HOMES = tuple(
    f"{TOP}.{room}"
    for room in (
        "definition",
        "definition.files",
        "processes",
        "runtime",
        "runtime.live",
        "store",
        "proof",
        "analysis",
        "diagram",
        "scenarios",
        "testing",
        "interchange",
        "explorer",
        "dossier",
        "desk",
    )
)
# What a room keeps in a value for itself.
ITS_OWN = (
    "Comparison.cells",
    "Difference.cube",
    "Difference.words",
    *(f"{part}.where" for part in ("Expected", "Law", "Opening", "Scenario", "Step")),
    "Variant.origins",
    "Variant.written",
)
# Rooms whose values callers make themselves; those of the others are handed out.
MADE = (
    f"{TOP}.definition",
    f"{TOP}.runtime.live",
    f"{TOP}.diagram",
    f"{TOP}.scenarios",
    f"{TOP}.testing",
    f"{TOP}.dossier",
)


def public(home: str) -> dict[str, Any]:
    module = import_module(home)
    return {name: getattr(module, name) for name in module.__all__}


def page() -> str:
    """All of it as a page; a change of it is a change of the interface."""
    where = {name: home for home in HOMES for name in public(home)}
    lines = [
        "# Public names",
        "",
        "What the library promises to keep: each name with its one home, its arguments and what it"
        " gives. Other names may change at any time. This page is written by the tests.",
        "",
        f"## {TOP}",
        "",
        "What most programs need, from the homes below:",
        "",
        *(f"- `{name}` from `{where.get(name, TOP)}`" for name in sorted(public(TOP))),
    ]
    for home in HOMES:
        lines += ["", f"## {home}", "", summary(import_module(home)), ""]
        for name, value in sorted(public(home).items()):
            lines += told(home, name, value)
    return "\n".join(lines) + "\n"


def told(home: str, name: str, value: Any) -> Iterator[str]:
    if inspect.isfunction(value):
        ways = [f"`{name}{signature(way)}`" for way in get_overloads(value) or [value]]
        yield f"- {' or '.join(ways)}: {summary(value)}"
        return
    if not inspect.isclass(value):
        yield f"- `{name}`"
        return
    yield f"- `class {name}{made(home, value)}`: {summary(value)}"
    yield from (f"  - `{said}`" for _, said, _ in members(home, value))


def made(home: str, kind: type) -> str:
    """How a value of the class is made, where that is for callers."""
    if issubclass(kind, Enum | BaseException) or home not in MADE:
        bases = ", ".join(base.__name__ for base in kind.__bases__ if base is not object)
        return f"({bases})" if issubclass(kind, Enum | BaseException) else ""
    return signature(kind).partition(" -> ")[0]


def members(home: str, kind: type) -> Iterator[tuple[str, str, Any]]:
    """What each member is called, how it reads, and the function or type behind it."""
    if issubclass(kind, Enum):
        yield from ((value.name, f"{value.name} = {value.value!r}", None) for value in kind)
        return
    if attrs.has(kind) and home not in MADE:
        for field in attrs.fields(kind):
            if not field.name.startswith("_") and f"{kind.__name__}.{field.name}" not in ITS_OWN:
                said = spelt(plain(field.type), kind.__module__)
                yield field.name, f"{field.name}: {said}", field.type
    # What a class has of one that nobody may name is its own.
    own = (c for c in reversed(kind.__mro__) if c is kind or c.__name__.startswith("_"))
    for name, value in sorted({n: v for c in own for n, v in vars(c).items()}.items()):
        function = getattr(value, "__func__", getattr(value, "fget", value))
        if name.startswith("_") or not inspect.isfunction(function):
            continue
        kept = signature(function) if function is not getattr(value, "fget", None) else None
        returned = plain(inspect.signature(function).return_annotation)
        yield name, f"{name}{kept}" if kept else f"{name}: {returned}", function


def signature(value: Any) -> str:
    """As it is called: no value of a default, which is not part of the promise."""
    said, star = [], False
    asked = inspect.signature(value)
    for number, (name, parameter) in enumerate(asked.parameters.items()):
        if (number == 0 and name in ("self", "cls")) or f"{value.__name__}.{name}" in ITS_OWN:
            continue
        if parameter.kind is parameter.VAR_POSITIONAL:
            name, star = f"*{name}", True
        elif parameter.kind is parameter.VAR_KEYWORD:
            name = f"**{name}"
        elif parameter.kind is parameter.KEYWORD_ONLY and not star:
            said.append("*")
            star = True
        default = "" if parameter.default is parameter.empty else " = ..."
        said.append(f"{name}: {plain(parameter.annotation)}{default}")
    returned = asked.return_annotation
    end = "" if returned is asked.empty else f" -> {plain(returned)}"
    return f"({', '.join(said)}){end}"


def plain(annotation: Any) -> str:
    """An annotation as it is written, without the modules that a name is taken from."""
    if annotation is inspect.Parameter.empty:
        return "?"
    said = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", None)
    bare = re.sub(r"\b(?:\w+\.)+(?=\w)", "", said or str(annotation)).strip("'\"")
    # What a field refers to is for the library's own checks; a caller gives the plain value.
    return re.sub(r"Annotated\[(.*?), \w+\([^)]*\)\]", r"\1", bare)


def spelt(said: str, module: str) -> str:
    """An annotation with the words themselves, where it is one of some that have no public name."""

    def words(found: re.Match[str]) -> str:
        value = getattr(sys.modules[module], found[0], None)
        known = get_origin(value) is Literal and found[0] != "Language"
        return str(value).removeprefix("typing.") if known else found[0]

    return re.sub(r"[A-Za-z_]\w*", words, said)


def summary(value: Any) -> str:
    """The first sentence of the docstring."""
    text = inspect.getdoc(value) or ""
    first = " ".join(text.partition("\n\n")[0].split())
    return re.split(r"(?<=[.!?])\s", first)[0]


def classes() -> dict[str, type]:
    """Every class of the package, by its name."""
    found = {}
    for module in modules():
        for name, value in vars(module).items():
            if inspect.isclass(value) and value.__module__.startswith(f"{TOP}."):
                found[name] = value
    return found


def modules() -> Iterator[ModuleType]:
    for found in walk_packages(diversion_flow.__path__, f"{TOP}."):
        if "__main__" not in found.name:
            yield import_module(found.name)


def private_types(annotation: Any, module: str) -> set[str]:
    """The types that an annotation names, directly or by an alias, and that no home has."""
    named = {
        value for home in (TOP, *HOMES) for value in public(home).values() if inspect.isclass(value)
    }
    return {
        kind.__name__
        for word in words(annotation)
        for kind in behind(meant(word, module))
        if kind.__module__.startswith(f"{TOP}.") and kind not in named
    }


def words(annotation: Any) -> set[str]:
    said = re.sub(r"(Literal|Annotated)\[[^\]]*\]", "", plain(annotation))
    return set(re.findall(r"[A-Za-z_]\w*", said)) - set(dir(builtins))


def meant(word: str, module: str) -> Any:
    """What a word of an annotation stands for; imported for type checkers only, any class so named."""
    found = getattr(sys.modules[module], word, None)
    return classes().get(word) if found is None else found


def behind(value: Any) -> Iterator[type]:
    """The classes of an alias."""
    if isinstance(value, TypeVar):
        return
    if inspect.isclass(value) and not get_args(value):
        yield value
    for part in get_args(value):
        yield from behind(part)
