"""Sources are not lent: what a policy sets rests on what the policy says, or on nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from diversion_flow import Refused, compare, processes
from diversion_flow.analysis.structure import structure
from diversion_flow.definition import (
    Basis,
    CalledWhen,
    DefinitionError,
    Edit,
    Extend,
    Length,
    Mark,
    Parameter,
    Process,
    Relabel,
    Require,
    SetParameter,
    Share,
    Text,
    Told,
    Unit,
    Variant,
    compose,
    fact,
    holds,
    param,
    replace,
)
from diversion_flow.definition.files.serial import dumps, loads_process
from diversion_flow.definition.process import every_part
from diversion_flow.definition.wording import FIELDS, basis_text
from diversion_flow.diagram import checklist
from diversion_flow.runtime.clause import clauses, own_grounds
from helpers.commands import run
from helpers.small import PROCESS, T
from helpers.stories import go

LAW = processes.in_force("entry_support", on="2024-06-03")
OLD = "National Council"
NONE = "no source given"
MINUTES = (Basis(Mark.INFERRED, evidence=("S53",)),)


def changed(*edits: Edit, law: Process = LAW) -> Process:
    return Variant("v", law.id, Text("案", "proposal"), edits).apply(law)


def told(*edits: Edit) -> list[str]:
    return [change.text("en") for change in structure(LAW, changed(*edits))]


NORMS: dict[str, Edit] = {
    "value": SetParameter("elderly_age", 40),
    "value replaced": replace("parameter elderly_age", value=40),
    "reporter": Extend("event center_requested", "by", ("police",)),
    "reporters replaced": replace("event center_requested", by=("police", "probation_office")),
    "records": Extend("event center_requested", "records", ("offence",)),
    "condition": Require("support.request", holds("wishes_support")),
    "target": replace("transition support.request", target="declined"),
    "length": replace("deadline police_referral",
                      length=evolve(LAW.deadline("police_referral").length, amount=47)),
    "owner": replace("deadline police_referral", owner="court"),
    "holder": replace("state support.referred", holder="court"),
    "sight": Extend("fact age", "seen_by", ("family",)),
}  # fmt: skip


@pytest.mark.parametrize("edit", NORMS.values(), ids=NORMS)
def test_a_change_without_a_ground_says_so_and_cites_nothing_else(edit: Edit) -> None:
    lines = told(edit)
    assert lines
    assert all(line.endswith("([no source given])") for line in lines), lines
    ja = structure(LAW, changed(edit))[0].text("ja")
    assert ja.endswith("(〔典拠なし〕)")


@pytest.mark.parametrize("edit", NORMS.values(), ids=NORMS)
def test_a_change_with_a_ground_cites_that_alone(edit: Edit) -> None:
    lines = told(evolve(edit, basis=MINUTES))
    cited = basis_text(LAW, MINUTES[0], "en")
    assert lines
    assert all(line.endswith(f"({cited})") for line in lines), lines


def test_another_name_needs_no_source() -> None:
    law = changed(Relabel("event center_requested", Text("あ", "a")))
    assert law.event("center_requested").basis == LAW.event("center_requested").basis


def test_a_value_that_stays_keeps_its_sources_under_another_name() -> None:
    law = changed(Relabel("parameter elderly_age", Text("あ", "a")))
    assert law.parameter("elderly_age").basis == LAW.parameter("elderly_age").basis != ()


def test_what_asks_for_a_value_without_a_source_says_so() -> None:
    """The rule's own sources stand beside it; a limit whose length it is says it too."""
    law = changed(SetParameter("elderly_age", 40), SetParameter("extension_months_other", 9))
    assert [b.mark for b in law.parameter("elderly_age").basis] == [Mark.NONE]
    rule = law.machine("support").transition("request")
    assert rule.basis[:-1] == LAW.machine("support").transition("request").basis
    assert rule.basis[-1].about == "parameter elderly_age"
    limits = [d for d in law.deadlines if d.basis != LAW.deadline(d.id).basis]
    assert [d.basis[-1].about for d in limits] == ["parameter extension_months_other"] * len(limits)
    assert limits
    assert loads_process(dumps(law)) == law


