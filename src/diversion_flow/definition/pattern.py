"""The patterns in which questions are asked; their names are those of the literature."""

from __future__ import annotations

from enum import Enum


class Pattern(Enum):
    """What is asked of `what`, and of `then` where there are two."""

    REACHABLE = "reachable"  # some course leads to it
    POSSIBLE = "possible"  # wherever a case is, some course still leads to it
    EXISTENCE = "existence"  # no case comes to rest without it
    ABSENCE = "absence"  # it never happens
    PRECEDENCE = "precedence"  # `then` does not happen before it
    RESPONSE = "response"  # after it, `then` happens
    SUCCESSION = "succession"  # both of these
    NOT_COEXISTENCE = "not_coexistence"  # only one of the two happens
    ONLY_WITH = "only_with"  # `then` does not happen but together with it

    @property
    def pair(self) -> bool:
        """Whether it is about two occasions."""
        return self in _PAIRS


_PAIRS = {
    Pattern.PRECEDENCE, Pattern.RESPONSE, Pattern.SUCCESSION, Pattern.NOT_COEXISTENCE,
    Pattern.ONLY_WITH,
}  # fmt: skip
