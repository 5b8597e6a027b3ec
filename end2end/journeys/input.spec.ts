// What people type into the first field, and what becomes of it.
import { expect, test } from '../fixtures/journey';

const withScript = { tag: '@with-javascript' };

test('a likely slip is pointed out before anything is sent, and one press mends it', withScript, async ({ journey, sandbox }) => {
  await journey.signIn('Alice Archer', '/email');
  // What speaks up later has to be there before: the hint, and the address as it is read.
  await expect(journey.page.getByRole('status')).toHaveCount(2);
  await journey.type('email', 'alice@gmil.com');
  await expect(journey.page.getByRole('status').filter({ hasText: 'Did you mean alice@gmail.com?' })).toBeVisible();
  await journey.button('Use this address').click();
  await expect(journey.page.getByLabel('New email address')).toHaveValue('alice@gmail.com');
  await expect(journey.page.getByLabel('New email address')).toBeFocused();
  await journey.button('Send code').click();
  await expect(journey.codeField).toBeVisible();
  expect((await sandbox.ledger()).begins).toMatchObject([{ contact: 'alice@gmail.com', outcome: 'sent' }]);
});

test('a button that is under a finger stays there, and the press counts', withScript, async ({ journey }) => {
  const { page } = journey;
  await page.setViewportSize({ width: 320, height: 640 });
  await journey.signIn('Alice Archer', '/email');
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await page.route('**/api/read', async (route) => {
    await held;
    await route.continue();
  });
  const asked = page.waitForRequest('**/api/read');
  await journey.type('email', 'alice@company.con');
  await asked;
  const button = journey.button('Send code');
  await button.hover();
  const before = await button.boundingBox();
  await page.mouse.down();
  const answered = page.waitForResponse('**/api/read');
  answer();
  await (await answered).finished();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await button.boundingBox()).toEqual(before);
  await page.mouse.up();
  await expect(journey.codeField).toBeVisible();
});

for (const typed of ['alice@gmil.com', 'alice@company.con']) {
  test(`${typed} may well be meant, and gets its code`, async ({ journey, sandbox }) => {
    await journey.signInAndBegin('Alice Archer', { contact: typed });
    await expect(journey.page.getByText('Did you mean')).toBeVisible();
    await journey.finish({ contact: typed });
    expect((await sandbox.person('alice')).emails).toContainEqual({ address: typed, verified: true });
  });
}

/** An address as it is typed, as people read it, and as the service is sent it. */
const INTERNATIONAL = [
  { typed: 'alice@Bücher.example', shown: 'alice@bücher.example', sent: 'alice@xn--bcher-kva.example' },
  { typed: 'alice@例え。テスト', shown: 'alice@例え.テスト', sent: 'alice@xn--r8jz45g.xn--zckzah' },
  { typed: 'جميل@مثال.إختبار', shown: 'جميل@مثال.إختبار', sent: 'جميل@xn--mgbh0fb.xn--kgbechtv' },
  { typed: 'Alice <alice@example.net>', shown: 'alice@example.net', sent: 'alice@example.net' },
];

for (const { typed, shown, sent } of INTERNATIONAL) {
  test(`${typed} is read, shown back in its own script, and verified`, async ({ journey, sandbox }) => {
    await journey.signIn('Alice Archer', '/email');
    await journey.page.getByLabel('New email address').fill(typed);
    await journey.button('Send code').click();
    await expect(journey.page.getByText(`We sent a 6-digit code to ${shown}`)).toBeVisible();
    await journey.countdownMoves();
    await journey.finish({ contact: sent });
    await expect(journey.page.getByText(`${shown} is now a verified email address`)).toBeVisible();
    expect((await sandbox.ledger()).begins).toMatchObject([{ contact: sent, outcome: 'sent' }]);
  });
}
