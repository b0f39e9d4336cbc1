// Kept cases followed in the page: after each entry where it stands, with its marks, which limits
// run until when, and how much there is to press that would lead it elsewhere.
import { opened } from './explorer_browser.mjs';

const [file] = process.argv.slice(2);

function followed() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const press = (id) => document.getElementById(id).click();
  const stage = () => ({
    stands: all('#stands li').map((line) => line.querySelector('button').dataset.to.replace('state:', '') + (line.lastChild.data ?? '')).sort(),
    limits: all('.limits li').map((line) => `${line.querySelector('button').dataset.to} ${[...line.querySelectorAll('.line')].slice(1, -1).map((each) => each.textContent).join(' ')}`).sort(),
    breaches: all('#breaches button').map((line) => line.dataset.to),
    happened: all('.history strong').map((line) => line.textContent.replace(/(?<=Law changed) .*/, '')),
    called: all('#stands button').map((line) => line.textContent).sort(),
  });
  const drawn = () => Object.fromEntries([...document.getElementById('view').options].map(({ value }) => {
    const view = document.getElementById('view');
    view.value = value;
    view.dispatchEvent(new Event('change'));
    const marked = all('.part:not([data-rules])').filter((part) => part.querySelector('.sign')?.textContent.includes('≠'));
    return [value, {
      marked: marked.map((part) => part.dataset.part).sort(),
      now: all('.is-now[data-part]:not([data-rules]) > title').map((title) => title.textContent).sort(),
      heard: marked.every((part) => part.getAttribute('aria-label').includes('irregular]')),
      ways: [...new Set(all('.is-past[data-part][data-rules]').map((part) => part.dataset.part))].sort(),
    }];
  }));
  const told = [];
  press('lang-en');
  for (let number = 0; number === 0 || document.getElementById(`story-${number}`); number += 1) {
    press('tab-play');
    press(`story-${number}`);
    const [, steps] = document.getElementById('story-told').textContent.split('/').map(Number);
    const stages = [stage()];
    for (let done = 0; done < steps; done += 1) {
      press('story-next');
      stages.push(stage());
    }
    const name = document.getElementById('story-name').textContent;
    const elsewhere = all('#go, #may-title, .report, [id^="run-"], [id^="later-"], #scenario-text, .is-now[data-part^="act:"]').length;
    const hints = all('#stands ~ .hint').length;
    const sheets = drawn();
    const back = [];
    for (let left = steps; left > 0; left -= 1) {
      press('story-back');
      back.unshift(stage());
    }
    told.push({ name, stages, back, elsewhere, hints, sheets });
    press('put-away');
  }
  return told;
}

const found = await opened(file, async (page) => ({ told: await page.evaluate(followed) }));
console.log(JSON.stringify(found));
