// The life of a code on the screen: what is heard of it, what its end does, and what sleep and other clocks do to it.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/journey';

const CONTACT = 'alice.new@example.org';

/** What stays where it is when the time is over. */
const STANDING = ['h1', '#code', '.life__end', '#resend', '#edit', '#cancel'];

function places(page: Page): Promise<unknown[]> {
  return Promise.all(STANDING.map((each) => page.locator(each).boundingBox()));
}

async function secondsLeft(page: Page): Promise<number> {
  const [minutes = '', seconds = ''] = ((await page.getByRole('timer').textContent()) ?? '').split(':');
  return Number(minutes) * 60 + Number(seconds);
}

test.describe('the life of a code', { tag: '@with-javascript' }, () => {
  test('a whole life of ten minutes is told aloud four times', async ({ journey }) => {
    await journey.page.clock.install();
    await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
    await journey.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      for (const region of document.querySelectorAll('[role=status], [role=alert], [aria-live]')) {
        new MutationObserver(() => {
          if (region.textContent) heard.push(region.textContent);
        }).observe(region, { childList: true, characterData: true, subtree: true });
      }
    });
    await journey.page.clock.runFor('10:05');
    expect(await journey.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([
      '5 minutes left',
      '1 minute left',
      '30 seconds left',
      'The code has expired. You can ask for a new code.',
    ]);
  });

  for (const width of [320, 1024]) {
    test(`when the time is over nothing moves on a screen ${width} pixels wide`, async ({ journey, sandbox }) => {
      const { page } = journey;
      await page.setViewportSize({ width, height: 900 });
      await page.clock.install();
      await page.addInitScript(() => {
        let shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) shift += (entry as PerformanceEntry & { value: number }).value;
          Object.assign(window, { shift });
        }).observe({ type: 'layout-shift', buffered: true });
        Object.assign(window, { shift });
      });
      await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
      await page.reload();
      await expect(page.locator('html[data-live]')).toBeAttached();
      await page.clock.fastForward('09:50');
      await journey.codeField.fill('123456');
      const [address, before] = [page.url(), await places(page)];
      await page.clock.runFor('00:15');

      await expect(page.getByRole('alert').filter({ hasText: 'The code has expired.' })).toBeVisible();
      await expect(journey.button('Verify')).toBeHidden();
      expect(await places(page)).toEqual(before);
      expect(await page.evaluate(() => (window as unknown as { shift: number }).shift)).toBe(0);
      await expect(journey.codeField).toBeFocused();
      await expect(journey.codeField).toHaveValue('123456');
      expect(page.url()).toBe(address);
      expect((await sandbox.ledger()).finishes).toEqual([]);
    });
  }

  test('a focus that was on the button goes to the one for a new code', async ({ journey }) => {
    await journey.page.clock.install();
    await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
    await journey.button('Verify').focus();
    await journey.page.clock.runFor('10:05');
    await expect(journey.button('Verify')).toBeHidden();
    await expect(journey.button('Send a new code')).toBeFocused();
  });

  test('Enter in the field leads there as well, once the time is over, and sends nothing', async ({ journey, sandbox }) => {
    await journey.page.clock.install();
    await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
    await journey.codeField.fill('123456');
    await journey.page.clock.runFor('10:05');
    await expect(journey.button('Verify')).toBeHidden();
    await journey.codeField.press('Enter');
    await expect(journey.button('Send a new code')).toBeFocused();
    expect((await sandbox.ledger()).finishes).toEqual([]);
  });

  test('while no time passes, the script shows what the page came with', async ({ journey }) => {
    await journey.page.clock.install();
    await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
    // Far enough ahead that a busy machine does not come there before it is told.
    await journey.page.clock.pauseAt(await journey.page.evaluate(() => Date.now() + 10_000));
    const painted = journey.page.waitForResponse('**/email').then((response) => response.text());
    await journey.page.reload();
    await expect(journey.page.locator('html[data-live]')).toBeAttached();
    const shown = (await journey.page.getByRole('timer').textContent()) ?? '';
    expect(await painted).toMatch(new RegExp(`role="timer"[^>]*>(<!-*>)?${shown}<`));
  });

  // A headless browser does not freeze tabs; one whose only thread is held up misses its ticks in the same way.
  test('a tab that slept shows what is left the moment it wakes', async ({ journey }) => {
    const { page } = journey;
    await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
    await page.evaluate(() => {
      const timer = document.querySelector('[role=timer]');
      const seen: { at: number; left: number }[] = [];
      Object.assign(window, { seen });
      new MutationObserver(() => {
        const [minutes = '', seconds = ''] = (timer?.textContent ?? '').split(':');
        seen.push({ at: performance.now() / 1000, left: Number(minutes) * 60 + Number(seconds) });
      }).observe(timer ?? document.body, { childList: true, characterData: true, subtree: true });
    });
    const seen = () => page.evaluate(() => (window as unknown as { seen: { at: number; left: number }[] }).seen);
    await expect.poll(async () => (await seen()).length).toBeGreaterThan(1);
    const asleep = await page.evaluate(() => {
      const since = performance.now();
      while (performance.now() < since + 3_500);
      return (window as unknown as { seen: unknown[] }).seen.length;
    });
    await expect.poll(async () => (await seen()).length).toBeGreaterThan(asleep + 1);

    const all = await seen();
    const [before, awake] = [all[asleep - 1], all[asleep]];
    expect((awake?.at ?? 0) - (before?.at ?? 0), 'it slept').toBeGreaterThan(2);
    const [first] = all;
    for (const { at, left } of all) {
      expect(Math.abs((first?.left ?? 0) - left - (at - (first?.at ?? 0)))).toBeLessThan(1.5);
    }
  });

  test('a device that slept, and its clocks with it, is told the truth by the server', async ({ journey }) => {
    const { page } = journey;
    await page.clock.install();
    await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
    const stopped = await page.evaluate(() => Date.now() + 10_000);
    await page.clock.pauseAt(stopped);
    const asleep = await secondsLeft(page);
    // The clock of the server goes on, until it is past the moment where theirs stand.
    await page.waitForTimeout(stopped + 3_500 - Date.now());
    expect(await secondsLeft(page), 'its clocks stand still').toBe(asleep);
    const looked = page.waitForResponse('**/api/look*');
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
    await looked;
    await expect(async () => {
      await page.clock.runFor(200);
      expect(asleep - (await secondsLeft(page))).toBeGreaterThanOrEqual(2);
    }).toPass();
  });

  test('a service whose clock is an hour ahead changes nothing', async ({ journey, sandbox }) => {
    await journey.signIn('Alice Archer', '/email');
    await sandbox.advanceClock(3_600);
    await journey.begin({ contact: CONTACT });
    const left = await secondsLeft(journey.page);
    expect(left).toBeGreaterThan(570);
    expect(left).toBeLessThanOrEqual(600);
  });
});
