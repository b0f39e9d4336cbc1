"""The explorer: one HTML file that shows a process, explains it and plays a case through it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..definition import Process
from ..definition.arguments import each
from ..definition.history import one_version
from ..diagram.formats.web import text
from ..runtime import Case
from ..runtime.reasons import SENTENCES
from ..scenarios import Scenario
from .bundle import digest, script, style
from .changes import changes, edition
from .drawings import drawings
from .model import both, holidays, law
from .outline import outline
from .roads import Roads
from .share import packed
from .slices import Slices
from .stories import stories as told_cases
from .words import WORDS


def explorer(
    process: Process, others: Iterable[Process] = (), stories: Iterable[Scenario | Case] = ()
) -> str:
    """The page of a process; it can switch to `others`: versions of the law, variants of places.
    `stories` that are told under one of these laws can be chosen and played; a case among them,
    such as a dossier's, is followed as it was recorded: what was irregular is marked, why is not
    told. The page then holds the id of that case and what its entries say: give one only where
    whoever gets the page may know the case.

    The same processes give the same page. Nothing is fetched from outside, and what a user puts
    in is neither stored nor sent.
    """
    one_version("process", process)
    laws = tuple(dict.fromkeys((process, *each("others", others, Process))))
    asked: Iterable[Scenario | Case] = each("stories", stories, Scenario, Case)
    told = told_cases(asked, laws)
    policy = (
        f"default-src 'none'; script-src '{digest(script())}'; style-src '{digest(style())}'; "
        "base-uri 'none'; form-action 'none'"
    )
    title = text(f"{process.label.ja} / {process.label.en}")
    return (
        '<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{style()}</style>\n</head>\n<body>\n"
        f"<noscript>{outline(process)}</noscript>\n"
        f'<script type="application/octet-stream" id="data">{packed(_data(laws, told))}</script>\n'
        f'<script type="module">{script()}</script>\n</body>\n</html>\n'
    )


def _data(laws: tuple[Process, ...], told: list[dict[str, Any]]) -> dict[str, Any]:
    slices = Slices()
    return {
        "words": {key: both(said) for key, said in WORDS.items()},
        "reasons": {code.value: both(said) for code, said in SENTENCES.items()},
        "holidays": holidays(),
        "laws": [_edition(process, slices) for process in laws],
        "differences": changes(laws, slices),
        "stories": told,
    }


def _edition(process: Process, slices: Slices) -> dict[str, Any]:
    version, variant = edition(process)
    roads = Roads(process)
    along = {"road": roads.lying} if roads else {}  # without acts, the machines alone
    return {
        **law(process, slices),
        **roads.parts(),
        "edition": version,
        "variant": variant,
        "drawings": along | drawings(process, slices),
        "upright": roads.upright if roads else [],
    }
