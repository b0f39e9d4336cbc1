"""The road: one path through the offices that a finger can follow, for any process."""

from __future__ import annotations

import pytest

from diversion_flow import Language, Process, processes
from diversion_flow.definition import LANGUAGES
from diversion_flow.diagram.views.road import MOST, RoadShown, brief, road
from diversion_flow.diagram.views.road_picture import ONE_PAGE, Type, placed, road_picture
from helpers import road_quality as q

LAWS = {
    **{law.version: law for name in processes.names() for law in processes.versions(name)},
    **{f"{law.version} {place}": law for place in processes.places("entry_support")
       for law in processes.history("entry_support", place).versions},
}  # fmt: skip


def sound(shown: RoadShown, type: Type) -> None:
    """Nothing is wrong with the sheet."""
    sheet, drawn = placed(shown, type), road_picture(shown, type)
    assert q.pieces(sheet) == 1
    assert q.crossings(sheet.paths) == q.backwards(sheet.paths) == q.slanting(sheet.paths) == 0
    assert q.through_boxes(sheet) == q.overlaps(sheet.boxes) == 0
    assert q.text_on_text(drawn) == q.outside(drawn) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
def test_a_finger_can_follow_every_shipped_law(law: Process, lang: Language) -> None:
    sheets = road(law, lang)
    assert len(sheets) == 1
    assert 7 <= len(sheets[0].acts) <= MOST
    sound(sheets[0], Type())
    sound(brief(law, lang), ONE_PAGE)
