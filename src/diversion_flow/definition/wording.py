"""Rules in words: guards, provisions and lengths in Japanese and English."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from .basis import Basis, Mark
from .deadline import Deadline, OnEntry, OnEvent, OnFact, Unit
from .fact import Fact, Kind
from .guard import (
    AllOf,
    Always,
    AnyOf,
    Compare,
    Guard,
    Includes,
    InState,
    Known,
    Member,
    Not,
    OnWorkingDay,
    ParameterIs,
    ParameterRef,
    Running,
)
from .process import Process
from .text import Language, Text

_COMPARISON = {
    "==": Text("{0}が{1}", "{0} is {1}"),
    "!=": Text("{0}が{1}でない", "{0} is not {1}"),
    "<": Text("{0}が{1}未満", "{0} is below {1}"),
    "<=": Text("{0}が{1}以下", "{0} is at most {1}"),
    ">": Text("{0}が{1}を超える", "{0} is above {1}"),
    ">=": Text("{0}が{1}以上", "{0} is at least {1}"),
}
_AND, _OR = Text("かつ", " and "), Text("又は", " or ")
_NOTHING: dict[type, Text] = {
    OnEntry: Text("直ちに", "at once"),
    OnFact: Text("記録された日まで", "until the day recorded"),
    OnEvent: Text("", ""),
}
_UNITS = {
    Unit.MINUTES: Text("分", "minute"),
    Unit.HOURS: Text("時間", "hour"),
    Unit.DAYS: Text("日", "day"),
    Unit.MONTHS: Text("か月", "month"),
    Unit.YEARS: Text("年", "year"),
}


def guard_text(process: Process, guard: Guard, lang: Language) -> str:
    """The guard as a phrase: 年齢が65歳以上 / age is at least 65 years."""
    return _PHRASES[type(guard)](process, guard, lang)


def value_text(fact: Fact, value: object, lang: Language) -> str:
    """A value of a fact as people write it, with its unit."""
    if isinstance(value, bool):
        return Text("はい" if value else "いいえ", "yes" if value else "no").in_(lang)
    choice = fact.choice(value) if isinstance(value, str) else None
    if choice:
        return choice.label.in_(lang)
    if isinstance(value, date):
        return value.isoformat()
    if fact.unit is None:
        return str(value)
    return f"{value}{fact.unit.ja}" if lang == "ja" else f"{value} {fact.unit.en}"


def basis_text(process: Process, basis: Basis, lang: Language) -> str:
    """The provision with its mark: 刑訴法203条1項 / CCP art. 203(1); 〔推定〕 if inferred."""
    cited = basis.law or (basis.evidence[0] if basis.evidence else "")
    source = process.by_id["source"].get(cited)
    name = "" if source is None else (source.short or source.label).in_(lang)
    article = basis.article(lang)
    text = f"{name}{article}" if lang == "ja" else f"{name} {article}".strip()
    if basis.mark is Mark.READ:
        return text
    mark = basis.mark.label.in_(lang)
    return f"{text}〔{mark}〕" if lang == "ja" else f"{text} [{mark}]".strip()


def length_text(process: Process, deadline: Deadline, lang: Language) -> str:
    """How long the deadline is: 48時間 / 48 hours."""
    amount = deadline.length.amount
    if isinstance(amount, ParameterRef):
        value = process.parameter(amount.id).value
        if value is None:
            return Text("期間の定めなし", "no length set").in_(lang)
        amount = int(value)  # type: ignore[arg-type]
    unit = _UNITS[deadline.length.unit]
    if lang == "ja":
        text = f"{amount}{unit.ja}" if amount else _NOTHING[type(deadline.start)].ja
    else:
        plural = "s" if amount != 1 else ""
        text = f"{amount} {unit.en}{plural}" if amount else _NOTHING[type(deadline.start)].en
    extra = [process.fact(f).label.in_(lang) for f in deadline.length.plus]
    joined = [text, *extra] if text else extra
    return ("+" if lang == "ja" else " + ").join(joined)


def _always(process: Process, guard: Always, lang: Language) -> str:
    return Text("常に", "always").in_(lang)


def _junction(word: Text) -> Callable[[Process, Any, Language], str]:
    def phrase(process: Process, guard: AllOf | AnyOf, lang: Language) -> str:
        parts = (_bracketed(process, part, lang) for part in guard.guards)
        return word.in_(lang).join(parts)

    return phrase


def _bracketed(process: Process, guard: Guard, lang: Language) -> str:
    text = guard_text(process, guard, lang)
    if isinstance(guard, AllOf | AnyOf):
        return f"({text})"
    return text


def _not(process: Process, guard: Not, lang: Language) -> str:
    inner = guard_text(process, guard.guard, lang)
    return f"「{inner}」でない" if lang == "ja" else f"not ({inner})"


def _compare(process: Process, guard: Compare, lang: Language) -> str:
    fact = process.fact(guard.fact)
    value = guard.value
    if isinstance(value, ParameterRef):
        value = process.parameter(value.id).value  # type: ignore[assignment]
    label = fact.label.in_(lang)
    if fact.kind is Kind.BOOLEAN:
        holds = (value is True) == (guard.operator == "==")
        return label if holds else (f"{label}ではない" if lang == "ja" else f"not: {label}")
    return _COMPARISON[guard.operator].in_(lang).format(label, value_text(fact, value, lang))


def _member(process: Process, guard: Member, lang: Language) -> str:
    fact = process.fact(guard.fact)
    values = [value_text(fact, v, lang) for v in guard.values]
    label = fact.label.in_(lang)
    if lang == "ja":
        return f"{label}が{'・'.join(values)}{'のいずれか' if len(values) > 1 else ''}"
    return f"{label} is {'one of ' if len(values) > 1 else ''}{', '.join(values)}"


def _includes(process: Process, guard: Includes, lang: Language) -> str:
    fact = process.fact(guard.fact)
    label, value = fact.label.in_(lang), value_text(fact, guard.value, lang)
    return f"{label}に{value}を含む" if lang == "ja" else f"{label} includes {value}"


def _known(process: Process, guard: Known, lang: Language) -> str:
    label = process.fact(guard.fact).label.in_(lang)
    return f"{label}が記録済み" if lang == "ja" else f"{label} is recorded"


def _in_state(process: Process, guard: InState, lang: Language) -> str:
    machine = process.machine(guard.machine)
    states = [machine.state(s).label.in_(lang) for s in guard.states]
    label = machine.label.in_(lang)
    if lang == "ja":
        return f"{label}が「{'」「'.join(states)}」"
    return f"{label} is {' or '.join(repr(s) for s in states)}"


def _parameter_is(process: Process, guard: ParameterIs, lang: Language) -> str:
    parameter = process.parameter(guard.parameter)
    label = parameter.label.in_(lang)
    if isinstance(guard.value, bool):
        yes = (
            Text("「{}」とする", "policy: {}")
            if guard.value
            else Text("「{}」としない", "policy: not {}")
        )
        return yes.in_(lang).format(label)
    return f"{label}={guard.value}"


def _working_day(process: Process, guard: OnWorkingDay, lang: Language) -> str:
    return Text("平日(休日以外)である", "it is a working day").in_(lang)


def _running(process: Process, guard: Running, lang: Language) -> str:
    label = process.deadline(guard.deadline).label.in_(lang)
    return f"期限「{label}」の期間内" if lang == "ja" else f"within the period of '{label}'"


_PHRASES: dict[type[Guard], Callable[[Process, Any, Language], str]] = {
    Always: _always,
    AllOf: _junction(_AND),
    AnyOf: _junction(_OR),
    Not: _not,
    Compare: _compare,
    Member: _member,
    Includes: _includes,
    Known: _known,
    InState: _in_state,
    ParameterIs: _parameter_is,
    OnWorkingDay: _working_day,
    Running: _running,
}
