"""In whatever order entries are recorded, they tell one case; what was known is a beginning of
what is known later."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import processes, replay
from diversion_flow.definition import History, Process
from diversion_flow.definition.moments import midnight
from diversion_flow.dossier import (
    Conflicting,
    Dossier,
    Entry,
    EntryError,
    EntryKind,
    Irregular,
    Said,
    dump_dossier,
    load_dossier,
)
from helpers.amounts import examples
from helpers.chance import value
from helpers.dossiers import LAW, entries_of, led

HISTORY = processes.history("entry_support")
LAWS: dict[str, Process | History] = {"process": LAW, "history": HISTORY}
# A dossier is recorded in many orders for each of them.
FEW = examples(30)
BY_LAW = pytest.mark.parametrize("under", LAWS)
SEEDS = st.integers(0, 10**6)


def late(entries: tuple[Entry, ...], rnd: random.Random) -> list[Entry]:
    """The same entries as they come to be recorded one by one, long after, in any order."""
    first, *rest = entries
    rnd.shuffle(rest)
    last = max(entry.happened for entry in entries)
    return [
        evolve(entry, recorded=last + timedelta(days=number))
        for number, entry in enumerate([first, *rest])
    ]


def ending(day: date) -> datetime:
    return midnight(day) + timedelta(days=1, microseconds=-1)


@BY_LAW
@FEW
@given(SEEDS)
def test_the_case_is_the_same_in_whatever_order_it_is_recorded(under: str, seed: int) -> None:
    law = LAWS[under]
    case = led(law, seed)
    entries = entries_of(case)
    dossier = Dossier("c1", law).record(*late(entries, random.Random(seed)))
    assert dossier.case == case
    assert len(dossier.entries) == len(entries)
    assert replay(law, dossier.case.journal, "c1", dossier.case.at) == case


def amended(dossier: Dossier, rnd: random.Random, number: int) -> Dossier:
    """One more entry by chance, if it is admitted: it corrects one, withdraws it, makes it
    irregular, or tells of what happened against the rules."""
    events = [entry for entry in dossier.entries if entry.kind is EntryKind.EVENT]
    if not events:
        return dossier
    of = rnd.choice(events)
    law, last = dossier.case.process, dossier.entries[-1].recorded + timedelta(hours=1)
    moves = [(f"{m.id}.{t.id}", t.event) for m in law.machines for t in m.transitions]
    office = rnd.choice(law.agencies).id
    why = Said("by chance", recorded=last, office=office, id=f"m{number}")
    facts = {id: value(law.fact(id), rnd) for id in law.event(of.event).records}
    try:
        match rnd.randrange(5):
            case 0:
                return dossier.correct(of.id, why, facts=facts)
            case 1:
                shift = timedelta(seconds=rnd.randrange(-9000, 9000))
                return dossier.correct(of.id, why, happened=of.happened + shift)
            case 2:
                return dossier.withdraw(of.id, why)
            case 3:
                its = [move for move, event in moves if event == of.event]
                return dossier.make_irregular(
                    of.id, why, transition=rnd.choice(its), responsible=office
                )
        move, event = rnd.choice(moves)
        return dossier.record(
            Entry(kind=EntryKind.EVENT, event=event, by=rnd.choice(law.event(event).by), reason="r",
                  happened=of.happened + timedelta(seconds=rnd.randrange(1, 9000)), recorded=last,
                  irregular=Irregular(move, responsible=office), id=f"m{number}")
        )  # fmt: skip
    except (Conflicting, EntryError):
        return dossier


@FEW
@given(SEEDS)
def test_so_is_one_in_which_much_was_corrected_withdrawn_and_irregular(seed: int) -> None:
    rnd = random.Random(seed)
    dossier = Dossier("c1", HISTORY).record(*entries_of(led(HISTORY, seed, 8)))
    for number in range(6):
        after = amended(dossier, rnd, number)
        assert after.record(*after.entries[len(dossier.entries) :]) == after  # the same again
        dossier = after
    first, *rest = dossier.entries
    rnd.shuffle(rest)
    order = {first.id: first}
    while rest:  # what stands in for another comes after it
        order |= {entry.id: entry for entry in rest if entry.supersedes in ("", *order)}
        rest = [entry for entry in rest if entry.id not in order]
    end = dossier.entries[-1].recorded
    again = Dossier("c1", HISTORY).record(
        *(evolve(e, recorded=end + timedelta(hours=n)) for n, e in enumerate(order.values()))
    )
    assert again.case == dossier.case
    assert again.case.marked == dossier.case.marked
    assert {entry.id for entry in again.irregular} == {entry.id for entry in dossier.irregular}


@BY_LAW
@FEW
@given(SEEDS)
def test_one_by_one_what_holds_is_kept_and_comes_to_the_same(under: str, seed: int) -> None:
    """What does not hold yet comes again, until all is told; what only holds together is recorded
    together."""
    law = LAWS[under]
    case, rnd = led(law, seed, 8), random.Random(seed)
    dossier, rest = Dossier("c1", law), list(entries_of(case))
    now, in_vain = case.at, 0
    while rest and in_vain < 3 * len(rest):
        entry = rest.pop(rnd.randrange(len(rest)))
        try:
            dossier, in_vain = dossier.record(evolve(entry, recorded=now)), 0
        except Conflicting:
            rest.append(entry)
            in_vain += 1
        now += timedelta(hours=1)
    dossier = dossier.record(*(evolve(entry, recorded=now) for entry in rest))
    assert dossier.case == case


@BY_LAW
@FEW
@given(SEEDS)
def test_what_was_known_is_a_beginning_of_what_is_known_later(under: str, seed: int) -> None:
    law = LAWS[under]
    entries = late(entries_of(led(law, seed)), random.Random(seed))
    dossier = Dossier("c1", law).record(*entries)
    days = [entry.recorded.date() for entry in entries]
    known = [dossier.known(on=day).entries for day in days]
    for number, (earlier, later) in enumerate(
        zip(known, [*known[1:], dossier.entries], strict=True)
    ):
        assert later[: len(earlier)] == earlier
        assert len(earlier) == number + 1
    assert dossier.known(on=days[0] - timedelta(days=1)).entries == ()
    assert dossier.known(on=days[-1]).case == dossier.case
    if isinstance(law, History):  # a process alone ends, and no case goes on after that
        assert dossier.as_known(on=days[-1]).at.date() == days[-1]
        assert dossier.as_known(on=days[-1]) == dossier.case.advance(to=ending(days[-1]))


@BY_LAW
@FEW
@given(SEEDS)
def test_out_and_in_again_it_is_the_same_value_and_the_same_bytes(under: str, seed: int) -> None:
    law = LAWS[under]
    dossier = Dossier("c1", law).record(*entries_of(led(law, seed)))
    text = dump_dossier(dossier)
    again = load_dossier(text)
    assert (again, dump_dossier(again)) == (dossier, text)
    assert again.case == dossier.case
