// Between the browser and the app: a press that has no answer loses nothing, and the same press again is the same press.
// Only a script sends a form without leaving the page; without one the browser itself shows what went wrong.
import type { Route } from '@playwright/test';
import { expect, test, type Journey } from '../fixtures/journey';

const CONTACT = 'alice.new@example.org';
const withScript = { tag: '@with-javascript' };

/** The next answer to a press for a code is lost on its way to the browser. */
async function loseNextAnswer({ page }: Journey): Promise<void> {
  await page.route('**/api/begin', async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  }, { times: 1 });
}

/** The page comes back into sight, and has looked where the change stands. */
async function comeBack({ page }: Journey): Promise<void> {
  const looked = page.waitForResponse('**/api/look*');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })));
  await looked;
}

test('someone who is offline is told so, and the same press works when the connection is back', withScript, async ({
  journey,
  sandbox,
}) => {
  await journey.signIn('Alice Archer', '/email');
  await journey.type('email', CONTACT);
  await journey.page.context().setOffline(true);
  await journey.button('Send code').click();
  await expect(journey.page.getByRole('alert').filter({ hasText: 'No answer came.' })).toBeVisible();
  await expect(journey.page.getByLabel('New email address')).toHaveValue(CONTACT);
  expect((await sandbox.ledger()).begins).toEqual([]);

  await journey.page.context().setOffline(false);
  await journey.button('Send code').click();
  await expect(journey.codeField).toBeVisible();
  expect((await sandbox.ledger()).begins).toHaveLength(1);
});

test('an answer that was lost on its way to the browser is found by pressing again, without a second call', withScript, async ({
  journey,
  sandbox,
}) => {
  await journey.signIn('Alice Archer', '/email');
  await journey.type('email', CONTACT);
  await loseNextAnswer(journey);
  await journey.button('Send code').click();
  await expect(journey.page.getByRole('alert').filter({ hasText: 'Nothing will be done twice.' })).toBeVisible();
  expect((await sandbox.ledger()).begins).toHaveLength(1);

  await journey.button('Send code').click();
  await expect(journey.codeField).toBeVisible();
  expect((await sandbox.ledger()).begins).toHaveLength(1);
  await journey.finish({ contact: CONTACT });
});

test('what was said of a press is over with the next one, even if that is not sent', withScript, async ({ journey }) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.page.context().setOffline(true);
  await journey.enterCode('123456');
  const said = journey.page.getByRole('alert').filter({ hasText: 'No answer came.' });
  await expect(said).toBeVisible();
  await journey.enterCode('12345');
  await expect(journey.page.locator('#code-error')).toContainText('5 of the 6 digits');
  await expect(said).toBeHidden();
});

for (const tag of ['en', 'fi', 'sv', 'ar']) {
  test(`a button that was pressed says what it does and keeps its size (${tag})`, withScript, async ({ journey, page, sandbox }) => {
    await journey.signIn('Alice Archer', '/email');
    await page.goto(`/email?ui_locales=${tag}`);
    for (const [button, field, typed] of [
      ['#begin', '#contact', CONTACT],
      ['#resend', '#code', ''],
      ['#finish', '#code', '123456'],
    ] as const) {
      await expect(page.locator('html[data-live]')).toBeAttached();
      await page.locator(field).fill(typed);
      const before = await page.locator(button).boundingBox();
      const said = await page.locator(button).innerText();
      let goOn = () => {};
      const untilThen = new Promise<void>((resolve) => (goOn = resolve));
      const called = `**/api/${button.slice(1)}`;
      await page.route(called, async (route) => {
        await untilThen;
        await route.continue();
      }, { times: 1 });
      await page.locator(button).click();
      await expect(page.locator(button)).toHaveAttribute('data-busy');
      expect(await page.locator(button).boundingBox()).toEqual(before);
      expect(await page.locator(button).innerText()).not.toBe(said);
      const answered = page.waitForResponse(called);
      goOn();
      await answered;
      await expect(page.locator('[data-busy]')).toHaveCount(0);
    }
    expect((await sandbox.ledger()).finishes).toHaveLength(1);
  });
}

test('an answer that takes too long is given up by the browser, and the person is told', withScript, async ({ journey }) => {
  await journey.page.clock.install();
  await journey.signIn('Alice Archer', '/email');
  await journey.type('email', CONTACT);
  await journey.page.route('**/api/begin', () => undefined);
  await journey.button('Send code').click();
  await expect(journey.page.getByRole('button', { name: 'Sending…' })).toHaveAttribute('aria-disabled', 'true');
  await journey.page.clock.fastForward('02:00');
  await expect(journey.page.getByRole('alert').filter({ hasText: 'No answer came.' })).toBeVisible();
  await expect(journey.button('Send code')).toBeEnabled();
});

