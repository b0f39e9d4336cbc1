"""What shows or exports one version says of a history what to do instead, and that it works."""

from __future__ import annotations

from typing import Any

import pytest

from diversion_flow import CallError, draw, processes
from diversion_flow.interchange.scxml import scxml
from diversion_flow.interchange.xstate import xstate

LAW = processes.history("entry_support")


@pytest.mark.parametrize("asked", [draw, scxml, xstate], ids=lambda f: f.__name__)
def test_a_history_is_refused_in_words(asked: Any) -> None:
    with pytest.raises(CallError) as refused:
        asked(LAW)
    assert refused.value.code == "one_version"
    assert "history.in_force" in refused.value.text("ja")
    assert "draw(case)" in refused.value.text("en")


def test_a_case_that_has_crossed_is_drawn_as_it_says() -> None:
    case = LAW.open(at="2025-05-30").step("arrested", by="police", at="2025-05-30T21:00")
    case = case.advance(to="2025-06-01T08:00")
    assert case.process == LAW.in_force(case.at.date())
    for view in ("overview", "custody", "timeline", "sequence"):
        drawn = draw(case.process, view, format="svg", lang="en", case=case)
        assert "Law changed" in drawn or view in ("overview", "custody")
