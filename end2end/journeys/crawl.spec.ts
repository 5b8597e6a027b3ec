// No dead end: every state, in every language, says something of its own and has a way on, a way out, a heading, a title;
// and the way back to the application that sent the person here.
import type { Browser } from '@playwright/test';
import { expect, test } from '../fixtures/journey';
import type { Sandbox } from '../fixtures/sandbox';
import { LANGUAGES, play, type Language } from '../fixtures/scene';
import { arrived, said, settingsOf, STATES, type State } from '../fixtures/states';
import { missing } from '../fixtures/ways';

// A trace of so long a walk costs more than the walk, and where it is stuck is known long before its end.
test.use({ trace: 'off', actionTimeout: 60_000 });

interface Visit {
  browser: Browser;
  sandbox: Sandbox;
  state: State;
  language: Language;
  hasScript: boolean;
}

/** Goes to a state, looks for everything that a person needs there, and gives what it says. */
async function visit({ browser, sandbox, state, language, hasScript }: Visit): Promise<string> {
  let words = '';
  // What the way back leads to is the same in every language.
  const isSent = language === 'en' && !state.ofNobody;
  const options = { javaScriptEnabled: hasScript, settings: settingsOf(state), language, isSent };
  await play({ browser, sandbox }, options, async (scene) => {
    await state.reach(scene);
    await state.act?.(scene);
    await arrived(scene, state);
    // References are never the same twice.
    words = (await said(scene)).replaceAll(/[0-9a-f-]{16,}/g, '…');
    if (language === 'en') expect.soft(words, state.name).toMatch(state.says);
    expect.soft(await missing(scene), state.name).toEqual([]);
  });
  return words;
}

// What differs with JavaScript is the same in every language.
for (const state of STATES) {
  test(`${state.name}: nobody is stuck or left in the dark`, { tag: '@with-javascript' }, async ({ browser, sandbox }) => {
    await visit({ browser, sandbox, state, language: 'en', hasScript: true });
  });
}

for (const language of LANGUAGES) {
  const title = `nobody is stuck anywhere, and no two states say the same (${language})`;
  test(title, { tag: '@without-javascript' }, async ({ browser, sandbox }) => {
    test.setTimeout(1_200_000);
    const sentences = new Map<string, string>();
    for (const state of STATES.filter(({ needsScript }) => !needsScript)) {
      const words = await visit({ browser, sandbox, state, language, hasScript: false });
      // Two states say the same only if they are said by the same sentence in English.
      expect.soft(sentences.get(words) ?? state.says.source, state.name).toBe(state.says.source);
      sentences.set(words, state.says.source);
    }
    expect(sentences.size).toBeGreaterThan(30);
  });
}
