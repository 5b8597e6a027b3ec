// Every ending has its own sentence and its own way on, and costs no call that is not needed.
import { expect, test } from '../fixtures/journey';

const CONTACT = 'alice.new@example.org';
const OLD = { address: 'alice@example.org', verified: true };
const NEW = { address: CONTACT, verified: true };

// There is a countdown with JavaScript only; what happens without it is the next test.
const withScript = { tag: '@with-javascript' };
test('a code whose time is over takes the button away and keeps what was typed', withScript, async ({
  journey,
  sandbox,
}) => {
  await sandbox.limits({ codeLifetimeSeconds: 6 });
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.codeField.fill('123456');
  await expect(journey.page.getByRole('timer')).toHaveText('0:00');

  await expect(journey.button('Verify')).toBeHidden();
  await expect(journey.page.getByRole('alert').filter({ hasText: 'The code has expired.' })).toBeVisible();
  await expect(journey.codeField).toHaveValue('123456');
  await expect(journey.codeField).toBeFocused();
  await journey.codeField.press('Enter');
  expect((await sandbox.ledger()).finishes).toEqual([]);

  await sandbox.limits({ codeLifetimeSeconds: 600 });
  await journey.button('Send a new code').click();
  await expect(journey.button('Verify')).toBeVisible();
  await journey.finish({ contact: CONTACT });
  const { begins, finishes } = await sandbox.ledger();
  expect([begins.length, finishes.length]).toEqual([2, 1]);
  expect((await sandbox.person('alice')).emails).toEqual([OLD, NEW]);
});

// With JavaScript the button is gone by then.
const withoutScript = { tag: '@without-javascript' };
test('a code that is entered too late is told to be so, and the service is not asked', withoutScript, async ({
  journey,
  sandbox,
}) => {
  await sandbox.limits({ codeLifetimeSeconds: 10 });
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  const code = await sandbox.latestCode(CONTACT);
  await journey.page.waitForTimeout(10_100);
  await journey.enterCode(code);

  await expect(journey.heading('The code has expired')).toBeVisible();
  expect((await sandbox.ledger()).finishes).toEqual([]);
  await sandbox.limits({ codeLifetimeSeconds: 600 });
  await journey.button('Send a new code').click();
  await journey.finish({ contact: CONTACT });
  const { begins, finishes } = await sandbox.ledger();
  expect([begins.length, finishes.length]).toEqual([2, 1]);
  expect((await sandbox.person('alice')).emails).toEqual([OLD, NEW]);
});

test('a code that the service gave up earlier is told as such, without pretending to know why', async ({
  journey,
  sandbox,
}) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await sandbox.advanceClock(601);
  await journey.enterCode(await sandbox.latestCode(CONTACT));

  await expect(journey.heading('That code no longer works')).toBeVisible();
  await journey.button('Send a new code').click();
  await expect(journey.codeField).toBeVisible();
  await journey.finish({ contact: CONTACT });
  const { begins, finishes } = await sandbox.ledger();
  expect(begins).toHaveLength(2);
  expect(finishes.map(({ outcome }) => outcome)).toEqual(['expired', 'changed']);
});

test('a limit on messages to an address is told with its end, and the present code still works', async ({
  journey,
  sandbox,
}) => {
  await sandbox.limits({ perAddress: 1 });
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.button('Send a new code').click();

  await expect(journey.problem).toContainText('code still works');
  await expect(journey.problem).toContainText(/We cannot send more codes until \d{1,2}:\d\d [ap]m/);
  await journey.finish({ contact: CONTACT });
  const { begins, finishes, messages } = await sandbox.ledger();
  expect(begins.map(({ outcome }) => outcome)).toEqual(['sent', 'limit_address']);
  expect(finishes.map(({ outcome }) => outcome)).toEqual(['changed']);
  expect(messages.filter(({ cause }) => cause === 'begin')).toHaveLength(1);
});

test('a limit on messages to an address lets the person use a different one now', async ({ journey, sandbox }) => {
  const other = 'alice.other@example.org';
  await sandbox.limits({ perAddress: 1 });
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.enterCode('no code at all');
  await journey.button('Use a different email address').click();
  await expect(journey.page.getByLabel('New email address')).toHaveValue(CONTACT);
  await journey.button('Send code').click();
  await expect(journey.problem).toContainText(/We cannot send more codes until \d{1,2}:\d\d [ap]m/);
  await expect(journey.page.getByLabel('New email address')).toHaveValue(CONTACT);
  await journey.begin({ contact: other });
  await journey.finish({ contact: other });

  const { begins } = await sandbox.ledger();
  expect(begins.map(({ outcome }) => outcome)).toEqual(['sent', 'limit_address', 'sent']);
  expect((await sandbox.person('alice')).emails).toEqual([OLD, { address: other, verified: true }]);
});

test('a limit on messages to a person is told with its end', async ({ journey, sandbox }) => {
  await sandbox.limits({ perUser: 1 });
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.button('Cancel').click();
  await expect(journey.heading('Your contact information')).toBeVisible();
  await journey.page.goto('/email');
  await journey.askForCode({ contact: 'alice.other@example.org' });

  await expect(journey.problem).toContainText(/We cannot send more codes until \d{1,2}:\d\d [ap]m/);
  const { begins, messages } = await sandbox.ledger();
  expect(begins.map(({ outcome }) => outcome)).toEqual(['sent', 'limit_user']);
  expect(messages).toHaveLength(1);
});

test('an address that another account took meanwhile is told only after the right code', async ({
  journey,
  sandbox,
}) => {
  await sandbox.faults([{ call: 'finish', fault: 'taken', times: 1 }]);
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.enterCode(await sandbox.latestCode(CONTACT));

  await expect(journey.heading('This contact is used on another account')).toBeVisible();
  await journey.button('Use a different email address').click();
  await expect(journey.page.getByLabel('New email address')).toHaveValue(CONTACT);
  const { begins, finishes } = await sandbox.ledger();
  expect(begins).toHaveLength(1);
  expect(finishes).toMatchObject([{ outcome: 'taken', status: 409 }]);
  expect((await sandbox.person('alice')).emails).toEqual([OLD]);
});

test('when the app itself may not ask, the person gets a reference that the operator finds in the log', async ({
  app,
  journey,
  sandbox,
}) => {
  await sandbox.faults([{ call: 'begin', fault: 'status', status: 403, times: 1 }]);
  await journey.signIn('Alice Archer', '/email');
  await journey.askForCode({ contact: CONTACT, primary: true });

  await expect(journey.problem).toContainText('We cannot send a code right now, so nothing was sent.');
  const reference = /quote reference (\S+)\./.exec((await journey.problem.textContent()) ?? '')?.[1] ?? '';
  expect(reference).not.toBe('');
  expect(app.log).toContain(reference);
  expect((await sandbox.ledger()).messages).toEqual([]);
  // The address and the choice are still there: one press more is enough.
  await expect(journey.page.getByLabel('New email address')).toHaveValue(CONTACT);
  await expect(journey.page.getByLabel('Make it my primary email address')).toBeChecked();
  await journey.button('Send code').click();
  await journey.finish({ contact: CONTACT });
  expect((await sandbox.person('alice')).emails).toEqual([NEW, OLD]);
});
