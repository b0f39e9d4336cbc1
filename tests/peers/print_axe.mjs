// Drawings (a JSON list of SVG texts on standard input), each alone on a page: what axe-core objects
// to, and what those hear who do not see them: lists, and items with their descriptions.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { launched } from './browser.mjs';
import { given } from './given.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf-8');
const browser = await launched();
try {
  const page = await browser.newPage();
  const found = [];
  for (const svg of JSON.parse(given())) {
    await page.setContent(`<!DOCTYPE html><html lang="en"><head><title>Drawing</title></head><body><main><h1>Drawing</h1>${svg}</main></body></html>`);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    const lists = await page.$$eval('[role=list]', (all) => all.map((list) => [list.getAttribute('aria-label'),
      [...list.querySelectorAll('[role=listitem]')].map((item) => [item.querySelector('title').textContent, item.querySelector('desc')?.textContent ?? ''])]));
    found.push({ bad: violations.map(({ id, nodes }) => [id, nodes[0].html.slice(0, 200)]), lists });
  }
  console.log(JSON.stringify(found));
} finally {
  await browser.close();
}
