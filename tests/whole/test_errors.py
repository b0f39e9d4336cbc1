"""Every error that the library raises: a code of the one table, said in both languages, with all
that its sentence speaks of; picklable and copyable for ever after."""

from __future__ import annotations

import ast
import copy
import importlib
import pickle
import pkgutil
import string
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import diversion_flow
from diversion_flow import DiversionFlowError, LoadError, UnknownId, processes
from diversion_flow.definition import SetParameter, Variant, VariantConflict, compose
from diversion_flow.definition.errors import DefinitionError
from diversion_flow.definition.languages import LANGUAGES
from diversion_flow.definition.sentences import SENTENCES
from diversion_flow.definition.text import Text
from helpers.small import T
from helpers.source import FILES, SOURCE, nodes

# What tells of a fault of ours, and never of what a caller gave.
OURS = {"AssertionError", "NotImplementedError", "KeyboardInterrupt", "StopIteration"}
# What Python asks of a module's names, and pytest of its plugins, with a sentence of ours in it.
ASKED_OF = {
    "__init__.py": {"AttributeError"},
    "late.py": {"AttributeError"},
    "testing": {"AttributeError", "ArgumentTypeError", "UsageError", "CollectError"},
}


def every_class() -> list[type[DiversionFlowError]]:
    for module in pkgutil.walk_packages(diversion_flow.__path__, "diversion_flow."):
        importlib.import_module(module.name)

    def below(cls: type[DiversionFlowError]) -> Iterator[type[DiversionFlowError]]:
        for kind in cls.__subclasses__():
            yield kind
            yield from below(kind)

    found = {k for k in below(DiversionFlowError) if k.__module__.startswith("diversion_flow.")}
    return [DiversionFlowError, *sorted(found, key=lambda k: k.__qualname__)]


CLASSES = every_class()
NAMES = {kind.__name__: kind for kind in CLASSES}


def asked(code: str) -> set[str]:
    """The values that a code's sentence speaks of."""
    row = SENTENCES[code]
    texts = (row.problem, *((row.remedy,) if row.remedy else ()))
    parts = (
        p for text in texts for said in (text.ja, text.en) for p in string.Formatter().parse(said)
    )
    return {name for _, name, _, _ in parts if name}


# -- the table ---------------------------------------------------------------------------------


def test_each_code_is_said_in_both_languages_and_kept() -> None:
    assert len(SENTENCES) > 300
    for code, row in SENTENCES.items():
        assert row.problem.missing == (), code
        assert row.remedy is None or row.remedy.missing == (), code
        values: dict[str, Any] = dict.fromkeys(asked(code), Text("語", "word"))
        error = DiversionFlowError(code, file="f.toml", line=3, field="a.b", **values)
        said = [error.text(lang) for lang in LANGUAGES]
        for again in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
            assert vars(again) == vars(error), code
            assert [again.text(lang) for lang in LANGUAGES] == said, code
        assert str(error).startswith("f.toml:3: a.b: "), code
        assert "{" not in error.text("ja").replace("{ ", "").replace('{"', ""), code


@pytest.mark.slow
def test_no_row_is_there_for_nothing() -> None:
    said = {
        node.value
        for file in FILES
        if file.name != "sentences.py"
        for node in nodes(file)
        if isinstance(node, ast.Constant)
    }
    assert {code for code in SENTENCES if code not in said} == set()


# -- the classes ---------------------------------------------------------------------------------


def samples() -> Iterator[DiversionFlowError]:
    yield LoadError("f.toml", 3, "a", "missing", id="a")
    yield UnknownId("event", "arested", ("arrested",), at=(("machine", "main"),))
    law = processes.in_force("entry_support", on="2024-06-03")
    one, other = (Variant(str(n), "small", T, (SetParameter("days", n),)) for n in (1, 2))
    with pytest.raises(VariantConflict) as disagreed:
        compose(one, other)
    yield disagreed.value
    case = law.open(at="2024-06-03T10:00", id="a")
    for call in (
        lambda: law.event("nope"),
        lambda: law.open(at="2024-06-03", facts={"age": "x"}),
        lambda: case.step("center_requested", by="probation_office", at="2024-06-03T11:00"),
        lambda: processes.in_force("entry_support", on="1900-01-01"),
        lambda: processes.in_force("entry_suport", on="2024-06-03"),
    ):
        with pytest.raises(DiversionFlowError) as caught:
            call()
        yield caught.value
    yield from (kind("missing", id="a") for kind in CLASSES if "__init__" not in vars(kind)
                and not issubclass(kind, LoadError))  # fmt: skip
    yield NAMES["NotDecided"]()


