"""What a holder answers the person: what it holds and has handed on (開示), and what was corrected
and who has to know (訂正), what a stop of use would reach (利用停止). Plain data, in both
languages; never more than the holder itself sees.

The report says what the law asks. What is disclosed, the holder decides.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import MAXYEAR, date, datetime
from enum import Enum
from typing import Any

from attrs import evolve, field, frozen

from ..definition import CallError, DiversionFlowError, Language, Process, Text, UnknownId, Value
from ..definition.arguments import argument, each
from ..definition.moments import Moment, day_of, moment
from ..definition.phrasing import phrasing
from ..definition.wording import grounds_text, names_text, value_text
from ..dossier import Dossier, Entry
from ..runtime import View
from .reads import Read
from .rights import (
    GIVEN,
    HOLDERS,
    OUTSIDE,
    RECEIVED,
    Holder,
    Right,
    correcting,
    disclosing,
    stopping,
)
from .seen import Saw, seen_of


@frozen
class HeldItem:
    """One thing that the holder holds: a fact with its value, or a machine with its state.
    `outside`: the person's right does not reach it."""

    kind: str  # fact, machine
    id: str
    value: Value = field(repr=False)
    outside: bool


@frozen
class Disclosure:
    """What an agency holds on the person, as it sees the case: the rules that apply, what is held,
    what was `received` from others and `given` to them, each with its ground."""

    process: Process = field(repr=False, eq=False)
    agency: str
    holder: Holder
    asked: date
    rights: tuple[Right, ...]
    held: tuple[HeldItem, ...]
    received: tuple[Saw, ...]
    given: tuple[Saw, ...]
    recorded: frozenset[Saw] = field(repr=False)  # of which the law wants a record (29, 30)

    def data(self, lang: Language = "ja") -> dict[str, Any]:
        """The report as plain data for JSON, in words."""
        return _holdings(self, lang, self._saw)

    def text(self, lang: Language = "ja") -> str:
        """The report to read."""
        return _page(_DISCLOSURE, told := self.data(lang), _parts_held(told, lang), lang)

    def _saw(self, saw: Saw, lang: Language) -> dict[str, Any]:
        to_record = (GIVEN if saw.by == self.agency else RECEIVED) if saw in self.recorded else None
        return _saw(self.process, saw, lang) | {
            "record": to_record.cited(lang) if to_record else ""
        }


@frozen
class FieldChange:
    """What an entry said before and says now; None: nothing. `id` is that of a fact, or the field
    (`happened`, `event`)."""

    id: str
    before: Value | datetime | None = field(repr=False)
    after: Value | datetime | None = field(repr=False)


@frozen
class CorrectionReport:
    """What became of an entry that was corrected or withdrawn: the rules that apply, what was
    `changed`, when (`recorded`) and why, and the `recipients` who had seen it as it was."""

    process: Process = field(repr=False, eq=False)
    agency: str
    holder: Holder
    asked: date
    rights: tuple[Right, ...]
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
            **_heading(self, lang),
            "entry": self.entry, "by": self.by, "withdrawn": self.withdrawn,
            "recorded": self.recorded.isoformat(), "reason": self.reason,
            "changed": [_changed(self.process, change, lang) for change in self.changed],
            "recipients": [_saw(self.process, saw, lang) for saw in self.recipients],
        }  # fmt: skip

    def text(self, lang: Language = "ja") -> str:
        """The report to read."""
        told = self.data(lang)
        changed = (f"{c['label']}: {c['before']} → {c['after']}" for c in told["changed"])
        parts = ((_CHANGED, changed), (_RECIPIENTS, _lines(told["recipients"])))
        return _page(_CORRECTION, told, parts, lang)


class Doubt(Enum):
    """What of a provision a holder has to look at who is asked to stop it."""

    NO_GROUND = "no_ground"  # neither the person's consent nor a ground in the law is told
    IRREGULAR = "irregular"  # it came by what happened against the rules

    @property
    def label(self) -> Text:
        """The same in words."""
        return _DOUBTS[self]


