"""What a sheet leaves out, and on which sheets it is: steps of a case, changes of a law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from attrs import frozen

from ...definition import Language, Process, Text
from ...definition.phrasing import phrasing
from .case_shown import NO_CASE, CaseShown, Way, against_told
from .numbering import sheet_text

_ALL = Text("{2}{0}件はすべてこの図にある。", "All {0} steps {2} are on this sheet.")
_SOME = Text("{2}{1}件のうち{0}件がこの図にある。", "{0} of {1} steps {2} are on this sheet.")
_NONE = Text("{2}{1}件は、どれもこの図にない。", "None of the {1} steps {2} is on this sheet.")
_STILL = Text("{2}はまだない。", "No steps {2} yet.")
_CASE = Text("この事件の経過", "of this case")
_SEEN = Text("この機関に見えるこの事件の経過", "of this case that this agency sees")
ONLY = Text("{0}に見えるものだけ", "only what is seen by: {0}")
# What an agency was not told of is drawn like what did not happen: the sheet must not tell them
# apart, but says that it does not.
OPEN = Text("印のないもの: まだないか、この機関に知らされていない",
            "no mark: not done, or this agency was not told")  # fmt: skip
_REST = Text("ほかの経過のある図: {0}", "The other steps are on: {0}")
_WHERE = Text("{0}に{1}件", "{0}: {1}")
_DIFFER = Text(
    "違い{1}件のうち{0}件がこの図にあります。", "{0} of {1} differences are on this sheet."
)
_ALIKE = Text("違いはありません。", "Nothing differs.")
_OTHERS = Text("ほかの違いは{0}にあります。", "The others are on: {0}.")
_COUNTED = Text("{0} {1} ({2}件)", "{0} {1} ({2})")
_NOWHERE = Text("図に現れない違い: {0}件", "On no sheet: {0}")
_SHEETS = {"overview": Text("状態ごとの流れ", "Course by states")}
COURSE = "the usual course"  # the id of what a process tells of it


def sheet_name(laws: Iterable[Process], view: str, lang: Language) -> str:
    """A sheet as people call it."""
    named = (law.by_id[kind].get(view) for law in laws for kind in ("machine", "agency"))
    label = _SHEETS.get(view) or next(part.label for part in named if part is not None)
    return label.in_(lang)


def counted(law: Process, view: str, label: str, count: int, lang: Language) -> str:
    """A sheet by its number and name, with how many differences lie on it."""
    return phrasing(lang)(_COUNTED, sheet_text(law, view, lang), label, count)


def steps_told(
    process: Process, case: CaseShown, drawn: Collection[Way], lang: Language,
    on: Callable[[Way], str] | None = None,
) -> Iterator[str]:  # fmt: skip
    """How many steps of the case a sheet shows on which these ways are drawn, and where the
    others are, each way on the sheet of this name (its machine's); and which of them were against
    the rules. A step is shown if one of the ways is that it went. Nothing without a case."""
    if case is NO_CASE:
        return
    said, on = phrasing(lang), on or (lambda way: sheet_name([process], way[0], lang))
    missing = [step for step in case.steps if step.isdisjoint(drawn)]
    every = len(case.steps)
    here = every - len(missing)
    form = _STILL if not every else _NONE if not here else _SOME if missing or here == 1 else _ALL
    yield said(form, here, every, said(_SEEN if case.agency else _CASE))
    ways = ([w for m in process.machines for w in sorted(step) if w[0] == m.id] for step in missing)
    found = Counter(name for step in ways for name in dict.fromkeys(map(on, step)) if name)
    if found:
        names = found.most_common()
        yield said(_REST, said.series(said(_WHERE, *name) for name in names))
    yield from against_told(process, case, lang, drawn)


@frozen
class Lying:
    """A sheet on which differences may lie: how it is drawn, what it is called, the ids of what
    is on it."""

    view: str
    label: Text
    ids: frozenset[str]


ROAD = Lying("road", Text("通常の流れ", "The usual course"), frozenset((COURSE,)))


def differences_told(
    process: Process, each: Sequence[frozenset[str]], here: Collection[str],
    others: Sequence[Lying], lang: Language,
) -> Iterator[str]:  # fmt: skip
    """How many differences, each the ids that it marks, lie on a sheet with these ids, and on which
    sheets the others do: these, or an agency's own."""
    said = phrasing(lang)
    machines = process.by_id["machine"]
    own = (Lying(a.id, a.label, frozenset((a.id,))) for a in process.agencies)
    others = (ROAD, *others, *(sheet for sheet in own if sheet.view not in machines))
    if not each:
        yield said(_ALIKE)
        return
    rest = [ids for ids in each if ids.isdisjoint(here)]
    yield said(_DIFFER, len(each) - len(rest), len(each))
    counts = ((sheet, sum(not ids.isdisjoint(sheet.ids) for ids in rest)) for sheet in others)
    sheets = [counted(process, sheet.view, said(sheet.label), count, lang)
              for sheet, count in counts if count]  # fmt: skip
    if sheets:
        yield said(_OTHERS, said.series(sheets))
    drawn = frozenset[str]().union(*(sheet.ids for sheet in others))
    if nowhere := sum(ids.isdisjoint(drawn) for ids in rest):
        yield said(_NOWHERE, nowhere)


def machines_lying(process: Process, laws: Iterable[Process]) -> list[Lying]:
    """The sheets of the machines of a process, each with what is on it in any of these laws."""
    laws = tuple(laws)
    return [Lying(m.id, m.label, frozenset(_parts(m.id, laws))) for m in process.machines]


def _parts(machine: str, laws: Iterable[Process]) -> Iterator[str]:
    """The ids of what is on a machine's sheet in any of the laws."""
    yield machine
    for law in laws:
        drawn = law.by_id["machine"].get(machine)
        parts = (*drawn.states, *drawn.transitions) if drawn else ()
        yield from (f"{machine}.{part.id}" for part in parts)
        yield from (d.id for d in law.deadlines if d.machine == machine)
