// Every panel in both languages, one wide and one narrow, before and in a case: what axe-core objects to.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { opened } from './explorer_browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf-8');
const [file] = process.argv.slice(2);

const found = await opened(file, async (page) => {
  const violations = [];
  let looked = 0;
  const look = async (where) => {
    looked += 1;
    const { violations: bad } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    for (const each of bad) violations.push({ where, id: each.id, nodes: each.nodes.slice(0, 3).map((node) => node.html.slice(0, 300)) });
  };
  await page.evaluate(axe);
  // Both languages and both widths; the longer words are those of English, so they are squeezed.
  for (const [lang, width] of [['ja', 1400], ['en', 420]]) {
    await page.setViewportSize({ width, height: 900 });
    await page.click(`#lang-${lang}`);
    await page.click('#tab-details');
    await look(`${lang} ${width} details`);
    await page.fill('#query', 'a');
    await page.click('#results button');
    await look(`${lang} ${width} found`);
    await page.fill('#query', '');
    if (!(await page.isVisible('#agency'))) await page.click('#choosing');
    await page.selectOption('#agency', { index: 2 });
    await page.click('#tab-agency');
    await look(`${lang} ${width} agency`);
    await page.click('#tab-play');
    for (const closed of await page.$$('#panel details:not([open]) > summary')) await closed.click();
    await look(`${lang} ${width} play`);
    if (await page.$('#open-case')) await page.click('#open-case');
    for (const closed of await page.$$('#panel details:not([open]) > summary')) await closed.click();
    await look(`${lang} ${width} a case`);
    await page.click('#undo');
    await page.click('#tab-difference');
    await look(`${lang} ${width} difference`);
  }
  return { violations, looked };
}, { bypassCSP: true });
console.log(JSON.stringify(found));
