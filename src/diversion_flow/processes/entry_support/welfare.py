"""Welfare applications: one small machine each, running on weeks while detention runs on days
(domain 2G). They are ordinary citizen services: nothing in the criminal track ends them (X7)."""

from __future__ import annotations

from datetime import date

from ...definition import (
    Add,
    Deadline,
    Edit,
    Event,
    Length,
    Machine,
    OnEvent,
    OnFact,
    State,
    Text,
    Transition,
    Unit,
    fact,
    holds,
    replace,
)
from ..writing import (
    Bases,
    event,
    grounds,
    inferred,
    of_outdated,
    read,
    rule,
    state,
    stays,
    told,
)
from . import disability
from .conditions import AT_LIBERTY
from .sight import OF_ADVICE, OF_APPLICATIONS, SEEN_WITH_CONSENT

_PAA_MOVED = Text("2014年7月1日からは24条5項", "Paragraph 5 since 2014-07-01")
_APPLICANTS = "person center other_center counsel family municipality provider"


def _application(id: str, ja: str, en: str, basis: Bases, *, decided: tuple[str, str],
                 said: tuple[str, str] = ("の申請", "の決定"),
                 stands: tuple[str, str] = ("未申請", "申請中"),
                 step: tuple[str, str, str, str, str] | None = None, notice: Bases = (),
                 put_off: tuple[str, Bases] = ("", ())) -> tuple[Machine, tuple[Event, ...]]:  # fmt: skip
    """An application that is filed and decided (what both are `said` to be in Japanese, and how it
    `stands` until then), perhaps with a step between (its id, and what the state and the event are
    called); the person is told of the decision where the law asks for `notice`, and of the day to
    which it is `put_off`."""
    states: list[State] = [
        state("none", stands[0], "Not applied", "person", basis, stage="coordination", rest=True),
        state("applied", stands[1], "Applied", "municipality", basis, stage="coordination"),
        state("decided", *decided, "municipality", basis, stage="coordination", rest=True),
    ]
    filed, done = f"{id}_applied", f"{id}_decided"
    until, delayed = put_off
    events = [
        event(filed, f"{ja}{said[0]}", f"{en}: applied", id, _APPLICANTS, basis,
              unseen_by="family", outdates=until, anew=delayed and _EACH_TIME_SET),
        event(done, f"{ja}{said[1]}", f"{en}: decided", id, "municipality", basis,
              told=told("person", notice, "decision_notice") if notice else ()),
    ]
    rules: list[Transition] = [
        rule("application", filed, "none decided", "applied", basis),
        rule("decision", done, step[0] if step else "applied", "decided", basis,
             papers="decision_notice"),
    ]  # fmt: skip
    if step:
        between, state_ja, state_en, event_ja, event_en = step
        happens = f"{id}_{between}"
        states.insert(2, state(between, state_ja, state_en, "municipality", basis,
                               stage="coordination"))  # fmt: skip
        events.append(event(happens, event_ja, event_en, id, "municipality", basis))
        rules.append(rule("survey", happens, "applied", between, basis))
    if until:
        late = f"{id}_put_off"
        events.append(event(late, f"{ja}の決定の延期(特別な理由)", f"{en}: decision put off", id,
                            "municipality", delayed, records=until, told=told("person", delayed)))
        rules += stays("putting_off", late, " ".join(s.id for s in states[1:-1]), delayed,
                       guard=fact(until).known())
    machine = Machine(
        id, Text(ja, en), "none", tuple(states), tuple(rules), tuple(OF_APPLICATIONS),
        SEEN_WITH_CONSENT, basis=grounds(OF_APPLICATIONS),
    )
    return machine, tuple(events)


_CARE_PUT_OFF = read("S179 S196", "ltcia", "27(11) proviso")
_EACH_TIME_SET = inferred("S196", "ltcia", "27(11)", Text("申請ごとに定まる", "Of each application"))
_APPLICATIONS = (
    _application("care_certification", "要介護認定", "Long-term-care certification",
                 read("S12") + read("S197", "ltcia", "27"),
                 decided=("決定済み", "Decided"), notice=read("S196 S197", "ltcia", "27(7), 27(9)"),
                 step=("surveyed", "調査済み", "Surveyed", "要介護認定の調査",
                       "Long-term-care certification: surveyed"),
                 put_off=("care_decision_expected", _CARE_PUT_OFF)),
    _application("disability_certificate", "障害者手帳", "Disability certificate", read("S33"),
                 decided=("交付済み", "Issued"), said=("の申請", "の交付決定")),
    _application("residence", "住民票", "Residence registration", read("S33"),
                 decided=("登録済み", "Registered"), said=("の届出", "の登録"),
                 stands=("未届", "届出済み")),
    _application("insurance_and_pension", "健康保険・障害年金", "Health insurance, disability pension",
                 read("S33"), decided=("決定", "Decided"), said=("の届出・請求", "の決定"),
                 stands=("未手続", "手続中")),
)  # fmt: skip

