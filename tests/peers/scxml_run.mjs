// Runs an SCXML document in SCION, whose data model is ECMAScript, through courses of cases.
// argument: the document; stdin: a list of courses, each with the data of `case.opened` and the
// events. Prints the states after each event, and whether anything ran that should not.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const require = createRequire(import.meta.url);
const { documentStringToModel } = require('@scion-scxml/scxml');
const { Statechart } = require('@scion-scxml/core');

const document = readFileSync(process.argv[2], 'utf8');
const model = await promisify(documentStringToModel)('', document);

const run = async ({ opened, events }) => {
  // All machines made of one prepared chart share its data, so each course prepares its own.
  const chart = await promisify(model.prepare.bind(model))();
  const machine = new Statechart(chart);
  machine.on('onError', (error) => { throw new Error(JSON.stringify(error)); });
  machine.start();
  machine.gen({ name: 'case.opened', data: opened });
  return events.map(({ type, data }) => ({ states: machine.gen({ name: type, data }) }));
};
const courses = [];
for (const course of JSON.parse(readFileSync(0, 'utf8'))) courses.push(await run(course));
console.log(JSON.stringify({ courses, harmed: globalThis.harmed ?? null }));
