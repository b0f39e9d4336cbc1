"""Hospital outside the Center's track: the report to the governor (精神保健福祉法 24) with examination
and involuntary admission, the petition under the Medical Treatment and Observation Act (33), and
admission by any other way."""

from __future__ import annotations

from ...definition import Machine, Share, Text, fact, machine
from ..writing import event, final, inferred, known, read, rule, state, told
from .conditions import OUT

_REPORT = read("EG3 NS05", "mhwa", "24")
_EXAMINED, _ADMITTED = known("mhwa", "27"), known("mhwa", "29")
_PETITION, _ORDER = known("mtoa", "33"), known("mtoa", "42")

EVENTS = (
    event("governor_notified", "検察官の都道府県知事への通報", "Governor notified by the prosecutor",
          "hospital", "prosecutor", _REPORT, records="disability", told=told("prefecture", _REPORT)),
    event("designated_doctors_examined", "指定医の診察", "Examined by designated doctors", "hospital",
          "prefecture", _EXAMINED, records="admission_required"),
    event("involuntarily_admitted", "措置入院", "Involuntarily admitted", "hospital", "prefecture",
          _ADMITTED),
    event("admitted_otherwise", "その他の入院", "Admitted otherwise", "hospital", "medical",
          inferred("NS03")),
    event("discharged", "退院", "Discharged", "hospital", "medical prefecture",
          inferred("NS03 NS05")),
    event("treatment_petition_filed", "医療観察法の申立て", "Petition for treatment order filed",
          "hospital", "prosecutor", _PETITION),
    event("treatment_order_decided", "医療観察法の決定", "Treatment order decided", "hospital", "court",
          _ORDER, records="treatment_order"),
)  # fmt: skip

# 24: on non-prosecution, or when a judgment other than imprisonment to be served is final.
_ENDED = machine("procedure").in_(
    "suspension_of_prosecution", "insufficient_suspicion", "otherwise_not_prosecuted",
    "final_suspended", "final_probation", "final_fine", "final_acquitted",
)  # fmt: skip
_DISORDER = fact("disability").in_(
    "intellectual", "mental", "developmental", "dementia", "suspected"
)
_OPEN = "none reported examined not_admitted petitioned"

HOSPITAL = Machine(
    "hospital",
    Text("医療(入院・医療観察)", "Hospital and treatment orders"),
    "none",
    (
        state("none", "なし", "None", "prosecutor", _REPORT, stage="screening", rest=True),
        state("reported", "通報済み", "Governor notified", "prefecture", _REPORT, stage="release"),
        state("examined", "診察済み", "Examined", "prefecture", _EXAMINED, stage="release"),
        state("not_admitted", "措置不要", "Admission not required", "prefecture", _EXAMINED,
              stage="settlement", rest=True),
        state("involuntary", "措置入院中", "In involuntary hospital care", "medical", _ADMITTED,
              stage="settlement", rest=True),
        state("admitted", "入院中", "In hospital", "medical", inferred("NS03"),
              stage="settlement", rest=True),
        state("petitioned", "医療観察法の申立て中", "Petitioned for a treatment order", "court",
              _PETITION, stage="release"),
        final("under_treatment_order", "医療観察法の処遇へ", "Under a treatment order", "medical",
              _ORDER, stage="settlement"),
        final("ended", "終了", "Ended", "person", inferred("NS05"), stage="settlement"),
    ),
    (
        rule("report", "governor_notified", "none not_admitted", "reported", _REPORT,
             guard=_ENDED.under(*_REPORT) & _DISORDER.under(*_REPORT),
             shares=(Share(("disability", "offence"), "prefecture", _REPORT[0]),)),
        rule("examination", "designated_doctors_examined", "reported", "examined", _EXAMINED,
             guard=fact("admission_required") == True),  # noqa: E712
        rule("examination_without_need", "designated_doctors_examined", "reported",
             "not_admitted", _EXAMINED, guard=fact("admission_required") == False),  # noqa: E712
        rule("involuntary_admission", "involuntarily_admitted", "examined", "involuntary",
             _ADMITTED, guard=OUT),
        rule("other_admission", "admitted_otherwise", "none not_admitted", "admitted",
             inferred("NS03")),
        rule("discharge", "discharged", "involuntary admitted", "none", inferred("NS03 NS05")),
        rule("petition", "treatment_petition_filed", "none reported not_admitted", "petitioned",
             _PETITION, guard=_ENDED.under(*_PETITION),
             note=Text("対象行為に当たるかは収録していない", "Whether the act is one of those listed is "
                       "not asked")),
        rule("treatment_order", "treatment_order_decided", "petitioned", "under_treatment_order",
             _ORDER, guard=fact("treatment_order").in_("inpatient", "outpatient")),
        rule("no_treatment_order", "treatment_order_decided", "petitioned", "none", _ORDER,
             guard=fact("treatment_order") == "none"),
        rule("end_by_death", "died", f"{_OPEN} involuntary admitted", "ended", inferred("NS05")),
    ),
    seen_by=("prosecutor", "prefecture", "medical", "court", "person"),
    seen_with_consent=("center", "probation_office", "municipality", "counsel", "provider"),
)  # fmt: skip
