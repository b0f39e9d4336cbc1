// Pages of hostile labels, used throughout: nothing in them may have become markup or have run.
import { opened } from './explorer_browser.mjs';

const used = (file) => opened(file, async (page) => {
  const foreign = () => page.$$eval('img, iframe, object, embed, b, [onerror], script:not(#data):not([type="module"])', (all) => all.length);
  await page.selectOption('#view', 'main');
  await page.click('svg [role="button"]');
  const label = await page.evaluate(() => document.querySelector('#panel h3').textContent);
  await page.click('#lang-en');
  await page.click('#tab-play');
  await page.click('#open-case');
  await page.fill('#query', 'a');
  for (const agency of await page.$$eval('#agency option', (all) => all.map((each) => each.value))) await page.selectOption('#agency', agency);
  await page.selectOption('#agency', 'worker');
  await page.click('#tab-play');
  await page.$eval('#worker-consented-recipients-partner', (tick) => tick.click()); // consent names somebody
  await page.click('#report-worker-consented');
  return { foreign: await foreign(), label, stands: await page.$$eval('#stands button', (links) => links.length) };
});
const found = [];
for (const file of process.argv.slice(2)) found.push(await used(file));
console.log(JSON.stringify(found));
