"""Who always sees what, and on what ground: statute, the person's own act, or the office's own
task. One row for each office; what consent alone opens stands behind it (domain 10).

That an office sees is inferred from its role (the matrix); on what ground, from the article that
brings the thing to it. Where an article says so itself it is marked as read.
"""

from __future__ import annotations

from datetime import date

from ...definition import Basis, Mark, Text
from ..writing import OWN, Bases, Rows, Sight, inferred, read
from .sources import ACT_OF_2022, CLASSIFICATION_HOMES

# One act for all since 2022-04-01; before, administrative organs had their own.
_ONE_ACT = date(2022, 4, 1)
_UNTIL = date(2022, 3, 31)


def _organ(item: str, mark: Mark, note: Text) -> Bases:
    """What an administrative organ may do with what it holds: APPI 69(2), before it Act 58 of
    2003, art. 8(2)."""
    return (
        Basis(mark, "appi", f"69(2)({item})", ("S143",), since=_ONE_ACT, note=note),
        Basis(mark, "act_58_2003", f"8(2)({item})", ("S197",), until=_UNTIL, note=note),
    )


OWN_ACT = Text("本人が述べ、署名し、又は申請する", "The person says, signs or applies for it")
TO_THE_PERSON = _organ("i", Mark.READ, Text("本人への提供", "Given to the person"))
WITHIN = _organ("ii", Mark.INFERRED, Text("同じ庁の内部での利用", "Used within the same office"))
BETWEEN = _organ("iii", Mark.INFERRED, Text("他の行政機関の事務に必要な限度での提供",
                                            "As far as another organ's task needs it"))  # fmt: skip

REFERRED = read("EG S137", "ccp", "203(1), 246")
PARTY = read("EG", "ccp", "342")
EXECUTES = read("S188 S189 EG", "ccp", "64, 73, 207(1)", Text("勾留状の記載と執行", "What a warrant states, and its execution"))
EXECUTES_SENTENCES = read("S141", "ccp", "472, 473")
TRIES = read("EG S166", "ccp", "205, 207, 256")
DEFENDS = read("S144", "ccp", "39(1)", OWN_ACT) + read("S145", "ccp", "40(1)")
MANDATED = read("S14", note=OWN_ACT)
ASKED_BY_THE_OFFICE = read("S25", "ora", "83-2(1)", since=ACT_OF_2022) + read("S05", note=OWN_ACT)
HEARD = read("S25", "ora", "83-2(2)", since=ACT_OF_2022) + read("S05 S03")
TOLD_THE_CENTER = inferred("S15 S60", note=OWN_ACT)
ENTRUSTED = inferred("S26c S28", "ora", "85(3)")
EXAMINES = (*OWN, Basis(Mark.READ, "jcha", "131", ("S196",), since=CLASSIFICATION_HOMES))
FILED = read("S196", "paa", "24(1)", OWN_ACT)


_OFFICE: Rows = {"reintegration_office": WITHIN}
_OFFICE_AND_ADVISER: Rows = {**_OFFICE, "welfare_adviser": WITHIN}

# -- facts ----------------------------------------------------------------------------------------

CASE_RECORD = Sight(
    {"police": BETWEEN, "prosecutor": REFERRED, **_OFFICE}, "probation_office welfare_adviser"
)
CHARGE = Sight(
    {"police": BETWEEN, "prosecutor": REFERRED, **_OFFICE_AND_ADVISER, "counsel": DEFENDS,
     "court": TRIES, "person": TO_THE_PERSON, "detention_house": EXECUTES},
    "probation_office center other_center municipality provider medical",
)  # fmt: skip
IDENTITY = Sight(
    {"police": BETWEEN, "detention_house": EXECUTES, "prosecutor": REFERRED,
     **_OFFICE_AND_ADVISER, "counsel": DEFENDS, "court": TRIES, "person": TO_THE_PERSON},
    "probation_office center other_center core_consultation_center municipality provider medical "
    "rehabilitation_facility",
)  # fmt: skip
_OF_CONSENT: Rows = {
    "prosecutor": read("S05", note=OWN_ACT), **_OFFICE_AND_ADVISER,
    "probation_office": ASKED_BY_THE_OFFICE, "center": TOLD_THE_CENTER, "counsel": DEFENDS,
    "person": TO_THE_PERSON,
}  # fmt: skip
CONSENT = Sight(_OF_CONSENT, "other_center municipality provider medical")
SELECTION = Sight({**_OF_CONSENT, "prosecutor": HEARD, "center": read("S01 S33")},
                  "other_center municipality provider medical")  # fmt: skip
