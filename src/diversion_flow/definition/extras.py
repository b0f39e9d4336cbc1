"""The door to every other library: it is there, or the error names the command that brings it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def needed(extra: str = "") -> Iterator[None]:
    """Around an import, where it is used: `with needed("yaml"): import yaml`.

    `extra` is the one of ours that brings the library; without one the library comes with us.
    """
    try:
        yield
    except ImportError as error:
        from .errors import MissingExtra  # not every program lacks something

        raise MissingExtra("missing_extra", library=error.name, install=install(extra)) from None


def install(extra: str = "") -> str:
    """The command that brings an extra; without one, the library itself."""
    return f'pip install "diversion_flow[{extra}]"' if extra else "pip install diversion_flow"
