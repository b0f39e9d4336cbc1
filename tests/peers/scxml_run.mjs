// Runs SCXML documents in SCION, whose data model is ECMAScript, through courses of cases.
// arguments: the documents; stdin: for each a list of courses, each with the data of `case.opened`
// and the events. Prints for each the states after each event, and whether anything ran that
// should not.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);
const { documentStringToModel } = require('@scion-scxml/scxml');
const { Statechart } = require('@scion-scxml/core');

const run = async (model, { opened, events }) => {
  // All machines made of one prepared chart share its data, so each course prepares its own.
  const chart = await promisify(model.prepare.bind(model))();
  const machine = new Statechart(chart);
  machine.on('onError', (error) => { throw new Error(JSON.stringify(error)); });
  machine.start();
  machine.gen({ name: 'case.opened', data: opened });
  return events.map(({ type, data }) => ({ states: machine.gen({ name: type, data }) }));
};
const told = async (document, asked) => {
  const model = await promisify(documentStringToModel)('', readFileSync(document, 'utf8'));
  const courses = [];
  for (const course of asked) courses.push(await run(model, course));
  return { courses, harmed: globalThis.harmed ?? null };
};
const found = [];
for (const [number, asked] of JSON.parse(readFileSync(0, 'utf8')).entries()) {
  found.push(await told(process.argv[2 + number], asked));
}
console.log(JSON.stringify(found));
