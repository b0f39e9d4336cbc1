// The page by keyboard only: search, choose a state, walk to its neighbour, play one step, undo.
import { opened } from './explorer_browser.mjs';

const [file, word] = process.argv.slice(2);

const found = await opened(file, async (page) => {
  const told = {};
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.dataset.part || document.activeElement.dataset.to || document.activeElement.tagName);
  const tabTo = async (wanted) => {
    for (let i = 0; i < 300; i += 1) {
      if (await page.evaluate((at) => document.activeElement.matches(at), wanted)) return true;
      await page.keyboard.press('Tab');
    }
    throw new Error(`no way by Tab to ${wanted}; at ${await focused()}`);
  };
  await tabTo('#lang-en');
  await page.keyboard.press('Enter');
  told.lang = await page.evaluate(() => document.documentElement.lang);
  await tabTo('#query');
  await page.keyboard.type(word);
  told.found = await page.textContent('#search-count');
  await tabTo('#results button');
  told.result = await focused();
  await page.keyboard.press('Enter');
  told.heading = await page.textContent('#panel h3');
  told.selected = await page.$$eval('svg .is-selected', (parts) => parts.map((part) => part.dataset.part));
  await tabTo('#sheet');
  const frame = () => page.getAttribute('#sheet svg', 'viewBox');
  const before = await frame();
  await page.keyboard.press('ArrowRight');
  told.panned = (await frame()) !== before;
  await page.keyboard.press('+');
  told.zoomed = Number((await frame()).split(' ')[2]) < Number(before.split(' ')[2]);
  await page.keyboard.press('0');
  await page.keyboard.press('Tab');
  told.box = await focused();
  await page.keyboard.press('ArrowRight');
  told.neighbour = await focused();
  await page.keyboard.press('Enter');
  told.chosen = await page.$$eval('svg .is-selected', (parts) => parts.map((part) => part.dataset.part));
  await tabTo('#tab-details');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  told.tab = await focused();
  await tabTo('#open-case');
  await page.keyboard.press('Enter');
  await tabTo('#panel details[id^="may-"] > summary');
  await page.keyboard.press('Enter');
  await tabTo('button.event');
  await page.keyboard.press('Enter');
  told.said = await page.textContent('#said');
  told.stands = await page.$$eval('#stands button', (links) => links.length);
  await tabTo('#undo');
  await page.keyboard.press('Enter');
  told.undone = await page.textContent('#said');
  return { told };
});
console.log(JSON.stringify(found));
