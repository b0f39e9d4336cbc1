"""The shape that locally run schemes share: somebody refers the person, the scheme supports and
hands over. Who refers, who supports and for whom are what a place fills in."""

from __future__ import annotations

from ....definition import (
    Add,
    Agency,
    Edit,
    Guard,
    Machine,
    Source,
    Text,
    Transition,
    fact,
    holds,
)  # fmt: skip
from ...writing import Bases, event, final, grounds, inferred, rule, state, stays
from ..sight import TO_THE_PERSON

_WORKING = "referred supporting"


def source(id: str, ja: str, en: str, url: str | None = None) -> Add:
    """A source that only this place rests on."""
    return Add(Source(id, Text(ja, en), url=url))


def local_scheme(
    label: Text, runs: str, finders: str, group: Guard, read_in: Bases, *, records: str = "",
    reviewed_by: str = "", files_plan: bool = False,
) -> tuple[Edit, ...]:  # fmt: skip
    """Edits that add a machine `local_support` run by the agency `runs`.

    `finders` may refer; `group` is for whom; `reviewed_by` are agencies that review cases in a
    panel; `files_plan` says that a rehabilitation support plan is filed. Steps that the place's
    source does not tell (acceptance, handing over, closing) are inferred.
    """
    guess = inferred(" ".join(read_in[0].evidence))
    events = [
        event("local_referral", f"{label.ja}への紹介", f"Referred to {label.en}", "local_support",
              finders, read_in, records=records),
        event("local_support_started", "支援の開始", "Local support started", "local_support",
              runs, guess),
        event("local_support_handed_over", "地域の支援者へ引継ぎ", "Handed over locally",
              "local_support", runs, guess),
        event("local_support_closed", "支援の終結", "Local support closed", "local_support", runs,
              guess),
    ]  # fmt: skip
    extra: list[Transition] = []
    if files_plan:
        events.append(event("local_plan_filed", "更生支援計画の提出", "Rehabilitation plan filed",
                            "local_support", f"{runs} counsel", read_in))  # fmt: skip
        extra += stays("plan", "local_plan_filed", "supporting", read_in,
                       papers="rehabilitation_plan")  # fmt: skip
    told = tuple(dict.fromkeys((*runs.split(), *finders.split(), "person")))
    if reviewed_by:
        unseen = " ".join(agency for agency in reviewed_by.split() if agency not in told)
        events.append(event("local_case_reviewed", "事例検討", "Case reviewed in the panel",
                            "local_support", reviewed_by, read_in,
                            unseen_by=unseen))  # fmt: skip
        extra += stays("review", "local_case_reviewed", "supporting", read_in)
    machine = Machine(
        "local_support", label, "not_started",
        (
            state("not_started", "未着手", "Not started", runs, read_in, stage="intake", rest=True),
            state("referred", "紹介あり", "Referred", runs, read_in, stage="screening"),
            state("supporting", "支援中", "Supporting", runs, read_in, stage="coordination"),
            final("handed_over", "地域へ引継ぎ", "Handed over", runs, guess, stage="settlement"),
            final("closed", "終結", "Closed", runs, guess, stage="settlement"),
        ),
        (
            rule("referral", "local_referral", "not_started", "referred", read_in,
                 guard=group),
            rule("start", "local_support_started", "referred", "supporting", guess),
            *extra,
            rule("handover", "local_support_handed_over", "supporting", "handed_over", guess),
            rule("closing", "local_support_closed", _WORKING, "closed", guess),
            rule("end_by_death", "died", f"not_started {_WORKING}", "closed", guess),
        ),
        seen_by=told,
        basis=grounds({**dict.fromkeys(told, guess), "person": TO_THE_PERSON}),
    )  # fmt: skip
    return (*(Add(e) for e in events), Add(machine))


def agency(id: str, ja: str, en: str, basis: Bases) -> Add:
    """An agency that takes part at this place only."""
    return Add(Agency(id, Text(ja, en), basis))


SUSPENDED = fact("disposition") == "suspension_of_prosecution"
SUSPENDED_SENTENCE = fact("sentence").in_("suspended", "suspended_with_probation")
NEEDS_WELFARE = holds("needs_welfare")
