"""What a terminal, a pipe and a file are told: the same under every encoding, to the end, and
one line for what fails."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from diversion_flow.cli import main
from diversion_flow.cli.app import app
from helpers.amounts import Amount
from helpers.commands import told
from helpers.painting import unpainted
from helpers.places import DATA, GOLDEN

ENCODINGS = ("cp932", "ascii", "euc_jp", "shift_jis", "cp1252")  # a part is the first two
SMALL = str(GOLDEN / "small.toml")
ONCE = {"mutate", "demo", "explain in a case"}  # long work, under one more encoding only
COMMANDS = {
    "help": ["--help"],
    "processes": ["processes"],
    "processes as data": ["processes", "--json"],
    "timeline": ["timeline"],
    "variants": ["variants", "--lang", "en"],
    "check": ["check", "entry_support"],
    "diff": ["diff", "entry_support@2024-06-03", "entry_support:osaka@2024-06-03"],
    "play": ["play", "cs01"],
    "play as data": ["play", "cs01", "--json"],
    "play in English": ["play", "cs01", "--lang", "en"],
    "a story that goes otherwise": ["play", str(DATA / "wrong_story.toml")],
    "explain": ["explain", "entry_support", "center_accepted"],
    "explain in a case": [
        "explain", "entry_support", "adjustment_started", "--story", "cs01", "--after", "5",
    ],
    "ids": ["ids", "special_coordination"],
    "ask": ["ask", SMALL, "precedence", "finished", "helped", "--out", "asked"],
    "prove": ["prove", SMALL, "--json"],
    "cover": ["cover", "entry_support@2024-06-03", "cs01"],
    "mutate": ["mutate", SMALL],
    "doctor": ["doctor"],
    "a wrong law": ["check", "entry_suport"],
    "a wrong option": ["check", "entry_support", "--lnag", "en"],
    "draw": ["draw", "entry_support", "custody", "x.svg", "x.mmd"],
    "checklist": ["checklist", "entry_support", "center", "x.html", "x.md"],
    "export": ["export", SMALL, "x.bpmn", "x.csv"],
    "import": ["import", str(DATA / "two_offices.bpmn"), "x.json"],
    "log": ["log", "x.xes", "cs01"],
    "explore": ["explore", str(GOLDEN / "small.toml"), "--out", "x.html"],
    "pin": ["pin", SMALL, "pinned"],
    "demo": ["demo", "--story", "cs03", "--out", "demo"],
}  # fmt: skip


def in_encoding(encoding: str, words: list[str], patch: pytest.MonkeyPatch) -> tuple[int, str, str]:
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding, newline="\n") for _ in range(2))
    patch.setattr(sys, "stdout", out)
    patch.setattr(sys, "stderr", err)
    with pytest.raises(SystemExit) as left:
        main(words)
    patch.undo()
    said = [(s.flush(), s.buffer.getvalue().decode(encoding))[1] for s in (out, err)]  # type: ignore[attr-defined]
    assert isinstance(left.value.code, int)
    return left.value.code, said[0], said[1]


def written(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=[pytest.mark.slow] * (n in ONCE)) for n in COMMANDS]
)
def test_a_command_says_and_writes_the_same_under_every_encoding(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, amount: Amount
) -> None:
    """Line by line, each sign that the encoding has; and files byte for byte."""
    done, files = {}, {}
    encodings = ENCODINGS[: 1 if name in ONCE else amount(len(ENCODINGS), 2)]
    for encoding in ("utf-8", *encodings):
        folder = tmp_path / encoding
        folder.mkdir()
        with monkeypatch.context() as patch:
            patch.chdir(folder)
            if name == "demo":
                unpainted(patch)
            done[encoding] = in_encoding(encoding, COMMANDS[name], patch)
        files[encoding] = written(folder)
    code, *said = done["utf-8"]
    for encoding in encodings:
        assert files[encoding] == files["utf-8"]
        assert done[encoding][0] == code
        for meant, shown in zip(said, done[encoding][1:], strict=True):
            if name.endswith("as data"):
                assert json.loads(shown or "null") == json.loads(meant or "null")
                continue
            for line, seen in zip(meant.split("\n"), shown.split("\n"), strict=True):
                assert _shows(encoding, line, seen), (encoding, line, seen)
    assert all(b"\r" not in data for n, data in files["utf-8"].items() if n.endswith(TEXTS))


TEXTS = (".svg", ".html", ".md", ".json", ".toml", ".mmd", ".bpmn", ".xes")


def _shows(encoding: str, line: str, seen: str) -> bool:
    """Each sign that the encoding has, in order, and something short for each that it lacks."""
    kept = line.encode(encoding, "ignore").decode(encoding)
    lacking = len(line) - len(kept)
    rest = iter(seen)
    in_order = all(sign in rest for sign in kept)
    return in_order and len(line) <= len(seen) <= len(line) + 2 * lacking


def terminal(
    *words: str, encoding: str = "utf-8", **how: object
) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    return subprocess.run([sys.executable, "-m", "diversion_flow", *words], env=env, **how)  # type: ignore[call-overload,no-any-return]


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["cp932", "ascii"])
def test_a_real_program_prints_into_a_file(encoding: str, tmp_path: Path) -> None:
    file = tmp_path / "said.txt"
    with file.open("wb") as out:
        done = terminal("play", "cs01", encoding=encoding, stdout=out, stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "36. " in file.read_bytes().decode(encoding)


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    program = [sys.executable, "-m", "diversion_flow", "play", "cs01"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr is not None
        assert running.stderr.read() == b""
    assert running.returncode == 141


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [["play", "cs01"], ["processes", "--json"], ["--help"]])
def test_a_full_disk_is_one_line(words: list[str]) -> None:
    with open("/dev/full", "wb") as full:
        done = terminal(*words, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stderr.decode().count("\n") == 1
    assert "標準出力に書き込めません" in done.stderr.decode()


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="closing an output is done by a POSIX shell")
def test_a_closed_output_stops_nothing(tmp_path: Path) -> None:
    call = f"{sys.executable} -m diversion_flow draw entry_support custody x.svg >&- 2>&-"
    done = subprocess.run(["sh", "-c", call], cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert (tmp_path / "x.svg").stat().st_size > 500


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--help"], 0), (["check", "--help"], 0), (["processes"], 0), (["processes", "--json"], 0),
        (["diff", "special_coordination", "special_coordination"], 0), (["chek"], 2),
    ],
)  # fmt: skip
def test_without_any_output_a_command_ends_as_ever(
    words: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As under pythonw, which has none."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == code


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="the signal of Ctrl-C is POSIX")
def test_an_interrupted_command_says_nothing_and_ends_as_interrupted(tmp_path: Path) -> None:
    os.mkfifo(law := tmp_path / "law.json")
    program = [sys.executable, "-m", "diversion_flow", "check", str(law)]
    running = subprocess.Popen(
        program, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        # Tests that run in the background of a shell have been told to ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    with running, law.open("wb"):  # when it reads, which goes on as long as this is open
        running.send_signal(signal.SIGINT)
        out, err = running.communicate()
    assert (running.returncode, out, err) == (130, b"", b"")


def test_a_fault_of_ours_says_that_it_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """With kind and place, and without what the case held."""

    def broken(_: object) -> None:
        raise KeyError("71 years old, steals rice balls")

    monkeypatch.setattr("diversion_flow.analysis.check", broken)
    for lang, words in (("ja", "diversion_flow の不具合です"), ("en", "a fault of diversion_flow")):
        done = told("check", "entry_support", "--lang", lang)
        assert done.code == 70
        assert words in done.stderr
        assert "KeyError" in done.stderr
        assert re.search(r"\w+\.py:\d+", done.stderr)
        assert "rice" not in done.stderr
        assert done.stderr.count("\n") == 1
    monkeypatch.setenv("DIVERSION_FLOW_TRACEBACK", "1")
    assert "Traceback" in told("check", "entry_support").stderr


@pytest.mark.parametrize("library", ["typer", "rich"])
def test_a_missing_library_is_told_with_the_command_that_brings_it(
    library: str, tmp_path: Path
) -> None:
    (tmp_path / f"{library}.py").write_text(f"raise ImportError('gone', name='{library}')")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "diversion_flow", "processes"], env={**os.environ, "PYTHONPATH": path},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert 'pip install "diversion_flow[cli]"' in done.stderr


def test_every_command_that_speaks_is_asked_its_language() -> None:
    silent = [
        command.name or command.callback.__name__  # type: ignore[union-attr]
        for command in app.registered_commands
        if "lang" not in command.callback.__annotations__  # type: ignore[union-attr]
    ]
    assert silent == []
