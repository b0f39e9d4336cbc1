"""Disability services, and the draft service plan that the municipality asks for before it decides
on them: two machines, for the law asks for the classification and for the plan in no order."""

from __future__ import annotations

from datetime import date

from ...definition import (
    Before,
    Deadline,
    Edit,
    Length,
    Machine,
    OnEvent,
    Relabel,
    Text,
    Unit,
    fact,
    holds,
    machine,
    replace,
)
from ..writing import event, grounds, inferred, read, rule, state, told
from .sight import OF_APPLICATIONS, OF_SERVICE_PLAN, SEEN_WITH_CONSENT

_PRACTICE = read("S12 S33")
_APPLIED = read("S196 S197", "dsa", "20(1)")
_CLASSIFIED = read("S196 S197", "dsa", "21(1)") + read("S196", "dso", "10(1), 10(2)")
_DECIDED = read("S196 S197", "dsa", "22(1)")
_UNCLASSIFIED = _DECIDED + read("S196", "dso", "10(1)")
_CERTIFICATE = read("S196 S197", "dsa", "22(8)")
# Nobody was asked for one before the decision until the Act of 2010 (71) came into force.
_SINCE = date(2012, 4, 1)
_ASKED = read("S196 S197", "dsa", "22(4)", since=_SINCE) + read("S196", "dsr", "12-2, 12-3")
_BY_OFFICE = read("S196 S197", "dsa", "5, 51-17(1)(i)", since=_SINCE)
_HANDED_IN = read("S196 S197", "dsa", "22(4)", since=_SINCE)
_OWN = read("S196 S197", "dsa", "22(5)", since=_SINCE) + read("S196", "dsr", "12-4, 12-5")
_WEIGHED = read("S196 S197", "dsa", "22(6)") + inferred(
    "S196", "dsa", "22(4)", Text("求めた計画案が出るまでは決定しない", "No decision before the plan that was asked for is in"))
_ALWAYS_ASKED = read("S196", "dsr", "12-2", Text("2015年4月1日からは全ての申請について求める",
                                                 "Of every applicant since 2015-04-01"))

_PLAN = machine("service_plan")
_PENDING = machine("disability_services").in_("applied", "classified")
_NOT_AWAITED = _PLAN.in_("none", "submitted").under(*_WEIGHED)
# Whoever has a care manager is asked for one only where the municipality finds it necessary.
_IN_OR_NOT_NEEDED = _PLAN.in_("submitted").under(*_WEIGHED) | (
    holds("care_management") & _PLAN.in_("none")
).under(*_ALWAYS_ASKED)
_TRAINING = (fact("disability_payment") == "training").under(*read("S196", "dso", "10(1)"))
_APPLICANTS = "person center other_center counsel family municipality provider"
_SUBMITTED_BY = Text("提出するのは申請者であり、ほかの機関はそれを伝える",
                     "The applicant submits it; others report it")

EVENTS = (
    event("disability_services_applied", "障害程度区分・支給決定の申請",
          "Disability degree category and services: applied", "disability_services", _APPLICANTS,
          _PRACTICE + _APPLIED, records="disability_payment care_management", unseen_by="family",
          outdates="disability_payment",
          anew=inferred("S196", "dsa", "20(1)", Text("申請ごとに異なる", "Of each application"))),
    event("disability_services_classified", "審査会の判定と区分の認定",
          "Support need judged by the board and classified", "disability_services",
          "municipality", _CLASSIFIED, told=told("person", read("S196", "dso", "10(3)"))),
    event("disability_services_decided", "障害程度区分・支給決定",
          "Disability degree category and services: decided", "disability_services",
          "municipality", _PRACTICE + _DECIDED, records="care_management",
          told=told("person", _CERTIFICATE, "decision_notice")),
    event("service_plan_requested", "サービス等利用計画案の提出依頼", "Draft service plan asked for",
          "service_plan", "municipality", _ASKED, records="service_plan_due",
          outdates="service_plan_due",
          anew=inferred("S196", "dsr", "12-3", Text("求めるごとに定める", "Set with each request")),
          told=told("person", _ASKED, "service_plan_request")),
    event("service_plan_drafted", "サービス等利用計画案の作成", "Draft service plan made",
          "service_plan", "consultation_office", _BY_OFFICE),
    event("service_plan_submitted", "サービス等利用計画案の提出", "Draft service plan submitted",
          "service_plan", f"{_APPLICANTS} consultation_office", _HANDED_IN, unseen_by="family"),
)  # fmt: skip

