"""Ban on contacts of a detained person (接見等禁止, CCP 81, 207(1)): it bars everybody but counsel, the
Center too, unless the court lifts it in part."""

from __future__ import annotations

from ...definition import Machine, Text, machine
from ..writing import event, grounds, inferred, read, rule, state
from .conditions import DETAINED
from .sight import OF_CONTACTS

_BAN = read("EG", "ccp", "81, 207(1)")
_LIFTED = inferred("S185", "ccp", "81, 207(1)", Text(
    "条文に解除の定めはない。裁判官・裁判所が申立てにより又は職権で解除する",
    "The article names no lifting: judge or court lifts it, on application or of its own motion"))
# Of who is remanded for examination the rules on detention hold alike (167(5)).
_WHO = (DETAINED | machine("custody").in_("remanded_suspect", "remanded_defendant")).under(
    *_BAN, *read("S163 S165", "ccp", "167(5), 224(2)")
)

EVENTS = (
    event("contacts_banned", "接見等禁止決定", "Contacts banned", "contacts", "court", _BAN),
    event("contacts_allowed_in_part", "接見等禁止の一部解除(センター等)",
          "Ban on contacts lifted in part, for the Center or others", "contacts", "court", _LIFTED),
    event("contacts_allowed", "接見等禁止の解除", "Ban on contacts lifted", "contacts", "court",
          _LIFTED),
)  # fmt: skip

CONTACTS = Machine(
    "contacts",
    Text("接見等禁止", "Ban on contacts"),
    "none",
    (
        state("none", "禁止なし", "No ban", "court", _BAN, stage="screening", rest=True),
        state("banned", "接見等禁止", "Contacts banned", "court", _BAN, stage="screening"),
        state("allowed_in_part", "一部解除", "Lifted in part", "court", _LIFTED,
              stage="screening"),
    ),
    (
        rule("ban", "contacts_banned", "none allowed_in_part", "banned", _BAN, guard=_WHO),
        rule("lifting_in_part", "contacts_allowed_in_part", "banned", "allowed_in_part", _LIFTED),
        rule("lifting", "contacts_allowed", "banned allowed_in_part", "none", _LIFTED),
        *(rule(f"end_on_{name}", name, "banned allowed_in_part", "none", _BAN)
          for name in ("released", "bailed", "judgment_final", "sent_to_family_court")),
        # The judge's ban of a suspect runs until prosecution; the court may order one anew.
        *(rule(f"end_on_{name}", name, "banned allowed_in_part", "none",
               inferred("EG", "ccp", "81, 207(1)"))
          for name in ("indicted", "summary_requested", "rearrested")),
    ),
    seen_by=tuple(OF_CONTACTS),
    basis=grounds(OF_CONTACTS),
    seen_with_consent=("center", "probation_office"),
)  # fmt: skip
