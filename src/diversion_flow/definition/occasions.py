"""The small language of questions: words for what comes together in one step, by ids or labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import fields

from .errors import CallError, UnknownId
from .facts import Fact, Kind
from .guard import Guard, OnWorkingDay, every, fact, holds, machine, missed, running
from .process import Process, dotted, every_part
from .property import Learns, Occasion, bringing

_DIGITS: Final = 20  # no number that a fact may have is written with more


def occasion(process: Process, words: str) -> Occasion:
    """The occasion that these words, separated by blanks, name; UnknownId for another word, with
    the nearest that there are; CallError for none at all, which would be met by anything."""
    if not words.split():
        raise CallError("ask_nothing")
    found: dict[str, list[Any]] = {field.name: [] for field in fields(Occasion)}
    for word in _spelt(process, words.translate(_SIGNS).split()):
        kind, rest = ("", word) if _is_event(process, word) else _kind(word)
        if kind in _ONE_OF:
            found[kind] += [_id(process, _ONE_OF[kind], one) for one in rest.split("|")]
        elif kind in _EACH:
            found[kind].append(_id(process, _EACH[kind], rest))
        elif kind == "learns":
            who, _, what = rest.partition("=")
            found[kind].append(Learns(_id(process, "agency", who), _id(process, "fact", what)))
        elif kind == "before":
            found[kind].append(_condition(process, rest))
        elif not kind and all(_is_event(process, w) for w in word.split("|")):
            found["events"] += [_id(process, "event", one) for one in word.split("|")]
        else:
            found["after"].append(_condition(process, word))
    parts: dict[str, Any] = {name: every(*found.pop(name)) for name in ("before", "after")}
    parts |= {name: tuple(named) for name, named in found.items()}
    asked = Occasion(**parts)
    if asked.told and not bringing(process, asked):
        raise CallError("ask_told", words=words)
    return asked


def _spelt(process: Process, words: Iterable[str]) -> Iterator[str]:
    """The words, and for an id with its kind, as `ids` and `explain` print it, the word for it."""
    rest = iter(words)
    for word in rest:
        if word in _PRINTED and not _is_event(process, word) and (id := next(rest, "")):
            word = _PRINTED[word] + (id.replace(".", "=", 1) if word == "choice" else id)
        yield word


_PRINTED: Final = {
    "event": "", "state": "", "fact": "", "choice": "",
    "agency": "by:", "machine": "moves:", "deadline": "running:",
}  # fmt: skip
_ONE_OF: Final = {"by": "agency", "told": "agency"}
_EACH: Final = {"moves": "machine", "records": "fact"}
_FORMS: Final = {
    "by": "by:AGENCY|AGENCY",
    "told": "told:AGENCY|AGENCY",
    "moves": "moves:MACHINE",
    "records": "records:FACT",
    "learns": "learns:AGENCY=FACT",
    "before": "before:CONDITION",
    "running": "running:LIMIT",
    "missed": "missed:DUTY",
    "day": "day:working|rest",
}
_LIMITS: Final = {"running": running, "missed": missed}
_DAYS: Final = {
    "working": OnWorkingDay(), "平日": OnWorkingDay(),
    "rest": ~OnWorkingDay(), "休日": ~OnWorkingDay(),
}  # fmt: skip
_SIGNS: Final = str.maketrans("：＝！｜", ":=!|")  # as they are typed in Japanese


def _kind(word: str) -> tuple[str, str]:
    """What stands before the colon of a word, and what behind it; CallError where that says too
    little."""
    kind, colon, rest = word.partition(":")
    if not colon or word.startswith("!"):
        return "", word
    if kind not in _FORMS:
        raise UnknownId("word", f"{kind}:", [f"{known}:" for known in _FORMS])
    if not all(rest.partition("=") if kind == "learns" else (rest,)):
        raise CallError("ask_form", word=word, form=_FORMS[kind])
    return kind, rest


def _condition(process: Process, word: str) -> Guard:
    if turned := len(word) - len(word.lstrip("!")):
        condition = _condition(process, word[turned:])
        return ~condition if turned % 2 else condition
    kind, rest = _kind(word)
    if kind in _LIMITS:
        return _LIMITS[kind](_id(process, "deadline", rest))
    if kind == "day":
        if rest not in _DAYS:
            raise UnknownId("day", rest, _DAYS)
        return _DAYS[rest]
    if kind or not word:
        raise CallError("ask_condition", word=word)
    name, dot, states = word.partition(".")
    if dot:
        found = process.machine(_id(process, "machine", name))
        known = {state.id: state for state in found.states}
        return machine(found.id).in_(*(_of("state", known, state) for state in states.split("|")))
    name, equals, value = word.partition("=")
    if name not in process.by_id["fact"] and name not in _labels(process.facts):
        if all(_is_event(process, one) for one in word.split("|")):
            raise CallError("ask_condition", word=word)
        raise UnknownId("event", word, _words(process))
    asked = process.fact(_id(process, "fact", name))
    return _valued(asked, value) if equals else holds(asked.id)


def _valued(asked: Fact, value: str) -> Guard:
    if asked.kind is Kind.CHOICES:
        return fact(asked.id).includes(value)
    if asked.kind is Kind.BOOLEAN and value in ("true", "false"):
        return fact(asked.id) == (value == "true")
    if asked.kind is Kind.INTEGER and value.isdecimal() and len(value) < _DIGITS:
        return fact(asked.id) == int(value)
    if asked.kind is Kind.CHOICE and asked.choice(value):
        return fact(asked.id) == value
    raise CallError("ask_value", fact=asked.id, expected=asked.expected)


def _is_event(process: Process, word: str) -> bool:
    return word in process.by_id["event"] or word in _labels(process.events)


def _id(process: Process, kind: str, word: str) -> str:
    return _of(kind, process.by_id[kind], word)


def _of(kind: str, parts: Mapping[str, Any], word: str) -> str:
    found = word if word in parts else _labels(parts.values()).get(word)
    if found is None:
        raise UnknownId(kind, word, parts)
    return found


def _labels(parts: object) -> dict[str, str]:
    """The ids of parts by their names, with `_` between the words of a name."""
    held = defaultdict[str, set[str]](set)
    for part in parts:  # type: ignore[attr-defined]
        for label in (part.label.ja, part.label.en):
            held["_".join(label.split())].add(part.id)
    # A name that two parts have says neither, and a missing one none.
    return {word: ids.pop() for word, ids in held.items() if word and len(ids) == 1}


def _words(process: Process) -> dict[str, object]:
    """All that a condition or an event may be called."""
    return {
        dotted(at): part
        for at, part in every_part(process)
        if at[-1][0] in ("event", "state", "fact")
    }
