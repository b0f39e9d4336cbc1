"""What happens on every track when a sentence has to be served: imprisonment becomes final, or a
suspension is revoked (PC 26, 26-2)."""

from __future__ import annotations

from ...definition import Transition
from ..writing import Bases, read, rule
from .conditions import GOES_TO_PRISON

REVOKED = read("EG", "pc", "26, 26-2") + read("S151", "ccp", "349, 349-2")


def to_prison(id: str, sources: str, target: str, basis: Bases) -> tuple[Transition, ...]:
    """The rules by which a machine follows the person there."""
    return (
        rule(id, "judgment_final", sources, target, basis, guard=GOES_TO_PRISON),
        rule(f"{id}_on_revocation", "suspension_revoked", sources, target, basis + REVOKED),
    )
