"""Hospital outside the Center's track: the reports to the governor (精神保健福祉法 23 to 26) with examination
and involuntary admission, the petition under the Medical Treatment and Observation Act (33), and
admission by any other way."""

from __future__ import annotations

from ...definition import Edit, Guard, Machine, Share, Text, every, fact, holds, machine, replace
from ..writing import (
    Bases,
    event,
    final,
    grounds,
    inferred,
    of_outdated,
    read,
    rule,
    state,
    told,
)
from .conditions import AT_LIBERTY
from .sight import OF_HOSPITAL

# Until 2014-03-31 article 24 was the report of the police, 25 the prosecutor's and 25-2 the
# probation office's.
_MOVED = Text("2014年4月1日からは24条", "Article 24 since 2014-04-01")
_REPORT = read("S194", "mhwa", "25", _MOVED)
_NEEDED = read("S197", "mhwa", "25(2)", _MOVED)
_BY_POLICE = read("S193", "mhwa", "24", Text("2014年4月1日からは23条", "Article 23 since 2014-04-01"))
_BY_OFFICE = read("S194", "mhwa", "25-2", Text("2014年4月1日からは25条", "Article 25 since 2014-04-01"))
_BY_INSTITUTION = read("S155", "mhwa", "26")
_EXAMINED, _ADMITTED = read("S171", "mhwa", "27(1)"), read("S172", "mhwa", "29(1), 29(2)")
# The governor "may" admit. Who is taken to prison or sent to the family court is not admitted before
# whoever holds that person lets go, of which nothing more is followed.
_MAY_ADMIT = read("S172", "mhwa", "29(1)", Text(
    "知事は入院させることができるのであり、受刑し、又は家庭裁判所に送られた者などは入院させないことがある",
    "The governor may admit, and may not do so where the person is in prison or left to the family court"))
_PETITION, _ORDER = read("S129", "mtoa", "33(1)"), read("S174", "mtoa", "42(1)")
# What is under way by the Mental Health Act bars nothing of the Medical Treatment Act.
_PETITION_ANYWHERE = _PETITION + read("S196 S197", "mhwa", "44(1)")
# Until 2014-03-31 the first paragraph of article 2 said who is a custodian (保護者).
_DEFINED = read("S129 S176", "mtoa", "2(3), 33(1)", Text(
    "2014年4月1日からは2条2項", "Art. 2(2) since 2014-04-01"))
_DEFINED_SINCE_2014 = read("S129 S175", "mtoa", "2(2), 33(1)")

# Each report and each examination is of its own day.
_EACH = Text("通報・診察のたびに定まる", "Of each report or examination by itself")
_EACH_REPORT = inferred("S128", "mhwa", "24(2)", _EACH)
_EACH_REPORT_OF_POLICE = inferred("S155", "mhwa", "23", _EACH)
_EACH_EXAMINATION = inferred("S172", "mhwa", "29(1)", _EACH)

EVENTS = (
    event("governor_notified", "検察官の通報(知事へ)", "Governor notified by the prosecutor",
          "hospital", "prosecutor", _REPORT, records="disability report_specially_needed",
          outdates="report_specially_needed", anew=_EACH_REPORT, told=told("prefecture", _REPORT)),
    event("police_notified_governor", "警察官の通報(知事へ)", "Governor notified by the police",
          "hospital", "police", _BY_POLICE, records="endangers", outdates="endangers",
          anew=_EACH_REPORT_OF_POLICE, unseen_by="police",
          told=told("prefecture", _BY_POLICE)),
    event("office_notified_governor", "保護観察所の長の通報(知事へ)",
          "Governor notified by the probation office", "hospital", "probation_office", _BY_OFFICE,
          records="disability", unseen_by="probation_office", told=told("prefecture", _BY_OFFICE)),
    event("institution_notified_governor", "矯正施設の長の通報(知事へ)",
          "Governor notified by the detention house", "hospital", "detention_house",
          _BY_INSTITUTION, records="disability", unseen_by="detention_house",
          told=told("prefecture", _BY_INSTITUTION)),
    event("designated_doctors_examined", "指定医の診察", "Examined by designated doctors", "hospital",
          "prefecture", _EXAMINED, records="admission_required", outdates="admission_required",
          anew=_EACH_EXAMINATION),
    event("involuntarily_admitted", "措置入院", "Involuntarily admitted", "hospital", "prefecture",
          _ADMITTED, told=told("person", read("S172", "mhwa", "29(3)"))),
    event("involuntary_admission_not_ordered", "措置入院としない判断", "No involuntary admission ordered",
          "hospital", "prefecture", _MAY_ADMIT),
    event("admitted_otherwise", "その他の入院", "Admitted otherwise", "hospital", "medical",
          inferred("NS03")),
    event("discharged", "退院", "Discharged", "hospital", "medical prefecture",
          inferred("NS03 NS05")),
    event("treatment_petition_filed", "医療観察法の申立て", "Petition for treatment order filed",
          "hospital", "prosecutor", _PETITION, records="unsound_mind"),
    event("treatment_order_decided", "医療観察法の決定", "Treatment order decided", "hospital", "court",
          _ORDER, records="treatment_order"),
)  # fmt: skip

