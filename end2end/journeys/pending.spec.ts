// A change that waits for its code survives whatever a person does with their tabs, and can be given up.
import { expect, test } from '../fixtures/journey';

const CONTACT = 'alice.new@example.org';
const OLD = { address: 'alice@example.org', verified: true };
const NEW = { address: CONTACT, verified: true };

/** The seconds that a countdown shows. */
function seconds(shown: string | null): number {
  const [minutes = '', rest = ''] = (shown ?? '').split(':');
  return Number(minutes) * 60 + Number(rest);
}

test('a reload in the middle keeps the change, its code and its time', async ({ hasScript, journey, sandbox }) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT, primary: true });
  const end = await journey.page.getByText('The code works until').textContent();
  const timer = journey.page.getByRole('timer');
  const before = hasScript ? seconds(await timer.textContent()) : 0;
  await journey.page.reload();

  await expect(journey.page.getByText(`We sent a 6-digit code to ${CONTACT}`)).toBeVisible();
  await expect(journey.page.getByText('The code works until')).toHaveText(end ?? '');
  if (hasScript) {
    const after = seconds(await timer.textContent());
    expect(after).toBeLessThanOrEqual(before);
    expect(after).toBeGreaterThan(before - 30);
  }
  await journey.countdownMoves();
  await journey.finish({ contact: CONTACT });
  expect((await sandbox.person('alice')).emails).toEqual([NEW, OLD]);
  expect((await sandbox.ledger()).begins).toHaveLength(1);
});

test('a closed tab loses nothing: the first page shows the waiting change and leads back to it', async ({
  journey,
  sandbox,
}) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  const later = await journey.inAnotherTab();
  await journey.page.waitForLoadState();
  await journey.page.close();
  await later.page.goto('/');
  await expect(later.page.getByText(`You started a change to ${CONTACT} and have not finished it.`)).toBeVisible();
  await later.page.getByRole('link', { name: 'Continue' }).click();
  await later.countdownMoves();
  await later.finish({ contact: CONTACT });

  await later.page.goto('/');
  await expect(later.page.getByText('have not finished')).toBeHidden();
  expect((await sandbox.person('alice')).emails).toEqual([OLD, NEW]);
  expect((await sandbox.ledger()).begins).toHaveLength(1);
});

test('a second tab shows the same waiting change and can finish it', async ({ journey, sandbox }) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  const other = await journey.inAnotherTab();
  await other.page.goto('/email');
  await expect(other.page.getByText(`We sent a 6-digit code to ${CONTACT}`)).toBeVisible();
  await other.countdownMoves();
  await other.finish({ contact: CONTACT });

  const { begins, finishes } = await sandbox.ledger();
  expect([begins.length, finishes.length]).toEqual([1, 1]);
  expect((await sandbox.person('alice')).emails).toEqual([OLD, NEW]);
});

test('when another tab asked for a new code, the old page says so and does not spend it', async ({
  journey,
  sandbox,
}) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  const old = await sandbox.latestCode(CONTACT);
  const other = await journey.inAnotherTab();
  await other.page.goto('/email');
  await other.countdownMoves();
  await other.button('Send a new code').click();
  await expect(async () => expect(await sandbox.outbox(CONTACT)).toHaveLength(2)).toPass();
  await expect(other.button('Verify')).toBeEnabled();
  await journey.enterCode(old);

  await expect(journey.problem).toContainText('A newer code was asked for meanwhile, so nothing was checked.');
  expect((await sandbox.ledger()).finishes).toEqual([]);
  await journey.finish({ contact: CONTACT });
  const { begins, finishes } = await sandbox.ledger();
  expect([begins.length, finishes.length]).toEqual([2, 1]);
  expect((await sandbox.person('alice')).emails).toEqual([OLD, NEW]);
});

test('a second change that is begun on an old page is told of the waiting one, and sends nothing', async ({
  journey,
  sandbox,
}) => {
  const other = await journey.inAnotherTab();
  await journey.signIn('Alice Archer', '/email');
  await other.page.goto('/email');
  await other.type('email', 'alice.other@example.org');
  await journey.begin({ contact: CONTACT });
  await other.button('Send code').click();

  await expect(other.problem).toContainText(`You have already started changing to ${CONTACT}`);
  await expect(other.page.getByText(`We sent a 6-digit code to ${CONTACT}`)).toBeVisible();
  const { begins, messages } = await sandbox.ledger();
  expect(begins.map(({ contact }) => contact)).toEqual([CONTACT]);
  expect(messages).toHaveLength(1);
});

test('someone who cancels has nothing waiting, and nothing was changed', async ({ journey, sandbox }) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.button('Cancel').click();

  await expect(journey.heading('Your contact information')).toBeVisible();
  await expect(journey.page).toHaveURL('/');
  await expect(journey.page.getByText('have not finished')).toBeHidden();
  await journey.page.goto('/email');
  await expect(journey.page.getByLabel('New email address')).toHaveValue('');
  const { begins, finishes } = await sandbox.ledger();
  expect([begins.length, finishes.length]).toEqual([1, 0]);
  expect((await sandbox.person('alice')).emails).toEqual([OLD]);
});

test('someone who mistyped the address goes back to it and corrects it', async ({ journey, sandbox }) => {
  const slip = 'alcie.new@example.org';
  await journey.signInAndBegin('Alice Archer', { contact: slip, primary: true });
  const price = 'If you choose a different address, this code no longer works.';
  await expect(journey.page.getByText(price), 'they know before what it takes').toBeVisible();
  const different = journey.button('Use a different email address');
  await expect(different, 'and hear it').toHaveAccessibleDescription(new RegExp(price));
  await different.click();
  await expect(journey.page.getByLabel('New email address')).toHaveValue(slip);
  await expect(journey.page.getByLabel('Make it my primary email address')).toBeChecked();
  await journey.begin({ contact: CONTACT, primary: true });
  await journey.finish({ contact: CONTACT });

  expect((await sandbox.person('alice')).emails).toEqual([NEW, OLD]);
  const { begins, finishes } = await sandbox.ledger();
  expect(begins.map(({ contact }) => contact)).toEqual([slip, CONTACT]);
  expect(finishes).toHaveLength(1);
});

test('an email address and a mobile number can wait for their codes at the same time', async ({
  journey,
  sandbox,
}) => {
  const number = '+447700900144';
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  const other = await journey.inAnotherTab();
  await other.page.goto('/mobile');
  await other.begin({ kind: 'mobile', contact: number });
  await journey.finish({ contact: CONTACT });
  await other.finish({ kind: 'mobile', contact: number });

  const alice = await sandbox.person('alice');
  expect(alice.emails).toEqual([OLD, NEW]);
  expect(alice.mobiles).toEqual([{ number, verified: true }]);
});

// Without JavaScript there is nothing that comes later than the page.
const withScript = { tag: '@with-javascript' };
test('a code that was typed before the script arrived is taken as it was typed', withScript, async ({
  journey,
  sandbox,
}) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await journey.page.route('**/*.wasm', async (route) => {
    await held;
    await route.continue();
  });
  await journey.page.reload({ waitUntil: 'commit' });
  await journey.codeField.fill(await sandbox.latestCode(CONTACT));
  release();
  await journey.countdownMoves();
  await expect(journey.codeField).toHaveValue(/^\d{6}$/);
  await journey.button('Verify').click();

  await expect(journey.heading('Your email address is verified')).toBeVisible();
  expect((await sandbox.person('alice')).emails).toEqual([OLD, NEW]);
});
