"""Validates a BPMN file against the OMG's schema, as SpiffWorkflow brings it."""

import sys
from pathlib import Path

import SpiffWorkflow.bpmn.parser as parser
from lxml import etree

schema = etree.XMLSchema(etree.parse(Path(parser.__file__).parent / "schema" / "BPMN20.xsd"))
schema.assertValid(etree.parse(sys.argv[1]))
print("valid")
