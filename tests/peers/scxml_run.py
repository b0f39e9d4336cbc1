"""Runs an SCXML document in python-statemachine, in its safe mode, through courses of cases.

argument: the document; stdin: a list of courses, each with the data of `case.opened` and the
events. Prints the states and facts after each event, and each state with the targets of its
transitions. An error in a condition ends the run.
"""

import json
import sys
from pathlib import Path

from statemachine.io import load


def run(course):
    # The library declares a chart's data for its first instance only, so each course loads it.
    chart = load(Path(sys.argv[1]))
    chart.catch_errors_as_events = False
    machine = chart()
    machine.send("case.opened", **course["opened"])
    return [after(machine, event) for event in course["events"]]


def after(machine, event):
    machine.send(event["type"], **event["data"])
    kept = {name: value for name, value in vars(machine.model).items() if name.startswith("fact_")}
    return {"states": [str(state.id) for state in machine.configuration], "facts": kept}


def parts():
    """Each state and the states to which its transitions lead."""
    states = load(Path(sys.argv[1]))().states_map.values()
    return [(str(s.id), [str(t.target.id) for t in s.transitions if t.event]) for s in states]


courses = [run(course) for course in json.load(sys.stdin)]
json.dump({"courses": courses, "parts": parts()}, sys.stdout)
