// A page in headless Chromium, opened from disk; every request, error and message is noted.
import { launched } from './browser.mjs';
import { pathToFileURL } from 'node:url';

// Several are opened one after the other in one tab; what is used gives what is found, for each.
export async function openedEach(files, use, options = {}) {
  const browser = await launched();
  try {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options });
    const page = await context.newPage();
    let noted;
    let file;
    page.on('console', (message) => noted.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => noted.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) noted.push(`request: ${request.url().slice(0, 80)}`);
    });
    page.on('dialog', (dialog) => { noted.push(`dialog: ${dialog.type()}`); dialog.dismiss(); });
    const all = [];
    for (file of files) {
      noted = [];
      await page.goto(pathToFileURL(file).href);
      await page.evaluate(async () => { await window.diversionFlow; }); // what it gives stays there
      all.push({ ...await use(page), noted });
    }
    return all;
  } finally {
    await browser.close();
  }
}

export const opened = async (file, use, options) => (await openedEach([file], use, options))[0];
