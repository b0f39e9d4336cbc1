// Opens every diagram of a BPMN file in bpmn-js, in headless Chromium at 1440 × 900; prints the
// warnings and, of each diagram, its name, how much it drew, at which zoom it fits the window and
// how many px its smallest letters then have. Writes a screenshot of the first if a second file is
// named.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launched } from './browser.mjs';

const [file, picture] = process.argv.slice(2);
const viewer = createRequire(import.meta.url).resolve('bpmn-js/dist/bpmn-viewer.production.min.js');
const browser = await launched();
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.setContent('<body style="margin:0"><div id="canvas" style="height:900px"></div>');
  await page.addScriptTag({ path: viewer });
  await page.evaluate(async (xml) => {
    window.shown = new window.BpmnJS({ container: '#canvas' });
    window.told = (await window.shown.importXML(xml)).warnings;
    window.shown.get('canvas').zoom('fit-viewport');
  }, readFileSync(file, 'utf8'));
  if (picture) await page.screenshot({ path: picture });
  const found = await page.evaluate(async () => {
    const { shown } = window;
    const warnings = [...window.told];
    const diagrams = [];
    for (const { id, name } of shown.getDefinitions().diagrams) {
      warnings.push(...(await shown.open(id)).warnings);
      shown.get('canvas').zoom('fit-viewport');
      const kinds = {};
      for (const part of shown.get('elementRegistry').getAll()) {
        kinds[part.type] = (kinds[part.type] ?? 0) + 1;
      }
      const sizes = [...document.querySelectorAll('#canvas text')]
        .filter((text) => text.textContent.trim())
        .map((text) => {
          const { a, b } = text.getScreenCTM(); // of a turned text, both
          return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b);
        });
      diagrams.push({ name, kinds, zoom: shown.get('canvas').zoom(), letters: Math.min(...sizes) });
    }
    return { warnings: warnings.map((w) => w.message), diagrams };
  });
  console.log(JSON.stringify(found));
} finally {
  await browser.close();
}
