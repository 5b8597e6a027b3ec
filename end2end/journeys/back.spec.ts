// Going back in a browser that keeps pages in its memory, as people's browsers do: what comes back is true, or is not shown.
import type { Page } from '@playwright/test';
import config from '../playwright.config';
import { expect, test } from '../fixtures/journey';

// Playwright starts its browsers without that memory.
test.use({
  launchOptions: { ...config.use?.launchOptions, ignoreDefaultArgs: ['--disable-back-forward-cache'] },
});

const withScript = { tag: '@with-javascript' };
const CONTACT = 'alice.new@example.org';

test('someone who goes back after the change sees what the account holds now', withScript, async ({ journey }) => {
  const { page } = journey;
  await journey.signIn('Alice Archer', '/');
  await page.getByRole('link', { name: 'Change email address' }).click();
  await journey.begin({ contact: CONTACT, replaceAll: true });
  await journey.finish({ contact: CONTACT });
  await page.evaluate(() => history.back());
  await expect(page).toHaveURL('/');
  expect(await journey.listed('Email addresses')).toEqual([[CONTACT, 'Primary', 'Verified']]);
});

test('whoever goes back after somebody signed out does not see their contacts', withScript, async ({ journey, sandbox }) => {
  const { page } = journey;
  await journey.signIn('Alice Archer', '/');
  await expect(page.getByText('alice@example.org')).toBeVisible();
  await journey.button('Sign out').click();
  await expect(journey.heading('You are signed out')).toBeVisible();
  await page.evaluate(() => history.back());
  await expect(page).toHaveURL((url) => url.origin === sandbox.url);
  await expect(page.getByRole('button', { name: 'Bob Baker' })).toBeVisible();
});

/** Tells the page that it came back out of the browser's memory. Chromium itself lets go of such a page when a cookie changes. */
const comeBack = (page: Page): Promise<boolean> =>
  page.evaluate(() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })));

test('a form that comes back keeps what was typed, as long as that person is signed in', withScript, async ({ journey, page }) => {
  await journey.signIn('Alice Archer', '/email');
  await journey.type('email', CONTACT);
  await page.evaluate(() => Object.assign(window, { isTheSame: true }));
  const looked = page.waitForResponse('**/api/look*');
  await comeBack(page);
  await (await looked).finished();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await page.evaluate(() => 'isTheSame' in window)).toBe(true);
  await expect(page.getByLabel('New email address')).toHaveValue(CONTACT);

  await page.context().clearCookies();
  await comeBack(page);
  await expect(page.getByRole('button', { name: 'Bob Baker' })).toBeVisible();
});

test('a form that comes back into sight is not shown to the next person', withScript, async ({ journey, page }) => {
  await journey.signIn('Alice Archer', '/email');
  await journey.type('email', CONTACT);
  await expect(page.getByText('This removes: alice@example.org')).toBeVisible();

  const tab = await page.context().newPage();
  await tab.goto('/');
  await tab.getByRole('button', { name: 'Sign out' }).click();
  await tab.goto('/email');
  await tab.getByRole('button', { name: 'Bob Baker' }).click();
  await expect(tab.getByText('Bob Baker')).toBeVisible();

  await comeBack(page);
  await expect(page.getByText('Bob Baker')).toBeVisible();
  await expect(page.getByLabel('New email address')).toHaveValue('');
  await expect(page.getByText('alice@example.org')).toHaveCount(0);
});
