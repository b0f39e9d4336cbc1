"""An agency's checklist as a page of HTML that prints on A4, and leads to the articles."""

from __future__ import annotations

from ...definition import Language, Process
from ..formats.web import document, text
from .checklist import BLANKS, HINT, Item, Section, noted, sheet
from .checklist_picture import Style, planned

_STYLE = """
@page{{size:A4 portrait;margin:7mm}}
body{{margin:0 auto;padding:0;max-width:196mm;font-size:{size:g}pt;line-height:{leading:g}}}
h1{{font-size:1.35em;margin:0}}p{{margin:0}}.fields span{{margin-right:2em}}
.columns{{columns:2;column-gap:4mm}}header{{column-span:all}}
h2{{font-size:1.1em;margin:.35em 0 .1em;padding-bottom:.08em;
border-bottom:1px solid #1a1a1a;break-after:avoid}}
h2:first-child{{margin-top:0}}
h3{{font-size:1em;margin:.1em 0 0;color:#1d3557;break-after:avoid}}
a{{color:inherit;text-decoration:none}}
ul{{margin:0;padding:0;list-style:none}}
li{{padding-left:1em;text-indent:-1em;break-inside:avoid}}
small{{font-size:1em}}
.run>*,.run li{{display:inline}}.run li{{padding:0;break-inside:auto}}
.run li::before{{content:"• "}}
@media screen{{body{{margin:1rem auto;padding:0 1rem}}}}
"""


def checklist_page(process: Process, agency: str, lang: Language = "ja") -> str:
    """The agency's page as HTML that prints on one sheet of A4: on its face, or on both sides where
    the office has so much to do that the face would need type of less than 9 points."""
    page = sheet(process, agency, lang)
    fields = "".join(f"<span>{f.in_(lang)}: ______________</span>" for f in BLANKS)
    style = planned(page).style
    told = text(f"{page.law} — {HINT.in_(lang).format('[1]')}")
    body = (
        f'<div class="columns">\n<header><h1>{text(page.title)}</h1>\n'
        f'<p><small>{told}</small></p>\n<p class="fields">{fields}</p></header>\n'
        f"{''.join(_section(each, style) for each in noted(page).sections)}</div>\n"
    )
    return document(page.title, body, lang, _STYLE.format(size=style.size, leading=style.leading))


def _section(section: Section, style: Style) -> str:
    parts = [f"<h2>{text(section.title)}</h2>\n"]
    for name, items in section.parts:
        heading = f"<h3>{text(name)}</h3>\n" if name else ""
        part = f"{heading}<ul>\n{''.join(map(_li, items))}</ul>\n"
        parts.append(f'<div class="run">{part}</div>\n' if style.runs_on(items) else part)
    return "".join(parts)


def _li(item: Item) -> str:
    said = text(item.said)
    if item.event:
        said = f'□ <b data-event="{text(item.event)}">{said}</b>'
    elif item.limit:
        said = f"■ <b>{said}</b>"
    more = f" <span>{text('; '.join(item.more))}</span>" if item.more else ""
    basis = f" <small>{' '.join(_anchored(*each) for each in item.basis)}</small>"
    return f"<li>{said}{more}{basis if item.basis else ''}</li>\n"


def _anchored(said: str, address: str) -> str:
    if not address:
        return text(said)
    return f'<a href="{text(address)}" rel="noopener noreferrer">{text(said)}</a>'
