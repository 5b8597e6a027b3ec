// No dead end: every state, in every language, says something of its own and has a way on, a way out, a heading, a title.
import { expect, test } from '../fixtures/journey';
import { LANGUAGES, play } from '../fixtures/scene';
import { arrived, said, settingsOf, STATES } from '../fixtures/states';
import { missing } from '../fixtures/ways';

// A trace of so long a walk costs more than the walk.
test.use({ trace: 'off' });

/** What the news of a state is told apart by: references are never the same twice. */
const plain = (words: string) => words.replaceAll(/[0-9a-f-]{16,}/g, '…');

for (const language of LANGUAGES) {
  test(`nobody is stuck or left in the dark anywhere (${language})`, async ({ browser, hasScript, sandbox }) => {
    test.skip(hasScript && language !== 'en', 'what differs with JavaScript is the same in every language');
    test.setTimeout(600_000);
    const sentences = new Map<string, string>();
    for (const state of STATES.filter(({ needsScript }) => hasScript || !needsScript)) {
      const options = { javaScriptEnabled: hasScript, settings: settingsOf(state), language };
      await play({ browser, sandbox }, options, async (scene) => {
        await state.reach(scene);
        await state.act?.(scene);
        await arrived(scene, state);

        const words = plain(await said(scene));
        if (language === 'en') expect.soft(words, state.name).toMatch(state.says);
        // Two states say the same only if they are said by the same sentence in English.
        expect.soft(sentences.get(words) ?? state.says.source, state.name).toBe(state.says.source);
        sentences.set(words, state.says.source);
        expect.soft(await missing(scene), state.name).toEqual([]);
      });
    }
    expect(sentences.size).toBeGreaterThan(30);
  });
}
