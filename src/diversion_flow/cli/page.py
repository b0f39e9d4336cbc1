"""One HTML page with the diagrams and a story's steps; nothing is fetched from outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..definition import LANGUAGES, Language, Process, Text
from ..diagram.formats.web import document, inline
from ..diagram.formats.web import text as _text
from ..scenarios import Played, Scenario
from .telling import Telling, tell

_HEADS = (Text("日時", "When"), Text("機関", "Who"), Text("できごと", "What happened"),
          Text("状態の変化", "What moved"), Text("根拠", "Basis"),
          Text("進行中の期限", "Clocks running"))  # fmt: skip


def page(
    process: Process,
    scenario: Scenario,
    played: Iterable[Played],
    drawings: Mapping[Language, Iterable[tuple[str, str]]],
) -> str:
    """The page; `drawings` are (heading, SVG) by language, drawn by this library."""
    steps = tuple(played)
    parts = [_part(process, scenario, steps, drawings[lang], lang) for lang in LANGUAGES]
    nav = '<nav><a href="#ja">日本語</a> · <a href="#en">English</a></nav>\n'
    title = f"{process.label.ja} / {process.label.en}"
    return document(title, f"{nav}{''.join(parts)}", "ja")


def _part(
    process: Process,
    scenario: Scenario,
    played: tuple[Played, ...],
    drawings: Iterable[tuple[str, str]],
    lang: Language,
) -> str:
    law = Text("{0}({1}、{2}施行)", "{0} ({1}, in force from {2})").in_(lang)
    heading = law.format(process.label.in_(lang), process.version, process.since)
    pictures = "".join(
        f"<h2>{_text(title)}</h2>\n"
        f'<div class="scroll" tabindex="0">{inline(drawn, f"{lang}{i}")}</div>\n'
        for i, (title, drawn) in enumerate(drawings)
    )
    return (
        f'<section lang="{lang}" id="{lang}">\n<h1>{_text(heading)}</h1>\n'
        f"<h2>{_text(scenario.id)}: {_text(scenario.title.in_(lang))}</h2>\n"
        f"<p>{_text(scenario.published.in_(lang))} <small>({_text(', '.join(scenario.sources))})"
        f"</small></p>\n{_steps(played, lang)}{pictures}</section>\n"
    )


def _steps(played: tuple[Played, ...], lang: Language) -> str:
    head = "".join(f'<th scope="col">{h.in_(lang)}</th>' for h in _HEADS)
    rows = "".join(_row(tell(step, lang), lang) for step in played)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"


def _row(step: Telling, lang: Language) -> str:
    no = Text("できません", "Refused").in_(lang)
    moved = [*step.moved, *(f"✕ {no}: {reason}" for reason in step.refused)]
    what = f"{_text(step.event)} <small>[{_text(step.origin)}]</small>"
    if step.note:
        what += f"<br/><small>{_text(step.note)}</small>"
    cells = (_text(step.at), _text(step.by), what, _lines(moved), _lines(step.basis),
             _lines(step.clocks))  # fmt: skip
    refused = ' class="refused"' if step.refused else ""
    return f"<tr{refused}>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>\n"


def _lines(texts: Iterable[str]) -> str:
    return "<br/>".join(_text(text) for text in texts)
