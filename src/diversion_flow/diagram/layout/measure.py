"""How wide text is, without a font, and where it is broken into lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate, pairwise
from math import ceil
from typing import Final, TypeVar
from unicodedata import east_asian_width

from attrs import frozen

from ...definition.text import clean

Made = TypeVar("Made")

# Hundredths of an em: whole numbers add up alike everywhere. What is no letter of ASCII is wide or
# narrow.
_WIDE, _NARROW = 100, 62
# Letters of ASCII from the blank on, in hundredths of an em: each as wide as the wider of Noto Sans
# JP (set bold) and of Arial Bold, whose widths most other fonts of the stack share; and the same of
# both set regular.
_BOLD: Final = (
    28, 34, 50, 59, 59, 97, 73, 30, 36, 36, 50, 59, 30, 37, 30, 42, 59, 59, 59, 59, 59, 59, 59, 59,
    59, 59, 34, 34, 59, 59, 59, 62, 100, 73, 73, 73, 73, 67, 62, 78, 77, 31, 57, 73, 62, 86, 76, 78,
    67, 78, 73, 67, 63, 76, 67, 95, 67, 67, 64, 36, 42, 36, 59, 59, 64, 60, 65, 56, 66, 59, 35, 62,
    64, 29, 29, 58, 30, 98, 65, 64, 66, 66, 41, 56, 40, 64, 56, 85, 56, 56, 50, 39, 29, 39, 59,
)  # fmt: skip
_REGULAR: Final = (
    28, 32, 47, 56, 56, 92, 68, 28, 34, 34, 47, 58, 28, 35, 28, 39, 56, 56, 56, 56, 56, 56, 56, 56,
    56, 56, 28, 28, 58, 58, 58, 56, 102, 67, 67, 72, 72, 67, 61, 78, 73, 29, 54, 67, 56, 83, 72, 78,
    67, 78, 72, 67, 61, 72, 67, 94, 67, 67, 61, 34, 39, 34, 56, 56, 61, 56, 62, 51, 62, 56, 32, 56,
    61, 28, 28, 55, 28, 93, 61, 61, 62, 62, 39, 50, 38, 61, 52, 80, 50, 52, 50, 34, 27, 34, 58,
)  # fmt: skip


@lru_cache(maxsize=1 << 14)
def em(text: str) -> float:
    """Width in em, letter by letter, of words set bold."""
    return sum(map(_WIDTHS.__getitem__, text)) / 100


@lru_cache(maxsize=1 << 14)
def em_regular(text: str) -> float:
    """Width in em of words that are not set bold: Latin ones are a little narrower."""
    return sum(map(_NARROWER.__getitem__, text)) / 100


class Found(dict[str, Made]):
    """What belongs to a character or an id, worked out when it is first asked for."""

    def __init__(self, find: Callable[[str], Made]) -> None:
        self._find = find

    def __missing__(self, key: str) -> Made:
        made = self[key] = self._find(key)
        return made


def _width(ascii: Sequence[int], character: str) -> int:
    if 0 <= (place := ord(character) - 32) < len(ascii):
        return ascii[place]
    return _WIDE if east_asian_width(character) in "WFA" else _NARROW


_WIDTHS, _NARROWER = (Found(partial(_width, ascii)) for ascii in (_BOLD, _REGULAR))
Measure = Callable[[str], float]


@lru_cache(maxsize=1 << 14)
def wrap(text: str, limit: float, *, cut: bool = False, measure: Measure = em) -> tuple[str, ...]:
    """Lines of at most `limit` em, as they are measured. English breaks between words; Japanese
    anywhere but within a number and what it counts, and before a new phrase where that costs no
    line more. A word that is wider than a line sticks out, if it is no longer than words are;
    `cut`: is broken anywhere, where nothing grows with it."""
    lines: list[str] = []
    for paragraph in clean(text).split("\n"):
        if not (whole := paragraph.strip()) or measure(whole) <= limit:
            lines.append(whole)
            continue
        pieces = _pieces(paragraph)
        if cut:
            pieces = [part for piece in pieces for part in _parts(piece, limit, measure)]
        held = _measured(pieces, measure)
        found = held.filled(limit)
        if len(found) > 1:
            phrases = held.filled(limit, at_phrases=True)
            if len(found) <= _FEW and (len(phrases) > len(found) or phrases == found):
                phrases = held.phrased(limit, len(found))
            worse = any(map(_alone, phrases)) and not any(map(_alone, found))
            found = phrases if len(phrases) == len(found) and not worse else found
        lines += (line.strip() for line in found)
    return tuple(lines)


def in_lines(texts: Iterable[str], limit: float, measure: Measure = em) -> tuple[str, ...]:
    """Short texts one beside another in lines of at most `limit` em, each whole where it can be."""
    lines: list[str] = []
    for text in texts:
        beside = f"{lines[-1]}\u3000{text}" if lines else text
        if lines and measure(beside) <= limit:
            lines[-1] = beside
        else:
            lines += wrap(text, limit, cut=True, measure=measure)
    return tuple(lines)


def abridged(text: str, limit: float, most: int) -> tuple[str, ...]:
    """The text in lines, at most so many: of what is far too long the middle is left out, for in
    one language or the other the verb stands first or last."""
    if len(found := wrap(text, limit)) <= most:
        return found
    found, half = wrap(text, limit - em("…")), most // 2
    first = found[: most - half]
    return (*first[:-1], f"{first[-1]}…", *found[len(found) - half :])


wrap_within = partial(wrap, cut=True)  # for boxes that are as wide as they are


def joined(lines: Iterable[str]) -> str:
    """Lines in one again: with a blank but where a wide letter stands."""
    found = ""
    for line in filter(None, lines):
        wide = not found or _BREAKS[found[-1]] or _BREAKS[line[0]]
        found += line if wide else f" {line}"
    return found


def _parts(piece: str, limit: float, measure: Measure) -> list[str]:
    """A piece, in as many parts as it takes lines by itself."""
    if measure(piece.strip()) <= limit:
        return [piece]
    parts = [""]
    for letter in piece:
        if parts[-1] and measure((parts[-1] + letter).strip()) > limit:
            parts.append("")
        parts[-1] += letter
    return parts


@frozen
class _Paragraph:
    """What is never broken, piece by piece, and where a line begins that begins with one, and ends
    that ends with it: without the blanks there."""

    pieces: Sequence[str]
    starts: Sequence[float]
    ends: Sequence[float]

    def filled(self, limit: float, *, at_phrases: bool = False) -> list[str]:
        """Lines as full as may be; at phrases: what has begun the last phrase of a line that is
        full goes on to the next."""
        ends = self._ends(0, limit, at_phrases=at_phrases)
        return ["".join(self.pieces[start:end]) for start, end in pairwise((0, *ends))]

    def phrased(self, limit: float, count: int) -> list[str]:
        """So many lines, each ended at a phrase, or else where letters of another kind begin, if
        what follows then takes no line more."""
        pieces, ends = self.pieces, [0]
        while len(ends) < count:
            start = ends[-1]
            full = self._reach(start, limit)
            last = max(start + 1, full - 1) if _alone("".join(pieces[full:])) else full
            phrase = start + _phrase(pieces[start : full + 1])
            turn = start + _turn(pieces[start : last + 1])
            good = (turn, last, full) if phrase == full else (phrase, turn, last)
            short = (at for at in good if len([*self._ends(at, limit)]) <= count - len(ends))
            ends.append(next(short, full))
        return ["".join(pieces[start:end]) for start, end in pairwise((*ends, len(pieces)))]

    def _ends(self, start: int, limit: float, *, at_phrases: bool = False) -> Iterator[int]:
        """From this piece on, behind which each line ends."""
        while start < len(self.pieces):
            full = self._reach(start, limit)
            if at_phrases and full < len(self.pieces):
                full = start + _phrase(self.pieces[start : full + 1])
            yield (start := full)

    def _reach(self, start: int, limit: float) -> int:
        """The first that has no place on a line that begins with this one."""
        return bisect_right(self.ends, self.starts[start] + limit + _TINY, start + 1)


def _measured(pieces: Sequence[str], measure: Measure) -> _Paragraph:
    at = [*accumulate(map(measure, pieces), initial=0.0)]
    starts, ends = at[:], at[1:]
    for n in reversed([n for n, piece in enumerate(pieces) if piece != piece.strip()]):
        bare = pieces[n].lstrip()  # what is all blank begins where the next letter does
        starts[n] = at[n + 1] - measure(bare) if bare else starts[n + 1]
        ends[n] = at[n] + measure(pieces[n].rstrip())
    return _Paragraph(pieces, starts, ends)


def _alone(line: str) -> bool:
    """Whether it is one letter all alone, which is no line; a sign leads on to what is drawn beside
    it."""
    return len(line := line.strip()) == 1 and line.isalnum()


def _phrase(pieces: Sequence[str]) -> int:
    """Where the last phrase begins; before the last piece if nothing begins one."""
    last = len(pieces) - 1
    starts = (at for at in range(last, 0, -1) if _begins(pieces[at - 1], pieces[at]))
    return next(starts, last)


def _turn(pieces: Sequence[str]) -> int:
    """Where letters of another kind begin last, behind the first two; before the last piece if none
    do."""
    last = len(pieces) - 1
    kinds = [*map(_kind, pieces)]
    return next((at for at in range(last, 1, -1) if kinds[at - 1] != kinds[at]), last)


def _begins(before: str, here: str) -> bool:
    """Whether a phrase begins: after kana, a blank or a mark, with a letter of another kind."""
    return here[0] in _OPENS or bool(_ENDS.search(before) and not _KANA.match(here))


def _kind(piece: str) -> int:
    """Of which kind a piece's first letter is: hiragana, katakana, another wide one or none."""
    letter = piece.strip()[:1] or " "
    if "\u3041" <= letter <= "\u30ff":
        return int(letter > "\u309f")
    return 2 if _BREAKS[letter] else 3


