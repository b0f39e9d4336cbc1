"""The picture as SVG: real text, a title on every part, nothing fetched from outside."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import chain, groupby

from attrs import evolve

from ...definition.text import clean
from ..layout.measure import em
from .picture import BOLDER, MARGIN, Curve, Group, Picture, Print, Rect, Shape, shifted

FAMILY = (
    "Noto Sans JP, Noto Sans CJK JP, BIZ UDPGothic, Yu Gothic, Hiragino Sans, IPAexGothic, "
    "sans-serif"
)
# A link is underlined; who goes from one to the next by keyboard sees where he is.
_LINKS = "<style>a{text-decoration:underline}a:focus-visible{outline:2px solid #004a77}</style>"
_STAMP = 18.0  # points: the strip above a picture that says whose case it is
_DASHES = {"": "", "dash": ' stroke-dasharray="6 4"', "dot": ' stroke-dasharray="1.5 3"'}


def heard(picture: Picture) -> str:
    """The picture as an SVG document that can also be heard: each lane or machine is a list, and
    its steps are items that say where they lead."""
    return _document(picture, lists=True)


def svg(picture: Picture) -> str:
    """The picture as an SVG document; the same picture gives the same text."""
    return _document(picture, lists=False)


def struck(picture: Picture) -> str:
    """The same for whoever has one font only: what is bold is struck twice, a little apart."""
    groups = (evolve(group, shapes=tuple(chain.from_iterable(map(_twice, group.shapes))))
              for group in picture.groups)  # fmt: skip
    return svg(evolve(picture, groups=tuple(groups)))


def _twice(shape: Shape) -> tuple[Shape, ...]:
    if not (isinstance(shape, Print) and shape.bold):
        return (shape,)
    light = evolve(shape, bold=False)
    return light, shifted(light, shape.size * BOLDER, 0.0)


def _document(picture: Picture, *, lists: bool) -> str:
    links = any(getattr(s, "leads", ()) for group in picture.groups for s in group.shapes)
    several = len({group.list for group in picture.groups if group.list}) > 1
    lists = lists and (links or several)
    role = "group" if links or lists else "img"  # nobody comes to what is inside an image
    edge, stamp = picture.edge, tuple(_stamp(picture))
    top = edge + (_STAMP if stamp else 0.0)
    wide, high = picture.width + 2 * edge, picture.height + edge + top
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="{role}" aria-labelledby="title desc" '
        f'lang="{picture.lang}" width="{wide:g}" height="{high:g}" '
        f'viewBox="{-edge:g} {-top:g} {wide:g} {high:g}" '
        f"font-family={_quoted(FAMILY)}>"
    )
    parts = [
        head,
        f'<title id="title">{_text(" ".join((picture.title, picture.stamp)).strip())}</title>',
        f'<desc id="desc">{_text(picture.description)}</desc>',
        *([_LINKS] if links else []),
        f'<rect x="{-edge:g}" y="{-top:g}" width="{wide:g}" height="{high:g}" fill="#ffffff"/>',
        *map(_words, stamp),
        *(_listed(picture) if lists else (t for group in picture.groups for t in _group(group))),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _stamp(picture: Picture) -> Iterator[Print]:
    """Whose case it is, in a strip above the picture."""
    if picture.stamp:
        size = min(_STAMP * 0.6, picture.width / em(picture.stamp))
        at = (MARGIN - picture.edge, -picture.edge - _STAMP * 0.3)
        yield Print(at, picture.stamp, size, bold=True)


def _text(text: str) -> str:
    return escape(_line(text), quote=False)


def _quoted(text: str) -> str:
    return f'"{escape(_line(text))}"'


def _line(text: str) -> str:
    return clean(text).replace("\n", " ")


def _listed(picture: Picture) -> Iterator[str]:
    """The groups, those of one list inside it."""
    for name, groups in groupby(picture.groups, key=lambda group: group.list):
        if name:
            yield f'<g role="list" aria-label={_quoted(name)}>'
        for group in groups:
            yield from _group(group, item=bool(name))
        if name:
            yield "</g>"


def _group(group: Group, *, item: bool = False) -> Iterator[str]:
    part = f" data-part={_quoted(group.part)}" if group.part else ""
    rules = f" data-rules={_quoted(' '.join(group.rules))}" if group.rules else ""
    role = ' role="listitem"' if item else ""
    yield f"<g{role}{part}{rules}>"
    if group.title:
        yield f"<title>{_text(group.title)}</title>"
    if item and group.leads:
        yield f"<desc>{_text(group.leads)}</desc>"
    yield from (_shape(shape) for shape in group.shapes)
    yield "</g>"


def _shape(shape: Shape) -> str:
    if isinstance(shape, Rect):
        return _rect(shape)
    if isinstance(shape, Curve):
        return _curve(shape)
    return _words(shape)


def _n(value: float) -> str:
    return f"{round(value, 1):g}"


def _rect(shape: Rect) -> str:
    box = shape.box
    return (
        f'<rect x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}" '
        f'rx="{shape.radius:g}" fill="{shape.fill}" stroke="{shape.line}" '
        f'stroke-width="{shape.width:g}"{_DASHES[shape.dash]}/>'
    )


def _curve(shape: Curve) -> str:
    points = [f"{_n(x)} {_n(y)}" for x, y in shape.points]
    if shape.closed:
        path = f"M{points[0]} L{' L'.join(points[1:])} Z"
    else:
        path = f"M{points[0]} C{', '.join(points[1:])}"
    return (
        f'<path d="{path}" fill="{shape.fill}" stroke="{shape.line}" '
        f'stroke-width="{shape.width:g}"{_DASHES[shape.dash]}/>'
    )


def _words(shape: Print) -> str:
    weight = ' font-weight="bold"' if shape.bold else ""
    said = "".join(_pieces(shape))
    return (
        f'<text x="{_n(shape.at[0])}" y="{_n(shape.at[1])}" font-size="{shape.size:g}" '
        f'fill="{shape.colour}" text-anchor="{shape.anchor}"{weight}>{said}</text>'
    )


def _pieces(shape: Print) -> Iterator[str]:
    """The line, of which some pieces are links."""
    text, done = clean(shape.text), 0
    for start, end, address in shape.leads:
        yield _text(text[done:start])
        yield f'<a href={_quoted(address)} target="_blank">{_text(text[start:end])}</a>'
        done = end
    yield _text(text[done:])
