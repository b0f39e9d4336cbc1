// A page's own script and data, run as they lie in the file but without a browser, and before
// anything is shown. Gives what the page gives to those who test it.
import { readFileSync } from 'node:fs';

// What the script makes at its beginning, to show it later, goes nowhere.
const nowhere = new Proxy(function () {}, { get: () => nowhere, set: () => true, apply: () => nowhere });
const SHOWING = '  render();\n  return ';

export function scriptOf(file) {
  const page = readFileSync(file, 'utf-8');
  const [, data] = page.match(/id="data">([^<]*)</);
  const [first, last, ...more] = page.match(/<script type="module">(.*)<\/script>/s)[1].split(SHOWING);
  if (last === undefined || more.length) throw new Error('the page shows itself first otherwise than was known');
  const document = new Proxy({}, { get: (_, name) => (name === 'getElementById' ? (id) => (id === 'data' ? { textContent: data } : nowhere) : nowhere) });
  const window = {};
  new Function('document', 'window', `'use strict';${first}  return ${last}`)(document, window);
  return window.diversionFlow;
}
