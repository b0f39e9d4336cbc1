"""Questions about a process that need no case: what is wrong with it."""

from .check import check
from .findings import Code, Finding, Severity

__all__ = ["Code", "Finding", "Severity", "check"]
