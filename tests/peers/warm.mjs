// Runs scripts of this folder one after the other in this process, which keeps what takes long to
// load and one browser for all (browser.mjs).
//
// Each line of standard input is a JSON list: the script, its arguments, its standard input. For
// each it prints a JSON list: the exit status, what the script printed, and what it said of errors.
import { createInterface } from 'node:readline';
import { closed, keep } from './browser.mjs';

const tell = (...answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);

async function ran(number, script, words, given) {
  const printed = [];
  console.log = (text) => printed.push(text);
  process.argv.splice(1, Infinity, script, ...words);
  globalThis.given = given;
  try {
    await import(`./${script}?${number}`); // by a name of its own, or it would not run again
    tell(0, printed.join('\n'), '');
  } catch (error) {
    tell(1, printed.join('\n'), String(error?.stack ?? error));
  }
}

keep();
let number = 0;
for await (const line of createInterface({ input: process.stdin })) {
  await ran(number += 1, ...JSON.parse(line));
}
await closed();
