"""Urgent aftercare for discharged offenders (更生緊急保護, ORA 85-87; domain 2E)."""

from __future__ import annotations

from ...definition import (
    ALWAYS,
    Deadline,
    Edit,
    Guard,
    Length,
    Machine,
    OnEvent,
    OnFact,
    Text,
    Unit,
    every,
    fact,
    holds,
    machine,
    param,
    replace,
    running,
)
from ..writing import event, final, grounds, inferred, read, rule, state, stays, told
from .conditions import (
    AFTERCARE_CATEGORY,
    CUSTODY_BEGINS,
    DETAINED,
    IMPRISONMENT,
    NOT_PROSECUTED_AT_ONCE,
    OUT,
    STILL_A_SUSPECT,
    TO_FAMILY_COURT,
    WITHIN_AFTERCARE_PERIOD,
)
from .prison import to_prison
from .sight import OF_AFTERCARE

# What is asked of an application is looked at again upon the next.
_EACH_APPLICATION = Text("申出ごとに判断する", "Looked at upon each application")

EVENTS = (
    event("aftercare_informed", "更生緊急保護の教示・書面交付", "Informed of urgent aftercare",
          "aftercare", "prosecutor detention_house", read("S26 S27", "ora", "86(2)"),
          records="prosecutor_thinks_necessary person_wants_aftercare no_prosecution_at_once",
          unseen_by="detention_house",
          told=told("person", read("S27", "orr", "118(2)"), "aftercare_sheet")),
    event("aftercare_applied", "更生緊急保護の申出", "Applied for urgent aftercare", "aftercare",
          "person", read("S26 S27", "ora", "86(1)")),
    event("aftercare_opinion_heard", "検察官等の意見聴取", "Opinion heard on aftercare",
          "aftercare", "probation_office", read("S26", "ora", "86(3)"),
          records="no_prosecution_at_once"),
    event("aftercare_decided", "更生緊急保護の決定", "Aftercare decided", "aftercare",
          "probation_office", read("S26 S28", "ora", "85(1), 86(1)"),
          records="lacks_other_help will_to_reform aftercare_needed measures lodging_until",
          outdates="lacks_other_help will_to_reform aftercare_needed lodging_until",
          anew=inferred("S26c S27c S28", "ora", "85(1), 86(1)", _EACH_APPLICATION),
          told=told("person", read("S28", "orr", "120(2)"), "aftercare_decision")),
    event("aftercare_started_urgently", "意見聴取前の緊急実施", "Started urgently", "aftercare",
          "probation_office", read("S28", "orr", "120(3)"),
          records="aftercare_urgency measures lodging_until",
          outdates="aftercare_urgency lodging_until",
          anew=inferred("S28", "orr", "120(3)", _EACH_APPLICATION)),
    event("aftercare_started", "更生緊急保護の開始", "Aftercare started", "aftercare",
          "probation_office rehabilitation_facility reintegration_team", read("S52 S26c")),
    event("lodging_entrusted", "宿泊の委託", "Lodging entrusted", "aftercare",
          "probation_office", read("S35 S36"), records="measures lodging_until"),
    event("lodging_ended", "委託期間の終了", "Entrusted lodging ended", "aftercare",
          "probation_office rehabilitation_facility", inferred("S28b", "orr", "121")),
    event("aftercare_extension_applied", "期間延長の申出", "Extension applied for", "aftercare",
          "person", read("S28b", "orr", "121"), records="extension_kinds",
          outdates="extension_kinds", anew=inferred("S28b", "orr", "121(2)", _EACH_APPLICATION)),
    event("aftercare_extension_decided", "期間延長の決定", "Extension decided", "aftercare",
          "probation_office", read("S28b", "orr", "121"),
          records="special_hindrance conspicuous_effort referred_to_public_bodies "
                  "extension_kinds lodging_until",
          outdates="special_hindrance conspicuous_effort referred_to_public_bodies",
          anew=inferred("S28b", "orr", "121(1)", _EACH_APPLICATION),
          told=told("person", read("S28 S28b", "orr", "120(2), 121(3)"), "aftercare_decision")),
    event("money_or_lodging_limit_passed", "金品・宿泊の上限の経過",
          "Limit of money and lodging passed", "aftercare", "probation_office",
          read("S28b S68", "ora", "85(4) proviso")),
    event("aftercare_limit_passed", "更生緊急保護の上限の経過", "Limit of urgent aftercare passed",
          "aftercare", "probation_office", read("S28b S68", "ora", "85(4) proviso")),
    event("aftercare_period_ended", "更生緊急保護の期間満了", "Aftercare period ended",
          "aftercare", "probation_office", read("S52 S53", "ora", "85(4)")),
    event("aftercare_ended", "自立・辞退による終了", "Aftercare ended by the person", "aftercare",
          "person probation_office", inferred("S26c")),
)  # fmt: skip

