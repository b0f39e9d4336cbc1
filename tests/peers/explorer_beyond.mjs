// Moments and facts that no clock can bear, put into the page's fields: what it says, and no error.
import { opened } from './explorer_browser.mjs';

const [file, ...moments] = process.argv.slice(2);

const found = await opened(file, async (page) => {
  const told = { opening: {}, going: {}, facts: {} };
  await page.click('#lang-en');
  await page.click('#tab-play');
  const put = async (field, value) => {
    await page.fill(field, value);
    await page.dispatchEvent(field, 'change');
  };
  const said = () => page.textContent('#said');
  for (const moment of moments) {
    await put('#open-at', moment);
    await page.click('#open-case');
    told.opening[moment] = await said();
  }
  await put('#open-at', '2024-06-03T10:00');
  await page.click('#open-facts > summary');
  for (const day of moments.map((moment) => moment.slice(0, 10))) {
    await put('#open-day', day);
    await page.click('#open-case');
    told.facts[day] = await said();
  }
  await put('#open-day', '2024-06-01');
  await page.click('#open-case');
  told.opened = await said();
  for (const moment of moments) {
    await put('#moment', moment);
    await page.click('#go');
    told.going[moment] = await said();
  }
  return { told };
});
console.log(JSON.stringify(found));