_DOUBTS = {
    Doubt.NO_GROUND: Text("同意も根拠も示されていない", "neither consent nor a ground is told"),
    Doubt.IRREGULAR: Text("規則に反する記録による", "by what happened against the rules"),
}


@frozen
class StopOfUse:
    """What a stop of use, erasure or stop of provision would reach with an agency: the rules that
    apply, what is held, what was `received` from others and `given` to them, each with its ground,
    and of which of these the ground is in `doubt`, as far as the agency itself can tell.

    Whether something was held, used or provided against the law, the holder judges.
    """

    process: Process = field(repr=False, eq=False)
    agency: str
    holder: Holder
    asked: date
    rights: tuple[Right, ...]
    held: tuple[HeldItem, ...]
    received: tuple[Saw, ...]
    given: tuple[Saw, ...]
    doubt: Mapping[Saw, Doubt] = field(repr=False)

    def data(self, lang: Language = "ja") -> dict[str, Any]:
        """The report as plain data for JSON, in words."""
        return _holdings(self, lang, self._saw)

    def text(self, lang: Language = "ja") -> str:
        """The report to read."""
        return _page(_STOP, told := self.data(lang), _parts_held(told, lang), lang)

    def _saw(self, saw: Saw, lang: Language) -> dict[str, Any]:
        doubt = self.doubt.get(saw)
        said = phrasing(lang)(doubt.label) if doubt else ""
        return _saw(self.process, saw, lang) | {"doubt": said}


class NotCorrected(DiversionFlowError):
    """The entry stands: there is no correction to report."""

    def __init__(self, id: str) -> None:
        super().__init__("desk_not_corrected", id=id)


# -- making them -----------------------------------------------------------------------------------


