"""Programs that nobody here wrote, put in place by scripts/peers: what they say, or what is absent.

A mark names what a test needs; conftest.py skips the test where it is absent, and names it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from threading import Timer

import pytest

from diversion_flow.diagram.formats.fonts import japanese_font
from helpers import postgres
from helpers.places import ROOT, TESTS

HOME = TESTS / "peers"
_VENV = HOME / "venv" / ("Scripts" if os.name == "nt" else "bin")
_PATH = f"{_VENV}{os.pathsep}{os.environ.get('PATH', '')}"

needs_python_peers = pytest.mark.peer("python-peers")
needs_node_peers = pytest.mark.peer("node-peers")
needs_chromium = pytest.mark.browser
needs_dot = pytest.mark.peer("dot")
needs_plantuml = pytest.mark.peer("plantuml")
needs_postgres = pytest.mark.peer("postgres")
needs_cc = pytest.mark.peer("cc")
needs_spin = pytest.mark.peer("spin")
needs_dd = pytest.mark.peer("dd.cudd")


@cache
def absent(name: str) -> bool:
    """Whether a program, or a set of programs that scripts/peers fetches, is not here."""
    if name == "python-peers":
        return not (HOME / "venv" / ".installed").exists()
    if name == "node-peers":
        here = (HOME / "node_modules" / ".package-lock.json").exists()
        return not here or shutil.which("node", path=_PATH) is None
    if name == "locked pygraphviz":  # another one may place boxes elsewhere
        lock = (ROOT / "requirements" / "dev.lock").read_text("utf-8")
        return f"\npygraphviz=={version('pygraphviz')}\n" not in lock
    if name == "dd.cudd":
        return find_spec("dd") is None or find_spec(name) is None
    if name == "postgres":
        return postgres.program("initdb") is None
    return shutil.which(name) is None


def node(script: str, *arguments: str | Path, stdin: str = "", timeout: int = 240) -> str:
    """What a script in tests/peers prints when Node.js runs it; a failure shows what it said."""
    if script.startswith(_ALONE):
        return _run([_node(), str(HOME / script)], arguments, stdin, timeout)
    return _NODE.told(script, arguments, stdin, timeout)


_ALONE = ("scxml_", "xstate_")  # run what we wrote as it is: what it did would stay for others


def _node() -> str:
    return str(shutil.which("node", path=_PATH))


def _kept_node() -> subprocess.Popen[str]:
    """Keeps what scripts load, and one browser for all of them. The browser lays out Japanese as it
    does on a desk: with letters, not with boxes for them."""
    fonts = Path(tempfile.mkdtemp()) / "fonts.conf"
    folders = f"<dir>{japanese_font().parent}</dir><dir>/usr/share/fonts</dir>"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f"<fontconfig>{folders}<cachedir>{fonts.parent / 'cache'}</cachedir></fontconfig>"
    )
    return _kept([_node(), str(HOME / "warm.mjs")], {"FONTCONFIG_FILE": str(fonts)})


# What runs for seconds is done before a second compiler and a second collector have paid.
_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"


def _environment() -> dict[str, str]:
    chromium = shutil.which("chromium")
    found = {"CHROMIUM": chromium} if chromium else {}
    return {**os.environ, "PATH": _PATH, "JAVA_TOOL_OPTIONS": _JAVA, **found}


def python(script: str, *arguments: str | Path, stdin: str = "", timeout: int = 240) -> str:
    """What a script in tests/peers prints when the peers' own Python runs it."""
    if script.startswith("pm4py_") and hasattr(os, "fork"):
        return _PM4PY.told(str(HOME / script), arguments, stdin, timeout)
    return _run([str(_VENV / "python"), str(HOME / script)], arguments, stdin, timeout)


def _kept_pm4py() -> subprocess.Popen[str]:
    """Has loaded pm4py, which takes three seconds."""
    return _kept([str(_VENV / "python"), str(HOME / "warm.py"), "pm4py"])


def _kept(command: list[str], more: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, cwd=HOME, encoding="utf-8", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env={**_environment(), **(more or {})}, process_group=0,
    )  # fmt: skip


class _Kept:
    """A process that runs scripts one after the other and ends with this one. One that has died, or
    was ended because it gave no answer, is begun anew with the next script."""

    def __init__(self, start: Callable[[], subprocess.Popen[str]]) -> None:
        self._start = start
        self._process: subprocess.Popen[str] | None = None

    def told(self, script: str, arguments: tuple[str | Path, ...], stdin: str, timeout: int) -> str:
        """What a script prints."""
        if self._process is None or self._process.poll() is not None:
            self._process = self._start()
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        late = Timer(timeout, _end, (process.pid,))
        late.start()
        print(json.dumps([script, [*map(str, arguments)], stdin]), file=process.stdin, flush=True)
        answer = process.stdout.readline()
        late.cancel()
        if not answer:
            process.wait()
        assert answer, f"{script}: ended without an answer, after {timeout} s at most"
        status, told, wrong = json.loads(answer)
        assert status == 0, wrong[-4000:] or told[-4000:]
        return str(told)


def _end(process: int) -> None:
    """Ends it with all that it has started."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process)], check=False)
    else:
        os.killpg(process, signal.SIGKILL)


_NODE, _PM4PY = _Kept(_kept_node), _Kept(_kept_pm4py)


def program(name: str, *arguments: str | Path, stdin: str = "", timeout: int = 240) -> str:
    """What another program prints."""
    return _run([str(shutil.which(name))], arguments, stdin, timeout)


def _run(
    command: list[str], arguments: tuple[str | Path, ...], stdin: str, timeout: int
) -> str:  # fmt: skip
    done = subprocess.run(
        [*command, *map(str, arguments)], input=stdin, capture_output=True, encoding="utf-8",
        timeout=timeout, cwd=HOME, env=_environment(),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:] or done.stdout[-4000:]
    return done.stdout
