"""The ways out of every state of custody, and by what law: the table in the docs.

Where no rule stands, either the law knows none, or it is not followed here, each by name.
"""

from __future__ import annotations

import re

import pytest

from diversion_flow import processes
from diversion_flow.definition import State, Transition
from diversion_flow.definition.wording import basis_text
from helpers.goldens import golden
from helpers.places import ROOT

LAW = processes.get("entry_support")
CUSTODY = LAW.machine("custody")
RELEASES = ("police_released", "release_ordered", "detention_denied", "release_commanded",
            "released", "workhouse_completed", "released_from_other_case",
            "psychiatric_remand_ended", "detention_stay_ended")  # fmt: skip
EXITS = {
    "release by who holds or orders": RELEASES,
    "limit passed": ("custody_limit_passed",),
    "cancellation (CCP 87, 91)": ("detention_cancelled",),
    "quasi-appeal (CCP 429)": ("detention_quashed",),
    "suspension of detention (CCP 95)": ("detention_stayed",),
    "bail (CCP 88–90)": ("bailed",),
    "disposition, order or judgment": (
        "disposed", "summary_order_served", "judged", "appeal_judged"),
}  # fmt: skip
RELEASE, LIMIT, CANCEL, QUASI, STAY, BAIL, JUDGMENT = EXITS
ARRESTED = ("arrested", "arrested_by_prosecutor", "referred", "detention_requested",
            "indicted_in_arrest")  # fmt: skip
OTHER_CASE = ("held_for_other_case", "held_for_other_case_on_bail")
STAYED = ("stayed_suspect", "stayed_defendant")
REMANDED = ("remanded_suspect", "remanded_defendant")
# Nobody is held, or this track has ended and is not followed further.
NOT_HELD = ("free", "bailed", "awaiting_execution", "execution_stayed")
ENDED = ("imprisoned", "family_court", "died")
OF_DETENTION = (CANCEL, STAY, BAIL)

NONE = {
    # Detention is what is cancelled, suspended and exchanged for bail; an arrest is none, and no
    # quasi-appeal lies against it (Supreme Court 1982-08-27).
    **{(name, exit): "the law knows none" for name in ARRESTED for exit in OF_DETENTION},
    **{(name, QUASI): "the law knows none (Supreme Court 1982-08-27)" for name in ARRESTED},
    **{(name, exit): "the law knows none (it is the execution of a sentence)"
       for name in ("workhouse", "imprisoned") for exit in (*OF_DETENTION, QUASI)},
    **{("release_due", exit): "the law knows none (to be released at once)"
       for exit in (LIMIT, CANCEL, QUASI, STAY, BAIL, JUDGMENT)},
    **{(name, LIMIT): "the law knows none (the judge decides at once)"
       for name in ("detention_requested",)},
    **{(name, BAIL): "the law knows none (CCP 207(1), proviso)"
       for name in ("detained_suspect", "stayed_suspect")},
    **{(name, LIMIT): "the law knows none (the clock stands still)" for name in STAYED},
    ("detained_defendant", RELEASE): "the law knows none (the court's cancellation or bail)",
    ("workhouse", LIMIT): "the law knows none (its term ends it)",
}  # fmt: skip
LEFT_OUT = {
    ("stayed_defendant", BAIL): "not followed (the stay ends first)",
    **{(name, exit): "not followed (CCP 167, 224)" for name in REMANDED
       for exit in (LIMIT, CANCEL, QUASI, STAY, BAIL, JUDGMENT)},
    **{(name, exit): "followed in the other case" for name in OTHER_CASE for exit in EXITS},
    **{("imprisoned", exit): "not followed" for exit in (RELEASE, LIMIT, JUDGMENT)},
    **{(name, exit): "not followed" for name in ("family_court",) for exit in EXITS},
}  # fmt: skip
# What does not arise there: nobody is held, or the decision is not made in that state.
NOTHING = {
    **{(name, exit): "–" for name in NOT_HELD for exit in EXITS},
    **{("died", exit): "–" for exit in EXITS},
    ("arrested", JUDGMENT): "– (referred first)",
    **{(name, STAY): "– (stayed already)" for name in STAYED},
    ("workhouse", JUDGMENT): "– (judged already)",
}


def leading_out(state: State, events: tuple[str, ...]) -> list[Transition]:
    """The rules by which one of the events ends the state."""
    return [t for t in CUSTODY.transitions
            if state.id in t.sources and t.event in events and t.target != state.id]  # fmt: skip


def article(rule: Transition) -> str:
    laws = tuple(b for b in rule.basis if b.law is not None) or rule.basis
    return "; ".join(dict.fromkeys(
        re.sub(r"\[known.*?\]", "[known]", basis_text(LAW, b, "en", signs=False)) for b in laws
    ))  # fmt: skip


def cell(state: State, exit: str) -> str:
    rules = leading_out(state, EXITS[exit])
    if rules:
        return "<br>".join(f"`{r.id}` → {r.target}: {article(r)}" for r in rules)
    at = (state.id, exit)
    return NONE.get(at) or LEFT_OUT.get(at) or NOTHING[at]


def table() -> str:
    rows = [f"| State | {' | '.join(EXITS)} |", "|---" * (len(EXITS) + 1) + "|"]
    rows += [
        f"| `{s.id}` {s.label.en} | {' | '.join(cell(s, exit) for exit in EXITS)} |"
        for s in CUSTODY.states
    ]
    others = ["| State | Event | Rule |\n|---|---|---|"]
    shown = {event for events in EXITS.values() for event in events}
    others += [
        f"| `{s.id}` | {LAW.event(t.event).label.en} | `{t.id}` → {t.target}: {article(t)} |"
        for s in CUSTODY.states
        for t in CUSTODY.transitions
        if s.id in t.sources and t.event not in shown and t.target != s.id and t.event != "died"
    ]
    return (
        "\n".join(rows)
        + "\n\nEvery other way out of a state (death ends each):\n\n"
        + ("\n".join(others))
    )


def test_the_page_shows_the_ways_out_of_custody() -> None:
    """After a change of the law: pytest --renew-goldens."""
    page = ROOT / "docs" / "processes" / "entry_support.md"
    text = page.read_text("utf-8")
    golden(page, re.sub(r"(?s)<!-- exits -->.*<!-- /exits -->",
                        lambda _: f"<!-- exits -->\n{table()}\n<!-- /exits -->", text))  # fmt: skip


@pytest.mark.parametrize("exit", EXITS)
def test_every_state_and_way_out_has_a_rule_or_is_named_once(exit: str) -> None:
    for state in CUSTODY.states:
        at = (state.id, exit)
        found = [bool(leading_out(state, EXITS[exit])), at in NONE, at in LEFT_OUT, at in NOTHING]
        # A rule may stand where nobody is held (bail ends with a judgment): it is shown.
        assert sum(found) == 1 or (found[0] and at in (NOTHING | LEFT_OUT) and sum(found) == 2), at


def test_what_the_law_does_not_know_is_refused() -> None:
    """No quasi-appeal against an arrest, no bail for a suspect, none of these in imprisonment."""
    for name, exit in NONE:
        assert leading_out(CUSTODY.state(name), EXITS[exit]) == [], (name, exit)


def test_every_way_out_cites_an_article_or_says_why_not() -> None:
    for rule in CUSTODY.transitions:
        assert any(b.law or b.evidence for b in rule.basis), rule.id
