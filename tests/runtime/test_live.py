"""The live machines and the step, driven by the same random events, never differ."""

from __future__ import annotations

import copy
import gc
import importlib
import inspect
import pickle
import random
import sys
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from diversion_flow import CallError, Case, MissingExtra, Process, Refused, processes
from diversion_flow.definition import (
    Basis,
    FactError,
    Mark,
    OnEntry,
    Parameter,
    fact,
    param,
)
from diversion_flow.definition.sentences import SENTENCES
from diversion_flow.runtime import live as live_module
from diversion_flow.runtime.live import Disagreement, LiveCase, LiveError
from diversion_flow.runtime.reading import Reading
from diversion_flow.scenarios import story_names
from helpers.amounts import Amount, examples
from helpers.chance import attempt, value
from helpers.means import means
from helpers.small import CONSENT, NAMED, PROCESS, T, state, transition, with_main
from helpers.stories import told

PROCESSES = {
    p.id: p for p in (PROCESS, *(processes.in_force(n, on="2024-06-03") for n in processes.names()))
}


class Model:
    """An app's own model."""


def drive(process: Process, seed: int, steps: int) -> tuple[int, int]:
    """Random events on both; how many were accepted and how many refused."""
    rnd = random.Random(seed)
    facts = {f.id: value(f, rnd) for f in process.facts if rnd.random() < 0.6}
    case = process.open(at="2024-06-03T10:00", facts=facts)
    live = LiveCase(process, Model(), at="2024-06-03T10:00", facts=facts)
    accepted = refused = 0
    for _ in range(steps):
        leading = case.possible() or tuple(e.id for e in process.events)
        event = rnd.choice(leading if rnd.random() < 0.8 else [e.id for e in process.events])
        definition = process.event(event)
        whom = definition.by if rnd.random() < 0.9 else [a.id for a in process.agencies]
        call: dict[str, Any] = {
            "by": rnd.choice(whom),
            "at": case.at + timedelta(hours=rnd.choice([-1, 0, 0, 1, 20, 24 * 8, 24 * 200])),
            "facts": {f: value(process.fact(f), rnd) for f in definition.records if rnd.random() < 0.9},
        }  # fmt: skip
        moved, mirrored = attempt(case, event, **call), attempt(live, event, **call)
        assert (moved is None) == (mirrored is None), (event, call["by"])
        case = moved or case
        accepted, refused = accepted + bool(moved), refused + (not moved)
        assert live.states() == dict(case.states)
        assert live.case == case
    return accepted, refused


@pytest.mark.slow
@pytest.mark.parametrize("name", PROCESSES)
@examples(25)
@given(seed=st.integers(0, 2**32))
def test_live_machines_and_step_agree(name: str, seed: int) -> None:
    drive(PROCESSES[name], seed, 20)


def test_the_random_events_are_accepted_and_refused_often_enough_to_tell() -> None:
    counts = [drive(PROCESSES["entry_support"], seed, 25) for seed in range(6)]
    assert sum(a for a, _ in counts) > 30
    assert sum(r for _, r in counts) > 10


@pytest.mark.parametrize("name", story_names())
def test_live_machines_follow_the_stories(name: str) -> None:
    lives: dict[str, LiveCase] = {}
    for played in told(name):
        step = played.step
        if step.case not in lives:
            first = played.before.journal[0]
            lives[step.case] = LiveCase(played.before.process, Model(), at=first.at,
                                        facts=dict(first.facts), id=step.case)  # fmt: skip
        for record in played.records:
            facts = dict(record.facts)
            lives[step.case].step(record.event, by=record.by, at=record.at, facts=facts)
        assert lives[step.case].states() == dict(played.after.states)


# -- where the toolkit's own habits would be wrong for law -------------------------------------


def live() -> LiveCase:
    return LiveCase(PROCESS, Model(), at="2024-06-03T10:00", facts={"age": 70})


def test_no_trigger_jumps_to_a_state() -> None:
    model = live().model
    assert not [name for name in dir(model) if name.startswith(("to_", "may_", "trigger"))]


def test_a_refused_event_raises_and_moves_nothing() -> None:
    case = live()
    with pytest.raises(Refused):
        case.step("finished", by="worker", at="2024-06-04")
    assert case.states() == {"main": "asked", "consent": "open"}


