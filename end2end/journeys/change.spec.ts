// The change itself: what was asked for is what the service holds, and what the pages show.
import { expect, inGroups, test, WORDS, type Kind } from '../fixtures/journey';
import type { Person } from '../fixtures/sandbox';

const NEW = { email: 'bob.new@example.org', mobile: '+447700900142' };
/** As they are shown back: a number in groups, with its country. */
const SHOWN = { email: NEW.email, mobile: '+44 7700 900142 (United Kingdom)' };
const CHANNEL = { email: 'email', mobile: 'sms' };
const ASKED = { email: 'an email address', mobile: 'a mobile number' };

const NOUN = { email: 'email address', mobile: 'mobile number' };

/** What can be chosen, and the order that follows from it. */
const CHOICES = [
  {
    wish: 'adds',
    then: 'it comes last',
    follows: { email: '', mobile: '' },
    options: {},
    primary: (old: string) => `${old} is still your primary`,
    order: (old: string[], fresh: string) => [...old, fresh],
  },
  {
    wish: 'makes primary',
    then: 'it comes first',
    follows: {
      email: 'Once verified, it becomes your primary email address.',
      mobile: 'Once verified, it becomes your primary mobile number.',
    },
    options: { primary: true },
    primary: () => 'It is your primary',
    order: (old: string[], fresh: string) => [fresh, ...old],
  },
  {
    wish: 'replaces all others by',
    then: 'it is the only one',
    follows: {
      email: 'Any other email addresses will be removed.',
      mobile: 'Any other mobile numbers will be removed.',
    },
    options: { replaceAll: true },
    primary: () => 'It is your primary',
    order: (_: string[], fresh: string) => [fresh],
  },
];

function held(person: Person, kind: Kind): { value: string; verified: boolean }[] {
  return kind === 'email'
    ? person.emails.map(({ address, verified }) => ({ value: address, verified }))
    : person.mobiles.map(({ number, verified }) => ({ value: number, verified }));
}

for (const kind of ['email', 'mobile'] as const) {
  for (const { wish, then, follows, options, primary, order } of CHOICES) {
    test(`someone ${wish} ${ASKED[kind]} with the code from the message, and reads that ${then}`, async ({ journey, sandbox }) => {
      const contact = NEW[kind];
      const before = held(await sandbox.person('bob'), kind).map(({ value }) => value);
      const after = order(before, contact);
      const asShown = after.map((value, place) => [inGroups(value), ...(place === 0 ? ['Primary'] : []), 'Verified']);

      await journey.signInAndBegin('Bob Baker', { kind, contact, ...options });
      await expect(journey.page.getByText(`We sent a 6-digit code to ${SHOWN[kind]}`)).toBeVisible();
      await expect(journey.page.locator('.sent-to [role=status]')).toHaveText(follows[kind]);
      await journey.finish({ kind, contact });

      const which = `${primary(inGroups(before[0] ?? ''))} ${NOUN[kind]}.`;
      await expect(journey.page.locator('.done').getByText(which, { exact: true })).toBeVisible();
      expect(await journey.listed(WORDS[kind].doneListed)).toEqual(asShown);
      expect(held(await sandbox.person('bob'), kind)).toEqual(after.map((value) => ({ value, verified: true })));
      await journey.page.getByRole('link', { name: 'Back to your contact information' }).click();
      expect(await journey.listed(WORDS[kind].listed)).toEqual(asShown);

      const { begins, finishes, messages } = await sandbox.ledger();
      expect(begins).toMatchObject([
        { kind, contact, primary: false, replaceAll: false, ...options, outcome: 'sent', status: 200 },
      ]);
      expect(finishes).toMatchObject([{ kind, contact, outcome: 'changed', status: 200 }]);
      const codes = messages.filter(({ cause }) => cause === 'begin');
      expect(codes).toMatchObject([{ channel: CHANNEL[kind], to: contact, outcome: 'sent' }]);
    });
  }
}

test('a number as it is dialled at home is understood, and shown back with its country', async ({ journey, sandbox }) => {
  await journey.signIn('Alice Archer', '/mobile');
  const home = 'You can leave out + and the country code for a number of this country: United Kingdom';
  await expect(journey.page.getByText(home)).toBeVisible();
  await journey.type('mobile', '07700 900123');
  if (journey.hasScript) {
    const shownBack = journey.page.getByRole('status').filter({ hasText: 'We will send the code to' });
    await expect(shownBack).toHaveText('We will send the code to +44 7700 900123 (United Kingdom)');
  }
  expect((await sandbox.ledger()).begins, 'nothing is sent yet').toEqual([]);
  await journey.button('Send code').click();
  await expect(journey.page.getByText('We sent a 6-digit code to +44 7700 900123 (United Kingdom)')).toBeVisible();
  expect((await sandbox.ledger()).begins).toMatchObject([{ contact: '+447700900123', outcome: 'sent' }]);
});