_PA = read("S12")
_DECIDED = read("S156", "paa", "24(1)", Text("2014年7月1日からは24条3項", "Paragraph 3 since 2014-07-01"))
_PUT_OFF = read("S156", "paa", "24(3) proviso", _PAA_MOVED)
_URGENT = read("S178", "paa", "25(1)")
_STOPPED = read("S196", "paa", "26")
# What is found upon one application, or at one time, says nothing of the next.
_EACH_DECISION = inferred("S156", "paa", "24", Text("申請ごとに判断する", "Upon each application"))
_EACH_TIME = inferred("S178", "paa", "25(1)", Text("そのつど判断する", "Looked at each time"))
PUBLIC_ASSISTANCE = Machine(
    "public_assistance",
    Text("生活保護", "Public assistance"),
    "none",
    (
        state("none", "受給なし", "Not receiving", "person", _PA, stage="intake", rest=True),
        state("receiving", "受給中", "Receiving", "municipality", _PA, stage="settlement", rest=True),
        state("stopped", "停止・廃止", "Stopped or abolished", "municipality", _PA,
              stage="screening", rest=True),
        state("applied", "申請中", "Applied", "municipality", _PA, stage="release"),
        state("put_off", "申請中(決定の延期)", "Applied, decision put off", "municipality", _PUT_OFF,
              stage="release"),
        state("refused", "却下", "Refused", "municipality", inferred("S12"),
              stage="settlement", rest=True),
    ),
    (
        rule("earlier_receipt", "assistance_noted", "none", "receiving", _PA,
             guard=holds("receives_public_assistance")),
        rule("stop", "assistance_stopped", "receiving", "stopped", _PA + _STOPPED,
             papers="decision_notice",
             note=Text("逮捕・勾留に限らず、保護を必要としなくなったとき(26条)",
                       "Whenever protection is no longer needed, in custody or not (PAA 26)")),
        rule("application", "public_assistance_applied", "none stopped refused", "applied",
             read("S12") + read("S196", "paa", "7") + read("S192", "paa", "19(1)"), guard=AT_LIBERTY,
             note=Text("申請をするのは本人、扶養義務者又は同居の親族であり(7条)、ほかの機関はそれを伝える。居住地がないとき、"
                       "又は明らかでないときは、現在地の福祉事務所に申請する",
                       "The person, or relatives bound to maintain or of the household, apply (PAA 7); "
                       "others report it. Without a known residence, at the office of the place "
                       "where the person is")),
        # A special reason, such as a search into relatives' means, is needed for thirty days.
        rule("delay", "assistance_delayed", "applied", "put_off", _PUT_OFF,
             guard=holds("assistance_needs_longer")),
        rule("protection_in_urgency", "assistance_started_urgently",
             "none stopped refused applied put_off", "receiving", _URGENT,
             guard=AT_LIBERTY & holds("assistance_urgency").under(*_URGENT),
             note=Text("申請を待たない職権による保護", "By office, without waiting for an application")),
        rule("grant", "public_assistance_decided", "applied put_off", "receiving",
             read("S12") + _DECIDED, guard=holds("assistance_granted"),
             papers="decision_notice"),
        rule("refusal", "public_assistance_decided", "applied put_off", "refused", _DECIDED,
             guard=fact("assistance_granted") == False,  # noqa: E712
             papers="decision_notice"),
    ),
    tuple(OF_APPLICATIONS),
    SEEN_WITH_CONSENT,
    basis=grounds(OF_APPLICATIONS),
)  # fmt: skip

_ADVICE = read("S39 S40", since=date(2018, 1, 24))
LEGAL_ADVICE = Machine(
    "legal_advice",
    Text("法テラスの特定援助", "Houterasu outreach advice"),
    "none",
    (
        state("none", "未申込み", "Not applied", "center", _ADVICE, stage="coordination", rest=True),
        state("applied", "申込み", "Applied", "houterasu", _ADVICE, stage="coordination"),
        state("accepted", "受理", "Accepted", "houterasu", _ADVICE, stage="settlement"),
        state("advised", "弁護士が訪問・助言", "Lawyer visited", "houterasu", _ADVICE,
              stage="settlement", rest=True),
    ),
    (
        rule("application", "legal_advice_applied", "none advised", "applied", _ADVICE),
        rule("acceptance", "legal_advice_accepted", "applied", "accepted", _ADVICE),
        rule("visit", "legal_advice_given", "accepted", "advised", _ADVICE),
    ),
    tuple(OF_ADVICE),
    ("probation_office", "municipality", "provider"),
    basis=grounds(OF_ADVICE),
)  # fmt: skip

MACHINES = (
    PUBLIC_ASSISTANCE,
    *(machine for machine, _ in _APPLICATIONS[:2]),
    disability.DISABILITY_SERVICES,
    disability.SERVICE_PLAN,
    *(machine for machine, _ in _APPLICATIONS[2:]),
)

