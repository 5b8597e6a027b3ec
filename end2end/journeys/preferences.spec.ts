// For everyone, whatever they have set: great magnification, wide spacing, no motion, colours of their own; and in the
// looks of two operators.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/journey';
import { obstacles } from '../fixtures/obstacles';
import { play } from '../fixtures/scene';
import { clipped, sideways, unseen } from '../fixtures/sight';
import { arrived, settingsOf, state } from '../fixtures/states';

// A trace of so long a walk costs more than the walk.
test.use({ trace: 'off' });

const withScript = { tag: '@with-javascript' }; // axe is a script, and so is what is measured here
const CONTROLS = 'a[href]:not(.skip), button:not([hidden]), input:not([type=hidden])';

/** States that have between them everything that is on any page. */
const STATES = [
  'contacts that are not verified',
  'a change that waits',
  'an account that cannot be read',
  'half an address',
  'five digits',
  'a code by text message',
  'a code whose time runs out on the screen',
  'a wrong code and a limit',
  'no connection',
  'an address that is changed',
  'a sign-in that failed',
].map(state);

const picture = (page: Page, state: string, view: string) =>
  page.screenshot({
    path: `test-results/pictures/${view}/${state.replaceAll(' ', '-')}.png`,
    fullPage: true,
    animations: 'disabled',
  });

/** The least that text must bear (WCAG 2.2, 1.4.12). */
const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-block-end: 2em !important; }
`;

/** Puts a sheet of the page's own over the others, which the content policy lets in; an empty one takes it away. */
const style = (page: Page, css: string) =>
  page.evaluate((css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
  }, css);

for (const each of STATES) {
  test(`${each.name}: can be used whatever somebody has set`, withScript, async ({ browser, sandbox }) => {
    test.setTimeout(300_000);
    await play({ browser, sandbox }, { settings: settingsOf(each) }, async (scene) => {
      const { page } = scene;
      await each.reach(scene);
      await each.act?.(scene);
      await arrived(scene, each);

      await test.step('magnified four times', async () => {
        await page.setViewportSize({ width: 320, height: 256 }); // 1280 by 1024 at 400 %
        expect.soft(await sideways(page)).toEqual([]);
        for (const control of await page.locator(CONTROLS).all()) {
          await control.scrollIntoViewIfNeeded();
          await expect.soft(control).toBeInViewport({ ratio: 0.9 });
        }
        await picture(page, each.name, 'magnified');
      });

      await test.step('with wide spacing', async () => {
        await page.setViewportSize({ width: 320, height: 640 });
        await style(page, SPACING);
        expect.soft([...(await sideways(page)), ...(await clipped(page))]).toEqual([]);
        await picture(page, each.name, 'spaced');
        await style(page, '');
      });

      await test.step('without motion', async () => {
        await page.emulateMedia({ reducedMotion: 'reduce' });
        const moving = await page.locator('*').evaluateAll((elements) =>
          elements
            .filter((element) => {
              const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
              return animationName !== 'none' || transitionDuration !== '0s' || scrollBehavior !== 'auto';
            })
            .map(({ outerHTML }) => outerHTML.slice(0, 80)),
        );
        expect.soft(moving).toEqual([]);
      });

      await page.setViewportSize({ width: 800, height: 600 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await test.step(`in colours of their own, ${colorScheme}`, async () => {
          await page.emulateMedia({ forcedColors: 'active', colorScheme });
          // What the browser paints is not what it tells axe; edges and outlines it tells as they are.
          expect.soft(await unseen(page)).toEqual([]);
          await picture(page, each.name, `forced-${colorScheme}`);
        });
      }
    });
  });
}

for (const theme of ['harbour', 'forest']) {
  test(`in the look of ${theme}, nothing stands in anybody’s way`, withScript, async ({ browser, sandbox }) => {
    test.setTimeout(600_000);
    for (const each of STATES) {
      const settings = { ...settingsOf(each), CONTACT_CHANGE_CONFIG: `../examples/themes/${theme}.toml` };
      await play({ browser, sandbox }, { settings }, async (scene) => {
        await each.reach(scene);
        await each.act?.(scene);
        await arrived(scene, each);
        for (const colorScheme of ['light', 'dark'] as const) {
          await scene.page.emulateMedia({ colorScheme });
          expect.soft(await obstacles(scene.page, 'colours'), `${each.name}, ${colorScheme}`).toEqual([]);
          await picture(scene.page, each.name, `${theme}-${colorScheme}`);
        }
      });
    }
  });
}
