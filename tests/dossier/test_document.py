"""The stable form: the same bytes, the first damaged entry named, and what is read is bounded."""

from __future__ import annotations

import json
import pickle
import random
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve

import diversion_flow.dossier as room
from diversion_flow import CallError, DefinitionError, DiversionFlowError, LoadError, processes
from diversion_flow.definition import (
    KEPT,
    History,
    Language,
    Process,
    SetParameter,
    Text,
    Variant,
)
from diversion_flow.definition.files.data_file import parse
from diversion_flow.dossier import (
    Damaged,
    Dossier,
    Entry,
    EntryKind,
    Said,
    dump_dossier,
    dump_entry,
    first_digest,
    load_dossier,
    load_entry,
    load_heading,
    next_digest,
)
from diversion_flow.dossier.form import _READ, _plainly, entry_to_data
from helpers.dossier_schema import schema
from helpers.dossiers import COURSE, LAW, desk, entry
from helpers.goldens import golden
from helpers.places import GOLDEN
from helpers.small import PROCESS

HISTORY = processes.history("entry_support")
VARIED = Variant("own", "entry_support", Text("提案", "proposed"),
                 (SetParameter("elderly_age", 60),)).apply(LAW)  # fmt: skip
NAMED_ANEW = Variant("named", "entry_support", Text("県の案", "a prefecture's"), ())
FIRST = 6  # lines before the first entry
SCHEMA = jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())


@cache
def whole() -> Dossier:
    """A dossier with an entry of each kind."""
    later: dict[str, Any] = {"recorded": "2024-06-07T09:00", "office": "prosecutor", "user": "abe"}
    dossier = desk(HISTORY).make_irregular(
        "consent", Said("the paper does not name the Center", note="写し\n二通", references=("検25-1",),
                       id="marked", **later),
        transition="consent.consent", responsible="prosecutor",
    )  # fmt: skip
    dossier = dossier.withdraw("flagged", Said("another person", id="gone", **later))
    moved = Entry(
        kind=EntryKind.MIGRATION, happened="2024-06-07T08:00", to=processes.in_force(
            "entry_support", on="2024-06-03", place="osaka"), rule=KEPT, id="moved",
        recorded="2024-06-07T09:00", office="prosecutor",
    )  # fmt: skip
    return dossier.record(moved)


@cache
def document() -> str:
    return dump_dossier(whole())


def small() -> Dossier:
    """An entry of each kind under a law that the document carries with it, so that no mended law
    changes what this release wrote."""
    said: dict[str, Any] = {"office": "worker", "user": "佐藤"}
    rows = (
        Entry(kind=EntryKind.OPENING, happened="2024-06-03", recorded="2024-06-03", id="opened", **said),
        entry("consented", "worker", "2024-06-03T10:00", facts={"recipients": ["partner"]}, id="a"),
        entry("helped", "worker", "2024-06-04T09:00", facts={"age": 71}, note="写し\n二通", place=1,
              references=["検25-1"]),
    )  # fmt: skip
    dossier = Dossier("小-1", PROCESS).record(*rows)
    dossier = dossier.correct(rows[2].id, facts={"age": 72}, why=Said("生年月日の誤り", recorded="2024-06-05", office="worker", id="corrected"))  # fmt: skip
    dossier = dossier.make_irregular(
        "a", transition="consent.give", responsible="worker", why=Said("署名がない", recorded="2024-06-05", office="worker", id="marked"))  # fmt: skip
    finished = entry("finished", "partner", "2024-06-06", id="gone", facts={"content": True})
    later = evolve(PROCESS, version="2")
    moved = Entry(kind=EntryKind.MIGRATION, happened="2024-06-07", recorded="2024-06-07", to=later,
                  rule=KEPT, id="moved", **said)  # fmt: skip
    dossier = dossier.record(finished).withdraw(
        "gone", why=Said("別の人", recorded="2024-06-06", office="partner", id="withdrawn")
    )
    return dossier.record(moved)