_PENDING = (
    "not_informed informed applied opinion_heard granted denied ended_self category_lost"
)
# Who is told or has applied, and then no longer comes under the list: it may come to it again.
_UNDER_WAY = "informed applied opinion_heard granted denied ended_self active suspended_by_custody"
_GIVEN = "active suspended_by_custody"
# While money or lodging may still be given, and after that limit, which runs beside the other.
_WITH_MONEY, _WITHOUT = "extended extension_suspended", "extended_other extension_other_suspended"
_EXTENDED = f"{_WITH_MONEY} {_WITHOUT}"
_ASKED_ANEW = "extension_applied extension_applied_anew"
_OPEN = f"{_PENDING} {_GIVEN} {_ASKED_ANEW} {_EXTENDED} ended_period"
# By what whoever was in the list leaves it for now: prosecution, and an appeal that changes the
# sentence.
_LOSSES: tuple[tuple[str, Guard], ...] = (
    ("indicted", ALWAYS), ("summary_requested", ALWAYS), ("formal_trial_requested", ALWAYS),
    ("remanded", ALWAYS), ("appeal_judged", IMPRISONMENT | (fact("sentence") == "acquittal")),
)  # fmt: skip
# The custody that may meet somebody who receives aid; one whom the police arrest first is not yet
# in the list.
_SUSPENDING = tuple(begun for begun in CUSTODY_BEGINS if begun[1] != "arrested")
# What ends the release of which somebody was told: custody in the same case, or for its fine. Who
# is arrested in another case is told in that one; who is detained was prosecuted, and left the list.
_HELD_AGAIN = tuple(
    (id, name, STILL_A_SUSPECT if name == "rearrested" else ALWAYS)
    for id, name in CUSTODY_BEGINS if name != "detained"
)  # fmt: skip
_NOT_HELD = machine("custody").in_("free", "release_due", "held_for_other_case")
# Arrested again in the same case and released from it without the prosecutor's finding.
_LEFT_THE_LIST = machine("procedure").in_("investigation", "referred", "police_disposed") | every(
    machine("procedure").in_("released_undecided"), ~NOT_PROSECUTED_AT_ONCE
)  # fmt: skip
_ACT = read("S26 S26c", "ora", "85(1), 86(1)")
# Whoever serves a sentence or is in a juvenile training school may apply before release (86(1),
# second sentence: 85(1)(i), (ii), (v), (ix)); nobody of the entry stage is one of them.
_MAY_APPLY = OUT & AFTERCARE_CATEGORY & WITHIN_AFTERCARE_PERIOD
_TOLD_ON_RELEASE = machine("custody").in_("release_due", "free") & AFTERCARE_CATEGORY
# The Act has who needs it told; the Regulation adds who wishes it, and the papers.
_ON_PAPER = read("S27", "orr", "118(2)")
_TOLD_IF = holds("prosecutor_thinks_necessary").under(
    *read("S26", "ora", "86(2)"), *_ON_PAPER
) | holds("person_wants_aftercare").under(*_ON_PAPER)
_FOUND_NEEDED = (
    holds("lacks_other_help").under(*read("S26c", "ora", "85(1), 85(2)"))
    & holds("will_to_reform").under(*read("S27c", "orr", "115"))
    & holds("aftercare_needed").under(*read("S26", "ora", "86(1)"))
)
_RULE_121 = read("S28b", "orr", "121(1)")
_HINDERED = (holds("special_hindrance") & holds("conspicuous_effort")).under(*_RULE_121)
# Until 2023-11-30 asked of everybody; since then only of one who is receiving aid now (121(1)(iii)),
# who also has to apply anew (121(2)); that others are not shut out follows from its words: they
# apply as anyone does.
_REFERRED = holds("referred_to_public_bodies").under(*read("S28b S196", "orr", "121(1)(iii)"))
_BY_OTHERS = read("S27", "orr", "118(1)") + inferred("S28b", "orr", "121(1)(iii)")
_MONEY = fact("extension_kinds").includes("money_or_lodging")
_OTHER = fact("extension_kinds").includes("other")
_MONEY_OPEN = _MONEY & running("money_or_lodging_may_be_extended").under(
    *read("S53 S146 S196", "ora", "85(4) proviso")
)
_OTHER_ONLY = ~_MONEY & _OTHER
# Some kind that was asked may still be given.
_STILL_POSSIBLE = _MONEY_OPEN | _OTHER
_KINDS: tuple[tuple[str, str, Guard], ...] = (
    ("extension", "extended", _MONEY_OPEN),
    ("extension_of_other_measures", "extended_other", _OTHER_ONLY),
)

