"""What a law calls its parts: ids as they are pasted into a change, a story or a call, each with
what it stands for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from attrs import evolve, frozen

from ..analysis.structure_words import grounds_in
from ..definition import (
    Basis,
    Deadline,
    Event,
    Guard,
    Language,
    Machine,
    Mark,
    Parameter,
    Process,
    Text,
    Transition,
    UnknownId,
    wording,
)
from ..definition.citing import address
from ..definition.errors import plain_word
from ..definition.phrasing import Phrasing, phrasing
from ..definition.process import KINDS, dotted, every_part
from ..runtime.clause import clauses, own_grounds, whole_guard
from ..runtime.reasons import NOBODYS


@frozen
class Id:
    """One part: its kind, its id (`support.request`: with that of what holds it), its name."""

    kind: str
    id: str
    label: Text

    @property
    def address(self) -> str:
        """As an edit names it: `transition support.request`."""
        return f"{self.kind} {self.id}"

    def is_like(self, word: str) -> bool:
        """Whether the word is in its id or name."""
        said = (self.id, self.label.ja, self.label.en)
        return any(plain_word(word) in plain_word(text) for text in said)


def every_id(process: Process, words: Collection[str] = ()) -> list[Id]:
    """Every part of the process, kind by kind: those of the kinds named, and of them such as have
    each other word in their id or name."""
    kinds = [word for word in words if word in KINDS]
    sought = [word for word in words if word not in KINDS]
    every = [
        Id(at[-1][0], dotted(at), _label(process, part))
        for at, part in sorted(every_part(process), key=lambda one: _KINDS.index(one[0][-1][0]))
    ]
    found = [
        one for one in every if (not kinds or one.kind in kinds) and all(map(one.is_like, sought))
    ]
    if sought and not found:
        strange = (word for word in sought if not any(one.is_like(word) for one in every))
        known = [*KINDS, *dict.fromkeys(one.id for one in every)]
        raise UnknownId("part", next(strange, " ".join(words)), known)
    return found


_KINDS = list(KINDS)


def _label(process: Process, part: Any) -> Text:
    """What a part is called; a rule is called what happens."""
    found: Text = (process.event(part.event) if isinstance(part, Transition) else part).label
    return found


# -- one event, told with its ids ----------------------------------------------------------------


def event_of(process: Process, word: str) -> Event:
    """The event of this id, or that of the rule of this id."""
    rules = ((f"{m.id}.{t.id}", t.event) for m in process.machines for t in m.transitions)
    return process.event(next((event for id, event in rules if id == word), word))


def tell_event(process: Process, event: Event, lang: Language) -> Iterator[str]:
    """Who may report an event, what is recorded with it, and each rule on it: from where, under
    which condition, papers and law; every part with its id."""
    said = phrasing(lang)
    yield _named(event, said)
    by = said.join(_named(process.agency(id), said) for id in event.by)
    nobodys = NOBODYS.in_(lang).format(event=said(event.label))
    yield f"  {said(_BY)}{said.colon}{by}" if by else f"  {nobodys}"
    for name, ids in ((_RECORDS, event.records), (wording.FIELDS["outdates"], event.outdates)):
        if ids:
            facts = (_named(process.fact(id), said) for id in ids)
            yield f"  {said(name)}{said.colon}{said.join(facts)}"
    yield from (f"  {wording.told_text(process, told, lang)} [{told.to}]" for told in event.told)
    for limit in process.deadlines:
        for does, events in _bearing(limit):
            if event.id in events:
                yield f"  {said(does)}{said.colon}{_named(limit, said)}"
    yield from provisions(process, event.basis, lang)
    for other in event.called_when:
        bare = evolve(other, basis=())  # the ground stands under it
        yield f"  {said(_CALLED)}{said.colon}{wording.called_text(process, bare, lang)}"
        yield from _under(process, other.basis, lang)
    for machine in process.machines:
        for rule in machine.on(event.id):
            yield from (f"  {line}" for line in _rule(process, machine, rule, said))
    yield from _texts(process, event, said)


def _bearing(limit: Deadline) -> Iterator[tuple[Text, Collection[str]]]:
    """What events do to a limit, or it to them, with which events."""
    yield _BEGINS, limit.begun_by
    yield _RENEWS, {event for renewal in limit.renewals for event in renewal.events}
    yield _MEETS, limit.met_by
    yield _JUDGED, limit.before.events if limit.before else ()
    yield _LAPSES, (limit.on_expiry,) if limit.on_expiry else ()


def _texts(process: Process, event: Event, said: Phrasing) -> Iterator[str]:
    """Which text of each source was read for all this, and when."""
    parts = (event, *(rule for machine in process.machines for rule in machine.on(event.id)))
    bases = dict.fromkeys(basis for part in parts for basis in grounds_in(part))
    cited = dict.fromkeys(id for b in bases for id in (b.law, *b.evidence) if id)
    for source in (process.source(id) for id in cited):
        if read := wording.read_text(source, said.lang):
            yield f"  {said(source.short or source.label)}{said.colon}{read}"


def _rule(process: Process, machine: Machine, rule: Transition, said: Phrasing) -> Iterator[str]:
    sources = said.join(_named(machine.state(s), said) for s in rule.sources)
    target = _named(machine.state(rule.target), said)
    yield f"{said(machine.label)} [{machine.id}.{rule.id}]{said.colon}{sources} → {target}"
    yield from (f"  {line}" for line in _conditions(process, rule, said.lang))
    asked = _asked(whole_guard(process, rule))
    for kind, head in _ASKED.items():
        if names := [_named(process.by_id[kind][id], said) for k, id in asked if k == kind]:
            yield f"  {said(head)}{said.colon}{said.join(names)}"
    yield from (f"  [{said(process.paper(id).label)}] [{id}]" for id in rule.papers)
    for share in rule.shares:
        ids = " ".join(f"[{id}]" for id in (share.to, *share.facts))
        yield f"  {wording.share_text(process, share, said.lang)} {ids}"
        yield from _under(process, (share.exception,) if share.exception else (), said.lang)
    yield from provisions(process, rule.basis, said.lang)
    for remark in wording.remarks_on(process, (f"{machine.id}.{rule.id}",)):
        yield f"  ※ {wording.remark_text(process, remark, said.lang)}"
    for id in (id for kind, id in asked if kind == "parameter"):
        yield f"  {told_parameter(process, process.parameter(id), said)}"


def _conditions(process: Process, rule: Transition, lang: Language) -> Iterator[str]:
    """What has to hold, one by one, each above the ground of its own."""
    asked = clauses(process, rule)
    if len(asked) != 1:
        yield (_ALL_OF if asked else _NOTHING).in_(lang)
    for clause in asked:
        yield f"- {wording.guard_text(process, clause.guard, lang)}"
        yield from provisions(process, own_grounds(clause, rule.basis), lang)


def _under(process: Process, bases: Iterable[Basis], lang: Language) -> Iterator[str]:
    """The provisions of what stands in the line above, and is not the whole."""
    return (f"  {line}" for line in provisions(process, bases, lang))


def provisions(process: Process, bases: Iterable[Basis], lang: Language) -> Iterator[str]:
    """Each provision and where it can be read."""
    for basis in bases:
        text = wording.basis_text(process, basis, lang)
        yield f"  § {text}" + (f" <{found}>" if (found := address(process, basis)) else "")


def _asked(guard: Guard) -> Iterable[tuple[str, str]]:
    found = (mention for part in guard.walk() for mention in part.mentions())
    return tuple(dict.fromkeys(found))


def told_parameter(process: Process, parameter: Parameter, said: Phrasing) -> str:
    """A value that a policy sets, and what that rests on: the sources of a rule are not its own."""
    value = wording.scalar_text(parameter.value, said.lang)
    cited = set_by(process, parameter, said.lang)
    return f"{said(_POLICY)} {_named(parameter, said)} = {value}{said.bracketed(cited)}"


def set_by(process: Process, parameter: Parameter, lang: Language) -> str:
    """What the value of a parameter rests on."""
    bases = (evolve(basis, about="") for basis in parameter.basis)  # the name stands beside it
    return wording.grounds_text(process, bases, lang) or _NO_SOURCE.in_(lang)


def _named(part: Any, said: Phrasing) -> str:
    return f"{said(part.label)} [{part.id}]"


_BY = Text("報告", "by")
_RECORDS = Text("記録する事実", "records")
_BEGINS = Text("始まる期限", "begins the limit")
_RENEWS = Text("更新・延長する期限", "renews the limit")
_MEETS = Text("果たす義務", "meets the duty")
_JUDGED = Text("判定される期限", "is when the limit is judged")
_LAPSES = Text("満了により生じる期限", "comes about by law as the limit runs out")
_CALLED = wording.FIELDS["called_when"]
_POLICY = Text("方針", "policy")
_ALL_OF = Text("次のいずれにも当たること:", "all of these:")
_NOTHING = Text("条件なし", "always")
_NO_SOURCE = Mark.NONE.label
_ASKED = {
    "fact": Text("要件の事実", "asks for"),
    "deadline": Text("要件の期限", "asks for the limit"),
}
