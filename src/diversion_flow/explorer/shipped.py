"""The explorer of a shipped process: every version of the law, at every place with rules of
its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .. import processes
from ..definition import Language, Process, Variant
from ..definition.arguments import argument, each
from ..runtime import Case
from ..scenarios import Scenario, shipped, story_names
from .page import explorer


def shipped_explorer(
    name: str, stories: Iterable[Scenario | Case] = (), lang: Language = "ja"
) -> str:
    """The page of a shipped process; it opens with the latest version, without a place, in this
    language. A case goes on under the later law at each change, of the nation or a place. These
    `stories` can be played in it, and every published one of the process."""
    argument("name", name, str)
    own: Iterable[Scenario | Case] = each("stories", stories, Scenario, Case)
    told = (story for story in map(shipped, story_names()) if story.process == name)
    courses = (processes.history(name, place) for place in (None, *processes.places(name)))
    return explorer(processes.get(name), (*editions(name), *courses), (*own, *told), lang)


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
