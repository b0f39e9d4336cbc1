// A case led across a change of law by hand: opened, reported of, taken on past the day of change,
// and back again: which law the page names, what has happened, where the case stands.
import { opened } from './explorer_browser.mjs';

const [file, version, openAt, by, event, reportAt, until] = process.argv.slice(2);

const found = await opened(file, async (page) => {
  const stage = () => page.evaluate(() => ({
    law: document.getElementById('edition').value,
    notice: document.querySelector('.notice').textContent,
    happened: [...document.querySelectorAll('.history strong')].map((line) => line.textContent),
    stands: [...document.querySelectorAll('#stands button')].map((link) => link.dataset.to.replace('state:', '')).sort(),
  }));
  const goTo = async (moment) => { await page.fill('#moment', moment); await page.click('#go'); };
  await page.click('#lang-en');
  await page.selectOption('#edition', version);
  await page.click('#tab-play');
  await page.fill('#open-at', openAt);
  await page.click('#open-case');
  await goTo(reportAt);
  await page.click(`details[id="may-${by}"] > summary`);
  await page.click(`[id="report-${by}-${event}"]`);
  const before = await stage();
  await goTo(until);
  const after = await stage();
  await page.click('details[id="scenario"] > summary');
  const scenario = await page.inputValue('#scenario-text');
  await page.click('#undo');
  const back = await stage();
  await goTo(until);
  return { told: { before, after, back, again: await stage(), scenario } };
});
console.log(JSON.stringify(found));
