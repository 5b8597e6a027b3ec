// Somebody who knows the address of the app and nothing else: they read what stands there, and do what it says.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/journey';
import type { Sandbox } from '../fixtures/sandbox';

/** Finds the one thing on the page whose words speak of something, as a reader does. */
async function theOne(page: Page, role: 'link' | 'button' | 'textbox', words: RegExp): Promise<Locator> {
  const found = page.getByRole('main').getByRole(role, { name: words });
  await expect(found).toHaveCount(1);
  return found;
}

/** Opens their mailbox or their telephone, and reads the newest message to it. */
async function newestMessage(page: Page, sandbox: Sandbox, contact: string): Promise<string> {
  const mailbox = await page.context().newPage();
  await mailbox.goto(`${sandbox.url}/outbox`);
  const messages = mailbox.getByRole('listitem').filter({ hasText: ` to ${contact},` });
  const message = await messages.first().innerText();
  await mailbox.close();
  return message;
}

/** Changes a contact, which they write their way and the service in its own. */
async function change(page: Page, sandbox: Sandbox, what: RegExp, typed: string, contact = typed): Promise<void> {
  await (await theOne(page, 'link', what)).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(what);
  const field = page.getByRole('main').getByRole('textbox');
  await expect(field).toHaveCount(1);
  await expect(field).toHaveAccessibleName(what);
  await expect(field).toHaveAccessibleDescription(/6-digit code/);
  await field.fill(typed);
  await (await theOne(page, 'button', /send.* code/i)).click();

  await expect(page.getByRole('main')).toContainText('code only once');
  await expect(page.getByRole('main')).toContainText('The code works until');
  const code = await theOne(page, 'textbox', /code/i);
  await expect(code).toHaveAccessibleDescription(/6 digits.*the code only once/);
  const digits = /\b\d{6}\b/.exec(await newestMessage(page, sandbox, contact))?.[0] ?? '';
  await code.fill(digits);
  await (await theOne(page, 'button', /verify/i)).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/verified/);
  await (await theOne(page, 'link', /back/i)).click();
}

async function changeBoth(page: Page, sandbox: Sandbox): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Alice Archer' }).click();
  await change(page, sandbox, /email address/i, 'alice.new@example.org');
  await change(page, sandbox, /mobile number/i, '07700 900155', '+447700900155');
  await expect(page.getByRole('main')).toContainText('alice.new@example.org');
  await expect(page.getByRole('main')).toContainText('+44 7700 900155');
  await page.getByRole('button', { name: /sign out/i }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/signed out/i);

  const { emails, mobiles } = await sandbox.person('alice');
  expect(emails).toContainEqual({ address: 'alice.new@example.org', verified: true });
  expect(mobiles).toEqual([{ number: '+447700900155', verified: true }]);
  const { begins, finishes } = await sandbox.ledger();
  expect([begins.length, finishes.length]).toEqual([2, 2]);
}

test('somebody who is here for the first time changes their address and their number', async ({ page, sandbox }) => {
  await changeBoth(page, sandbox);
});

// Without JavaScript there is no WebAssembly to refuse.
test('so does somebody whose browser refuses WebAssembly', { tag: '@with-javascript' }, async ({ page, sandbox }) => {
  await page.addInitScript('delete globalThis.WebAssembly');
  await changeBoth(page, sandbox);
});