def test_this_release_writes_it_so() -> None:
    golden("dossier_1.json", dump_dossier(small()))


@pytest.mark.parametrize("name", ["dossier_1.json"])  # one of each release that wrote another form
def test_what_a_release_wrote_is_read(name: str) -> None:
    text = (GOLDEN / name).read_text("utf-8")
    again = load_dossier(text)
    assert again == small()
    assert again.case == small().case
    assert again.case.states == {"main": "helped", "consent": "given"}
    assert set(again.case.marked) == {"consent"}
    assert again.case.process.version == "2"
    assert again.case.facts["age"] == 72
    SCHEMA.validate(json.loads(text))


def test_out_and_in_again_it_is_the_same() -> None:
    assert load_dossier(document()) == whole()
    assert load_dossier(document()).case == whole().case
    assert dump_dossier(load_dossier(document())) == document()
    assert load_dossier(document()).case.process.version == "ACT_2023_12+osaka_2022_04"


def test_the_chain_is_as_it_is_told() -> None:
    kept = json.loads(document())
    heading = Dossier("c1", HISTORY).heading
    assert load_heading(heading) == ("c1", HISTORY)
    assert json.loads(heading) == kept["heading"]
    digest = first_digest(heading)
    assert kept["digest"] == digest
    for row, one in zip(kept["entries"], whole().entries, strict=True):
        digest = next_digest(digest, dump_entry(one))
        assert (row["digest"], load_entry(dump_entry(one))) == (digest, one)
    assert (kept["head"], kept["count"]) == (digest, len(whole().entries))


def test_an_empty_dossier_is_kept_too() -> None:
    empty = Dossier("c1", LAW)
    assert load_dossier(dump_dossier(empty)) == empty
    assert json.loads(dump_dossier(empty))["count"] == 0


# -- the law ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "law",
    [
        LAW,
        HISTORY,
        processes.history("entry_support", "osaka"),
        processes.in_force("entry_support", on="2024-06-03", place="osaka"),
        processes.in_force("entry_support", on="2027-06-03", assume={"act_82_2025": "2026-12-09"}),
        processes.get("special_coordination"),
        PROCESS,
        History(HISTORY.versions[:2], HISTORY.amendments[:1]),
        VARIED,
        NAMED_ANEW.apply(VARIED),
        History((HISTORY.versions[0], NAMED_ANEW.apply(HISTORY.versions[1])), ((KEPT,),)),
        Variant("named", PROCESS.id, Text("案", "a draft"), ()).apply(PROCESS),
    ],
    ids=["process", "history", "place's history", "place", "draft", "other", "own", "own history",
         "variant", "variant of a variant", "history of variants", "variant of one's own"],
)  # fmt: skip
def test_the_law_is_found_again(law: Any) -> None:
    again = load_dossier(dump_dossier(Dossier("c1", law)))
    assert again.law == law
    SCHEMA.validate(json.loads(dump_dossier(again)))


def test_a_history_too_large_to_be_read_again_is_not_kept() -> None:
    renamed = [evolve(law, called=evolve(law.label, en="mine")) for law in HISTORY.versions]
    with pytest.raises(DefinitionError) as refused:
        dump_dossier(Dossier("c1", History(tuple(renamed), HISTORY.amendments)))
    assert refused.value.code == "law_too_large"


def test_a_law_that_a_variant_made_is_kept_as_the_variant() -> None:
    text = dump_dossier(Dossier("c1", VARIED))
    named = json.loads(text)["heading"]["law"]["variant"]
    assert len(text) < 2_000
    assert (*named["of"], len(named["edits"]["edits"])) == ("shipped", 1)
    assert dump_dossier(load_dossier(text)) == text
    assert dump_dossier(pickle.loads(pickle.dumps(Dossier("c1", VARIED)))) == text
    for wrong, field in (("digest", "variant"), ("edits", "variant.edits"), ("of", "variant.of")):
        heading = json.loads(text)["heading"]
        there = heading["law"]["variant"]
        there[wrong] = {"digest": "0" * 12, "edits": {"id": 1}, "of": json.loads(
            Dossier("c1", HISTORY).heading)["law"]}[wrong]  # fmt: skip
        with pytest.raises(LoadError) as caught:
            load_heading(json.dumps(heading))
        assert caught.value.field.startswith(f"law.{field}")
    there |= {"of": named["of"], "digest": "0" * 12}
    assert load_heading(json.dumps(heading), law={"0" * 12: VARIED}) == ("c1", VARIED)
    there |= {"of": {"none": {}}}
    with pytest.raises(LoadError) as caught:
        load_heading(json.dumps(heading))
    assert caught.value.field == "law.variant.of"


