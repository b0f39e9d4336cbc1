// Every panel in languages and widths, before and in a case: what axe-core objects to.
// The drawing, the largest part of the page, is looked at where it is another: untouched, and in a case.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { opened } from './explorer_browser.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf-8');
const [file, ...sizes] = process.argv.slice(2); // each a language and a width

const found = await opened(file, async (page) => {
  const violations = [];
  let looked = 0;
  const look = async (where, ...without) => {
    looked += 1;
    const { violations: bad } = await page.evaluate((exclude) => window.axe.run({ include: ['html'], exclude }, { resultTypes: ['violations'] }), without);
    for (const each of bad) violations.push({ where, id: each.id, nodes: each.nodes.slice(0, 3).map((node) => node.html.slice(0, 300)) });
  };
  const press = (one) => page.evaluate((at) => document.querySelector(at).click(), one);
  const put = (one, said, told) => page.evaluate(([at, value, event]) => {
    const field = document.querySelector(at);
    field.value = value ?? field.options[2].value;
    field.dispatchEvent(new Event(event, { bubbles: true }));
  }, [one, said, told]);
  const unfold = () => page.evaluate(() => { for (const each of document.querySelectorAll('#panel details')) each.open = true; });
  await page.evaluate(axe);
  for (const [lang, width] of sizes.map((size) => size.split(' '))) {
    await page.setViewportSize({ width: Number(width), height: 900 });
    await press(`#lang-${lang}`);
    await press('#tab-details');
    await look(`${lang} ${width} details`);
    await put('#query', 'a', 'input');
    await press('#results button');
    await look(`${lang} ${width} found`, '#sheet');
    await put('#query', '', 'input');
    await put('#agency', null, 'change');
    await press('#tab-agency');
    await look(`${lang} ${width} agency`, '#sheet');
    await press('#tab-play');
    await unfold();
    await look(`${lang} ${width} play`, '#sheet');
    await press('#open-case');
    await unfold();
    await look(`${lang} ${width} a case`);
    await press('#undo');
    await press('#tab-difference');
    await look(`${lang} ${width} difference`, '#sheet');
  }
  return { violations, looked };
}, { bypassCSP: true });
console.log(JSON.stringify(found));
