// Messages are limited: a person knows how many are left before one is spent, and at what o'clock the next one is.
import type { Page } from '@playwright/test';
import { anotherCode, expect, test, WORDS } from '../fixtures/journey';

const CONTACT = 'alice.new@example.org';

/** The time that is so many seconds away: taken at the press, since the page may be read much later. */
function later(seconds: number): Date {
  return new Date(Date.now() + seconds * 1_000);
}

/** The clock time in a sentence, and how many minutes it is away from what it should be, in the person's time zone. */
async function minutesOff(page: Page, sentence: RegExp, due: Date): Promise<number> {
  const text = await page.getByText(sentence).first().innerText();
  const [, hours = '', minutes = '', half = ''] = /(\d{1,2}):(\d\d) ([ap])m/.exec(text) ?? [];
  const shown = ((Number(hours) % 12) + (half === 'p' ? 12 : 0)) * 60 + Number(minutes);
  const [dueHour = '', dueMinute = ''] = due.toLocaleTimeString('en-GB', { timeZone: 'Europe/London' }).split(':');
  const off = Math.abs(shown - (Number(dueHour) * 60 + Number(dueMinute)));
  return Math.min(off, 1_440 - off);
}

test.describe('with a limit of our own', () => {
  test.use({ settings: { CONTACT_CHANGE_LIMITS__DESTINATION_PER_HOUR: '2', CONTACT_CHANGE_LIMITS__ACCOUNT_PER_HOUR: '5' } });

  test('what is left is told before it is spent, and at the end when the next code is to be had', async ({ journey, sandbox }) => {
    await journey.signIn('Alice Archer', '/email');
    await expect(journey.page.getByText('You can ask for 5 more codes in the next hour.')).toBeVisible();
    await journey.type('email', CONTACT);
    const due = later(3_600); // the first of the two falls out of the hour first
    await journey.button('Send code').click();
    await expect(journey.codeField).toBeVisible();
    await expect(journey.page.getByText('You can ask for 1 more code to this address in the next hour.')).toBeVisible();
    await journey.enterCode(anotherCode(await sandbox.latestCode(CONTACT)));
    await expect(journey.heading('The code is not correct')).toBeVisible();
    await expect(journey.page.getByText('You can ask for 1 more code to this address in the next hour.')).toBeVisible();
    await journey.button('Send a new code').click();

    await expect(journey.codeField).toBeVisible();
    expect(await minutesOff(journey.page, /You can ask for the next code at/, due)).toBeLessThanOrEqual(1);
    await expect(journey.button('Send a new code')).toBeHidden();
    await journey.enterCode(anotherCode(await sandbox.latestCode(CONTACT)));
    await expect(journey.heading('The code is not correct')).toBeVisible();
    expect(await minutesOff(journey.page, /You can ask for the next code at/, due)).toBeLessThanOrEqual(1);
    await journey.button('Use a different email address').click();
    await journey.askForCode({ contact: CONTACT });
    await expect(journey.problem).toContainText('You can use a different address or number now.');
    await journey.begin({ contact: 'alice.other@example.org' });
    expect((await sandbox.ledger()).begins.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent']);
  });
});

for (const { what, kind, contact } of [
  { what: 'an address', kind: 'email', contact: CONTACT },
  { what: 'a number', kind: 'mobile', contact: '+447700900155' },
] as const) {
  test(`a limit of the service on ${what} is told with the clock time that it gives`, async ({ journey, sandbox }) => {
    await sandbox.faults([{ call: 'begin', fault: 'status', status: 429, retryAfter: 5_400, times: 1 }]);
    await journey.signIn('Alice Archer', WORDS[kind].path);
    await journey.type(kind, contact);
    const due = later(5_400);
    await journey.button('Send code').click();
    // It may be on the account, so nothing is promised of another contact.
    await expect(journey.problem).toContainText('A different address or number may work before then.');
    expect(await minutesOff(journey.page, /We cannot send more codes until/, due)).toBeLessThanOrEqual(1);
  });
}

test('a limit of the service that does not say when it ends is told without a time', async ({ journey, sandbox }) => {
  await sandbox.faults([{ call: 'begin', fault: 'status', status: 429, times: 1 }]);
  await journey.signIn('Alice Archer', '/email');
  await journey.askForCode({ contact: CONTACT });
  await expect(journey.problem).toContainText('We cannot send more codes for now. Try again in 24 hours');
  await expect(journey.problem).not.toContainText(/\d:\d\d/);
  expect((await sandbox.ledger()).messages).toEqual([]);
});