def test_a_history_of_shipped_versions_names_them() -> None:
    own = evolve(HISTORY, amendments=((KEPT,),) * len(HISTORY.amendments))
    text = dump_dossier(Dossier("c1", own))
    assert len(text) < 10_000
    assert load_dossier(text).law == own


def test_a_law_that_is_another_by_now_is_refused_or_given() -> None:
    text = dump_dossier(Dossier("c1", LAW))
    kept = json.loads(text)["heading"]["law"]["shipped"]["digest"]
    other = damaged_heading(text, kept, "0" * 12)
    with pytest.raises(LoadError) as caught:
        load_dossier(other)
    assert caught.value.code == "law_another"
    assert caught.value.place.startswith("<dossier>:2: law.shipped")
    assert load_dossier(other, law=LAW) == Dossier("c1", LAW)


LANGUAGES: tuple[Language, ...] = ("ja", "en")


@pytest.mark.parametrize(
    ("law", "old", "new"),
    [
        (LAW, '"id":"entry_support"', '"id":"entry_help"'),
        (LAW, '"version":"', '"version":"later_'),
        (LAW, '"on":"2', '"on":"1'),
        (LAW, '"digest":', '"place":"atlantis","digest":'),
        (LAW, '"digest":', '"assume":{"act_9":"2030-04-01"},"digest":'),
        (HISTORY, '"id":"entry_support"', '"id":"entry_help"'),
        (HISTORY, '"],"digest"', '","abcdefabcdef"],"digest"'),
    ],
)
def test_a_law_that_is_not_shipped_is_told_as_such_and_may_be_given(
    law: Process | History, old: str, new: str
) -> None:
    heading = Dossier("c1", law).heading
    other = heading.replace(old, new, 1)
    assert other != heading
    with pytest.raises(LoadError) as caught:
        load_heading(other)
    assert caught.value.code == "law_gone"
    assert load_heading(other, law={caught.value.values["digest"]: law}) == ("c1", law)


def test_of_a_history_the_version_is_named_that_is_another_by_now() -> None:
    heading = Dossier("c1", HISTORY).heading
    kept = json.loads(heading)["law"]["shipped_history"]
    other = heading.replace(kept["versions"][2], "0" * 12).replace(kept["digest"], "1" * 12)
    with pytest.raises(LoadError) as caught:
        load_heading(other)
    assert caught.value.code == "law_another"
    assert caught.value.values["version"] == HISTORY.versions[2].version


@pytest.mark.parametrize("law", [LAW, HISTORY], ids=["process", "history"])
def test_each_law_that_is_another_by_now_is_given_by_its_digest(law: Process | History) -> None:
    text = dump_dossier(Dossier("c1", law))
    (named,) = json.loads(text)["heading"]["law"].values()
    other = damaged_heading(text, named["digest"], "0" * 12)
    with pytest.raises(LoadError) as caught:
        load_dossier(other, law={named["digest"]: law})
    digest = caught.value.values["digest"]
    assert load_dossier(other, law={digest: law, "1" * 12: PROCESS}) == Dossier("c1", law)
    for lang in LANGUAGES:  # the remedy is what helps
        assert "law=" in caught.value.text(lang)
    wrong = HISTORY if law is LAW else LAW
    with pytest.raises(LoadError):  # a process is no history
        load_dossier(other, law={digest: wrong})
    with pytest.raises(CallError):
        load_dossier(text, law={digest: "law"})  # type: ignore[dict-item]


