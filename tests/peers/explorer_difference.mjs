// From one law to another: the list of differences in both languages, and the signs on the
// drawing of a machine after the change and before it.
import { opened } from './explorer_browser.mjs';

const [file, from, to, view] = process.argv.slice(2);

const found = await opened(file, async (page) => {
  const told = {};
  const signs = (wanted) => page.$$eval(`svg ${wanted}`, (parts) => Object.fromEntries(parts
    .map((part) => [part.dataset.part ?? part.dataset.rules, part.querySelector('.sign')?.textContent])
    .filter(([, sign]) => sign)));
  await page.selectOption('#edition', from);
  await page.selectOption('#edition', to);
  await page.selectOption('#view', view);
  for (const lang of ['ja', 'en']) {
    await page.click(`#lang-${lang}`);
    told[lang] = await page.$$eval('.changes li', (lines) => lines.map((line) => line.textContent));
  }
  told.after = Object.keys(await signs('[data-part]:not([data-rules])'));
  await page.click('#before');
  told.before = await signs('[data-part]:not([data-rules])');
  told.rules = await signs('[data-rules]:not([data-part])');
  return told;
});
console.log(JSON.stringify(found));
