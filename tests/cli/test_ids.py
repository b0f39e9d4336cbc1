"""Ids that are printed can be pasted: into an edit, a story, another command."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random

import pytest
from attrs import evolve

from diversion_flow import processes
from diversion_flow.cli.ids import every_id, tell_event
from diversion_flow.definition import CalledWhen, Relabel, Text, UnknownId, Variant, fact
from diversion_flow.definition.process import KINDS, Share, every_part
from helpers.commands import run
from helpers.goldens import golden
from helpers.listed_ids import listed
from helpers.means import means
from helpers.places import ROOT
from helpers.small import LAW as GROUND
from helpers.small import MAIN, T, with_main
from runtime.test_duties import owing
from runtime.test_told import WRITTEN, telling

LAW = processes.get("entry_support")


def test_every_part_of_a_law_is_printed_as_an_edit_names_it() -> None:
    found = list(every_id(LAW))
    assert len(found) == len(list(every_part(LAW))) > 500
    assert {id.kind for id in found} == set(KINDS)
    named = [id for id in found if id.kind != "transition"]  # a rule is named by its event
    edits = tuple(Relabel(id.address, Text("新", "new")) for id in named)
    changed = Variant("v", LAW.id, Text("あ", "a"), edits).apply(LAW)
    assert {part.label.en for at, part in every_part(changed) if at[-1][0] != "transition"} == {
        "new"
    }


def test_ids_are_printed_one_a_line_of_the_kinds_asked_for() -> None:
    code, said = run("ids", "entry_support@2024-06-03", "parameter", "transition", "--lang", "en")
    lines = said.splitlines()
    assert code == 0
    assert re.match(r"parameter elderly_age +age from which a person is elderly", lines[0])
    assert {line.split()[0] for line in lines} == {"parameter", "transition"}
    assert any(line.startswith("transition support.request ") for line in lines)
    rows = json.loads(run("ids", "entry_support", "--json")[1])
    assert len(rows) == len(list(every_id(LAW)))
    code, said = run("ids", "entry_support", "evnt", "--lang", "en")
    assert code == 2
    assert "nearest: event" in said


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("event", "再逮捕"), ["event rearrested"]),
        (("transition", "REQUEST", "support.r"), ["transition support.request"]),
        (("elderly", "ＡＧＥ", "limit"), ["parameter elderly_age_is_strict"]),
    ],
)
def test_ids_are_found_by_words_in_them_or_in_their_names(
    words: tuple[str, ...], found: list[str]
) -> None:
    code, said = run("ids", "entry_support@2024-06-03", *words)
    assert (code, [re.split(r" {2,}", line)[0] for line in said.splitlines()]) == (0, found)


def test_what_no_id_and_no_name_has_is_refused() -> None:
    for words, told in ((("event", "elderly_age"), "event elderly_age"), (("event", "xyz"), "xyz")):
        code, said = run("ids", "entry_support@2024-06-03", *words, "--lang", "en")
        assert (code, f"no part '{told}'" in said) == (2, True)


def test_explain_names_everything_by_its_id() -> None:
    code, said = run("explain", "entry_support@2024-06-03", "center_requested", "--lang", "en")
    assert code == 0
    for id in ("center_requested", "probation_office", "support.request", "not_started", "referred",
               "age", "center_request", "elderly_age"):  # fmt: skip
        assert f"[{id}]" in said, id
    assert "[elderly_age] = 65 (National Council of Centers" in said


@pytest.mark.parametrize("name", processes.names())
def test_the_page_of_a_process_lists_its_ids(name: str) -> None:
    """After a change of the law: pytest --renew-goldens."""
    page: Path = ROOT / "docs" / "processes" / f"{name}.md"
    text = page.read_text("utf-8")
    law = listed(processes.get(name))
    golden(page, re.sub(r"(?s)<!-- ids -->.*<!-- /ids -->",
                        lambda _: f"<!-- ids -->\n{law}\n<!-- /ids -->", text))  # fmt: skip
    for part in (*processes.get(name).events, *processes.get(name).deadlines):
        assert f"| `{part.id}` |" in law


def test_every_id_is_explained_or_told_of_what_kind_it_is() -> None:
    assert run("explain", LAW.id, "support.request") == run("explain", LAW.id, "center_requested")
    events = {event.id for event in LAW.events}
    strange = [id for id in every_id(LAW) if id.kind != "transition" and id.id not in events]
    assert len(strange) > 300
    for id in strange[::5]:  # some of each kind
        with pytest.raises(UnknownId, match=f"there is the .* '{id.id}'"):
            LAW.event(id.id)


def test_an_event_that_is_nobodys_to_report_is_told_as_that() -> None:
    law = owing()
    nobodys = evolve(law.event("answered"), by=())
    for lang, told in (("ja", "報告できる機関はありません。"), ("en", "No agency may report 'a'.")):
        assert list(tell_event(law, nobodys, lang))[1].endswith(told)


def test_an_event_tells_who_is_told_and_which_duty_it_meets() -> None:
    law = evolve(owing(), papers=telling().papers)
    events = tuple(evolve(e, told=(WRITTEN,)) if e.id == "answered" else e for e in law.events)
    answered = evolve(law, events=events)
    lines = list(tell_event(answered, answered.event("answered"), "en"))
    assert "  a is told ('a'; a art. 1) [partner]" in lines
    assert "  meets the duty: a [answer]" in lines


def test_an_event_tells_what_it_does_to_limits_what_is_handed_over_and_how_it_is_called() -> None:
    law = means(Random(1))
    bedded = evolve(law, events=tuple(
        evolve(e, called_when=(CalledWhen(T, fact("age") < 60, GROUND),)) for e in law.events
    ))  # fmt: skip
    lines = {e.id: list(tell_event(bedded, e, "en")) for e in bedded.events}
    for limit in bedded.deadlines:
        for does, events in (
            ("begins the limit", getattr(limit.start, "events", ())),
            ("renews the limit", [e for renewal in limit.renewals for e in renewal.events]),
            ("meets the duty", limit.met_by),
            ("is when the limit is judged", limit.before.events if limit.before else ()),
            ("comes about by law as the limit runs out", filter(None, (limit.on_expiry,))),
        ):
            for event in events:
                assert f"  {does}: a [{limit.id}]" in lines[event]
    assert "  renews the limit: a [remand]" in lines["prolonged"]
    named = lines["helped"].index("  name by the facts: 'a' (a is below 60)")
    assert lines["helped"][named + 1].startswith("    § a art. 1 <https:")


def test_a_rule_tells_what_is_handed_over_to_whom_and_on_which_ground() -> None:
    shares = (Share(("age",), "partner"), Share(("content",), "partner", GROUND[0]))
    (helps, *rest) = MAIN.transitions
    handing = with_main(transitions=(evolve(helps, shares=shares), *rest))
    lines = list(tell_event(handing, handing.event("helped"), "en"))
    at = lines.index("    Hand to a (with consent): a [partner] [age]")
    assert lines[at + 1 : at + 3] == [
        "    Hand to a (a art. 1): a [partner] [content]", "      § a art. 1",
    ]  # fmt: skip


def test_a_provision_leads_to_where_it_can_be_read() -> None:
    code, said = run("explain", "entry_support", "detained", "--lang", "en")
    assert code == 0
    assert (
        "§ CCP art. 207, 60(1) <https://laws.e-gov.go.jp/law/323AC0000000131?occasion_date=" in said
    )
    assert "#Mp-At_207>" in said
    read = processes.get("entry_support").source("ccp")
    assert f"\n  CCP: {read.revision.en if read.revision else ''}, read on {read.read_on}\n" in said
