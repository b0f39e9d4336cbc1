// Runs a module exported for XState through courses of cases.
// argument: the module; stdin: a list of courses, each with the facts at the opening and events.
// Prints the states and facts after each event, each state with the targets of its transitions,
// the labels, and whether anything in the module ran that should not.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createActor } from 'xstate';

const { machine } = await import(pathToFileURL(process.argv[2]));

const run = ({ facts, events }) => {
  const actor = createActor(machine, { input: { facts } }).start();
  return events.map((event) => {
    actor.send(event);
    const { value, context } = actor.getSnapshot();
    return { states: value, known: context.facts };
  });
};
const states = Object.values(machine.states).flatMap((region) => Object.values(region.states));
const targets = (state) => [...state.transitions.values()].flat().map((way) => way.target[0].key);
console.log(JSON.stringify({
  courses: JSON.parse(readFileSync(0, 'utf8')).map(run),
  parts: states.map((state) => [state.path.join('.'), targets(state)]),
  labels: states.map((state) => [state.description, state.meta.label]),
  harmed: globalThis.harmed ?? null,
}));