def disclose(
    dossier: Dossier,
    agency: str,
    *,
    at: Moment,
    asked: Moment,
    outside: Iterable[str] = (),
    holders: Mapping[str, Holder] = HOLDERS,
) -> Disclosure:
    """What this agency holds on the person at `at`, who has asked for it on the day `asked`.

    `outside`: the facts and machines that the right does not reach with a public body (criminal
    trials and dispositions, execution, urgent aftercare), as the holder judges; `holders` says
    as what each agency holds data, beyond or against those that are plain.

    Raises:
        UnknownId: an agency of which nobody says as what it holds data; what is no part.
        Conflicting, EntryError: as `dossier.case`.
    """
    argument("dossier", dossier, Dossier)
    known = _holders(holders)
    holder, day = _holder(known, agency), _day(asked, "asked")
    case = dossier.case
    view = case.advance(to=max(moment(at), case.at)).view(agency)
    out = _outside(view.process, holder, each("outside", outside, str))
    seen = seen_of(dossier, at=max(moment(at), dossier.entries[-1].recorded))
    mine = _known(view, dossier)
    received = tuple(_received(seen, view))
    given = tuple(_cut(seen, view, mine))
    recorded = frozenset(s for s in (*received, *given) if _to_record(s, known))
    return Disclosure(
        view.process, agency, holder, day, disclosing(holder, day), tuple(_all_held(view, out)),
        received, given, recorded,
    )  # fmt: skip


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
        NotCorrected: the entry stands.
        Conflicting, EntryError: as `dossier.case`.
    """
    argument("dossier", dossier, Dossier)
    holder, (day, then) = _holder(_holders(holders), agency), _asked(asked, disclosed)
    own = {e.id: e for e in dossier.entries if e.office == agency}
    if entry not in own:
        raise UnknownId("entry", entry, own)
    over = next((e for e in dossier.entries if e.supersedes == entry), None)
    if over is None:
        raise NotCorrected(entry)
    changed = tuple(_changes(own[entry], over))
    recipients = tuple(_recipients(seen_of(dossier, looks), own[entry], over, changed))
    return CorrectionReport(
        dossier.case.process, agency, holder, day, correcting(holder, day, then), entry, over.id,
        not over.reports, over.recorded, over.reason, changed, recipients,
    )  # fmt: skip


def report_stop_of_use(
    dossier: Dossier,
    agency: str,
    *,
    at: Moment,
    asked: Moment,
    disclosed: Moment | None = None,
    outside: Iterable[str] = (),
    holders: Mapping[str, Holder] = HOLDERS,
) -> StopOfUse:
    """What a stop of use, of what this agency holds on the person at `at`, would reach. It was
    asked for on the day `asked`, of what was disclosed on the day `disclosed`; the rest as of
    `disclose`, which raises the same."""
    told = disclose(dossier, agency, at=at, asked=asked, outside=outside, holders=holders)
    _, then = _asked(asked, disclosed)
    case = dossier.case
    journal = case.advance(to=max(moment(at), case.at)).view(agency).journal
    irregular = {(row.at, row.event) for row in journal if row.irregular}
    doubt = {saw: found for saw in (*told.received, *told.given)
             if (found := _doubt(saw, irregular))}  # fmt: skip
    return StopOfUse(
        told.process, agency, told.holder, told.asked, stopping(told.holder, told.asked, then),
        told.held, told.received, told.given, doubt,
    )  # fmt: skip


def _doubt(saw: Saw, irregular: Container[tuple[datetime, str]]) -> Doubt | None:
    if (saw.at, saw.event) in irregular:
        return Doubt.IRREGULAR
    return None if saw.consent or saw.basis else Doubt.NO_GROUND


def _asked(asked: Moment, disclosed: Moment | None) -> tuple[date, date | None]:
    """The days of the request and of the disclosure before it."""
    day, then = _day(asked, "asked"), None if disclosed is None else _day(disclosed, "disclosed")
    if then is not None and then > day:
        raise CallError("asked_early", asked=day, disclosed=then)
    return day, then


def _day(value: Moment, name: str) -> date:
    """The day meant, from which the periods of the articles can be counted."""
    day = day_of(value, name)
    if day.year == MAXYEAR:
        raise CallError("moment_year", name=name, first=1, last=MAXYEAR - 1)
    return day


def _holders(given: Mapping[str, Holder]) -> Mapping[str, Holder]:
    argument("holders", given, Mapping)
    for agency, holder in given.items():
        argument("holders", agency, str)
        argument("holders", holder, Holder)
    return {**HOLDERS, **given}


def _holder(known: Mapping[str, Holder], agency: str) -> Holder:
    argument("agency", agency, str)
    if agency not in known:
        raise UnknownId("holder", agency, known)
    return known[agency]


def _outside(process: Process, holder: Holder, given: Iterable[str]) -> frozenset[str] | None:
    """The parts that the right does not reach; None: it reaches nothing."""
    parts = {*process.by_id["fact"], *process.by_id["machine"]}
    ids = frozenset(given)
    for id in ids:
        if id not in parts:
            raise UnknownId("part", id, parts)
    if holder is Holder.COURT:
        return None
    return ids if holder is Holder.PUBLIC else frozenset()


def _all_held(view: View, outside: frozenset[str] | None) -> Iterator[HeldItem]:
    for kind, values in (("fact", view.facts), ("machine", view.states)):
        for id, value in values.items():
            yield HeldItem(kind, id, value, outside is None or id in outside)


def _known(view: View, dossier: Dossier) -> frozenset[str]:
    """All that the agency sees, has seen or has reported."""
    moved = (move.machine for row in view.journal for move in row.moved)
    own = (id for e in dossier.entries if e.office == view.agency for id, _ in e.facts)
    past = (id for row in view.journal for id in row.facts)
    return frozenset((*view.facts, *view.states, *past, *moved, *own))


def _received(seen: Iterable[Saw], view: View) -> Iterator[Saw]:
    """What the agency was provided with: by whom and with what event, as far as it was shown."""
    told = {(row.at, row.event): row.by for row in view.journal}
    for saw in seen:
        if saw.agency == view.agency:
            key = saw.at, saw.event
            shown = key in told
            yield evolve(saw, event=saw.event if shown else "", by=told.get(key, ""))


def _cut(seen: Iterable[Saw], view: View, known: frozenset[str]) -> Iterator[Saw]:
    """What the agency's reports made visible to others, as far as it knows of it."""
    for saw in seen:
        if saw.by == view.agency != saw.agency:
            facts = tuple(id for id in saw.facts if id in known)
            machines = tuple(id for id in saw.machines if id in known)
            if facts or machines or saw.told:
                yield evolve(saw, facts=facts, machines=machines)


