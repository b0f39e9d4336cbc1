"""What an exporter hands back: the text, and what the format could not say."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from ..definition import Text


@frozen
class Loss:
    """Something that the process says and the format does not.

    `code` names the kind of thing (`deadline`, `consent`, ...); `ids` are the parts of the
    process that it touches; `said` tells a reader of the export what to keep in mind.
    """

    code: str
    said: Text
    ids: tuple[str, ...] = ()


def touching(found: Iterable[tuple[str, Text, Iterable[str]]]) -> tuple[Loss, ...]:
    """The losses (code, words, ids) of which the process has an example at all."""
    losses = (Loss(code, said, tuple(ids)) for code, said, ids in found)
    return tuple(loss for loss in losses if loss.ids)


@frozen
class Exported:
    """A process or its journals in another format's words."""

    text: str
    losses: tuple[Loss, ...] = ()
