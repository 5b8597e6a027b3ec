// The code of a text message, offered by the browser (WebOTP). Headless Chromium has no messages, so a stand-in with the
// browser's interface gives one; it needs a script by its nature.
import { expect, test } from '../fixtures/journey';

const NUMBER = '+447700900555';
const withScript = { tag: '@with-javascript' };

/** What the stand-in keeps for the test. */
interface Offer {
  give: (code: string) => void;
  signal: AbortSignal;
}
declare global {
  interface Window {
    offers: Offer[];
  }
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    window.offers = [];
    Object.defineProperty(window, 'OTPCredential', { value: class OTPCredential {} });
    navigator.credentials.get = (options) =>
      new Promise((resolve, reject) => {
        const { otp, signal } = options as { otp: { transport: string[] }; signal: AbortSignal };
        if (otp.transport[0] !== 'sms') {
          reject(new Error('not asked for a text message'));
        }
        signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
        window.offers.push({ signal, give: (code) => resolve({ code } as unknown as Credential) });
      });
  });
});

test('the code of a text message fills the field, and the person presses the button', withScript, async ({ journey, sandbox }) => {
  await journey.signInAndBegin('Alice Archer', { kind: 'mobile', contact: NUMBER });
  await expect.poll(() => journey.page.evaluate(() => window.offers.length)).toBe(1);
  const code = await sandbox.latestCode(NUMBER);
  await journey.page.evaluate((code) => window.offers[0]?.give(code), code);
  await expect(journey.codeField).toHaveValue(code);
  expect((await sandbox.ledger()).finishes).toEqual([]);

  await journey.button('Verify').click();
  await expect(journey.heading('Your mobile number is verified')).toBeVisible();
});

test('the code of the next text message takes the place of the one before', withScript, async ({ journey, sandbox }) => {
  await journey.signInAndBegin('Alice Archer', { kind: 'mobile', contact: NUMBER });
  await journey.codeField.fill(await sandbox.latestCode(NUMBER));
  await journey.button('Send a new code').click();
  await expect.poll(() => journey.page.evaluate(() => window.offers.length)).toBe(2);
  const code = await sandbox.latestCode(NUMBER);
  await journey.page.evaluate((code) => window.offers[1]?.give(code), code);
  await expect(journey.codeField).toHaveValue(code);
});

test('a person who types the code themselves is not interrupted any more', withScript, async ({ journey, sandbox }) => {
  await journey.signInAndBegin('Alice Archer', { kind: 'mobile', contact: NUMBER });
  await expect.poll(() => journey.page.evaluate(() => window.offers.length)).toBe(1);
  const isLeftAlone = () => journey.page.evaluate(() => window.offers[0]?.signal.aborted);
  // What cannot be a code is not sent, so the message is still waited for.
  await journey.enterCode('12');
  await expect(journey.page.locator('#code-error')).not.toBeEmpty();
  expect(await isLeftAlone()).toBe(false);
  let goOn = () => {};
  const untilThen = new Promise<void>((resolve) => (goOn = resolve));
  await journey.page.route('**/api/finish', async (route) => {
    await untilThen;
    await route.continue();
  });
  await journey.enterCode(await sandbox.latestCode(NUMBER));
  await expect(journey.page.locator('#finish')).toHaveAttribute('data-busy');
  expect(await isLeftAlone()).toBe(true);
  goOn();
  await expect(journey.heading('Your mobile number is verified')).toBeVisible();
  expect((await sandbox.ledger()).finishes).toHaveLength(1);
});

test('nobody listens for a text message while an email is awaited', withScript, async ({ journey }) => {
  await journey.signInAndBegin('Alice Archer', { contact: 'alice.new@example.org' });
  await journey.countdownMoves();
  expect(await journey.page.evaluate(() => window.offers.length)).toBe(0);
});
