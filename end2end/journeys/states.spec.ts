// Every state in every language, as it looks: pictures are kept in test-results/pictures, and nothing stands in anybody's way.
import { expect, test } from '../fixtures/journey';
import { misfits, obstacles } from '../fixtures/obstacles';
import { LANGUAGES, play } from '../fixtures/scene';
import { tooLarge } from '../fixtures/sight';
import { arrived, said, settingsOf, STATES } from '../fixtures/states';

// A trace of so long a walk costs more than the walk.
test.use({ trace: 'off' });

const WIDE = { width: 1024, height: 768 };
const NARROW = { width: 320, height: 640 };

// axe is a script; the pages are the same without, and `crawl` goes through them.
for (const state of STATES) {
  test(`${state.name}: looks right in every language`, { tag: '@with-javascript' }, async ({ browser, sandbox }) => {
    test.setTimeout(300_000);
    await play({ browser, sandbox }, { settings: settingsOf(state) }, async (scene) => {
      const { page } = scene;
      await state.reach(scene);
      if (!state.act) await arrived(scene, state);
      const address = page.url();
      const sentences = new Set<string>();
      for (const language of LANGUAGES) {
        const picture = async (view: string, found: string[]) => {
          const path = `test-results/pictures/${language}/${state.name.replaceAll(' ', '-')}.${view}.png`;
          await page.screenshot({ path, fullPage: true, animations: 'disabled' });
          expect.soft(found, `${language}, ${view}`).toEqual([]);
        };
        await page.emulateMedia({ colorScheme: 'light' });
        await page.setViewportSize(NARROW);
        await scene.inLanguage(language, address);
        await state.act?.(scene);
        await arrived(scene, state);
        sentences.add(await said(scene));

        await picture('narrow', [...(await misfits(page)), ...(await tooLarge(page))]);
        await page.setViewportSize(WIDE);
        // Colours are the same in every language, and the width changes no name and no role.
        await picture('light', await obstacles(page, language === 'en' ? 'everything' : 'structure'));
        await page.emulateMedia({ colorScheme: 'dark' });
        await picture('dark', language === 'en' ? await obstacles(page, 'colours') : []);
      }
      expect(sentences.size, 'each language has a sentence of its own').toBe(LANGUAGES.length);
    });
  });
}
