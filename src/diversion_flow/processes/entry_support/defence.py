"""Social work for the defence (更生支援計画; S12b, S13, S14, NS-01): a certified social worker asked by
counsel visits, a doctor evaluates, a support plan is drawn up and filed."""

from __future__ import annotations

from ...definition import Machine, Remark, Remarks, Text, holds, machine
from ..writing import event, final, grounds, inferred, read, rule, share, state, stays, told
from .conditions import MAY_VISIT, OUT
from .sight import OF_DEFENCE
from .support import EACH_PLAN

_PLAN = read("S12b S13 S14")

EVENTS = (
    event("social_worker_engaged", "社会福祉士への依頼", "Social worker engaged", "defence", "counsel",
          read("S14 NS01")),
    event("core_center_consulted", "基幹相談支援センターへの相談",
          "Core consultation center consulted", "defence", "counsel", read("NS01"),
          told=told("core_consultation_center", read("NS01"))),
    event("social_worker_visited", "社会福祉士の面会", "Social worker's visit", "defence",
          "social_worker", read("S14 S15 NS01")),
    event("doctor_evaluated", "医師の簡易な評価(弁護側)", "Evaluated by a doctor for the defence",
          "defence", "medical", read("NS01"), records="disability"),
    event("rehabilitation_plan_drafted", "更生支援計画の作成", "Rehabilitation plan drafted", "defence",
          "social_worker", _PLAN, records="person_agrees_plan", outdates="person_agrees_plan",
          anew=inferred("NS01", note=EACH_PLAN)),
    event("rehabilitation_plan_filed", "更生支援計画の提出", "Rehabilitation plan filed", "defence",
          "counsel", _PLAN),
    event("social_worker_testified", "社会福祉士の証言", "Social worker testified", "defence",
          "social_worker court", _PLAN, unseen_by="court"),
    event("defence_support_ended", "弁護側の支援の終了", "Defence's support ended", "defence",
          "social_worker counsel", _PLAN),
)  # fmt: skip

_WORKING = "engaged evaluated planned filed"

DEFENCE = Machine(
    "defence",
    Text("弁護側の福祉支援", "Social work for the defence"),
    "none",
    (
        state("none", "依頼なし", "Not asked", "counsel", _PLAN, stage="intake", rest=True),
        state("engaged", "社会福祉士に依頼", "Social worker engaged", "social_worker",
              read("S14 NS01"), stage="screening"),
        state("evaluated", "医師の評価済み", "Evaluated by a doctor", "social_worker", read("NS01"),
              stage="screening"),
        state("planned", "更生支援計画", "Plan drafted", "social_worker", _PLAN,
              stage="coordination"),
        state("filed", "計画を提出", "Plan filed", "counsel", _PLAN, stage="coordination"),
        final("ended", "終了", "Ended", "social_worker", _PLAN, stage="settlement"),
    ),
    (
        rule("engagement", "social_worker_engaged", "none", "engaged", read("S14 NS01"),
             guard=holds("power_of_attorney").under(*read("S14"))),
        *stays("core_center", "core_center_consulted", f"none {_WORKING}", read("NS01"),
               guard=holds("power_of_attorney").under(*read("S14"))),
        *stays("visit", "social_worker_visited", _WORKING, read("S14 S15 NS01"),
               guard=MAY_VISIT),
        rule("evaluation", "doctor_evaluated", "engaged", "evaluated", read("NS01"),
             guard=MAY_VISIT),
        rule("drafting", "rehabilitation_plan_drafted", "engaged evaluated", "planned", _PLAN,
             guard=holds("person_agrees_plan"), papers="rehabilitation_plan"),
        rule("filing", "rehabilitation_plan_filed", "planned", "filed", _PLAN,
             papers="rehabilitation_plan"),
        *stays("testimony", "social_worker_testified", "filed", _PLAN,
               guard=machine("procedure").in_("indicted", "on_appeal")),
        rule("end", "defence_support_ended", _WORKING, "ended", _PLAN),
        rule("end_by_death", "died", f"none {_WORKING}", "ended", inferred("S14")),
    ),
    seen_by=tuple(OF_DEFENCE),
    basis=grounds(OF_DEFENCE),
    seen_with_consent=("center", "municipality", "provider", "medical", "probation_office"),
)  # fmt: skip

# What the defence has prepared is taken over when the person is out.
TAKEN_OVER = rule(
    "taking_over_from_defence", "handed_over", "not_started", "handed_over", read("NS01"),
    guard=OUT & machine("defence").in_("planned", "filed", "ended"),
    shares=share("age disability housing needs_welfare", "core_consultation_center"),
)  # fmt: skip
CONSENT_TO_IT = Remark(
    "consent_to_hand_over_by_defence",
    Text("弁護人の側から福祉窓口への引継ぎも、収録上は検察官の説明を経て本人が与えた同意による。弁護人又は社会福祉士の説明による同意を"
         "別に扱う資料は見当たらない",
         "a hand-over by the defence, too, rests on consent that the person gave after the "
         "prosecutor's explanation; no source was found that treats consent upon counsel's or the "
         "social worker's explanation apart"),
    Remarks.LEFT_OUT, basis=inferred("S05 NS01"),
)  # fmt: skip
