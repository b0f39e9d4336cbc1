"""One HTML page with the diagrams and a story's steps; nothing is fetched from outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from ..definition import LANGUAGES, Language, Process, Text
from ..diagram.measure import clean
from ..scenarios import Played, Scenario
from .telling import Telling, tell

_STYLE = """
body{font-family:"Noto Sans JP","Noto Sans CJK JP","BIZ UDPGothic","Yu Gothic",sans-serif;
margin:2rem auto;max-width:76rem;color:#1a1a1a;line-height:1.6;padding:0 1rem}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{border:1px solid #b3b3b3;padding:.35rem .5rem;vertical-align:top;text-align:left}
th{background:#f2f2f2}.refused{border-left:.35rem double #9c2f00}
.scroll{overflow:auto;border:1px solid #b3b3b3;margin:1rem 0}.scroll svg{max-width:none}
small{color:#595959}@page{size:A3 landscape}@media print{.scroll svg{width:100%;height:auto}}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
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
    title = _text(f"{process.label.ja} / {process.label.en}")
    return (
        f'<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<nav><a href="#ja">日本語</a> · <a href="#en">English</a></nav>\n'
        f"{''.join(parts)}</body>\n</html>\n"
    )


def _text(text: str) -> str:
    return escape(clean(text))


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
        f'<div class="scroll" tabindex="0">{_inline(drawn, lang, i)}</div>\n'
        for i, (title, drawn) in enumerate(drawings)
    )
    return (
        f'<section lang="{lang}" id="{lang}">\n<h1>{_text(heading)}</h1>\n'
        f"<h2>{_text(scenario.id)}: {_text(scenario.title.in_(lang))}</h2>\n"
        f"<p>{_text(scenario.published.in_(lang))} <small>({_text(', '.join(scenario.sources))})"
        f"</small></p>\n{_steps(played, lang)}{pictures}</section>\n"
    )


def _inline(drawn: str, lang: Language, number: int) -> str:
    """The SVG with ids of its own, so that several can stand on one page."""
    mine = f"{lang}{number}"
    for shared, own in (
        ('aria-labelledby="title desc"', f'aria-labelledby="{mine}t {mine}d"'),
        ('id="title"', f'id="{mine}t"'),
        ('id="desc"', f'id="{mine}d"'),
    ):
        drawn = drawn.replace(shared, own, 1)
    return drawn


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
