"""Wrong arguments of drawings, exports and pages, and files that cannot be written: each is told
in both languages, and nothing but our own errors comes of it."""

from __future__ import annotations

import inspect
import pickle
import random
import sys
from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace

import attrs
import pytest
from attrs import evolve

from diversion_flow import DiversionFlowError, processes
from diversion_flow.analysis import compare, notes
from diversion_flow.definition import (
    ALWAYS,
    KEPT,
    Basis,
    History,
    Mark,
    MissingExtra,
    Require,
    RulesOn,
    Text,
    Transitional,
    TransitionalRule,
    UnknownId,
    Variant,
    fact,
    machine,
)
from diversion_flow.definition.errors import FileRefused
from diversion_flow.desk import Remembered, disclose, report_correction, report_stop_of_use
from diversion_flow.diagram import DrawingError, checklist, checklist_page, draw, render
from diversion_flow.diagram import views as all_views
from diversion_flow.diagram.render import diagram
from diversion_flow.dossier import Said
from diversion_flow.explorer import explorer, shipped_explorer
from diversion_flow.explorer.shipped import editions
from diversion_flow.interchange import (
    bpmn,
    export,
    ocel,
    parse_bpmn,
    pnml,
    read_bpmn,
    scxml,
    table,
    write,
    write_log,
    xes,
    xstate,
)
from diversion_flow.runtime.live import LiveCase
from diversion_flow.scenarios import Problem, play, shipped
from diversion_flow.store import MemoryKeys, memory_store, sqlite_keys
from diversion_flow.testing import StoppedClock, mutants
from diversion_flow.testing.killing import Kills
from helpers.dossiers import desk
from helpers.public_names import HOMES, public
from helpers.small import LAW, PROCESS

OPENED = PROCESS.open(at="2024-06-03T10:00", facts={"age": 70})
CALLS: dict[str, tuple[Callable[..., object], dict[str, object]]] = {
    "diagram": (diagram, {"process": PROCESS, "view": "main", "lang": "ja", "case": OPENED}),
    "draw": (draw, {"process": PROCESS, "view": "main", "format": "md", "lang": "ja"}),
    "timeline": (draw, {"process": PROCESS, "view": "timeline", "lang": "ja", "case": OPENED}),
    "sequence": (draw, {"process": PROCESS, "view": "sequence", "lang": "en", "case": OPENED}),
    "render": (render, {"process": PROCESS, "path": "x.md", "view": "main", "overwrite": True}),
    "views": (all_views, {"process": PROCESS}),
    "checklist": (checklist, {"process": PROCESS, "agency": "worker", "lang": "ja"}),
    "checklist_page": (checklist_page, {"process": PROCESS, "agency": "worker", "lang": "ja"}),
    "export": (export, {"process": PROCESS, "format": "csv", "lang": "ja"}),
    "table": (table, {"process": PROCESS, "kind": "rules", "lang": "ja"}),
    "pnml": (pnml, {"process": PROCESS, "machine_id": "main", "lang": "ja"}),
    "bpmn": (bpmn, {"process": PROCESS, "lang": "ja"}),
    "scxml": (scxml, {"process": PROCESS, "lang": "ja"}),
    "xstate": (xstate, {"process": PROCESS, "lang": "ja"}),
    "xes": (xes, {"cases": [OPENED], "lang": "ja", "machine": "main", "names": None}),
    "ocel": (ocel, {"cases": [OPENED], "lang": "ja", "names": None}),
    "write": (write, {"process": PROCESS, "path": "x.csv", "lang": "ja", "overwrite": True}),
    "write_log": (write_log, {"cases": [OPENED], "path": "x.xes", "overwrite": True}),
    "parse_bpmn": (parse_bpmn, {"text": bpmn(PROCESS).text, "file": "x", "lang": "ja"}),
    "read_bpmn": (read_bpmn, {"path": "in.bpmn", "lang": "ja"}),
    "explorer": (explorer, {"process": PROCESS, "others": ()}),
    "shipped_explorer": (shipped_explorer, {"name": "special_coordination"}),
    "editions": (lambda name: list(editions(name)), {"name": "special_coordination"}),
}
ODD: tuple[object, ...] = (
    None, 1, -1, 999, 3.5, float("nan"), True, b"x", "", "fr", "x\0", "\ud800", [], ["x"], ("a",),
    {}, object(), Path("x"), PROCESS, OPENED, [None], [OPENED], "timeline",
    processes.get("special_coordination"),
)  # fmt: skip


