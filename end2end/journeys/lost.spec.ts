// When the answer of the service is lost: nothing is sent again by itself, and the page says what is known.
import { expect, test } from '../fixtures/journey';
import type { Fault } from '../fixtures/sandbox';

const CONTACT = 'alice.new@example.org';
const OLD = { address: 'alice@example.org', verified: true };
const NEW = { address: CONTACT, verified: true };

/** How the answer to a call can be lost, whether the service acted or not. */
const LOSSES: { what: string; fault: Omit<Fault, 'call'>; sent: number; settings?: Record<string, string> }[] = [
  { what: 'the connection breaks after the message was sent', fault: { fault: 'reset_after' }, sent: 1 },
  { what: 'the service fails', fault: { fault: 'status', status: 500 }, sent: 0 },
  {
    what: 'the service never answers',
    fault: { fault: 'hang' },
    sent: 0,
    // Sooner than usual, and long enough for every other call of a busy machine.
    settings: { CONTACT_CHANGE_SERVICE__TIMEOUT: '3s' },
  },
  { what: 'the answer is cut off', fault: { fault: 'malformed' }, sent: 1 },
];

for (const { what, fault, sent, settings = {} } of LOSSES) {
  test.describe(() => {
    test.use({ settings });

    test(`someone asks for a code and ${what}: they can start again`, async ({ journey, sandbox }) => {
      await sandbox.faults([{ call: 'begin', times: 1, ...fault }]);
      await journey.signIn('Alice Archer', '/email');
      await journey.askForCode({ contact: CONTACT, primary: true });

      await expect(journey.heading('We do not know whether a code was sent')).toBeVisible();
      await expect(journey.page.getByText(`If a message arrives at ${CONTACT}, the code in it will not work`)).toBeVisible();
      expect((await sandbox.ledger()).begins).toHaveLength(1);
      expect(await sandbox.outbox(CONTACT)).toHaveLength(sent);
      await journey.button('Send a new code').click();
      await expect(journey.codeField).toBeVisible();
      await journey.finish({ contact: CONTACT });

      const { begins, finishes } = await sandbox.ledger();
      expect([begins.length, finishes.length]).toEqual([2, 1]);
      expect((await sandbox.person('alice')).emails).toEqual([NEW, OLD]);
    });
  });
}

test('someone enters the code and the answer is lost after the change: the account tells, and they are done', async ({
  journey,
  sandbox,
}) => {
  await sandbox.faults([{ call: 'finish', fault: 'reset_after', times: 1 }]);
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.finish({ contact: CONTACT });

  expect(await journey.listed('Your email addresses now')).toEqual([
    [OLD.address, 'Primary', 'Verified'],
    [CONTACT, 'Verified'],
  ]);
  expect((await sandbox.ledger()).finishes).toMatchObject([{ outcome: 'changed', status: null }]);
  expect((await sandbox.person('alice')).emails).toEqual([OLD, NEW]);
});

test('someone enters the code and it is lost on the way: they are told that nothing was changed', async ({
  journey,
  sandbox,
}) => {
  await sandbox.faults([{ call: 'finish', fault: 'reset_before', times: 1 }]);
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.enterCode(await sandbox.latestCode(CONTACT));

  await expect(journey.heading('Your contact information was not changed')).toBeVisible();
  expect((await sandbox.ledger()).finishes).toHaveLength(1);
  expect((await sandbox.person('alice')).emails).toEqual([OLD]);
  await journey.button('Send a new code').click();
  await expect(journey.codeField).toBeVisible();
  await journey.finish({ contact: CONTACT });
  const { begins, finishes } = await sandbox.ledger();
  expect(begins).toHaveLength(2);
  expect(finishes.map(({ outcome }) => outcome)).toEqual(['fault:reset_before', 'changed']);
  expect((await sandbox.person('alice')).emails).toEqual([OLD, NEW]);
});

/** The truth that a second look brings, when neither the answer nor the account could be read at first. */
const TRUTHS = [
  { truth: 'the change was made', fault: 'reset_after', heading: 'Your email address is verified', held: [OLD, NEW] },
  {
    truth: 'the change was not made',
    fault: 'reset_before',
    heading: 'Your contact information was not changed',
    held: [OLD],
  },
];

for (const { truth, fault, heading, held } of TRUTHS) {
  test(`when the account cannot be read either, a second look shows that ${truth}`, async ({ journey, sandbox }) => {
    await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
    await sandbox.faults([
      { call: 'finish', fault },
      { call: 'user', fault: 'status', status: 500 },
    ]);
    await journey.enterCode(await sandbox.latestCode(CONTACT));
    await expect(journey.heading('We do not know whether the change was made')).toBeVisible();

    // Looking while the service is still down changes nothing of that.
    await journey.page.getByRole('link', { name: 'Check your contact information' }).click();
    await expect(journey.heading('We do not know whether the change was made')).toBeVisible();
    await sandbox.faults([]);
    await journey.page.getByRole('link', { name: 'Check your contact information' }).click();

    await expect(journey.heading(heading)).toBeVisible();
    const { begins, finishes } = await sandbox.ledger();
    expect([begins.length, finishes.length]).toEqual([1, 1]);
    expect((await sandbox.person('alice')).emails).toEqual(held);
  });
}

test('when the account cannot be read at all, the first page says so and how to go on', async ({
  journey,
  sandbox,
}) => {
  await sandbox.faults([{ call: 'user', fault: 'status', status: 500 }]);
  await journey.signIn('Alice Archer', '/');
  await expect(journey.page.getByText('We cannot show your contact information right now.')).toBeVisible();
  await sandbox.faults([]);
  await journey.page.getByRole('link', { name: 'Try again' }).click();
  expect(await journey.listed('Email addresses')).toEqual([[OLD.address, 'Primary', 'Verified']]);
});
