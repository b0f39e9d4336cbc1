"""Which pieces of printed lines lead to the article that they cite."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate, pairwise

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
    shown = [clean(line) for line in lines]
    bare = ["".join(line.split()) for line in shown]
    text, begins = "".join(bare), [*accumulate(map(len, bare), initial=0)]
    cuts: dict[int, list[Piece]] = {}
    done = 0
    for said, to in cited:
        sought = "".join(clean(said).split())
        start = text.find(sought, done)
        if start < 0 or not sought:
            continue
        done = start + len(sought)
        for number, (first, next_) in enumerate(pairwise(begins)) if to else ():
            if (begin := max(start, first)) < (end := min(done, next_)):
                letters = [at for at, letter in enumerate(shown[number]) if not letter.isspace()]
                piece = (letters[begin - first], letters[end - 1 - first] + 1, to)
                cuts.setdefault(number, []).append(piece)
    return cuts