NEEDS = Sight(
    {"center": TOLD_THE_CENTER, "counsel": MANDATED, "person": TO_THE_PERSON},
    "prosecutor reintegration_office welfare_adviser probation_office other_center "
    "core_consultation_center municipality provider medical rehabilitation_facility",
)
DIAGNOSIS = Sight(
    {"medical": OWN, "classification_home": EXAMINES, "person": TO_THE_PERSON},
    "prosecutor reintegration_office welfare_adviser probation_office center other_center "
    "core_consultation_center municipality provider counsel",
)
TREATMENT = Sight(
    {"medical": read("S171 S172", "mhwa", "27, 29") + read("S196", "mtoa", "43"), "person": TO_THE_PERSON},
    "prosecutor reintegration_office welfare_adviser probation_office center other_center "
    "core_consultation_center municipality provider counsel",
)
AFTERCARE = Sight(
    {"prosecutor": read("S26", "ora", "86(3)"),
     "probation_office": read("S26", "ora", "86(1), 86(3)"),
     "person": read("S28", "orr", "120(2)") + TO_THE_PERSON,
     "rehabilitation_facility": ENTRUSTED},
    "center",
)  # fmt: skip
FOLLOW_UP = Sight({"center": OWN, "person": TO_THE_PERSON},
                  "probation_office other_center municipality provider medical")  # fmt: skip
PROSECUTION = Sight({"prosecutor": REFERRED, **_OFFICE})
COURT = Sight(
    {"prosecutor": PARTY, "court": OWN, "counsel": PARTY + DEFENDS, "person": PARTY,
     "detention_house": EXECUTES + EXECUTES_SENTENCES},
    "probation_office center",
)  # fmt: skip
_APPLYING: Rows = {"municipality": FILED, "person": TO_THE_PERSON,
                   "center": inferred("S12 S15", note=OWN_ACT), "counsel": MANDATED}  # fmt: skip
APPLICATION = Sight(_APPLYING, "probation_office provider")

# -- where machines stand --------------------------------------------------------------------------

OF_CUSTODY: Rows = {
    "police": read("EG S134", "ccp", "199, 203"), "detention_house": EXECUTES,
    "prosecutor": REFERRED, **_OFFICE_AND_ADVISER, "counsel": DEFENDS, "court": TRIES,
    "person": TO_THE_PERSON,
}  # fmt: skip
OF_PROCEDURE: Rows = {**OF_CUSTODY, "police": BETWEEN,
                      "detention_house": EXECUTES + EXECUTES_SENTENCES}  # fmt: skip
_BAN = read("EG", "ccp", "81, 207(1)")
OF_CONTACTS: Rows = {
    "court": OWN, "prosecutor": _BAN, "police": _BAN, "detention_house": _BAN, "counsel": DEFENDS,
    "person": TO_THE_PERSON,
}  # fmt: skip
OF_CONSENT: Rows = _OF_CONSENT
OF_ADJUSTMENT: Rows = {"prosecutor": HEARD, **_OFFICE, "probation_office": OWN,
                       "reintegration_team": WITHIN, "person": TO_THE_PERSON}  # fmt: skip
OF_SUPPORT: Rows = {"center": OWN, "probation_office": read("S01 S33"),
                    "reintegration_team": WITHIN, "person": TO_THE_PERSON}  # fmt: skip
OF_DEFENCE: Rows = {"counsel": OWN, "social_worker": read("S12b S14", note=OWN_ACT),
                    "person": MANDATED}  # fmt: skip
OF_AFTERCARE: Rows = {
    "prosecutor": read("S26", "ora", "86(3)"), "probation_office": OWN,
    "reintegration_team": WITHIN, "person": read("S28", "orr", "120(2)") + TO_THE_PERSON,
    "rehabilitation_facility": ENTRUSTED,
}  # fmt: skip
OF_HOSPITAL: Rows = {
    "prosecutor": read("S128 S129", "mhwa", "24"), "prefecture": read("S128", "mhwa", "24"),
    "medical": read("S171 S172", "mhwa", "27, 29") + read("S196", "mtoa", "43"), "court": read("S129", "mtoa", "33"),
    "person": TO_THE_PERSON,
}  # fmt: skip
OF_APPLICATIONS: Rows = _APPLYING
OF_SERVICE_PLAN: Rows = {
    **_APPLYING,
    "consultation_office": read("S196 S197", "dsa", "5", Text(
        "本人から依頼を受けて作成する", "It makes the plan for the person")),
}  # fmt: skip
# Of applications, where the person consents.
SEEN_WITH_CONSENT = ("probation_office", "provider", "other_center", "medical", "prosecutor",
                     "reintegration_office")  # fmt: skip
OF_ADVICE: Rows = {"houterasu": read("S39 S40", note=OWN_ACT),
                   "center": inferred("S39", note=OWN_ACT), "person": TO_THE_PERSON}  # fmt: skip
OF_FURTHER_AID: Rows = {"probation_office": OWN, "reintegration_team": WITHIN,
                        "person": TO_THE_PERSON}  # fmt: skip
OF_BRIDGING: Rows = {"prosecutor": OWN, **_OFFICE_AND_ADVISER, "person": TO_THE_PERSON}
