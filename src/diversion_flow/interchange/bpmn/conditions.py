"""What a BPMN gateway asks, in FEEL (the language of DMN) or in Python, as engines read it.

An event's message carries: each fact that is known, by its id and null otherwise (days and
moments as ISO 8601 text, JST; a fact whose id is a word of these languages, or one of the names
below, has `_` behind it), of what the event outdates only what is told with it; `before_MACHINE`,
the state in which each machine stood; `working_day`, whether the event happens on a working day;
`running`, the ids of the time limits that are running; `missed`, those of the duties that were
missed; `named`, the ids of the facts that are recorded with this very event and hold one choice at
least; and `held_FACT`, what a fact of several choices held before (empty: nothing).

A few conditions that our own export writes in FEEL for a skeleton are read back as guards:
`(main_after_helped != null and main_after_helped = "help")`, the same with `list contains`, and
`before_main = "done"`, also of several states joined by `or`: alone or joined by `and`. Anything
else stays text: no condition of a drawing is ever evaluated.
"""

from __future__ import annotations

import json
import keyword
import re
from collections.abc import Callable, Iterator
from typing import Final, Literal

from attrs import frozen

from ...definition import Guard, Process, every
from ...definition.guard import Compare, Includes, InState
from ...definition.kept import kept
from ...definition.text import clean
from ..conditions import condition, either, plain, together


@frozen
class Spelling:
    """A language of conditions: its name as BPMN's expression language, and its few words."""

    uri: str
    null: str
    equal: str
    true: str
    false: str
    contains: Literal["feel", "python"]

    def constant(self, duration: str) -> str:
        """A length of time (ISO 8601) where the engine looks for one: BPMN takes it as it is, an
        engine that evaluates Python wants an expression."""
        return duration if self.contains == "feel" else json.dumps(duration)


FEEL: Final = Spelling(
    "https://www.omg.org/spec/DMN/20191111/FEEL/", "null", "=", "true", "false", "feel"
)
# What the languages keep for themselves; FEEL's words first.
_WORDS: Final = frozenset(
    {"and", "or", "not", "in", "if", "then", "else", "for", "return", "some", "every", "satisfies",
     "between", "instance", "of", "function", "external", "null", "true", "false", "date", "time",
     "duration", "list", "item", "partial", *keyword.kwlist}
)  # fmt: skip
PYTHON: Final = Spelling("https://www.python.org/", "None", "==", "True", "False", "python")


def spelled(process: Process, guard: Guard, spelling: Spelling) -> str:
    """The condition that is true where the guard holds; nothing in it is ever unknown."""
    return condition(process, guard, _Dialect(spelling, kept(process, variables)))


def variables(process: Process) -> dict[str, str]:
    """The name by which a condition asks for each fact: its id, unless that means something else
    there."""
    before = (f"before_{machine.id}" for machine in process.machines)
    held = (f"held_{fact.id}" for fact in process.facts)
    taken = _WORDS.union({"working_day", "running", "missed", "named"}, before, held)
    free = [fact.id for fact in process.facts if fact.id not in taken]
    names = dict(zip(free, free, strict=True))
    for fact in process.facts:
        if fact.id not in names:
            name = f"{fact.id}_"
            while name in names or name in names.values() or name in taken:
                name += "_"
            names[fact.id] = name
    return names


class _Dialect:
    """The words of one spelling."""

    def __init__(self, spelling: Spelling, variables: dict[str, str]) -> None:
        self.spelling, self.variables = spelling, variables
        self.always, self.never = spelling.true, spelling.false

    def all_of(self, parts: tuple[str, ...]) -> str:
        return f"({' and '.join(parts)})"

    def any_of(self, parts: tuple[str, ...]) -> str:
        return f"({' or '.join(parts)})"

    def no(self, condition: str) -> str:
        return f"not({condition})"

    def fact(self, id: str, test: Callable[[str], str]) -> str:
        name = self.variables[id]
        return together(self, (f"{name} != {self.spelling.null}", test(name)))

    def compared(self, known: str, operator: str, value: object) -> str:
        word = self.spelling.equal if operator == "==" else operator
        return f"{known} {word} {self._literal(value)}"

    def has(self, value: str, choice: str, answer: bool) -> str:
        held = self._contains(value, choice)
        return held if answer else self.no(held)

    def named(self, fact: str, choices: tuple[str, ...]) -> str:
        return self._contains("named", fact)

    def narrows(self, fact: str, choices: tuple[str, ...]) -> str:
        unknown = f"{self.variables[fact]} {self.spelling.equal} {self.spelling.null}"
        each = tuple(self._was(fact, choice) for choice in choices)
        return either(self, (unknown, together(self, each)))

    def _was(self, fact: str, choice: str) -> str:
        held = self._contains(f"held_{fact}", choice)
        return either(self, (self.has(self.variables[fact], choice, False), held))

    def in_state(self, machine: str, states: tuple[str, ...]) -> str:
        return either(self, (self.compared(f"before_{machine}", "==", s) for s in states))

    def working_day(self) -> str:
        return self.compared("working_day", "==", True)

    def among(self, told: Literal["running", "missed"], limit: str) -> str:
        return self._contains(told, limit)

    def _contains(self, held: str, choice: str) -> str:
        if self.spelling.contains == "feel":
            return f"list contains({held}, {self._literal(choice)})"
        return f"({self._literal(choice)} in {held})"

    def _literal(self, value: object) -> str:
        if isinstance(value, bool):
            return self.spelling.true if value else self.spelling.false
        said = plain(value)
        return json.dumps(clean(said) if isinstance(said, str) else said)


# -- read back -----------------------------------------------------------------------------------


_ID: Final = r"[a-z][a-z0-9_]*"
_CHOSEN: Final = rf'\((?P<fact>{_ID}) != null and (?P=fact) = "(?P<value>{_ID})"\)'
_HELD: Final = (
    rf'\((?P<several>{_ID}) != null and list contains\((?P=several), "(?P<held>{_ID})"\)\)'
)
_STANDS: Final = rf'before_(?P<machine>{_ID}) = "(?P<state>{_ID})"'
_ANYWHERE: Final = rf'\(before_(?P<one>{_ID}) = "{_ID}"(?: or before_(?P=one) = "{_ID}")+\)'
_QUESTION: Final = re.compile(rf"(?:{_CHOSEN}|{_HELD}|{_STANDS}|{_ANYWHERE})(?P<more> and )?")
_STATES: Final = re.compile(rf'"({_ID})"')


def simple(condition: str) -> Guard | None:
    """The guard that this condition says; None where it is not one of the simple ones."""
    parts = list(_questions(condition))
    if not parts and condition.startswith("(") and condition.endswith(")"):
        parts = list(_questions(condition[1:-1]))
    return every(*parts) if parts else None


def _questions(text: str) -> Iterator[Guard]:
    """The questions joined by `and`; nothing if anything else is in the text."""
    found: list[Guard] = []
    at, more = 0, True
    while more:
        question = _QUESTION.match(text, at)
        if question is None:
            return
        found.append(_guard(question))
        at, more = question.end(), bool(question["more"])
    if at == len(text):
        yield from found


def _guard(question: re.Match[str]) -> Guard:
    if question["fact"]:
        return Compare(question["fact"], "==", question["value"])
    if question["several"]:
        return Includes(question["several"], question["held"])
    if question["one"]:
        return InState(question["one"], tuple(_STATES.findall(question[0])))
    return InState(question["machine"], (question["state"],))
