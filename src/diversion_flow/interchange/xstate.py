"""A process as a module for XState 5, the statecharts of the JavaScript world."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Literal

from attrs import frozen

from ..definition import LANGUAGES, Event, Fact, Language, Machine, Process, State, Text, Transition
from ..definition.grouped import grouped
from ..definition.history import one_version
from ..definition.text import clean
from .conditions import together
from .exported import Exported
from .javascript import compared, literal, quoted
from .statechart import Conditions, cited, ends, limits, losses, papers


def xstate(process: Process, lang: Language = "ja") -> Exported:
    """The process as an ES module that exports `machine`, to be run with `xstate` 5.

    `createActor(machine, { input: { facts } })` opens a case; what an event carries is told at
    the head of the module. Descriptions are in `lang`; `meta` has labels in both languages.
    """
    one_version("process", process)
    config = json.dumps(_config(process, lang), ensure_ascii=False, indent=2)
    inside = config.removeprefix("{\n").replace("<", "\\u003c")  # nothing here ends a <script>
    text = _MODULE.format(
        head=_HEAD.in_(lang), outdated=_outdated(process), guards=_guards(process), config=inside
    )
    return Exported(text, losses(process))


# -- what is asked -----------------------------------------------------------------------------


@frozen
class XStateDialect:
    """Conditions as XState guards; the questions are functions at the head of the module."""

    always = "() => true"
    never = "() => false"

    def all_of(self, parts: tuple[str, ...]) -> str:
        return f"and([{', '.join(parts)}])"

    def any_of(self, parts: tuple[str, ...]) -> str:
        return f"or([{', '.join(parts)}])"

    def no(self, condition: str) -> str:
        return f"not({condition})"

    def fact(self, id: str, test: Callable[[str], str]) -> str:
        asked = test(quoted(id))  # each question below asks on its own for a value that is known
        return f"known({quoted(id)})" if asked == self.always else asked

    def compared(self, known: str, operator: str, value: object) -> str:
        return f"fact({known}, (value) => {compared('value', operator, value)})"

    def has(self, value: str, choice: str, answer: bool) -> str:
        sign = "" if answer else "!"
        return f"fact({value}, (values) => {sign}values.includes({quoted(choice)}))"

    def named(self, fact: str, choices: tuple[str, ...]) -> str:
        return f"named({quoted(fact)})"

    def narrows(self, fact: str, choices: tuple[str, ...]) -> str:
        return f"narrows({quoted(fact)})"

    def in_state(self, machine: str, states: tuple[str, ...]) -> str:
        return f"within({', '.join(map(quoted, (machine, *states)))})"

    def working_day(self) -> str:
        return "workingDay"

    def among(self, told: Literal["running", "missed"], limit: str) -> str:
        return f"{told}({quoted(limit)})"

    def reported(self, event: Event, by_law: bool) -> str:
        return f"reported({_list(event.by)}, {_list(event.records)}, {json.dumps(by_law)})"

    def on_day(self, first: date | None, last: date | None) -> str:
        return f"between({literal(first)}, {literal(last)})"


def _list(ids: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, ids))}]"


def _guards(process: Process) -> str:
    """One named guard for each event, and for each transition the event's and its own."""
    dialect = XStateDialect()
    ask = Conditions(process, dialect)
    named = {
        event.id: together(dialect, (*ask.report(event), ask.decided(event)))
        for event in process.events
    }
    for machine in process.machines:
        for transition in machine.transitions:
            asked = (quoted(transition.event), ask.rule(transition))
            named[f"{machine.id}.{transition.id}"] = together(dialect, asked)
    return "".join(f"    {quoted(name)}: {guard},\n" for name, guard in named.items())


def _outdated(process: Process) -> str:
    """Each event that makes facts unknown again, with these."""
    each = (f"  [{quoted(e.id)}, {_list(e.outdates)}],\n" for e in process.events if e.outdates)
    return "".join(each)


# -- what the chart says -----------------------------------------------------------------------


def _config(process: Process, lang: Language) -> dict[str, Any]:
    agencies = {agency.id: _both(agency.label) for agency in process.agencies}
    facts = {fact.id: _fact(fact) for fact in process.facts}
    return {
        "id": process.id,
        "version": clean(process.version),
        **_said(process.label, lang, agencies=agencies, facts=facts),
        "type": "parallel",
        "states": {m.id: _region(process, m, lang) for m in process.machines},
    }


def _fact(fact: Fact) -> dict[str, Any]:
    choices = {choice.id: _both(choice.label) for choice in fact.choices}
    said = {"label": _both(fact.label), "kind": fact.kind.value}
    return {**said, "choices": choices} if choices else said


