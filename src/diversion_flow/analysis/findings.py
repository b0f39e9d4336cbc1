"""What a check finds: a code to search for, the ids concerned, a sentence in two languages."""

from __future__ import annotations

from enum import Enum
from typing import Literal

from ..definition import Language, Text
from ..definition.frozen import frozen

Severity = Literal["error", "warning", "note"]


class FindingCode(Enum):
    """The kinds of fault; the value is stable and searchable."""

    UNREACHABLE_STATE = "unreachable-state"
    DEAD_TRANSITION = "dead-transition"
    EXIT_FROM_FINAL = "exit-from-final"
    NO_WAY_TO_END = "no-way-to-end"
    AMBIGUOUS_CHOICE = "ambiguous-choice"
    UNSUPPLIED_FACT = "unsupplied-fact"
    OUTDATED_UNDER_LIMIT = "outdated-under-limit"
    MISSING_LABEL = "missing-label"
    MISSING_BASIS = "missing-basis"
    BASIS_NOT_IN_FORCE = "basis-not-in-force"
    STATE_WITHOUT_HOLDER = "state-without-holder"
    FINAL_WITHOUT_OUTCOME = "final-without-outcome"
    DEADLINE_WITHOUT_EXIT = "deadline-without-exit"
    ENDLESS_EXPIRY = "endless-expiry"
    EVENT_WITHOUT_REPORTER = "event-without-reporter"
    BLIND_REPORTER = "blind-reporter"
    UNUSED_EVENT = "unused-event"
    SIGHT_WITHOUT_GROUND = "sight-without-ground"  # of a note
    DUTY_UNTOLD = "duty-untold"  # of a note
    OPEN_NORM = "open-norm"  # of a note
    LEFT_OUT = "left-out"  # of a note
    MAY_HAVE_CHANGED = "may-have-changed"  # of a note
    CALLED_BY_FACT = "called-by-fact"  # of a note
    NOT_DECIDED = "not-decided"  # it takes more effort than was given


@frozen
class Finding:
    """One fault of a process. An error makes it wrong, a warning worse than it could be; a note is
    no fault, but should be known. `ids` name what is concerned, outermost first."""

    code: FindingCode
    severity: Severity
    ids: tuple[str, ...]
    message: Text

    def text(self, lang: Language = "en") -> str:
        """Code, place and sentence on one line."""
        return f"{self.code.value} [{'.'.join(self.ids)}] {self.message.in_(lang)}"
