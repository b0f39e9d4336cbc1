"""A story of one or more cases: what happened, who reported it, what must come of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import field, frozen

from ..definition import DefinitionError, Text


class ScenarioError(DefinitionError):
    """A scenario file is wrong at `place` (file and field)."""


@frozen
class Opening:
    """A case is opened."""

    case: str
    at: str
    facts: Mapping[str, object] = field(repr=False, factory=dict)


@frozen
class Step:
    """One step of the story, and what must come of it.

    `origin` keeps `published` steps apart from `filler` ones, which were added so that the
    story can run. `advance_to` lets time pass instead of reporting an event.
    """

    number: int
    case: str
    at: str
    origin: str
    event: str | None = None
    by: str | None = None
    facts: Mapping[str, object] = field(repr=False, factory=dict)
    advance_to: bool = False
    refused: tuple[str, ...] = ()
    states: Mapping[str, str] = field(factory=dict)
    deadlines: Mapping[str, date] = field(factory=dict)
    note: Text | None = None


@frozen
class Scenario:
    """A story with its sources, what of it is published, and its steps."""

    id: str
    process: str
    on: date
    title: Text
    published: Text
    sources: tuple[str, ...]
    openings: tuple[Opening, ...]
    steps: tuple[Step, ...]
