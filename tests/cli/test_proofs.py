"""What the commands that prove say, and with which exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from diversion_flow import Process, proof
from diversion_flow.definition import Property
from helpers.commands import told
from helpers.goldens import GOLDEN

LAW = "entry_support@2024-06-03"
PLACE = "entry_support:osaka@2024-06-03"
WRONG = "custody.awaiting_execution procedure.final_imprisonment"


def test_a_broken_question_comes_with_its_story(tmp_path: Path) -> None:
    found = told("ask", LAW, "absence", WRONG, "--lang", "en", "--out", str(tmp_path))
    assert found.code == 1
    assert "broken" in found.stdout
    again = told("play", str(tmp_path / "asked.toml"))
    assert again.code == 0


def test_the_wrong_step_of_a_story_is_drawn(tmp_path: Path) -> None:
    told("ask", LAW, "absence", "indicted", "--out", str(tmp_path))
    story, out = str(tmp_path / "asked.toml"), str(tmp_path / "s.svg")
    assert told("draw", LAW, "sequence", out, "--story", story, "--wrong").code == 0
    assert "★(2)" in Path(out).read_text("utf-8")
    assert told("draw", LAW, "sequence", out, "--wrong", "--overwrite").code == 2


def test_the_step_that_does_the_wrong_stands_out(monkeypatch: pytest.MonkeyPatch) -> None:
    styles: dict[str, str] = {}

    def say(line: str, style: str = "") -> None:
        styles[line] = style

    monkeypatch.setattr("diversion_flow.cli.proofs.say", say)
    told("ask", LAW, "absence", "indicted", "--lang", "en")
    (last,) = (line for line, style in styles.items() if style)
    assert last.endswith("Public prosecutor: Indicted")
    assert "    1. " in "\n".join(line for line, style in styles.items() if not style)


def test_a_question_that_holds_is_said_to() -> None:
    found = told("ask", LAW, "precedence", "consent_explained", "consent_given", "--json")
    assert found.code == 0
    assert json.loads(found.stdout)["answer"] == "Proved"


@pytest.mark.parametrize(
    ("what", "near"),
    [
        ("arested", "arrested"),
        ("custody.fre", "free"),
        ("by:polce", "police"),
        ("moves:custdy", "custody"),
    ],
)
def test_a_word_that_the_law_does_not_have_is_refused(what: str, near: str) -> None:
    found = told("ask", LAW, "absence", what, "--lang", "en")
    assert found.code == 2
    assert near in found.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("absence", ""),
        ("absence", " \u3000 "),
        ("response", "arrested", ""),
        ("absence", "arrested", "--since", ""),
        ("absence", "arrested", "--until", " "),
    ],
)
def test_no_words_are_no_question(words: tuple[str, ...]) -> None:
    found = told("ask", LAW, *words, "--lang", "en")
    assert (found.code, found.stdout) == (2, "")
    assert "names nothing that could happen" in found.stderr


def test_a_story_names_the_law_that_was_asked_as_it_is_found_from_there(tmp_path: Path) -> None:
    (tmp_path / "laws").mkdir()
    own, out = tmp_path / "laws" / "own.toml", tmp_path / "stories"
    own.write_text((GOLDEN / "small.toml").read_text("utf-8"), "utf-8")
    for law, named in ((str(own), 'process = "../laws/own.toml"'), (PLACE, 'place = "osaka"')):
        what = "finished" if law == str(own) else "arrested"
        told("ask", law, "absence", what, "--out", str(out), "--overwrite")
        assert named in (out / "asked.toml").read_text("utf-8")
        assert told("play", str(out / "asked.toml")).code == 0


def test_labels_facts_and_contraries_are_understood() -> None:
    assert told("ask", LAW, "absence", "同意 !caveat_given=true", "--lang", "en").code in (0, 1)
    assert told("ask", LAW, "absence", "disposed !disposition=other", "--lang", "en").code == 1
    assert told("ask", LAW, "absence", "disposed disposition=odd").code == 2


def test_questions_of_a_file_are_asked(tmp_path: Path) -> None:
    """What does not hold is named once more where the reader is at the end."""
    file, text = tmp_path / "q.toml", "format = 1\n"
    for id, what in (("q", WRONG), ("holds", "custody.died indicted")):
        text += f'[[questions]]\nid = "{id}"\npattern = "absence"\nwhat = "{what}"\n'
        text += f'label = {{ ja = "問", en = "{id}" }}\n'
    file.write_text(text, "utf-8")
    found = told("prove", LAW, "--questions", str(file), "--json")
    assert found.code == 1
    assert [a["id"] for a in json.loads(found.stdout)] == ["q", "holds"]
    lines = told("prove", LAW, "--questions", str(file), "--lang", "en").stdout.splitlines()
    assert lines[-2].startswith("Questions: 2, of which 1 proved")
    assert lines[-1] == "  q (q)"


def test_what_is_so_from_the_beginning_is_told_and_is_no_story(tmp_path: Path) -> None:
    words = ("reachable", "custody.free", "--lang", "en", "--out", str(tmp_path))
    assert "it is so before anything happens" in told("ask", LAW, *words).stdout
    assert not [*tmp_path.iterdir()]


@pytest.mark.parametrize("as_json", [False, True])
def test_who_stops_it_keeps_what_was_found(
    as_json: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    each, seen = proof.prove_each, []

    def stopped(law: Process, asked: list[Property], **within: int) -> Iterator[proof.Answer]:
        yield next(each(law, asked, **within))
        seen.append("broken" in sys.stdout.getvalue())  # type: ignore[attr-defined]
        raise KeyboardInterrupt

    monkeypatch.setattr(proof, "prove_each", stopped)
    file, head = tmp_path / "q.toml", "format = 1\n"
    for id, what in (("wrong", WRONG), ("other", "arrested")):
        head += f'[[questions]]\nid = "{id}"\npattern = "absence"\nwhat = "{what}"\n'
        head += f'label = {{ ja = "{id}", en = "{id}" }}\n'
    file.write_text(head, "utf-8")
    words = ["prove", LAW, "--questions", str(file), "--out", str(tmp_path), "--lang", "en"]
    found = told(*words, *(["--json"] if as_json else []))
    assert found.code == 130
    assert seen == [not as_json]  # told once it was found
    assert ("Questions: 1, of which 0 proved" in found.stdout) is not as_json
    assert "wrong.toml" in (found.stderr if as_json else found.stdout)
    if as_json:
        assert [a["id"] for a in json.loads(found.stdout)] == ["wrong"]
    assert {story.name for story in tmp_path.glob("*.toml")} == {"q.toml", "wrong.toml"}


def test_a_process_file_is_asked_its_own_questions(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    small, head = (GOLDEN / "small.toml").read_text("utf-8"), '[[questions]]\nid = "q"\n'
    head += 'label = { ja = "問い", en = "a question" }\npattern = "absence"\n'
    file.write_text(f'{small}\n{head}what = "finished"\n', "utf-8")
    found = told("prove", str(file), "--json")
    assert found.code == 1
    (answer,) = json.loads(found.stdout)
    assert (answer["id"], answer["answer"]) == ("q", "Broken")
    file.write_text(f'{small}\n{head}what = "finishd"\n', "utf-8")
    wrong = told("check", str(file), "--lang", "en")  # whatever reads the file tells
    assert wrong.code == 2
    assert "finished" in wrong.stderr
