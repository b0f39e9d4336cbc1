"""The usual course that an overview draws, track by track."""

from __future__ import annotations

_USUAL = {
    "custody": "arrest referral_in_custody detention_request detention detention_as_defendant "
               "release_on_disposition release_on_judged",
    "prior_adjustment": "flagging consultation consent_for_adjustment start handover_on_release",
    "adjustment": "flagging consultation consent_for_adjustment no_objection veto start "
                  "continuation_after_indictment handover_on_release",
    "support": "consultation request acceptance visit interview_in_custody assessing planning "
               "seeking_placement securing preparation release_as_planned lodging service "
               "service_after_lodging following_up transfer closing_settled",
    "aftercare": "informing application opinion grant start end_of_period",
}
# The practice before the Act of 2023 has its own course, on the same machine.
_MACHINE = {"prior_adjustment": "adjustment"}


def route(*tracks: str) -> tuple[str, ...]:
    """The transitions of the usual course on these tracks."""
    return tuple(
        f"{_MACHINE.get(track, track)}.{rule}" for track in tracks for rule in _USUAL[track].split()
    )
