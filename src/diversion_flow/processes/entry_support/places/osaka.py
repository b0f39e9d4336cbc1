"""Osaka (V1; S19): 65 is a hard limit, a suspected disability suffices, release must be expected,
the wish may be for employment support, and one whom the probation office regards as equivalent to
a prioritised subject is taken. Disabled people from 2021-08, elderly people from 2022-04."""

from __future__ import annotations

from datetime import date

from ....definition import (
    Add,
    Choice,
    Edit,
    Relabel,
    Require,
    SetParameter,
    Text,
    Variant,
    Waive,
    fact,
    holds,
)  # fmt: skip
from ...writing import read
from ..conditions import DISABLED, IN_CUSTODY, SELECTED, TARGET_GROUP

_OSAKA = read("S19")
_ENTRIES = ("support.request", "support.reentry")
_SELECTED = fact("prioritised_subject").in_("expected", "yes", "equivalent")
_EXPECTS_RELEASE = fact("expected_outcome") == "noncustodial"
_LABEL = Text("大阪府", "Osaka")

_EDITS: tuple[Edit, ...] = (
    SetParameter("elderly_age_is_strict", True, _OSAKA),
    SetParameter("suspected_disability_counts", True, _OSAKA),
    Add(Choice("equivalent", Text("重点実施対象者に準ずる", "equivalent to a prioritised subject")),
        "fact prioritised_subject"),
    Relabel("fact wishes_support", Text("福祉又は就労の支援を希望", "wishes welfare or employment support")),
    *(edit for rule in _ENTRIES for edit in (
        Waive(rule, SELECTED, _OSAKA),
        Require(rule, _SELECTED, _OSAKA),
        Require(rule, _EXPECTS_RELEASE, _OSAKA),
        Require(rule, IN_CUSTODY, _OSAKA),
        Require(rule, holds("wishes_support"), _OSAKA),
    )),
)  # fmt: skip

DISABLED_ONLY = Variant(
    "osaka_2021_08", "entry_support", _LABEL,
    (*_EDITS, *(edit for rule in _ENTRIES for edit in (
        Waive(rule, TARGET_GROUP, _OSAKA), Require(rule, DISABLED, _OSAKA)))),
    since=date(2021, 8, 1), until=date(2022, 3, 31), place="osaka",
    note=Text("第1段階: 障害のある人のみ", "First phase: people with a disability only"),
)  # fmt: skip

OSAKA = Variant("osaka_2022_04", "entry_support", _LABEL, _EDITS, since=date(2022, 4, 1),
                place="osaka")  # fmt: skip
