"""What pm4py reads in an event log: XES or, where the file's name ends so, OCEL 2.0 JSON."""

import json
import sys

import pm4py


def rows(table: object) -> list[dict[str, object]]:
    """A table's rows as data: moments in ISO 8601, nothing for what is missing."""
    return json.loads(table.to_json(orient="records", date_format="iso", date_unit="us"))


def xes(path: str) -> dict[str, object]:
    return {"events": rows(pm4py.read_xes(path))}


def ocel(path: str) -> dict[str, object]:
    log = pm4py.read_ocel2_json(path)
    tables = ("events", "objects", "relations", "object_changes", "o2o")
    return {name: rows(getattr(log, name)) for name in tables}


print(json.dumps((ocel if sys.argv[1].endswith(".json") else xes)(sys.argv[1])))
