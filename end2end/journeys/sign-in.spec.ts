// Signing in and out: who comes in sees their own contacts only, and who went out left nothing open.
import { expect, inGroups, test, WORDS } from '../fixtures/journey';

const CONTACT = 'alice.new@example.org';

test('someone who follows a link to the mobile number comes there after signing in', async ({ journey, sandbox }) => {
  await journey.page.goto('/mobile');
  await expect(journey.page).toHaveURL((url) => url.origin === sandbox.url);
  await journey.page.getByRole('button', { name: 'Alice Archer' }).click();
  await expect(journey.page).toHaveURL('/mobile');
  await expect(journey.page.getByLabel(WORDS.mobile.label)).toBeVisible();
});

test('someone who signs out is signed out here and at the provider', async ({ journey, sandbox }) => {
  await journey.signIn('Alice Archer', '/');
  await journey.button('Sign out').click();
  await expect(journey.heading('You are signed out')).toBeVisible();
  await expect(journey.page).toHaveURL('/signed-out');

  await journey.page.goto('/email');
  await expect(journey.page).toHaveURL((url) => url.origin === sandbox.url);
  await expect(journey.page.getByRole('button', { name: 'Alice Archer' })).toBeVisible();
  await expect(journey.page.getByRole('button', { name: 'Bob Baker' })).toBeVisible();
});

test('a session cookie that was copied before is worth nothing after signing out', async ({
  context,
  journey,
  sandbox,
}) => {
  await journey.signIn('Alice Archer', '/');
  const cookies = await context.cookies();
  const [session] = cookies.filter(({ name }) => name === 'session');
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
  await journey.button('Sign out').click();
  await expect(journey.heading('You are signed out')).toBeVisible();
  await context.clearCookies();
  await context.addCookies(session ? [session] : []);
  await journey.page.goto('/');
  await expect(journey.page).toHaveURL((url) => url.origin === sandbox.url);
});

test('someone else who signs in sees their own contacts and nothing that is waiting for another', async ({
  journey,
  sandbox,
}) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.button('Sign out').click();
  await journey.page.getByRole('link', { name: 'Sign in again' }).click();
  await journey.page.getByRole('button', { name: 'Henry Hill' }).click();

  await expect(journey.heading('Your contact information')).toBeVisible();
  await expect(journey.page.getByText('Henry Hill')).toBeVisible();
  await expect(journey.page.getByText('There is no email address on your account.')).toBeVisible();
  expect(await journey.listed('Mobile numbers')).toEqual([[inGroups('+447700900108'), 'Primary', 'Verified']]);
  await expect(journey.page.locator('body')).not.toContainText(/alice/i);
  await journey.page.goto('/email');
  await expect(journey.page.getByLabel('New email address')).toHaveValue('');

  // What Henry does is Henry's.
  await journey.begin({ contact: 'henry@example.org' });
  await journey.finish({ contact: 'henry@example.org' });
  expect((await sandbox.person('henry')).emails).toEqual([{ address: 'henry@example.org', verified: true }]);
  expect((await sandbox.person('alice')).emails).toEqual([{ address: 'alice@example.org', verified: true }]);
});

test('someone who was signed out meanwhile is told so, nothing is sent, and signing in leads back', async ({
  context,
  hasScript,
  journey,
  sandbox,
}) => {
  await journey.signIn('Alice Archer', '/email');
  await journey.type('email', CONTACT);
  await context.clearCookies();
  await journey.button('Send code').click();
  if (hasScript) {
    await expect(journey.page.getByRole('alert').filter({ hasText: 'You have been signed out, so nothing was done.' }))
      .toBeVisible();
    await expect(journey.page.getByLabel('New email address')).toHaveValue(CONTACT);
    await journey.page.getByRole('main').getByRole('link', { name: 'Sign in' }).click();
  }

  await expect(journey.page).toHaveURL((url) => url.origin === sandbox.url);
  expect((await sandbox.ledger()).begins).toEqual([]);
  await journey.page.getByRole('button', { name: 'Alice Archer' }).click();
  await expect(journey.page).toHaveURL('/email');
  await journey.begin({ contact: CONTACT });
  expect((await sandbox.ledger()).begins).toHaveLength(1);
});

test('someone who was signed out while waiting for the code finds the change again after signing in', async ({
  context,
  journey,
  sandbox,
}) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await context.clearCookies();
  await journey.page.goto('/email');
  await journey.page.getByRole('button', { name: 'Alice Archer' }).click();
  await journey.countdownMoves();
  await journey.finish({ contact: CONTACT });

  const { begins, finishes } = await sandbox.ledger();
  expect([begins.length, finishes.length]).toEqual([1, 1]);
});

test('a form that another site posts is refused, and nothing is sent', async ({ journey, sandbox }) => {
  await journey.signIn('Alice Archer', '/email');
  const response = await journey.page.request.post('/api/begin', {
    form: { kind: 'email', flow: '', contact: CONTACT },
    headers: { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site', Accept: 'text/html' },
  });
  expect(response.status()).toBe(403);
  expect(await response.text()).toContain('This was not sent from our own page');
  expect((await sandbox.ledger()).begins).toEqual([]);
});

test('the pages of a person and their presses are not to be had without signing in', async ({ request, sandbox }) => {
  for (const path of ['/', '/email', '/mobile']) {
    const response = await request.get(path, { maxRedirects: 0 });
    expect(response.status()).toBe(303);
    expect(response.headers()['location']).toMatch(/^\/sign-in/);
  }
  const response = await request.post('/api/begin', {
    form: { kind: 'email', flow: '', contact: CONTACT },
    headers: { Accept: 'application/json' },
    maxRedirects: 0,
  });
  expect(response.status()).toBe(401);
  expect((await sandbox.ledger()).begins).toEqual([]);
});
