"""What a part is called in cases of which a fact is so: the day of the offence, above all."""

from __future__ import annotations

from .basis import Basis
from .frozen import frozen
from .guard import Guard
from .text import Text


@frozen
class CalledWhen:
    """Another name, for cases of which `guard` holds; it asks about facts and parameters only.

    Where the fact is not known, the name under the law in force stands. The first that holds is
    the name: 懲役 for what was done before 2025-06-01, 拘禁刑 for what was done since.
    """

    label: Text
    guard: Guard
    basis: tuple[Basis, ...] = ()