AFTERCARE = Machine(
    "aftercare",
    Text("更生緊急保護", "Urgent aftercare"),
    "not_informed",
    (
        state("not_informed", "未教示", "Not informed", "prosecutor",
              read("S26", "ora", "86(2)"), stage="intake", rest=True),
        state("informed", "教示済み(保護カード交付)", "Informed", "person",
              read("S26 S27", "ora", "86(2)"), stage="release", rest=True),
        state("applied", "申出", "Applied", "probation_office", read("S26 S27", "ora", "86(1)"),
              stage="release"),
        state("opinion_heard", "意見聴取済み", "Opinion heard", "probation_office",
              read("S26", "ora", "86(3)"), stage="release"),
        state("granted", "実施決定", "Granted", "probation_office", read("S28", "orr", "120"),
              stage="release"),
        state("category_lost", "対象でなくなり終了", "No longer in the list", "person",
              inferred("S26c", "ora", "85(1)"), stage="release", rest=True,
              note=Text("再び対象となったときは、改めて教示し、申し出ることができる",
                        "Whoever comes under it again is told, and may apply, anew")),
        state("denied", "不実施", "Denied", "person", _ACT, stage="settlement", rest=True),
        state("active", "実施中", "Active", "probation_office",
              read("S52 S26c", "ora", "85(3), 85(4)"), stage="settlement"),
        state("suspended_by_custody", "身柄拘束で中断", "Suspended by custody",
              "probation_office", inferred("S12"), stage="settlement"),
        state("extension_applied", "延長の申出", "Extension applied for", "probation_office",
              read("S28b", "orr", "121"), stage="settlement"),
        state("extension_applied_anew", "改めて延長の申出(現に受けていない者)",
              "Extension applied for anew by one not receiving aid", "probation_office",
              _BY_OTHERS, stage="settlement"),
        state("extended", "延長して実施中", "Extended", "probation_office",
              read("S28b", "ora", "85(4) proviso"), stage="settlement"),
        state("extended_other", "延長して実施中(金品・宿泊を除く)",
              "Extended, without money or lodging", "probation_office",
              read("S28b S68", "ora", "85(4) proviso"), stage="settlement"),
        state("extension_suspended", "延長中に身柄拘束で中断", "Extension suspended by custody",
              "probation_office", inferred("S12"), stage="settlement"),
        state("extension_other_suspended", "延長中(金品・宿泊を除く)に身柄拘束で中断",
              "Extension without money or lodging suspended by custody", "probation_office",
              inferred("S12"), stage="settlement"),
        state("ended_period", "期間満了", "Period ended", "person",
              read("S52 S53", "ora", "85(4)"), stage="settlement", rest=True,
              note=Text("上限までは、改めて申し出て延長を受け得る",
                        "Until the limit an extension may be applied for anew")),
        final("ended_max", "延長期間満了", "Maximum reached", "person",
              read("S68", "ora", "85(4) proviso"), stage="settlement"),
        state("ended_self", "自立・辞退", "Ended by the person", "person", inferred("S26c"),
              stage="settlement", rest=True,
              note=Text("期間内は、改めて申し出ることができる",
                        "Within the period the person may apply anew")),
        final("ended_imprisoned", "実刑により終了", "Ended by imprisonment", "person",
              inferred("S13"), stage="settlement"),
        final("ended_died", "死亡により終了", "Ended by death", "person", inferred("S13"),
              stage="settlement"),
        final("unavailable", "対象外", "Not in the list", "person", inferred("S26c"),
              stage="release"),
        final("under_probation", "対象外(保護観察中は応急の救護)",
              "Under probation: emergency relief instead", "person", read("S53", "ora", "62"),
              stage="release"),
    ),
    (
        rule("informing", "aftercare_informed", "not_informed category_lost", "informed",
             read("S26 S27 S38", "ora", "86(2)") + read("S27", "orr", "118(2)"),
             guard=_TOLD_ON_RELEASE
             & _TOLD_IF,
             papers="aftercare_sheet protection_card",
             note=Text("書面は本人に交付する", "The papers are handed to the person")),
        # Whoever is released is told, upon each release: what was told upon the former is over once
        # the person is held again.
        *(rule(f"release_over_on_{id}", name, "informed denied ended_self",
               "category_lost", inferred("S26 S27", "ora", "85(1), 86(2)"), guard=guard)
          for id, name, guard in _HELD_AGAIN),
        rule("release_anew", "released", "category_lost ended_period", "not_informed",
             inferred("S26", "ora", "86(2)")),
        rule("application", "aftercare_applied",
             "not_informed informed denied ended_self category_lost", "applied",
             read("S26 S27", "ora", "86(1)") + read("S27", "orr", "118(1)"), guard=_MAY_APPLY,
             papers="aftercare_application"),
        rule("opinion", "aftercare_opinion_heard", "applied", "opinion_heard",
             read("S26", "ora", "86(3)"), guard=OUT),
        rule("urgent_start", "aftercare_started_urgently", "applied", "active",
             read("S28", "orr", "120(3)"),
             guard=OUT & AFTERCARE_CATEGORY & holds("aftercare_urgency")),
        rule("grant", "aftercare_decided", "opinion_heard", "granted", _ACT
             + read("S28", "orr", "120(1), 120(2)"), papers="aftercare_decision",
             guard=OUT & AFTERCARE_CATEGORY & _FOUND_NEEDED),
        rule("denial", "aftercare_decided", "opinion_heard", "denied", _ACT
             + read("S28", "orr", "120(2)"), papers="aftercare_decision",
             guard=OUT & ~(AFTERCARE_CATEGORY & _FOUND_NEEDED)),
        rule("start", "aftercare_started", "granted", "active",
             read("S52 S26c", "ora", "85(3)"), papers="entrustment", guard=OUT),
        *stays("entrustment", "lodging_entrusted", "active extended", read("S35 S36"),
               papers="entrustment"),
        *stays("end_of_entrustment", "lodging_ended",
               "active extended extended_other extension_applied",
               inferred("S28b", "orr", "121")),
        rule("extension_application", "aftercare_extension_applied",
             "active", "extension_applied",
             read("S28b", "ora", "85(4) proviso") + read("S28b", "orr", "121(2)"),
             papers="extension_application"),
        rule("extension_application_anew", "aftercare_extension_applied", "ended_period",
             "extension_applied_anew", _BY_OTHERS,
             guard=OUT & AFTERCARE_CATEGORY, papers="extension_application"),
        *(rule(f"{id}{anew}", "aftercare_extension_decided", f"extension_applied{anew}", target,
               _RULE_121, guard=_HINDERED & _REFERRED & kinds, papers="aftercare_decision")
          for id, target, kinds in _KINDS for anew in ("", "_anew")),
        rule("extension_denied", "aftercare_extension_decided", "extension_applied", "active",
             inferred("S28b", "orr", "121"), guard=~(_HINDERED & _REFERRED & _STILL_POSSIBLE)
             & running("basic_period_still_open")),
        rule("extension_denied_after_the_period", "aftercare_extension_decided",
             "extension_applied", "ended_period", inferred("S28b", "orr", "121"),
             guard=~(_HINDERED & _REFERRED & _STILL_POSSIBLE) & ~running("basic_period_still_open")),
        rule("extension_denied_anew", "aftercare_extension_decided", "extension_applied_anew",
             "ended_period", inferred("S28b", "orr", "121"),
             guard=~(_HINDERED & _REFERRED & _STILL_POSSIBLE)),
        *(rule(f"end_of_money_in_{name}_{id}", "money_or_lodging_limit_passed", name, target,
               read("S68", "ora", "85(4) proviso"), guard=guard)
          for name, other in (("extended", "extended_other"),
                              ("extension_suspended", "extension_other_suspended"))
          for id, target, guard in (("with_other", other, _OTHER),
                                    ("alone", "ended_period", ~_OTHER))),
        rule("end_of_period", "aftercare_period_ended", f"{_PENDING} {_GIVEN}", "ended_period",
             read("S52 S53", "ora", "85(4)")),
        rule("end_of_extension", "aftercare_limit_passed",
             f"{_EXTENDED} {_ASKED_ANEW} ended_period", "ended_max",
             read("S68", "ora", "85(4) proviso")),
        rule("end_by_person", "aftercare_ended",
             "informed applied opinion_heard granted active extension_applied",
             # An application stands while the person is held again; it is taken back at liberty.
             "ended_self", inferred("S26c", "ora", "85(4)"), guard=_NOT_HELD),
        rule("end_of_extension_by_person", "aftercare_ended",
             "extended extended_other extension_applied_anew", "ended_period",
             inferred("S26c", "ora", "85(4)")),
        *(rule(f"suspension_on_{id}", name, "active granted", "suspended_by_custody",
               inferred("S12")) for id, name in _SUSPENDING),
        *(rule(f"suspension_of_application_on_{id}", name, "extension_applied",
               "suspended_by_custody", inferred("S12"), guard=running("basic_period_still_open"))
          for id, name in _SUSPENDING),
        *(rule(f"end_of_late_application_on_{id}", name, "extension_applied", "ended_period",
               inferred("S12"), guard=~running("basic_period_still_open"))
          for id, name in _SUSPENDING),
        *(rule(f"end_of_application_anew_on_{id}", name, "extension_applied_anew",
               "ended_period", inferred("S12")) for id, name in _SUSPENDING),
        *(rule(f"suspension_of_extension_on_{id}", name, "extended", "extension_suspended",
               inferred("S12")) for id, name in _SUSPENDING),
        *(rule(f"suspension_of_other_measures_on_{id}", name, "extended_other",
               "extension_other_suspended", inferred("S12")) for id, name in _SUSPENDING),
        *(rule(f"{id}_on_{name}", name, held, given, inferred("S12"), guard=guard)
          for name, guard in (("released", ~_LEFT_THE_LIST), ("released_from_other_case", machine("custody").in_("held_for_other_case")))
          for id, held, given in (
              ("resumption", "suspended_by_custody", "active"),
              ("extension_resumption", "extension_suspended", "extended"),
              ("other_measures_resumption", "extension_other_suspended", "extended_other"))),
        rule("no_resumption", "released", "suspended_by_custody", "category_lost",
             inferred("S26c", "ora", "85(1)"), guard=_LEFT_THE_LIST),
        rule("no_resumption_of_extension", "released",
             "extension_suspended extension_other_suspended", "ended_period",
             inferred("S26c", "ora", "85(1)"), guard=_LEFT_THE_LIST),
        *(rule(f"category_lost_on_{name}", name, _UNDER_WAY, "category_lost",
               inferred("S26c", "ora", "85(1)"), guard=guard) for name, guard in _LOSSES),
        *(rule(f"end_of_extension_on_{name}", name, f"{_ASKED_ANEW} {_EXTENDED}", "ended_period",
               inferred("S26c", "ora", "85(1)"), guard=guard) for name, guard in _LOSSES),
        rule("no_category_without_prosecution", "disposed", _OPEN, "unavailable",
             inferred("S26c", "ora", "85(1)"),
             guard=fact("disposition").in_("insufficient_suspicion", "other")),
        rule("probation_instead", "judgment_final",
             _OPEN, "under_probation",
             read("S53", "ora", "62"), guard=machine("procedure").in_("judged_probation")),
        rule("no_category_on_acquittal", "judgment_final", _OPEN, "unavailable", inferred("S26c", "ora", "85(1)"),
             guard=machine("procedure").in_("judged_acquitted")),
        *to_prison("end_by_imprisonment", _OPEN, "ended_imprisoned", inferred("S13")),
        *(rule(f"no_category_{id}", name, _OPEN, "unavailable", inferred("S26c", "ora", "85(1)"))
          for id, name in TO_FAMILY_COURT),
        rule("end_by_death", "died", _OPEN, "ended_died", inferred("S13")),
    ),
    seen_by=tuple(OF_AFTERCARE),
    basis=grounds(OF_AFTERCARE),
    seen_with_consent=("center", "counsel", "municipality"),
)  # fmt: skip

