// Runs bpmnlint's recommended rules over a BPMN file; prints what each rule reports.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';

const require = createRequire(import.meta.url);
const Linter = require('bpmnlint/lib/linter.js');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver.js');
const { rootElement } = await new BpmnModdle().fromXML(readFileSync(process.argv[2], 'utf8'));
const linter = new Linter({
  config: { extends: 'bpmnlint:recommended' },
  resolver: new NodeResolver(),
});
const reports = await linter.lint(rootElement);
console.log(JSON.stringify(Object.fromEntries(
  Object.entries(reports).map(([rule, found]) => [rule, found.map((r) => [r.category, r.id, r.message])]),
)));
