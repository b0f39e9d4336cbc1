// Runs bpmnlint's recommended rules over BPMN files; prints what each rule reports in any of them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';

const require = createRequire(import.meta.url);
const Linter = require('bpmnlint/lib/linter.js');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver.js');
const told = {};
for (const file of process.argv.slice(2)) {
  const linter = new Linter({ // which keeps what it met, so each file has its own
    config: { extends: 'bpmnlint:recommended' },
    resolver: new NodeResolver(),
  });
  const { rootElement } = await new BpmnModdle().fromXML(readFileSync(file, 'utf8'));
  for (const [rule, found] of Object.entries(await linter.lint(rootElement))) {
    (told[rule] ??= []).push(...found.map((r) => [r.category, r.id, r.message]));
  }
}
console.log(JSON.stringify(told));
