// A story played through the page by keyboard, as a caseworker would: the states, the time limits
// and the journal that the page then shows.
import { readFileSync } from 'node:fs';
import { opened } from './explorer_browser.mjs';

const [file, story] = process.argv.slice(2);
const { version, open, steps } = JSON.parse(readFileSync(story, 'utf-8'));

const fill = async (page, prefix, facts) => {
  for (const [id, value] of Object.entries(facts)) {
    const field = `[id="${prefix}${id}"]`;
    if (value === true || value === false) await page.selectOption(field, value ? 'yes' : 'no');
    else if (Array.isArray(value)) for (const each of value) await page.check(`[id="${prefix}${id}-${each}"]`);
    else if (await page.evaluate((at) => document.querySelector(at).tagName === 'SELECT', field)) await page.selectOption(field, value);
    else await page.fill(field, String(value));
  }
};
const press = async (page, at) => {
  await page.focus(at);
  await page.keyboard.press('Enter');
};
const unfold = async (page, id) => {
  const at = `details[id="${id}"]:not([open]) > summary`;
  if (await page.$(at)) await press(page, at);
};

const found = await opened(file, async (page) => {
  const told = [];
  await page.selectOption('#edition', version);
  await press(page, '#tab-play');
  await page.fill('#open-at', open.at);
  await unfold(page, 'open-facts');
  await fill(page, 'open-', open.facts);
  await press(page, '#open-case');
  for (const step of steps) {
    await page.fill('#moment', step.at);
    await press(page, '#go');
    const key = `${step.by}-${step.event}`;
    if (step.refused) {
      await page.selectOption('#agency', step.by);
      await unfold(page, `others-${step.by}`);
      await unfold(page, `not-${step.by}`);
      told.push(await page.$$eval('.whynot li', (items, event) => items.filter((item) => item.querySelector(`[data-to="event:${event}"]`))
        .flatMap((item) => [...item.querySelectorAll('[data-code]')].map((line) => line.dataset.code)), step.event));
      await page.selectOption('#agency', '');
      continue;
    }
    await unfold(page, `may-${step.by}`);
    if (Object.keys(step.facts).length) await unfold(page, `facts-${key}`);
    await fill(page, `${key}-`, step.facts);
    await press(page, `[id="report-${key}"]`);
    told.push(await page.$$eval('#stands button', (links) => links.map((link) => link.dataset.to.replace('state:', '')).sort()));
  }
  await unfold(page, 'scenario');
  const scenario = await page.inputValue('#scenario-text'); // is there when it is unfolded
  const ways = await page.evaluate(() => Object.fromEntries([...document.getElementById('view').options].map(({ value }) => {
    const view = document.getElementById('view');
    view.value = value;
    view.dispatchEvent(new Event('change'));
    const past = document.querySelectorAll('.is-past[data-part][data-rules]');
    return [value, [...new Set([...past].map((part) => part.dataset.part))].sort()];
  })));
  return { told, ways, scenario, limits: await page.$$eval('.limits button.link', (links) => links.map((link) => link.dataset.to)) };
});
console.log(JSON.stringify(found));
