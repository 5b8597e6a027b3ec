// Another application shows the pages in a frame of its own page (examples/applications/embed.html).
import type { FrameLocator, Page } from '@playwright/test';
import { expect, Shop, test as base } from '../fixtures/shop';

const CONTACT = 'alice.new@example.org';

const test = base.extend<{ providerCanBeFramed: boolean }>({
  providerCanBeFramed: [true, { option: true }],

  settings: async ({ settings, providerCanBeFramed }, use) => {
    await use({ ...settings, CONTACT_CHANGE_PROVIDER__CAN_BE_FRAMED: String(providerCanBeFramed) });
  },

  app: async ({ app, sandbox, shop, providerCanBeFramed }, use) => {
    if (providerCanBeFramed) await sandbox.framedBy([shop.url]);
    await use(app);
  },
});

async function embedded(page: Page, shop: Shop): Promise<FrameLocator> {
  await page.goto(`${shop.url}/embed.html`);
  return page.frameLocator('iframe');
}

/** From signing in, in the frame, to the step of the code. */
async function begin(frame: FrameLocator): Promise<void> {
  await frame.getByRole('button', { name: 'Alice Archer' }).click();
  await frame.getByLabel('New email address').fill(CONTACT);
  await frame.getByRole('button', { name: 'Send code' }).click();
  await expect(frame.getByLabel('Verification code')).toBeVisible();
}

test('someone makes a change without leaving the shop', async ({ page, hasScript, sandbox, shop }) => {
  const frame = await embedded(page, shop);
  await begin(frame);
  await frame.getByLabel('Verification code').fill(await sandbox.latestCode(CONTACT));
  await frame.getByRole('button', { name: 'Verify' }).click();
  await expect(frame.getByRole('heading', { name: 'Your email address is verified' })).toBeVisible();
  await expect(page.getByRole('status')).toHaveText('');
  await frame.getByRole('link', { name: 'Back to Example shop' }).last().click();
  if (hasScript) {
    await expect(page.getByRole('status')).toHaveText('changed');
    await expect(page.locator('iframe')).toHaveCount(0);
    await expect(page).toHaveURL(`${shop.url}/embed.html`);
  } else {
    await frame.getByRole('link', { name: 'Back to Example shop' }).click();
    await expect(page).toHaveURL(`${shop.url}/link.html?outcome=changed`);
  }
  expect((await sandbox.person('alice')).emails.map(({ address }) => address)).toContain(CONTACT);
});

test('someone who cancels in the frame is back in the shop', async ({ page, hasScript, sandbox, shop }) => {
  const frame = await embedded(page, shop);
  await begin(frame);
  await frame.getByRole('button', { name: 'Cancel' }).click();
  if (hasScript) {
    await expect(page.getByRole('status')).toHaveText('cancelled');
  } else {
    await frame.getByRole('link', { name: 'Back to Example shop' }).click();
    await expect(page).toHaveURL(`${shop.url}/link.html?outcome=cancelled`);
  }
  expect((await sandbox.ledger()).changes).toEqual([]);
});

test('what the frame keeps belongs to the shop: elsewhere nobody is signed in by it', async ({ app, context, page, sandbox, shop }) => {
  await begin(await embedded(page, shop));
  const cookies = await context.cookies(app.url);
  expect(cookies.find(({ name }) => name === 'session')).toMatchObject({ secure: true, sameSite: 'None', httpOnly: true });
  const other = await context.newPage();
  await other.goto(`${app.url}/email`);
  await expect(other).toHaveURL((url) => url.origin === sandbox.url);
});

test('a page that the operator did not list shows nothing of ours', async ({ page, shop }) => {
  const other = await Shop.start();
  other.app = shop.app;
  // Its link is the one of the shop: it is not the page that the link names.
  other.own = shop.url;
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(`${other.url}/embed.html`);
  await expect.poll(() => said.join()).toContain('frame-ancestors');
  await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toHaveCount(0);
  await other.end();
});

test.describe('when the provider lets nobody frame its pages', () => {
  test.use({ providerCanBeFramed: false });

  test('the frame says so, and a tab of its own leads through the change and back', async ({ context, page, sandbox, shop }) => {
      const frame = await embedded(page, shop);
    await expect(frame.getByRole('heading', { name: 'Open this in a tab of its own' })).toBeVisible();
    const opened = context.waitForEvent('page');
    await frame.getByRole('link', { name: 'Open in a new tab' }).click();
    const tab = await opened;
    await tab.getByRole('button', { name: 'Alice Archer' }).click();
    await tab.getByLabel('New email address').fill(CONTACT);
    await tab.getByRole('button', { name: 'Send code' }).click();
    await tab.getByLabel('Verification code').fill(await sandbox.latestCode(CONTACT));
    await tab.getByRole('button', { name: 'Verify' }).click();
    await expect(tab.getByRole('heading', { name: 'Your email address is verified' })).toBeVisible();
    await tab.getByRole('link', { name: 'Back to Example shop' }).last().click();
    await expect(tab).toHaveURL(`${shop.url}/link.html?outcome=changed`);
  });
});
