"""Type checkers agree with what the interface promises and with the code of the documents."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from helpers.places import ROOT

PROMISES = sorted((ROOT / "tests/typing/promises").glob("*.py"))
EXAMPLES = sorted((ROOT / "docs/examples").glob("*.py"))
# Of the concepts, the lines are too short for types; each of the others is what an app copies.
PAGES = [
    ROOT / "README.md",
    *(page for page in sorted((ROOT / "docs").glob("*.md")) if page.stem != "concepts"),
]


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The promises, and the Python of the documents, a file for each page."""
    folder = tmp_path_factory.mktemp("documents")
    pages = []
    for page in PAGES:
        blocks = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.S)
        pages.append(folder / f"{page.stem.lower()}.py")
        pages[-1].write_text("\n".join(blocks), "utf-8")
    return [*PROMISES, *pages]


def said(program: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", program, *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_mypy_agrees(code: list[Path]) -> None:
    pytest.importorskip("mypy", reason="absent: mypy")
    files = [*code, *EXAMPLES]
    # Strict, as the library itself is looked at: what is known of it then is not found out anew.
    done = said("mypy", *map(str, files))
    assert done.returncode == 0, done.stdout
    assert f"{len(files)} source files" in done.stdout


@pytest.mark.slow
def test_pyright_agrees(code: list[Path], tmp_path: Path) -> None:
    if find_spec("pyright") is None or said("pyright", "--version").returncode:
        pytest.skip("absent: pyright")
    for page in code:  # pyright looks only below the folder of its settings
        (tmp_path / page.name).write_text(page.read_text("utf-8"), "utf-8")
    settings = {
        "extraPaths": [str(ROOT / "src")],
        "typeCheckingMode": "strict",
        "reportUnnecessaryTypeIgnoreComment": "error",
        "pythonVersion": "3.11",
    }
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), "utf-8")
    done = said("pyright", "-p", str(tmp_path), "--pythonpath", sys.executable, "--outputjson")
    told = json.loads(done.stdout)
    found = [
        f"{d['file']}:{d['range']['start']['line'] + 1}: {d['message']}"
        for d in told["generalDiagnostics"]
    ]
    assert found == []
    assert told["summary"]["filesAnalyzed"] == len(code)