def test_a_failing_callback_leaves_everything_as_it_was() -> None:
    class Failing(Model):
        def on_enter_main_helped(self, event: object) -> None:
            raise RuntimeError("the app's own fault")

    case = LiveCase(PROCESS, Failing(), at="2024-06-03T10:00", facts={"age": 70})
    before = case.case
    with pytest.raises(RuntimeError, match="own fault"):
        case.step("helped", by="worker", at="2024-06-04")
    assert case.states() == {"main": "asked", "consent": "open"}
    assert case.case is before


def test_callbacks_are_called_and_after_sees_the_new_case() -> None:
    seen: list[str] = []

    class Telling(Model):
        def on_exit_main_asked(self, event: object) -> None:
            seen.append("left")

        def on_enter_main_helped(self, event: object) -> None:
            seen.append("entered")

    case = LiveCase(PROCESS, Telling(), at="2024-06-03T10:00", facts={"age": 70},
                    after=lambda model, new: seen.append(new.state("main")))  # fmt: skip
    case.step("helped", by="worker", at="2024-06-04")
    assert seen == ["left", "entered", "helped"]
    assert case.model.main == "helped"


def test_wrong_facts_are_an_error_of_the_call() -> None:
    with pytest.raises(FactError):
        live().step("helped", by="worker", at="2024-06-04", facts={"age": "seventy"})


# -- time ----------------------------------------------------------------------------------------


def test_with_all_that_a_definition_can_say_they_agree_too(amount: Amount) -> None:
    """With --full ten thousand steps."""
    laws = [means(random.Random(seed)) for seed in range(amount(10, 2))]
    counts = [drive(law, seed, 25) for law in laws for seed in range(amount(41, 6))]
    accepted, refused = (sum(count) for count in zip(*counts, strict=True))
    assert accepted + refused >= amount(10_000, 300)
    assert accepted > refused / 8 > 1


@pytest.mark.parametrize("name", PROCESSES)
@examples(15)
@given(seed=st.integers(0, 2**32), days=st.integers(0, 400))
def test_advancing_live_machines_agrees_with_advancing_the_case(
    name: str, seed: int, days: int
) -> None:
    case = PROCESSES[name].open(at="2024-06-03T10:00")
    rnd = random.Random(seed)
    for _ in range(12):
        event = rnd.choice(case.possible() or [e.id for e in case.process.events])
        definition = case.process.event(event)
        facts = {f: value(case.process.fact(f), rnd) for f in definition.records}
        at = case.at + timedelta(hours=1)
        case = attempt(case, event, by=rnd.choice(definition.by), at=at, facts=facts) or case
    lived = LiveCase.of(case, Model())
    to = case.at + timedelta(days=days)
    assert lived.advance(to=to) == case.advance(to=to)
    assert lived.states() == dict(lived.case.states)


def chain(model: Any, **rest: Any) -> LiveCase[Any]:
    """A live case in which one limit after another runs out: asked, helped, done."""
    limit = PROCESS.deadlines[0]
    twice = evolve(
        with_main(
            transitions=(
                transition("help", "helped", "asked", "helped"),
                transition("lapse", "lapsed", "helped", "done"),
            )
        ),
        deadlines=(limit, evolve(limit, id="first", states=("asked",), on_expiry="helped",
                                 start=OnEntry())),
    )  # fmt: skip
    return LiveCase(twice, model, at="2024-06-03T10:00", **rest)


def test_advancing_calls_the_callbacks_of_everything_on_the_way() -> None:
    seen: list[str] = []

    class Telling(Model):
        def on_enter_main_helped(self, event: object) -> None:
            seen.append("helped")

        def on_enter_main_done(self, event: object) -> None:
            seen.append("done")

    case = chain(Telling(), after=lambda model, new: seen.append(f"after {new.state('main')}"))
    case.advance(to="2024-07-10")
    assert seen == ["helped", "after helped", "done", "after done"]
    assert case.model.main == case.case.state("main") == "done"


def test_a_callback_that_fails_late_undoes_the_whole_advance() -> None:
    class Failing(Model):
        def on_enter_main_done(self, event: object) -> None:
            raise RuntimeError("the app's own fault")

    case = chain(Failing())
    before = case.case
    with pytest.raises(RuntimeError, match="own fault"):
        case.advance(to="2024-07-10")
    assert case.case is before
    assert case.states() == {"main": "asked", "consent": "open"}


