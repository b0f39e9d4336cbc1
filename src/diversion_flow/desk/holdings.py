"""What a holder answers the person about what it holds and has handed on (開示), and what a stop of
use would reach (利用停止). Plain data, in both languages; never more than the holder itself sees.

The report says what the law asks. What is disclosed, the holder decides.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar, Literal

from attrs import evolve, field, frozen

from ..definition import Language, Process, Text, UnknownId, Value
from ..definition.arguments import argument, each
from ..definition.moments import Moment, moment
from ..definition.phrasing import phrasing
from ..dossier import Dossier
from ..runtime import View
from ..runtime.lapsing import reached
from .report_words import Report, as_page, lines, provision, value_in_words
from .requested import day_meant, days_asked, holder_of, known_holders
from .rights import GIVEN, HOLDERS, OUTSIDE, RECEIVED, Holder, disclosing, stopping
from .seen import Saw, seen_of

_HELD = Text("保有しているもの", "Held")
_RECEIVED = Text("提供を受けたもの", "Received")
_GIVEN = Text("提供したもの", "Provided to others")
_OUT = Text("対象外", "outside the right")


@frozen
class HeldItem:
    """One thing that the holder holds: a fact with its value, or a machine with its state.
    `outside`: the person's right does not reach it."""

    kind: str  # fact, machine
    id: str
    value: Value = field(repr=False)
    outside: bool


@frozen
class _Holdings(Report, ABC):
    _title: ClassVar[Text]

    held: tuple[HeldItem, ...]
    received: tuple[Saw, ...]
    given: tuple[Saw, ...]

    def data(self, lang: Language = "ja") -> dict[str, Any]:
        """The report as plain data for JSON, in words."""
        return {
            **self.heading(lang),
            "held": [_held(self.process, held, lang) for held in self.held],
            "received": [self._told(saw, lang) for saw in self.received],
            "given": [self._told(saw, lang) for saw in self.given],
        }

    def text(self, lang: Language = "ja") -> str:
        """The report to read."""
        return as_page(self._title, told := self.data(lang), _parts_held(told, lang), lang)

    @abstractmethod
    def _told(self, saw: Saw, lang: Language) -> dict[str, Any]:
        """A provision, with what this report says of it."""


@frozen
class Disclosure(_Holdings):
    """What an agency holds on the person, as it sees the case: the rules that apply, what is held,
    what was `received` from others and `given` to them, each with its ground."""

    _title = Text("保有する個人情報(開示)", "Personal information held (disclosure)")

    recorded: frozenset[Saw] = field(repr=False)  # of which the law wants a record (29, 30)

    def _told(self, saw: Saw, lang: Language) -> dict[str, Any]:
        to_record = (GIVEN if saw.by == self.agency else RECEIVED) if saw in self.recorded else None
        return provision(self.process, saw, lang) | {
            "record": to_record.cited(lang) if to_record else ""
        }


Doubt = Literal["no_ground", "irregular"]

_DOUBTS: Mapping[Doubt, Text] = {
    "no_ground": Text("同意も根拠も示されていない", "neither consent nor a ground is told"),
    "irregular": Text("規則に反する記録による", "by what happened against the rules"),
}


@frozen
class StopOfUse(_Holdings):
    """What a stop of use, erasure or stop of provision would reach with an agency: the rules that
    apply, what is held, what was `received` from others and `given` to them, each with its ground,
    and of which of these the ground is in `doubt`, as far as the agency itself can tell: neither
    the person's consent nor a ground in the law is told (`no_ground`), or it came by what happened
    against the rules (`irregular`).

    Whether something was held, used or provided against the law, the holder judges.
    """

    _title = Text("保有する個人情報の利用停止", "Stop of use of personal information")

    doubt: Mapping[Saw, Doubt] = field(repr=False)

    def _told(self, saw: Saw, lang: Language) -> dict[str, Any]:
        doubt = self.doubt.get(saw)
        said = phrasing(lang)(_DOUBTS[doubt]) if doubt else ""
        return provision(self.process, saw, lang) | {"doubt": said}


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
    known = known_holders(holders)
    holder, day = holder_of(known, agency), day_meant(asked, "asked")
    view, received, given = _shown(dossier, agency, at)
    held = tuple(_all_held(view, holder, outside))
    recorded = frozenset(s for s in (*received, *given) if _to_record(s, known))
    return Disclosure(view.process, agency, holder, day, disclosing(holder, day), held, received,
                      given, recorded)  # fmt: skip


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
    holder, (day, then) = holder_of(known_holders(holders), agency), days_asked(asked, disclosed)
    view, received, given = _shown(dossier, agency, at)
    held = tuple(_all_held(view, holder, outside))
    irregular = {(row.at, row.event) for row in view.journal if row.irregular}
    doubt = {saw: found for saw in (*received, *given) if (found := _doubt(saw, irregular))}
    return StopOfUse(view.process, agency, holder, day, stopping(holder, day, then), held, received,
                     given, doubt)  # fmt: skip


def _shown(dossier: Dossier, agency: str, at: Moment
           ) -> tuple[View, tuple[Saw, ...], tuple[Saw, ...]]:  # fmt: skip
    """What the agency sees of the case, was provided with, and made visible to others."""
    argument("dossier", dossier, Dossier)
    case, then = dossier.case, moment(at)
    view = reached(case, max(then, case.at)).view(agency)
    seen = seen_of(dossier, at=max(then, dossier.entries[-1].recorded))
    return view, tuple(_received(seen, view)), tuple(_cut(seen, view, _known(view, dossier)))


def _doubt(saw: Saw, irregular: Container[tuple[datetime, str]]) -> Doubt | None:
    if (saw.at, saw.event) in irregular:
        return "irregular"
    return None if saw.consent or saw.basis else "no_ground"


def _outside(process: Process, holder: Holder, given: Iterable[str]) -> frozenset[str] | None:
    """The parts that the right does not reach; None: it reaches nothing."""
    parts = {**process.by_id["machine"], **process.by_id["fact"]}
    ids = frozenset(each("outside", given, str))
    for id in ids:
        if id not in parts:
            raise UnknownId("part", id, parts)
    if holder is Holder.COURT:
        return None
    return ids if holder is Holder.PUBLIC else frozenset()


def _all_held(view: View, holder: Holder, given: Iterable[str]) -> Iterator[HeldItem]:
    outside = _outside(view.process, holder, given)
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


def _held(process: Process, held: HeldItem, lang: Language) -> dict[str, Any]:
    said = phrasing(lang)
    if held.kind == "fact":
        fact = process.fact(held.id)
        label, value = said(fact.label), value_in_words(process, held.id, held.value, lang)
    else:
        machine = process.machine(held.id)
        label, value = said(machine.label), said(machine.state(str(held.value)).label)
    cited = OUTSIDE.cited(lang) if held.outside else ""
    return {"id": held.id, "label": label, "value": value, "outside": cited}


def _parts_held(told: Mapping[str, Any], lang: Language) -> Iterator[tuple[Text, Iterable[str]]]:
    said = phrasing(lang)
    out = said.remarked(said(_OUT))
    held = ((f"{h['label']}: {h['value']}", out * bool(h["outside"])) for h in told["held"])
    yield _HELD, (said.together(*words) for words in held)
    yield _RECEIVED, lines(told["received"])
    yield _GIVEN, lines(told["given"])
