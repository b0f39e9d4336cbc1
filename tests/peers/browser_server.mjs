// Keeps one browser running for all scripts until standard input ends; prints where it listens.
import { chromium } from 'playwright-core';
import { settings } from './browser.mjs';

const server = await chromium.launchServer(settings);
console.log(server.wsEndpoint());
process.stdin.resume();
process.stdin.on('end', async () => {
  await server.close();
  process.exit(0);
});
