"""One HTML page: what it is, the picture of the case, its steps, then the sheets in detail; nothing
is fetched from outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..definition import Language, Process, Text
from ..diagram.formats.web import document, inline
from ..diagram.formats.web import text as _text
from ..scenarios import Played, Scenario
from .telling import Telling, tell

_HEADS = (Text("日時", "When"), Text("機関", "Who"), Text("できごと", "What happened"),
          Text("状態の変化", "What moved"), Text("根拠", "Basis"),
          Text("進行中の期限", "Clocks running"))  # fmt: skip


_WHAT_IT_IS = Text(
    "逮捕から地域での暮らしまで、どの機関が、いつ、何をするか。図の番号を順にたどると一つの事件になり、"
    "塗りつぶした番号はこの事例で済んだことです。その下に、この事例を一歩ずつ、根拠と進行中の期限とともに"
    "示します。",
    "From arrest to life in the community: which office does what, and when. The numbers, followed "
    "in their order, are one case; those that are filled are what this case has behind it. Beneath "
    "it is told step by step, each with its basis and the limits that run.",
)
_IN_DETAIL = Text("くわしい図", "In detail")

# The road fills a screen and stands upright on a phone; there a step is a card, not a row.
_STYLE = """
.road svg,.upright svg{width:100%;height:auto}.road svg{min-width:56rem}.upright{display:none}
h1,h2{line-height:1.3}summary{cursor:pointer;padding:.5rem 0}
td:first-child{white-space:nowrap}td:last-child{min-width:18rem}
@media (max-width:48rem){.road{display:none}.upright{display:block}body{margin:1rem auto}
table,tbody,tr,td{display:block}
thead{position:absolute;left:-200rem}tr{border:1px solid #b3b3b3;margin:0 0 .75rem;padding:.25rem 0}
td,td:last-child{border:0;padding:.15rem .6rem .15rem 6.5rem;position:relative;min-width:0}
td:empty{display:none}
td::before{content:attr(data-head);position:absolute;left:.6rem;width:5.5rem;font-size:.8rem;
line-height:1.9;color:#595959}}
"""


def page(
    process: Process,
    scenario: Scenario,
    played: Iterable[Played],
    drawings: Mapping[Language, Iterable[tuple[str, str]]],
) -> str:
    """The page; `drawings` are (heading, SVG) by language, the reader's first, drawn by this
    library: the road, the same upright, the sheets in detail."""
    steps = tuple(played)
    parts = [_part(process, scenario, steps, shown, lang) for lang, shown in drawings.items()]
    nav = '<nav><a href="#ja">日本語</a> · <a href="#en">English</a></nav>\n'
    title = f"{process.label.ja} / {process.label.en}"
    return document(title, f"{nav}{''.join(parts)}", next(iter(drawings)), _STYLE)


def _part(
    process: Process,
    scenario: Scenario,
    played: tuple[Played, ...],
    drawings: Iterable[tuple[str, str]],
    lang: Language,
) -> str:
    law = Text("{0}({1}、{2}施行)", "{0} ({1}, in force from {2})").in_(lang)
    heading = law.format(process.label.in_(lang), process.name.in_(lang), process.since)
    first, upright, *others = (
        (title, inline(drawn, f"{lang}{i}")) for i, (title, drawn) in enumerate(drawings)
    )
    return (
        f'<section lang="{lang}" id="{lang}">\n<h1>{_text(heading)}</h1>\n'
        f"<p>{_text(_WHAT_IT_IS.in_(lang))}</p>\n"
        f"<h2>{_text(first[0])}</h2>\n"
        f'<div class="scroll road" tabindex="0">{first[1]}</div>\n'
        f'<div class="upright">{upright[1]}</div>\n'
        f"<h2>{_text(scenario.id)}: {_text(scenario.title.in_(lang))}</h2>\n"
        f"<p>{_text(scenario.published.in_(lang))} <small>({_text(', '.join(scenario.sources))})"
        f"</small></p>\n{_steps(played, lang)}"
        f"<h2>{_text(_IN_DETAIL.in_(lang))}</h2>\n{''.join(map(_folded, others))}</section>\n"
    )


def _folded(sheet: tuple[str, str]) -> str:
    title, drawn = sheet
    return (
        f"<details>\n<summary>{_text(title)}</summary>\n"
        f'<div class="scroll" tabindex="0">{drawn}</div>\n</details>\n'
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
    told = (
        f'<td data-head="{_text(head.in_(lang))}">{cell}</td>'
        for head, cell in zip(_HEADS, cells, strict=True)
    )
    return f"<tr{refused}>{''.join(told)}</tr>\n"


def _lines(texts: Iterable[str]) -> str:
    return "<br/>".join(_text(text) for text in texts)