def test_what_asks_for_a_value_that_a_policy_gives_a_source_cites_it() -> None:
    """As it does where there is none; and the days of that source are not those of the rule."""
    source = evolve(MINUTES[0], since=date(2024, 4, 1))
    law = changed(SetParameter("elderly_age", 40, basis=(source,)))
    about = evolve(MINUTES[0], about="parameter elderly_age")
    assert law.parameter("elderly_age").basis == (source,)
    rule = law.machine("support").transition("request")
    assert rule.basis == (*LAW.machine("support").transition("request").basis, about)
    (asked,) = (c for c in clauses(law, rule) if ("parameter", "elderly_age") in c.guard.mentions())
    assert own_grounds(asked, rule.basis) == (*asked.basis, about)
    again = changed(SetParameter("elderly_age", 41, basis=MINUTES), law=law)
    assert again.machine("support").transition("request").basis == rule.basis
    back = changed(SetParameter("elderly_age", 65), law=law).machine("support")
    assert [b.mark for b in back.transition("request").basis[-1:]] == [Mark.NONE]
    assert about not in back.transition("request").basis
    assert {(c.part, c.field) for c in structure(LAW, law)} == {("parameter", "value")}
    assert loads_process(dumps(law)) == law


@pytest.mark.parametrize(("provision", "told"), [("85(1)(vi)", 0), ("86-2(1)", 1)])
def test_a_provision_that_stands_in_one_cited_already_is_not_said_again(
    provision: str, told: int
) -> None:
    id = "undecided_release_qualifies"
    own = Basis(Mark.INFERRED, law="ora", provision=provision, evidence=("S53",))
    rules = changed(SetParameter(id, False, basis=(own,))).machine("aftercare").transitions
    asking = [r for r in rules if ("parameter", id) in r.guard.mentions()]
    assert asking
    assert [sum(bool(b.about) for b in r.basis) for r in asking] == [told] * len(asking)


def test_a_law_of_which_no_value_has_a_source_says_so_too() -> None:
    limit = evolve(PROCESS.deadlines[0], length=Length(param("days"), Unit.DAYS))
    law = evolve(PROCESS, parameters=(Parameter("days", T, 10),), deadlines=(limit,))
    (found,) = changed(SetParameter("days", 12), law=law).deadlines
    assert [(b.mark, b.about) for b in found.basis[len(limit.basis) :]] == [
        (Mark.NONE, "parameter days")
    ]


def test_a_ground_that_is_inferred_says_so_where_no_sign_is_explained() -> None:
    (source, *_) = LAW.sources
    said = [
        basis_text(LAW, Basis(mark, source.id, "1"), "ja") for mark in (Mark.READ, Mark.INFERRED)
    ]
    assert said[1] == f"{said[0]}〔推定〕"


def test_what_asks_for_a_fact_of_that_name_asks_for_no_value() -> None:
    law = evolve(PROCESS, parameters=(Parameter("age", T, 10),))
    changed_law = changed(SetParameter("age", 12), law=law)
    assert changed_law.machines == law.machines


def test_a_later_source_takes_the_place_of_none() -> None:
    law = changed(SetParameter("elderly_age", 40),
                  Extend("event center_requested", "by", ("police",)))  # fmt: skip
    mended = changed(
        SetParameter("elderly_age", 41, MINUTES),
        replace("event center_requested", by=("probation_office",), basis=MINUTES),
        law=law,
    )
    assert mended.parameter("elderly_age").basis == MINUTES
    assert [at for at, part in every_part(mended)
            for b in getattr(part, "basis", ()) if b.mark is Mark.NONE] == []  # fmt: skip


def test_what_was_set_without_a_source_says_so_under_a_later_change_too() -> None:
    """Of values and reporters that have none, the rules that ask for them are told anew; what a
    limit lacks itself is its own."""
    owner, age = replace("deadline police_referral", owner="prosecutor"), SetParameter("elderly_age", 40)  # fmt: skip
    first = changed(owner, age)
    later = changed(Relabel("event center_requested", Text("あ", "a")), law=first)
    said = first.deadline("police_referral").basis
    assert said[-1].mark is Mark.NONE
    assert later.deadline("police_referral").basis == said


def test_of_an_event_a_rule_is_told_who_reports_it_without_a_source_and_nothing_else() -> None:
    about = Basis(Mark.INFERRED, evidence=("S53",), about="parameter elderly_age")
    rule = LAW.machine("support").transition("request")
    law = changed(
        replace("transition support.request", basis=(*rule.basis, about)),
        Extend("event center_requested", "records", ("offence",)),
        Extend("event center_requested", "by", ("police",)),
        SetParameter("elderly_age", 40),
    )
    assert [b.about for b in law.event("center_requested").basis if b.mark is Mark.NONE] == [
        "records", "by police",
    ]  # fmt: skip
    told = law.machine("support").transition("request").basis[len(rule.basis) :]
    assert [(b.mark, b.about) for b in told] == [
        (Mark.INFERRED, "parameter elderly_age"), (Mark.NONE, "parameter elderly_age"),
        (Mark.NONE, "by police"),
    ]  # fmt: skip


