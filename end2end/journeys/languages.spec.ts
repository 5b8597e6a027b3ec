// Every language, by the names of the fields alone: a change from its first page to its last, with nothing in anybody's way.
import { anotherCode, expect, test } from '../fixtures/journey';
import { obstacles } from '../fixtures/obstacles';

const CONTACT = 'carol.new@example.org';
const withScript = { tag: '@with-javascript' }; // axe is a script

const LANGUAGES = [
  { tag: 'en', name: 'English', direction: 'ltr', subject: 'Your verification code' },
  { tag: 'fi', name: 'Suomi', direction: 'ltr', subject: 'Vahvistuskoodisi' },
  { tag: 'sv', name: 'Svenska', direction: 'ltr', subject: 'Din verifieringskod' },
  { tag: 'ar', name: 'العربية', direction: 'rtl', subject: 'Your verification code' },
];

for (const { tag, name, direction, subject } of LANGUAGES) {
  test(`someone who chooses ${name} makes a change in it`, withScript, async ({ page, journey, sandbox }) => {
    const looksRight = async () => {
      await expect(page.locator('html')).toHaveAttribute('lang', tag);
      await expect(page.locator('html')).toHaveAttribute('dir', direction);
      expect(await obstacles(page)).toEqual([]);
    };
    await page.setViewportSize({ width: 320, height: 700 });
    await journey.signIn('Carol Carter', '/');
    await page.getByRole('link', { name }).click();
    await looksRight();
    await page.goto('/email');
    await looksRight();
    await page.locator('#contact').fill(CONTACT);
    await page.locator('#begin').click();
    await expect(page.locator('#code')).toBeVisible();
    await looksRight();

    const [message] = await sandbox.outbox(CONTACT);
    expect(message?.subject).toBe(subject);
    await page.locator('#code').fill(anotherCode(await sandbox.latestCode(CONTACT)));
    await page.locator('#finish').click();
    await expect(page.locator('#code')).toBeHidden();
    await looksRight();
    await page.locator('#resend').click();
    await expect(page.locator('#code')).toBeVisible();
    await page.locator('#code').fill(await sandbox.latestCode(CONTACT));
    await page.locator('#finish').click();
    await expect(page.locator('.done h1')).toBeVisible();
    await looksRight();
    expect((await sandbox.person('carol')).emails.map(({ address }) => address)).toContain(CONTACT);
  });
}

/** The language that each person's account names, and what its messages are called. */
const PEOPLE = [
  { person: 'Daavid Dahlström', tag: 'fi', subject: 'Vahvistuskoodisi' },
  { person: 'Eva Ekström', tag: 'sv', subject: 'Din verifieringskod' },
  { person: 'فاطمة الزهراء', tag: 'ar', subject: 'Your verification code' },
];

for (const { person, tag, subject } of PEOPLE) {
  test(`someone whose account says ${tag} gets pages and message in it without asking`, async ({ page, journey, sandbox }) => {
    await journey.signIn(person, '/email');
    await expect(page.locator('html')).toHaveAttribute('lang', tag);
    await page.locator('#contact').fill(CONTACT);
    await page.locator('#begin').click();
    await expect(page.locator('#code')).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('lang', tag);
    expect((await sandbox.outbox(CONTACT))[0]?.subject).toBe(subject);
  });
}

test('the wish of an application comes before the account, on every page that follows', async ({ page, journey, sandbox }) => {
  await page.goto('/email?ui_locales=sv');
  await expect(page.locator('html'), 'the provider is told').toHaveAttribute('lang', 'sv');
  await page.getByRole('button', { name: 'Daavid Dahlström' }).click();
  await expect(page).toHaveURL((url) => url.pathname === '/email');
  await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
  await journey.page.locator('#contact').fill(CONTACT);
  await page.locator('#begin').click();
  await expect(page.locator('#code')).toBeVisible();
  expect((await sandbox.outbox(CONTACT))[0]?.subject).toBe('Din verifieringskod');
});

test.describe('with a Finnish browser', () => {
  test.use({ locale: 'fi-FI' });

  test('someone who is not signed in is spoken to in the language of the browser', async ({ page }) => {
    await page.goto('/signed-out');
    await expect(page.locator('html')).toHaveAttribute('lang', 'fi');
    await page.getByRole('link', { name: 'Svenska' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
    await page.goto('/no-such-page');
    await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
  });
});
