"""What a story says of all that may follow, or may have gone before: proved, not tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from ..definition import LANGUAGES, DiversionFlowError, Occasion, Pattern, Property, Text
from ..definition.guard import every, machine
from ..definition.occasions import occasion
from ..runtime import Case
from ..runtime.journal import entry
from .form import OPEN
from .model import Expected, placed

_ASKED: Final = dict(
    zip(
        OPEN,
        (
            Text("ここからなお可能: {0}", "still possible from here: {0}"),
            Text("ここから先、二度とない: {0}", "never again from here: {0}"),
            Text("ここに至る者は必ず先に: {0}", "before whoever comes here: {0}"),
        ),
        strict=True,
    )
)


def open_tests(expected: Expected, case: Case) -> Iterator[tuple[Text, Text]]:
    """What was expected of all courses and what was found, where they part."""
    for name, text in _ASKED.items():
        for words in getattr(expected, name):
            wanted = Text(*(text.in_(lang).format(words) for lang in LANGUAGES))
            yield from ((wanted, found) for found in _found(name, words, wanted, expected, case))


def _found(name: str, words: str, label: Text, expected: Expected, case: Case) -> Iterator[Text]:
    from ..proof import Proved, answer_text, prove

    law = case.process
    pattern, then, whole = _PATTERNS[name](expected, case)
    try:
        asked = Property(name, label, pattern, occasion(law, words), then)
        answer = prove(law if whole else case, asked)
    except DiversionFlowError as error:  # a word that this law does not know
        unknown = placed(expected.where, error, name)
        yield Text(*(unknown.text(lang) for lang in LANGUAGES))
        return
    if not isinstance(answer, Proved):
        yield Text(*(answer_text(law, answer, lang) for lang in LANGUAGES))


_Asked = tuple[Pattern, Occasion | None, bool]  # of all courses from the opening, or from here
_PATTERNS: Final[dict[str, Callable[[Expected, Case], _Asked]]] = {
    "still_possible": lambda _expected, _case: (Pattern.REACHABLE, None, False),
    "never_again": lambda _expected, _case: (Pattern.ABSENCE, None, False),
    "never_without": lambda expected, case: (Pattern.PRECEDENCE, _here(expected, case), True),
}


def _here(expected: Expected, case: Case) -> Occasion:
    """Where the last event leads to the states that the step names."""
    events = tuple({entry(case).event} & case.process.by_id["event"].keys())  # else only opened
    stands = expected.states or ({} if events else case.states)
    return Occasion(events, after=every(*(machine(m).in_(s) for m, s in stands.items())))