def _to_record(saw: Saw, holders: Mapping[str, Holder]) -> bool:
    """Whether the Act wants a record of it: from one business to another, by consent."""
    both = {holders.get(saw.by), holders.get(saw.agency)}
    return bool(saw.facts or saw.machines) and saw.consent and both == {Holder.PRIVATE}


def _changes(before: Entry, after: Entry) -> Iterator[FieldChange]:
    told = after.reports
    for name in ("event", "happened"):
        old, new = getattr(before, name), getattr(after, name) if told else None
        if old != new:
            yield FieldChange(name, old, new)
    old, new = dict(before.facts), dict(after.facts) if told else {}
    for id in {**old, **new}:
        if old.get(id) != new.get(id):
            yield FieldChange(id, old.get(id), new.get(id))


def _recipients(
    seen: Iterable[Saw], entry: Entry, over: Entry, changed: tuple[FieldChange, ...]
) -> Iterator[Saw]:
    """Who else had seen what the entry said, before that was known to be otherwise. Whose user
    looked is not the holder's to know."""
    ids = {change.id for change in changed}
    for saw in seen:
        known = saw.known or saw.at
        if saw.agency == entry.office or not entry.happened <= saw.at or known >= over.recorded:
            continue
        by_it = saw.event == entry.event and saw.at == entry.happened and saw.by == entry.by
        facts = tuple(id for id in saw.facts if id in ids or by_it)
        if facts or by_it:
            machines = saw.machines if by_it else ()
            yield evolve(saw, facts=facts, machines=machines, user="")


# -- in words --------------------------------------------------------------------------------------

_DISCLOSURE = Text("保有する個人情報(開示)", "Personal information held (disclosure)")
_CORRECTION = Text("個人情報の訂正", "Correction of personal information")
_STOP = Text("保有する個人情報の利用停止", "Stop of use of personal information")
_RIGHTS = Text("適用される規定", "Rules that apply")
_UNTIL = Text("({0}まで)", " (by {0})")
_HELD = Text("保有しているもの", "Held")
_RECEIVED = Text("提供を受けたもの", "Received")
_GIVEN = Text("提供したもの", "Provided to others")
_CHANGED = Text("訂正の内容", "What was changed")
_RECIPIENTS = Text("訂正前の内容を見た機関", "Who had seen it as it was")
_OUT = Text("対象外", "outside the right")
_NOTHING = Text("なし", "none")
_CONSENT = Text("本人の同意", "the person's consent")
_TOLD = Text("出来事の通知", "told of the event")
_GONE = Text("その後訂正・取消し", "corrected or withdrawn since")
_FIELDS = {"event": Text("出来事", "event"), "happened": Text("日時", "when it happened")}


def _heading(report: Disclosure | CorrectionReport | StopOfUse, lang: Language) -> dict[str, Any]:
    said = phrasing(lang)
    return {
        "agency": said(report.process.agency(report.agency).label),
        "holder": said(report.holder.label),
        "asked": report.asked.isoformat(),
        "rights": [
            {"cited": right.cited(lang), "text": said(right.text),
             "until": right.until.isoformat() if right.until else None}
            for right in report.rights
        ],
    }  # fmt: skip


def _holdings(
    report: Disclosure | StopOfUse, lang: Language, told: Callable[[Saw, Language], dict[str, Any]]
) -> dict[str, Any]:
    """What is held, received and given, each provision as it is `told`."""
    return {
        **_heading(report, lang),
        "held": [_held(report.process, held, lang) for held in report.held],
        "received": [told(saw, lang) for saw in report.received],
        "given": [told(saw, lang) for saw in report.given],
    }


