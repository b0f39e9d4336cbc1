"""Conditions that several tracks share, each written once."""

from __future__ import annotations

from ...definition import any_of, every, fact, holds, machine, param, running, when
from ..writing import read

# Held by nobody; of ordinary services nothing keeps one who is still to serve a sentence.
AT_LIBERTY = machine("custody").in_(
    "free", "bailed", "stayed_suspect", "stayed_defendant", "awaiting_execution", "execution_stayed"
)
OUT = machine("custody").in_("free")
SUSPECT_DETAINED = machine("custody").in_("detained_suspect")
DEFENDANT_DETAINED = machine("custody").in_("detained_defendant")
DETAINED = machine("custody").in_("detained_suspect", "detained_defendant")
IN_CUSTODY = machine("custody").in_(
    "arrested", "arrested_by_prosecutor", "referred", "detention_requested", "detained_suspect",
    "indicted_in_arrest", "detained_defendant", "remanded_suspect", "remanded_defendant",
)  # fmt: skip
CONSENTED = machine("consent").in_("given", "narrowed")
CENTER_NAMED = fact("consent_recipients").includes("center")
OFFICE_NAMED = fact("consent_recipients").includes("probation_office")
# A request for a summary order is made with the prosecution itself (CCP 462(1)).
PROSECUTED = (("indictment", "indicted"), ("summary_request", "summary_requested"))
# Every suspected offence of one under 20 goes to the family court; what comes back from there
# (検察官送致) is not followed.
OF_AGE = (~fact("age").known() | (fact("age") >= 20)).under(*read("S142", "juvenile_act", "41, 42"))
STILL_A_SUSPECT = machine("procedure").in_("investigation", "referred", "released_undecided")
# Prosecuted, and judged in no way or to imprisonment alone: who is still to be prepared for release.
ON_TRIAL = machine("procedure").in_(
    "summary_requested", "indicted", "judged_imprisonment", "on_appeal"
)
# Suspects, and defendants where adjustment goes on for them.
TO_BE_PREPARED = STILL_A_SUSPECT | (ON_TRIAL & when("adjust_defendants"))
# What begins custody of one who was at liberty, besides a judgment on which bail lapses.
CUSTODY_BEGINS = (
    ("arrest", "arrested"), ("arrest_by_prosecutor", "arrested_by_prosecutor"),
    ("rearrest", "rearrested"), ("detention", "detained"), ("workhouse", "workhouse_entered"),
)  # fmt: skip
# The police send on their own to the family court, or the prosecutor does (Juveniles Act 41, 42).
TO_FAMILY_COURT = (
    ("at_family_court", "sent_to_family_court"),
    ("at_family_court_by_police", "sent_to_family_court_by_police"),
)
# A ban on contacts bars everybody but counsel (CCP 81).
MAY_VISIT = (~machine("contacts").in_("banned")).under(*read("EG", "ccp", "81, 207(1)"))

NONCUSTODIAL = fact("sentence").in_("suspended", "suspended_with_probation", "fine", "acquittal")
GOES_TO_PRISON = machine("procedure").in_("judged_imprisonment")  # once the judgment is final
LIGHTER_JUDGMENT = machine("procedure").in_(
    "judged_suspended", "judged_probation", "judged_fine", "judged_acquitted"
)
SERVES = machine("procedure").in_("final_imprisonment", "suspension_revoked")
IMPRISONMENT = fact("sentence").in_("imprisonment", "partial_suspension")
# Pronounced and neither set aside nor final: CCP 343, 344.
IMPRISONMENT_PRONOUNCED = GOES_TO_PRISON | (machine("procedure").in_("on_appeal") & IMPRISONMENT)

# ORA 85(1)(vi) takes a finding of the prosecutor, not the bare release.
# Where no finding is recorded there is none: the list is not left open.
NOT_PROSECUTED_AT_ONCE = fact("no_prosecution_at_once").known() & holds("no_prosecution_at_once")

# ORA 85(1), as far as this process meets it. Acquittal and insufficient suspicion are not in
# the list (X7); probation ends it once the judgment is final (X4), but not before (X5).
AFTERCARE_CATEGORY = any_of(
    machine("procedure").in_(
        "suspension_of_prosecution", "summary_ordered", "judged_suspended", "judged_probation",
        "judged_fine", "final_suspended", "final_fine", "suspension_completed",
    ),
    # An appeal does not make the sentence final: items (iii) and on speak of what was pronounced.
    every(machine("procedure").in_("on_appeal"),
          fact("sentence").in_("suspended", "suspended_with_probation", "fine")),
    every(machine("procedure").in_("released_undecided"), when("undecided_release_qualifies"),
          NOT_PROSECUTED_AT_ONCE),
).under(*read("S26c S127", "ora", "85(1)"))  # fmt: skip
WITHIN_AFTERCARE_PERIOD = running("aftercare_period").under(*read("S52 S53", "ora", "85(4)"))

_SCHEME = read("S01")
# "About 65": the probation office may regard as elderly whoever is near it, and nobody else.
ELDERLY = (fact("age") >= param("elderly_age")) | (
    when("elderly_age_is_strict", False) & (fact("age") >= param("elderly_age_about_from"))
    & holds("po_regards_as_elderly")
)
DISABLED = fact("disability").in_("physical", "intellectual", "mental", "developmental") | (
    when("suspected_disability_counts") & (fact("disability") == "suspected")
) | (when("dementia_counts") & (fact("disability") == "dementia"))
# The Center's scheme, clause by clause: places waive one and require another.
TARGET_GROUP = (ELDERLY | DISABLED).under(*_SCHEME)
SELECTED = fact("prioritised_subject").in_("expected", "yes").under(*_SCHEME)
CENTER_ELIGIBLE = every(
    TARGET_GROUP,
    SELECTED,
    (when("further_conditions_required", False) | holds("meets_further_conditions")).under(*_SCHEME),
    # One who is only expected to become a subject is still held; a subject is one to whom urgent
    # aftercare is given: released, and within the period, which runs for those in the list only.
    any_of(
        when("custody_required", False), IN_CUSTODY,
        every(fact("prioritised_subject") == "yes", OUT, WITHIN_AFTERCARE_PERIOD),
    ).under(*_SCHEME),
)

