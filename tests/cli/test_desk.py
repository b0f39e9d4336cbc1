"""The README's commands for a desk without a shell, run as they stand there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMANDS = re.findall(
    r"^(?:py|\.venv\\Scripts\\python) .+", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE
)
# What keeps a trial short: the libraries are those that are here, and one file of tests is run.
SHORTER = {"venv": ["--without-pip"], "pip": ["--no-deps"], "diversion_flow": ["--story", "cs03"],
           "pytest": ["tests/definition/test_kept.py", "-p", "no:cacheprovider"]}  # fmt: skip


@pytest.mark.slow
def test_the_commands_set_up_show_and_test(tmp_path: Path) -> None:
    assert [line.split()[2] for line in COMMANDS] == ["venv", "pip", "diversion_flow", "pytest"]
    own = tmp_path / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    env = {**os.environ, "PYTHONPATH": sysconfig.get_path("purelib")}
    for line in COMMANDS:
        program, *words = shlex.split(line.replace("\\", "/"))
        python = sys.executable if program == "py" else str(own)
        made = [str(tmp_path / ".venv") if word == ".venv" else word for word in words]
        demo = ["--out", str(tmp_path / "demo")] if "demo" in words else []
        done = subprocess.run(
            [python, *made, *SHORTER.get(words[1], []), *demo], cwd=ROOT, env=env,
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        if words[1] == "pip" and "hatchling" in done.stderr:
            pytest.skip("the package index cannot be reached: pip finds no hatchling")
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo" / "index.html").stat().st_size > 10_000
    painted = [file.read_bytes() for file in (tmp_path / "demo").glob("*.png")]
    assert len(painted) == 2
    assert all(data.startswith(b"\x89PNG") and len(data) > 100_000 for data in painted)