# 24: on non-prosecution, or when a judgment other than imprisonment to be served is final.
_ENDED = machine("procedure").in_(
    "suspension_of_prosecution", "insufficient_suspicion", "otherwise_not_prosecuted",
    "final_suspended", "final_probation", "final_fine", "final_acquitted",
)  # fmt: skip
# 24(2) names suspects and defendants, and whom the Medical Treatment Act concerns: nobody whose case
# the police disposed of or the family court took over, and nobody who is to serve a sentence.
_SUSPECT_OR_DEFENDANT = machine("procedure").in_(
    "investigation", "referred", "released_undecided", "summary_requested", "summary_ordered",
    "indicted", "judged_suspended", "judged_probation", "judged_fine", "judged_acquitted",
    "judged_imprisonment", "on_appeal",
)  # fmt: skip


def _not_answerable(basis: Bases) -> Guard:
    """Found to have done the act with a mind unsound or diminished, and either not prosecuted or
    finally acquitted or given a milder sentence for that reason."""
    return every(
        machine("procedure").in_(
            "suspension_of_prosecution", "otherwise_not_prosecuted", "final_suspended",
            "final_probation", "final_fine", "final_acquitted",
        ),
        holds("unsound_mind").under(*basis),
    )


_DISORDER = fact("disability").in_(
    "intellectual", "mental", "developmental", "dementia", "suspected"
)
# Of the chapter only the prosecutor's report, the institution's and the examination are of whoever is
# held by a correctional institution.
_OUTSIDE = read("S196 S197", "mhwa", "43(2)")
_NOT_INSIDE = (~machine("custody").in_("workhouse", "imprisoned")).under(*_OUTSIDE)


def _others(police: Bases, office: Bases) -> tuple[tuple[str, Guard, Bases], ...]:
    """Other reports than the prosecutor's: who reports, on what condition, by which article."""
    # Beforehand, of one who is about to be released from a detention house or its workhouse.
    about_to_leave = machine("custody").in_("detained_defendant", "release_due", "workhouse")
    on_probation = machine("procedure").in_("final_probation")
    return (
        ("police", holds("endangers").under(*police) & _NOT_INSIDE, police),
        ("office", (on_probation & _DISORDER).under(*office), office),
        ("institution", (about_to_leave & _DISORDER).under(*_BY_INSTITUTION), _BY_INSTITUTION),
    )


_OPEN = "none reported examined not_admitted petitioned no_order"


def _specially(basis: Bases) -> Guard:
    return holds("report_specially_needed").under(*basis) & _DISORDER.under(*basis)


def _in_need(basis: Bases) -> Guard:
    return _SUSPECT_OR_DEFENDANT.under(*basis) & _specially(basis)


def _shared(basis: Bases) -> tuple[Share, ...]:
    return (Share(("disability", "offence"), "prefecture", basis[0]),)


