"""Ehime (V2; S58): a test of four items, built on joint support by probation office and Center
being appropriate and wanted. The fourth item could not be read: `further_conditions_required`."""

from __future__ import annotations

from datetime import date

from ....definition import Add, Extend, Require, Text, Variant, Waive, holds
from ...writing import flag, read
from ..conditions import SELECTED
from ..sight import CONSENT
from .local import source

_EHIME = read("S58")
_ENTRIES = ("support.request", "support.reentry")

EHIME = Variant(
    "ehime", "entry_support", Text("愛媛県", "Ehime"),
    (
        source("S58", "愛媛県地域生活定着支援センター", "Ehime Center", "http://ehime-shakyo.or.jp/?p=11423"),
        Add(flag("joint_support_appropriate", "保護観察所とセンターの共同支援が適当",
                 "joint support by probation office and Center is appropriate",
                 "probation_office", CONSENT, _EHIME)),
        Extend("event center_requested", "records", ("joint_support_appropriate",), _EHIME),
        Extend("event support_reentered", "records",
               ("joint_support_appropriate", "wishes_support"), _EHIME),
        *(edit for rule in _ENTRIES for edit in (
            Waive(rule, SELECTED, _EHIME),
            Require(rule, holds("joint_support_appropriate"), _EHIME),
            Require(rule, holds("wishes_support"), _EHIME),
        )),
    ),
    since=date(2021, 4, 1), place="ehime",
    note=Text("4番目の要件は途中まで。開始日は未読(全国の開始日とする)",
              "The fourth item was cut; the first day was not read (the national day is taken)"),
)  # fmt: skip
