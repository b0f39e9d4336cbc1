"""Runs a BPMN file in SpiffWorkflow: courses of events come as JSON, states go out as JSON.

An event is {"event": message name, "home": process id, "others": [process ids], "data": {...}}.
It goes to its home process; if that moves, it is passed on to the others.
"""

import json
import sys

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.specs.event_definitions import MessageEventDefinition


def where(workflow):
    """The task that is waiting, or the end event that was reached."""
    for task in workflow.get_tasks(state=TaskState.READY):
        if task.task_spec.manual:
            return task.task_spec.bpmn_id
    ends = [
        t
        for t in workflow.get_tasks(state=TaskState.COMPLETED)
        if type(t.task_spec).__name__ == "EndEvent"
    ]
    return ends[-1].task_spec.bpmn_id


def passed(workflow):
    """How many tasks and events have been passed."""
    return len(
        [
            t
            for t in workflow.get_tasks(state=TaskState.COMPLETED)
            if t.task_spec.bpmn_id and t.task_spec.bpmn_id.endswith(".recorded")
        ]
    )


def send(workflow, event, data):
    """Hands the message over; tells whether the process moved or recorded it."""
    before = where(workflow), passed(workflow)
    for task in workflow.get_tasks():  # what waits takes its data from what came before it
        task.data.update(data)
    workflow.catch(BpmnEvent(MessageEventDefinition(event), {}))
    workflow.do_engine_steps()
    return (where(workflow), passed(workflow)) != before


def course(specs, events):
    """Where every process stands after each event."""
    flows = {id: BpmnWorkflow(spec) for id, spec in specs.items()}
    for flow in flows.values():
        flow.do_engine_steps()
    for said in events:
        if send(flows[said["home"]], said["event"], said["data"]):
            for other in said["others"]:
                send(flows[other], said["event"], said["data"])
        yield {id: where(flow) for id, flow in flows.items()}


parser = BpmnParser()
parser.add_bpmn_file(sys.argv[1])
made = {id: parser.get_spec(id) for id in parser.get_process_ids()}
print(json.dumps([list(course(made, events)) for events in json.load(sys.stdin)]))
