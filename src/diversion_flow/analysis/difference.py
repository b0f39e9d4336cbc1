"""One kind of case that two processes treat differently, as a value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from attrs import field

from ..definition import LANGUAGES, Basis, Guard, Language, Text
from ..definition.facts import Value
from ..definition.frozen import frozen
from ..definition.text import unknown_language
from .cells import Cube

if TYPE_CHECKING:
    from .people_words import Words
    from .witness import Witness

# What it is that is done otherwise: an event is refused or leads elsewhere; another agency may
# report it; another machine decides on it; it happens only as a time limit runs out; something else
# may be recorded, with an event or at all; what was told earlier counts no more; a machine begins
# elsewhere; a limit runs otherwise; another agency sees or is given something; a case may be left
# for good.
Treatment = Literal[
    "rule", "reporter", "home", "lapse", "record", "outdated", "fact", "start", "limit", "sight",
    "consent", "rest",
]  # fmt: skip


@frozen
class Place:
    """Where a difference shows: an event, and the states of its machine."""

    event: str
    machine: str
    states: tuple[str, ...]


@frozen
class Seen:
    """What `agency` sees or is given under one law only (0: the first, 1: the second): machines
    and facts, each by its kind and id; on the person's consent, where it is `consented`."""

    agency: str
    items: tuple[tuple[str, str], ...]
    law: int
    consented: bool = False


@frozen
class Difference:
    """One kind of case that two processes treat differently.

    `kind` says what is done otherwise. `rules` are the places of the process concerned (none:
    wherever a case stands), and `witnesses` the replays that show it; `before` is where the first
    process leads there and `after` where the second does (None: nowhere). `cube` says which of
    the cases that meet the accepting rule are meant; `profile` is the smallest example (fact id
    → value; None: not known). `why` is what the refusing rule asks and they lack. `deadline` is
    the limit that runs otherwise; `seen` what an agency learns under one of the two only.
    """

    rules: tuple[Place, ...]
    before: str | None
    after: str | None
    cube: Cube = field(repr=False)
    profile: Mapping[str, Value | None] = field(factory=dict)
    why: Guard | None = None
    basis: tuple[Basis, ...] = ()
    deadline: str | None = None
    seen: Seen | None = None
    kind: Treatment = "rule"
    witnesses: tuple[Witness, ...] = field(default=(), repr=False, eq=False)
    words: Mapping[Language, Words] = field(factory=dict, repr=False, eq=False)

    @property
    def said(self) -> Text:
        """Who, and how each process treats them, in both languages."""
        return Text(*map(self.text, LANGUAGES))

    def text(self, lang: Language = "en") -> str:
        """Who, and how each process treats them."""
        if lang not in LANGUAGES:
            raise unknown_language(lang)
        return self.words[lang].said(self)