def _held(process: Process, held: HeldItem, lang: Language) -> dict[str, Any]:
    said = phrasing(lang)
    if held.kind == "fact":
        fact = process.fact(held.id)
        label, value = said(fact.label), _value(process, held.id, held.value, lang)
    else:
        machine = process.machine(held.id)
        label, value = said(machine.label), said(machine.state(str(held.value)).label)
    cited = OUTSIDE.cited(lang) if held.outside else ""
    return {"id": held.id, "label": label, "value": value, "outside": cited}


def _value(process: Process, id: str, value: object, lang: Language) -> str:
    said, fact = phrasing(lang), process.fact(id)
    if isinstance(value, frozenset):
        return said.join(value_text(fact, one, lang) for one in sorted(value))
    return value_text(fact, value, lang)


def _changed(process: Process, change: FieldChange, lang: Language) -> dict[str, Any]:
    said = phrasing(lang)
    fact = process.by_id["fact"].get(change.id)
    label = said(fact.label) if fact else said(_FIELDS.get(change.id, Text(change.id, change.id)))
    before, after = (_old_or_new(process, change, v, lang) for v in (change.before, change.after))
    return {"id": change.id, "label": label, "before": before, "after": after}


def _old_or_new(process: Process, change: FieldChange, value: object, lang: Language) -> str:
    said = phrasing(lang)
    if value is None or value == "":
        return said(_NOTHING)
    if isinstance(value, datetime) and change.id == "happened":
        return value.isoformat()
    if change.id == "event" and isinstance(value, str) and value in process.by_id["event"]:
        return said(process.event(value).label)
    known = change.id in process.by_id["fact"]
    return _value(process, change.id, value, lang) if known else str(value)


def _saw(process: Process, saw: Saw, lang: Language) -> dict[str, Any]:
    said = phrasing(lang)
    agencies = process.by_id["agency"]
    by, to = (said(agencies[id].label) if id in agencies else id for id in (saw.by, saw.agency))
    facts = names_text(process, "fact", (f for f in saw.facts if f in process.by_id["fact"]), lang)
    machines = names_text(
        process, "machine", (m for m in saw.machines if m in process.by_id["machine"]), lang
    )
    ground = grounds_text(process, saw.basis, lang)
    return {
        "at": saw.at.isoformat(), "how": saw.how.value, "by": by, "to": to,
        "what": said.series(filter(None, (facts, machines, said(_TOLD) if saw.told else ""))),
        "ground": said.series(filter(None, (said(_CONSENT) if saw.consent else "", ground))),
        "stands": saw.stands, "gone": "" if saw.stands else said(_GONE),
    }  # fmt: skip


def _parts_held(told: Mapping[str, Any], lang: Language) -> Iterator[tuple[Text, Iterable[str]]]:
    said = phrasing(lang)
    yield (
        _HELD,
        (
            said.together(
                f"{h['label']}: {h['value']}", said.remarked(said(_OUT)) * bool(h["outside"])
            )
            for h in told["held"]
        ),
    )
    yield _RECEIVED, _lines(told["received"])
    yield _GIVEN, _lines(told["given"])


def _lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        way = " → ".join(filter(None, (row["by"], row["to"])))
        ground = f" ({row['ground']})" if row["ground"] else ""
        noted = row.get("record") or row.get("doubt")
        record = f" [{noted}]" if noted else ""
        gone = "" if row["stands"] else f" [{row['gone']}]"
        yield f"{row['at'][:16].replace('T', ' ')} {way}: {row['what']}{ground}{record}{gone}"


def _page(
    title: Text,
    told: Mapping[str, Any],
    parts: Iterable[tuple[Text, Iterable[str]]],
    lang: Language,
) -> str:
    said = phrasing(lang)
    lines = [
        said(title),
        f"{told['agency']} · {told['holder']} · {told['asked']}",
        "",
        said(_RIGHTS),
    ]
    for right in told["rights"]:
        until = said(_UNTIL, right["until"]) if right["until"] else ""
        lines.append(f"- {right['cited']}: {right['text']}{until}")
    for heading, rows in parts:
        lines += ["", said(heading), *([f"- {row}" for row in rows] or [f"- {said(_NOTHING)}"])]
    return "\n".join((*lines, ""))
