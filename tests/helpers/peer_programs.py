"""Programs that nobody here wrote, put in place by scripts/peers: run them, or skip the test."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from helpers.places import TESTS

HOME = TESTS / "peers"
_VENV = HOME / "venv" / "bin"
_PATH = f"{_VENV}{os.pathsep}{os.environ.get('PATH', '')}"
_INSTALLED = (_VENV / ".." / ".installed").exists()

needs_peers = pytest.mark.skipif(not _INSTALLED, reason="run scripts/peers first")
needs_chromium = pytest.mark.skipif(
    not _INSTALLED or not shutil.which("chromium"), reason="no chromium; run scripts/peers first"
)
needs_dot = pytest.mark.skipif(not shutil.which("dot"), reason="no dot; run scripts/peers first")
needs_plantuml = pytest.mark.skipif(
    not shutil.which("plantuml"), reason="no plantuml; run scripts/peers first"
)


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