def test_a_law_to_which_a_case_went_over_is_given_by_its_digest() -> None:
    later = processes.in_force("entry_support", on="2024-06-03", place="osaka")
    entry = Entry(
        kind=EntryKind.MIGRATION, happened="2024-06-03", recorded="2024-06-03", to=later,
        rule=KEPT, id="m",
    )  # fmt: skip
    kept = json.loads(dump_entry(entry))["to"]["shipped"]["digest"]
    line = dump_entry(entry).replace(kept, "0" * 12)
    with pytest.raises(LoadError) as caught:
        load_entry(line)
    assert caught.value.values["digest"] == "0" * 12
    assert load_entry(line, law={"0" * 12: later}) == entry


@pytest.mark.parametrize(
    "line",
    [
        dump_entry(desk().entries[1]), " {}", "{} ", '{"a":1,"a":2}', '{"a":1.5}', '{"a":NaN}',
        '{"a":' + "9" * 19 + "}", '{"a":' + "[" * 64 + "]" * 64 + "}", "[1]", "", '{"a"', "{" * 70,
        '{"a":"\\ud800"}', '{"a":"' + "x" * 100_000 + '"}', '{"a":[{"b":-12}]}',
    ],
)  # fmt: skip
def test_a_line_that_is_read_at_one_go_is_what_a_careful_reader_reads(line: str) -> None:
    found = _plainly(line)
    assert found is None or found == json.loads(line)
    try:
        careful = parse(line, "<entry>", "json").data
    except LoadError:
        careful = None
    assert found in (careful, None)


@pytest.mark.parametrize("name", _READ)
def test_what_a_careful_reader_refuses_is_not_read_at_one_go(name: str) -> None:
    """Whatever stands in one field: the same entry, or none."""
    plain = entry_to_data(desk().entries[1])
    moments = ("2024-06-03T10:00", "2024-06-03T10:00+09:00", "2024-06-03T10:300  +09:00")
    dated = ({"a": {"date": "2024-06-03"}}, {"a": {"datetime": "2024-06-03"}}, {"a": {"b": 1}})
    for value in (None, 5, True, [], ["a"], {}, {"a": "b"}, "", "x", "\ud800", "x" * 201,
                  {"a": None, "b": ["c"]}, *moments, *dated):  # fmt: skip
        line = json.dumps(plain | {name: value})
        careful = read_or_refused(partial(load_entry, line + " "))  # not as we write it
        assert read_or_refused(partial(load_entry, line)) == careful


def read_or_refused(read: Callable[[], Entry]) -> Entry | str:
    """The entry, or why it is none."""
    try:
        return read()
    except LoadError as error:
        return str(error)


def test_whatever_was_recorded_can_be_read_again() -> None:
    """Long texts, of which no file of a law would hold so many."""
    dossier, recorded = desk(), desk().entries[-1].recorded
    for number in range(80):
        why = Said("理由" * 5_000, recorded=recorded, office="police", id=f"m{number}",
                   references=("[,{" * 66,) * 250)  # fmt: skip
        dossier = dossier.correct(dossier.standing[-1].id, why)
    assert load_dossier(dump_dossier(dossier)) == dossier


def test_a_history_that_has_grown_is_the_same() -> None:
    """A later release ships one amendment more."""
    text, law = (
        dump_dossier(Dossier("c1", HISTORY)),
        json.loads(Dossier("c1", HISTORY).heading)["law"],
    )
    shorter = History(HISTORY.versions[:-1], HISTORY.amendments[:-1])
    from diversion_flow.dossier.law import _whole

    kept = law["shipped_history"]
    versions = json.dumps(kept["versions"], separators=(",", ":"))
    fewer = json.dumps(kept["versions"][:-1], separators=(",", ":"))
    old = damaged_heading(text, versions, fewer)
    old = damaged_heading(old, kept["digest"], _whole(shorter))
    assert load_dossier(old).law == HISTORY
    with pytest.raises(LoadError):
        load_dossier(damaged_heading(old, _whole(shorter), "0" * 12))


