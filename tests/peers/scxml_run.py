"""Runs SCXML documents in python-statemachine, in its safe mode, through courses of cases.

arguments: the documents; stdin: for each a list of courses, each with the data of `case.opened`
and the events. Prints for each the states and facts after each event, and each state with the
targets of its transitions. An error in a condition ends the run.
"""

import gc
import json
import os
import sys
import tempfile
from pathlib import Path

from statemachine.io import load


def run(chart, course):
    machine = chart()
    machine.send("case.opened", **course["opened"])
    return [after(machine, event) for event in course["events"]]


def after(machine, event):
    machine.send(event["type"], **event["data"])
    kept = {name: value for name, value in vars(machine.model).items() if name.startswith("kept_")}
    return {"states": [str(state.id) for state in machine.configuration], "facts": kept}


def parts(chart):
    """Each state and the states to which its transitions lead."""
    states = chart().states_map.values()
    return [(str(s.id), [str(t.target.id) for t in s.transitions if t.event]) for s in states]


def apart(make, *given):
    """What is made in a process of its own: the library declares a chart's data for its first
    instance only, and to load the chart takes a second."""
    with tempfile.TemporaryFile("w+") as told:
        child = os.fork()
        if child == 0:
            json.dump(make(*given), told)
            told.flush()
            os._exit(0)
        if os.waitpid(child, 0)[1]:
            sys.exit(1)  # the child has said why
        told.seek(0)
        return json.load(told)


def told(document, courses):
    chart = load(Path(document))
    chart.catch_errors_as_events = False
    return {"courses": [apart(run, chart, c) for c in courses], "parts": apart(parts, chart)}


gc.disable()  # a run is short; to look for circles would take a third of it
pairs = zip(sys.argv[1:], json.load(sys.stdin), strict=True)
json.dump([told(*pair) for pair in pairs], sys.stdout)