EVENTS = (
    event("assistance_noted", "逮捕時に生活保護受給中", "Receiving public assistance on arrest",
          "public_assistance", "municipality", _PA, records="receives_public_assistance"),
    event("assistance_stopped", "生活保護の停止・廃止", "Public assistance stopped",
          "public_assistance", "municipality", _PA + _STOPPED,
          told=told("person", _STOPPED, "decision_notice")),
    event("public_assistance_applied", "生活保護の申請", "Public assistance applied for",
          "public_assistance", _APPLICANTS, _PA + read("S196", "paa", "7"),
          unseen_by="family"),
    event("public_assistance_decided", "生活保護の決定", "Public assistance decided",
          "public_assistance", "municipality", _DECIDED, records="assistance_granted",
          outdates="assistance_granted", anew=_EACH_DECISION,
          told=told("person", _DECIDED, "decision_notice")),
    event("assistance_started_urgently", "職権による保護の開始(急迫)",
          "Protection begun by office in urgency", "public_assistance", "municipality",
          _URGENT, records="assistance_urgency", outdates="assistance_urgency",
          anew=_EACH_TIME),
    event("assistance_delayed", "生活保護の決定の延期(特別な理由)",
          "Decision on public assistance put off for a special reason", "public_assistance",
          "municipality", _PUT_OFF, records="assistance_needs_longer",
          outdates="assistance_needs_longer", anew=_EACH_DECISION),
    *(item for _, events in _APPLICATIONS[:2] for item in events),
    *disability.EVENTS,
    *(item for _, events in _APPLICATIONS[2:] for item in events),
)  # fmt: skip

ADVICE_EVENTS = (
    event("legal_advice_applied", "特定援助の申込み", "Outreach advice applied for",
          "legal_advice", "center probation_office municipality provider", _ADVICE),
    event("legal_advice_accepted", "特定援助の受理", "Outreach advice accepted", "legal_advice",
          "houterasu", _ADVICE),
    event("legal_advice_given", "弁護士の訪問", "Lawyer's visit", "legal_advice", "houterasu",
          _ADVICE),
)

DEADLINES = (
    Deadline("public_assistance_decision", Text("生活保護の決定", "Public assistance decision"),
             "public_assistance", ("applied",), OnEvent(("public_assistance_applied",)),
             Length(14, Unit.DAYS), "municipality", read("S156", "paa", "24(3)", _PAA_MOVED),
             owed_to=("person",), met_by=("public_assistance_decided",)),
    Deadline("public_assistance_decision_latest",
             Text("生活保護の決定(特別な理由)", "Public assistance decision (with reason)"),
             "public_assistance", ("put_off",), OnEvent(("public_assistance_applied",)),
             Length(30, Unit.DAYS), "municipality", _PUT_OFF, owed_to=("person",), met_by=("public_assistance_decided",),
             note=Text("30日以内に通知がないときは、申請者は却下されたものとみなすことができる"
                       "(2014年6月30日まで24条4項、その後7項)",
                       "Without notice in thirty days the applicant may take it for refused (24(4) "
                       "until 2014-06-30, since then 24(7))")),
    Deadline("care_certification_decision", Text("要介護認定", "Care certification"),
             "care_certification", ("applied", "surveyed"),
             OnEvent(("care_certification_applied",)), Length(30, Unit.DAYS), "municipality",
             read("S179", "ltcia", "27(11)"), owed_to=("person",),
             met_by=("care_certification_decided", "care_certification_put_off")),
    Deadline("care_certification_decision_latest",
             Text("要介護認定(延期した期間)", "Care certification, put off"), "care_certification",
             ("applied", "surveyed"), OnFact("care_decision_expected"), Length(0, Unit.DAYS),
             "municipality", _CARE_PUT_OFF, owed_to=("person",),
             met_by=("care_certification_decided",),
             note=Text("申請から30日以内に処分も通知もないとき、又は処理見込期間が経過したときは、申請者は却下されたものと"
                       "みなすことができる(27条12項)",
                       "Without decision or notice in thirty days, or when the time that was told "
                       "has passed, the applicant may take it for refused (27(12))")),
    *disability.DEADLINES,
)  # fmt: skip

# Since fiscal 2015, at the latest: the law as renumbered and renamed by then, and what began later.
_DECIDED_SINCE_2014, _PUT_OFF_SINCE_2014 = (
    read("EG2", "paa", provision) for provision in ("24(3)", "24(5) proviso")
)
SINCE_2015: tuple[Edit, ...] = (
    replace("deadline public_assistance_decision", basis=read("EG2", "paa", "24(5)")),
    *(replace(at, basis=_PUT_OFF_SINCE_2014)
      for at in ("deadline public_assistance_decision_latest", "state public_assistance.put_off",
                 "transition public_assistance.delay")),
    replace("event assistance_delayed", basis=_PUT_OFF_SINCE_2014 + of_outdated(_EACH_DECISION)),
    replace("event public_assistance_decided",
            basis=_DECIDED_SINCE_2014 + of_outdated(_EACH_DECISION),
            told=told("person", _DECIDED_SINCE_2014, "decision_notice")),
    replace("transition public_assistance.grant", basis=read("S12") + _DECIDED_SINCE_2014),
    replace("transition public_assistance.refusal", basis=_DECIDED_SINCE_2014),
    *(Add(event) for event in ADVICE_EVENTS),
    *disability.SINCE_2015,
    Add(LEGAL_ADVICE, after="insurance_and_pension"),
)  # fmt: skip
