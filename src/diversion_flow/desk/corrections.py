"""What became of an entry that a person had corrected, and who has to know (訂正). Plain data, in
both languages; never more than the holder itself sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import evolve, field, frozen

from ..definition import OPENED, DiversionFlowError, Language, Process, Text, UnknownId, Value
from ..definition.arguments import argument
from ..definition.moments import Moment
from ..definition.phrasing import phrasing
from ..dossier import Dossier, Entry, EntryKind
from .reads import Read
from .report_words import NOTHING, Report, as_page, lines, provision, value_in_words
from .requested import days_asked, holder_of, known_holders
from .rights import HOLDERS, Holder, correcting
from .seen import Saw, seen_of

_CORRECTION = Text("個人情報の訂正", "Correction of personal information")
_CHANGED = Text("訂正の内容", "What was changed")
_RECIPIENTS = Text("訂正前の内容を見た機関", "Who had seen it as it was")
_FIELDS = {
    "event": Text("出来事", "event"),
    "happened": Text("日時", "when it happened"),
    "by": Text("報告した機関", "reported by"),
}
_SINCE = Text("{0}の日時", "{0}, since when")


@frozen
class FieldChange:
    """What an entry said before and says now; None: nothing. `id` is that of a fact, or the field
    (`event`, `happened`, `by`; of an opening midway `states.` or `since.` with the id of which it
    says that)."""

    id: str
    before: Value | datetime | None = field(repr=False)
    after: Value | datetime | None = field(repr=False)


@frozen
class CorrectionReport(Report):
    """What became of an entry that was corrected or withdrawn: the rules that apply, what was
    `changed`, when (`recorded`) and why, and the `recipients` who had seen it as it was."""

    entry: str
    by: str
    withdrawn: bool
    recorded: datetime
    reason: str = field(repr=False)
    changed: tuple[FieldChange, ...]
    recipients: tuple[Saw, ...]

    def data(self, lang: Language = "ja") -> dict[str, Any]:
        """The report as plain data for JSON, in words."""
        return {
            **self.heading(lang),
            "entry": self.entry, "by": self.by, "withdrawn": self.withdrawn,
            "recorded": self.recorded.isoformat(), "reason": self.reason,
            "changed": [_changed(self.process, change, lang) for change in self.changed],
            "recipients": [provision(self.process, saw, lang) for saw in self.recipients],
        }  # fmt: skip

    def text(self, lang: Language = "ja") -> str:
        """The report to read."""
        told = self.data(lang)
        changed = (f"{c['label']}: {c['before']} → {c['after']}" for c in told["changed"])
        parts = ((_CHANGED, changed), (_RECIPIENTS, lines(told["recipients"])))
        return as_page(_CORRECTION, told, parts, lang)


def report_correction(
    dossier: Dossier,
    agency: str,
    entry: str,
    *,
    asked: Moment,
    disclosed: Moment | None = None,
    looks: Iterable[Read] = (),
    holders: Mapping[str, Holder] = HOLDERS,
) -> CorrectionReport:
    """What became of this entry of the agency's, and who had seen what it said: whom the holder
    may have to tell. The correction was asked for on the day `asked`, of what was disclosed on the
    day `disclosed`; `looks` as `reads` gives them.

    Raises:
        UnknownId: the agency has recorded no such entry, or nobody says as what it holds data.
        DiversionFlowError: the entry stands.
        Conflicting, EntryError: as `dossier.case`.
    """
    argument("dossier", dossier, Dossier)
    holder, (day, then) = holder_of(known_holders(holders), agency), days_asked(asked, disclosed)
    argument("entry", entry, str)
    own = {e.id: e for e in dossier.entries if e.office == agency}
    if entry not in own:
        raise UnknownId("entry", entry, own)
    over = next((e for e in dossier.entries if e.supersedes == entry), None)
    if over is None:
        raise DiversionFlowError("desk_not_corrected", id=entry)
    changed = tuple(_changes(own[entry], over))
    recipients = tuple(_recipients(seen_of(dossier, looks), own[entry], over, changed))
    return CorrectionReport(
        dossier.case.process, agency, holder, day, correcting(holder, day, then), entry, over.id,
        not over.reports, over.recorded, over.reason, changed, recipients,
    )  # fmt: skip


def _changes(before: Entry, after: Entry) -> Iterator[FieldChange]:
    told = after.reports
    for name in _FIELDS:
        old, new = getattr(before, name), getattr(after, name) if told else None
        if old != new:
            yield FieldChange(name, old, new)
    for part, within in (("facts", ""), ("states", "states."), ("since", "since.")):
        old, new = dict(getattr(before, part)), dict(getattr(after, part)) if told else {}
        for id in {**old, **new}:
            if old.get(id) != new.get(id):
                yield FieldChange(f"{within}{id}", old.get(id), new.get(id))


def _recipients(
    seen: Iterable[Saw], entry: Entry, over: Entry, changed: tuple[FieldChange, ...]
) -> Iterator[Saw]:
    """Who else had seen what the entry said, before that was known to be otherwise. Whose user
    looked is not the holder's to know."""
    ids = {change.id for change in changed}
    event = OPENED if entry.kind is EntryKind.OPENING else entry.event
    for saw in seen:
        known = saw.known or saw.at
        if saw.agency == entry.office or not entry.happened <= saw.at or known >= over.recorded:
            continue
        by_it = saw.event == event and saw.at == entry.happened and saw.by == entry.by
        facts = tuple(id for id in saw.facts if id in ids or by_it)
        read = saw.how == "read"  # what is provided later of a machine tells where it came to then
        machines = tuple(id for id in saw.machines if (read and f"states.{id}" in ids) or by_it)
        if facts or machines or by_it:
            yield evolve(saw, facts=facts, machines=machines, user="")


def _changed(process: Process, change: FieldChange, lang: Language) -> dict[str, Any]:
    said = phrasing(lang)
    label = said(_label(process, change.id))
    if change.id.startswith("since."):
        label = said(_SINCE, label)
    before, after = (_old_or_new(process, change, v, lang) for v in (change.before, change.after))
    return {"id": change.id, "label": label, "before": before, "after": after}


def _label(process: Process, id: str) -> Text:
    """What a change is of: a fact, a field, or the machine or event of which an opening tells."""
    part = process.by_id["fact"].get(id)
    for kind in ("machine", "event"):
        part = part or process.by_id[kind].get(id.partition(".")[2])
    return part.label if part else _FIELDS.get(id, Text(id, id))


def _old_or_new(process: Process, change: FieldChange, value: object, lang: Language) -> str:
    said = phrasing(lang)
    if value is None or value == "":
        return said(NOTHING)
    if isinstance(value, datetime) and change.id not in process.by_id["fact"]:
        return value.isoformat()
    if change.id in process.by_id["fact"]:
        return value_in_words(process, change.id, value, lang)
    kind, _, machine = change.id.partition(".")
    known = process.by_id.get("agency" if kind == "by" else kind, {})
    if machine in process.by_id["machine"]:
        known = {state.id: state for state in process.machine(machine).states}
    part = known.get(str(value))
    return said(part.label) if part else str(value)
