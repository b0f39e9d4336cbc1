"""The commands. Exit codes: 0 done and clean, 1 something found, 2 wrong call or input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from .. import processes
from ..analysis import check as check_process
from ..definition import DiversionFlowError, Language, Process
from ..definition.wording import basis_text, guard_text
from ..runtime.clause import whole_guard
from ..scenarios import Scenario, play
from .console import FOUND, OK, plainly, say
from .demo import demo as run_demo
from .demo import tell_all
from .doctor import examine
from .explore import explore
from .law import HELP, law
from .options import Json, Lang, Language_, On, Place
from .rules import add_to
from .sheets import add_sheets_to
from .story import story as named
from .telling import tell

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Entry-stage support (入口支援), defined, run, checked and drawn.\n\n"
    "Exit codes: 0 done and clean, 1 something was found, 2 the call or the input is wrong.",
)


def main() -> None:
    """Entry point of the `diversion-flow` command."""
    app()


@app.command()
def demo(
    story: Annotated[str, typer.Option(help="A shipped story or a scenario file.")] = "cs01",
    lang: Language_ = Lang.ja,
    out: Annotated[Path, typer.Option(help="Folder for the drawings.")] = Path(
        "diversion_flow_demo"
    ),
) -> None:
    """Check the process, play a story step by step, write the diagrams and a page."""
    with plainly():
        scenario = named(story)
        process = processes.in_force(scenario.process, on=scenario.on)
        clean = run_demo(process, scenario, out, lang.language)
    raise typer.Exit(OK if clean else FOUND)


@app.command("processes")
def list_processes(as_json: Json = False) -> None:
    """The shipped processes, with the days on which each version is the law."""
    rows = [_row(p) for name in processes.names() for p in processes.versions(name)]
    if as_json:
        say(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        say("  ".join(f"{key}={value}" for key, value in row.items()))


def _row(process: Process) -> dict[str, Any]:
    return {
        "id": process.id,
        "version": process.version,
        "since": str(process.since or ""),
        "until": str(process.until or ""),
        "machines": len(process.machines),
        "states": sum(len(m.states) for m in process.machines),
        "transitions": sum(len(m.transitions) for m in process.machines),
        "label": process.label.ja,
    }


@app.command()
def check(
    process: Annotated[str, typer.Argument(help=HELP)],
    on: On = "",
    place: Place = "",
    lang: Language_ = Lang.ja,
    as_json: Json = False,
) -> None:
    """Every fault of a process; exit code 1 if there is one."""
    with plainly():
        findings = check_process(law(process, on, place))
    if as_json:
        rows = [
            {"code": f.code.value, "severity": f.severity.value, "ids": f.ids,
             "ja": f.message.ja, "en": f.message.en}
            for f in findings
        ]  # fmt: skip
        say(json.dumps(rows, ensure_ascii=False))
    else:
        for finding in findings:
            say(f"{finding.severity.value}: {finding.text(lang.language)}")
        say({"ja": f"指摘 {len(findings)} 件", "en": f"{len(findings)} findings"}[lang.value])
    raise typer.Exit(FOUND if findings else OK)


@app.command("play")
def play_story(
    scenario: Annotated[str, typer.Argument(help="A shipped story or a scenario file.")],
    lang: Language_ = Lang.ja,
    as_json: Json = False,
) -> None:
    """Play a story; exit code 1 if it goes otherwise than it says."""
    with plainly():
        story = named(scenario)
        played = play(story)
        problems = [str(p) for step in played for p in step.problems]
        if as_json:
            steps = [_data(tell(step, lang.language)) for step in played]
            say(json.dumps({"id": story.id, "problems": problems, "steps": steps},
                           ensure_ascii=False))  # fmt: skip
        else:
            tell_all(story, played, lang.language)
    raise typer.Exit(FOUND if problems else OK)


def _data(value: Any) -> Any:
    from attrs import asdict

    return asdict(value)


@app.command()
def explain(
    process: Annotated[str, typer.Argument(help=HELP)],
    event: Annotated[str, typer.Argument(help="The event.")],
    lang: Language_ = Lang.ja,
    story: Annotated[str, typer.Option(help="Ask it of a story's case.")] = "",
    after: Annotated[int, typer.Option(help="... after this many steps.")] = 0,
    by: Annotated[str, typer.Option(help="... reported by this agency.")] = "",
    on: On = "",
    place: Place = "",
) -> None:
    """Who may report an event, from where, under which rule; or why not in a story's case."""
    with plainly():
        told = named(story) if story else None
        asked = law(process, on or (str(told.on) if told else ""), place)
        if told:
            _explain_in_case(asked, told, after, by, event, lang.language)
        else:
            _explain_rule(asked, event, lang.language)


def _explain_in_case(
    law: Process, story: Scenario, after: int, by: str, event: str, lang: Language
) -> None:
    played = play(story, law)
    if not 0 <= after <= len(played):
        raise DiversionFlowError(f"--after {after}: the story has {len(played)} steps")
    case = played[after - 1].after if after else played[0].before
    explanation = case.explain(event, by=by or law.event(event).by[0])
    say(explanation.text(lang))
    for basis in explanation.basis:
        say(f"  § {basis_text(law, basis, lang)}")


def _explain_rule(law: Process, event: str, lang: Language) -> None:
    asked = law.event(event)
    join = "・" if lang == "ja" else ", "
    say(asked.label.in_(lang), "bold")
    say(f"  {'報告' if lang == 'ja' else 'by'}: "
        f"{join.join(law.agency(a).label.in_(lang) for a in asked.by)}")  # fmt: skip
    for machine in law.machines:
        for rule in machine.transitions:
            if rule.event != event:
                continue
            sources = join.join(machine.state(s).label.in_(lang) for s in rule.sources)
            say(
                f"  {machine.label.in_(lang)}: {sources} → "
                f"{machine.state(rule.target).label.in_(lang)}"
            )
            say(f"    {guard_text(law, whole_guard(law, rule), lang)}")
            for paper in rule.papers:
                say(f"    [{law.paper(paper).label.in_(lang)}]")
            for basis in rule.basis:
                say(f"    § {basis_text(law, basis, lang)}")


@app.command()
def gallery(
    out: Annotated[Path, typer.Argument(help="An existing folder.")] = Path("diagrams"),
) -> None:
    """Draw everything that the project ships in its `diagrams` folder."""
    from .gallery import gallery as draw_all

    with plainly():
        for file in draw_all(out):
            say(str(file))


@app.command()
def doctor(as_json: Json = False) -> None:
    """What this machine lacks and the command that brings it; 1 if the main job cannot run."""
    found = examine()
    if as_json:
        say(json.dumps([_data(f) for f in found]))
    else:
        for finding in found:
            state = finding.found or f"missing — {finding.remedy}"
            say(f"{'ok ' if finding.ok else '-- '} {finding.name:15} {state}")
    raise typer.Exit(OK if all(f.ok for f in found if f.needed) else FOUND)


add_to(app)
app.command()(explore)
add_sheets_to(app)
