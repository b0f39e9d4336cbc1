"""The explorer: one HTML file that shows a process, explains it and plays a case through it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..definition import History, Language, Process, Text
from ..definition.arguments import argument, each
from ..definition.phrasing import phrasing
from ..diagram.formats.web import text
from ..diagram.views.road_picture import road_picture
from ..diagram.views.road_upright import road_upright
from ..runtime import Case
from ..runtime.reasons import ANEW, NOBODYS, SENTENCES
from ..scenarios import Scenario
from .bundle import digest, script, style
from .changes import changes, edition
from .drawings import drawings
from .model import both, holidays, law, transitional
from .names import Names
from .outline import outline
from .roads import Roads
from .share import packed
from .slices import Slices
from .stories import Law, Stories, laws_asked, of_its_law
from .words import CROSSING, WORDS


def explorer(
    process: Process | History,
    others: Iterable[Process | History] = (),
    stories: Iterable[Scenario | Case] = (),
    lang: Language = "ja",
) -> str:
    """The page of a process; it can switch to `others`: versions of the law, variants of places.
    It is in both languages, and opens in this one. On a history a case that is played goes on under
    the later law on the day of change.

    `stories` can be chosen and played; a case among them, such as a dossier's, is followed as it
    was recorded: what was irregular is marked, why is not told. The laws under which they go come
    with them; a story of several laws goes under the page's own if that is among them. The page
    then holds the id of that case and what its entries say: give one only
    where whoever gets the page may know the case. CallError for one of another process.

    The same processes give the same page. Nothing is fetched from outside, and what a user puts
    in is neither stored nor sent.
    """
    argument("process", process, Process, History)
    others_: Iterable[Law] = each("others", others, Process, History)
    stories_: Iterable[Scenario | Case] = each("stories", stories, Scenario, Case)
    told = tuple(of_its_law(one, process) for one in stories_)
    first = _laws(process)[0]
    asked = (law for n, one in enumerate(told) for law in laws_asked(one, first, n))
    given = tuple(dict.fromkeys((process, *others_, *asked)))
    laws = tuple(dict.fromkeys(law for one in given for law in _laws(one)))
    courses = tuple(one for one in given if isinstance(one, History) and one.amendments)
    return _page(first, _data(laws, courses, told), phrasing(lang).lang)


def _laws(one: Law) -> tuple[Process, ...]:
    """The versions, the latest first."""
    return tuple(reversed(one.versions)) if isinstance(one, History) else (one,)


def _page(process: Process, data: dict[str, Any], lang: Language) -> str:
    policy = (
        f"default-src 'none'; script-src '{digest(script())}'; style-src '{digest(style())}'; "
        "base-uri 'none'; form-action 'none'"
    )
    title = text(f"{process.label.ja} / {process.label.en}")
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style()}</style>\n</head>\n<body>\n"
        f"<noscript>{outline(process)}</noscript>\n"
        f'<script type="application/octet-stream" id="data">{packed(data)}</script>\n'
        f'<script type="module">{script()}</script>\n</body>\n</html>\n'
    )


def _data(
    laws: tuple[Process, ...], courses: tuple[History, ...], told: Iterable[Scenario | Case]
) -> dict[str, Any]:
    slices, names = Slices(), Names()
    reasons: dict[str, Text] = {code.value: said for code, said in SENTENCES.items()}
    reasons |= {"anew": ANEW, "crossing": CROSSING, "nobodys": NOBODYS}
    return {
        "words": {key: both(said) for key, said in WORDS.items()},
        "reasons": {code: both(said) for code, said in reasons.items()},
        "holidays": holidays(),
        "laws": [_edition(process, slices, names) for process in laws],
        "names": names.rows,
        "differences": changes(laws, slices),
        "courses": [_course(history, laws) for history in courses],
        "stories": Stories(laws, courses).told(told),
    }


def _course(history: History, laws: tuple[Process, ...]) -> dict[str, Any]:
    """The versions of a history, the oldest first, and by which rules a case comes from one into
    the next."""
    return {
        "laws": [laws.index(law) for law in history.versions],
        "rules": [
            [transitional(law, rule) for rule in rules]
            for law, rules in zip(history.versions, history.amendments, strict=False)
        ],
    }


def _edition(process: Process, slices: Slices, names: Names) -> dict[str, Any]:
    version, variant = edition(process)
    sets = [{"names": by, **_drawn(named, slices)} for by, named in names.sets(process)]
    return {
        **law(names.marked(process), slices),
        **_drawn(process, slices),
        **({"sets": sets} if sets else {}),
        "edition": version,
        "variant": variant,
    }


def _drawn(process: Process, slices: Slices) -> dict[str, Any]:
    """The law as it is drawn, and what stands on its road."""
    roads = Roads(process)
    along = {"road": roads.drawn(road_picture)} if roads else {}  # without acts, machines alone
    return {
        **roads.parts(),
        "drawings": along | drawings(process, slices),
        "upright": roads.drawn(road_upright) if roads else [],  # for a phone
    }