_KANA: Final = re.compile(r"[\u3041-\u309f]")
_ENDS: Final = re.compile(r"[\u3041-\u309f\s、。・)」』〕】;:）］〉》：；！？]$")
_STICKY = (
    "、。・·)」』〕】,.]ー :;!?※†‡々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"  # never begins a line
    "）］｝〉》”’，．：；！？…‥〜～ゝゞヽヾヵヶゎヮ％"
)
_TINY = 1e-9  # em: what sums of widths may be off
_LONGEST = 24  # letters of a word that is never broken
_FEW = 4  # so many lines are looked at one by one
_OPENS = "(「『〔【→（［｛〈《“‘"  # never ends one
# Read in one go: a number with what it counts, a sign with what it is of or on, a note's number
# with what it is on, a sheet's with its name, a verb made of two (引き受ける, 話し合う).
_WHOLE: Final = re.compile(
    r"\d+(?:か月|時間|[日週年]間|[年月日分歳人件回号項条])|[→←■◇§•] ?\S| \[\d|\[\d+\] \S|図\d\S* \S"
    r"|\S [◇▽▼¶≫](?=[ \n]|$)|[Ss]heets? \d|\(\d+ [A-Z]|^\d+ \S"
    r"|\d+ (?:minute|hour|day|week|month|year)"
    r"|[\u4e00-\u9fff](?:[きぎしちみりびけげせめれ][\u4e00-\u9fff])+"
)


def _pieces(text: str) -> list[str]:
    """What is never broken: words with their space, wide letters with what sticks to them."""
    if not text:
        return []
    whole = {at for found in _WHOLE.finditer(text) for at in range(found.start() + 1, found.end())}
    starts = [
        at
        for at, (before, here) in enumerate(pairwise(text), 1)
        if (_BREAKS[here] or _BREAKS[before] or before == " " or before + here == ")(")
        and here not in _STICKY
        and before not in _OPENS
        and at not in whole
    ]
    pieces = (text[start:end] for start, end in pairwise((0, *starts, len(text))))
    return [part for piece in pieces for part in _shorter(piece)]


def _shorter(piece: str) -> Iterable[str]:
    """A piece in parts alike, where no line is made for so long a word."""
    if len(piece) <= _LONGEST:
        return (piece,)
    long = ceil(len(piece) / ceil(len(piece) / _LONGEST))
    return (piece[at : at + long] for at in range(0, len(piece), long))


# Whether a line may break on both sides of a character.
_BREAKS = Found(lambda character: east_asian_width(character) in "WF")