test('a page that comes back into sight shows where the change stands, and keeps what was typed', withScript, async ({
  journey,
  sandbox,
}) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.codeField.fill('12');
  await comeBack(journey);
  await expect(journey.codeField).toHaveValue('12');
  await expect(journey.codeField).toBeFocused();

  const other = await journey.inAnotherTab();
  await other.page.goto('/email');
  await other.finish({ contact: CONTACT });
  await comeBack(journey);
  await expect(journey.heading('Your email address is verified')).toBeVisible();
  expect((await sandbox.ledger()).finishes).toHaveLength(1);

  // A page that is there for the next change knows nothing of the one before.
  await journey.page.goto('/email');
  await journey.type('email', 'al');
  await comeBack(journey);
  await expect(journey.page.getByLabel('New email address')).toHaveValue('al');
});

test('a press that had no answer is not asked for again once the page shows what it came to', withScript, async ({ journey }) => {
  await journey.signIn('Alice Archer', '/email');
  await journey.type('email', CONTACT);
  await loseNextAnswer(journey);
  await journey.button('Send code').click();
  const trouble = journey.page.getByRole('alert').filter({ hasText: 'Press the button again.' });
  await expect(trouble).toBeVisible();

  await comeBack(journey);
  await expect(journey.codeField).toBeVisible();
  await expect(trouble).toBeHidden();
});

test('a press that has no answer is told where it is seen, on a small screen as well', withScript, async ({ journey }) => {
  await journey.page.setViewportSize({ width: 320, height: 640 });
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.page.context().setOffline(true);
  await journey.button('Send a new code').click();
  await expect(journey.page.getByText('No answer came.')).toBeInViewport({ ratio: 0.9 });
});

// As after an upgrade that gave the answers another form.
for (const { where, written } of [
  { where: 'before', written: (body: Buffer) => Buffer.concat([Buffer.from([9]), body]) },
  { where: 'after', written: (body: Buffer) => Buffer.concat([body, Buffer.from([9])]) },
]) {
  test(`an answer with something new ${where} it loads the page anew, and it shows what was done`, withScript, async ({
    journey,
    sandbox,
  }) => {
    const { page } = journey;
    await journey.signIn('Alice Archer', '/email');
    await journey.type('email', CONTACT);
    const fulfil = async (route: Route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: written(await response.body()) });
    };
    await page.route('**/api/begin', fulfil, { times: 1 });
    const anew = page.waitForEvent('load');
    await journey.button('Send code').click();
    await anew;
    await expect(journey.codeField).toBeVisible();
    await journey.finish({ contact: CONTACT });
    const { begins, finishes } = await sandbox.ledger();
    expect([begins.length, finishes.length]).toEqual([1, 1]);
  });
}

test('what is ticked and refused in one tab is not so in another, where something else is typed', withScript, async ({
  journey,
  sandbox,
}) => {
  await journey.signIn('Alice Archer', '/email');
  await journey.type('email', CONTACT);
  const other = await journey.inAnotherTab();
  await other.page.goto('/email');
  await other.askForCode({ contact: 'bob@gmial', replaceAll: true });
  await expect(other.problem).toBeVisible();

  await comeBack(journey);
  await expect(journey.page.getByLabel('New email address')).toHaveValue(CONTACT);
  await expect(journey.page.getByLabel('Remove my previous email addresses')).not.toBeChecked();
  await expect(journey.problem).toBeHidden();
  await journey.begin({ contact: CONTACT });
  expect((await sandbox.ledger()).begins).toMatchObject([{ contact: CONTACT, replaceAll: false }]);
});

test.describe('news that another tab learnt of the same step', withScript, () => {
  test('a change whose outcome was not known is shown when it is', async ({ journey, sandbox }) => {
    await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
    await sandbox.faults([
      { call: 'finish', fault: 'reset_after' },
      { call: 'user', fault: 'status', status: 500 },
    ]);
    await journey.enterCode(await sandbox.latestCode(CONTACT));
    await expect(journey.heading('We do not know whether the change was made')).toBeVisible();
    await sandbox.faults([]);
    const other = await journey.inAnotherTab();
    await other.page.goto('/email');
    await expect(other.heading('Your email address is verified')).toBeVisible();

    await comeBack(journey);
    await expect(journey.heading('Your email address is verified')).toBeVisible();
  });

  test.describe('with a limit of our own', () => {
    test.use({ settings: { CONTACT_CHANGE_LIMITS__ACCOUNT_PER_HOUR: '2' } });

    test('how many codes are left is told anew, and what was typed stays', async ({ journey }) => {
      await journey.signIn('Alice Archer', '/email');
      await expect(journey.page.getByText('You can ask for 2 more codes in the next hour.')).toBeVisible();
      await journey.type('email', 'al');
      const other = await journey.inAnotherTab();
      await other.page.goto('/mobile');
      await other.begin({ kind: 'mobile', contact: '+447700900155' });

      await comeBack(journey);
      await expect(journey.page.getByText('You can ask for 1 more code in the next hour.')).toBeVisible();
      await expect(journey.page.getByLabel('New email address')).toHaveValue('al');
    });
  });
});