def test_after_that_fails_leaves_everything_as_it_was() -> None:
    def failing(model: object, new: Case) -> None:
        raise RuntimeError("the app's own fault")

    case = LiveCase(PROCESS, Model(), at="2024-06-03", facts={"age": 70}, after=failing)
    before = case.case
    with pytest.raises(RuntimeError, match="own fault"):
        case.step("helped", by="worker", at="2024-06-04")
    assert case.case is before
    assert case.states() == {"main": "asked", "consent": "open"}


def test_the_live_case_answers_as_its_case() -> None:
    lived = live()
    lived.step("helped", by="worker", at="2024-06-04")
    case = lived.case
    assert lived.enabled("worker") == case.enabled("worker")
    assert lived.deadlines() == case.deadlines() != ()
    assert lived.view("partner") == case.view("partner")
    assert lived.explain("finished", by="worker") == case.explain("finished", by="worker")


# -- a model that comes from a store ----------------------------------------------------------------


def stored() -> Case:
    return live().step("helped", by="worker", at="2024-06-04")


def model_in(**states: object) -> Any:
    model = Model()
    model.__dict__.update(states)
    return model


@pytest.mark.parametrize(
    "model",
    [model_in(), model_in(main=None), model_in(main="helped"), model_in(main="helped", consent="open")],
    ids=lambda model: str(model.__dict__),
)  # fmt: skip
def test_a_stored_case_goes_on_with_its_model(model: Any) -> None:
    case = stored()
    lived = LiveCase.of(case, model)
    assert lived.case is case
    assert lived.states() == {"main": "helped", "consent": "open"}
    lived.step("finished", by="worker", at="2024-06-05", facts={"content": True})
    assert model.main == "done"


def refusal(call: Callable[[], object]) -> str:
    """The code of the LiveError, whose sentence can be said in both languages and stored."""
    with pytest.raises(LiveError) as told:
        call()
    error = told.value
    assert error.text("ja") != error.text("en")
    assert pickle.loads(pickle.dumps(error)).text("ja") == error.text("ja")
    return error.code


def test_a_model_that_says_another_state_is_refused_and_kept() -> None:
    model = model_in(main="done")
    assert refusal(lambda: LiveCase.of(stored(), model)) == "live_elsewhere"
    assert refusal(lambda: LiveCase(PROCESS, model, at="2024-06-03")) == "live_under_way"
    assert model.__dict__ == {"main": "done"}
    LiveCase(PROCESS, model_in(main="asked"), at="2024-06-03")  # where a new case opens


class Slots:
    __slots__ = ("consent",)


class ReadOnly:
    main = property(lambda self: "asked")


class Method:
    def main(self) -> None: ...


class Custody(StrEnum):
    asked = "asked"


class Converting:
    """Keeps what it is given as a member of an Enum, as some ORM columns do."""

    def __setattr__(self, name: str, value: str) -> None:
        object.__setattr__(self, name, Custody(value) if name == "main" else value)


@frozen
class Frozen:
    id: str = ""


@pytest.mark.parametrize(
    ("model", "code"),
    [
        (model_in(main="Tokyo"), "live_name_taken"),
        (model_in(main=7), "live_name_taken"),
        (Method(), "live_name_taken"),
        (ReadOnly(), "live_not_taken"),
        (Slots(), "live_not_taken"),
        (Frozen(), "live_not_taken"),
        (None, "live_not_taken"),
        ({}, "live_not_taken"),
        (Converting(), "live_not_kept"),
    ],
    ids=lambda part: part if isinstance(part, str) else type(part).__name__,
)
def test_a_model_that_cannot_carry_the_machines_is_refused_unchanged(model: Any, code: str) -> None:
    before = copy.copy(getattr(model, "__dict__", None))
    assert refusal(lambda: LiveCase(PROCESS, model, at="2024-06-03")) == code
    assert getattr(model, "__dict__", None) == before
    assert not hasattr(model, "consent")


def test_a_class_is_no_model() -> None:
    class Row:
        pass

    assert refusal(lambda: LiveCase(PROCESS, Row, at="2024-06-03")) == "live_class"
    assert not hasattr(Row, "main")


def test_slots_properties_and_unhashable_models_can_carry_the_machines() -> None:
    class Row:
        __slots__ = ("columns", "consent")
        __hash__ = None  # type: ignore[assignment]

        def __init__(self) -> None:
            self.columns: dict[str, Any] = {"main": Custody.asked}

        @property
        def main(self) -> Any:
            return self.columns["main"]

        @main.setter
        def main(self, state: str) -> None:
            self.columns["main"] = state

    row = Row()
    lived = LiveCase(PROCESS, row, at="2024-06-03", facts={"age": 70})
    lived.step("helped", by="worker", at="2024-06-04")
    assert row.columns["main"] == "helped"


