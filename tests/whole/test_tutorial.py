"""Every step of `docs/change_the_rules.md`, in a folder of its own: files, commands, what they say."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.places import ROOT

PAGE = ROOT / "docs/change_the_rules.md"
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
    assert (tmp_path / "pages" / "entry_support_ACT_2023_12+age_60.html").exists()


def output(command: str, folder: Path) -> str:
    program, *words = shlex.split(command.removeprefix("$ "))
    plugin = ["-p", "diversion_flow.testing.plugin"] if program == "pytest" else []
    done = subprocess.run([*PROGRAMS[program], *plugin, *words], cwd=folder, text=True,
                          capture_output=True, check=False)  # fmt: skip
    assert done.stderr == ""
    return done.stdout
