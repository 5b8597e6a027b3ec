// Everything below a path of a host that others use as well. The proxy passes everything on: what is asked for outside the
// path would be seen, and not be there.
import { expect, test as base } from '../fixtures/journey';
import { RecordingProxy } from '../fixtures/recorder';

const BASE = '/account/contact';
const CONTACT = 'alice.new@example.org';

const test = base.extend<{ inFront: RecordingProxy }>({
  inFront: async ({}, use) => {
    const proxy = await RecordingProxy.start();
    await use(proxy);
    await proxy.end();
  },

  settings: async ({ inFront }, use) => {
    await use({ CONTACT_CHANGE_PUBLIC_URL: `${inFront.url}${BASE}` });
  },

  baseURL: async ({ app, inFront }, use) => {
    inFront.target = app.url;
    await use(inFront.url);
  },
});

test('someone makes a change below a path, and asks for nothing outside it', async ({ inFront, journey, page, sandbox }) => {
  await journey.signIn('Alice Archer', `${BASE}/email`);
  await journey.begin({ contact: CONTACT });
  await page.reload();
  await journey.countdownMoves();
  await journey.finish({ contact: CONTACT });
  await page.reload();
  await expect(journey.heading('Your email address is verified')).toBeVisible();
  await page.getByRole('link', { name: 'Back to your contact information' }).click();
  await expect(journey.heading('Your contact information')).toBeVisible();
  await page.getByRole('link', { name: 'Svenska' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
  await page.getByRole('button', { name: 'Logga ut' }).click();
  await expect(page).toHaveURL(`${inFront.url}${BASE}/signed-out`);
  expect((await sandbox.person('alice')).emails.map(({ address }) => address)).toContain(CONTACT);
  const asked = inFront.answers.map(({ where }) => where.split(' of ')[1] ?? '');
  expect(asked.length).toBeGreaterThan(10);
  expect(asked.filter((address) => !address.startsWith(`${BASE}/`))).toEqual([]);
});
