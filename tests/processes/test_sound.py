"""Shipped law is made without being looked at; here every version of it is."""

from __future__ import annotations

from threading import Thread

import pytest
from attrs import evolve

from diversion_flow import processes
from diversion_flow.definition import Add, DefinitionError, Process, Text, Variant
from diversion_flow.definition.trust import on_trust, trusted
from diversion_flow.definition.typecheck import check_types
from diversion_flow.definition.validation import validate

NAMES = processes.names()


def _laws(name: str) -> dict[tuple[str, str | None], Process]:
    """Every version of the nation's law and of each place's."""
    told = [(None, law) for law in processes.history(name).versions]
    told += [(p, v) for p in processes.places(name) for v in processes.history(name, p).versions]
    return {(law.version, place): law for place, law in told}


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_law_is_sound(name: str) -> None:
    laws = _laws(name)
    assert laws
    for law in laws.values():
        validate(law)


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_variant_is_sound(name: str) -> None:
    shipped = (processes.amendments(name), processes.drafts(name), processes.variants(name))
    for variant in (v for several in shipped for v in several):
        check_types(variant)
        for edit in variant.edits:
            check_types(edit)
        assert evolve(variant) == variant  # its own rules hold


def test_what_is_made_of_shipped_parts_is_looked_at() -> None:
    law = processes.in_force("entry_support", on="2024-06-03")
    stranger = evolve(law.event("arrested"), id="another", home="nowhere")
    wrong = Variant("own", law.id, Text("自作", "Own"), (Add(stranger),))
    with pytest.raises(DefinitionError):
        wrong.apply(law)
    with pytest.raises(DefinitionError):
        evolve(law, main_machine="nowhere")


def test_trust_is_of_one_thread_and_ends() -> None:
    elsewhere: list[bool] = []
    with trusted():
        assert on_trust()
        thread = Thread(target=lambda: elsewhere.append(on_trust()))
        thread.start()
        thread.join()
    assert elsewhere == [False]
    with pytest.raises(ZeroDivisionError), trusted():
        1 / 0  # noqa: B018
    assert not on_trust()
