"""Frozen values, as attrs makes them, but that all share one `repr`.

attrs compiles the methods of each class whenever a program starts, and a `repr` takes as long as
all others together; it is asked for by who looks for a fault.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from attrs import frozen as frozen
else:

    def frozen(cls=None, **how):
        """What `attrs.frozen` makes of the class."""
        if cls is None:
            return lambda cls: frozen(cls, **how)
        made = attrs.frozen(cls, repr=False, **how)
        if made.__repr__ is object.__repr__:
            made.__repr__ = _shown
        return made


def names_in(value: Any) -> tuple[str, ...]:
    """The fields of a value; none of what is no value of ours."""
    cls: Any = type(value)
    return _names(cls)


@cache
def _names(cls: Any) -> tuple[str, ...]:
    return tuple(a.name for a in attrs.fields(cls)) if attrs.has(cls) else ()


def _shown(value: Any) -> str:
    """The class and its fields, but for those that are not to be shown."""
    cls = type(value)
    told = (f"{a.name}={getattr(value, a.name)!r}" for a in attrs.fields(cls) if a.repr)
    return f"{cls.__name__}({', '.join(told)})"