def _region(process: Process, machine: Machine, lang: Language) -> dict[str, Any]:
    return {
        **_said(machine.label, lang),
        "initial": machine.initial,
        "states": {s.id: _state(process, machine, s, lang) for s in machine.states},
    }


def _state(process: Process, machine: Machine, state: State, lang: Language) -> dict[str, Any]:
    rules = machine.leaving(state.id)
    leaving = grouped((rule.event, _transition(process, machine, rule, lang)) for rule in rules)
    said = _said(
        state.label, lang, holder=state.holder, stage=state.stage,
        limits=limits(process, machine, state, lang), basis=cited(process, state, lang),
    )  # fmt: skip
    return {"type": "final", **said} if ends(machine, state) else {**said, "on": leaving}


def _transition(
    process: Process, machine: Machine, transition: Transition, lang: Language
) -> dict[str, Any]:
    event = process.event(transition.event)
    records = {"actions": "record"} if event.home == machine.id and event.alters else {}
    said = _said(
        event.label, lang,
        papers=papers(process, transition, lang), basis=cited(process, transition, lang),
    )  # fmt: skip
    guard = f"{machine.id}.{transition.id}"
    return {"target": transition.target, "guard": guard, **records, **said}


def _said(label: Text, lang: Language, **more: object) -> dict[str, Any]:
    """The label as description, and what else is known of the part as its meta data."""
    known = {key: value for key, value in more.items() if value}
    return {"description": clean(label.in_(lang)), "meta": {"label": _both(label), **known}}


def _both(label: Text) -> dict[str, str]:
    return {lang: clean(getattr(label, lang)) for lang in LANGUAGES}


_HEAD = Text(
    """\
// XState 5用。事象に添えるもの: by=報告する機関、facts=記録する事実、day=日本の日付
// (2024-06-03)。その時点について期限の計算から得るもの: running=進行中の期限、due=法律上
// 先に起こるべき事象(その事象自体の期限が経過したときはその事象)、working_day=平日か否か。
// 途中から始まる事件は machine.resolveState({ value, context: { facts } }) で開始する。
""",
    """\
// For XState 5. An event carries: by, the agency that reports it; facts, what it records; day,
// its date in Japan (2024-06-03); and what a calendar of time limits says of its moment: running,
// the deadlines that run; due, the event that has to come first by operation of law, if any, or
// this event where its own limit has run out; working_day, true or false. A case that begins
// midway is started from machine.resolveState({ value, context: { facts } }).
""",
)
_MODULE = """\
{head}import {{ and, assign, not, or, setup, stateIn }} from 'xstate';

// A fact as it stands with what the event records, and no more with what it outdates; what is not
// known answers no question.
const outdated = new Map([
{outdated}]);
const left = ({{ context, event }}) => Object.entries(context.facts)
  .filter(([id]) => !outdated.get(event.type)?.includes(id));
const recorded = (asked) =>
  Object.assign(Object.create(null), Object.fromEntries(left(asked)), asked.event.facts);
const known = (id) => (asked) => (recorded(asked)[id] ?? null) !== null;
const fact = (id, test) => (asked) => known(id)(asked) && test(recorded(asked)[id]);
const named = (id) => ({{ event }}) => (event.facts?.[id] ?? []).length > 0;
const narrows = (id) => ({{ context, event }}) =>
  (event.facts?.[id] ?? []).every((value) => (context.facts[id] ?? []).includes(value));
const within = (region, ...states) => or(states.map((state) => stateIn({{ [region]: state }})));
const running = (deadline) => ({{ event }}) => (event.running ?? []).includes(deadline);
const missed = (duty) => ({{ event }}) => (event.missed ?? []).includes(duty);
const workingDay = ({{ event }}) => event.working_day === true;
const between = (first, last) => ({{ event: {{ day }} }}) =>
  typeof day === 'string' && (first === null || first <= day) && (last === null || day <= last);
const reported = (agencies, records, byLaw) => ({{ event }}) =>
  agencies.includes(event.by) &&
  Object.keys(event.facts ?? {{}}).every((id) => records.includes(id)) &&
  (event.due ?? null) === (byLaw ? event.type : null);

export const machine = setup({{
  guards: {{
{guards}  }},
  actions: {{
    record: assign({{ facts: recorded }}),
  }},
}}).createMachine({{
  context: ({{ input }}) => ({{ facts: input?.facts ?? {{}} }}),
{config});
"""
