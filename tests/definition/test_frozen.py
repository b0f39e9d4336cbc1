"""Frozen values share one `repr`, which says what that of attrs says."""

from __future__ import annotations

import attrs
import pytest
from attrs import field

from diversion_flow.definition import Choice, Text
from diversion_flow.definition.frozen import frozen


def told(maker: object) -> str:
    """The `repr` of a value with something in it that is not to be shown."""

    @maker  # type: ignore[misc]
    class Told:
        id: str
        inner: tuple[Text, ...]
        secret: str = field(repr=False)
        last: int = 1

    return repr(Told("a", (Text("あ", "a"),), "case content"))


@pytest.mark.parametrize("how", [{}, {"cache_hash": True}], ids=str)
def test_it_says_what_attrs_says(how: dict[str, bool]) -> None:
    assert told(frozen(**how)) == told(attrs.frozen(**how))
    assert "case content" not in told(frozen)


def test_a_value_of_the_vocabulary_shows_its_fields() -> None:
    shown = repr(Choice("none", Text("なし", "none")))
    assert shown.startswith("Choice(id='none', label=Text(ja='なし', en='none')")


def test_a_repr_of_its_own_stays() -> None:
    @frozen
    class Short:
        id: str

        def __repr__(self) -> str:
            return f"<{self.id}>"

    assert repr(Short("a")) == "<a>"