def damaged_heading(text: str, old: str, new: str) -> str:
    """The document with another heading, its chain made anew."""
    lines = text.replace(old, new, 1).split("\n")
    heading = lines[1].removeprefix('"heading":').removesuffix(",")
    assert lines[3] == '"count":0,'
    lines[2] = f'"digest":"{first_digest(heading)}",'
    lines[4] = f'"head":"{first_digest(heading)}",'
    return "\n".join(lines)


# -- damages ---------------------------------------------------------------------------------------


def number_of(text: str, place: int) -> int:
    """The entry that stands at a place of the text; 0 for the lines around."""
    line = text.count("\n", 0, place)
    return line - FIRST + 1 if FIRST <= line < FIRST + len(whole().entries) else 0


def named(text: str) -> int:
    """The entry that is named as the first damaged one."""
    with pytest.raises(Damaged) as caught:
        load_dossier(text)
    assert caught.value.text("ja") != str(caught.value)
    return caught.value.number


def test_one_flipped_bit_is_found_at_its_entry() -> None:
    rnd, data = random.Random(20261126), document().encode()
    for _ in range(2_000):
        place, bit = rnd.randrange(len('{"format":1'), len(data)), 1 << rnd.randrange(8)
        flipped = bytearray(data)
        flipped[place] ^= bit
        before = data[:place].decode(errors="ignore")
        assert named(flipped.decode(errors="surrogateescape")) == number_of(document(), len(before))


def test_every_tail_that_is_cut_is_found() -> None:
    for place in range(len(document())):
        with pytest.raises(LoadError):
            load_dossier(document()[:place])
    lines = document().split("\n")
    for kept in range(len(whole().entries)):
        cut = "\n".join([*lines[: FIRST + kept], "]}", ""])
        assert named(cut) == kept + 1


def cut(rows: list[str], rnd: random.Random) -> tuple[list[str], int]:
    at = rnd.randrange(len(rows))
    return [*rows[:at], *rows[at + 1 :]], at + 1


def swapped(rows: list[str], rnd: random.Random) -> tuple[list[str], int]:
    one, other = sorted(rnd.sample(range(len(rows)), 2))
    moved = list(rows)
    moved[one], moved[other] = rows[other], rows[one]
    return moved, one + 1


def doubled(rows: list[str], rnd: random.Random) -> tuple[list[str], int]:
    at = rnd.randrange(len(rows))
    return [*rows[: at + 1], rows[at], *rows[at + 1 :]], at + 2


def edited(rows: list[str], rnd: random.Random) -> tuple[list[str], int]:
    at = rnd.randrange(len(rows))
    row = json.loads(rows[at])
    row["entry"]["note"] = str(rnd.random())
    return [*rows[:at], json.dumps(row, separators=(",", ":")), *rows[at + 1 :]], at + 1


def foreign(rows: list[str], rnd: random.Random) -> tuple[list[str], int]:
    at = rnd.randrange(len(rows))
    others = dump_dossier(Dossier("c2", HISTORY, whole().entries)).split("\n")[FIRST:-2]
    return [*rows[:at], others[at].removesuffix(","), *rows[at + 1 :]], at + 1


@pytest.mark.parametrize("damage", [cut, swapped, doubled, edited, foreign])
def test_the_first_damaged_entry_is_named(
    damage: Callable[[list[str], random.Random], tuple[list[str], int]],
) -> None:
    rnd, lines = random.Random(20261126), document().split("\n")
    rows = [line.removesuffix(",") for line in lines[FIRST:-2]]
    for _ in range(200):
        found, first = damage(rows, rnd)
        commas = [*(f"{row}," for row in found[:-1]), found[-1]]
        assert named("\n".join([*lines[:FIRST], *commas, "]}", ""])) == first


def test_what_was_put_behind_the_last_entry_is_named_and_not_that() -> None:
    lines = document().split("\n")
    for behind in (lines[-3], lines[FIRST]):
        assert named("\n".join([*lines[:-2], behind, *lines[-2:]])) == len(lines) - FIRST - 1


