"""A condition with a ground of its own: who is refused reads that article, not the whole rule's."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from diversion_flow import Case, DefinitionError, Process, compare
from diversion_flow.analysis import FindingCode, notes
from diversion_flow.definition import (
    Basis,
    Guard,
    Mark,
    Require,
    Share,
    Text,
    Variant,
    Waive,
    fact,
    holds,
)
from diversion_flow.definition.files.serial import digest, dumps, loads_process
from diversion_flow.definition.guard import Grounded, bare
from diversion_flow.runtime import Code, Provision, Reason
from diversion_flow.testing import mutants
from helpers.small import CONSENT, MAIN, PROCESS, T, transition


def art(number: str) -> Basis:
    return Basis(Mark.READ, "law", number)


AGE, CONTENT = (fact("age") >= 65).under(art("65")), holds("content").under(art("70"))


def asking(guard: Guard, **rest: object) -> Process:
    """The rule on `helped` asks so; its own ground is article 1."""
    rules = (transition("help", "helped", "asked", "helped", guard, **rest), *MAIN.transitions[2:])
    return evolve(PROCESS, machines=(evolve(MAIN, transitions=rules), CONSENT))


def refused(law: Process, **facts: object) -> list[Reason]:
    return list(opened(law, **facts).explain("helped", by="worker").reasons)


def opened(law: Process, **facts: object) -> Case:
    return law.open(at="2024-06-03", facts=facts)


def test_a_refusal_cites_the_ground_of_what_failed() -> None:
    (age,) = refused(asking(AGE & CONTENT), age=60, content=True)
    assert (age.code, age.basis, age.of_rule) == (Code.CONDITION_FALSE, (art("65"),), False)
    assert age.text("en").endswith("(a art. 65)")
    (content,) = refused(asking(AGE & CONTENT), age=70)
    assert (content.code, content.basis) == (Code.FACT_MISSING, (art("70"),))


def test_a_condition_without_one_is_refused_on_the_whole_rules() -> None:
    age, content = refused(asking(AGE & holds("content")), age=60, content=False)
    assert (age.of_rule, content.of_rule) == (False, True)
    assert content.basis == (art("1"),)
    assert content.text("en").endswith("(basis of the whole rule: a art. 1)")
    assert content.text("ja").endswith("(規則全体の根拠: あ1条)")


def test_a_rule_that_was_read_on_a_page_alone_is_told_with_the_page() -> None:
    page = Basis(Mark.READ, evidence=("law",))
    law = asking(fact("age") >= 65, basis=(page,))
    assert (
        opened(law, age=70).explain("helped", by="worker").text() == "It may happen now (basis: a)."
    )
    (young,) = refused(law, age=60)
    assert young.text("en").endswith("(basis of the whole rule: a)")
    both = asking(fact("age") >= 65, basis=(page, art("1")))
    assert "(basis: a art. 1)" in opened(both, age=70).explain("helped", by="worker").text()


def test_several_conditions_on_one_ground_share_it() -> None:
    law = asking(((fact("age") >= 65) & holds("content")).under(art("65")))
    assert [r.basis for r in refused(law, age=60, content=False)] == [(art("65"),)] * 2


def test_a_choice_between_grounds_cites_them_all() -> None:
    (reason,) = refused(asking(AGE | CONTENT), age=60, content=False)
    assert reason.basis == (art("65"), art("70"))
    inner = asking(((fact("age") >= 65).under(art("65")) | holds("content")).under(art("2")))
    assert refused(inner, age=60, content=False)[0].basis == (art("2"),)


def test_turned_round_it_keeps_its_ground() -> None:
    assert Grounded(~(fact("age") >= 65), (art("65"),)) == ~AGE
    (reason,) = refused(asking(~AGE), age=70)
    assert reason.basis == (art("65"),)
    assert bare(~AGE & (CONTENT | AGE)) == ~(fact("age") >= 65) & (
        holds("content") | (fact("age") >= 65)
    )


def test_consent_is_refused_on_the_ground_of_consent() -> None:
    assert PROCESS.consent is not None
    consent = evolve(PROCESS.consent, basis=(art("27"),))
    law = evolve(asking(AGE, shares=(Share(("age",), "partner"),)), consent=consent)
    (reason,) = refused(law, age=70)
    assert (reason.code, reason.basis) == (Code.NO_CONSENT, (art("27"),))
    naming = opened(law).explain("consented", by="worker").reasons
    assert [(r.code, r.basis) for r in naming] == [(Code.NO_RECIPIENTS, (art("27"),))]


def test_it_is_kept_in_files_and_its_source_must_be_declared() -> None:
    law = asking(AGE & (CONTENT | ~AGE))
    assert loads_process(dumps(law)) == law
    assert digest(law) != digest(asking(bare(law.machine("main").transition("help").guard)))
    with pytest.raises(DefinitionError, match="no source 'elsewhere'"):
        asking((fact("age") >= 65).under(Basis(Mark.READ, "elsewhere", "1")))


def test_another_ground_is_written_otherwise_and_treats_nobody_otherwise() -> None:
    found = compare(asking(AGE), asking((fact("age") >= 65).under(art("66"))))
    assert (found.same, found.same_behaviour) == (False, True)
    assert "art. 65" in found.text("en")
    assert "art. 66" in found.text("en")


def test_an_edit_brings_its_ground_and_takes_a_condition_away_without_naming_it() -> None:
    law = asking(AGE)
    more = Variant("more", "small", Text("加", "more"), (Require("main.help", CONTENT),)).apply(law)
    assert refused(more, age=70, content=False)[0].basis == (art("70"),)
    less = Variant("less", "small", Text("減", "less"), (Waive("main.help", fact("age") >= 65),))
    assert less.apply(more).machine("main").transition("help").guard == CONTENT


def test_a_mistake_in_a_condition_leaves_its_ground_standing() -> None:
    """The condition with another number, two numbers of a choice, a part of it gone."""
    choice = ((fact("age") >= 65) | (fact("age") < 20)).under(art("66"))
    law = asking(AGE & choice)
    made = [m.apply(law).machine("main").transition("help").guard for m in mutants(law)
            if m.id.startswith(("threshold.main.help", "narrow.main.help"))]  # fmt: skip
    assert len(made) > 4
    for guard in made:
        bases = [part.basis for part in guard.walk() if isinstance(part, Grounded)]
        assert bases == [(art("65"),), (art("66"),)]


def test_to_every_other_reader_it_is_the_condition_itself() -> None:
    grounded, plain = asking(AGE & CONTENT), asking((fact("age") >= 65) & holds("content"))
    assert compare(grounded, plain).same_behaviour is True
    for facts in ({}, {"age": 60}, {"age": 70, "content": True}, {"age": 70, "content": False}):
        assert opened(grounded, **facts).worklist() == opened(plain, **facts).worklist()
    assert grounded.label == T


# -- who may see what --------------------------------------------------------------------------


def row(number: str, agency: str) -> Basis:
    return evolve(art(number), about=f"seen_by {agency}")


def shown(law: Process) -> list[Provision]:
    """What becomes visible when help begins: to the partner, who did not report it."""
    case = law.open(at="2024-06-03", facts={"age": 70}).step("helped", by="worker", at="2024-06-04")
    return list(case.journal[-1].provided)


def test_a_row_of_who_sees_what_has_a_ground_and_the_provision_names_it() -> None:
    main = evolve(
        MAIN, seen_by=("worker", "partner"), basis=(row("9", "partner"), row("8", "worker"))
    )
    law = evolve(PROCESS, machines=(main, CONSENT))
    (provision,) = shown(law)
    assert (provision.to, provision.machines, provision.basis) == (
        "partner", ("main",), (row("9", "partner"),)
    )  # fmt: skip
    assert shown(evolve(law, machines=(evolve(main, basis=()), CONSENT)))[0].basis == ()
    lapsed = evolve(row("7", "partner"), until=date(2020, 1, 1))
    before = evolve(main, basis=(lapsed, *main.basis))
    assert shown(evolve(law, machines=(before, CONSENT)))[0].basis == (row("9", "partner"),)


def test_a_row_without_a_ground_is_noted() -> None:
    def noted(law: Process) -> set[tuple[str, ...]]:
        return {n.ids for n in notes(law) if n.code is FindingCode.SIGHT_WITHOUT_GROUND}

    both = tuple(
        evolve(m, basis=tuple(row("9", agency) for agency in m.seen_by)) for m in PROCESS.machines
    )
    assert noted(PROCESS) == {("worker",), ("partner",)}
    law = evolve(PROCESS, machines=both)
    assert noted(law) == {("worker",)}  # of the fact that the partner supplies
    facts = tuple(evolve(f, basis=(row("9", "worker"),)) for f in law.facts)
    assert noted(evolve(law, facts=facts)) == set()
    none = evolve(row("", "partner"), mark=Mark.NONE, law=None)
    policy = tuple(evolve(m, basis=(*m.basis[:1], none)) for m in both)
    assert ("partner",) in noted(evolve(law, facts=facts, machines=policy))


def test_what_is_provided_by_consent_rests_on_the_ground_of_consent() -> None:
    assert PROCESS.consent is not None
    consent = evolve(PROCESS.consent, basis=(art("27"),))
    law = evolve(PROCESS, consent=consent)
    case = law.open(at="2024-06-03", facts={"age": 70})
    case = case.step("consented", by="worker", at="2024-06-04", facts={"recipients": ["partner"]})
    assert {p.basis for p in case.journal[-1].provided if p.consent} == {(art("27"),)}