OWN = (Basis(Mark.KNOWN, "civil_code", "4"),)
OF_AGE = (fact("age") >= 18).under(*OWN)
BRINGING = {
    "a condition": Require("support.request", OF_AGE),
    "one of two": Require("support.request", OF_AGE | holds("wishes_support").under(*OWN)),
    "who is told": Extend("event center_requested", "told", (Told("family", basis=OWN),)),
    "a hand-over": Extend("transition support.request", "shares",
                          (Share(("age",), "family", exception=OWN[0]),)),
    "a name": Extend("state support.referred", "called_when",
                     (CalledWhen(Text("あ", "a"), OF_AGE, OWN),)),
}  # fmt: skip


@pytest.mark.parametrize("edit", BRINGING.values(), ids=BRINGING)
def test_what_brings_its_own_ground_has_that_and_no_other(edit: Edit) -> None:
    assert _new(edit) == []
    [line] = told(edit)
    assert line.count("Civil Code art. 4") == line.count("art. ") > 0


def test_what_is_taken_away_beside_it_has_none() -> None:
    other = replace("event released", told=(Told("family", basis=OWN),))
    known = changed(Extend("event released", "told", (Told("provider", basis=OWN),)))
    law = changed(other, law=known)
    assert [b.about for b in law.event("released").basis if b.mark is Mark.NONE] == ["told"]


def test_composed_or_one_after_the_other_it_is_the_same() -> None:
    one = Variant("a", LAW.id, Text("あ", "a"), (SetParameter("elderly_age", 40),))
    other = Variant("b", LAW.id, Text("い", "b"),
                    (Extend("event center_requested", "by", ("police",)),))  # fmt: skip
    together = compose(one, other).apply(LAW)
    after = other.apply(one.apply(LAW))
    assert evolve(together, version="x", called=None) == evolve(after, version="x", called=None)


def test_every_shipped_change_of_a_rule_has_a_source() -> None:
    laws = [p for name in processes.names() for p in processes.versions(name)]
    laws += [processes.in_force(name, on=v.until or processes.get(name).since, place=v.place)
             for name in processes.names() for v in processes.variants(name)]  # fmt: skip
    assert len(laws) > 15
    assert [(law, at) for law in laws for at, part in every_part(law)
            for b in getattr(part, "basis", ()) if b.mark is Mark.NONE] == []  # fmt: skip


def test_none_is_no_source() -> None:
    with pytest.raises(DefinitionError, match="marked as having none"):
        Basis(Mark.NONE, "ccp", "1")
    fields = {a for edit in NORMS.values() for b in _new(edit) for a in (b.about.split(" ")[0],)}
    assert fields <= set(FIELDS)
    assert len(fields) > 7


def _new(edit: Edit) -> list[Basis]:
    return [b for _, part in every_part(changed(edit)) for b in getattr(part, "basis", ())
            if b.mark is Mark.NONE]  # fmt: skip


def test_a_refusal_a_sheet_and_the_commands_say_it(tmp_path: Path) -> None:
    edits = (SetParameter("elderly_age", 40), Extend("event center_requested", "by", ("police",)))
    law = changed(*edits)
    case = go(
        law.open(at="2024-06-03T09:00", facts={"age": 30, "disability": "none"}),
        ("consent_explained", "prosecutor", "2024-06-03T09:10",
         {"caveat_given": True, "onward_sharing_explained": True}),
        ("consent_given", "prosecutor", "2024-06-03T09:20", {"consent_recipients": {"center", "probation_office"}}),
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        case.step("center_requested", by="probation_office", at="2024-06-03T10:00",
                  facts={"po_regards_as_elderly": False,
                         "prioritised_subject": "yes"})  # fmt: skip
    assert f"policy 'age from which a person is elderly' [{NONE}]" in str(refused.value)
    line = next(x for x in checklist(law, "police", "en").splitlines() if "Center requested" in x)
    assert "no source given" in line
    file = tmp_path / "forty.toml"
    file.write_text('format = 1\nid = "v"\nprocess = "entry_support"\n'
                    'label = { ja = "案", en = "proposal" }\n[[edits]]\nset = "elderly_age"\n'
                    'value = 40\n', "utf-8")  # fmt: skip
    changed_law = f"entry_support@2024-06-03+{file}"
    code, said = run("diff", "entry_support@2024-06-03", changed_law, "--lang", "en")
    assert code == 1
    assert f"value: 65 → 40 ([{NONE}])" in said
    assert OLD not in said.split("2. What happens")[0]
    code, said = run("explain", changed_law, "center_requested", "--lang", "en")
    assert code == 0
    assert f"[elderly_age] = 40 ([{NONE}])" in said
    condition = said.partition("- age is at least 40")[2].partition("    - ")[0]
    assert f"policy 'age from which a person is elderly' [{NONE}]" in condition
    assert compare(LAW, law).changes[0].basis[0].mark is Mark.NONE
