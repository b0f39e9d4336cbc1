"""How well logs fit nets, by pm4py's alignments and by its token replay.

Takes a list of {"net", "log", "machine", "ends"}; `ends` says in which place each trace should
have come to rest. Gives for each job and trace how well it fits: aligned by its events, replayed
by its events, and replayed by the rules that the log names.
"""

import json
import sys
from itertools import groupby

import pm4py
from pm4py.algo.conformance.alignments.petri_net import algorithm as alignments
from pm4py.algo.conformance.tokenreplay import algorithm as replay
from pm4py.objects.log.obj import EventLog
from pm4py.objects.petri_net.obj import Marking, PetriNet

ALIGN = alignments.Variants.VERSION_DIJKSTRA_NO_HEURISTICS
Fitness = dict[str, list[float]]


def fitness(job: dict) -> Fitness:
    net, start, _ = pm4py.read_pnml(job["net"])
    log = pm4py.read_xes(job["log"], return_legacy_log_object=True)
    groups = list(resting(net, log, job["ends"]))
    found: Fitness = {trace.attributes["concept:name"]: [] for trace in log}
    for group, end in groups:
        quiet = {"show_progress_bar": False}
        noted(found, group, "fitness", alignments.apply(group, net, start, end, quiet, ALIGN))
        noted(found, group, "trace_fitness", replay.apply(group, net, start, end))
    told_by_rules(net, log, job["machine"])
    for group, end in groups:
        noted(found, group, "trace_fitness", replay.apply(group, net, start, end))
    return found


def resting(net: PetriNet, log: EventLog, ends: dict[str, str]) -> object:
    """The traces that come to rest in one place, with that place as the final one."""
    places = {place.name: place for place in net.places}

    def end(trace: object) -> str:
        return ends[trace.attributes["concept:name"]]

    for place, traces in groupby(sorted(log, key=end), end):
        yield EventLog(list(traces)), Marking({places[place]: 1})


def noted(found: Fitness, group: EventLog, key: str, results: list[dict]) -> None:
    for trace, result in zip(group, results, strict=True):
        found[trace.attributes["concept:name"]].append(result[key])


def told_by_rules(net: PetriNet, log: EventLog, machine: str) -> None:
    """Net and log in the words of rules instead of events."""
    for transition in net.transitions:
        kind, rule, *_ = transition.name.split(".")
        if kind == "rule":
            transition.label = rule
    for event in (event for trace in log for event in trace):
        for moved in event.get("rules", "").split():
            track, rule = moved.split(".")
            if track == machine:
                event["concept:name"] = rule


print(json.dumps([fitness(job) for job in json.load(sys.stdin)]))
