// The pictures of the README, and a sheet of the endings: `UPDATE_SCREENSHOTS=1 cargo xtask test end2end screenshots` makes them anew.
import { readFileSync } from 'node:fs';
import { expect, test, WORDS } from '../fixtures/journey';

const CONTACT = 'bob@example.com';
const FOLDER = '../docs/images';

test.use({ colorScheme: 'light', viewport: { width: 800, height: 600 }, deviceScaleFactor: 1.5 });

test('the README shows each step as it is now', { tag: '@with-javascript' }, async ({ journey, sandbox }) => {
  test.skip(process.env['UPDATE_SCREENSHOTS'] !== '1', 'they are made only when somebody asks for them');
  const picture = async (name: string) => {
    // As somebody sees it who has just come: no focus, and nothing under the pointer.
    await journey.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await journey.page.mouse.move(0, 0);
    await journey.page.screenshot({ path: `${FOLDER}/${name}.png`, fullPage: true, animations: 'disabled' });
  };
  await journey.signIn('Bob Baker', '/');
  await picture('contacts');
  await journey.page.getByRole('link', { name: 'Change email address' }).click();
  await journey.type('email', CONTACT);
  await journey.page.getByLabel(WORDS.email.primary).check();
  await picture('enter');
  await journey.button('Send code').click();
  await expect(journey.codeField).toBeVisible();
  await journey.codeField.fill(await sandbox.latestCode(CONTACT));
  await picture('code');
  await journey.button('Verify').click();
  await expect(journey.heading(WORDS.email.done)).toBeVisible();
  await picture('done');
});

/** What the sheet of docs/experience.md shows, in the languages one after another. */
const ENDINGS = [
  'a-wrong-code',
  'a-code-whose-time-runs-out-on-the-screen',
  'a-code-that-the-service-gave-up',
  'an-older-code',
  'an-address-of-another-account',
  'a-new-code-that-a-limit-forbids',
  'no-answer-whether-a-code-was-sent',
  'no-answer-whether-the-change-was-made',
];

test('the endings are on one sheet', { tag: '@with-javascript' }, async ({ page }) => {
  test.skip(process.env['UPDATE_SCREENSHOTS'] !== '1', 'it is made only when somebody asks for it, after a run of `states`');
  const languages = ['en', 'fi', 'sv', 'ar'];
  const pictures = ENDINGS.map((ending, place) => {
    const file = `test-results/pictures/${languages[place % languages.length]}/${ending}.narrow.png`;
    return `<img src="data:image/png;base64,${readFileSync(file).toString('base64')}">`;
  });
  await page.setViewportSize({ width: 800, height: 600 });
  await page.setContent(`
    <style>
      body { display: grid; grid-template-columns: repeat(4, 1fr); gap: 16px; margin: 16px; background: #8d97a3; align-items: start }
      img { width: 100% }
    </style>
    ${pictures.join('')}`);
  await page.screenshot({ path: `${FOLDER}/endings.png`, fullPage: true, scale: 'css' });
});