def test_a_model_that_is_itself_a_list_is_one_model() -> None:
    class Household(list[str]):
        main: str | None = None

    household = Household(["a person", "another"])
    lived = LiveCase(PROCESS, household, at="2024-06-03", facts={"age": 70})
    lived.step("helped", by="worker", at="2024-06-04")
    assert household.main == "helped"


def test_one_model_has_one_live_case_at_a_time() -> None:
    gc.freeze()  # what was there before is not looked at
    model = Model()
    first = LiveCase(PROCESS, model, at="2024-06-03", facts={"age": 70})
    assert refusal(lambda: LiveCase(PROCESS, model, at="2024-06-03")) == "live_twice"
    first.release()
    second = LiveCase.of(first.case, model)
    first.release()  # again: the model is the second's now
    assert refusal(lambda: LiveCase.of(first.case, model)) == "live_twice"
    second.step("helped", by="worker", at="2024-06-04")
    assert refusal(lambda: first.step("helped", by="worker", at="2024-06-04")) == "live_released"
    third_after = second.case
    del second
    gc.collect()
    LiveCase.of(third_after, model)


def test_a_refused_start_leaves_the_model_free() -> None:
    model = model_in(main="done")
    refusal(lambda: LiveCase(PROCESS, model, at="2024-06-03"))
    model.main = None
    LiveCase(PROCESS, model, at="2024-06-03")


@pytest.mark.parametrize("make", [copy.copy, copy.deepcopy, pickle.dumps])
def test_a_live_case_is_not_copied(make: Callable[[object], object]) -> None:
    assert refusal(lambda: make(live())) == "live_copied"


def test_the_arguments_are_checked() -> None:
    any_: Any = "small"
    with pytest.raises(CallError, match="process"):
        LiveCase(any_, Model(), at="2024-06-03")
    with pytest.raises(CallError, match="case"):
        LiveCase.of(any_, Model())


# -- callbacks -------------------------------------------------------------------------------------


def calling(name: str, function: Callable[..., object], **rest: Any) -> LiveCase[Any]:
    """A live case whose model has this one callback."""
    model = type("Calling", (), {name: lambda self, event: function(event)})()
    return LiveCase(PROCESS, model, at="2024-06-03T10:00", facts={"age": 70}, **rest)


@pytest.mark.parametrize("where", ["on_exit_main_asked", "on_enter_main_helped", "after"])
@pytest.mark.parametrize("caught", [False, True])
@pytest.mark.parametrize(
    "call",
    [
        lambda it: it.step("finished", by="worker", at="2024-06-05", facts={"content": True}),
        lambda it: it.advance(to="2025-01-01"),
        lambda it: it.release(),
    ],
    ids=["step", "advance", "release"],
)
def test_a_callback_cannot_move_the_live_case_that_calls_it(
    call: Callable[[LiveCase[Any]], object], caught: bool, where: str
) -> None:
    lived: LiveCase[Any]

    def again(*given: object) -> None:
        if not caught:
            call(lived)
        else:
            assert refusal(lambda: call(lived)) == "live_reentrant"

    lived = calling("other", again, after=again) if where == "after" else calling(where, again)
    before = lived.case
    if caught:
        lived.step("helped", by="worker", at="2024-06-04")
        assert lived.states() == dict(lived.case.states) == {"main": "helped", "consent": "open"}
    else:
        assert (
            refusal(lambda: lived.step("helped", by="worker", at="2024-06-04")) == "live_reentrant"
        )
        assert lived.case is before
        assert lived.states() == {"main": "asked", "consent": "open"}


