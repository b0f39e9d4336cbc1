// Debian's Chromium, headless, in a closed network: one of one's own, or one for all scripts that
// run in this process (warm.mjs).
const settings = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};
let kept = null; // { browser }, where one is kept

const started = async () => (await import('playwright-core')).chromium.launch(settings);

export const keep = () => { kept = {}; };
export const closed = () => kept.browser?.close();

// Closing a browser that is kept closes what was opened in it.
export async function launched() {
  if (!kept) return started();
  if (!kept.browser?.isConnected()) kept.browser = await started();
  const { browser } = kept;
  return {
    newContext: (options) => browser.newContext(options),
    newPage: (options) => browser.newPage(options),
    close: () => Promise.all(browser.contexts().map((context) => context.close())),
  };
}
