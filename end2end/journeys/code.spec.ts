// The code can be entered once: what is no code never reaches the service, and no press is counted twice.
import { anotherCode, expect, test } from '../fixtures/journey';

const CONTACT = 'alice.new@example.org';
const OLD = { address: 'alice@example.org', verified: true };
const NEW = { address: CONTACT, verified: true };

/** The digits of a code in another script. */
function digitsFrom(zero: string, code: string): string {
  return code.replaceAll(/\d/g, (digit) => String.fromCodePoint((zero.codePointAt(0) ?? 0) + Number(digit)));
}

test('a wrong code is told, and one press sends a new one without retyping anything', async ({ journey, sandbox }) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT, primary: true });
  await journey.enterCode(anotherCode(await sandbox.latestCode(CONTACT)));

  await expect(journey.heading('The code is not correct')).toBeVisible();
  await expect(journey.page.getByText(`you need a new one for ${CONTACT}`)).toBeVisible();
  expect((await sandbox.person('alice')).emails).toEqual([OLD]);
  await journey.button('Send a new code').click();
  await expect(journey.codeField).toHaveValue('');
  await journey.finish({ contact: CONTACT });

  expect((await sandbox.person('alice')).emails).toEqual([NEW, OLD]);
  const { begins, finishes } = await sandbox.ledger();
  expect(begins).toMatchObject([
    { contact: CONTACT, primary: true, outcome: 'sent' },
    { contact: CONTACT, primary: true, outcome: 'sent' },
  ]);
  expect(finishes.map(({ outcome }) => outcome)).toEqual(['wrong_code', 'changed']);
});

test('a new code that is asked for finds an empty field, and the page says that it is a new one', async ({ journey, sandbox }) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await expect(journey.page.getByText('Earlier codes no longer work.')).toBeHidden();
  await journey.codeField.fill(await sandbox.latestCode(CONTACT));
  await journey.button('Send a new code').click();

  const isNew = journey.page.getByText('This is a new code. Earlier codes no longer work.');
  await expect(isNew).toBeVisible();
  const [line, contact] = await Promise.all([isNew.boundingBox(), journey.page.getByText(CONTACT).boundingBox()]);
  expect(line!.y, 'on a line of its own').toBeGreaterThanOrEqual(contact!.y + contact!.height);
  await expect(journey.codeField).toHaveValue('');
  await journey.countdownMoves();
  await journey.finish({ contact: CONTACT });
  expect((await sandbox.ledger()).finishes.map(({ outcome }) => outcome)).toEqual(['changed']);
});

const MALFORMED = [
  { what: 'nothing', typed: () => '', sentence: 'Enter the 6-digit code from the message' },
  { what: 'five digits', typed: (code: string) => code.slice(1), sentence: 'You entered 5 of the 6 digits.' },
  { what: 'seven digits', typed: (code: string) => `${code}7`, sentence: 'Enter only the 6 digits of the code.' },
  { what: 'letters', typed: () => 'abcdef', sentence: 'Enter the 6-digit code from the message' },
];

for (const { what, typed, sentence } of MALFORMED) {
  test(`someone who enters ${what} is told beside the field, and the code still works`, async ({
    hasScript,
    journey,
    sandbox,
  }) => {
    await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
    const code = await sandbox.latestCode(CONTACT);
    await journey.enterCode(typed(code));

    await expect(journey.page.locator('#code-error')).toContainText(sentence);
    await expect(journey.codeField).toHaveAttribute('aria-invalid', 'true');
    // Without JavaScript the page is a new one, and no code is ever written into a page.
    await expect(journey.codeField).toHaveValue(hasScript ? typed(code) : '');
    await expect(journey.codeField).toHaveAccessibleDescription(new RegExp(sentence));
    expect((await sandbox.ledger()).finishes).toEqual([]);
    await journey.finish({ contact: CONTACT });

    expect((await sandbox.person('alice')).emails).toEqual([OLD, NEW]);
    expect((await sandbox.ledger()).finishes).toMatchObject([{ outcome: 'changed' }]);
  });
}

const WRITINGS = [
  { what: 'pasted with the sentence around it', write: (code: string) => `Your verification code is ${code}.` },
  { what: 'with a space in the middle', write: (code: string) => ` ${code.slice(0, 3)} ${code.slice(3)} ` },
  { what: 'with a hyphen in the middle', write: (code: string) => `${code.slice(0, 3)}-${code.slice(3)}` },
  { what: 'in full-width digits', write: (code: string) => digitsFrom('０', code) },
  { what: 'in Arabic-Indic digits', write: (code: string) => digitsFrom('٠', code) },
];