# Since 2023-12-01 a referral is asked of who is receiving aid alone.
NO_REFERRAL_OF_OTHERS: tuple[Edit, ...] = (
    *(replace(f"transition aftercare.{id}_anew", basis=_RULE_121, guard=_HINDERED & kinds)
      for id, _, kinds in _KINDS),
    replace("transition aftercare.extension_denied_anew", basis=inferred("S28b", "orr", "121"),
            guard=~(_HINDERED & _STILL_POSSIBLE)),
)

# What a prosecutor tells a detained person beforehand is practice, not ORA 86(2): whoever is
# released is told, and handed the papers, all the same.
TOLD_IN_CUSTODY = rule(
    "explanation_in_custody", "aftercare_informed", "not_informed", "not_informed",
    inferred("S05"), guard=DETAINED,
    note=Text("釈放時の教示(更生保護法86条2項)に代わるものではない",
              "It does not stand for being told on release (ORA 86(2))"),
)  # fmt: skip

_FROM_RELEASE = OnEvent(("released",))
_PERIOD = read("S52 S53 S146", "ora", "85(4)") + inferred(
    "S196", "civil_code", "140, 143", Text("釈放の日は算入しない", "the day of release does not count")
)

_MONEY_MONTHS = Length(param("extension_months_money_or_lodging"), Unit.MONTHS)

