"""What an exporter hands back: the text, and what the format could not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from attrs import frozen

from ..definition import Deadline, Event, Machine, Process, Text
from ..definition.errors import At
from ..definition.grouped import grouped
from ..definition.process import Part, dotted, every_part
from ..runtime.names import other_names


@frozen
class FilePlace:
    """One element or attribute of a file: the id of the element that has it, what it is
    (`task`, `task/@name`, `camunda:formData`), its line."""

    id: str
    kind: str
    line: int


@frozen
class Loss:
    """Something that one side says and the other does not: a process and a format.

    `code` names the kind of thing (`deadline`, `consent`, ...); `ids` are the parts of the
    process, or of the file read, that it touches; `said` tells what to keep in mind. `places` are
    where it stands in a file that was read.
    """

    code: str
    said: Text
    ids: tuple[str, ...] = ()
    places: tuple[FilePlace, ...] = ()


def touching(found: Iterable[tuple[str, Text, Iterable[str]]]) -> tuple[Loss, ...]:
    """The losses (code, words, ids) of which the process has an example at all."""
    losses = (Loss(code, said, tuple(ids)) for code, said, ids in found)
    return tuple(loss for loss in losses if loss.ids)


Touched = tuple[str, Text, Iterable[str]]
Placed = tuple[At, Part | Process]


# What most formats say of some parts only, each says which fields (`state.note`) it has no place
# for: that it is the parts that have such a thing that are lost is worked out here, for all alike.
UNWRITTEN: Final = {
    "basis": Text(
        "これらの部分の根拠は、全部又は一部が書かれない。",
        "The grounds of these parts are not written, or not all of them.",
    ),
    "words": Text(
        "これらの部分の名称、注記又は結末は、全部又は一部が書かれない。",
        "Names, notes and outcomes of these parts are not written, or not all of them.",
    ),
    "parameter": Text(
        "政策で定まる値は、その値によって決まるものにのみ表れる。",
        "What policy sets is not written, only what follows from it as it is set.",
    ),
    "start": Text(
        "期限がいつから、誰について、誰のものとして進行するかは、全部又は一部が書かれない。",
        "From when, for whom and as whose a limit runs is not written, or not all of it.",
    ),
    "home": Text(
        "どの系列が事象の本拠か(それが動かなければ何も動かないこと)は書かれない。",
        "Which track is home to an event, so that nothing moves without it, is not written.",
    ),
    "holder": Text(
        "誰が状態を担当し、状態がどの段階に属するかは書かれない。",
        "Who holds a state, and to which stage it belongs, is not written.",
    ),
    "ends_case": Text(
        "ある状態が事件全体を終わらせることは書かれない。",
        "That a state ends the whole case is not written.",
    ),
    "schema": Text(
        "事実の型、範囲、選択肢及び記録する者は、全部又は一部が書かれない。",
        "Kinds, ranges, choices of facts and who supplies them are not written, or not all of it.",
    ),
    "visibility": Text(
        "誰が何を見てよいかは、全部又は一部が書かれない。データをそのまま機関に見せないこと。",
        "Who may see what is not written, or not all of it: do not show an agency data as they "
        "are.",
    ),
    "version": Text(
        "どの法か、いつからいつまで施行されるかは、全部又は一部が書かれない。",
        "Which law it is, and from when until when it is in force, is not written, or not all.",
    ),
    "source": Text(
        "典拠のアドレスと、いつの条文が読まれたかは書かれない。",
        "Addresses of sources, and which text was read when, are not written.",
    ),
}
_NOWHERE: Final = {  # for which no such format has a place
    "basis": "agency.basis event.basis paper.basis parameter.basis machine.basis",
    "words": "agency.note event.note paper.label machine.note state.outcome deadline.note "
    "process.note",
    "parameter": "parameter.label",
    "visibility": "event.unseen_by",
    "source": "source.url source.law_id source.revision source.read_on",
}


def unwritten(parts: Iterable[Placed], **lacks: str) -> Iterator[Touched]:
    """All that these parts say in fields that no format, or not this one, has a place for, by code
    of the loss."""
    parts = tuple(parts)
    for code, said in UNWRITTEN.items():
        names = f"{_NOWHERE.get(code, '')} {lacks.get(code, '')}".split()
        yield code, said, tuple(_saying(parts, names))


def _saying(parts: Iterable[Placed], names: Iterable[str]) -> Iterator[str]:
    """The parts of which one of these fields (`state.note`) says something."""
    of = grouped((kind, field) for kind, _, field in (name.partition(".") for name in names))
    for at, part in parts:
        values = (getattr(part, field) for field in of.get(at[-1][0], ()))
        if any(value not in (None, (), False) for value in values):
            yield dotted(at)


def whole(process: Process) -> Iterator[Placed]:
    """The process and all its parts."""
    yield (("process", process.id),), process
    yield from every_part(process)


UNTOLD: Final = {
    "told": Text(
        "事象が誰に、どの書面で知らされるかは表されない。",
        "Who is told of an event, and by which paper, is not expressed.",
    ),
    "links": Text(
        "期限の停止と更新は表されない。",
        "That a limit stands still, and is renewed, is not expressed.",
    ),
    "before": Text(
        "期限が予定の日からさかのぼって数えられることは表されない。",
        "That a limit is counted back from a day that is expected is not expressed.",
    ),
    "duty": Text(
        "期限が誰に対する義務か、何によって果たされるかは表されない。",
        "To whom a limit is owed, and what meets it, is not expressed.",
    ),
}


def untold(events: Iterable[Event], deadlines: Iterable[Deadline]) -> Iterator[Touched]:
    """That agencies are told, that something is owed to them, that a limit stands still or is
    renewed: no format has a word for it."""
    deadlines = tuple(deadlines)
    yield "told", UNTOLD["told"], (event.id for event in events if event.told)
    yield "duty", UNTOLD["duty"], (d.id for d in deadlines if d.owed_to or d.met_by)
    yield "links", UNTOLD["links"], (d.id for d in deadlines if d.in_links)
    yield "before", UNTOLD["before"], (d.id for d in deadlines if d.before)


CALLED: Final = Text(
    "事実による呼び名は表されず、施行中の法による名のみが記される。",
    "Names that follow a fact are not expressed; those of the law in force are.",
)
_ROAD: Final = Text(
    "通常の道すじ(全体像の図)は表されない。",
    "The usual course, as the picture of the road tells it, is not expressed.",
)


REMARK: Final = Text(
    "注記(判断の余地、省いたもの、改正の可能性)は表されない。",
    "Remarks (open norms, what is left out, law that may have changed) are not expressed.",
)
_REST: Final = Text(
    "そこで終わってよい状態かどうか、したがって事件が終わっているかどうかは表されない。",
    "Whether a case may be left in a state, and so whether it is closed, is not expressed.",
)


def untold_of_all(process: Process) -> Iterator[Touched]:
    """That names follow facts, which course is the usual one, what readers should know beside the
    rules: no format has a word for it."""
    yield "called", CALLED, named_by_facts(process)
    yield "road", _ROAD, (process.id,) if process.road or process.main_route else ()
    yield "remark", REMARK, (remark.id for remark in process.remarks)


def untold_rest(machines: Iterable[Machine]) -> Iterator[Touched]:
    """That a case may be left in a state for good: engines and nets know ends only."""
    yield "rest", _REST, (f"{m.id}.{s.id}" for m in machines for s in m.states if s.rest)


def named_by_facts(process: Process) -> Iterable[str]:
    """The parts (`state custody.imprisoned`) whose name follows a fact, each once."""
    return dict.fromkeys(part for part, _ in other_names(process))


@frozen
class Exported:
    """A process or its journals in another format's words."""

    text: str
    losses: tuple[Loss, ...] = ()
