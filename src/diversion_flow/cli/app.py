"""The commands. Exit codes: see `failing`; what each word is for: `help_words`.

Files with commands open at once what the parser reads, and the rest when a command is called:
help and a misspelt call need no law.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from attrs import asdict
from typer.main import get_command

from ..definition import Language, Text
from ..definition.phrasing import phrasing
from . import proofs, rules, sheets
from .console import say, say_data
from .failing import FOUND, OK
from .options import Json, Lang, Language_
from .usage import Commands, only_with

if TYPE_CHECKING:
    from ..definition import Process, Variant
    from ..runtime import Case

app = typer.Typer(
    cls=Commands,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def demo(
    story: str = "cs01", lang: Language_ = Lang.ja, out: Path = Path("diversion_flow_demo")
) -> None:
    """Check the process, play a story step by step, write the diagrams and a page."""
    from .. import processes
    from ..definition.files.writing import made
    from .demo import demo as run_demo
    from .story import story as named

    scenario = named(story)
    process = processes.in_force(scenario.process, on=scenario.on)
    made(out)
    clean = run_demo(process, scenario, out, lang.language)
    raise typer.Exit(OK if clean else FOUND)


@app.command("processes")
def list_processes(lang: Language_ = Lang.ja, as_json: Json = False) -> None:
    """The shipped processes, with the days on which each version is the law, and the drafts."""
    from .. import processes

    rows = [
        row
        for name in processes.names()
        for row in (
            *(_row(p, lang.language) for p in processes.versions(name)),
            *(_draft(d, lang.language) for d in processes.drafts(name)),
        )
    ]
    if as_json:
        say_data(rows)
        return
    for row in rows:
        say("  ".join(f"{key}={value}" for key, value in row.items()))


def _draft(draft: Variant, lang: Language) -> dict[str, Any]:
    """Law of which the day is not known: named as `ID+DRAFT=DAY`."""
    return {
        "id": draft.process,
        "draft": draft.id,
        "edits": len(draft.edits),
        "label": draft.label.in_(lang),
    }


def _row(process: Process, lang: Language) -> dict[str, Any]:
    return {
        "id": process.id,
        "version": process.version,
        "since": str(process.since or ""),
        "until": str(process.until or ""),
        "machines": len(process.machines),
        "states": sum(len(m.states) for m in process.machines),
        "transitions": sum(len(m.transitions) for m in process.machines),
        "label": process.label.in_(lang),
    }


@app.command()
def check(
    process: str,
    on: str = "",
    place: str = "",
    lang: Language_ = Lang.ja,
    as_json: Json = False,
) -> None:
    """Every fault of a process; exit code 1 if there is one. Notes are shown beside."""
    from ..analysis import check as check_process
    from ..analysis import notes
    from .law import law

    asked = law(process, on, place)
    findings = check_process(asked)
    if as_json:
        rows = [
            {"code": f.code.value, "severity": f.severity, "ids": f.ids,
             "ja": f.message.ja, "en": f.message.en}
            for f in findings
        ]  # fmt: skip
        say_data(rows)
    else:
        for finding in (*notes(asked, on=on or None), *findings):
            say(f"{finding.severity}: {finding.text(lang.language)}")
        say(phrasing(lang.language)(_FINDINGS, len(findings)))
    raise typer.Exit(FOUND if findings else OK)


_FINDINGS = Text("指摘 {0} 件", "{0} findings")


@app.command("play")
def play_story(
    scenario: str,
    lang: Language_ = Lang.ja,
    as_json: Json = False,
) -> None:
    """Play a story under each of its laws; exit code 1 if it goes otherwise than it says."""
    from ..scenarios import play
    from ..scenarios.play import law_of
    from .story import story as named
    from .telling import tell, tell_all

    story = named(scenario)
    runs = [(law, play(story, law_of(story, law), law)) for law in story.laws]
    problems = [p.text(lang.language) for _, run in runs for step in run for p in step.problems]
    if as_json:
        steps = [asdict(tell(step, lang.language)) for step in runs[0][1]]
        say_data({"id": story.id, "problems": problems, "steps": steps})
    else:
        for law, run in runs:
            if len(runs) > 1:
                say(f"{story.id} [{law.id}, {law.on}]", "bold")
            tell_all(story, run, lang.language)
    raise typer.Exit(FOUND if problems else OK)


@app.command()
def explain(
    process: str,
    event: str,
    lang: Language_ = Lang.ja,
    story: str = "",
    after: Annotated[int | None, typer.Option(min=0)] = None,
    by: str | None = None,
    on: str = "",
    place: str = "",
) -> None:
    """Who may report an event, from where, under which rule; or why not in a story's case."""
    from .ids import event_of, tell_event
    from .law import named
    from .story import case_in

    asked = named(process, on, place)
    if story:
        case = case_in(asked, story, after or 0)
        _explain_in_case(case, event_of(case.process, event).id, by, lang.language)
        return
    only_with("--story", after=after, by=by)
    law = asked.law()
    head, *lines = tell_event(law, event_of(law, event), lang.language)
    say(head, "bold")
    for line in lines:
        say(line)


