"""A file is written whole or not at all, where it was meant to go, and what hinders it is said."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from diversion_flow.definition import CallError, FileRefused, LoadError, UnknownId
from diversion_flow.definition.files import dump, load_process, writing
from diversion_flow.definition.files.writing import (
    FileThere,
    UnsafeName,
    inside,
    made,
    writable,
    write_each,
    write_whole,
)
from diversion_flow.definition.text import shown
from diversion_flow.store import sqlite_store
from helpers.small import PROCESS

GOOD = ["law.svg", "勾留.json", "a-b_c.1", "console", "com", "lpt10", "x" * 200, "あ" * 66]
BAD = [
    "", ".", "..", "a.", ".a", "a ", " a", "a/b", "a\\b", "c:x", "a*", "a?", 'a"', "a<", "a>", "a|",
    "a\x00", "a\x1f", "a\ud800", "con", "CON.txt", "nul", "aux.svg", "prn", "com1", "lpt9.x",
    "x" * 201, "あ" * 67,
]  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_name_that_every_system_holds_lies_in_the_folder(name: str, tmp_path: Path) -> None:
    assert inside(tmp_path, name) == tmp_path / name


@pytest.mark.parametrize("name", BAD, ids=ascii)
def test_a_name_that_could_lead_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnsafeName) as caught:
        inside(tmp_path, name)
    assert (caught.value.code, caught.value.values) == ("unsafe_name", {"name": name})


def test_where_no_file_can_be_is_told_before_anything_is_written(tmp_path: Path) -> None:
    there = tmp_path / "there.txt"
    there.write_bytes(b"old")
    (tmp_path / "folder").mkdir()
    (tmp_path / "hanging").symlink_to(tmp_path / "nowhere")
    for path, code in (
        (tmp_path / "a\0b", "file_name"),
        (tmp_path / "folder", "file_is_folder"),
        (tmp_path / "none" / "a.txt", "no_folder"),
        (there, "file_there"),
        (tmp_path / "hanging", "file_there"),
    ):
        for ask in (writable, lambda path: write_whole(path, b"new")):
            with pytest.raises(FileRefused) as caught:
                ask(path)
            assert caught.value.code == code
            assert caught.value.file == shown(path)
            assert isinstance(caught.value, FileThere) == (code == "file_there")
    assert there.read_bytes() == b"old"
    assert writable(there, overwrite=True) == there
    assert writable(str(tmp_path / "new.txt")) == tmp_path / "new.txt"
    with pytest.raises(FileRefused):
        writable(tmp_path / "folder", overwrite=True)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder in which a program stands")
def test_in_a_folder_that_is_gone_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (gone := tmp_path / "gone").mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for ask in (writable, sqlite_store, lambda name: list(write_each([(Path(name), b"x")]))):
        with pytest.raises(FileRefused) as caught:
            ask("new.db")
        assert (caught.value.code, caught.value.file) == ("no_folder", "new.db")


def test_a_name_in_another_encoding_is_told_whole(tmp_path: Path) -> None:
    name = os.fsdecode("無い".encode("cp932")) + ".toml"
    with pytest.raises(LoadError) as caught:
        load_process(tmp_path / name)
    assert str(caught.value).startswith(f"{tmp_path}{os.sep}\\udc96\\udcb3\\udc82\\udca2.toml: ")


def test_a_path_of_bytes_is_none() -> None:
    class InBytes:
        def __fspath__(self) -> bytes:
            return b"x.json"

    for ask in (writable, load_process):
        with pytest.raises(CallError) as caught:
            ask(InBytes())  # type: ignore[arg-type]
        assert caught.value.values["found"] == "InBytes"


@pytest.mark.parametrize("overwrite", [False, True])
def test_of_several_files_none_is_written_where_one_is_refused(
    overwrite: bool, tmp_path: Path
) -> None:
    for second, code in (
        ("new.txt", "file_twice"),
        ("folder/../new.txt", "file_twice"),
        ("linked/new.txt", "file_twice"),
        ("none/new.txt", "no_folder"),
    ):
        (tmp_path / "folder").mkdir(exist_ok=True)
        if not (tmp_path / "linked").exists():
            (tmp_path / "linked").symlink_to(tmp_path, target_is_directory=True)
        files = [(tmp_path / name, b"x") for name in ("new.txt", "other.txt", second)]
        with pytest.raises(FileRefused) as caught:
            list(write_each(files, overwrite=overwrite))
        assert caught.value.code == code
        assert caught.value.file == shown(tmp_path / second)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "linked"]
    assert list(write_each(files[:2], overwrite=overwrite)) == [path for path, _ in files[:2]]


@pytest.mark.skipif(os.name == "nt", reason="Windows takes every character that a text has")
def test_a_name_with_half_a_character_is_no_name(tmp_path: Path) -> None:
    for ask in (writable, made):
        with pytest.raises(FileRefused) as caught:
            ask(tmp_path / "a\ud834")
        assert caught.value.code == "file_name"
        assert caught.value.file.isprintable()


@pytest.mark.parametrize("name", ["law.toml", "law.yaml", "law", "law.json.txt"])
def test_what_no_reader_would_read_under_that_name_is_not_written(
    name: str, tmp_path: Path
) -> None:
    with pytest.raises(UnknownId) as refused:
        dump(PROCESS, tmp_path / name)
    assert ".json" in refused.value.text("en")
    assert list(tmp_path.iterdir()) == []
    dump(PROCESS, tmp_path / "LAW.JSON")
    assert load_process(tmp_path / "LAW.JSON") == PROCESS


def test_a_file_is_replaced_whole_and_readable_by_others(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    assert write_whole(file, b"one") == file
    assert write_whole(file, b"two", overwrite=True) == file
    assert file.read_bytes() == b"two"
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o644
    assert [f.name for f in tmp_path.iterdir()] == ["a.txt"]


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "replace", full)
    with pytest.raises(FileRefused) as caught:
        write_whole(file, b"new", overwrite=True)
    assert (caught.value.code, caught.value.file) == ("not_written", str(file))
    assert "no space is left" in caught.value.text("en")
    assert "空き容量がありません" in caught.value.text("ja")
    assert [(f.name, f.read_bytes()) for f in tmp_path.iterdir()] == [("a.txt", b"old")]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(13, "Permission denied"), "it is not permitted"),
        (OSError(30, "Read-only file system"), "the disk is read-only"),
        (OSError(5, "Input/output error"), "the device does not answer"),
        (OSError(74, "Bad message"), "Bad message"),
        (OSError("odd"), "odd"),
        (OSError(), "OSError"),
    ],
    ids=str,
)
def test_why_a_file_cannot_be_written_is_said(
    error: OSError, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise error

    monkeypatch.setattr(writing.tempfile, "mkstemp", fails)
    with pytest.raises(FileRefused) as caught:
        write_whole(tmp_path / "a.txt", b"new")
    assert caught.value.code == "not_written"
    assert said in caught.value.text("en")


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    assert made(deep) == made(str(deep)) == deep
    assert deep.is_dir()
    (tmp_path / "file").write_bytes(b"")
    for path, said in (
        (tmp_path / "file", "a file of that name is there"),
        (tmp_path / "file" / "inside", "a file is in the way"),
    ):
        with pytest.raises(FileRefused) as caught:
            made(path)
        assert caught.value.code == "not_made"
        assert said in caught.value.text("en")
    with pytest.raises(FileRefused) as caught:
        made(tmp_path / "a\0b")
    assert caught.value.code == "file_name"


@pytest.mark.parametrize("odd", [None, 3, b"x", ["x"]])
def test_a_path_is_a_path(odd: Any) -> None:
    for ask in (writable, made):
        with pytest.raises(CallError):
            ask(odd)


def test_a_path_is_shown_with_nothing_that_cannot_be_printed() -> None:
    assert shown(Path("勾留/a\x07b")) == str(Path("勾留") / "a\\x07b")
    # as somebody called it, but for the sign that would turn it round
    assert shown("大阪\u3000\xa0\u202e") == "大阪\u3000\xa0\\u202e"
