"""A disk that loses what was not made durable: by tests/peers/disk.c, which stands between a
program and its files, and a model of what a power cut leaves of them."""

from __future__ import annotations

import os
import random
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from attrs import define, field, frozen

from helpers.peer_programs import HOME
from helpers.places import ROOT, TESTS

SECTOR = 512  # bytes that a disk writes whole or not at all


@cache
def shim() -> Path:
    """The compiled shim."""
    made = Path(tempfile.mkdtemp()) / "disk.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-o", str(made), str(HOME / "disk.c"), "-ldl"], check=True
    )
    return made


def run(script: str, folder: Path, log: Path | None, *words: str) -> str:
    """What a script of helpers prints; its files below the folder go through the shim."""
    told = {"DISK_LOG": str(log)} if log else {}
    done = subprocess.run(
        [sys.executable, "-m", f"helpers.{script}", str(folder), *words],
        env={
            **os.environ, "LD_PRELOAD": str(shim()), "DISK_AT": str(folder), **told,
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{TESTS}",
        },
        capture_output=True, encoding="utf-8", timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


@frozen
class Step:
    """One thing done to a file: (W)ritten at a place, (A)ppended, (S)ynced, (T)runcated,
    (U)nlinked. The sync of the folder bears its name."""

    kind: str
    name: str
    at: int
    data: bytes = field(repr=False)


def steps(log: Path) -> Iterator[Step]:
    """What the shim has written down."""
    data, here = log.read_bytes(), 0
    while here < len(data):
        kind = chr(data[here])
        (length,) = struct.unpack_from("=H", data, here + 1)
        name = data[here + 3 : here + 3 + length].decode()
        here += 3 + length
        at, size = struct.unpack_from("=qI", data, here)
        here += 12 + size
        yield Step(kind, name, at, data[here - size : here])


@define
class _File:
    sure: bytes = b""  # what is on the disk
    there: bool = False  # its name is on the disk
    gone: bool = False  # it was unlinked, which is not on the disk yet
    now: bytearray = field(factory=bytearray)
    pending: list[Step] = field(factory=list)

    def do(self, step: Step) -> None:
        self.pending.append(step)
        _apply(self.now, step)

    def sync(self) -> None:
        self.sure, self.pending = bytes(self.now), []

    def after_cut(self, rnd: random.Random) -> bytes | None:
        if (not self.there or self.gone) and rnd.random() < 0.5:
            return None
        left = bytearray(self.sure)
        for step in self.pending:
            _apply(left, step, rnd)
        return bytes(left)


def _apply(content: bytearray, step: Step, rnd: random.Random | None = None) -> None:
    """Do the step; with chance, wholly, in parts or not at all."""
    fate = rnd.randrange(3) if rnd else 0
    if fate == 1:
        return
    if step.kind == "T":
        del content[step.at :]
        content.extend(bytes(max(0, step.at - len(content))))
        return
    content.extend(bytes(max(0, step.at + len(step.data) - len(content))))
    for start in range(0, len(step.data), SECTOR):
        if fate == 0 or (rnd and rnd.random() < 0.5):
            part = step.data[start : start + SECTOR]
            content[step.at + start : step.at + start + len(part)] = part


class Disk:
    """The files of a folder, as a power cut might leave them after each step."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._files: dict[str, _File] = {}

    def do(self, step: Step) -> None:
        if step.kind == "S" and step.name == self._folder:
            self._files = {name: file for name, file in self._files.items() if not file.gone}
            for file in self._files.values():
                file.there = True
            return
        file = self._files.setdefault(step.name, _File())
        if step.kind == "S":
            file.sync()
        elif step.kind == "U":
            file.gone = True
        else:
            if file.gone:
                file = self._files[step.name] = _File()
            file.do(step)

    def cut(self, rnd: random.Random, into: Path) -> None:
        """Leave in that folder what a cut leaves now."""
        for name, file in self._files.items():
            if (left := file.after_cut(rnd)) is not None:
                (into / name).write_bytes(left)