@pytest.mark.parametrize("name", CALLS)
def test_no_argument_brings_a_foreign_error(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.bpmn").write_text(bpmn(PROCESS).text, "utf-8")
    call, arguments = CALLS[name]
    call(**arguments)
    refused = [
        error
        for argument in arguments
        for odd in ODD
        if (error := _refusal(partial(call, **{**arguments, argument: odd})))
    ]
    assert len(refused) > len(arguments) * len(ODD) / 3
    assert all(error.code != "own" and error.text("ja") != str(error) for error in refused)


def _refusal(call: Callable[[], object]) -> DiversionFlowError | None:
    try:
        call()
    except DiversionFlowError as error:
        return error
    return None


LIKELY = (
    PROCESS,
    OPENED,
    PROCESS.machines[0],
    PROCESS.facts[0],
    "small",
    "main",
    "2024-06-04",
    "ja",
)


PLACED = processes.variants("entry_support")[0]
STRICTER = Require("transition main.help", fact("age") >= 70, basis=LAW)
FORMER = evolve(PROCESS, version="former", since=date(2024, 1, 1), until=date(2024, 6, 30))
LAWS = FORMER, evolve(PROCESS, version="later", since=date(2024, 7, 1))
STAYS = TransitionalRule("stays", Text("あ", "a"), machine("main").in_("helped"), continues=True)
RULES = RulesOn(date(2024, 7, 1), (STAYS, KEPT))
CROSSED = compare(History(LAWS, ((KEPT,),)), History(LAWS, (RULES.rules,)))
COMPARED = compare(PROCESS, Variant("v", "small", Text("あ", "a"), (STRICTER,)).apply(PROCESS))
STORY = play(shipped("cs01"))
CONFLICTS = (
    desk().consequences(evolve(desk().entries[1], id="again", recorded="2024-07-01")).conflicts
)
DISCLOSED = disclose(desk(), "police", at="2024-06-06", asked="2024-06-06")
MENDED = desk().correct(
    "arrested", Said("a slip", recorded="2024-06-06", office="police"), facts={"offence": "theft"}
)
HELD: tuple[object, ...] = (
    PROCESS, OPENED, OPENED.view("worker"), OPENED.explain("helped", by="worker"),
    OPENED.explain("finished", by="partner").reasons[0], OPENED.journal[0],
    processes.history("special_coordination"), PLACED, PROCESS.machines[0], PROCESS.facts[0],
    ALWAYS, Basis(Mark.READ), Text("あ", "a"), fact("age"), machine("main"),
    processes.invariants(processes.get("entry_support"))[0], StoppedClock("2024-06-03"),
    next(played.after.deadlines()[0] for played in STORY if played.after.deadlines()),
    STORY[0].step, STORY[0].step.where, Problem(1, Text("あ", "a"), Text("い", "b")),
    notes(processes.get("entry_support"))[0], COMPARED, COMPARED.changes[0], COMPARED.people[0],
    CROSSED, CROSSED.changes[0], CROSSED.people[0], Transitional("t", "small", Text("あ", "a"), (RULES,)),
    processes.get("entry_support").parameters[0], next(mutants(PROCESS)), Kills((), (), (), ()), memory_store(), MemoryKeys(), sqlite_keys(Path(mkdtemp()) / "keys.db"), LiveCase.of(OPENED, SimpleNamespace()),
    desk(), desk().entries[0], CONFLICTS[0], DISCLOSED, DISCLOSED.rights[0], Remembered(),
    report_correction(MENDED, "police", "arrested", asked="2024-06-06"),
    report_stop_of_use(MENDED, "police", at="2024-06-06", asked="2024-06-06"),
)  # fmt: skip


def test_of_everything_with_methods_one_is_held() -> None:
    kinds = {
        name: kind
        for home in HOMES
        for name, kind in public(home).items()
        if inspect.isclass(kind) and not issubclass(kind, BaseException | Enum)
        if any(not method.startswith("_") for method, _ in methods(kind))
    }
    assert len(kinds) > 25
    missing = {n for n, kind in kinds.items() if not any(isinstance(h, kind) for h in HELD)}
    assert missing == set()


def methods(held: object) -> list[tuple[str, Callable[..., object]]]:
    return inspect.getmembers(held, lambda m: inspect.ismethod(m) or inspect.isfunction(m))


@cache
def called() -> dict[str, Callable[..., object]]:
    """Every public function and class that callers call, and the methods of what they hold."""
    found: dict[str, Callable[..., object]] = {}
    for home in HOMES:
        for name, value in public(home).items():
            if inspect.isfunction(value) or (inspect.isclass(value) and attrs.has(value)):
                found[name] = value
    for held in HELD:
        for name in dir(type(held)):  # and works out none of its properties
            if not name.startswith("_") and callable(getattr(type(held), name)):
                method = getattr(held, name)
                if inspect.ismethod(method):
                    found[f"{type(held).__name__}.{name}"] = method
    return found


@pytest.mark.parametrize("name", called())
def test_whatever_a_public_call_is_given_it_answers_or_refuses_in_words(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    call, rnd = called()[name], random.Random(name)
    asked = inspect.signature(call).parameters.values()
    refused = []
    for _ in range(60):
        args, named = made_up(asked, rnd)
        try:
            answer = call(*args, **named)
            if inspect.isgenerator(answer):
                next(answer, None)
        except AssertionError:
            if not name.startswith("assert_"):
                raise
        except DiversionFlowError as error:
            refused.append(error)
    for error in refused:
        assert str(pickle.loads(pickle.dumps(error))) == str(error) != ""
        assert error.text("ja")


def made_up(
    asked: Iterable[inspect.Parameter], rnd: random.Random
) -> tuple[list[object], dict[str, object]]:
    """Arguments by chance, half of them likely; some of those that may be left out are."""
    args: list[object] = []
    named: dict[str, object] = {}
    for parameter in asked:
        value = rnd.choice(LIKELY if rnd.random() < 0.5 else ODD)
        may_miss = parameter.default is not parameter.empty
        if parameter.kind is parameter.VAR_KEYWORD or (may_miss and rnd.random() < 0.5):
            continue
        if may_miss or parameter.kind is parameter.KEYWORD_ONLY:
            named[parameter.name] = value
        else:
            args.append(value)
    return args, named


SPOKEN = [n for n, (_, given) in CALLS.items() if "lang" in given and n != "read_bpmn"]


@pytest.mark.parametrize("name", SPOKEN)
def test_a_language_in_which_nothing_is_written_is_refused(name: str) -> None:
    call, arguments = CALLS[name]
    with pytest.raises(UnknownId, match="no language 'fr'"):
        call(**{**arguments, "lang": "fr"})


def test_a_case_of_another_law_is_not_drawn_into_this_one() -> None:
    law = processes.get("special_coordination")
    for view in ("overview", "timeline"):
        with pytest.raises(DrawingError, match="under another law"):
            draw(law, view, case=OPENED)
    assert draw(evolve(PROCESS), "main", format="dot", case=OPENED)


# -- files --------------------------------------------------------------------------------------

WRITERS: dict[str, Callable[[Path], object]] = {
    "md": partial(render, PROCESS, view="main"),
    "csv": partial(write, PROCESS),
    "xes": partial(write_log, [OPENED]),
}


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("gone/x", "there is no folder"),
        ("file/x", "there is no folder"),
        ("folder", "is a folder"),
        ("there", "is there already"),
        ("x\0", "no file can have this name"),
        ("\ud800", "no file can have this name"),
        ("x" * 300, "the name is too long"),
    ],
)
def test_what_cannot_be_written_is_told_by_the_name_asked_for(
    ending: str, name: str, told: str, tmp_path: Path
) -> None:
    (tmp_path / f"folder.{ending}").mkdir()
    (tmp_path / f"there.{ending}").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(FileRefused) as refused:
        WRITERS[ending](tmp_path / f"{name}.{ending}")
    said = str(refused.value)
    assert told in said
    assert name.encode("ascii", "backslashreplace").decode().replace("\0", "\\x00") in said
    assert refused.value.remedy
    assert refused.value.text("ja") != said
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("library", "extra", "use"),
    [
        ("resvg_py", "diagrams", partial(draw, PROCESS, "main", format="png")),
        ("reportlab.pdfgen.canvas", "diagrams", partial(draw, PROCESS, "main", format="pdf")),
        ("graphviz", "diagrams", partial(draw, PROCESS, "main", format="dot")),
        ("defusedxml", "interchange", partial(parse_bpmn, "<a/>")),
    ],
)
def test_a_missing_library_is_told_with_the_command_that_brings_it(
    library: str, extra: str, use: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra) as missing:
        use()
    for lang in ("ja", "en"):
        assert f'pip install "diversion_flow[{extra}]"' in missing.value.text(lang)
