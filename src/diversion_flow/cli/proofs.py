"""The commands that prove: what the law means to keep to, and questions of one's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..definition import Pattern, Text
from ..definition.phrasing import phrasing
from .console import say, say_data, say_written
from .failing import FOUND, OK, STOPPED, remark
from .options import Json, Lang, Language_, Most, Overwrite, given

if TYPE_CHECKING:
    from ..definition import Process
    from ..proof import Answer
    from .law import Named

_Law = Annotated[str, typer.Argument()]
_Out = Annotated[Path | None, typer.Option()]
_HEAD = Text(
    "{4}{0}件: 証明{1}、既知の未解決{2}、破れ又は未決{3}",
    "{4}: {0}, of which {1} proved, {2} known and open, {3} broken or not settled",
)
_INVARIANTS, _QUESTIONS = Text("原則", "Invariants"), Text("問い", "Questions")
_OPEN = Text("既知の未解決", "known and open")


def prove_all(
    process: _Law = "entry_support",
    questions: Annotated[Path | None, typer.Option()] = None,
    effort: Most = None,
    tries: Most = None,
    out: _Out = None,
    lang: Language_ = Lang.ja,
    as_json: Json = False,
    overwrite: Overwrite = False,
) -> None:
    """Prove what a shipped law means to keep to whatever happens, or what the file of a process or
    a file of questions asks; 1 if something does not hold that was not known to be open. Each
    answer is told once it is found; what was found when it is stopped (Ctrl-C) is kept."""
    from .. import processes
    from ..definition.files.question_file import load_questions
    from ..proof import Broken, NotSettled, prove_each
    from .law import named

    of = named(process)
    law = of.law()
    _ready(out)
    own = of.name if questions is None and of.is_file else questions
    asked, kind = (() if own is None else load_questions(own, law)), _QUESTIONS
    if questions is None and not asked:
        asked, kind = processes.invariants(law), _INVARIANTS
    meant = [one for one in asked if one.asked_of(law)]
    answers: list[Answer] = []
    with suppress(KeyboardInterrupt):
        for answer in prove_each(law, meant, **given(effort=effort, tries=tries)):
            answers.append(answer)
            if not as_json:
                _tell(law, answer, lang)
    wrong = [a for a in answers if isinstance(a, Broken | NotSettled)]
    news = [a for a in wrong if a.property.known_open is None]
    if as_json:
        say_data([_data(law, a) for a in answers])
    else:
        counts = len(answers) - len(wrong), len(wrong) - len(news), len(news)
        said = phrasing(lang.language)
        say(said(_HEAD, len(answers), *counts, said(kind)))
        for one in news:  # they stand far above among all that were proved
            say(f"  {said(one.property.label)} ({one.property.id})")
    _write(of, wrong, out, overwrite, remark if as_json else say)
    if len(answers) < len(meant):
        raise typer.Exit(STOPPED)
    raise typer.Exit(FOUND if news else OK)


def ask(
    process: _Law,
    pattern: Pattern,
    what: str,
    then: Annotated[str | None, typer.Argument()] = None,
    since: Annotated[str | None, typer.Option()] = None,
    until: Annotated[str | None, typer.Option()] = None,
    effort: Most = None,
    tries: Most = None,
    out: _Out = None,
    lang: Language_ = Lang.ja,
    as_json: Json = False,
    overwrite: Overwrite = False,
) -> None:
    """Ask a question of every course that a case can take; 1 if it does not hold."""
    from ..definition import Property
    from ..definition.occasions import occasion
    from ..proof import Broken, NotSettled, prove
    from .law import named

    of = named(process)
    law = of.law()
    two, after, before = (
        None if words is None else occasion(law, words) for words in (then, since, until)
    )
    _ready(out)
    label = Text("問い", "question")
    asked = Property("asked", label, pattern, occasion(law, what), two, after, before)
    answer = prove(law, asked, **given(effort=effort, tries=tries))
    if as_json:
        say_data(_data(law, answer))
    else:
        _tell(law, answer, lang)
    _write(of, [answer], out, overwrite, remark if as_json else say)
    raise typer.Exit(FOUND if isinstance(answer, Broken | NotSettled) else OK)


def _ready(out: Path | None) -> None:
    """The folder for the stories, before the work that fills it."""
    from ..definition.files.writing import made

    if out is not None:
        made(out)


def _tell(law: Process, answer: Answer, lang: Lang) -> None:
    """In the terminal the step that does the wrong stands out: the last of a story that breaks."""
    from ..proof import Broken
    from ..proof.telling import answer_parts

    said, open_ = phrasing(lang.language), answer.property.known_open
    found, story, assumed = answer_parts(law, answer, lang.language)
    for line in (*found, *story[:-1]):
        say(line)
    for line in story[-1:]:
        say(line, "bold red" if isinstance(answer, Broken) else "")
    for line in assumed:
        say(line)
    if open_ is not None:
        say(f"  {said(_OPEN)}{said.colon}{said(open_)}")


def _data(law: Process, answer: Answer) -> dict[str, Any]:
    from ..proof import answer_text

    return {
        "id": answer.property.id,
        "answer": type(answer).__name__,
        "known_open": answer.property.known_open is not None,
        "assumed": [one.value for one in answer.assumed],
        "effort": answer.effort,
        "story": None if answer.story is None else list(answer.story.events),
        "ja": answer_text(law, answer, "ja"),
        "en": answer_text(law, answer, "en"),
    }


def _write(
    of: Named, answers: Sequence[Answer], out: Path | None, overwrite: bool,
    tell: Callable[[str], None],
) -> None:  # fmt: skip
    """A story for each answer that has one with a step, which `play` replays under the law that was
    named; none where no folder is."""
    if out is None:
        return
    from ..definition.files.writing import inside
    from ..scenarios.told import scenario_of
    from ..scenarios.writing import written

    told = [scenario_of(a.story, a.property.id, a.property.label)
            for a in answers if a.story and a.story.steps]  # fmt: skip
    files = ((inside(out, f"{one.id}.toml"), written(of.under(one, out)).encode()) for one in told)
    say_written(files, overwrite, tell)
