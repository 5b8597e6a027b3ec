// Whoever proved who they are too long ago does so again before a code is sent, and finds what they had typed.
import { expect, test } from '../fixtures/journey';

const CONTACT = 'alice.new@example.org';

// Every sign-in is too old at once, unless the provider's clock is ahead.
test.use({ settings: { CONTACT_CHANGE_SESSION__FRESH_FOR: '1ms' } });

test('someone who signed in long ago signs in again, and goes on with what they had typed', async ({ journey, sandbox }) => {
  const { page } = journey;
  await journey.signIn('Alice Archer', '/email');
  await expect(page.getByText('You will be asked to sign in again before the code is sent.')).toBeVisible();
  await journey.askForCode({ contact: CONTACT, primary: true });
  await expect(page, 'the provider asks who it is').toHaveURL((url) => url.origin === sandbox.url);
  expect((await sandbox.ledger()).begins).toEqual([]);

  await sandbox.advanceClock(20);
  await page.getByRole('button', { name: 'Alice Archer' }).click();
  await expect(page.getByLabel('New email address')).toHaveValue(CONTACT);
  await expect(page.getByLabel('Make it my primary email address')).toBeChecked();
  await expect(journey.problem).toBeHidden();
  await expect(page.getByText('You have signed in again.')).toBeVisible();

  await journey.begin({ contact: CONTACT, primary: true });
  await journey.finish({ contact: CONTACT });
  const { begins, finishes } = await sandbox.ledger();
  expect(begins).toMatchObject([{ contact: CONTACT, primary: true, outcome: 'sent' }]);
  expect(finishes).toMatchObject([{ outcome: 'changed' }]);
});

test('someone who goes back without signing in again is told why, and keeps what they had typed', async ({ journey, sandbox }) => {
  const { page } = journey;
  await journey.signIn('Alice Archer', '/email');
  await journey.askForCode({ contact: CONTACT });
  await expect(page).toHaveURL((url) => url.origin === sandbox.url);

  await page.goto('/email');
  await expect(journey.problem).toContainText('sign in again before you change this');
  await expect(page.getByLabel('New email address')).toHaveValue(CONTACT);
  await journey.askForCode({ contact: CONTACT });
  await expect(page).toHaveURL((url) => url.origin === sandbox.url);
  expect((await sandbox.ledger()).begins).toEqual([]);
});