test('someone without a mobile number gives their first one', async ({ journey, sandbox }) => {
  const contact = '+447700900143';
  await journey.signIn('Alice Archer', '/');
  await expect(journey.page.getByText('There is no mobile number on your account.')).toBeVisible();
  await journey.page.getByRole('link', { name: 'Add mobile number' }).click();
  await expect(journey.heading('Add mobile number'), 'there is none to change').toBeVisible();
  await expect(journey.page).toHaveTitle('Add mobile number – Contact information');
  await expect(journey.page.getByRole('checkbox'), 'of one alone there is nothing to choose').toHaveCount(0);
  await journey.begin({ kind: 'mobile', contact: '+44 7700 900 143' });
  await expect(journey.page).toHaveTitle('Enter the code – Add mobile number – Contact information');
  await journey.finish({ kind: 'mobile', contact });

  await expect(journey.page.getByText('It is your primary mobile number.')).toBeVisible();
  expect((await sandbox.person('alice')).mobiles).toEqual([{ number: contact, verified: true }]);
});

test('someone verifies an address that was listed without being verified, where it stands', async ({
  journey,
  sandbox,
}) => {
  const contact = 'carol.carter@example.com';
  await journey.signIn('Carol Carter', '/');
  expect(await journey.listed('Email addresses')).toContainEqual([contact, 'Not', 'verified', 'Verify', 'now']);
  await journey.button(`Verify now: ${contact}`).click();
  await expect(journey.page.getByText(`We sent a 6-digit code to ${contact}`)).toBeVisible();
  await journey.countdownMoves();
  await journey.finish({ contact });

  expect((await sandbox.person('carol')).emails).toEqual([
    { address: 'carol@example.org', verified: true },
    { address: contact, verified: true },
  ]);
});

test('the page of what is done is the same after a reload, and the next visit starts a new change', async ({
  journey,
  sandbox,
}) => {
  const contact = 'alice.new@example.org';
  await journey.signInAndBegin('Alice Archer', { contact });
  await journey.finish({ contact });
  await journey.page.reload();
  await expect(journey.heading(WORDS.email.done)).toBeVisible();
  await journey.page.goto('/email');
  await expect(journey.page.getByLabel('New email address')).toHaveValue('');

  const { begins, finishes } = await sandbox.ledger();
  expect([begins.length, finishes.length]).toEqual([1, 1]);
});

/** What is typed, the sentence that follows, and whether the service was asked. */
const REFUSED = [
  { what: 'nothing', path: '/email', typed: '', sentence: 'Enter your new email address', calls: 0 },
  { what: 'half an address', path: '/email', typed: 'bob@example', sentence: 'Enter a full email address', calls: 0 },
  { what: 'a number that their own country has not', path: '/mobile', typed: '040 123 4501', sentence: 'start with +', calls: 0 },
  { what: 'the address they have', path: '/email', typed: 'bob@example.org', sentence: 'so nothing was sent. It cannot be made primary here', calls: 1 },
];

for (const { what, path, typed, sentence, calls } of REFUSED) {
  test(`someone who enters ${what} is told so, and no message is sent`, async ({ journey, sandbox }) => {
    const kind = path === '/email' ? 'email' : 'mobile';
    await journey.signIn('Bob Baker', path);
    await journey.page.getByLabel(WORDS[kind].label).fill(typed);
    await journey.page.getByLabel(WORDS[kind].primary).check();
    await journey.button('Send code').click();

    await expect(journey.problem).toContainText(sentence);
    await expect(journey.page.getByText('We will send the code to')).toBeHidden();
    await expect(journey.page.getByLabel(WORDS[kind].label)).toHaveValue(typed);
    await expect(journey.page.getByLabel(WORDS[kind].primary)).toBeChecked();
    await expect(journey.page).toHaveTitle(/^Error: /);
    const { begins, messages } = await sandbox.ledger();
    expect(begins).toHaveLength(calls);
    expect(messages).toEqual([]);
  });
}