def _explain_in_case(case: Case, event: str, by: str | None, lang: Language) -> None:
    from ..proof.telling import way_lines
    from ..proof.ways import way
    from .ids import provisions

    reporter = next(iter(case.process.event(event).by), "") if by is None else by
    explanation = case.explain(event, by=reporter, whole=True)
    say(explanation.text(lang))
    reasons = (basis for reason in explanation.reasons for basis in reason.basis)
    for line in dict.fromkeys(provisions(case.process, (*explanation.basis, *reasons), lang)):
        say(line)
    for line in way_lines(way(case, to=event), lang) if explanation.reasons else ():
        say(line)


@app.command()
def gallery(
    out: Annotated[Path, typer.Argument()] = Path("diagrams"),
    formats: Annotated[list[str] | None, typer.Argument()] = None,
    lang: Language_ = Lang.ja,
) -> None:
    """Draw what the project ships in its `diagrams` folder, as SVG or in other formats."""
    from .gallery import gallery as draw_all

    for file in draw_all(out, formats or ("svg",)):
        say(file)


@app.command()
def ids(
    process: str,
    words: Annotated[list[str] | None, typer.Argument()] = None,
    on: str = "",
    place: str = "",
    lang: Language_ = Lang.ja,
    as_json: Json = False,
) -> None:
    """The ids of a law's parts, as an edit names them, each with what it is called."""
    from .ids import every_id
    from .law import law

    found = every_id(law(process, on, place), words or ())
    if as_json:
        say_data([{"kind": i.kind, "id": i.id, "ja": i.label.ja, "en": i.label.en} for i in found])
        return
    for id in found:
        say(f"{id.address:44}  {id.label.in_(lang.language)}".rstrip())


@app.command()
def doctor(lang: Language_ = Lang.ja, as_json: Json = False) -> None:
    """What this machine lacks and the command that brings it; 1 if the main job cannot run."""
    from .doctor import examine

    found = examine()
    if as_json:
        say_data([asdict(f) for f in found])
    else:
        for finding in found:
            missing = f"{_MISSING.in_(lang.language)} — {finding.remedy}"
            say(f"{'ok ' if finding.ok else '-- '} {finding.name:15} {finding.found or missing}")
    raise typer.Exit(OK if all(f.ok for f in found if f.needed) else FOUND)


_MISSING = Text("ありません", "missing")


def words_of(command: str) -> list[Any]:
    """The words that a command takes, as its parser knows them."""
    group: Any = get_command(app)
    return list(group.commands[command].params)


_BESIDE: dict[str, Callable[..., None]] = {  # whose words stand in files of their own
    "diff": rules.diff,
    "timeline": rules.timeline,
    "variants": rules.variants,
    "cover": rules.cover,
    "mutate": rules.mutate,
    "pin": rules.pin,
    "prove": proofs.prove_all,
    "ask": proofs.ask,
    "explore": sheets.explore,
    "draw": sheets.draw,
    "checklist": sheets.checklist,
    "export": sheets.export,
    "log": sheets.log,
    "import": sheets.read_in,
}
for name, command in _BESIDE.items():
    app.command(name)(command)
