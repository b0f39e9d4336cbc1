"""Every step of `docs/change_the_rules.md` and `docs/tutorial.md`, in a folder of its own: files,
commands, what they say."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.commands import run
from helpers.places import ROOT

PAGE = ROOT / "docs/change_the_rules.md"
OWN = ROOT / "docs/tutorial.md"
BLOCK = re.compile(r"```(\w+)(?: file=(\S+))?\n(.*?)```", re.S)
PROGRAMS = {
    "diversion-flow": [sys.executable, "-c", "from diversion_flow.cli import main; main()"],
    "pytest": [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:xdist"],
}


@pytest.mark.slow
def test_every_step_of_the_tutorial(tmp_path: Path) -> None:
    ran = 0
    for language, file, text in BLOCK.findall(PAGE.read_text("utf-8")):
        if file:
            (tmp_path / file).write_text(text, "utf-8")
        elif language == "console":
            command, *expected = text.strip().split("\n")
            said = output(command, tmp_path)
            missing = [line for line in expected if line.strip() not in said]
            assert missing == [], f"{command}\n{said}"
            ran += 1
    assert ran == 6
    assert (tmp_path / "difference.svg").exists()
    pages = {file.name for file in (tmp_path / "pages").iterdir()}
    law = "entry_support_ACT_2023_12+age_60"
    assert {f"{law}.html", f"{law}_custody.svg"} <= pages


@pytest.mark.slow
def test_a_process_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked = []
    for language, file, text in BLOCK.findall(OWN.read_text("utf-8")):
        if file:
            Path(file).write_text(text, "utf-8")
        asked += text.strip().split("\n") if language == "console" else []
    for line in asked:
        if line.startswith("$ "):
            code, said = run(*shlex.split(line)[2:])
            assert code == 0, said
        else:
            assert line.strip() in said
    assert {"meeting.svg", "late.pdf", "city.pdf", "explorer.html"} <= {*os.listdir()}


def output(command: str, folder: Path) -> str:
    program, *words = shlex.split(command.removeprefix("$ "))
    plugin = ["-p", "diversion_flow.testing.plugin"] if program == "pytest" else []
    done = subprocess.run([*PROGRAMS[program], *plugin, *words], cwd=folder, text=True,
                          capture_output=True, check=False)  # fmt: skip
    assert done.stderr == ""
    return done.stdout
