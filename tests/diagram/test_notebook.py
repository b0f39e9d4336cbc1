"""What a notebook shows: the words and the road, of a case no content unless asked."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Any

import pytest

from diversion_flow import Case, Process, View, compare, draw, processes
from diversion_flow.analysis import Comparison
from diversion_flow.definition import CallError, UnknownId
from diversion_flow.diagram import Shown

HTML, SVG, TEXT = "text/html", "image/svg+xml", "text/plain"


@cache
def law(place: str | None = None) -> Process:
    return processes.in_force("entry_support", on="2024-06-03", place=place)


@cache
def case(age: int = 71) -> Case:
    opened = law().open(at="2024-06-03T10:00", facts={"age": age}, id="A & B")
    return opened.step("arrested", by="police", at="2024-06-03T11:00")


@cache
def other() -> Comparison:
    return compare(law(), law("osaka"))


# Each with its words and its road.
SHOWN: dict[str, Callable[[], tuple[Any, str, str]]] = {
    "law": lambda: (law(), repr(law()), draw(law(), "road")),
    "case": lambda: (case(), repr(case()), draw(law(), "road", case=case())),
    "view": lambda: (seen := case().view("police"), repr(seen), draw(seen, "road")),
    "comparison": lambda: (other(), other().text("ja"), draw(other(), "road")),
}


def bundle(value: Any, include: Any = None, exclude: Any = None) -> dict[str, str]:
    """As IPython's formatter asks: of the value, with both arguments by name."""
    made: dict[str, str] = value._repr_mimebundle_(include=include, exclude=exclude)
    return made


def pictured(html: str) -> str:
    """The picture within the page."""
    _, _, rest = html.partition("data:image/svg+xml;base64,")
    return b64decode(rest.partition('"')[0]).decode()


@pytest.mark.parametrize("name", SHOWN)
def test_a_value_shows_its_words_and_its_road(name: str) -> None:
    value, words, road = SHOWN[name]()
    shown = bundle(value)
    assert list(shown) == [TEXT, HTML, SVG]
    assert shown[TEXT] == words
    assert shown[SVG] == road == pictured(shown[HTML])
    assert words in unescape(shown[HTML])
    assert shown[HTML].startswith('<div lang="ja">')


def test_words_are_no_markup() -> None:
    assert "A & B" in bundle(case())[TEXT]
    assert "&lt;Case A &amp; B custody=arrested&gt;" in bundle(case())[HTML]


def test_two_histories_have_words_and_no_road() -> None:
    history = processes.history("special_coordination")
    same = compare(history, history)
    shown = bundle(same)
    assert list(shown) == [TEXT, HTML]
    assert shown[TEXT] == same.text("ja")
    assert "<img" not in shown[HTML]


def test_what_is_not_asked_for_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(bundle(law(), include={SVG})) == [SVG]
    monkeypatch.setattr("diversion_flow.diagram.notebook.draw", None)
    assert (
        bundle(law(), include=[TEXT]) == bundle(law(), exclude=[HTML, SVG]) == {TEXT: repr(law())}
    )


def test_the_road_is_drawn_once_for_page_and_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(
        "diversion_flow.diagram.notebook.draw",
        lambda _, view, **__: drawn.append(view) or "<svg/>",  # type: ignore[func-returns-value]
    )
    assert bundle(law())[SVG] == "<svg/>"
    assert drawn == ["road"]


def test_another_language_is_asked_for() -> None:
    shown = bundle(Shown(case(), "en"))
    assert shown[SVG] == draw(law(), "road", lang="en", case=case())
    assert shown[HTML].startswith('<div lang="en"><img alt="Entry-stage support"')
    assert bundle(Shown(other(), "en"))[TEXT] == other().text("en")


@pytest.mark.parametrize("seen", [lambda c: c, lambda c: c.view("police")], ids=["case", "view"])
def test_facts_are_shown_only_if_asked(seen: Callable[[Case], Case | View]) -> None:
    """Asked, what they say; else a case of which something else is known shows the same."""
    one, another = seen(case()), seen(case(67))
    assert bundle(one) == bundle(another)
    assert bundle(Shown(one, facts=True))[TEXT] == f"{one!r}\n年齢: 71歳"
    assert "age: 67 years" in bundle(Shown(another, "en", facts=True))[HTML]


@pytest.mark.parametrize(
    ("named", "said"),
    [(["provider", "center"], "センター・事業者"), ([], "なし")],
)
def test_of_a_fact_with_several_values_all_are_shown(named: list[str], said: str) -> None:
    known = law().open(at="2024-06-03", facts={"consent_recipients": named})
    assert bundle(Shown(known, facts=True))[TEXT].endswith(f": {said}")


def test_what_cannot_be_shown_is_refused() -> None:
    with pytest.raises(CallError, match="value"):
        Shown("entry_support")  # type: ignore[arg-type]
    with pytest.raises(CallError, match="facts"):
        Shown(case(), facts="yes")  # type: ignore[arg-type]
    with pytest.raises(UnknownId, match="fr"):
        Shown(case(), "fr")  # type: ignore[arg-type]
