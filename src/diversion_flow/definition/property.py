"""What is asked of every course that a case can take: a pattern over occasions, within a scope.

The patterns have their names from the literature (Dwyer's specification patterns, DECLARE).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Final

from attrs import evolve, field

from .arguments import argument
from .basis import Basis
from .errors import DefinitionError
from .frozen import frozen
from .guard import ALWAYS, Guard, InState, Named, Narrows, Not, replaced
from .kept import kept
from .pattern import Pattern
from .process import Process, dotted, every_part
from .reference import Ref, references, refs
from .text import Text, is_name
from .typecheck import check_types, kind
from .validation import check_guard


@frozen(cache_hash=True)
class Learns:
    """An agency comes to know a fact of the case: it reports it, a rule hands it over, or it is
    recorded where the agency sees it, or what was recorded comes into its sight."""

    agency: Annotated[str, Ref("agency")]
    fact: Annotated[str, Ref("fact")]


@frozen(cache_hash=True)
class Occasion:
    """Something in the course of a case: all that is named here comes together in one step.

    One of `events` happens, reported by one of `by`; one of `rules` (`machine.transition`) fires;
    each of `moves` changes its state; each of `records` is recorded; one of `told` is told that it
    happened; each of `learns` comes about; `before` held just before, `after` holds just after.
    What time decides (limits, the day) is asked at the moment of the step in both.
    What is left out is free: an occasion with nothing but `after` and `learns` is also met as the
    case opens.
    """

    events: Annotated[tuple[str, ...], Ref("event")] = ()
    by: Annotated[tuple[str, ...], Ref("agency")] = ()
    rules: Annotated[tuple[str, ...], Ref("transition")] = ()
    moves: Annotated[tuple[str, ...], Ref("machine")] = ()
    before: Guard = ALWAYS
    after: Guard = ALWAYS
    records: Annotated[tuple[str, ...], Ref("fact")] = ()
    told: Annotated[tuple[str, ...], Ref("agency")] = ()
    learns: tuple[Learns, ...] = ()

    @property
    def steps(self) -> bool:
        """Whether it can only be met by a step, not by the opening."""
        return evolve(self, after=ALWAYS, learns=()) != Occasion()

    @property
    def stands(self) -> bool:
        """Whether where a case stands tells that it is met, nothing of the course asked."""
        return self == Occasion(after=self.after)


def bringing(process: Process, occasion: Occasion) -> tuple[str, ...]:
    """The events by which a step can meet the occasion, as far as what they record and who is told
    of them says."""
    told = frozenset(occasion.told)
    return tuple(
        event.id
        for event in process.events
        if (not occasion.events or event.id in occasion.events)
        and (not told or not told.isdisjoint(one.to for one in event.told))
        and frozenset(occasion.records).issubset(event.records)
    )


OCCASIONS: Final = ("what", "then", "since_this", "until_this")  # the fields that hold one


@frozen
class Property:
    """A question about a process, or what its law is meant to keep to.

    It is asked of the whole course, or `since_this` first comes, or `until_this` comes: with both,
    of every stretch between the two. What is asked up to an occasion is asked only where that
    comes; it stands outside. `since` and `until` are the first and last day on which it is meant
    to hold; `known_open` says why it is known not to hold yet.
    """

    id: str
    label: Text
    pattern: Pattern = field(validator=kind(Pattern))
    what: Occasion
    then: Occasion | None = None
    since_this: Occasion | None = None
    until_this: Occasion | None = None
    basis: tuple[Basis, ...] = ()
    since: date | None = None
    until: date | None = None
    known_open: Text | None = None

    def __attrs_post_init__(self) -> None:
        if self.pattern.pair != (self.then is not None):
            here = (("property", self.id), ("then", ""))
            pairs = tuple(pattern.value for pattern in Pattern if pattern.pair)
            raise DefinitionError("property_pair", at=here, pattern=self.pattern.value,
                                  pairs=pairs)  # fmt: skip

    def occasions(self) -> Iterator[Occasion]:
        """All occasions of which it speaks."""
        return (occasion for _, occasion in self._named())

    def _named(self) -> Iterator[tuple[str, Occasion]]:
        """The same, each with its field."""
        for name in OCCASIONS:
            if (occasion := getattr(self, name)) is not None:
                yield name, occasion

    def asked_of(self, process: Process) -> bool:
        """Whether it is meant to hold while the process is the law, or for a part of that time."""
        begun = not (self.since and process.until) or self.since <= process.until
        return begun and (not (self.until and process.since) or process.since <= self.until)


_UNTOLD = Text("知ることはない", "never learns it")


def never_learns(
    fact: str,
    agency: str,
    *,
    without: Occasion | Guard | None = None,
    id: str = "never_learns",
    label: Text = _UNTOLD,
    basis: tuple[Basis, ...] = (),
) -> Property:
    """That an agency never learns a fact; not `without` something having happened before, or not
    `without` a condition that holds as it does."""
    argument("fact", fact, str)
    argument("agency", agency, str)
    argument("without", without, Occasion, Guard, type(None))
    learnt = Occasion(learns=(Learns(agency, fact),))
    if without is None:
        return Property(id, label, Pattern.ABSENCE, learnt, basis=basis)
    if isinstance(without, Guard):
        return Property(id, label, Pattern.ONLY_WITH, Occasion(after=without), learnt, basis=basis)
    return Property(id, label, Pattern.PRECEDENCE, without, learnt, basis=basis)


def fitted(process: Process, asked: Property) -> Property | None:
    """The property without the states, rules and agencies that the process does not have; None
    where it then speaks of nothing: what is not there cannot happen."""
    occasions = (asked.what, asked.then, asked.since_this, asked.until_this)
    found = [None if one is None else _fitted(process, one) for one in occasions]
    if any(fit is None and one is not None for fit, one in zip(found, occasions, strict=True)):
        return None
    what, then, since_this, until_this = found
    assert what is not None
    return evolve(asked, what=what, then=then, since_this=since_this, until_this=until_this)


def _fitted(process: Process, occasion: Occasion) -> Occasion | None:
    parts: dict[str, Any] = {}
    for name, ref in refs(Occasion).items():
        named: tuple[str, ...] = getattr(occasion, name)
        known = kept(process, _ids).get(ref.kind, {})
        parts[name] = tuple(id for id in named if id in known)
        if named and not parts[name]:
            return None
    learnt = (found for learns in occasion.learns for found in references(learns))
    if parts["records"] != occasion.records or any(
        id not in process.by_id[kind_] for _, kind_, id in learnt
    ):
        return None
    for name in ("before", "after"):
        guard: Guard = getattr(occasion, name)
        kinds = ((kind_, id) for kind_, id in guard.mentions() if kind_ in process.by_id)
        if any(id not in process.by_id[kind_] for kind_, id in kinds):
            return None
        parts[name] = replaced(guard, lambda atom, _: _without_states(process, atom))
    return evolve(occasion, **parts)


def _without_states(process: Process, guard: Guard) -> Guard:
    if not isinstance(guard, InState):
        return guard
    known = {state.id for state in process.machine(guard.machine).states}
    states = tuple(state for state in guard.states if state in known)
    return InState(guard.machine, states) if states else Not(ALWAYS)


def require_property(process: Process, asked: Property) -> None:
    """DefinitionError for what the process does not have, with the nearest that it has, and for
    a condition that it cannot answer."""
    check_types(asked)
    here = (("property", asked.id),)
    if not is_name(asked.id):
        raise DefinitionError("no_name", at=(*here, ("id", "")), id=asked.id)
    if asked.since and asked.until and asked.until < asked.since:
        raise DefinitionError("ends_early", at=(*here, ("until", "")), since=asked.since,
                              until=asked.until)  # fmt: skip
    known = kept(process, _ids)
    for name, occasion in asked._named():
        at = (*here, (name, ""))
        for _, kind_, id in references(occasion):
            if id not in known.get(kind_, ()):
                raise DefinitionError.unknown(kind_, id, known.get(kind_, ()), at=at)
        for guard in (occasion.before, occasion.after):
            check_guard(process, at, guard)
            for atom in guard.walk():
                if isinstance(atom, Named | Narrows):
                    raise DefinitionError("asks_step", at=at, fact=atom.fact)


def _ids(process: Process) -> dict[str, dict[str, object]]:
    """All that there is, by its kind: states and transitions as `machine.id`."""
    known: dict[str, dict[str, object]] = {}
    for at, part in every_part(process):
        known.setdefault(at[-1][0], {})[dotted(at)] = part
    return known
