// Debian's Chromium, headless, in a closed network: one for all tests where they have started one
// (browser_server.mjs), otherwise one of one's own.
import { chromium } from 'playwright-core';

export const settings = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
};

export const launched = () => (process.env.BROWSER_AT
  ? chromium.connect(process.env.BROWSER_AT)
  : chromium.launch(settings));
