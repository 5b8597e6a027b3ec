// What a visit costs: what a browser fetches for a page, and whether anything moves while the page is taken over.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/journey';

const withScript = { tag: '@with-javascript' };

/** What the page had from the server, less what was in the browser's cache: the kinds of files, and `/…` for itself. */
async function fetched(page: Page): Promise<string[]> {
  const paths = await page.evaluate(() =>
    ['navigation', 'resource'].flatMap((kind) =>
      (performance.getEntriesByType(kind) as PerformanceResourceTiming[])
        .filter(({ transferSize }) => transferSize > 0)
        .map(({ name }) => new URL(name).pathname),
    ),
  );
  return paths.map((path) => (path.startsWith('/pkg/') ? path.replace(/.*\./, '') : path)).sort();
}

/** How far things have moved on the page so far (Layout Instability, the sum of all shifts). */
function moved(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += (entry as PerformanceEntry & { value: number }).value;
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(sum), 100);
      }),
  );
}

async function isTakenOver(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-live', '');
}

test('a first visit fetches four things, and the next one the page alone', withScript, async ({ page, journey }) => {
  await journey.signIn('Alice Archer', '/email');
  await isTakenOver(page); // what is still on its way would be kept after the clearing
  const browser = await page.context().newCDPSession(page);
  await browser.send('Network.clearBrowserCache');
  await page.goto('/email');
  await isTakenOver(page);
  expect(await fetched(page)).toEqual(['/email', 'css', 'js', 'wasm']);

  await page.goto('/email');
  await isTakenOver(page);
  expect(await fetched(page)).toEqual(['/email']);
});

test('a page where there is nothing to do fetches its style and no more', withScript, async ({ page, journey }) => {
  await journey.signIn('Alice Archer', '/');
  const browser = await page.context().newCDPSession(page);
  await browser.send('Network.clearBrowserCache');
  await page.goto('/');
  await page.waitForLoadState('networkidle');
  expect(await fetched(page)).toEqual(['/', 'css']);
});

test('nothing moves while a page is loaded and taken over', withScript, async ({ page, journey }) => {
  await journey.signInAndBegin('Alice Archer', { contact: 'alice.new@example.org' });
  await page.reload();
  await journey.countdownMoves();
  expect(await moved(page)).toBe(0);
  await journey.button('Use a different email address').click();
  await expect(page.getByLabel('New email address')).toBeVisible();
  await page.reload();
  await isTakenOver(page);
  expect(await moved(page)).toBe(0);
});
