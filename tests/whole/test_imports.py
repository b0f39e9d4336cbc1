"""What importing the package loads, and what its source never does."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import diversion_flow
from helpers.source import FILES, SOURCE, nodes, tree

ALLOWED = {"attr", "attrs", "diversion_flow"}


def fresh(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(SOURCE.parent), "PATH": ""},
    )  # fmt: skip
    return done.stdout


def test_importing_loads_the_standard_library_and_attrs_only() -> None:
    code = (
        "import sys; before = set(sys.modules); import diversion_flow.processes, diversion_flow.runtime; "
        "print(*{m.split('.')[0] for m in set(sys.modules) - before})"
    )
    foreign = set(fresh(code).split()) - set(sys.stdlib_module_names) - ALLOWED
    assert foreign == set()


def test_importing_opens_no_network_runs_no_program_and_writes_nothing() -> None:
    code = """
import sys
bad = []
def hook(name, args):
    if name.startswith(("socket.", "subprocess.", "os.exec", "os.posix_spawn")):
        bad.append(name)
    if name == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
        bad.append(str(args[:2]))
sys.dont_write_bytecode = True
sys.addaudithook(hook)
import diversion_flow.processes, diversion_flow.runtime
print(bad)
"""
    assert fresh(code).strip() == "[]"


def test_no_text_is_run_as_code() -> None:
    """Beside the linter's rules (S102, S307, S301, TID251), which do not know these two."""
    called = {
        (str(file.relative_to(SOURCE)), node.func.id)
        for file in FILES
        for node in nodes(file)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert len(called) > 1000
    assert not [name for name in called if name[1] in ("compile", "__import__")]


DOORS = {
    "defusedxml": {"interchange/bpmn/source.py"},
    "yaml": {"definition/files/yaml_text.py"},
    "pygraphviz": {"diagram/layout/ranks.py"},
    "graphviz": {"diagram/formats/dot.py"},
    "resvg_py": {"diagram/formats/png.py"},
    "reportlab": {"diagram/formats/pdf.py"},
    "fontTools": {"diagram/formats/letters.py"},
    "pylopdf_fonts_jp": {"diagram/formats/fonts.py"},
    "transitions": {"runtime/live.py"},
    "cryptography": {"store/sealing.py"},
    "sqlalchemy": {"store/postgres_tables.py"},
}


# Rooms of their own, which nothing opens unless it is asked for.
ROOMS = {
    "hypothesis": {"testing/strategies.py"},
    "pytest": {"testing/items.py", "testing/measuring.py", "testing/plugin.py"},
    "typer": {
        "cli/app.py", "cli/options.py", "cli/proofs.py", "cli/rules.py",
        "cli/sheets.py", "cli/start.py", "cli/usage.py",
    },
}  # fmt: skip


@pytest.mark.parametrize("library", ROOMS)
def test_some_libraries_have_files_of_their_own(library: str) -> None:
    assert _opening(library) == ROOMS[library]


@pytest.mark.slow
@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_one_door_opened_when_used(library: str) -> None:
    assert _opening(library) == DOORS[library]
    at_import = [file for file in FILES if any(library in _named(n) for n in tree(file).body)]
    assert at_import == []


def _opening(library: str) -> set[str]:
    """The files that import it, anywhere in them."""
    return {file.relative_to(SOURCE).as_posix() for file in FILES if library in _opened(file)}


@cache
def _opened(file: Path) -> set[str]:
    """The libraries that a file imports, anywhere in it."""
    return {name for node in nodes(file) for name in _named(node)}


def _extras() -> dict[str, set[str]]:
    """What each of our extras brings; what comes with us, under none."""
    project = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    asked = {"": project["dependencies"], **project["optional-dependencies"]}
    return {name: {re.split(r"[^\w-]", line)[0] for line in lines} for name, lines in asked.items()}


PACKAGES = {"yaml": "pyyaml", "resvg_py": "resvg-py", "fontTools": "fonttools",
            "pylopdf_fonts_jp": "pylopdf-fonts-jp"}  # fmt: skip


@pytest.mark.parametrize("library", DOORS)
def test_what_is_missing_is_told_with_the_extra_that_brings_it(library: str) -> None:
    extras = _extras()
    for door in DOORS[library]:
        found = nodes(SOURCE / door)
        guarded = {
            inside: ast.literal_eval(item.context_expr.args[0]) if item.context_expr.args else ""
            for node in found if isinstance(node, ast.With)
            for item in node.items if isinstance(item.context_expr, ast.Call)
            and getattr(item.context_expr.func, "id", "") == "needed"
            for inside in node.body
        }  # fmt: skip
        for node in (n for n in found if library in _named(n)):
            assert node in guarded, f"{door}:{getattr(node, 'lineno', 0)}"
            assert PACKAGES.get(library, library) in extras[guarded[node]]


def _named(node: ast.AST) -> set[str]:
    if isinstance(node, ast.Import):
        return {alias.name.split(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return {(node.module or "").split(".")[0]}
    return set()


def bound(tree: ast.Module) -> list[str]:
    """The names that a module gives a value to, as often as it does; overloads stand for one."""
    names = []
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets = [t for target in node.targets for t in ast.walk(target)]
            names += [t.id for t in targets if isinstance(t, ast.Name)]
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.append(node.target.id)
        elif isinstance(node, ast.ClassDef | ast.FunctionDef) and not any(
            ast.unparse(d) == "overload" for d in node.decorator_list
        ):
            names.append(node.name)
    return names


def test_a_name_of_a_module_is_given_once() -> None:
    twice = {
        f"{file.relative_to(SOURCE)}: {name}"
        for file in FILES
        for name, times in Counter(bound(tree(file))).items()
        if times > 1
    }
    assert twice == set()
    assert bound(ast.parse("_BY, _AT = 1, 2\n_BY = 3")) == ["_BY", "_AT", "_BY"]


@pytest.mark.parametrize(
    "package",
    [
        "diversion_flow",
        "diversion_flow.definition",
        "diversion_flow.runtime",
        "diversion_flow.definition.files",
    ],
)
def test_what_a_package_opens_late_is_what_it_says_that_it_has(package: str) -> None:
    """Also in a process that has used nothing of it yet."""
    code = f"""
import {package} as package
unlisted = {{*package.__all__}} - {{*dir(package)}}
missing = [name for name in package.__all__ if not hasattr(package, name)]
late = [name for name in package.__all__ if name not in vars(package)]
print(unlisted, missing, late, hasattr(package, "nothing_so_called"))
"""
    assert fresh(code).strip() == "set() [] [] False"


def test_opening_a_case_opens_neither_views_nor_journals() -> None:
    code = """
import sys
from diversion_flow import processes
processes.in_force("entry_support", on="2024-06-03").open(at="2024-06-03T10:00").deadlines()
print(*(m for m in sys.modules if m.rpartition(".")[2] in ("view", "journal", "crossing")))
"""
    assert fresh(code).split() == []


def opened_by(*words: str) -> set[str]:
    """The modules that a call of the command line opens."""
    code = f"""
import contextlib, io, sys
from diversion_flow.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main({list(words)!r})
print(*sys.modules)
"""
    return set(fresh(code).split())


def test_help_opens_neither_attrs_nor_the_vocabulary() -> None:
    opened = opened_by("--help")
    assert {m for m in opened if m.startswith("diversion_flow.definition.")} == {
        "diversion_flow.definition.extras", "diversion_flow.definition.languages",
    }  # fmt: skip
    assert opened.isdisjoint({"attr", "attrs", "typer", "rich", "inspect", "json"})


@pytest.mark.parametrize("words", [("check", "--help"), ("draw", "--help"), ("chek",)])
def test_help_with_a_command_and_a_misspelt_one_open_no_law(words: tuple[str, ...]) -> None:
    opened = opened_by(*words)
    rooms = {m.split(".")[1] for m in opened if m.startswith("diversion_flow.")}
    assert rooms == {"cli", "definition", "late"}
    assert opened.isdisjoint(
        {"diversion_flow.definition.process", "diversion_flow.definition.guard"}
    )
    assert "rich.console" not in opened


def test_a_package_has_its_rooms_and_names_and_no_others() -> None:
    assert diversion_flow.processes.names()
    assert diversion_flow.runtime.View is diversion_flow.View
    with pytest.raises(AttributeError, match="nothing_so_called"):
        _ = diversion_flow.nothing_so_called  # type: ignore[attr-defined]
