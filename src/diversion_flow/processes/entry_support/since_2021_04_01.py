"""Fiscal 2021: support for suspects and defendants (被疑者等支援業務) is added to the Centers, and
the social reintegration measures team stands in the probation office (S94, S03, S18b)."""

from __future__ import annotations

from datetime import date

from ...definition import Add, Replace, Text, Variant, replace
from ..writing import read
from . import custody, procedure, support
from .road import WITH_CENTER
from .routes import route

AMENDMENT = Variant(
    "center_2021",
    "entry_support",
    Text("被疑者等支援業務の開始", "Support by the Centers begins"),
    (
        *custody.RENUMBERED,
        # Partial suspension is item 5 since 2016-06-01.
        replace("parameter undecided_release_qualifies", basis=read("S196", "ora", "85(1)(vi)"),
                note=Text("公訴を提起しない処分を受けた者に限る。処分の決まらないまま釈放された者は掲げられていない",
                          "Only one who is not prosecuted; whoever is released with the decision "
                          "pending is not in the list")),
        *procedure.SPECIFIED_JUVENILES,
        *(Add(event, after="adjustment_ended") for event in reversed(support.EVENTS)),
        Add(support.SUPPORT, after="adjustment"),
        Add(support.RELAY, "machine adjustment", after="flagging"),
        *(Add(deadline, after="suspension_period") for deadline in reversed(support.DEADLINES)),
        Replace("process", {
            "main_machine": "support",
            "main_route": route("custody", "prior_adjustment", "support", "aftercare"),
            "road": WITH_CENTER,
        }),
    ),
    since=date(2021, 4, 1),
    version="CENTER_2021",
    note=Text("全都道府県で同時に始まったのではない(S18b)",
              "Not all prefectures began at once (S18b)"),
)  # fmt: skip
