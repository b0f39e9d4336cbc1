"""Questions about all courses that a case can take: proved, broken with a story, or not settled."""

from .proving import Answer, Assumed, Broken, NotSettled, Proved, prove, prove_each
from .telling import answer_text
from .walking import Happened, Story
from .ways import ways

__all__ = [
    "Answer",
    "Assumed",
    "Broken",
    "Happened",
    "NotSettled",
    "Proved",
    "Story",
    "answer_text",
    "prove",
    "prove_each",
    "ways",
]
