"""Which pieces of printed lines lead to the article that they cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ...definition import Basis, Language, Process
from ...definition.citing import address
from ...definition.text import clean
from ...definition.wording import basis_text
from ..model import Links

Piece = tuple[int, int, str]  # of a line: from this letter to that one it leads to an address


def links(process: Process, bases: Iterable[Basis], lang: Language) -> Links:
    """The provisions as they are cited, each once, with the address of the article; "" where
    none is known."""
    found: dict[str, str] = {}
    for basis in bases:
        said = basis_text(process, basis, lang)
        found[said] = found.get(said) or address(process, basis) or ""
    return tuple(found.items())


def pieces(lines: Iterable[str], cited: Links) -> dict[int, list[Piece]]:
    """By line the pieces of it that lead somewhere. A citation that was broken over two lines
    leads from both; `cited` stand in the order in which they are printed."""
    letters = [(n, at, letter) for n, line in enumerate(lines)
               for at, letter in enumerate(clean(line)) if not letter.isspace()]  # fmt: skip
    text = "".join(letter for *_, letter in letters)
    cuts: dict[int, list[Piece]] = {}
    done = 0
    for said, to in cited:
        bare = "".join(clean(said).split())
        start = text.find(bare, done)
        if start < 0 or not bare:
            continue
        done = start + len(bare)
        for number, begin, end in _lines(letters[start:done]) if to else ():
            cuts.setdefault(number, []).append((begin, end, to))
    return cuts


def _lines(letters: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, int]]:
    """In which lines the letters stand, and from where to where."""
    turns = [i for i, (a, b) in enumerate(pairwise(letters), 1) if a[0] != b[0]]
    for start, end in pairwise((0, *turns, len(letters))):
        yield letters[start][0], letters[start][1], letters[end - 1][1] + 1
