"""`--help` speaks the reader's language, of every command and every word given to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from typer.main import get_command

from diversion_flow import __version__, processes
from diversion_flow.cli.app import app
from diversion_flow.cli.help_words import COMMANDS, PARAMETERS
from diversion_flow.cli.helping import in_, sentence
from diversion_flow.cli.usage import WANTED
from diversion_flow.diagram.views.sheets import drawable
from helpers.commands import told

GIVEN = {name: [p for p in command.params if p.name != "help"]
         for name, command in get_command(app).commands.items()}  # type: ignore[attr-defined]  # fmt: skip


def kana(text: str) -> bool:
    return any("ぁ" <= sign <= "ヿ" for sign in text)


@pytest.fixture(autouse=True)
def _no_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def test_every_command_is_told_of() -> None:
    assert set(COMMANDS) == set(GIVEN)
    assert len(COMMANDS) == 22
    for lang in ("ja", "en"):
        said = told("--help", "--lang", lang)
        assert said.code == 0
        for name, text in COMMANDS.items():
            assert f"  {name:9}  {in_(lang, text)}\n" in said.stdout


@pytest.mark.parametrize("name", GIVEN)
def test_every_word_of_a_command_is_told_of_in_both_languages(name: str) -> None:
    ja, en = (told(name, "--help", "--lang", lang) for lang in ("ja", "en"))
    assert (ja.code, en.code, ja.stderr, en.stderr) == (0, 0, "", "")
    assert kana(ja.stdout)
    assert not kana(en.stdout)
    assert len(GIVEN[name]) > 0
    for parameter in GIVEN[name]:
        for shown, lang in ((ja, "ja"), (en, "en")):
            (line,) = (
                line for line in shown.stdout.splitlines()
                if line.split()[:1] in ([parameter.opts[-1]], [parameter.name.upper()],
                                        [f"{parameter.name.upper()}..."])
            )  # fmt: skip
            assert in_(lang, sentence(name, parameter.name)) in line


def test_every_kind_of_view_is_told_of() -> None:
    law = processes.get("entry_support")
    parts = {id for kind in ("agency", "machine") for id in law.by_id[kind]}
    heads = {view.partition(".")[0] for view in drawable(law)} - parts
    assert len(heads) == 9
    for lang in ("ja", "en"):
        said = told("draw", "--help", "--lang", lang).stdout
        assert all(head in said for head in heads)


def test_what_a_value_must_be_is_told_of_whatever_is_no_text() -> None:
    plain = {str, bool, Path, list}
    odd = {
        name
        for command in app.registered_commands
        for name, of in get_type_hints(command.callback).items()
        if name != "return" and plain.isdisjoint(_kinds(of))
    }
    assert odd == set(WANTED)


def _kinds(of: Any) -> Iterator[type]:
    """The kinds of value that a parameter may have, without what says that there may be none."""
    if isinstance(of, UnionType):
        for one in get_args(of):
            yield from () if one is type(None) else _kinds(one)
    else:
        yield get_origin(of) or of


def test_no_sentence_is_left_over() -> None:
    used = {
        key for name, given in GIVEN.items() for p in given
        if (key := f"{name}.{p.name}") in PARAMETERS or (key := p.name)
    }  # fmt: skip
    assert used == set(PARAMETERS)


@pytest.mark.parametrize(
    ("names", "japanese"),
    [
        ({}, True), ({"LANG": "C"}, True), ({"LANG": "C.UTF-8"}, True), ({"LANG": "POSIX"}, True),
        ({"LANG": "ja_JP.UTF-8"}, True), ({"LANG": "en_US.UTF-8"}, False),
        ({"LANG": "de_DE"}, False), ({"LANG": "ja_JP.eucJP", "LC_MESSAGES": "en_GB"}, False),
        ({"LANG": "en_US", "LC_ALL": "ja_JP"}, True), ({"LANG": "en_US", "LC_ALL": ""}, False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("words", [(), ("--help",), ("check", "--help")])
def test_the_locale_decides_where_no_language_is_asked_for(
    names: dict[str, str], japanese: bool, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    said = told(*words)
    assert said.code == (0 if words else 2)
    assert said.stdout.startswith("使い方:" if japanese else "Usage:")
    asked = told(*words, "--lang", "en" if japanese else "ja")
    assert asked.stdout.startswith("Usage:" if japanese else "使い方:")


def test_help_is_asked_for_anywhere_in_a_call_but_not_behind_two_dashes() -> None:
    whole = told("check", "--help").stdout
    for words in (["check", "nothing", "--help"], ["check", "--lang=ja", "--help"],
                  ["check", "--lang", "ja", "--nope", "--help"]):  # fmt: skip
        assert told(*words).stdout == whole
    assert told("check", "--", "--help").code == 2
    assert told("--lang", "en", "--help").stdout == told("--help", "--lang=en").stdout
    assert "chek" in told("chek", "--help").stderr


@pytest.mark.parametrize("option", ["--lang", "--json", "--nope"])
def test_an_option_before_the_command_is_told_where_it_belongs(option: str) -> None:
    done = told(option, "en", "check", "entry_support")
    assert done.code == 2
    assert done.stderr.count("\n") == 1
    assert f"'{option}' stands before the command" in done.stderr or (
        f"「{option}」が命令の前にあります" in done.stderr
    )


def test_the_release_is_told() -> None:
    release = f"diversion-flow {__version__}\n"
    assert told("--version") == told("--lang", "en", "--version") == (0, release, "")
    assert told("--version", "check").code == 2


def test_what_is_taken_without_a_word_is_told() -> None:
    said = told("demo", "--help", "--lang", "en").stdout
    assert "(cs01 if not given)" in said
    assert "(ja if not given)" in said
    assert "NAME[:PLACE][@DAY]" in told("diff", "--help", "--lang", "en").stdout


def test_the_list_of_commands_opens_no_library_beside_ours() -> None:
    code = (
        "import sys; from diversion_flow.cli import main\n"
        "try: main(['--help'])\n"
        "finally: print({'typer', 'rich', 'diversion_flow.diagram'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.endswith("set()\n")