def test_a_chain_made_anew_does_not_fit_the_last_digest() -> None:
    """Who changes an entry and every digest behind it is found by the head, which lies apart."""
    changed = evolve(whole().entries[3], note="x")
    entries = (*whole().entries[:3], changed, *whole().entries[4:])
    forged, lines = (
        dump_dossier(Dossier("c1", HISTORY, entries)).split("\n"),
        document().split("\n"),
    )
    assert named("\n".join([*lines[:FIRST], *forged[FIRST:]])) == 0


@pytest.mark.parametrize("count", [0, 3, 12, 99_999_999])
def test_a_count_that_is_wrong_is_found(count: int) -> None:
    there = f'"count":{len(whole().entries)},'
    assert there in document()
    assert named(document().replace(there, f'"count":{count},')) == 0


# -- bounds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[", '{"format":1,', "x" * 2_000_001, "あ" * 700_000, "\ud800",
     "\n" * 100_000, '{"format":1,\n"heading":{' + "[" * 100_000],
    ids=range(9),
)  # fmt: skip
def test_what_is_no_dossier_is_refused(text: str) -> None:
    with pytest.raises(LoadError):
        load_dossier(text)


def test_a_form_of_a_later_release_is_refused_as_such() -> None:
    with pytest.raises(LoadError) as caught:
        load_dossier(document().replace('{"format":1,', '{"format":2,', 1))
    assert caught.value.code == "format_number"


def test_any_line_gives_an_entry_or_a_plain_refusal() -> None:
    """Nothing of what it says is repeated."""
    rnd, lines = random.Random(20261126), [dump_entry(one) for one in whole().entries]
    secret, refused = "秘密の住所", list[str]()
    for _ in range(1_500):
        data = json.loads(rnd.choice(lines))
        _spoil(data, rnd, secret)
        try:
            assert isinstance(load_entry(json.dumps(data)), Entry)
        except DiversionFlowError as error:
            if not error.field.startswith(("to", "rule")):  # a law is no content of a case
                refused.append(error.text("ja") + str(error) + repr(error))
    assert len(refused) > 500
    assert [said for said in refused if secret in said] == []


def _spoil(data: dict[str, Any], rnd: random.Random, secret: str) -> None:
    wrong: Any = rnd.choice(
        [secret, 7, None, True, 1.5, 10**30, [], [secret], {}, {secret: 1}, {"date": secret},
         {"shipped": {"id": secret}}, {"transition": secret}, {"parameter": "x"}, "\ud800", ""]
    )  # fmt: skip
    name = rnd.choice([*data, "facts", "since", "states", "irregular", "rule", "to", "place"])
    if isinstance(data.get(name), dict) and data[name] and rnd.random() < 0.5:
        _spoil(data[name], rnd, secret)
    elif rnd.random() < 0.2:
        data.pop(name, None)
    else:
        data[name] = wrong


def test_every_value_of_a_fact_comes_back() -> None:
    from datetime import date, datetime

    one = entry(
        "arrested", "police", "2024-06-03T10:00:00.000001",
        facts={"a": True, "b": 3, "c": "x", "d": date(2024, 2, 29), "g": None,
               "e": datetime(2024, 6, 3, 10), "f": ["p", "q"], "h": ()},
    )  # fmt: skip
    assert load_entry(dump_entry(one)) == one


# -- for other programs ----------------------------------------------------------------------------


def test_the_shipped_schema_is_up_to_date() -> None:
    file = Path(room.__file__).parent / "dossier.schema.json"
    golden(file, json.dumps(schema(), indent=1) + "\n")
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_schema_accepts_what_we_write_and_refuses_what_no_entry_says() -> None:
    SCHEMA.validate(json.loads(document()))
    for number in range(len(COURSE)):
        wrong = json.loads(document())
        del wrong["entries"][number]["entry"]["happened"]
        assert not SCHEMA.is_valid(wrong)
