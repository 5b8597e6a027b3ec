// The shipped client bundle is guarded: the page is taken over by the browser, and the countdown moves.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/journey';

const CONTACT = 'alice.new@example.org';
const withScript = { tag: '@with-javascript' };

function inSeconds(shown: string): number {
  expect(shown).toMatch(/^\d+:[0-5]\d$/);
  const [minutes = '', seconds = ''] = shown.split(':');
  return Number(minutes) * 60 + Number(seconds);
}

async function secondsLeft(page: Page): Promise<number> {
  return inSeconds((await page.getByRole('timer').textContent()) ?? '');
}

/** What the timer shows next, and how many seconds the page is old at that moment: read in the page, where nothing comes between. */
function nextTick(page: Page): Promise<{ text: string; passed: number }> {
  return page.getByRole('timer').evaluate(
    (timer) =>
      new Promise((resolve) => {
        new MutationObserver((_, observer) => {
          observer.disconnect();
          const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
          const passed = (performance.now() - (entry?.responseStart ?? 0)) / 1000;
          resolve({ text: timer.textContent ?? '', passed });
        }).observe(timer, { childList: true, characterData: true, subtree: true });
      }),
  );
}

/** What the browser complained of, in any page: on the console, by an exception, by a rule of the page that was broken. */
async function complaints(page: Page): Promise<string[]> {
  const heard: string[] = [];
  page.on('pageerror', (error) => heard.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) heard.push(`${message.text()} ${message.location().url}`);
  });
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective }) => console.error(violatedDirective));
  });
  return heard;
}

test.describe('with JavaScript', withScript, () => {
  test('the countdown moves, from what the page said at first', async ({ journey }) => {
    await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
    let takeOver = () => {};
    const untilThen = new Promise<void>((resolve) => (takeOver = resolve));
    await journey.page.route('**/*.wasm', async (route) => {
      await untilThen;
      await route.continue();
    });
    await journey.page.reload({ waitUntil: 'commit' });
    await expect(journey.page.getByRole('timer')).toHaveCount(1);
    const painted = await secondsLeft(journey.page);

    takeOver();
    await journey.countdownMoves();
    let before = await secondsLeft(journey.page);
    for (let look = 0; look < 3; look += 1) {
      const { text, passed } = await nextTick(journey.page);
      const shown = inSeconds(text);
      expect(shown).toBeGreaterThanOrEqual(Math.floor(painted - passed) - 1);
      expect(shown).toBeLessThanOrEqual(Math.ceil(painted - passed) + 1);
      expect(shown).toBeLessThan(before);
      before = shown;
    }
  });

  for (const hours of [-1, 1]) {
    test(`a device clock that is ${hours < 0 ? 'an hour slow' : 'an hour fast'} changes nothing`, async ({ journey }) => {
      await journey.page.addInitScript((shift) => {
        const { Date: True } = globalThis;
        globalThis.Date = class extends True {
          constructor(...given: unknown[]) {
            super(...((given.length > 0 ? given : [True.now() + shift]) as [number]));
          }
          static override now() {
            return True.now() + shift;
          }
        } as DateConstructor;
      }, hours * 3_600_000);
      await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
      const asBegun = await secondsLeft(journey.page);
      expect(asBegun).toBeGreaterThan(570);
      expect(asBegun).toBeLessThanOrEqual(600);

      await journey.page.reload();
      await journey.countdownMoves();
      const reloaded = await secondsLeft(journey.page);
      expect(reloaded).toBeLessThanOrEqual(asBegun);
      expect(reloaded).toBeGreaterThan(asBegun - 30);
    });
  }

  test('the time left is told aloud in phases, not every second', async ({ journey, sandbox }) => {
    await sandbox.limits({ codeLifetimeSeconds: 45 });
    await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
    const announced = await journey.page.evaluate(async () => {
      const heard: string[] = [];
      const timer = document.querySelector('[role=timer]');
      const regions = [...document.querySelectorAll('[role=status], [role=alert], [aria-live]')];
      const observer = new MutationObserver(() => {
        const said = regions.map((region) => region.textContent?.trim()).filter(Boolean).join(' ');
        if (said !== '' && said !== heard.at(-1)) heard.push(said);
      });
      regions.forEach((region) => observer.observe(region, { childList: true, characterData: true, subtree: true }));
      // At 0:28 or, after a stall, whatever comes next; in a turn of its own, so that what came with it is heard.
      const isOver = () => /^0:[01]\d$|^0:2[0-8]$/.test(timer?.textContent ?? '');
      await new Promise<void>((resolve) => {
        new MutationObserver(() => isOver() && setTimeout(resolve)).observe(timer ?? document.body, {
          childList: true,
          characterData: true,
          subtree: true,
        });
      });
      return heard;
    });
    expect(announced).toEqual(['30 seconds left']);
  });

  test('the browser has nothing to complain of during a whole journey', async ({ journey, sandbox }) => {
    const heard = await complaints(journey.page);
    await journey.signIn('Alice Archer', '/');
    await journey.page.getByRole('link', { name: 'Change email address' }).click();
    await journey.type('email', 'alice@example');
    await journey.button('Send code').click();
    await expect(journey.problem).toBeVisible();
    await journey.begin({ contact: CONTACT });
    await journey.enterCode('12345');
    await expect(journey.page.locator('#code-error')).toContainText('5 of the 6 digits');
    await journey.page.reload();
    await journey.countdownMoves();
    await journey.finish({ contact: CONTACT });
    await journey.page.reload();
    await journey.page.getByRole('link', { name: 'Back to your contact information' }).click();
    await journey.button('Sign out').click();
    await expect(journey.heading('You are signed out')).toBeVisible();

    expect(heard).toEqual([]);
    expect((await sandbox.ledger()).finishes).toMatchObject([{ outcome: 'changed' }]);
  });
});

test('without JavaScript there is the clock time and no countdown', { tag: '@without-javascript' }, async ({ journey }) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await expect(journey.page.getByText(/^The code works until \d{1,2}:\d\d [ap]m/)).toBeVisible();
  await expect(journey.page.getByRole('timer')).toBeHidden();
});
