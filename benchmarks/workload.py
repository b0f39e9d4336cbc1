"""The workload that the engines are measured on: a 12-event path with roles, guards, journal.

15 states, 22 transitions, 15 events and 5 conditions, as data, so that every engine builds the
same process in its own way.
"""

from __future__ import annotations

ROLES = {
    "open": ("worker", "supervisor"), "decide": ("supervisor",), "withdraw": ("client", "worker"),
    "assess": ("worker",), "draft_plan": ("worker",), "confirm_plan": ("supervisor",),
    "find": ("worker", "partner"), "exhaust": ("worker",), "retry": ("worker",),
    "court_decision": ("court",), "follow_up": ("worker",), "check": ("worker",),
    "relapse": ("worker", "client"), "settle": ("worker", "supervisor"), "close": ("supervisor",),
}  # fmt: skip

# source, event, target, conditions that must hold, conditions that must not
RULES = (
    ("intake", "open", "screening", "", ""),
    ("screening", "decide", "accepted", "eligible consented", ""),
    ("screening", "decide", "declined", "", "consented"),
    ("screening", "decide", "ineligible", "", "eligible"),
    ("screening", "withdraw", "declined", "", ""),
    ("accepted", "assess", "needs_assessment", "", ""),
    ("needs_assessment", "draft_plan", "planning", "", ""),
    ("planning", "confirm_plan", "placement_search", "needs_housing", ""),
    ("planning", "confirm_plan", "placement_found", "", "needs_housing"),
    ("placement_search", "find", "placement_found", "", ""),
    ("placement_search", "exhaust", "no_placement", "", ""),
    ("no_placement", "retry", "placement_search", "", ""),
    ("no_placement", "court_decision", "imprisoned", "", "divertible"),
    ("placement_found", "court_decision", "released", "in_custody divertible", ""),
    ("placement_found", "court_decision", "imprisoned", "", "divertible"),
    ("released", "follow_up", "settlement", "", ""),
    ("settlement", "check", "settlement", "", ""),
    ("settlement", "relapse", "placement_search", "", ""),
    ("settlement", "settle", "settled", "", ""),
    ("settled", "close", "closed", "", ""),
    ("declined", "close", "closed", "", ""),
    ("ineligible", "close", "closed", "", ""),
)
FINAL = ("imprisoned", "closed")
STATES = tuple(dict.fromkeys(s for source, _, target, _, _ in RULES for s in (source, target)))
PATH = (
    ("open", "worker"), ("decide", "supervisor"), ("assess", "worker"), ("draft_plan", "worker"),
    ("confirm_plan", "supervisor"), ("find", "partner"), ("court_decision", "court"),
    ("follow_up", "worker"), ("check", "worker"), ("check", "worker"), ("settle", "worker"),
    ("close", "supervisor"),
)  # fmt: skip
FACTS = {"age": 70, "disability": "none", "consent": True, "custody": True,
         "outcome": "conditional", "housing": "none"}  # fmt: skip
CONDITIONS = {
    "eligible": lambda f: f["age"] >= 65 or f["disability"] != "none",
    "consented": lambda f: f["consent"],
    "in_custody": lambda f: f["custody"],
    "divertible": lambda f: f["outcome"] != "imprisonment",
    "needs_housing": lambda f: f["housing"] == "none",
}
