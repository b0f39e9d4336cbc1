"""What contradicts itself is no definition: each rule refuses its own fault and names the place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from itertools import product
from typing import Any

import pytest
from attrs import evolve

from diversion_flow import CallError, FactError, Process, UnknownId
from diversion_flow.definition import (
    ALWAYS,
    Act,
    Basis,
    CalledWhen,
    Choice,
    Counting,
    Deadline,
    DefinitionError,
    Departure,
    Event,
    Fact,
    Group,
    Heading,
    Hold,
    Kind,
    Length,
    Mark,
    OnEntry,
    OnEvent,
    Parameter,
    Renewal,
    Road,
    Share,
    Source,
    Stop,
    Text,
    Unit,
    Variant,
    fact,
    holds,
    param,
    running,
    when,
)
from diversion_flow.definition.frozen import names_in
from diversion_flow.definition.guard import (
    Compare,
    Guard,
    Includes,
    InState,
    Member,
    Named,
    Narrows,
)
from diversion_flow.definition.kind_words import KINDS as KIND_WORDS
from diversion_flow.definition.pattern import Pattern
from diversion_flow.definition.process import KINDS, class_of, made_of
from diversion_flow.definition.property import Occasion, Property, require_property
from diversion_flow.definition.typecheck import LONGEST
from helpers.occasions import law as visits
from helpers.small import LAW, MAIN, PROCESS, T, transition, with_main, with_transitions

WIDE = evolve(
    PROCESS,
    facts=(
        *PROCESS.facts,
        Fact("home", T, Kind.CHOICE, "worker", choices=(Choice("yes", T), Choice("no", T))),
        Fact("day", T, Kind.DATE, "worker"),
        Fact("moment", T, Kind.DATETIME, "worker"),
    ),
    parameters=(Parameter("days", T, 10, basis=LAW), Parameter("open", T, None)),
)


def guarded(guard: Guard) -> Process:
    rule = evolve(MAIN.transitions[0], guard=guard)
    main = evolve(MAIN, transitions=(rule, *MAIN.transitions[1:]))
    return evolve(WIDE, machines=(main, WIDE.machines[1]))


RULE = (("machine", "main"), ("transition", "help"), ("guard", ""))
# what is asked of a fact → the code, or nothing where it may be asked
ASKED: list[tuple[Guard, str]] = [
    (fact("age") >= 65, ""),
    (fact("age") == "old", "no_value"),
    (fact("age") == True, "no_value"),  # noqa: E712 -- true is no number
    (fact("age") < param("days"), ""),
    (fact("age") < param("open"), ""),
    (fact("content") == 1, "no_value"),
    (fact("content") != True, ""),  # noqa: E712
    (fact("content") < True, "no_order"),
    (fact("content") == param("days"), "no_value"),
    (fact("home") == "yes", ""),
    (fact("home") != "no", ""),
    (fact("home") == "maybe", "no_value"),
    (fact("home") >= "yes", "no_order"),
    (fact("home").in_("yes", "no"), ""),
    (fact("home").in_("yes", "maybe"), "no_value"),
    (fact("home").includes("yes"), "holds_one"),
    (fact("home").named(), "holds_one"),
    (fact("age").narrows(), "holds_one"),
    (fact("recipients").named(), ""),
    (fact("recipients").narrows(), ""),
    (fact("recipients").includes("partner"), ""),
    (fact("recipients").includes("court"), "no_value"),
    (fact("recipients") > "partner", "no_order"),
    (fact("day") < date(2024, 6, 3), ""),
    (fact("day") == 5, "no_value"),
    (fact("moment") >= datetime(2024, 6, 3), ""),
    (fact("moment") >= date(2024, 6, 3), "no_value"),
    (fact("moment") == "2024-06-03", "no_value"),
]


@pytest.mark.parametrize(("guard", "code"), ASKED, ids=[str(n) for n in range(len(ASKED))])
def test_a_fact_is_asked_what_its_kind_can_answer(guard: Guard, code: str) -> None:
    assert isinstance(guard, Compare | Member | Includes | Named | Narrows)
    for asked in (guard, ~guard, guard & fact("age").known()):
        if not code:
            assert guarded(asked).machine("main").transition("help").guard == asked
            continue
        with pytest.raises(DefinitionError) as caught:
            guarded(asked)
        assert (caught.value.code, caught.value.at) == (code, RULE)
        assert caught.value.values["id"] == guard.fact
        with pytest.raises(DefinitionError) as caught:
            evolve(WIDE, deadlines=(evolve(PROCESS.deadlines[0], guard=asked),))
        assert (caught.value.code, caught.value.at) == (
            code,
            (("deadline", "limit"), ("guard", "")),
        )


def test_an_unknown_id_is_told_whole_though_a_machine_is_called_so() -> None:
    event = evolve(PROCESS.events[0], by=("main",))
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, events=(event, *PROCESS.events[1:]))
    assert (caught.value.values["kind"], caught.value.values["id"]) == ("agency", "main")
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, main_route=("main.halp",))
    assert (caught.value.values["id"], caught.value.values["nearest"]) == ("halp", ("help",))
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, main_route=("mian.help",))
    assert caught.value.values["id"] == "mian.help"


def test_what_is_defined_twice_is_told_by_kind_and_id() -> None:
    with pytest.raises(DefinitionError) as caught:
        with_transitions(MAIN.transitions[0])
    assert "rule 'help' is defined twice" in str(caught.value)
    assert "規則「help」は二度定義されています" in caught.value.text("ja")


@pytest.mark.parametrize(
    ("field", "blank"), [("provision", " "), ("note", Text(" ", "")), ("note", Text("", ""))]
)
def test_a_ground_says_what_it_says(field: str, blank: Any) -> None:
    with pytest.raises(DefinitionError) as caught:
        Basis(Mark.KNOWN, **{field: blank})
    assert (caught.value.code, caught.value.at) == ("says_nothing", ((field, ""),))
    assert Basis(Mark.KNOWN, provision="", note=None) == Basis(Mark.KNOWN)


BLANK = Text("\u3000", " ")


@pytest.mark.parametrize(
    ("name", "road"),
    [
        ("label", Road((Group(BLANK, ()),), ())),
        ("small", Road((Group(T, (), BLANK),), ())),
        ("label", Road((), (Act(BLANK, "worker"),))),
        ("handed", Road((), (Act(T, "worker", handed=BLANK),))),
        ("label", Road((), (Act(T, "worker", departures=(Departure(BLANK),)),))),
        ("label", Road((), (), holds=(Hold(BLANK, ()),))),
        ("says", Road((), (), holds=(Hold(T, (), says=BLANK),))),
        ("early", Road((), (), holds=(Hold(T, (), early=BLANK),))),
        ("says", Road((), (), headings=(Heading("stage", BLANK),))),
    ],
)
def test_a_road_says_what_it_says(name: str, road: Road) -> None:
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, road=road)
    code = "no_label" if name == "label" else "says_nothing"
    assert (caught.value.code, caught.value.at[-1]) == (code, (name, ""))


def test_what_is_remarked_on_a_variant_or_a_question_says_something() -> None:
    with pytest.raises(DefinitionError, match="note: says nothing"):
        Variant("v", "small", T, (), note=BLANK)
    asked = Property("q", T, Pattern.ABSENCE, Occasion(("helped",)), known_open=BLANK)
    with pytest.raises(DefinitionError, match="known_open: says nothing"):
        require_property(PROCESS, asked)


def test_a_version_does_not_end_before_it_begins() -> None:
    day = date(2024, 6, 3)
    assert evolve(PROCESS, since=day, until=day).until == day
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, since=day, until=date(2024, 6, 2))
    assert (caught.value.code, caught.value.at) == ("ends_early", (("until", ""),))


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\u200b", "\n\t"])
def test_a_part_is_called_something(blank: str) -> None:
    nothing = Text(blank, blank)
    again = CalledWhen(nothing, fact("content") == True)  # noqa: E712
    event = evolve(PROCESS.events[0], called_when=(again,))
    for at, changes in (
        (("event", PROCESS.events[0].id), {"events": (evolve(PROCESS.events[0], label=nothing),)}),
        (("machine", "main"), {"machines": (evolve(MAIN, label=nothing),)}),
        (("fact", "age"), {"facts": (evolve(PROCESS.facts[0], label=nothing),)}),
        (("event", event.id), {"events": (event,)}),
        (None, {"label": nothing}),
    ):
        held: dict[str, Any] = {
            name: (*parts, *getattr(PROCESS, name)[1:]) if isinstance(parts, tuple) else parts
            for name, parts in changes.items()
        }
        with pytest.raises(DefinitionError) as caught:
            evolve(PROCESS, **held)
        assert (caught.value.code, caught.value.at[-1]) == ("no_label", ("label", ""))
        assert at is None or caught.value.at[0] == at
    half = evolve(PROCESS.facts[0], label=Text("年齢", blank))
    found = evolve(PROCESS, facts=(half, *PROCESS.facts[1:])).fact("age").label
    assert found.in_("en") == "年齢"


def test_a_policy_is_asked_for_a_value_that_it_could_have() -> None:
    law = evolve(WIDE, parameters=(*WIDE.parameters, Parameter("strict", T, True, (True, False))))

    def asking(value: Any, parameter: str) -> Process:
        rule = evolve(MAIN.transitions[0], guard=when(parameter, value))
        return evolve(law, machines=(evolve(MAIN, transitions=(rule,)), law.machines[1]))

    assert asking(False, "strict")
    assert asking(3, "days")
    for value, parameter, code in (("maybe", "strict", "no_choice"), ("ten", "days", "set_kind")):
        with pytest.raises(DefinitionError) as caught:
            asking(value, parameter)
        assert (caught.value.code, caught.value.at) == (code, RULE)


def test_a_rule_comes_from_somewhere() -> None:
    with pytest.raises(DefinitionError) as caught:
        with_transitions(evolve(MAIN.transitions[0], id="from_nowhere", sources=()))
    assert caught.value.code == "no_source"
    assert caught.value.at == (("machine", "main"), ("transition", "from_nowhere"), ("sources", ""))


def test_the_opening_is_no_event_of_a_law() -> None:
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, events=(*PROCESS.events, Event("opened", T, "main")))
    assert (caught.value.code, caught.value.at) == ("event_opened", (("event", "opened"),))


def test_a_parameter_has_one_of_its_choices() -> None:
    with pytest.raises(DefinitionError) as caught:
        evolve(WIDE, parameters=(*WIDE.parameters, Parameter("strict", T, "maybe", (True, False))))
    assert caught.value.code == "no_choice"
    assert caught.value.at == (("parameter", "strict"), ("value", ""))
    assert caught.value.values == {"value": "maybe", "choices": (True, False)}
    for value, taken in (("a", True), ("c", False), (1, True), (True, False), (None, False)):
        assert Parameter("p", T, "a", ("a", "b", 1)).takes(value) is taken


def test_data_are_handed_over_by_consent_only_where_the_law_says_what_consent_is() -> None:
    told = transition("tell", "helped", "asked", "helped", shares=(Share(("age",), "partner"),))
    law = with_main(transitions=(*MAIN.transitions, told))
    with pytest.raises(DefinitionError) as caught:
        evolve(law, consent=None)
    assert (caught.value.code, caught.value.values) == ("no_consent_rule", {"to": "partner"})
    ground = Basis(Mark.READ, "law", "7")
    excepted = evolve(told, shares=(evolve(told.shares[0], exception=ground),))
    assert evolve(law, machines=with_main(transitions=(excepted,)).machines, deadlines=(), consent=None)  # fmt: skip


def test_a_number_is_as_long_as_it_may_be_and_no_longer() -> None:
    longest = 2**LONGEST - 1
    assert Parameter("days", T, longest).value == longest
    evolve(PROCESS, parameters=(Parameter("days", T, longest),))
    with pytest.raises(DefinitionError):
        evolve(PROCESS, parameters=(Parameter("days", T, longest + 1),))


def test_what_goes_to_an_agency_on_consent_goes_to_one_that_consent_can_name() -> None:
    told = transition("tell", "helped", "asked", "helped", shares=(Share(("age",), "worker"),))
    with pytest.raises(DefinitionError) as caught:
        with_main(transitions=(*MAIN.transitions, told))
    assert (caught.value.code, caught.value.values["to"]) == ("no_recipient", "worker")
    assert caught.value.at[-1] == ("shares", "")
    ground = Basis(Mark.READ, "law", "7")
    excepted = evolve(told, shares=(evolve(told.shares[0], exception=ground),))
    assert with_main(transitions=(*MAIN.transitions, excepted))
    seen = evolve(PROCESS.facts[0], seen_with_consent=("worker",))
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, facts=(seen, *PROCESS.facts[1:]))
    assert (caught.value.code, caught.value.at[-1]) == ("no_recipient", ("seen_with_consent", ""))


def test_recipients_are_several() -> None:
    rule = PROCESS.consent
    assert rule is not None
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, consent=evolve(rule, recipients="age"))
    assert caught.value.code == "no_recipients"
    assert caught.value.at == (("consent", ""), ("recipients", ""))


def limit(id: str, amount: Any = 3, guard: Guard | None = None, unit: Unit = Unit.DAYS) -> Deadline:
    made = Deadline(id, T, "main", ("helped",), OnEntry(), Length(amount, unit), "worker", LAW)
    return made if guard is None else evolve(made, guard=guard)


def test_limits_do_not_wait_for_one_another_in_a_circle() -> None:
    for limits in (
        [limit("one", guard=running("one"))],
        [limit("one", guard=~running("two")), limit("two", guard=running("one"))],
        [limit("one", guard=running("two")), limit("two", guard=running("six") & running("one")),
         limit("six")],
    ):  # fmt: skip
        with pytest.raises(DefinitionError) as caught:
            evolve(PROCESS, deadlines=tuple(limits))
        assert caught.value.code == "deadline_circle"
        assert caught.value.at == (("deadline", "one"), ("guard", ""))
    chain = [limit("one", guard=running("two")), limit("two", guard=running("six")), limit("six")]
    assert evolve(PROCESS, deadlines=tuple(chain)).deadlines == tuple(chain)


def test_a_limit_runs_somewhere() -> None:
    with pytest.raises(DefinitionError) as caught:
        evolve(limit("one"), states=())
    assert (caught.value.code, caught.value.at) == (
        "no_states", (("deadline", "one"), ("states", "")),
    )  # fmt: skip


MOST = {Unit.MINUTES: 52_704_000, Unit.HOURS: 878_400, Unit.DAYS: 36_600, Unit.MONTHS: 1_200, Unit.YEARS: 100}  # fmt: skip


@pytest.mark.parametrize("unit", Unit)
def test_a_limit_is_nothing_to_a_hundred_years_long(unit: Unit) -> None:
    for amount in (0, MOST[unit]):
        assert evolve(PROCESS, deadlines=(limit("one", amount, unit=unit),))
    for amount in (-1, MOST[unit] + 1):
        with pytest.raises(DefinitionError) as caught:
            evolve(PROCESS, deadlines=(limit("one", amount, unit=unit),))
        assert (caught.value.code, caught.value.values) == (
            "length_bounds", {"most": MOST[unit], "unit": unit.value, "parameter": ""},
        )  # fmt: skip


@pytest.mark.parametrize(("value", "sound"), [(0, True), (None, True), (True, False), ("3", False), (-1, False)])  # fmt: skip
def test_a_limit_that_a_policy_sets_is_as_long_as_any(value: Any, sound: bool) -> None:
    def set_to(value: Any) -> Process:
        return evolve(
            PROCESS, parameters=(Parameter("days", T, value),), deadlines=(limit("one", param("days")),)
        )  # fmt: skip

    if sound:
        assert set_to(value)
    else:
        with pytest.raises(DefinitionError, match="time limit one, length"):
            set_to(value)


def test_a_fact_has_choices_if_and_only_if_it_is_chosen() -> None:
    for kind in Kind:
        chosen = kind in (Kind.CHOICE, Kind.CHOICES)
        for choices in ((), (Choice("x", T),)):
            if bool(choices) == chosen:
                assert Fact("f", T, kind, "worker", choices=choices).kind is kind
                continue
            with pytest.raises(DefinitionError) as caught:
                Fact("f", T, kind, "worker", choices=choices)
            assert caught.value.code == "choices_of_kind"
            assert caught.value.at == (("fact", "f"), ("choices", ""))


def test_a_provision_is_in_force_from_its_first_to_its_last_day() -> None:
    first, last = date(2024, 6, 3), date(2024, 6, 5)
    days = [date(2024, 6, n) for n in range(2, 7)]
    for since, until, held in (
        (first, last, [False, True, True, True, False]),
        (first, None, [False, True, True, True, True]),
        (None, last, [True, True, True, True, False]),
        (None, None, [True] * 5),
        (first, first, [False, True, False, False, False]),
    ):
        basis = Basis(Mark.READ, "law", since=since, until=until)
        assert [basis.in_force(day) for day in days] == held


def test_what_is_looked_at_when_it_is_made_names_its_field() -> None:
    for made, field in (
        (lambda: Basis("read"), "mark"),  # type: ignore[arg-type]
        (lambda: Length(3, "days"), "unit"),  # type: ignore[arg-type]
        (lambda: Fact("f", T, "date", "worker"), "kind"),  # type: ignore[arg-type]
    ):
        with pytest.raises(DefinitionError) as caught:
            made()
        assert (caught.value.code, caught.value.at) == ("wrong_type", ((field, ""),))


def test_every_part_is_found_by_its_kind_and_id() -> None:
    whole = evolve(WIDE, deadlines=(limit("one"),), called=Text("小", "the small one"))
    for kind in ("agency", "event", "fact", "parameter", "deadline", "source", "machine"):
        for id, part in whole.by_id[kind].items():
            assert getattr(whole, kind)(id) is part
            assert isinstance(part, class_of(kind))
        with pytest.raises(UnknownId, match=f"no {KIND_WORDS[kind].en} 'nowhere'"):
            getattr(whole, kind)("nowhere")
    for kind in ("stage", "paper"):
        with pytest.raises(UnknownId, match=f"no {KIND_WORDS[kind].en} 'nowhere'"):
            getattr(whole, kind)("nowhere")
    assert class_of("process") is Process
    assert whole.name.en == "the small one"
    assert WIDE.name == Text("第1版", "version 1")
    assert Counting() == Counting(first_day_counts=False, rest_day_moves=False)


# -- what says nothing, or says it twice ------------------------------------------------------------

LIMIT, RULE_OF_CONSENT = PROCESS.deadlines[0], PROCESS.consent
assert RULE_OF_CONSENT is not None


def asked(guard: Guard) -> dict[str, Any]:
    rules = evolve(MAIN.transitions[0], guard=~guard), *MAIN.transitions[1:]
    return {"machines": (evolve(MAIN, transitions=rules), *PROCESS.machines[1:])}


NO_LISTS: list[tuple[dict[str, Any], str, str]] = [
    (asked(InState("main", ())), "lists_nothing", "guard"),
    (asked(Member(PROCESS.facts[0].id, ())), "lists_nothing", "guard"),
    ({"deadlines": (evolve(LIMIT, start=OnEvent(())),)}, "lists_nothing", "events"),
    ({"deadlines": (evolve(LIMIT, stops=(Stop("main", ()),)),)}, "lists_nothing", "states"),
    (
        {"deadlines": (evolve(LIMIT, renewals=(Renewal((), LIMIT.length),)),)},
        "lists_nothing", "events",
    ),
    ({"consent": evolve(RULE_OF_CONSENT, states=())}, "lists_nothing", "states"),
    (
        {"events": (evolve(PROCESS.events[0], by=("worker", "worker")), *PROCESS.events[1:])},
        "lists_twice", "by",
    ),
    (
        {"facts": (evolve(PROCESS.facts[0], seen_by=("worker", "worker")), *PROCESS.facts[1:])},
        "lists_twice", "seen_by",
    ),
    ({"deadlines": (evolve(LIMIT, states=("helped", "helped")),)}, "lists_twice", "states"),
    ({"id": "a b"}, "no_id", "id"),
    ({"version": ""}, "no_version", "version"),
    ({"version": "a b"}, "no_version", "version"),
    ({"version": "a\n"}, "no_version", "version"),
    ({"sources": (Source("law", T, url=" "),)}, "no_web_address", "url"),
    ({"sources": (Source("law", T, url="nope"),)}, "no_web_address", "url"),
    ({"sources": (Source("law", T, url="javascript:x()"),)}, "no_web_address", "url"),
    ({"sources": (Source("law", T, url="https://a b"),)}, "no_web_address", "url"),
    ({"sources": (Source("law", T, short=Text("", " ")),)}, "says_nothing", "short"),
    ({"note": Text(" ", "")}, "says_nothing", "note"),
    ({"called": Text("", "\u3000")}, "says_nothing", "called"),
    ({"sources": (Source("law", T, law_id=""),)}, "no_source_address", "law_id"),
    ({"parameters": (Parameter("days", T, 10**5000),)}, "number_long", "value"),
    ({"until": date.max}, "day_far", "until"),
    ({"since": date.min}, "day_far", "since"),
    ({"parameters": (Parameter("day", T, date.max),)}, "day_far", "value"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "code", "field"), NO_LISTS)
def test_what_a_list_leaves_out_or_names_twice_is_told(
    changes: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(DefinitionError) as caught:
        evolve(PROCESS, **changes)
    assert (caught.value.code, caught.value.at[-1]) == (code, (field, ""))
    assert caught.value.remedy


def test_a_source_may_be_cited_twice() -> None:
    """As where an edit brings the ground that its rule already has."""
    assert with_transitions(
        evolve(MAIN.transitions[0], id="again", event="finished", basis=(*LAW, *LAW))
    )


def test_a_rule_hands_over_something_and_comes_from_each_state_once() -> None:
    rule = evolve(MAIN.transitions[0], id="again", event="finished")
    for changes, field in (
        ({"shares": (Share((), "partner"),)}, "facts"),
        ({"sources": ("asked", "asked")}, "sources"),
    ):
        with pytest.raises(DefinitionError) as caught:
            with_transitions(evolve(rule, **changes))  # type: ignore[arg-type]
        assert caught.value.at[-1] == (field, "")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"minimum": 5, "maximum": 1}, "bounds_crossed"),
        ({"kind": Kind.BOOLEAN, "minimum": 0}, "bounds_of_kind"),
        ({"kind": Kind.DATE, "maximum": 3}, "bounds_of_kind"),
    ],
)
def test_the_bounds_of_a_fact_leave_room(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        Fact(**{"id": "x", "label": T, "kind": Kind.INTEGER, "source": "worker", **changes})
    *_, wrong = changes
    assert (caught.value.code, caught.value.at) == (code, (("fact", "x"), (wrong, "")))
    with pytest.raises(FactError, match="integer"):
        Fact("x", T, Kind.INTEGER, "worker").parse(10**5000)


def test_a_condition_is_joined_with_conditions_only() -> None:
    for join in (lambda: 3 & ALWAYS, lambda: 3 | ALWAYS, lambda: ALWAYS & 3):
        with pytest.raises(CallError):
            join()


def _changed() -> Iterator[dict[str, Any]]:
    """A process in which a part is missing, an event outdates more, or a rule asks something."""
    law = visits()
    for row in KINDS.values():
        if row.holder is None:
            parts = getattr(law, row.list)
            yield from ({row.list: tuple(p for p in parts if p is not gone)} for gone in parts)
        for home in law.machines if row.holder == "machine" else ():
            for gone in getattr(home, row.list):
                left = tuple(p for p in getattr(home, row.list) if p is not gone)
                yield {"machines": tuple(evolve(m, **{row.list: left}) if m is home else m
                                         for m in law.machines)}  # fmt: skip
    yield {"consent": None}
    for event, asked in product(law.events, law.facts):
        more = evolve(event, outdates=tuple({*event.outdates, asked.id}))
        yield {"events": tuple(more if e is event else e for e in law.events)}
    main, consent = law.machines
    told = evolve(main.transitions[0], shares=(Share(("age",), "partner"),))
    for rule in (evolve(r, guard=guard) for r in main.transitions for guard, _ in ASKED):
        rules = tuple(rule if r.id == rule.id else r for r in main.transitions)
        yield {"machines": (evolve(main, transitions=rules), consent)}
    rules = (told, *main.transitions[1:])
    yield {"consent": None, "machines": (evolve(main, transitions=rules), consent)}
    asking = evolve(main.transitions[-1], guard=holds("content"))  # what its event outdates
    rules = (*main.transitions[:-1], asking)
    yield {"machines": (evolve(main, transitions=rules), consent)}


def test_what_shares_its_parts_with_a_sound_process_is_refused_as_any_other() -> None:
    law, refused = visits(), set[str]()
    for changes in _changed():
        fields = {name: getattr(law, name) for name in names_in(law)} | changes
        found: list[object] = []
        for make in (partial(made_of, law), Process):
            try:
                found.append(make(**fields))
            except DefinitionError as error:
                found.append((error.code, error.at, error.values))
                refused.add(error.code)
        assert found[0] == found[1]
    assert {"unknown_id", "outdated_asked", "no_consent_rule", "holds_one"} <= refused