@pytest.mark.parametrize(
    "error",
    list(samples()),
    ids=lambda e: type(e).__name__,
)
def test_each_class_is_pickled_copied_and_said_again(error: DiversionFlowError) -> None:
    for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(again) is type(error)
        assert (str(again), again.text("ja"), repr(again)) == (
            str(error),
            error.text("ja"),
            repr(error),
        )
        assert again.args == error.args
    assert error.text("ja") != str(error) or error.code == "own"


def test_an_error_keeps_nothing_of_the_kind_that_a_caller_made_of_a_value() -> None:
    class Word(str):
        def __str__(self) -> str:
            raise RuntimeError

    class Share(float):
        pass

    class Day(date):
        pass

    word = Word("nowhere")
    error = UnknownId("place", word, (), at=((Word("event"), word),), field=word)
    other = DefinitionError("own", problem=Word("w"), shares=[Share(1), Day(2024, 6, 3)])
    for told in (error, other):
        assert str(pickle.loads(pickle.dumps(told))) == str(told)
    assert [type(one) for one in other.values["shares"]] == [float, date]


def test_a_file_is_told_of_the_same_fault() -> None:
    error = DefinitionError("no_id", id="a b", at=(("event", "a b"), ("id", "")))
    found = error.located("f.toml", 7, "events[0].id")
    assert str(found).startswith("f.toml:7: events[0].id: 'a b' is not a valid id")
    assert found.at == error.at


# -- the places that raise -----------------------------------------------------------------------


def room(file: Path) -> str:
    return file.relative_to(SOURCE).parts[0]


def called(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name
    return ""


def code_of(call: ast.Call, kind: type[DiversionFlowError]) -> ast.expr | None:
    """The argument that is the error's code; None where the class itself has one."""
    named = next((k.value for k in call.keywords if k.arg in ("code", "problem")), None)
    if named is not None:
        return named
    if issubclass(kind, LoadError):
        return call.args[3] if len(call.args) > 3 else None
    owner = next(k for k in kind.__mro__ if "__init__" in vars(k))
    return call.args[0] if owner is DiversionFlowError and call.args else None


def faults(nodes: Iterable[ast.AST], where: str = "") -> Iterator[tuple[int, str]]:
    """What is wrong with the errors that a file makes, by line."""
    for node in nodes:
        if isinstance(node, ast.Raise) and node.exc is not None:
            name = called(node.exc) or getattr(node.exc, "id", "")
            known = {*NAMES, *OURS, *ASKED_OF.get(where, ())}
            if name.endswith(("Error", "Exception", "Lookup")) and name not in known:
                yield node.lineno, f"raises {name}"
        if not isinstance(node, ast.Call) or called(node) not in NAMES:
            continue
        code = code_of(node, NAMES[called(node)])
        literals = [n.value for n in ast.walk(code) if isinstance(n, ast.Constant)] if code else []
        if isinstance(code, ast.JoinedStr):
            yield node.lineno, "puts a sentence together"
        if not isinstance(code, ast.Constant | ast.IfExp):
            continue
        given = {k.arg for k in node.keywords}
        for literal in literals:
            if not isinstance(literal, str):
                continue
            if literal not in SENTENCES:
                yield node.lineno, f"has no sentence for {literal!r}"
            elif None not in given and not asked(literal) <= given:
                yield node.lineno, f"{literal} lacks {asked(literal) - given}"


def test_every_place_that_raises_names_a_sentence_and_all_it_speaks_of() -> None:
    assert len(FILES) > 300
    found = {str(file.relative_to(SOURCE)): [*faults(nodes(file), room(file))] for file in FILES}
    assert {file: wrong for file, wrong in found.items() if wrong} == {}


def test_the_search_sees_what_it_looks_for() -> None:
    seen = (
        "raise ValueError('x')\nraise DefinitionError('no such code')\n"
        "raise LoadError(file, 1, '', 'missing')\nraise DefinitionError(f'no {x}')\n"
        "raise LoadError(file, 1, '', 'missing', id=x)\nraise error\nraise AssertionError\n"
        "raise DefinitionError('missing' if x else 'none', **values)\n"
    )
    assert [line for line, _ in faults(ast.walk(ast.parse(seen)))] == [1, 2, 3, 4, 8]
