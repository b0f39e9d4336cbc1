"""The shell of an HTML page that stands alone: nothing is fetched from outside."""

from __future__ import annotations

from html import escape

from ...definition.text import clean

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


def document(title: str, body: str, lang: str, style: str = "") -> str:
    """The page; `body` is HTML already, `title` is not. `style` is added to the common one."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f"<title>{text(title)}</title>\n<style>{_STYLE}{style}</style>\n</head>\n<body>\n"
        f"{body}</body>\n</html>\n"
    )


def text(said: str) -> str:
    """Text as HTML, without what has no place in it."""
    return escape(clean(said))


def inline(drawn: str, mine: str) -> str:
    """A drawing of ours with ids of its own, so that several can stand on one page."""
    for shared, own in (
        ('aria-labelledby="title desc"', f'aria-labelledby="{mine}t {mine}d"'),
        ('id="title"', f'id="{mine}t"'),
        ('id="desc"', f'id="{mine}d"'),
    ):
        drawn = drawn.replace(shared, own, 1)
    return drawn
