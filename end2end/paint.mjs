// Measures what a first visit looks like on a slow telephone: when the page is painted and taken over, what holds the processor
// up, and whether anything moves. Beside `cargo xtask serve --release`, on a machine that does nothing else:
// `node paint.mjs [visits] [address]`, with CHROMIUM_PATH where Playwright has no browser of its own. Prints medians; docs/performance.md has what they were.
import { chromium } from '@playwright/test';

const visits = Number(process.argv[2] ?? 9);
const base = process.argv[3] ?? 'http://localhost:3000';
// Lighthouse's slow telephone: 1.6 Mbit/s and 150 ms to the server and back, a quarter of this processor.
const LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 0.75e6 / 8 };
const PROCESSOR = { rate: 4 };

const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking'],
});

/** Notes, in the page, what the browser tells of it. */
const watch = () => {
  const seen = (window.seen = { largest: 0, live: 0, long: 0, moved: 0 });
  const observe = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe('largest-contentful-paint', ({ startTime }) => (seen.largest = startTime));
  observe('longtask', () => (seen.long += 1));
  observe('layout-shift', ({ value }) => (seen.moved += value));
  const timer = setInterval(() => {
    if (!document.documentElement || !('live' in document.documentElement.dataset)) return;
    seen.live = performance.now();
    clearInterval(timer);
  }, 5);
};

/** One visit of somebody who is signed in, with an empty cache. */
async function visit(path, storageState) {
  const context = await browser.newContext({ locale: 'en-GB', storageState });
  const page = await context.newPage();
  await page.addInitScript(watch);
  const devTools = await context.newCDPSession(page);
  await devTools.send('Network.enable');
  await devTools.send('Network.emulateNetworkConditions', LINE);
  await devTools.send('Emulation.setCPUThrottlingRate', PROCESSOR);
  await page.goto(base + path, { waitUntil: 'load' });
  await page.waitForTimeout(2500);
  const seen = await page.evaluate(() => ({
    ...window.seen,
    first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
  }));
  await context.close();
  return seen;
}

async function measure(name, path, storageState) {
  const all = [];
  for (let number = 0; number < visits; number += 1) all.push(await visit(path, storageState));
  const median = (member) => Math.round(all.map((seen) => seen[member]).sort((a, b) => a - b)[visits >> 1]);
  const moved = all.filter((seen) => seen.moved > 0).length;
  console.log(
    `${name}: first paint ${median('first')} ms, largest ${median('largest')} ms, taken over ${median('live')} ms, ` +
      `${median('long')} long tasks, something moved in ${moved} of ${visits}`,
  );
}

const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
await page.goto(`${base}/email`);
await page.getByRole('button', { name: 'Bob Baker' }).click();
await page.waitForURL(`${base}/email`);
const storageState = await page.context().storageState();
for (const path of ['/', '/email', '/mobile']) await measure(path, path, storageState);
await page.getByLabel('New email address').fill(`bob.${Date.now()}@example.org`);
await page.getByRole('button', { name: 'Send code' }).click();
await page.getByRole('button', { name: 'Verify' }).waitFor();
await measure('/email, the code', '/email', storageState);
await browser.close();
