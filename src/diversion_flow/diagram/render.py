"""From a process to a file or text in the format asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, Unpack, overload

from attrs import evolve

from ..definition import LANGUAGES, Language, Process, Text, UnknownId, Value
from ..definition.arguments import argument
from ..definition.files.writing import writable, write_whole
from ..definition.history import one_version
from ..definition.phrasing import phrasing
from ..runtime import Case
from ..runtime.names import called
from ..runtime.view import View
from .formats.dot import dot
from .formats.mermaid import mermaid
from .formats.pdf import Paper, bound, pdf, printed
from .formats.picture import Picture, picture
from .formats.plantuml import plantuml
from .formats.png import png
from .formats.svg import heard, svg
from .formats.table import table
from .model import Diagram, DrawingError
from .views import extract
from .views.case_sequence import case_sequence
from .views.case_timeline import case_timeline
from .views.sheets import BILINGUAL, PAPER, Wanted, as_one, drawable, of_law_alone, sheets
from .views.veiled import seen_machines, veiled

if TYPE_CHECKING:
    from ..analysis import Comparison

_REFERENCE = Text("整理番号: {0}", "Reference: {0}")
PICTURES: dict[str, Callable[[Picture], str | bytes]] = {"svg": svg, "png": png, "pdf": pdf}
FORMATS: dict[str, Callable[[Diagram], str | bytes]] = {
    "svg": lambda diagram: heard(picture(diagram)),
    "png": lambda diagram: png(picture(diagram)),
    "pdf": printed,
    "dot": dot,
    "mmd": mermaid,
    "puml": plantuml,
    "md": table,
}


# What can be drawn of a case's course, beside the process with the case in it.
COURSES: dict[str, Callable[..., Picture]] = {
    "timeline": case_timeline,
    "sequence": case_sequence,
}


# How each format takes sheets that belong together, for this paper.
BOUND: dict[str, Callable[[tuple[Picture, ...], Paper], str | bytes]] = {
    "svg": lambda pictures, _: heard(as_one(pictures)),
    "png": lambda pictures, _: png(as_one(pictures)),
    "pdf": bound,
}


def diagram(
    process: Process | Case | View | Comparison,
    view: str = "overview",
    *,
    lang: Language = "ja",
    case: Case | None = None,
    against: Process | None = None,
) -> Diagram:
    """The diagram of a view: `overview`, a machine's id, or an agency's id; with what is other than
    in the process `against` marked, or with where a case stands. Given a view, it is what that
    agency may see of the case, and nothing else."""
    process, case, against = _taken(process, case, against)
    _asked(process, view, lang, case, against)
    view = _meant(process, view)
    if isinstance(process, View):
        return _of_view(process, view, lang)
    if against is not None:
        from .views.difference import difference  # the analysis: not every sheet needs it

        return difference(against, process, view, lang)
    law = process if case is None else called(process, _known_on(view, process, case))
    return extract.of_law(extract.drawn(law, view, lang, case), process)


def _of_view(seen: View, view: str, lang: Language) -> Diagram:
    """A sheet of the case as one agency sees it; UnknownId for one about what it does not see."""
    law, hidden = _seen(seen)
    if view in hidden:
        shown = {id: part for id, part in extract.drawable(law).items() if id not in hidden}
        raise UnknownId("view", view, shown)
    worded = called(veiled(seen), seen.facts)
    return extract.of_law(extract.drawn(worded, view, lang, seen), law)


def _known_on(view: str, process: Process, case: Case) -> Mapping[str, Value]:
    """The facts that names on this sheet may follow: on an agency's own, those that it sees."""
    own = view in process.by_id["agency"] and view not in process.by_id["machine"]
    return case.view(view).facts if own else case.facts


class Asked(TypedDict, total=False):
    """What more may be asked of a drawing; `draw` says what it means."""

    lang: Language
    case: Case | None
    against: Process | None
    reference: bool
    wrong: bool