DISABILITY_SERVICES = Machine(
    "disability_services",
    Text("障害程度区分・支給決定", "Disability degree category and services"),
    "none",
    (
        state("none", "未申請", "Not applied", "person", _PRACTICE, stage="coordination", rest=True),
        state("applied", "申請中", "Applied", "municipality", _APPLIED, stage="coordination"),
        state("classified", "区分認定済み", "Classified", "municipality", _CLASSIFIED,
              stage="coordination"),
        state("decided", "支給決定", "Decided", "municipality", _DECIDED, stage="coordination",
              rest=True),
    ),
    (
        rule("application", "disability_services_applied", "none decided", "applied", _APPLIED),
        rule("decision", "disability_services_decided", "classified", "decided", _DECIDED,
             guard=_NOT_AWAITED, papers="decision_notice"),
        rule("classification", "disability_services_classified", "applied", "classified",
             _CLASSIFIED),
        rule("decision_without_classification", "disability_services_decided", "applied", "decided",
             _UNCLASSIFIED, guard=_TRAINING & _NOT_AWAITED,
             papers="decision_notice",
             note=Text("区分の認定を要するのは介護給付費と共同生活援助に限る",
                       "Only care payments and group homes take a classification")),
    ),
    tuple(OF_APPLICATIONS),
    SEEN_WITH_CONSENT,
    basis=grounds(OF_APPLICATIONS),
)  # fmt: skip

SERVICE_PLAN = Machine(
    "service_plan",
    Text("サービス等利用計画案", "Draft service plan"),
    "none",
    (
        state("none", "依頼なし", "Not asked for", "municipality", _ASKED, stage="coordination",
              rest=True),
        state("requested", "作成中", "Being made", "person", _ASKED, stage="coordination"),
        state("drafted", "作成済み", "Made", "person", _BY_OFFICE, stage="coordination"),
        state("submitted", "提出済み", "Submitted", "municipality", _HANDED_IN,
              stage="coordination", rest=True),
    ),
    (
        rule("request", "service_plan_requested", "none submitted", "requested", _ASKED,
             guard=_PENDING, papers="service_plan_request",
             note=Text("提出の必要、提出先及び期限を書面で通知する。2015年3月31日までは、市町村が必要と認めるときに限る",
                       "In writing: that it is needed, where to and until when. Until 2015-03-31 "
                       "where the municipality finds it necessary")),
        rule("drafting", "service_plan_drafted", "requested", "drafted", _BY_OFFICE,
             papers="service_plan"),
        rule("submission", "service_plan_submitted", "drafted", "submitted", _HANDED_IN,
             papers="service_plan", note=_SUBMITTED_BY),
        rule("submission_of_own", "service_plan_submitted", "requested", "submitted", _OWN,
             papers="service_plan",
             note=Text("セルフプラン。近くに指定特定相談支援事業者がないとき、又は本人が希望するとき",
                       "A plan made by others than the designated office: where none is near, or "
                       "where the person wishes it")),
        # What was submitted was of that application.
        rule("end_with_new_application", "disability_services_applied", "submitted", "none",
             inferred("S196", "dsa", "22(4)", Text("申請ごとに求める", "Asked for upon each application"))),
    ),
    tuple(OF_SERVICE_PLAN),
    SEEN_WITH_CONSENT,
    basis=grounds(OF_SERVICE_PLAN),
)  # fmt: skip

DEADLINES = (
    Deadline("service_plan_submission", Text("サービス等利用計画案の提出期限", "Draft service plan due"),
             "service_plan", ("requested", "drafted"), OnEvent(("service_plan_requested",)),
             Length(0, Unit.DAYS), "person", read("S196", "dsr", "12-3"),
             owed_to=("municipality",), met_by=("service_plan_submitted",),
             before=Before("service_plan_due"),
             note=Text("期限は市町村が定め、書面で通知する", "The municipality sets the day, in writing")),
)  # fmt: skip

SINCE_2015: tuple[Edit, ...] = (
    Relabel("machine disability_services", Text("障害支援区分・支給決定",
                                                "Disability support category and services")),
    *(Relabel(f"event disability_services_{done}",
              Text(f"障害支援区分・支給決定{ja}", f"Disability support category and services: {done}"))
      for done, ja in (("applied", "の申請"), ("decided", ""))),
    replace("transition disability_services.decision", guard=_IN_OR_NOT_NEEDED,
            basis=_DECIDED + _ALWAYS_ASKED),
    replace("transition disability_services.decision_without_classification",
            guard=_TRAINING & _IN_OR_NOT_NEEDED, basis=_UNCLASSIFIED + _ALWAYS_ASKED),
)  # fmt: skip
