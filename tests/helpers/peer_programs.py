"""Programs that nobody here wrote, put in place by scripts/peers: what they say, or what is absent.

A mark names what a test needs; conftest.py skips the test where it is absent, and names it."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from helpers.places import TESTS

HOME = TESTS / "peers"
_VENV = HOME / "venv" / ("Scripts" if os.name == "nt" else "bin")
_PATH = f"{_VENV}{os.pathsep}{os.environ.get('PATH', '')}"

needs_python_peers = pytest.mark.peer("python-peers")
needs_node_peers = pytest.mark.peer("node-peers")
needs_chromium = pytest.mark.browser
needs_dot = pytest.mark.peer("dot")
needs_plantuml = pytest.mark.peer("plantuml")


@cache
def absent(name: str) -> bool:
    """Whether a program, or a set of programs that scripts/peers fetches, is not here."""
    if name == "python-peers":
        return not (HOME / "venv" / ".installed").exists()
    if name == "node-peers":
        here = (HOME / "node_modules" / ".package-lock.json").exists()
        return not here or shutil.which("node", path=_PATH) is None
    return shutil.which(name) is None


def node(script: str, *arguments: str | Path, stdin: str = "", timeout: int = 240) -> str:
    """What a script in tests/peers prints when Node.js runs it; a failure shows what it said."""
    return _run(
        [str(shutil.which("node", path=_PATH)), str(HOME / script)], arguments, stdin, timeout
    )


def python(script: str, *arguments: str | Path, stdin: str = "", timeout: int = 240) -> str:
    """What a script in tests/peers prints when the peers' own Python runs it."""
    return _run([str(_VENV / "python"), str(HOME / script)], arguments, stdin, timeout)


def program(name: str, *arguments: str | Path, stdin: str = "", timeout: int = 240) -> str:
    """What another program prints."""
    return _run([str(shutil.which(name))], arguments, stdin, timeout)


def _run(command: list[str], arguments: tuple[str | Path, ...], stdin: str, timeout: int) -> str:
    done = subprocess.run(
        [*command, *map(str, arguments)], input=stdin, capture_output=True, encoding="utf-8",
        timeout=timeout, cwd=HOME, env={**os.environ, "PATH": _PATH},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:] or done.stdout[-4000:]
    return done.stdout