def test_a_callback_may_ask_and_is_answered_as_before_the_step() -> None:
    answers: list[object] = []
    lived = calling("on_enter_main_helped", lambda event: answers.append(lived.enabled("worker")))
    enabled = lived.enabled("worker")
    lived.step("helped", by="worker", at="2024-06-04")
    assert answers == [enabled]


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("on_enter_main_helpd", "on_enter_main_helped"),
        ("on_enter_helped", "on_enter_main_helped"),
        ("on_exit_mian_asked", "on_exit_main_asked"),
        ("on_entry_main_helped", "on_enter_main_helped"),
        ("onenter_main_helped", "on_enter_main_helped"),
        ("On_Enter_main_helped", "on_enter_main_helped"),
        ("enter_main_helped", "on_enter_main_helped"),
        ("on_enter_nothing_like_it", ""),
    ],
)
def test_a_misspelt_callback_is_told_with_what_may_be_meant(name: str, nearest: str) -> None:
    with pytest.raises(LiveError, match="idle=") as told:
        calling(name, print)
    assert told.value.code == "live_callback_unknown"
    assert told.value.values["name"] == name
    assert told.value.values["nearest"]
    assert not nearest or told.value.values["nearest"][0] == nearest
    calling(name, print, idle=(name,))


@pytest.mark.parametrize("name", ["on_save", "online", "entered", "exit", "on_change", "onward"])
def test_methods_of_other_names_are_the_models_own(name: str) -> None:
    calling(name, print)


def test_a_callback_that_two_states_would_call_is_refused() -> None:
    twins = evolve(
        PROCESS.machines[0], id="a", states=(state("b_c"),), initial="b_c", transitions=()
    )
    others = evolve(twins, id="a_b", states=(state("c"),), initial="c")
    process = evolve(PROCESS, machines=(*PROCESS.machines, twins, others))
    model = type("Calling", (), {"on_enter_a_b_c": lambda self, event: None})()
    assert refusal(lambda: LiveCase(process, model, at="2024-06-03")) == "live_callback_ambiguous"
    LiveCase(process, Model(), at="2024-06-03")


class Waiting:
    async def __call__(self, *given: object) -> None: ...


async def waiting(*given: object) -> None: ...


def given_on(*given: object) -> Iterator[object]:
    """Called, it does nothing yet."""
    yield from given


async def giving(*given: object) -> AsyncIterator[object]:
    for one in given:
        yield one


@pytest.mark.parametrize(
    ("callback", "code"),
    [
        (waiting, "live_callback_async"),
        (giving, "live_callback_async"),
        (Waiting(), "live_callback_async"),
        (given_on, "live_callback_async"),
        (lambda: None, "live_callback_takes"),
        (lambda one, two, three: None, "live_callback_takes"),
        ("helped", "live_callback_kind"),
    ],
    ids=["async", "async generator", "async object", "generator", "too few", "too many", "text"],
)
def test_a_callback_that_cannot_be_called_is_refused_at_the_start(callback: Any, code: str) -> None:
    model = model_in(on_enter_main_helped=callback)
    assert refusal(lambda: LiveCase(PROCESS, model, at="2024-06-03")) == code
    assert refusal(lambda: LiveCase(PROCESS, Model(), at="2024-06-03", after=callback)) == code


@pytest.mark.parametrize("idle", [None, 5, "on_enter_main_helpt", ["on_enter_main_helpt", 5]])
def test_idle_names_are_given_in_a_row(idle: Any) -> None:
    model = model_in(on_enter_main_helpt=print)
    with pytest.raises(CallError):
        LiveCase(PROCESS, model, at="2024-06-03", idle=idle)
    assert LiveCase(PROCESS, model, at="2024-06-03", idle=["on_enter_main_helpt"]).states()


