// Pages of hostile labels, used throughout: nothing in them may have become markup or have run.
import { openedEach } from './explorer_browser.mjs';

function throughout() {
  const one = (selector) => document.querySelector(selector);
  const press = (selector) => one(selector).dispatchEvent(new MouseEvent('click', { bubbles: true }));
  const put = (selector, value, told) => { one(selector).value = value; one(selector).dispatchEvent(new Event(told, { bubbles: true })); };
  put('#view', 'main', 'change');
  press('svg [role="button"]');
  const label = one('#panel h3').textContent;
  press('#lang-en');
  press('#tab-play');
  press('#open-case');
  put('#query', 'a', 'input');
  for (const { value } of [...one('#agency').options]) put('#agency', value, 'change');
  put('#agency', 'worker', 'change');
  press('#tab-play');
  press('#worker-consented-recipients-partner'); // consent names somebody
  press('#report-worker-consented');
  const foreign = 'img, iframe, object, embed, b, [onerror], script:not(#data):not([type="module"])';
  const all = (selector) => document.querySelectorAll(selector).length;
  return { foreign: all(foreign), label, stands: all('#stands button') };
}
const found = await openedEach(process.argv.slice(2), (page) => page.evaluate(throughout));
console.log(JSON.stringify(found));
