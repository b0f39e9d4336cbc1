"""The process as plain text in HTML: what a reader has without scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ..definition import LANGUAGES, Language, Machine, Process, Text, Transition
from ..definition.guard import ALWAYS
from ..definition.phrasing import phrasing
from ..definition.wording import basis_text, guard_text
from ..diagram.formats.web import text
from ..runtime.clause import cited_guard


def outline(process: Process) -> str:
    """States, rules and their sources in both languages, Japanese first."""
    return f"<main>{''.join(_section(process, lang) for lang in LANGUAGES)}</main>"


def _section(process: Process, lang: Language) -> str:
    machines = "".join(_machine(process, machine, lang) for machine in process.machines)
    head = f"<h1>{text(process.label.in_(lang))}</h1><p>{_SCRIPTS.in_(lang)}</p>"
    return f'<section lang="{lang}">{head}{machines}</section>'


def _machine(process: Process, machine: Machine, lang: Language) -> str:
    states = _list(text(state.label.in_(lang)) for state in machine.states)
    rules = _list(_rules(process, machine, lang))
    return f"<h2>{text(machine.label.in_(lang))}</h2>{states}{rules}"


def _rules(process: Process, machine: Machine, lang: Language) -> Iterator[str]:
    """What leads from where to where; of neighbours that ask the same, that is told once."""

    def told(rule: Transition) -> tuple[str, tuple[str, ...]]:
        return process.event(rule.event).label.in_(lang), tuple(_grounds(process, rule, lang))

    for (event, grounds), rules in groupby(machine.transitions, told):
        moves = (_move(machine, rule, lang) for rule in rules)
        yield text("; ".join((f"{event}: {next(moves)}", *moves, *grounds)))


def _move(machine: Machine, rule: Transition, lang: Language) -> str:
    sources = phrasing(lang).join(machine.state(s).label.in_(lang) for s in rule.sources)
    return f"{sources} → {machine.state(rule.target).label.in_(lang)}"


def _grounds(process: Process, rule: Transition, lang: Language) -> Iterator[str]:
    guard = cited_guard(process, rule)
    if guard != ALWAYS:
        yield guard_text(process, guard, lang)
    yield from dict.fromkeys(basis_text(process, basis, lang) for basis in rule.basis)


def _list(items: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{item}' for item in items)}</ul>"


_SCRIPTS = Text(
    "この画面の図と操作にはJavaScriptが必要です。以下は状態と規則の一覧です。",
    "The drawings and controls of this page need JavaScript. Below are the states and rules.",
)