DEADLINES = (
    Deadline("aftercare_period", Text("更生緊急保護の期間", "Urgent aftercare"), "aftercare",
             tuple(f"{_PENDING} {_GIVEN}".split()), _FROM_RELEASE, Length(6, Unit.MONTHS),
             "probation_office", _PERIOD, guard=AFTERCARE_CATEGORY,
             on_expiry="aftercare_period_ended",
             note=Text("申出ではなく釈放の日から6か月", "6 months from release, not from application")),
    # Six months once more, for what is undecided at their end: nothing happens then by itself.
    Deadline("basic_period_still_open", Text("基本期間の残り(延長の申出中)",
                                             "The basic period, while an extension is applied for"),
             "aftercare", ("extension_applied",), _FROM_RELEASE, Length(6, Unit.MONTHS),
             "probation_office", _PERIOD),
    Deadline("extension_money_or_lodging", Text("延長の上限(金品・宿泊)", "Extension: money, lodging"),
             "aftercare", tuple(_WITH_MONEY.split()), _FROM_RELEASE, _MONEY_MONTHS,
             "probation_office", read("S53 S146 S196", "ora", "85(4) proviso"),
             on_expiry="money_or_lodging_limit_passed"),
    Deadline("money_or_lodging_may_be_extended",
             Text("金品・宿泊の延長を受け得る期間", "Money or lodging may still be extended"),
             "aftercare", tuple(_ASKED_ANEW.split()), _FROM_RELEASE, _MONEY_MONTHS,
             "probation_office", read("S53 S146 S196", "ora", "85(4) proviso")),
    Deadline("extension_other", Text("延長の上限(その他)", "Extension: other measures"),
             "aftercare", tuple(f"{_EXTENDED} {_ASKED_ANEW} ended_period".split()), _FROM_RELEASE,
             Length(param("extension_months_other"), Unit.MONTHS), "probation_office",
             read("S68", "ora", "85(4) proviso"), on_expiry="aftercare_limit_passed",
             note=Text("金品・宿泊の上限と並んで進む", "It runs beside the limit of money and lodging")),
    Deadline("aftercare_papers", Text("更生緊急保護の書面の交付", "Papers on urgent aftercare"),
             "aftercare", ("not_informed",), _FROM_RELEASE,
             Length(0, Unit.DAYS), "prosecutor",
             read("S26", "ora", "86(2)") + read("S27", "orr", "118(2)"),
             guard=AFTERCARE_CATEGORY & _TOLD_IF, owed_to=("person",),
             met_by=("aftercare_informed",),
             note=Text("釈放の日のうちとした。条文は時刻を定めない。釈放の後に再び対象となっただけでは生じない。刑事施設"
                       "から釈放するときは、施設の長も教示する",
                       "Taken to be due on the day of release; the text names no hour. That "
                       "somebody at liberty comes under the list again does not bring it about. On "
                       "release from a penal institution its head tells, too")),
    Deadline("entrusted_lodging", Text("宿泊の委託期間", "Entrusted lodging"), "aftercare",
             ("active", "extension_applied", "extended"), OnFact("lodging_until"),
             Length(0, Unit.DAYS), "probation_office", read("S28", "orr", "120(1)"),
             note=Text("満了前に受入先の確保か延長の申出が要る",
                       "A placement or an extension must be there before")),
)  # fmt: skip
