// The road on a desk and on a phone: what can be read, what a choice leads to, what paper shows,
// and every story played along it.
import { opened } from './explorer_browser.mjs';

const [file, every] = process.argv.slice(2);

const found = await opened(file, async (page) => {
  const seen = () => page.evaluate(() => {
    const shown = [...document.querySelectorAll('#sheet svg')].filter((svg) => svg.getBoundingClientRect().width);
    const letters = shown.flatMap((svg) => [...svg.querySelectorAll('text:not(.sign)')].map((text) => Number(text.getAttribute('font-size')) * svg.getScreenCTM().a));
    const box = shown[0].getBoundingClientRect();
    return { shown: shown.map((svg) => svg.getAttribute('class')), least: Math.min(...letters), wide: document.documentElement.scrollWidth, right: box.right, bottom: box.bottom };
  });
  const told = { seen: {}, stories: [], words: {}, sight: {} };
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    await page.setViewportSize({ width, height });
    for (const lang of ['ja', 'en']) {
      await page.click(`#lang-${lang}`);
      told.seen[`${width} ${lang}`] = await seen();
    }
  }
  await page.emulateMedia({ media: 'print' });
  told.paper = await seen();
  await page.emulateMedia({ media: null });
  told.pages = ((await page.pdf({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
  await page.setViewportSize({ width: 1440, height: 900 });

  // A machine opens on its start.
  const start = await page.evaluate(async () => {
    const { data } = await window.diversionFlow;
    const starts = {};
    for (const machine of data.laws[0].machines) {
      const choice = document.getElementById('view');
      choice.value = machine.id;
      choice.dispatchEvent(new Event('change'));
      const sheet = document.getElementById('sheet').getBoundingClientRect();
      const box = document.querySelector(`#sheet [data-part="${machine.id}.${machine.initial}"] > rect`).getBoundingClientRect();
      const size = Math.min(...[...document.querySelectorAll(`#sheet [data-part="${machine.id}.${machine.initial}"] > text[font-weight]`)].map((text) => Number(text.getAttribute('font-size')) * text.getScreenCTM().a));
      starts[machine.id] = [box.left >= sheet.left && box.right <= sheet.right && box.top >= sheet.top && box.bottom <= sheet.bottom, size];
    }
    return starts;
  });
  told.starts = start;
  await page.click('#to-first');

  // By keyboard: an act is chosen and keeps the focus, and leads on when it is chosen again.
  const focused = () => page.evaluate(() => document.activeElement.dataset.part ?? document.activeElement.id);
  const size = () => page.evaluate(() => document.querySelector('svg.lying').getBoundingClientRect().width);
  for (let n = 0; n < 60 && !(await focused()).startsWith('act:'); n += 1) await page.keyboard.press('Tab');
  const [act, before] = [await focused(), await size()];
  await page.keyboard.press('ArrowRight');
  const other = await focused();
  await page.keyboard.press('Enter');
  told.act = { other: other !== act && other.startsWith('act:'), kept: (await focused()) === other, grown: (await size()) - before, heading: await page.textContent('#panel h3') };
  await page.keyboard.press('Enter');
  told.act.view = await page.inputValue('#view');
  told.act.rules = await page.$$eval('svg .is-selected[data-rules]', (parts) => parts.length);
  await page.click('#to-first');

  // By mouse: a flag leads to the exception, and on to its sheet.
  await page.click('svg.lying [data-part^="flag:"] path');
  told.flag = await page.textContent('#panel h3');
  await page.click('#to-sheet');
  told.flagged = await page.inputValue('#view');
  await page.click('#to-first');

  // What is written on the page, in every panel.
  for (const lang of ['ja', 'en']) {
    await page.click(`#lang-${lang}`);
    const texts = [];
    for (const panel of ['details', 'agency', 'play', 'difference']) {
      await page.click(`#tab-${panel}`);
      if (panel === 'difference') await page.selectOption('#against', { index: 1 });
      texts.push(await page.evaluate(() => document.body.innerText));
    }
    if (!(await page.isVisible('#agency'))) await page.click('#choosing');
    await page.selectOption('#agency', 'center');
    told.sight[lang] = await page.innerText('#panel');
    await page.selectOption('#agency', '');
    told.words[lang] = [...texts, told.sight[lang]].join('\n');
  }

  const ids = await page.evaluate(async () => (await window.diversionFlow).data.stories.map((story) => story.id));
  for (let number = 0; number < ids.length; number += Number(every)) {
    await page.click('#tab-play');
    if (await page.$('#put-away')) await page.click('#put-away');
    await page.click(`#story-${number}`);
    const story = await page.evaluate(() => {
      const marked = (name) => [...document.querySelectorAll(`svg.lying .is-${name}[data-part^="act:"]`)].map((part) => Number(part.dataset.part.split(':')[1]));
      const [, steps] = document.getElementById('story-told').textContent.split('/').map(Number);
      const went = { refused: 0, elsewhere: [] };
      for (let done = 0; done < steps; done += 1) {
        document.getElementById('story-next').click();
        if (document.querySelector('.refusal')) went.refused += 1;
        if (document.getElementById('story-sheet')) went.elsewhere.push(done);
        if (done === Math.floor(steps / 2)) went.half = { past: marked('past'), now: marked('now') };
      }
      return { ...went, end: { past: marked('past'), now: marked('now') } };
    });
    story.stands = await page.$$eval('#stands button', (links) => links.map((link) => link.dataset.to.replace('state:', '')).sort());
    told.stories.push({ id: ids[number], ...story });
  }
  await page.click('#story-back');
  told.back = await page.textContent('#story-told');
  return { told };
});
console.log(JSON.stringify(found));
