"""Questions about all courses that a case can take: proved, broken with a story, or not settled."""

from .proving import Answer, Assumed, Broken, NotSettled, Proved, Why, prove
from .telling import answer_text
from .walking import Story, Told
from .ways import ways

__all__ = [
    "Answer",
    "Assumed",
    "Broken",
    "NotSettled",
    "Proved",
    "Story",
    "Told",
    "Why",
    "answer_text",
    "prove",
    "ways",
]
