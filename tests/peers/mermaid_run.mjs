// Draws Mermaid texts (a JSON list on standard input) in headless Chromium; prints how many boxes
// and arrows each has, the words it shows, and whether anything in it ran.
import { createRequire } from 'node:module';
import { launched } from './browser.mjs';
import { given } from './given.mjs';

const mermaid = createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js');
const browser = await launched();
try {
  const page = await browser.newPage();
  await page.setContent('<div id="here"></div>');
  await page.addScriptTag({ path: mermaid });
  const found = await page.evaluate(async (texts) => {
    window.mermaid.initialize({ startOnLoad: false, maxTextSize: 1e6, maxEdges: 1000 });
    const drawn = [];
    for (const [number, text] of texts.entries()) {
      const { svg } = await window.mermaid.render(`m${number}`, text);
      const here = document.getElementById('here');
      here.innerHTML = svg;
      drawn.push({
        nodes: here.querySelectorAll('.node').length,
        edges: here.querySelectorAll('path.flowchart-link').length,
        title: here.querySelector('title')?.textContent ?? '',
        words: [...here.querySelectorAll('.node .nodeLabel')].map((n) => n.innerText),
        links: here.querySelectorAll('a[href], script, image, iframe').length,
        harmed: window.harmed ?? false,
      });
    }
    return drawn;
  }, JSON.parse(given()));
  console.log(JSON.stringify(found));
} finally {
  await browser.close();
}
