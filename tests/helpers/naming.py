"""A process by chance in which the name of every event, state, limit and choice follows facts; and
what its parts are called in a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any

from attrs import evolve

from diversion_flow import Case, Process
from diversion_flow.definition import CalledWhen, Guard, Parameter, Text, fact, param, when
from diversion_flow.diagram.layout.measure import clean
from diversion_flow.runtime import Reason, called
from helpers.small import LAW, T

_GROWN = Parameter("grown", T, 40, (40, 60))
_CONDITIONS: tuple[Guard, ...] = (
    fact("age") < 30,
    fact("age") >= param("grown"),
    (fact("age") < 90) & when("grown", 40),
    fact("age").known(),
    ~fact("recipients").includes("partner"),
    (fact("day") < date(2024, 1, 1)) | fact("age").in_(20, 50),
    fact("day") >= date(2019, 1, 1),
)


def renamed(process: Process, chance: Random) -> Process:
    """The process, of people with an age and a day, under names that can be told apart."""
    asked = chance.sample(_CONDITIONS, 2)

    def one(part: Any, id: str) -> Any:
        others = (CalledWhen(_text(f"{n} {id}"), guard, LAW)
                  for n, guard in enumerate(asked))  # fmt: skip
        return evolve(part, label=_text(id), called_when=tuple(others))

    return evolve(
        process,
        events=tuple(one(e, e.id) for e in process.events),
        machines=tuple(
            evolve(m, states=tuple(one(s, f"{m.id}.{s.id}") for s in m.states))
            for m in process.machines
        ),
        facts=tuple(
            evolve(f, choices=tuple(one(c, f"{f.id}.{c.id}") for c in f.choices))
            for f in process.facts
        ),
        deadlines=tuple(one(d, d.id) for d in process.deadlines),
        parameters=(*process.parameters, evolve(_GROWN, value=chance.choice(_GROWN.choices))),
    )


def _text(id: str) -> Text:
    return Text(f"名{id}", f"name {id}")


def names(case: Case) -> dict[str, list[str]]:
    """What each part is called in the case, in both languages."""
    law = called(case.process, case.facts)
    parts = {
        **{f"event {e.id}": e for e in law.events},
        **{f"state {m.id}.{s.id}": s for m in law.machines for s in m.states},
        **{f"choice {f.id}.{c.id}": c for f in law.facts for c in f.choices},
        **{f"deadline {d.id}": d for d in law.deadlines},
    }
    return {name: [part.label.ja, part.label.en] for name, part in parts.items()}


def said(reasons: Iterable[Reason]) -> list[list[str]]:
    """Every reason, in both languages."""
    return [[clean(r.text("ja")), clean(r.text("en"))] for r in reasons]
