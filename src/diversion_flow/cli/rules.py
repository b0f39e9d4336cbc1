"""The commands for those who change rules: what differs, what is tested, what is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..definition import CallError, Language, Text
from ..definition.phrasing import phrasing
from .asking import compared
from .console import say, say_data, say_written
from .failing import FOUND, OK, remark
from .options import Json, Lang, Language_, Most, Overwrite, given
from .usage import only_with

if TYPE_CHECKING:
    from ..definition import Process, Variant
    from ..testing.changing import Touched
    from ..testing.measures import Point, PolicyCoverage
    from .law import Named
    from .story import Told

_Name = Annotated[str, typer.Argument()]
_Scenarios = Annotated[list[str] | None, typer.Argument()]
_Under = Annotated[float, typer.Option("--fail-under", min=0, max=100)]


def diff(
    a: str,
    b: str,
    lang: Language_ = Lang.ja,
    as_json: Json = False,
    markdown: Annotated[bool, typer.Option("--markdown")] = False,
    out: Path | None = None,
    view: str | None = None,
    effort: Most = None,
    overwrite: Overwrite = False,
) -> None:
    """What differs from one law to another: in the text, in what happens, for whom."""
    from ..analysis import compare
    from .law import law

    if out is None:
        only_with("--out", view=view)
    if as_json and markdown:
        raise CallError("call_either", options=("--json", "--markdown"))
    found = compare(law(a), law(b), **given(effort=effort))
    if out is not None:
        from ..diagram import render

        render(found.b, out, view=view or "overview", lang=lang.language, against=found.a,
               overwrite=overwrite)  # fmt: skip
    say(compared(found, lang.language, as_json=as_json, markdown=markdown))
    if out is not None:
        (remark if as_json or markdown else say)(str(out))
    raise typer.Exit(FOUND if found.changes else OK)


def timeline(
    name: _Name = "entry_support",
    transitional: Path | None = None,
    effort: Most = None,
    lang: Language_ = Lang.ja,
    as_json: Json = False,
) -> None:
    """The versions of a law, from when to when each is in force, and what each changed; or what
    the transitional rules of a file would change."""
    from .law import all_of

    named = all_of(name)
    if transitional is None:
        only_with("--transitional", effort=effort)
        _say_versions(named, lang.language, as_json)
        return
    from ..analysis import compare
    from ..definition.files.transitional_file import load_transitional

    whole = named.history()
    found = compare(whole, load_transitional(transitional).apply(whole), **given(effort=effort))
    if as_json:
        say_data(found.data())
    else:
        say(found.text(lang.language))


def _say_versions(named: Named, lang: Language, as_json: bool) -> None:
    """Each version, with what it began by."""
    all_ = list(named.begun_by())
    begun = [(p, [v for v, day in all_ if day == p.since]) for p in named.history().versions]
    if as_json:
        rows = [
            {"version": p.version, "since": str(p.since or ""), "until": str(p.until or ""),
             "ja": p.name.ja, "en": p.name.en, "edits": sum(len(v.edits) for v in by)}
            for p, by in begun
        ]  # fmt: skip
        say_data(rows)
        return
    for process, by in begun:
        say(f"{process.since} – {process.until or ''!s:10}  {process.version:16} "
            f"{process.name.in_(lang)}")  # fmt: skip
        for variant in by:
            for line in _about(variant, process, lang):
                say(f"    {line}")


def variants(
    name: _Name = "entry_support", lang: Language_ = Lang.ja, as_json: Json = False
) -> None:
    """The shipped variants of places and models, from when each applies, with their sources."""
    from .. import processes
    from .law import all_of

    said = all_of(name)
    name = said.name
    shown = [v for v in processes.variants(name) if said.place in ("", v.place)]
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
    from ..definition.wording import grounds_text

    edits = phrasing(lang)(Text("変更 {0} 件", "{0} edits"), len(variant.edits))
    yield "; ".join(filter(None, [edits, grounds_text(process, variant.basis, lang)]))
    if variant.note:
        yield variant.note.in_(lang)


_Changed = Annotated[bool, typer.Option("--changed")]


def cover(
    process: str,
    scenarios: _Scenarios = None,
    html: Path | None = None,
    fail_under: _Under = 0,
    only_changed: _Changed = False,
    lang: Language_ = Lang.ja,
    as_json: Json = False,
) -> None:
    """How much of a law the scenarios show: states, rules, conditions, refusals, limits. A story
    that goes otherwise than it says shows nothing, and is told."""
    from ..testing.measures import PolicyCoverage
    from .law import named
    from .story import told

    asked = named(process)
    stories = told(asked, scenarios, its_own=True)
    shown, failed = _shown(stories, lang.language)
    laws = dict.fromkeys([one.process for one in stories] or [asked.law()])
    found = [PolicyCoverage.of(law, shown.get(law, ())) for law in laws]
    if only_changed:
        from ..testing.changing import changed, confined

        touched = [changed(asked.before(), one.process) for one in found]
        _something(process, *touched)
        found = [confined(one, about) for one, about in zip(found, touched, strict=True)]
    if html is not None:
        from ..testing.coverage_page import write_pages

        write_pages(found, html, lang.language)
    if as_json:
        say_data({**_coverage(found[0]), "laws": [_coverage(one) for one in found],
                  "failed": failed})  # fmt: skip
    else:
        for line in (*failed, *(one.text(lang.language) for one in found)):
            say(line)
    least = min(one.share() for one in found) * 100
    raise typer.Exit(FOUND if failed or least < fail_under else OK)


def _something(law: str, *touched: Touched) -> None:
    """CallError where nothing is changed: all of nothing would be shown, and no mistake missed."""
    if not any(touched):
        raise CallError("call_nothing_changed", law=law)


def _shown(stories: Iterable[Told], lang: Language
           ) -> tuple[dict[Process, set[Point]], list[str]]:  # fmt: skip
    """What the stories show of each law, and those that go otherwise than they say."""
    from ..scenarios import play
    from ..testing.measures import Recorder

    shown: dict[Process, set[Point]] = {}
    failed = []
    for one in stories:
        recorder = Recorder()
        with recorder.watching():
            played = play(one.scenario, one.process, one.law)
        problems = [problem for step in played for problem in step.problems]
        if problems:
            failed.append(f"✕ {one.scenario.id} [{one.law.id}]: {problems[0].text(lang)}")
        else:
            seen = (point for each in recorder.coverage() for point in each.shown)
            shown.setdefault(one.process, set()).update(seen)
    return shown, failed


def _coverage(found: PolicyCoverage) -> dict[str, Any]:
    return {
        "version": found.process.version,
        "share": found.share(),
        "shares": {kind: found.share(kind) for kind in found.points},
        "missing": {kind: found.missing(kind) for kind in found.points},
        "apart": found.apart,
    }


def mutate(
    process: str,
    scenarios: _Scenarios = None,
    fail_under: _Under = 0,
    only_changed: _Changed = False,
    lang: Language_ = Lang.ja,
    as_json: Json = False,
) -> None:
    """Which small mistakes in a law the scenarios would not notice; those about what a variant or
    a place changes come first."""
    from ..testing import mutants
    from ..testing.changing import about, changed, first
    from ..testing.killing import kill, of_scenario
    from .law import named
    from .story import told

    asked = named(process)
    law = asked.law()
    tests = [of_scenario(one.scenario, one.law) for one in told(asked, scenarios)]
    touched = changed(asked.before(), law)
    if only_changed:
        _something(process, touched)
    among = (mutant for mutant in mutants(law) if not only_changed or about(mutant, touched))
    kills = first(kill(law, tests, among), touched)
    if as_json:
        survived = [{"id": s.mutant.id, "ja": s.text("ja"), "en": s.text("en")}
                    for s in kills.survivors]  # fmt: skip
        say_data({"score": kills.score, "survivors": survived})
    else:
        say(kills.text(lang.language))
    raise typer.Exit(FOUND if kills.score * 100 < fail_under else OK)


def pin(
    process: str,
    out: Path,
    lang: Language_ = Lang.ja,
    overwrite: Overwrite = False,
) -> None:
    """Write scenarios that pin all that a law does; read them before you keep them."""
    from ..definition.files.writing import inside, made
    from ..scenarios.writing import parts, written
    from ..testing.pinning import pinned
    from .law import named

    asked = named(process)
    law = asked.law()
    made(out)
    files = (
        (inside(out, f"{one.id}.policy.toml"), written(one).encode())
        for whole in pinned(law, lambda title: remark(title.in_(lang.language)))
        for one in parts(asked.under(whole, out))
    )
    say_written(files, overwrite)
