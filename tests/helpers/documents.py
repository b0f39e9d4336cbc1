"""BPMN of the laws that several files read, each written once: to draw it is what takes long."""

from __future__ import annotations

from functools import cache

import pytest

from diversion_flow import processes
from diversion_flow.interchange import Exported
from diversion_flow.interchange.bpmn import bpmn
from helpers.small import PROCESS

LAWS = {
    "small": PROCESS,
    "special_coordination": processes.get("special_coordination"),
    "entry_support": processes.get("entry_support"),
}
LARGEST_LAW = "entry_support"
LARGEST_SLOW = [*list(LAWS)[:-1], pytest.param(LARGEST_LAW, marks=pytest.mark.slow)]


@cache
def document(name: str) -> Exported:
    """One of the laws."""
    return bpmn(LAWS[name])
