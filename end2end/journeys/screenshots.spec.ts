// The pictures of the README: `UPDATE_SCREENSHOTS=1 cargo xtask test end2end screenshots` makes them anew.
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
