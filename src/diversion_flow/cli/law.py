"""How the command line names a law: `entry_support:osaka@2024-06-03+change.toml`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from os.path import basename, isfile, splitext
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from attrs import evolve

from .. import processes
from ..definition import CallError, History, Process, UnknownId, Variant
from ..definition.history import of_day

if TYPE_CHECKING:
    from pathlib import Path

    from ..scenarios import Scenario

_DRAFT = re.compile(r"(\w+)=([^=]+)\Z")
_PARTS = re.compile(r"((?:[A-Za-z]:[/\\])?[^:@]+)(?::([^:@]+))?(?:@(.+))?\Z")


class Named(NamedTuple):
    """A law as it was named: a shipped process or a definition file, the place, the day, the
    variant files put on it, and the drafts taken for law with their days."""

    name: str
    place: str = ""
    on: str = ""
    files: tuple[str, ...] = ()
    drafts: tuple[tuple[str, str], ...] = ()

    @property
    def open(self) -> bool:
        """Whether a shipped process is named and nothing else: a story may say of which day."""
        return not (self.place or self.on or self.files or self.drafts or self.is_file)

    @property
    def is_file(self) -> bool:
        """Whether a file is named: it has an ending, or lies in a folder."""
        return _has_ending(self.name) or basename(self.name) != self.name

    def day(self) -> date:
        """The day named; the first of the latest version, if none is."""
        if self.on:
            return _day(self.on)
        latest = processes.get(self.name).since or date.min
        return max((latest, *self._assumed().values()))

    def _assumed(self) -> dict[str, date]:
        return {id: _day(day) for id, day in self.drafts}

    def base(self) -> Process:
        """The law of the day and place, without what is put on it."""
        if self.is_file:
            from ..definition.files.serial import load_process

            if self.place:
                raise UnknownId("place", self.place, ())
            if self.drafts:
                raise UnknownId("draft", self.drafts[0][0], ())
            found = load_process(self.name)
            return of_day(found, _day(self.on)) if self.on else found
        return processes.in_force(
            self.name, on=self.day(), place=self.place or None, assume=self._assumed()
        )

    def history(self) -> History:
        """All versions of the shipped process, everywhere or at the place, with the drafts."""
        return processes.history(self.name, self.place or None, assume=self._assumed())

    def begun_by(self) -> Iterator[tuple[Variant, date | None]]:
        """By what versions began, and when: amendments, drafts, the place's own rules."""
        days = self._assumed()
        yield from ((v, v.since) for v in processes.amendments(self.name))
        yield from ((v, days[v.id]) for v in processes.drafts(self.name) if v.id in days)
        yield from ((v, v.since) for v in processes.variants(self.name) if v.place == self.place)

    def law(self) -> Process:
        """The law itself."""
        found = self.base()
        if self.files:
            from ..definition.files.variant_file import load_variant

            for file in self.files:
                found = load_variant(file).apply(found)
        return found

    def before(self) -> Process:
        """The law that the variant files are put on; without such, that of the day everywhere,
        and without drafts."""
        if self.files or self.is_file:
            return self.base()
        return processes.in_force(self.name, on=self.day())

    def under(self, told: Scenario, folder: Path) -> Scenario:
        """The story under this law, which it names as that is found from the folder it lies in."""
        from ..scenarios import Law

        def seen(file: str) -> str:
            return os.path.relpath(file, folder).replace(os.sep, "/")

        its = Law(told.on, self.place or None, "+".join(map(seen, self.files)) or None)
        name = seen(self.name) if self.is_file else told.process
        return evolve(told, process=name, laws=(its,))


def named(name: str, on: str = "", place: str = "") -> Named:
    """The parts of a law's name; an option gives the day or the place where the name does not."""
    base, *put = name.split("+")
    drafts = tuple((found[1], found[2]) for part in put if (found := _DRAFT.match(part)))
    files = tuple(part for part in put if not _DRAFT.match(part))
    if "" in put:
        raise CallError("call_no_file", word=name)
    if _has_ending(base):
        return Named(base, place, on, files, drafts)
    parts = _PARTS.match(base)
    if parts is None:
        raise UnknownId("process", base, processes.names())
    for option, said, other in (("--place", parts[2], place), ("--on", parts[3], on)):
        if said and other and said != other:
            raise CallError("call_contradicts", option=option, word=name)
    return Named(_here(parts[1]), parts[2] or place, parts[3] or on, files, drafts)


def law(name: str, on: str = "", place: str = "") -> Process:
    """The law so named; on the latest day of a shipped process, unless one is given."""
    return named(name, on, place).law()


def all_of(name: str) -> Named:
    """The shipped process so named in all its versions; CallError where the name tells one."""
    said = named(name)
    if said.on or said.files or said.is_file:
        raise CallError("call_one_law", word=name, known=processes.names())
    return said


def _here(name: str) -> str:
    """The definition file that lies here under the id of a process that is not shipped; a story
    finds it beside itself."""
    if name in processes.names():
        return name
    from ..definition.files.data_file import ENDINGS

    return next((file for end in ENDINGS if isfile(file := f"{name}{end}")), name)


def _has_ending(name: str) -> bool:
    """Whether it ends as a file does; which files are read, their reader tells."""
    return splitext(name)[1][1:].isalpha()


def _day(word: str) -> date:
    """The day so written; in wide digits too, as an input method leaves them."""
    try:
        return date.fromisoformat(normalize("NFKC", word))
    except ValueError:
        raise CallError("call_day", word=word) from None
