"""What is wrong with a scenario file: told with file, line, field and remedy, in both languages,
when it is read or when it is played; never by an error of another kind, and never late."""

from __future__ import annotations

import pickle
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from diversion_flow import CallError, DiversionFlowError, LoadError, UnknownId, processes
from diversion_flow.scenarios import load, play, read, shipped, story_names
from diversion_flow.scenarios.form import MOST
from helpers.effort import readings

STORY = """\
id = "x"
process = "entry_support"
on = 2024-06-03
[[open]]
at = "09:00"
facts = { age = 71 }
[[step]]
at = "2024-06-03T10:00"
event = "arrested"
by = "police"
states = { custody = "arrested" }
"""
AT, EVENT, BY = 'at = "2024-06-03T10:00"', 'event = "arrested"', 'by = "police"'
ON, OPEN, FACTS = "on = 2024-06-03", 'at = "09:00"', "facts = { age = 71 }"
STATES = 'states = { custody = "arrested" }'

# What is written instead, the line and the field that are told of it.
WRONG = {
    "words for a time": (AT, 'at = "9 o clock"', 8, "step[0].at"),
    "an hour in words": (AT, 'at = "+1 hour"', 8, "step[0].at"),
    "an endless time": (AT, 'at = "+999999999999d"', 8, "step[0].at"),
    "no time at all": (AT, 'at = "+"', 8, "step[0].at"),
    "an hour that no clock has": (AT, 'at = "+1d 25:00"', 8, "step[0].at"),
    "a day that no calendar has": (AT, 'at = "2024-02-30T10:00"', 8, "step[0].at"),
    "a number for a moment": (AT, "at = 9", 8, "step[0].at"),
    "a time without a day": (AT, "at = 10:00:00", 8, "step[0].at"),
    "no moment": (AT, "", 7, "step[0].at"),
    "an opening after nothing": (OPEN, 'at = "+1d"', 5, "open[0].at"),
    "an opening at no time": (OPEN, 'at = "25:00"', 5, "open[0].at"),
    "a case that was not opened": (BY, f'{BY}\ncase = "other"', 11, "step[0].case"),
    "a case opened twice": ("[[step]]", "[[open]]\n[[step]]", 7, "open[1].case"),
    "nothing opened": ("[[open]]", "[[step]]", None, "open"),
    "a field of a step": (EVENT, 'evnet = "arrested"', 9, "step[0].evnet"),
    "a field of the story": ('id = "x"', 'idd = "x"', 1, "idd"),
    "a field like no other": ('id = "x"', 'id = "x"\nquux = 1', 2, "quux"),
    "a day in words": (ON, 'on = "soon"', 3, "on"),
    "a number for a day": (ON, "on = 2024", 3, "on"),
    "a moment for a day": (ON, "on = 2024-06-03T10:00:00", 3, "on"),
    "a number for a word": ('id = "x"', "id = 3", 1, "id"),
    "a word for facts": (FACTS, 'facts = "71"', 6, "open[0].facts"),
    "a list for facts": (BY, f"{BY}\nfacts = [1]", 11, "step[0].facts"),
    "a number for words": (STATES, "refused = 3", 11, "step[0].refused"),
    "no reason there is": (STATES, 'refused = ["no_consnet"]', 11, "step[0].refused"),
    "a number for a state": (STATES, "states = { custody = 3 }", 11, "step[0].states.custody"),
    "words for a last day": (
        STATES, 'deadlines = { police_referral = "soon" }', 11, "step[0].deadlines.police_referral",
    ),
    "a number for what is seen": (STATES, "sees = { police = 3 }", 11, "step[0].sees.police"),
    "a word for what is seen": (STATES, 'sees = "police"', 11, "step[0].sees"),
    "a law that the story does not name": (
        STATES, "under = { osaka = { refused = [] } }", 11, "step[0].under.osaka",
    ),
    "a word for yes": (EVENT, 'advance = "yes"', 9, "step[0].advance"),
    "an event and the passing of time": (EVENT, f"{EVENT}\nadvance = true", 7, "step[0]"),
    "neither": (EVENT, "", 7, "step[0]"),
    "nobody who reports": (BY, "", 7, "step[0].by"),
    "an origin of another kind": (BY, f'{BY}\norigin = "rumour"', 11, "step[0].origin"),
    "one language of a text": (BY, f'{BY}\nnote = {{ ja = "あ" }}', 11, "step[0].note.en"),
    "an attempt by nobody": (BY, f'{BY}\ntry = [{{ event = "released" }}]', 11, "step[0].try[0].by"),
    "no name": ('id = "x"', 'id = " "', 1, "id"),
    "no process": ('"entry_support"', '""', 2, "process"),
    "a place without a name": (ON, f'{ON}\nunder = [{{ place = "" }}]', 4, "under[0].place"),
    "no variant file": (ON, f'{ON}\nunder = [{{ variant = "" }}]', 4, "under[0].variant"),
    "a law named twice": (ON, f"{ON}\nunder = [{{}}, {{}}]", 4, "under[1]"),
    "an event of no name": (EVENT, 'event = ""', 9, "step[0].event"),
    "states of nothing": (STATES, "states = {}", 11, "step[0].states"),
    "limits of nothing": (STATES, "deadlines = {}", 11, "step[0].deadlines"),
    "refused for nothing": (STATES, "refused = []", 11, "step[0].refused"),
    "seen: nothing": (STATES, "sees = { police = [] }", 11, "step[0].sees.police"),
    "hidden: nothing": (STATES, 'hidden = { police = "" }', 11, "step[0].hidden.police"),
    "nothing still possible": (STATES, "still_possible = []", 11, "step[0].still_possible"),
    "nothing tried": (STATES, "try = []", 11, "step[0].try"),
    "under no law": (STATES, "under = {}", 11, "step[0].under"),
    "nothing under a law": (STATES, "under = { base = {} }", 11, "step[0].under.base"),
    "because of nothing": (
        STATES, 'refused = "no_consent"\nbecause = {}', 12, "step[0].because",
    ),
    "a reason of no kind": (
        STATES, 'refused = "no_consent"\nbecause = { fact = ["age"] }', 12, "step[0].because.fact",
    ),
    "steps that are none": ("[[step]]", "[sources]", None, "step"),
    "the same twice": (EVENT, f"{EVENT}\n{EVENT}", 10, ""),
    "no TOML": (EVENT, "event = ", 9, ""),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_when_read_names_line_and_field(name: str) -> None:
    old, new, line, field = WRONG[name]
    assert old in STORY
    with pytest.raises(LoadError) as caught:
        read(STORY.replace(old, new, 1), "story.toml")
    told = caught.value
    assert told.file == "story.toml"
    assert told.field == field
    assert told.line == line or line is None
    said_well(told)


def said_well(error: DiversionFlowError) -> None:
    """In both languages, in one line, with what to do; and again after it has travelled."""
    ja, en = error.text("ja"), error.text("en")
    assert ja != en
    assert any("ぁ" <= c <= "ヿ" for c in ja)
    assert "\n" not in ja + en
    assert error.remedy or "nearest" in en or "no law" in en
    again = pickle.loads(pickle.dumps(error))
    assert (again.text("ja"), again.text("en")) == (ja, en)


# What is only known under a law.
IN_VAIN = {
    "a process": ('process = "entry_support"', 'process = "entry_suport"', 2, "process"),
    "a day without law": (ON, "on = 1990-06-03", 3, "on"),
    "a place": ("[[open]]", '[[under]]\nplace = "oska"\n[[open]]', 5, "under[0].place"),
    "a day of another law": ("[[open]]", "[[under]]\non = 1990-06-03\n[[open]]", 5, "under[0].on"),
    "a fact at the opening": (FACTS, "facts = { aeg = 71 }", 6, "open[0].facts"),
    "a value at the opening": (FACTS, 'facts = { age = "old" }', 6, "open[0].facts.age"),
}


@pytest.mark.parametrize("name", IN_VAIN)
def test_what_is_wrong_under_a_law_names_line_and_field(name: str) -> None:
    old, new, line, field = IN_VAIN[name]
    with pytest.raises(LoadError) as caught:
        play(read(STORY.replace(old, new, 1), "story.toml"))
    told = caught.value
    assert (told.file, told.line, told.field) == ("story.toml", line, field)
    said_well(told)


UNKNOWN = {
    "an event": (EVENT, 'event = "arested"', "story.toml:9: step[0].event: no event 'arested'"),
    "an agency": (BY, 'by = "polise"', "story.toml:10: step[0].by: no agency 'polise'"),
    "a fact": (BY, f"{BY}\nfacts = {{ aeg = 3 }}", "story.toml:11: step[0].facts: "),
    "a value": (BY, f"{BY}\nfacts = {{ age = 'old' }}", "story.toml:11: step[0].facts.age: "),
    "who sees": (STATES, 'sees = { polise = ["age"] }', "no agency 'polise'; nearest: police"),
    "what is hidden": (STATES, 'hidden = { police = ["aeg"] }', "'aeg'"),
    "what may happen": (STATES, 'possible = { police = ["refered"] }', "nearest: referred"),
    "a limit": (
        STATES,
        'deadlines = { polic_referral = "none" }',
        "no time limit 'polic_referral'",
    ),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_word_that_the_process_does_not_know_is_a_problem_of_its_step(name: str) -> None:
    """Also where it would be expected in vain: nobody could ever see it or run into it."""
    old, new, said = UNKNOWN[name]
    played = play(read(STORY.replace(old, new, 1), "story.toml"))
    problem = played[0].problems[0]
    assert said in problem.text("en")
    assert problem.text("ja") != problem.text("en")


def test_times_are_read_as_an_input_method_leaves_them() -> None:
    wide = STORY.replace(AT, 'at = "２０２４－０６－０３Ｔ１０：００"').replace(
        OPEN, 'at = "０９：００"'
    )
    assert play(read(wide, "x.toml"))[-1].after == play(read(STORY, "x.toml"))[-1].after
    later = STORY.replace(AT, 'at = "＋１ｈ"')
    assert play(read(later, "x.toml"))[-1].after == play(read(STORY, "x.toml"))[-1].after


def test_a_scenario_can_be_written_in_json() -> None:
    """Which has no days of its own."""
    text = (
        '{"id": "x", "process": "entry_support", "on": "2024-06-03", "open": [{"facts": {"age": 71}}],'
        ' "step": [{"at": "2024-06-03T10:00", "event": "arrested", "by": "police",'
        ' "deadlines": {"police_referral": "2024-06-05T10:00"}}]}'
    )
    assert [p for s in play(read(text, "x.json", "json")) for p in s.problems] == []


FILES: dict[str, Callable[[Path], object]] = {
    "missing": lambda file: None,
    "a folder": lambda file: file.mkdir(),
    "empty": lambda file: file.write_bytes(b""),
    "not UTF-8": lambda file: file.write_bytes(STORY.encode() + "警察".encode("cp932")),
    "binary": lambda file: file.write_bytes(bytes(range(256))),
    "deep": lambda file: file.write_text("x = " + "[" * 100 + "]" * 100, "utf-8"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_none_is_named(name: str, tmp_path: Path) -> None:
    file = tmp_path / "story.toml"
    FILES[name](file)
    with pytest.raises(LoadError) as caught:
        load(file)
    assert caught.value.file == str(file)
    said_well(caught.value)


def test_a_shipped_story_is_found_in_wide_and_in_large_letters() -> None:
    assert shipped("ｃｓ０１") == shipped("CS01") == shipped("cs01")


def test_what_is_not_shipped_names_what_is() -> None:
    for name in ("cs99", "", "x" * 100_000):
        with pytest.raises(LoadError, match="is not shipped"):
            shipped(name)
    with pytest.raises(UnknownId):
        story_names("novels")
    with pytest.raises(CallError):
        play("cs01")  # type: ignore[arg-type]
    with pytest.raises(CallError):
        shipped(3)  # type: ignore[arg-type]


# -- bounds ------------------------------------------------------------------------------------


def long_story(steps: int) -> str:
    further = '[[step]]\nat = "+1m"\nevent = "arrested"\nby = "police"\nrefused = "no_transition"\n'
    return STORY + further * (steps - 1)


def test_a_long_story_is_read_and_played_in_time_or_refused() -> None:
    """Where twice the steps take about twice as long, a limit keeps both within seconds."""
    for steps in (MOST // 4, MOST):
        with readings(steps / 10):
            assert len(play(read(long_story(steps), "long.toml"))) == steps
    with pytest.raises(LoadError) as caught:
        read(long_story(MOST + 1), "long.toml")
    assert str(MOST) in str(caught.value)
    assert caught.value.field == "step"


EACH = '[[step]]\nat = "+1m"\nevent = "arrested"\nby = "police"\n'
MUCH = {
    "attempts": EACH + "try = [" + '{ event = "x", by = "y" }, ' * MOST + "]\n",
    "agencies asked about": (EACH + 'possible = { police = ["referred"], center = [] }\n') * 1_000,
    "values": EACH + "refused = [" + '"no_consent", ' * 60_000 + "]\n",
    "words that nobody knows": "".join(
        EACH.replace("arrested", f"arrest{n}") for n in range(MOST - 1)
    ),
    "expectations in vain": EACH + f"sees = {{ police = {[f'fact{n}' for n in range(9_000)]} }}\n",
    "openings": "".join(f'[[open]]\ncase = "c{n}"\n' for n in range(MOST)),
}


@pytest.mark.parametrize("name", MUCH)
def test_much_of_anything_ends_within_seconds(name: str) -> None:
    """As a story, or told by file, line and limit."""
    with readings(40):
        wrong = ending(STORY + MUCH[name])
    assert (wrong is None) is (name == "expectations in vain")
    assert wrong is None or isinstance(wrong, LoadError)


# -- by chance ---------------------------------------------------------------------------------

PIECES = [
    "", "0", "-1", "3", "99999999999999999999", "1e400", "nan", "true", "null", '""', '"x"', "[]", "{}",
    "[[]]", "{ a = 1 }", "2024-13-01", "2024-06-03", "9999-12-31", '"9999-12-31T23:59"', '"+9d"',
    '"+99999d"', '"+1h 09:00"', '"0001-01-01"', "1900-01-01", "10:00:00", '"police"', '"none"', "'''",
    "[step]", "[[step]]", "[[open]]", "[[under]]", "event", "by", "case", "facts", "=", "\\u0000", "\u3000",
    "①", "２０２４", '"\\ud800"', "[[step.try]]", "advance = true", "#", "\r", "\ufeff", ".", "a.b.c",
]  # fmt: skip


def mutated(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        here = chance.randrange(len(lines))
        match chance.randrange(6):
            case 0:
                del lines[here]
                lines = lines or [""]
            case 1:
                lines.insert(here, lines[chance.randrange(len(lines))])
            case 2:
                words = lines[here].split(" ")
                words[chance.randrange(len(words))] = chance.choice(PIECES)
                lines[here] = " ".join(words)
            case 3:
                name, _, _ = lines[here].partition("=")
                lines[here] = f"{name}= {chance.choice(PIECES)}"
            case 4:
                at = chance.randrange(len(lines[here]) + 1)
                lines[here] = lines[here][:at] + chance.choice(PIECES) + lines[here][at + 1 :]
            case _:
                other = chance.randrange(len(lines))
                lines[here], lines[other] = lines[other], lines[here]
    return "\n".join(lines)


def source(name: str) -> str:
    return (Path(shipped.__code__.co_filename).parent / "stories" / f"{name}.toml").read_text(
        "utf-8"
    )


def ending(text: str) -> Exception | None:
    try:
        play(read(text, "story.toml"))
    except Exception as error:
        return error
    return None


@pytest.mark.parametrize("seed", range(8))
def test_mutated_stories_end_in_a_story_or_in_an_error_of_ours(seed: int) -> None:
    chance = random.Random(seed)
    texts = [STORY, *map(source, story_names())]
    kinds = {"played": 0, "refused": 0}
    for number in range(30):
        text = mutated(chance.choice(texts), chance)
        with readings(40):
            wrong = ending(text)
        kinds["refused" if wrong else "played"] += 1
        if wrong is not None:
            assert isinstance(wrong, LoadError), (seed, number, repr(wrong), text)
            assert wrong.file == "story.toml", (seed, number)
            assert wrong.text("ja") != wrong.text("en"), (seed, number)
    assert min(kinds.values()) > 0


def test_a_law_of_another_kind_is_told_when_it_is_given() -> None:
    law = processes.in_force("special_coordination", on="2024-06-03")
    with pytest.raises(DiversionFlowError):
        play(shipped("cs01"), law)
