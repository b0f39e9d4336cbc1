"""The explorer of a shipped process: every version of the law, at every place with rules of
its own."""

from __future__ import annotations

from collections.abc import Iterator

from .. import processes
from ..definition import Process, Variant
from ..definition.arguments import argument
from ..scenarios import shipped, story_names
from .page import explorer


def shipped_explorer(name: str) -> str:
    """The page of a shipped process; it opens with the latest version, without a place. Every
    published story of the process can be played in it."""
    argument("name", name, str)
    told = (story for story in map(shipped, story_names()) if story.process == name)
    return explorer(processes.get(name), tuple(editions(name)), tuple(told))


def editions(name: str) -> Iterator[Process]:
    """The versions, the latest first, each followed by the variants that apply under it."""
    argument("name", name, str)
    for version in reversed(processes.versions(name)):
        yield version
        for variant in processes.variants(name):
            if _meet(version, variant):
                yield variant.apply(version)


def _meet(version: Process, variant: Variant) -> bool:
    """Whether there is a day on which both are in force."""
    ended = version.until and variant.since and version.until < variant.since
    not_yet = variant.until and version.since and variant.until < version.since
    return not (ended or not_yet)
