"""BPMN 2.0, out and in: a pool for each machine, lanes for agencies, timers and messages."""

from .reading import Imported, parse_bpmn, read_bpmn
from .writing import bpmn

__all__ = ["Imported", "bpmn", "parse_bpmn", "read_bpmn"]
