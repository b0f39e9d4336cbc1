"""What is missing on this machine, and the command that brings it."""

from __future__ import annotations

import platform
import shutil
from importlib.metadata import PackageNotFoundError, version

from attrs import frozen

from ..definition.extras import install


@frozen
class Answer:
    """One thing that is needed: whether it is there, and how to get it."""

    name: str
    found: str
    remedy: str
    needed: bool  # for the main job

    @property
    def ok(self) -> bool:
        """Whether it is there."""
        return bool(self.found)


def examine() -> tuple[Answer, ...]:
    """Everything the library can use, in the order in which it is used."""
    return (
        Answer("Python", platform.python_version(), "", True),
        *(_package(name, extra, needed) for name, extra, needed in _PACKAGES),
        Answer("layout engine", _engine(),
                f"{install('diagrams')} / apt-get install graphviz", True),
        Answer("Japanese font", _font(),
                f"{install('diagrams')} / apt-get install fonts-ipaexfont-gothic", True),
    )  # fmt: skip


_PACKAGES = (
    ("attrs", "", True),
    ("typer", "cli", True),
    ("rich", "cli", True),
    ("transitions", "machines", False),
    ("graphviz", "diagrams", False),
    ("resvg-py", "diagrams", True),
    ("reportlab", "diagrams", False),
    ("fonttools", "diagrams", False),
    ("defusedxml", "interchange", False),
    ("pyyaml", "yaml", False),
    ("cryptography", "sealed", False),
    ("sqlalchemy", "postgres", False),
    ("pytest", "testing", False),
    ("hypothesis", "testing", False),
)


def _package(name: str, extra: str, needed: bool) -> Answer:
    try:
        found = version(name)
    except PackageNotFoundError:
        found = ""
    return Answer(name, found, install(extra), needed)


def _engine() -> str:
    try:
        return f"pygraphviz {version('pygraphviz')}"
    except PackageNotFoundError:
        return "system dot" if shutil.which("dot") else ""


def _font() -> str:
    from ..diagram.formats.fonts import NoJapaneseFont, japanese_font

    try:
        return japanese_font().name
    except NoJapaneseFont:
        return ""
