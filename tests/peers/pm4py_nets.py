"""What pm4py reads in PNML files: for each, its parts and whether it is a sound workflow net."""

import json
import sys

import pm4py
from pm4py.objects.petri_net.importer import importer
from pm4py.util import constants


def told(path: str) -> dict[str, object]:
    net, start, end = importer.apply(path)
    sound, _ = pm4py.check_soundness(net, start, end)
    return {
        "places": {p.name: p.properties[constants.PLACE_NAME_TAG] for p in net.places},
        "labels": {t.name: t.label for t in net.transitions},
        "arcs": sorted([arc.source.name, arc.target.name] for arc in net.arcs),
        "start": {place.name: count for place, count in start.items()},
        "end": {place.name: count for place, count in end.items()},
        "workflow_net": pm4py.check_is_workflow_net(net),
        "sound": sound,
    }


print(json.dumps([told(path) for path in sys.argv[1:]]))