HOSPITAL = Machine(
    "hospital",
    Text("医療(入院・医療観察)", "Hospital and treatment orders"),
    "none",
    (
        state("none", "なし", "Neither", "prosecutor", _REPORT, stage="screening", rest=True),
        state("reported", "通報済み", "Governor notified", "prefecture", _REPORT, stage="release"),
        state("examined", "診察済み", "Examined", "prefecture", _EXAMINED, stage="release"),
        state("not_admitted", "措置入院なし", "Not admitted involuntarily", "prefecture", _EXAMINED,
              stage="settlement", rest=True),
        state("involuntary", "措置入院中", "In involuntary hospital care", "medical", _ADMITTED,
              stage="settlement", rest=True),
        state("admitted", "入院中", "In hospital", "medical", inferred("NS03"),
              stage="settlement", rest=True),
        state("petitioned", "医療観察法の申立て中", "Petitioned for a treatment order", "court",
              _PETITION, stage="release"),
        state("no_order", "医療を行わない決定", "No treatment ordered", "person", _ORDER,
              stage="settlement", rest=True),
        final("under_treatment_order", "医療観察法の処遇へ", "Under a treatment order", "medical",
              _ORDER, stage="settlement"),
        final("ended", "終了", "Ended", "person", inferred("NS05"), stage="settlement"),
    ),
    (
        rule("report", "governor_notified", "none not_admitted", "reported", _REPORT,
             guard=_ENDED.under(*_REPORT) & _DISORDER.under(*_REPORT),
             shares=_shared(_REPORT)),
        # Before the disposition, or once no treatment was ordered: where specially needed.
        rule("report_in_need", "governor_notified", "none not_admitted", "reported", _NEEDED,
             guard=_in_need(_NEEDED), shares=_shared(_REPORT)),
        rule("report_after_petition", "governor_notified", "no_order", "reported", _NEEDED,
             guard=_specially(_NEEDED), shares=_shared(_REPORT)),
        *(rule(f"report_by_{who}", f"{who}_notified_governor", "none not_admitted", "reported", basis,
               guard=guard, shares=_shared(basis))
          for who, guard, basis in _others(_BY_POLICE, _BY_OFFICE)),
        rule("examination", "designated_doctors_examined", "reported", "examined", _EXAMINED,
             guard=fact("admission_required") == True),  # noqa: E712
        rule("examination_without_need", "designated_doctors_examined", "reported",
             "not_admitted", _EXAMINED, guard=fact("admission_required") == False),  # noqa: E712
        rule("involuntary_admission", "involuntarily_admitted", "examined", "involuntary",
             _ADMITTED, guard=AT_LIBERTY.under(*_OUTSIDE, *inferred("S172", "mhwa", "29(1)", Text(
                 "留置施設の者も、釈放の後とした", "Of who is held by the police, too, after release")))),
        rule("no_involuntary_admission", "involuntary_admission_not_ordered", "examined",
             "not_admitted", _MAY_ADMIT),
        rule("other_admission", "admitted_otherwise", "none not_admitted no_order", "admitted",
             inferred("NS03")),
        rule("discharge", "discharged", "involuntary admitted", "none", inferred("NS03 NS05")),
        rule("petition", "treatment_petition_filed",
             "none reported examined not_admitted involuntary admitted", "petitioned",
             _PETITION_ANYWHERE, guard=_not_answerable(_DEFINED),
             note=Text("対象行為に当たるかは収録していない", "Whether the act is one of those listed is "
                       "not asked")),
        rule("treatment_order", "treatment_order_decided", "petitioned", "under_treatment_order",
             _ORDER, guard=fact("treatment_order").in_("inpatient", "outpatient")),
        rule("no_treatment_order", "treatment_order_decided", "petitioned", "no_order", _ORDER,
             guard=fact("treatment_order") == "none"),
        rule("end_by_death", "died", f"{_OPEN} involuntary admitted", "ended", inferred("NS05")),
    ),
    seen_by=tuple(OF_HOSPITAL),
    basis=grounds(OF_HOSPITAL),
    seen_with_consent=("center", "probation_office", "municipality", "counsel", "provider"),
)  # fmt: skip

# As renumbered on 2014-04-01: 24(1) on the disposition, 24(2) where specially needed.
_SINCE_2014 = _others(read("S155", "mhwa", "23"), read("S155", "mhwa", "25"))[:2]
_BY_24, _BY_24_2 = read("EG3 S128 NS05", "mhwa", "24(1)"), read("S128", "mhwa", "24(2)")


RENUMBERED: tuple[Edit, ...] = (
    replace("event governor_notified", basis=_BY_24 + of_outdated(_EACH_REPORT), told=told("prefecture", _BY_24)),
    replace("state hospital.none", basis=_BY_24),
    replace("state hospital.reported", basis=_BY_24),
    replace("transition hospital.report", basis=_BY_24, shares=_shared(_BY_24),
            guard=_ENDED.under(*_BY_24) & _DISORDER.under(*_BY_24)),
    replace("transition hospital.report_in_need", basis=_BY_24_2, shares=_shared(_BY_24_2),
            guard=_in_need(_BY_24_2)),
    replace("transition hospital.report_after_petition", basis=_BY_24_2, shares=_shared(_BY_24_2),
            guard=_specially(_BY_24_2)),
    replace("transition hospital.petition", basis=_PETITION_ANYWHERE,
            guard=_not_answerable(_DEFINED_SINCE_2014)),
    *(replace(f"event {who}_notified_governor", basis=basis + of_outdated(ground),
              told=told("prefecture", basis))
      for (who, _, basis), ground in zip(_SINCE_2014, (_EACH_REPORT_OF_POLICE, ()), strict=True)),
    *(replace(f"transition hospital.report_by_{who}", basis=basis, shares=_shared(basis),
              guard=guard) for who, guard, basis in _SINCE_2014),
)  # fmt: skip
