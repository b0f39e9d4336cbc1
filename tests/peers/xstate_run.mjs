// Runs modules exported for XState through courses of cases.
// arguments: the modules; stdin: for each a list of courses, each with the facts at the opening,
// the states of one that begins midway, and events. Prints for each the states and facts after each event, each state with the targets of its
// transitions, the labels, and whether anything in the module ran that should not.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createActor } from 'xstate';

const run = (machine, { facts, states, events }) => {
  const begun = states
    ? { snapshot: machine.resolveState({ value: states, context: { facts } }) }
    : { input: { facts } };
  const actor = createActor(machine, begun).start();
  return events.map((event) => {
    actor.send(event);
    const { value, context } = actor.getSnapshot();
    return { states: value, known: context.facts };
  });
};
const targets = (state) => [...state.transitions.values()].flat().map((way) => way.target[0].key);
const told = async (module, courses) => {
  delete globalThis.harmed;
  const { machine } = await import(pathToFileURL(module));
  const states = Object.values(machine.states).flatMap((region) => Object.values(region.states));
  return {
    courses: courses.map((course) => run(machine, course)),
    parts: states.map((state) => [state.path.join('.'), targets(state)]),
    labels: states.map((state) => [state.description, state.meta.label]),
    harmed: globalThis.harmed ?? null,
  };
};
const found = [];
for (const [number, courses] of JSON.parse(readFileSync(0, 'utf8')).entries()) {
  found.push(await told(process.argv[2 + number], courses));
}
console.log(JSON.stringify(found));
