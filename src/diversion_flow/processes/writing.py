"""Shorthand in which the shipped law is written, so that a page of it reads like the rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from attrs import evolve

from ..definition import (
    ALWAYS,
    Basis,
    Choice,
    Event,
    Fact,
    Guard,
    Kind,
    Machine,
    Mark,
    Occasion,
    Pattern,
    Property,
    Share,
    State,
    Text,
    Told,
    Transition,
    machine,
)

Bases = tuple[Basis, ...]


def read(evidence: str, law: str | None = None, provision: str = "", note: Text | None = None,
         *, since: date | None = None) -> Bases:  # fmt: skip
    """A rule read in `evidence` (source ids, separated by blanks)."""
    return (Basis(Mark.READ, law, provision, tuple(evidence.split()), since=since, note=note),)


def known(law: str, provision: str = "", note: Text | None = None) -> Bases:
    """General legal knowledge, not verified in a source."""
    return (Basis(Mark.KNOWN, law, provision, note=note),)


def inferred(evidence: str = "", law: str | None = None, provision: str = "",
             note: Text | None = None, *, since: date | None = None) -> Bases:  # fmt: skip
    """A modelling conclusion drawn from these sources."""
    return (Basis(Mark.INFERRED, law, provision, tuple(evidence.split()), since=since, note=note),)


def state(id: str, ja: str, en: str, holder: str, basis: Bases, *, stage: str | None = None,
          note: Text | None = None, rest: bool = False) -> State:  # fmt: skip
    """A situation that lasts; one of `rest` may be the last."""
    return State(id, Text(ja, en), holder, stage, basis=basis, note=note, rest=rest)


def final(id: str, ja: str, en: str, holder: str, basis: Bases, *, stage: str | None = None,
          outcome: Text | None = None, ends_case: bool = False) -> State:  # fmt: skip
    """A state that ends its track, or with it the case; the outcome is the label unless said
    otherwise."""
    label = Text(ja, en)
    return State(id, label, holder, stage, True, outcome or label, basis, ends_case=ends_case)


def event(id: str, ja: str, en: str, home: str, by: str, basis: Bases = (), *,
          records: str = "", unseen_by: str = "", told: tuple[Told, ...] = (),
          outdates: str = "", anew: Bases = ()) -> Event:  # fmt: skip
    """Something that has happened; `by`, `records`, `unseen_by` and `outdates` are ids separated
    by blanks. `anew` is the ground on which nothing told earlier of the last counts."""
    return Event(id, Text(ja, en), home, tuple(by.split()), tuple(records.split()),
                 basis + of_outdated(anew), unseen_by=tuple(unseen_by.split()), told=told,
                 outdates=tuple(outdates.split()))  # fmt: skip


def of_outdated(bases: Bases) -> Bases:
    """The same as grounds on which nothing told before an event counts."""
    return tuple(evolve(basis, about="outdates") for basis in bases)


def told(to: str, basis: Bases, paper: str | None = None) -> tuple[Told, ...]:
    """That it has happened is told to this agency, by a paper or on a ground of law."""
    return (Told(to, paper, basis),)


def rule(id: str, event: str, sources: str, target: str, basis: Bases, *, guard: Guard = ALWAYS,
         papers: str = "", shares: tuple[Share, ...] = (), note: Text | None = None,
         ) -> Transition:  # fmt: skip
    """A transition from any of `sources` (ids separated by blanks)."""
    return Transition(
        id, event, tuple(sources.split()), target, guard, tuple(papers.split()), shares, basis, note
    )


def stays(id: str, event: str, states: str, basis: Bases, *, guard: Guard = ALWAYS,
          papers: str = "", shares: tuple[Share, ...] = ()) -> tuple[Transition, ...]:  # fmt: skip
    """The event is recorded and the machine stays where it is, in any of `states`."""
    names = states.split()
    return tuple(
        rule(id if len(names) == 1 else f"{id}_in_{name}", event, name, name, basis,
             guard=guard, papers=papers, shares=shares)
        for name in names
    )  # fmt: skip


def never(id: str, ja: str, en: str, what: Occasion, basis: Bases,
          open_: tuple[str, str] | None = None, since: date | None = None) -> Property:  # fmt: skip
    """That this does not come about, on any course; or, if the law is known not to keep to it yet,
    that."""
    known_open = Text(*open_) if open_ else None
    return Property(id, Text(ja, en), Pattern.ABSENCE, what, basis=basis, since=since,
                    known_open=known_open)  # fmt: skip


def only_with(id: str, what: Occasion, then: Occasion, ja: str, en: str, basis: Bases) -> Property:
    """That the second comes about with the first alone."""
    return Property(id, Text(ja, en), Pattern.ONLY_WITH, what, then, basis=basis)


def comes_to_rest(at: Machine, over: Guard) -> Property:
    """That a machine of a case which is not over can always come to rest."""
    rest = machine(at.id).in_(*(state.id for state in at.states if state.rest or state.final))
    return Property(
        f"{at.id}_can_come_to_rest",
        Text(f"「{at.label.ja}」は、いつでも休止し得る", f"'{at.label.en}' can always come to rest"),
        Pattern.POSSIBLE, Occasion(after=rest | over), basis=inferred(),
    )  # fmt: skip


def share(facts: str, to: str) -> tuple[Share, ...]:
    """A hand-over of these facts to each of these agencies, on the person's consent."""
    return tuple(Share(tuple(facts.split()), agency) for agency in to.split())