@overload
def draw(
    process: Process | Case | View | Comparison,
    view: str = "overview",
    *,
    format: Literal["svg", "dot", "mmd", "puml", "md"] = "svg",
    **asked: Unpack[Asked],
) -> str: ...
@overload
def draw(
    process: Process | Case | View | Comparison,
    view: str = "overview",
    *,
    format: Literal["png", "pdf"],
    **asked: Unpack[Asked],
) -> bytes: ...
@overload
def draw(
    process: Process | Case | View | Comparison,
    view: str = "overview",
    *,
    format: str,
    **asked: Unpack[Asked],
) -> str | bytes: ...
def draw(
    process: Process | Case | View | Comparison,
    view: str = "overview",
    *,
    format: str = "svg",
    lang: Language = "ja",
    case: Case | None = None,
    against: Process | None = None,
    reference: bool = False,
    wrong: bool = False,
) -> str | bytes:
    """The drawing itself: text for svg, dot, mmd, puml and md; bytes for png and pdf.

    `draw(case)` draws the case in its law, as `draw(case.process, case=case)` does, and
    `draw(compare(a, b))` the law `b` with what is other than in `a` marked.

    `draw(case.view(agency))` draws what that agency may see of the case: machines, facts and events
    that it does not see have no name on it.

    With `reference` a picture of a case says above it under which id its owner keeps the case;
    otherwise it never does. DrawingError where there is no case, or it has no id.

    `wrong` says that the last entry of the case does the wrong, as in a story that breaks a
    question (`case=answer.story.case`): a timeline or sequence marks it, DrawingError for others.

    `road` is the usual course as one numbered path of acts, `one_page` the same in at most nine,
    `road_upright` for a narrow screen, `road_bilingual` and `one_page_bilingual` with the other
    language small beneath; `stages` are the sheets of the stages with all their states, `stage.`
    and its id that of one; an agency's id is its acts, what it is told and what it owes by when (as
    text: its part of each machine), `checklist.` and its id the same to tick off. Of a case,
    `timeline` draws its states and limits along its dates, and `sequence` what passed between the
    agencies. All of these are pictures: svg, png and pdf.
    """
    argument("format", format, str)
    argument("reference", reference, bool)
    argument("wrong", wrong, bool)
    process, case, against = _taken(process, case, against)
    _asked(process, view, lang, case, against)
    view = _meant(process, view)
    law = process.process if isinstance(process, View) else process
    told = process if isinstance(process, View) else case
    stamp = _stamp(told, lang) if reference else ""
    if view in COURSES and view not in law.by_id["machine"]:
        if format not in PICTURES:
            raise _not_drawn_as(format, view, PICTURES, process)
        return PICTURES[format](evolve(_course(view, lang, case, wrong), stamp=stamp))
    if wrong:
        raise DrawingError("no_wrong", view=view)
    make = sheets(law).get(view)
    if make is None:
        known = drawable(law) if against is None else drawable(law, against)
        if view not in known:
            raise UnknownId("view", view, known | dict.fromkeys(COURSES))
    if make and (format in BOUND or view not in extract.views(law)):
        if format not in BOUND:
            raise _not_drawn_as(format, view, BOUND, process)
        if of_law_alone(view) and (told is not None or against is not None):
            raise DrawingError("law_alone", view=view)
        made = (evolve(each, stamp=stamp) for each in make(Wanted(law, lang, told, against)))
        return BOUND[format](tuple(made), PAPER.get(view, "a4"))
    if format not in FORMATS:
        raise UnknownId("format", format, FORMATS)
    shown = diagram(process, view, lang=lang, case=case, against=against)
    return FORMATS[format](evolve(shown, stamp=stamp))


def _stamp(told: Case | View | None, lang: Language) -> str:
    """The words by which a picture says whose case it shows."""
    id = told.case if isinstance(told, View) else told.id if told else ""
    if not id:
        raise DrawingError("no_reference")
    return phrasing(lang)(_REFERENCE, id)


