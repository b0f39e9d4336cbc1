// Opens a BPMN file in bpmn-js, in headless Chromium; prints its warnings and how much it drew,
// and writes a screenshot if a second file is named.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { launched } from './browser.mjs';

const [file, picture] = process.argv.slice(2);
const viewer = createRequire(import.meta.url).resolve('bpmn-js/dist/bpmn-viewer.production.min.js');
const browser = await launched();
try {
  const page = await browser.newPage({ viewport: { width: 2400, height: 1600 } });
  await page.setContent('<div id="canvas" style="height:1580px"></div>');
  await page.addScriptTag({ path: viewer });
  const found = await page.evaluate(async (xml) => {
    const shown = new window.BpmnJS({ container: '#canvas' });
    const { warnings } = await shown.importXML(xml);
    shown.get('canvas').zoom('fit-viewport');
    const kinds = {};
    for (const part of shown.get('elementRegistry').getAll()) {
      kinds[part.type] = (kinds[part.type] ?? 0) + 1;
    }
    return { warnings: warnings.map((w) => w.message), kinds };
  }, readFileSync(file, 'utf8'));
  if (picture) await page.screenshot({ path: picture });
  console.log(JSON.stringify(found));
} finally {
  await browser.close();
}
