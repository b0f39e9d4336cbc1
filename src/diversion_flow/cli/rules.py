"""The commands for those who change rules: what differs, what is tested, what is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from .. import processes
from ..definition import CallError, Language, Process, Text, Variant
from ..definition.files.writing import inside, made, write_whole
from ..definition.phrasing import phrasing
from ..definition.wording import grounds_text
from ..scenarios import Scenario, shipped, story_names
from .asking import compared
from .console import say, say_data
from .failing import FOUND, OK
from .law import HELP, law
from .options import Json, Lang, Language_, Overwrite
from .story import story

_Law = Annotated[str, typer.Argument(help=HELP)]
_Name = Annotated[str, typer.Argument(help="A shipped process.")]
_Scenarios = Annotated[
    list[str] | None,
    typer.Argument(help="Scenario files, shipped scenarios, or `stories` or `tours` for all."),
]
_Under = Annotated[float, typer.Option("--fail-under", min=0, max=100, help="Percent.")]


def diff(
    a: _Law,
    b: _Law,
    lang: Language_ = Lang.ja,
    as_json: Json = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="As Markdown.")] = False,
    out: Annotated[Path | None, typer.Option(help="Draw it too: .svg .png .pdf .md ...")] = None,
    view: Annotated[str, typer.Option(help="What is drawn: overview, a machine, an agency.")]
    = "overview",
    overwrite: Overwrite = False,
) -> None:  # fmt: skip
    """What differs from one law to another: in the text, in what happens, for whom."""
    from ..analysis import compare

    found = compare(law(a), law(b))
    say(compared(found, lang.language, as_json=as_json, markdown=markdown))
    if out is not None:
        from ..diagram import render

        drawn = render(found.b, out, view=view, lang=lang.language, against=found.a,
                       overwrite=overwrite)  # fmt: skip
        say(drawn)
    raise typer.Exit(FOUND if found.changes else OK)


def timeline(
    name: _Name = "entry_support", lang: Language_ = Lang.ja, as_json: Json = False
) -> None:
    """The versions of a law, from when to when each is in force, and what each changed."""
    shown = processes.versions(name)
    changed = (None, *processes.amendments(name))
    if as_json:
        rows = [
            {"version": p.version, "since": str(p.since or ""), "until": str(p.until or ""),
             "ja": p.name.ja, "en": p.name.en, "edits": len(v.edits) if v else 0}
            for p, v in zip(shown, changed, strict=True)
        ]  # fmt: skip
        say_data(rows)
        return
    for process, variant in zip(shown, changed, strict=True):
        say(f"{process.since} – {process.until or ''!s:10}  {process.version:16} "
            f"{process.name.in_(lang.language)}")  # fmt: skip
        if variant is not None:
            for line in _about(variant, process, lang.language):
                say(f"    {line}")


def variants(
    name: _Name = "entry_support", lang: Language_ = Lang.ja, as_json: Json = False
) -> None:
    """The shipped variants of places and models, from when each applies, with their sources."""
    shown = processes.variants(name)
    if as_json:
        rows = [
            {"place": v.place, "id": v.id, "since": str(v.since or ""), "until": str(v.until or ""),
             "ja": v.label.ja, "en": v.label.en, "edits": len(v.edits)}
            for v in shown
        ]  # fmt: skip
        say_data(rows)
        return
    for variant in shown:
        day = variant.until or processes.get(name).since or ""
        applied = processes.in_force(name, on=day, place=variant.place)
        say(f"{variant.place}  {variant.since or ''} – {variant.until or ''}  "
            f"{variant.label.in_(lang.language)}")  # fmt: skip
        for line in _about(variant, applied, lang.language):
            say(f"    {line}")


def _about(variant: Variant, process: Process, lang: Language) -> Iterator[str]:
    """How much a variant changes, on what ground, and what is to be known about it."""
    edits = phrasing(lang)(Text("変更 {0} 件", "{0} edits"), len(variant.edits))
    yield "; ".join(filter(None, [edits, grounds_text(process, variant.basis, lang)]))
    if variant.note:
        yield variant.note.in_(lang)


def cover(
    process: _Law,
    scenarios: _Scenarios = None,
    html: Annotated[Path | None, typer.Option(help="Folder for pages and drawings.")] = None,
    fail_under: _Under = 0,
    lang: Language_ = Lang.ja,
    as_json: Json = False,
) -> None:
    """How much of a law the scenarios show: states, rules, conditions, refusals, limits."""
    from ..scenarios import play
    from ..testing.measures import PolicyCoverage, Recorder

    asked = law(process)
    recorder = Recorder()
    for scenario in _scenarios(scenarios, asked):
        with recorder.watching():
            play(scenario, asked)
    found = next(iter(recorder.coverage()), None) or PolicyCoverage.of(asked, ())
    if html is not None:
        from ..testing.coverage_page import write_pages

        write_pages([found], html, lang.language)
    if as_json:
        shares = {kind: found.share(kind) for kind in found.points}
        missing = {kind: found.missing(kind) for kind in found.points}
        say_data({"share": found.share(), "shares": shares, "missing": missing})
    else:
        say(found.text(lang.language))
    raise typer.Exit(FOUND if found.share() * 100 < fail_under else OK)


def mutate(
    process: _Law,
    scenarios: _Scenarios = None,
    fail_under: _Under = 0,
    lang: Language_ = Lang.ja,
    as_json: Json = False,
) -> None:
    """Which small mistakes in a law the scenarios would not notice."""
    from ..testing import kill, of_scenarios

    asked = law(process)
    kills = kill(asked, of_scenarios(_scenarios(scenarios, asked)))
    if as_json:
        survived = [{"id": s.mutant.id, "ja": s.text("ja"), "en": s.text("en")}
                    for s in kills.survivors]  # fmt: skip
        say_data({"score": kills.score, "survivors": survived})
    else:
        say(kills.text(lang.language))
    raise typer.Exit(FOUND if kills.score * 100 < fail_under else OK)


def pin(
    process: _Law,
    out: Annotated[Path, typer.Argument(help="A folder for the scenario files.")],
    lang: Language_ = Lang.ja,
    overwrite: Overwrite = False,
) -> None:
    """Write scenarios that pin all that a law does; read them before you keep them."""
    from ..scenarios.writing import written
    from ..testing.pinning import pinned

    asked = law(process)
    made(out)
    for scenario in pinned(asked):
        file = inside(out, f"{scenario.id}.policy.toml")
        say(write_whole(file, written(scenario).encode(), overwrite=overwrite))


def _scenarios(asked: Iterable[str] | None, process: Process) -> list[Scenario]:
    """The scenarios so named; all shipped ones of the process, if none is."""
    return [s for name in asked or ("stories", "tours") for s in _named(name, process)]


def _named(name: str, process: Process) -> Iterator[Scenario]:
    if name in ("stories", "tours"):
        yield from (s for s in map(shipped, story_names(name)) if s.process == process.id)
        return
    found = story(name)
    if found.process != process.id:
        raise CallError("call_other_process", story=name, its=found.process, asked=process.id)
    yield found


def add_to(app: Any) -> None:
    """Make these commands of the app."""
    for command in (diff, timeline, variants, cover, mutate, pin):
        app.command()(command)