for (const { what, write } of WRITINGS) {
  test(`a code ${what} is the same code`, async ({ journey, sandbox }) => {
    await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
    await journey.finish({ contact: CONTACT }, write);

    expect((await sandbox.person('alice')).emails).toEqual([OLD, NEW]);
    expect((await sandbox.ledger()).finishes).toMatchObject([{ outcome: 'changed' }]);
  });
}

test('a double click on each button is one call, and the true outcome is shown', async ({ journey, sandbox }) => {
  // The service takes its time, so that the second click surely comes before the answer.
  await sandbox.faults([
    { call: 'begin', fault: 'slow', milliseconds: 2_000 },
    { call: 'finish', fault: 'slow', milliseconds: 2_000 },
  ]);
  await journey.signIn('Alice Archer', '/email');
  await journey.type('email', CONTACT);
  await journey.button('Send code').dblclick();
  await journey.codeField.fill(await sandbox.latestCode(CONTACT));
  await journey.button('Verify').dblclick();
  await expect(journey.heading('Your email address is verified')).toBeVisible();

  expect((await sandbox.person('alice')).emails).toEqual([OLD, NEW]);
  const { begins, finishes } = await sandbox.ledger();
  expect(begins.map(({ outcome }) => outcome)).toEqual(['sent']);
  expect(finishes.map(({ outcome }) => outcome)).toEqual(['changed']);
});

// Without JavaScript the answer is a page of its own, and the first form is the one that is sent twice.
test('a double click on the button for a new code sends one, however quick the answer is', { tag: '@with-javascript' }, async ({
  journey,
  sandbox,
}) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  const resend = journey.page.locator('#resend');
  // In the page, so that a busy machine does not come between the two.
  await resend.evaluate(async (button: HTMLButtonElement) => {
    const form = button.form ?? document.body;
    const flow = () => form.querySelector<HTMLInputElement>('[name="flow"]')?.value;
    const first = flow();
    const answered = new Promise<void>((resolve) => {
      const look = () => flow() !== first && resolve();
      new MutationObserver(look).observe(form, { attributes: true, childList: true, subtree: true });
    });
    button.click();
    await answered;
    await new Promise((resolve) => setTimeout(resolve, 150));
    button.click();
  });
  await expect(resend).toBeEnabled();
  expect((await sandbox.ledger()).messages).toHaveLength(2);

  await resend.click();
  await expect(async () => expect(await sandbox.outbox(CONTACT)).toHaveLength(3)).toPass();
});

test('Enter pressed twice in the field is one call as well', async ({ journey, sandbox }) => {
  await sandbox.faults([{ call: 'finish', fault: 'slow', milliseconds: 2_000 }]);
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.codeField.fill(await sandbox.latestCode(CONTACT));
  await journey.codeField.press('Enter', { noWaitAfter: true });
  await journey.page.keyboard.press('Enter');
  await expect(journey.heading('Your email address is verified')).toBeVisible();

  expect((await sandbox.ledger()).finishes.map(({ outcome }) => outcome)).toEqual(['changed']);
});

test('the same code entered in two tabs is one call, and both show the change', async ({ journey, sandbox }) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  const other = await journey.inAnotherTab();
  await other.page.goto('/email');
  await other.countdownMoves();
  await journey.finish({ contact: CONTACT });
  await other.finish({ contact: CONTACT });

  expect((await sandbox.ledger()).finishes.map(({ outcome }) => outcome)).toEqual(['changed']);
});

test('a wrong code that is sent again from an old page is not tried again', async ({ journey, sandbox }) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  const other = await journey.inAnotherTab();
  await other.page.goto('/email');
  await other.countdownMoves();
  const code = await sandbox.latestCode(CONTACT);
  await journey.enterCode(anotherCode(code));
  await expect(journey.heading('The code is not correct')).toBeVisible();
  await other.enterCode(code);

  await expect(other.heading('The code is not correct')).toBeVisible();
  expect((await sandbox.ledger()).finishes.map(({ outcome }) => outcome)).toEqual(['wrong_code']);
  expect((await sandbox.person('alice')).emails).toEqual([OLD]);
});

test('going back after the change shows nothing to press again, and spends nothing', async ({ journey, sandbox }) => {
  await journey.signIn('Alice Archer', '/');
  await journey.page.getByRole('link', { name: 'Change email address' }).click();
  await journey.begin({ contact: CONTACT });
  await journey.finish({ contact: CONTACT });
  await journey.page.getByRole('link', { name: 'Back to your contact information' }).click();
  await expect(journey.heading('Your contact information')).toBeVisible();
  for (let pages = 0; pages < 3; pages += 1) {
    await journey.page.goBack();
    await expect(journey.page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(journey.codeField).toBeHidden();
  }

  const { begins, finishes } = await sandbox.ledger();
  expect([begins.length, finishes.length]).toEqual([1, 1]);
  expect((await sandbox.person('alice')).emails).toEqual([OLD, NEW]);
});
