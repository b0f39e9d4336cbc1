"""What entries tell: which of them stand, in which order, and the case that they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from ..definition import DiversionFlowError, Language
from ..runtime import Case, Reason, Refused
from ..runtime.crossing import migrated
from ..runtime.lapsing import reached
from ..runtime.outside import irregular
from .entry import Entry, EntryError, EntryKind
from .law import Law


@frozen
class EntryConflict:
    """An entry that does not hold, and why: what the law has against it, or what is wrong with
    its facts. To its reporter only what an agency may know is told (`reasons`, `text`)."""

    entry: Entry
    why: DiversionFlowError = field(repr=False)

    @property
    def id(self) -> str:
        """The entry's id."""
        return self.entry.id

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Why it is refused, as its reporter may know it; empty where the entry itself is wrong."""
        return self.why.reasons if isinstance(self.why, Refused) else ()

    def text(self, lang: Language = "en") -> str:
        """The same in words."""
        return self.why.text(lang)


@frozen
class HeldEntry:
    """An entry that holds, and the case as it was once it had happened."""

    entry: Entry
    case: Case


@frozen
class Fold:
    """What entries tell: those that hold, in the order in which things happened, and those that
    do not."""

    held: tuple[HeldEntry, ...]
    conflicts: tuple[EntryConflict, ...]

    @property
    def case(self) -> Case | None:
        """The case that the entries give; None while it is not opened."""
        return self.held[-1].case if self.held else None


def standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that are neither corrected nor withdrawn, in the order in which things happened.

    The opening comes first. Entries of one moment keep the place given with them, those without
    one behind them in the order of recording; a correction stands where that stood which it
    corrects.
    """
    found: dict[str, tuple[Entry, int]] = {}
    for number, entry in enumerate(entries):
        place = number
        if entry.supersedes:
            place = found.pop(entry.supersedes)[1]
        if entry.reports:
            found[entry.id] = entry, place
    return tuple(entry for entry, _ in sorted(found.values(), key=_order))


def _order(kept: tuple[Entry, int]) -> tuple[object, ...]:
    entry, number = kept
    given = entry.place is not None
    return entry.kind is not EntryKind.OPENING, entry.happened, not given, entry.place or 0, number


def fold(law: Law, id: str, stand: tuple[Entry, ...], known: Fold | None = None) -> Fold:
    """What these entries, which all stand, tell of a case of this law. What happens by operation
    of law is worked out on the way; an entry that does not hold is passed over.

    What is `known` of entries that begin alike is not worked out again.
    """
    held = list(_begun(stand, known))
    case = held[-1].case if held else None
    conflicts: list[EntryConflict] = []
    for entry in stand[len(held) :]:
        try:
            case = _after(law, id, case, entry)
        except DiversionFlowError as why:
            conflicts.append(EntryConflict(entry, why))
        else:
            held.append(HeldEntry(entry, case))
    return Fold(tuple(held), tuple(conflicts))


def _begun(stand: tuple[Entry, ...], known: Fold | None) -> Iterator[HeldEntry]:
    if known is not None and not known.conflicts:
        for entry, held in zip(stand, known.held, strict=False):
            if held.entry is not entry:
                return
            yield held


def _after(law: Law, id: str, case: Case | None, entry: Entry) -> Case:
    facts = dict(entry.facts)
    if entry.kind is EntryKind.OPENING:
        if case is not None:
            raise EntryError("entry_opened")
        return _opened(law, id, entry, facts)
    if case is None:
        raise EntryError("entry_not_opened")
    if entry.to is not None and entry.rule is not None:
        return migrated(case, to=entry.to, rule=entry.rule, at=entry.happened)
    if entry.happened >= case.at:  # what is over by then comes first, also of one moment
        case = reached(case, entry.happened, "happened")
    told = entry.irregular
    if told is None:
        return case.step(entry.event, by=entry.by, at=entry.happened, facts=facts or None)
    return irregular(
        case, entry.event, by=entry.by, at=entry.happened, facts=facts or None,
        transition=told.transition, responsible=told.responsible, reason=entry.reason,
    )  # fmt: skip


def _opened(law: Law, id: str, entry: Entry, facts: Mapping[str, object]) -> Case:
    if not entry.states and not entry.since:
        return law.open(at=entry.happened, facts=facts, id=id)
    return law.open(
        at=entry.happened, facts=facts, id=id, states=dict(entry.states),
        since=dict(entry.since), reason=entry.reason,
    )  # fmt: skip


def resting(law: Law, id: str, known: Fold) -> Iterator[tuple[str, str]]:
    """The entries that hold only because of an irregular one, each with that: without it they
    would be refused."""
    stand = tuple(held.entry for held in known.held)
    for outside in (entry for entry in stand if entry.irregular is not None):
        rest = tuple(entry for entry in stand if entry is not outside)
        yield from ((c.id, outside.id) for c in fold(law, id, rest, known).conflicts)