def test_an_answer_that_must_be_awaited_undoes_the_step() -> None:
    gc.freeze()  # what was there before is not looked at
    for lived in (
        calling("on_enter_main_helped", lambda event: waiting()),
        calling("other", print, after=lambda model, new: waiting()),
        calling("on_enter_main_helped", lambda event: given_on(event)),
        calling("on_enter_main_helped", lambda event: giving(event)),
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            code = refusal(lambda: lived.step("helped", by="worker", at="2024-06-04"))  # noqa: B023
            gc.collect()
        assert code == "live_callback_async"
        assert lived.states() == {"main": "asked", "consent": "open"}


class Later:
    """What can be awaited and is no coroutine, as a task of an app's loop."""

    def __await__(self) -> Any:
        yield


def test_a_task_is_told_as_one_that_must_be_awaited() -> None:
    lived = calling("on_enter_main_helped", lambda event: Later())
    code = refusal(lambda: lived.step("helped", by="worker", at="2024-06-04"))
    assert code == "live_callback_async"


def test_a_callback_that_does_not_say_what_it_takes_is_called() -> None:
    with pytest.raises(ValueError, match="no signature"):
        inspect.signature(min)
    lived = LiveCase(
        PROCESS, model_in(on_enter_main_helped=min), at="2024-06-03", facts={"age": 70}
    )
    assert isinstance(lived.step("consented", by="worker", at="2024-06-04", **NAMED), Case)
    with pytest.raises(
        TypeError, match="not iterable"
    ):  # the app's own error, and nothing has moved
        lived.step("helped", by="worker", at="2024-06-04")
    assert lived.states() == {"main": "asked", "consent": "given"}


def test_live_machines_know_when_the_law_is_in_force_and_what_a_policy_leaves_open() -> None:
    later = (Basis(Mark.READ, "law", "2", since=date(2025, 1, 1)),)
    guard = (fact("age") >= param("limit")) & ~fact("content").known()
    rule = transition("help", "helped", "asked", "helped", guard, basis=later)
    law = evolve(PROCESS, parameters=(Parameter("limit", T, None),), deadlines=())
    law = evolve(
        law, machines=(evolve(PROCESS.machines[0], transitions=(rule,)), PROCESS.machines[1])
    )
    lived = LiveCase(law, Model(), at="2024-06-03")
    for day in ("2024-06-04", "2024-12-31"):
        with pytest.raises(Refused):
            lived.step("helped", by="worker", at=day)
    assert lived.step("helped", by="worker", at="2025-01-01").state("main") == "helped"


def test_live_machines_are_found_at_their_former_address() -> None:
    assert importlib.import_module("diversion_flow.runtime.machine").LiveCase is LiveCase


def test_live_machines_read_what_a_set_holds_and_what_a_step_adds_to_it() -> None:
    named = fact("recipients")
    rules = (
        transition("help", "helped", "asked", "helped", named.includes("partner")),
        transition("narrow", "consented", "asked", "done", named.narrows() & ~named.named()),
        transition("name", "consented", "asked", "helped", named.named()),
    )
    events = tuple(evolve(e, home="main") if e.id == "consented" else e for e in PROCESS.events)
    law = evolve(PROCESS, machines=(evolve(PROCESS.machines[0], transitions=rules), CONSENT),
                 events=events, deadlines=(), consent=None)  # fmt: skip
    for known, call, there in (
        ({}, {}, "done"), ({}, {"facts": {"recipients": []}}, "done"), ({}, NAMED, "helped"),
        (NAMED["facts"], {}, "done"), (NAMED["facts"], NAMED, "helped"),
    ):  # fmt: skip
        lived = LiveCase(law, Model(), at="2024-06-03", facts=known)
        assert lived.step("consented", by="worker", at="2024-06-04", **call).state("main") == there
        lived = LiveCase(law, Model(), at="2024-06-03", facts=known)
        assert (attempt(lived, "helped", by="worker", at="2024-06-04") is not None) == bool(known)
    wide = evolve(law, machines=(evolve(law.machines[0], transitions=rules[1:2]), CONSENT))
    with pytest.raises(Refused):
        LiveCase(wide, Model(), at="2024-06-03").step(
            "consented", by="worker", at="2024-06-04", **NAMED
        )


def test_a_live_case_shows_where_it_is_and_nothing_of_what_is_recorded() -> None:
    lived = LiveCase(PROCESS, Model(), at="2024-06-03", facts={"age": 70}, id="A-1")
    assert repr(lived) == "<LiveCase of <Case A-1>>"
    lived.step("helped", by="worker", at="2024-06-04")
    assert repr(lived) == "<LiveCase of <Case A-1 main=helped>>"


def test_a_callback_that_is_none_is_no_callback() -> None:
    lived = LiveCase(
        PROCESS, model_in(on_enter_main_helped=None), at="2024-06-03", facts={"age": 70}
    )
    assert lived.step("helped", by="worker", at="2024-06-04").state("main") == "helped"


# -- moved by hand ---------------------------------------------------------------------------------


CALLS: dict[str, Callable[[LiveCase[Any]], object]] = {
    "step": lambda it: it.step("helped", by="worker", at="2024-06-04"),
    "advance": lambda it: it.advance(to="2024-06-04"),
    "enabled": lambda it: it.enabled(),
    "explain": lambda it: it.explain("helped", by="worker"),
    "deadlines": lambda it: it.deadlines(),
    "view": lambda it: it.view("worker"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_model_moved_by_hand_is_told_as_that(call: Callable[[LiveCase[Any]], object]) -> None:
    lived = live()
    lived.model.main = "done"
    assert refusal(lambda: call(lived)) == "live_moved"
    lived.model.main = "the person's secret"
    with pytest.raises(LiveError) as told:
        call(lived)
    assert told.value.code == "live_lost"
    assert "secret" not in repr(told.value) + str(told.value) + str(told.value.__dict__)
    del lived.model.main
    assert refusal(lambda: call(lived)) == "live_lost"
    lived.model.main = "asked"
    call(lived)


@pytest.mark.parametrize("where", ["on_exit_main_asked", "on_enter_main_helped", "after"])
def test_a_callback_that_moves_the_model_by_hand_undoes_the_step(where: str) -> None:
    def pushing(*given: object) -> None:
        lived.model.consent = "given"

    lived: LiveCase[Any]
    lived = (
        calling("other", pushing, after=pushing) if where == "after" else calling(where, pushing)
    )
    assert refusal(lambda: lived.step("helped", by="worker", at="2024-06-04")) == "live_moved"
    assert lived.states() == {"main": "asked", "consent": "open"}


# -- threads, names, and a library that is not there ----------------------------------------------


def test_steps_of_several_threads_come_one_after_another() -> None:
    seen: list[str] = []
    lived = LiveCase(PROCESS, Model(), at="2024-06-03",
                     after=lambda model, new: seen.append(new.state("consent")))  # fmt: skip

    named = {"recipients": ["partner"]}

    def work() -> None:
        for _ in range(50):
            attempt(lived, "consented", by="worker", at="2024-06-04", facts=named)
            attempt(lived, "withdrawn", by="worker", at="2024-06-04")

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lived.case.journal) == len(seen) + 1
    assert seen == ["given", "open"] * (len(seen) // 2) + ["given"] * (len(seen) % 2)
    assert len(seen) > 10


@pytest.mark.parametrize("name", ["state", "main", "trigger", "initial", "model"])
def test_events_may_be_named_like_machines_and_like_words_of_the_toolkit(name: str) -> None:
    main = evolve(PROCESS.machines[0], transitions=(transition("help", name, "asked", "helped"),))
    process = evolve(
        PROCESS,
        machines=(main, PROCESS.machines[1]),
        events=(*PROCESS.events, evolve(PROCESS.events[0], id=name)),
    )
    lived = LiveCase(process, Model(), at="2024-06-03")
    assert lived.step(name, by="worker", at="2024-06-04").state("main") == "helped"


@pytest.mark.parametrize("lie", [True, False])
def test_two_readings_that_differ_are_a_fault_of_ours_and_move_nothing(
    lie: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived = live() if not lie else LiveCase(PROCESS, Model(), at="2024-06-03")  # no age: refused
    monkeypatch.setattr(Reading, "holds", lambda self, rule: lie and rule.id == "help")
    with pytest.raises(Disagreement, match="fault of this library") as told:
        lived.step("helped", by="worker", at="2024-06-04")
    assert told.value.code == "live_disagreement"
    assert lived.states() == dict(lived.case.states) == {"main": "asked", "consent": "open"}


def test_a_model_is_not_moved_into_another_law() -> None:
    case = processes.history("entry_support").open(at="2023-11-30T09:00")
    model = SimpleNamespace(**case.states)
    live = LiveCase.of(case, model)
    live.advance(to="2023-11-30T23:00")
    for to in ("2023-12-02", "2023-12-01"):
        with pytest.raises(LiveError) as refused:
            live.advance(to=to)
        assert refused.value.code == "live_law_changes"
    assert "2023-12-01" in refused.value.text("ja")
    assert vars(model).items() >= case.states.items()
    live.release()
    crossed = live.case.advance(to="2023-12-02")
    again = LiveCase.of(crossed, SimpleNamespace(**crossed.states))
    assert again.case.process.version == "ACT_2023_12"


def test_without_the_library_the_command_that_brings_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "transitions", None)
    live_module._toolkit.cache_clear()
    model = Model()
    with pytest.raises(MissingExtra, match=r'pip install "diversion_flow\[machines\]"'):
        LiveCase(PROCESS, model, at="2024-06-03")
    monkeypatch.undo()
    LiveCase(PROCESS, model, at="2024-06-03")


def test_every_sentence_about_live_machines_is_tried_here() -> None:
    from pathlib import Path

    tried = Path(__file__).read_text("utf-8")
    rows = [code for code in SENTENCES if code.startswith("live_")]
    assert [code for code in rows if f'"{code}"' not in tried] == []
