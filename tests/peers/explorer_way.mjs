// The way out of a refusal, by keyboard: asked for where the page says why not, walked step by step.
import { opened } from './explorer_browser.mjs';

const [file, agency, event] = process.argv.slice(2);

const found = await opened(file, async (page) => {
  const said = () => page.textContent('#said');
  const enter = async (at) => { await page.focus(at); await page.keyboard.press('Enter'); };
  // What was sought is found: the steps are there, or it is said that there are none.
  const settled = () => page.waitForFunction(() => !document.querySelector('#way-title + p')?.textContent.startsWith('Looking'));
  await enter('#lang-en');
  await enter('#tab-play');
  await enter('#open-case');
  await page.click('#choosing');
  await page.selectOption('#agency', agency);
  await page.click(`details[id="not-${agency}"]:not([open]) > summary`);
  await enter(`[id="way-${agency}-${event}"]`);
  const ways = [];
  while (await page.$('#way-title')) {
    await settled();
    const steps = await page.$$eval('#way-steps [data-to]', (links) => links.map((link) => link.dataset.to.slice('event:'.length)));
    ways.push({ steps, said: await said(), focused: await page.evaluate(() => document.activeElement.id) });
    if (!steps.length || ways.length > 20) break;
    await enter('#way-take');
  }
  const told = await page.$$eval('.history:not(#way-steps) strong', (each) => each.map((one) => one.textContent));
  return { ways, told, said: await said() };
}, { viewport: { width: 390, height: 844 } });
console.log(JSON.stringify(found));