def _taken(
    process: Process | Case | View | Comparison, case: Case | None, against: Process | None
) -> tuple[Process | View, Case | None, Process | None]:
    """What is drawn, the case that is shown in it, and the law with which it is compared."""
    if isinstance(process, Case):
        return process.process, case or process, against
    if isinstance(process, Process | View):
        return process, case, against
    from ..analysis import Comparison

    if not isinstance(process, Comparison):
        return process, case, against
    if against is not None:
        raise DrawingError("view_against")
    return process.b, case, process.a


_FORMER = {"poster": "overview"}  # by what a view was called before


def _meant(process: Process | View, view: str) -> str:
    """The view; that of a former name, where no part of the law is called so."""
    law = process.process if isinstance(process, View) else process
    own = view in law.by_id["machine"] or view in law.by_id["agency"]
    return view if own else _FORMER.get(view, view)


def _asked(
    process: Process | View, view: str, lang: Language, case: Case | None, against: Process | None
) -> None:
    """Whether these can be asked for together."""
    if isinstance(process, View):
        if case is not None or against is not None:
            raise DrawingError("view_against")
        process = process.process
    one_version("process", process)
    argument("view", view, str)
    if lang not in LANGUAGES:
        raise UnknownId("language", lang, LANGUAGES, told="not_in_language", views=BILINGUAL)
    if against is not None:
        argument("against", against, Process)
    if case is not None:
        argument("case", case, Case)
        if against is not None:
            raise DrawingError("case_against")
        if not _goes_under(case, process):
            its, asked = (f"{law.id} {law.version}" for law in (case.process, process))
            raise DrawingError("other_law", its=its, asked=asked)


def _goes_under(case: Case, process: Process) -> bool:
    """Whether the case can be shown in this law: its own, or another version that has no track
    of which the case knows nothing."""
    known = case.process.by_id["machine"]
    return case.process.id == process.id and all(m.id in known for m in process.machines)


def _not_drawn_as(
    format: str, view: str, known: Iterable[str], process: Process | View
) -> UnknownId:
    """The error for a format of other views than this: which ones."""
    if format not in FORMATS:
        return UnknownId("format", format, known)
    law, hidden = _seen(process)
    others = [v for v in extract.views(law) if v not in hidden and v not in law.by_id["agency"]]
    return UnknownId("format", format, known, told="not_drawn_as", view=view, views=tuple(others))


def _seen(process: Process | View) -> tuple[Process, frozenset[str]]:
    """The law, and the machines of which an agency sees nothing."""
    if isinstance(process, Process):
        return process, frozenset()
    law = process.process
    return law, frozenset(law.by_id["machine"].keys() - seen_machines(process))


def _course(view: str, lang: Language, case: Case | None, wrong: bool) -> Picture:
    if case is None:
        raise DrawingError("needs_case", view=view)
    return COURSES[view](case, lang, wrong=wrong)


def render(
    process: Process | Case | View | Comparison,
    path: str | Path,
    *,
    view: str = "overview",
    lang: Language = "ja",
    case: Case | None = None,
    against: Process | None = None,
    reference: bool = False,
    wrong: bool = False,
    overwrite: bool = False,
) -> Path:
    """Write the drawing to `path`; its ending names the format. Whole or not at all, and over
    an existing file only if told to.

    `against` marks what is other than in that process, `reference` names the case's, `wrong` marks
    its last entry.
    """
    target = writable(path, overwrite=overwrite)
    data = drawn_for(target, process, view, lang=lang, case=case, against=against,
                     reference=reference, wrong=wrong)  # fmt: skip
    return write_whole(target, data, overwrite=overwrite)


def drawn_for(
    path: Path, process: Process | Case | View | Comparison, view: str, **asked: Unpack[Asked]
) -> bytes:
    """What `render` writes there."""
    drawn = draw(process, view, format=_format(path), **asked)
    return drawn.encode() if isinstance(drawn, str) else drawn


def _format(target: Path) -> str:
    if not target.suffix:
        raise DrawingError("no_ending", file=str(target), known=tuple(f".{f}" for f in FORMATS))
    format = target.suffix[1:].lower()
    if format not in FORMATS:
        raise UnknownId("format", format, FORMATS, file=str(target))
    return format