# On what ground each agency always sees something.
Rows = Mapping[str, Bases]
OWN = inferred(note=Text("自ら記録し、述べ、又は行うこと", "Its own record, statement or task"))


def grounds(rows: Rows) -> Bases:
    """The same as bases of what is seen, each about its row."""
    return tuple(_of_row(b, to) for to, bases in rows.items() for b in bases)


@cache
def _of_row(ground: Basis, to: str) -> Basis:
    """Most facts are seen by the same agencies on the same grounds."""
    return evolve(ground, about=f"seen_by {to}")


class Sight:
    """Who may see a fact: always, and on what ground, and within consent (one row of the
    matrix)."""

    def __init__(self, always: Rows, consent: str = "") -> None:
        self.always, self.consent = always, tuple(consent.split())


def _fact(id: str, label: Text, kind: Kind, source: str, sight: Sight, basis: Bases,
          choices: dict[str, tuple[str, str]] | None = None, unit: Text | None = None,
          minimum: int | None = None, maximum: int | None = None) -> Fact:  # fmt: skip
    values = tuple(Choice(name, Text(*words)) for name, words in (choices or {}).items())
    rows = {to: OWN if to == source else ground for to, ground in sight.always.items()}
    return Fact(
        id, label, kind, source, tuple(sight.always), sight.consent, values, unit, minimum,
        maximum, basis + grounds(rows),
    )  # fmt: skip


def flag(id: str, ja: str, en: str, source: str, sight: Sight, basis: Bases = ()) -> Fact:
    """A yes-or-no fact."""
    return _fact(id, Text(ja, en), Kind.BOOLEAN, source, sight, basis)


def number(id: str, ja: str, en: str, source: str, sight: Sight, unit: Text, minimum: int,
           maximum: int, basis: Bases = ()) -> Fact:  # fmt: skip
    """A whole number with its unit and bounds."""
    return _fact(id, Text(ja, en), Kind.INTEGER, source, sight, basis, None, unit, minimum, maximum)


def day(id: str, ja: str, en: str, source: str, sight: Sight, basis: Bases = ()) -> Fact:
    """A date (JST)."""
    return _fact(id, Text(ja, en), Kind.DATE, source, sight, basis)


def one_of(id: str, ja: str, en: str, source: str, sight: Sight, basis: Bases = (),
           **choices: tuple[str, str]) -> Fact:  # fmt: skip
    """A fact with one of the named values."""
    return _fact(id, Text(ja, en), Kind.CHOICE, source, sight, basis, choices)


def some_of(id: str, ja: str, en: str, source: str, sight: Sight, basis: Bases = (),
            **choices: tuple[str, str]) -> Fact:  # fmt: skip
    """A fact with any number of the named values."""
    return _fact(id, Text(ja, en), Kind.CHOICES, source, sight, basis, choices)
