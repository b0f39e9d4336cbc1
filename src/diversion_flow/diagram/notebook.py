"""What a notebook shows of a law, a comparison, a case or a view: its words and its road.

The picture is an image of its own within the page, so that neither its styles nor its ids meet
those of the page or of another picture.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Container, Iterator
from functools import cached_property
from html import escape

from attrs import frozen

from ..analysis import Comparison, HistoryComparison
from ..definition import LANGUAGES, Language, Process, UnknownId
from ..definition.arguments import argument
from ..definition.wording import value_text
from ..runtime import Case, View
from .render import draw


@frozen
class Shown:
    """What a notebook shows of a law, a comparison, a case or a view, in the language asked for.

    Put last in a cell it is shown there; the value itself is shown in Japanese. Of a case, or of a
    view of one, what the facts say is shown with `facts=True` only. Raises CallError for a value
    of another kind, UnknownId for another language.
    """

    value: Process | Comparison | HistoryComparison | Case | View
    lang: Language = "ja"
    facts: bool = False

    def __attrs_post_init__(self) -> None:
        argument("value", self.value, Process, Comparison, HistoryComparison, Case, View)
        argument("facts", self.facts, bool)
        if self.lang not in LANGUAGES:
            raise UnknownId("language", self.lang, LANGUAGES)

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> dict[str, str]:
        """Media type → what is shown, as notebooks ask for it: nothing else is made."""
        return {
            media: made
            for media, make in _MEDIA.items()
            if (not include or media in include) and not (exclude and media in exclude)
            if (made := make(self))
        }

    @cached_property
    def _road(self) -> str:
        """The road as a picture; none of two histories, which have one for each version."""
        value, lang = self.value, self.lang
        return "" if isinstance(value, HistoryComparison) else draw(value, "road", lang=lang)


def _text(shown: Shown) -> str:
    """The layers of a comparison; of all else what its `repr` says, and the facts if asked."""
    value = shown.value
    if isinstance(value, Comparison | HistoryComparison):
        return value.text(shown.lang)
    return "\n".join((repr(value), *_facts(shown)))


def _facts(shown: Shown) -> Iterator[str]:
    value, lang = shown.value, shown.lang
    if shown.facts and isinstance(value, Case | View):
        for id, known in value.facts.items():
            fact = value.process.fact(id)
            yield f"{fact.label.in_(lang)}: {value_text(fact, known, lang)}"


def _page(shown: Shown) -> str:
    words = f'<pre style="white-space:pre-wrap">{escape(_text(shown))}</pre>'
    return f'<div lang="{shown.lang}">{_image(shown)}{words}</div>'


def _image(shown: Shown) -> str:
    value = shown.value
    if isinstance(value, HistoryComparison):
        return ""
    law = value.b if isinstance(value, Comparison) else value
    law = law if isinstance(law, Process) else law.process
    return (
        f'<img alt="{escape(law.label.in_(shown.lang))}" style="max-width:100%" '
        f'src="data:image/svg+xml;base64,{b64encode(shown._road.encode()).decode()}">'
    )


_MEDIA: dict[str, Callable[[Shown], str]] = {
    "text/plain": _text,
    "text/html": _page,
    "image/svg+xml": lambda shown: shown._road,
}
