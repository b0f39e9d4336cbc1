"""A dossier: what was recorded about a case. It only grows; the case is what it now says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import cached_property

from attrs import define, field

from ..definition import DiversionFlowError, History, Process, UnknownId
from ..definition.arguments import argument, each
from ..definition.moments import JST, Moment, moment
from ..runtime import Case, Record
from ..runtime.lapsing import reached
from .entry import Entry, EntryError, Irregular, text
from .fold import EntryConflict, Fold, HeldEntry, fold, resting, standing
from .form import derived_id, dump_heading
from .law import Law
from .making import Said, correction, withdrawal


class Conflicting(DiversionFlowError):
    """Entries do not hold: nothing is kept. `consequences` are all that would become of them."""

    status = 409

    def __init__(self, consequences: Consequences) -> None:
        self.consequences = consequences
        told = tuple(f"{c.id} ({', '.join(_codes(c))})" for c in consequences.conflicts)
        super().__init__("dossier_conflicts", ids=told, count=len(told))

    @property
    def conflicts(self) -> tuple[EntryConflict, ...]:
        """The entries that would not hold, each with the reasons."""
        return self.consequences.conflicts


def _codes(conflict: EntryConflict) -> list[str]:
    """Why, in signs that tell nothing of the case: a log may hold them."""
    return [reason.code.value for reason in conflict.reasons] or [conflict.why.code]


@define(frozen=True)
class Consequences:
    """What would become of a dossier with further entries: which entries would not hold any more,
    the `case` as it would be then, and what would happen by operation of law on its way, or would
    not any more."""

    conflicts: tuple[EntryConflict, ...]
    case: Case | None
    arising: tuple[Record, ...] = field(default=(), repr=False)
    vanishing: tuple[Record, ...] = field(default=(), repr=False)


def _rows(given: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(each("entries", given, Entry))


@define(frozen=True, slots=False)
class Dossier:
    """What was recorded about one case, in the order of recording; a value that never changes.

    `id` is the case's reference, `law` what it is opened on: a process, or the history of one.
    Raises EntryError or UnknownId where the entries could not have been recorded one after the
    other. Its `repr` shows the id and how many entries there are.
    """

    id: str
    law: Law
    entries: tuple[Entry, ...] = field(default=(), converter=_rows)

    def __attrs_post_init__(self) -> None:
        text(self.id, "id")
        argument("law", self.law, Process, History)
        if len(_admitted((), self.entries)) != len(self.entries):
            raise EntryError("entry_doubled")

    def __repr__(self) -> str:
        return f"<Dossier {self.id}, {len(self.entries)} entries>"

    # -- what it says ------------------------------------------------------------------------------

    @property
    def case(self) -> Case:
        """The case as the entries now tell it; EntryError where none opens it, Conflicting where
        they do not hold under the law as it is shipped now."""
        if self._fold.conflicts:
            raise Conflicting(Consequences(self._fold.conflicts, self._fold.case))
        if self._fold.case is None:
            raise EntryError("dossier_empty")
        return self._fold.case

    @property
    def standing(self) -> tuple[Entry, ...]:
        """The entries that are neither corrected nor withdrawn, in the order in which things
        happened."""
        return self._standing

    @property
    def irregular(self) -> tuple[Entry, ...]:
        """The entries that stand and tell what happened against the rules."""
        return tuple(entry for entry in self._standing if entry.irregular is not None)

    @property
    def held(self) -> tuple[HeldEntry, ...]:
        """Each entry that holds, with the case as it was once it had happened."""
        return self._fold.held

    @cached_property
    def rests(self) -> Mapping[str, tuple[str, ...]]:
        """Entry → the irregular ones without any of which it would not hold."""
        found: dict[str, tuple[str, ...]] = {}
        for id, on in resting(self.law, self.id, self._fold):
            found[id] = (*found.get(id, ()), on)
        return found

    @property
    def heading(self) -> str:
        """The case and the law, as the line with which its stable form begins."""
        return dump_heading(self.id, self.law)

    def entry(self, id: str) -> Entry:
        """The entry of this id; UnknownId if there is none."""
        for entry in self.entries:
            if entry.id == id:
                return entry
        raise UnknownId("entry", id, ())

    def known(self, *, on: Moment) -> Dossier:
        """What was recorded by the end of that day, or by that moment."""
        until = _end(on)
        return self._with(tuple(entry for entry in self.entries if entry.recorded <= until))

    def as_known(self, *, on: Moment) -> Case:
        """The case as it was known at the end of that day, or at that moment, under the law as it
        is shipped now; EntryError where it was not known yet."""
        return reached(self.known(on=on).case, _end(on), "on")

    @cached_property
    def _standing(self) -> tuple[Entry, ...]:
        return standing(self.entries)

    @cached_property
    def _fold(self) -> Fold:
        return fold(self.law, self.id, self._standing)

    # -- what is recorded --------------------------------------------------------------------------

    def record(self, *entries: Entry) -> Dossier:
        """The dossier with these entries, all or none.

        What is kept already, by the same id, is not kept twice. Raises Conflicting where an entry
        would not hold, a former one or one of these; EntryError where an id stands for another
        entry, one was recorded before the last, supersedes what does not stand, or says without an
        id of its own what was withdrawn; UnknownId where it supersedes what there is not.
        """
        after = self._with(_admitted(self.entries, _rows(entries)))
        if after._fold.conflicts:
            raise Conflicting(self._consequences(after))
        return after

    def consequences(self, *entries: Entry) -> Consequences:
        """What would become of it with these entries; nothing is kept."""
        return self._consequences(self._with(_admitted(self.entries, _rows(entries))))

    def correct(
        self,
        of: str,
        why: Said,
        *,
        happened: Moment | None = None,
        event: str | None = None,
        by: str | None = None,
        facts: Mapping[str, object] | None = None,
        place: int | None = None,
    ) -> Dossier:
        """The dossier with an entry that stands in for this one: the same but for what is given;
        facts that are given are all that it records."""
        return self.record(
            correction(
                self.entry(of), why,
                happened=happened, event=event, by=by, facts=facts, place=place,
            )
        )  # fmt: skip

    def withdraw(self, of: str, why: Said) -> Dossier:
        """The dossier with an entry that says that this one does not hold."""
        return self.record(withdrawal(self.entry(of), why))

    def make_irregular(self, of: str, why: Said, *, transition: str, responsible: str) -> Dossier:
        """The dossier with an entry that says that this one happened against the rules: for
        which rule it stands (`machine.transition`), and who is responsible."""
        irregular = Irregular(transition, responsible)
        return self.record(correction(self.entry(of), why, irregular=irregular))

    def _with(self, entries: tuple[Entry, ...]) -> Dossier:
        """With these entries, which were looked at; what they have in common is kept."""
        if len(entries) == len(self.entries):
            return self
        made = object.__new__(Dossier)
        made.__dict__.update(id=self.id, law=self.law, entries=entries)
        stand = made.__dict__["_standing"] = standing(entries)
        made.__dict__["_fold"] = fold(self.law, self.id, stand, self._fold)
        return made

    def _consequences(self, after: Dossier) -> Consequences:
        before, then = (_by_law(d._fold.case) for d in (self, after))
        return Consequences(
            after._fold.conflicts,
            after._fold.case,
            tuple(record for record in then if record not in before),
            tuple(record for record in before if record not in then),
        )


def _by_law(case: Case | None) -> tuple[Record, ...]:
    return tuple(record for record in case.journal if record.by_law) if case else ()


def _end(on: Moment) -> datetime:
    """The last instant of a day, or the moment that is given."""
    found = moment(on, "on")
    day = isinstance(on, date) and not isinstance(on, datetime)
    whole = day or (isinstance(on, str) and len(on.strip()) <= len("2024-06-03"))
    return datetime.combine(found, time.max, JST) if whole else found


def grown(dossier: Dossier, entries: tuple[Entry, ...]) -> Dossier:
    """The dossier with entries that were kept since; what was worked out of it is kept. Whether
    they hold is asked of its case, as of any that is read. Raises as `Dossier`."""
    return dossier._with(_admitted(dossier.entries, entries))


# -- what can be recorded -------------------------------------------------------------------------


def _admitted(kept: tuple[Entry, ...], new: Iterable[Entry]) -> tuple[Entry, ...]:
    """Those kept and the new ones, each looked at as it comes."""
    known = {entry.id: entry for entry in kept}
    over = {entry.supersedes for entry in kept if entry.supersedes}
    last = kept[-1].recorded if kept else None
    found = list(kept)
    for entry in new:
        former = known.get(entry.id)
        if former is not None:
            if not entry.same_as(former):
                raise EntryError("entry_other", id=entry.id)
            if entry.id in over and entry.id == derived_id(entry):
                raise EntryError("entry_over", id=entry.id)  # meant anew, or it would have an id
            continue
        if last is not None and entry.recorded < last:
            raise EntryError("entry_recorded_backwards", id=entry.id)
        if entry.supersedes:
            _look_at(entry, known, over)
            over.add(entry.supersedes)
        known[entry.id] = entry
        last = entry.recorded
        found.append(entry)
    return tuple(found)


def _look_at(entry: Entry, known: Mapping[str, Entry], over: set[str]) -> None:
    """EntryError unless what it supersedes stands."""
    id = entry.supersedes
    if id not in known:
        raise UnknownId("entry", id, ())  # which there are, not every office may know
    if not known[id].reports:
        raise EntryError("entry_withdraws", id=id)
    if id in over:
        raise EntryError("entry_superseded", id=id)
