// Another application sends people here by a link, and gets them back with the outcome (examples/applications/link.html).
import type { Journey } from '../fixtures/journey';
import { obstacles } from '../fixtures/obstacles';
import { expect, test, type Shop } from '../fixtures/shop';

const CONTACT = 'alice.new@example.org';

/** From the shop by its link, through signing in, to the first step of the change. */
async function arrive({ page }: Journey, shop: Shop, person = 'Alice Archer'): Promise<void> {
  await page.goto(`${shop.url}/link.html`);
  await page.getByRole('link', { name: 'Change my email address' }).click();
  const choice = page.getByRole('button', { name: person });
  const field = page.getByLabel('New email address');
  await expect(choice.or(field)).toBeVisible();
  if (await choice.isVisible()) await choice.click();
  await expect(field).toBeVisible();
}

/** Back at the shop, with this outcome in the address; its own script says so as well. */
async function isBack({ page }: Journey, shop: Shop, hasScript: boolean, outcome: string, reason?: string): Promise<void> {
  await expect(page).toHaveURL((url) => url.href.startsWith(`${shop.url}/link.html?`));
  const { searchParams } = new URL(page.url());
  expect(searchParams.get('outcome')).toBe(outcome);
  expect(searchParams.get('reason') ?? undefined).toBe(reason);
  const names = [...searchParams.keys()].sort();
  expect(names, 'nothing else comes back').toEqual(
    ['outcome', ...(reason ? ['reason'] : []), ...(hasScript ? ['state'] : [])],
  );
  if (hasScript) await expect(page.getByRole('status')).toHaveText(outcome);
}

const back = ({ page }: Journey) => page.getByRole('link', { name: 'Back to Example shop' });

test('someone makes a change for a shop, reads what was done, and goes back', async ({ hasScript, journey, sandbox, shop }) => {
  await arrive(journey, shop);
  await expect(back(journey)).toHaveCount(1);
  await journey.begin({ contact: CONTACT });
  await expect(back(journey)).toHaveCount(1);
  await journey.page.reload();
  await journey.countdownMoves();
  await journey.finish({ contact: CONTACT });
  await expect(back(journey)).toHaveCount(2);
  await journey.page.reload();
  await expect(journey.heading('Your email address is verified')).toBeVisible();
  await back(journey).last().click();
  await isBack(journey, shop, hasScript, 'changed');
  expect((await sandbox.person('alice')).emails.map(({ address }) => address)).toContain(CONTACT);
});

test('someone who cancels is back at once, and nothing is changed', async ({ hasScript, journey, sandbox, shop }) => {
  await arrive(journey, shop);
  await journey.begin({ contact: CONTACT });
  await journey.button('Cancel').click();
  await isBack(journey, shop, hasScript, 'cancelled');
  expect((await sandbox.ledger()).changes).toEqual([]);
});

test('someone whose address was taken meanwhile can go back, and the shop hears why', async ({ hasScript, journey, sandbox, shop }) => {
  await sandbox.faults([{ call: 'finish', fault: 'taken', times: 1 }]);
  await arrive(journey, shop);
  await journey.begin({ contact: CONTACT });
  await journey.enterCode(await sandbox.latestCode(CONTACT));
  await expect(journey.heading('This contact is used on another account')).toBeVisible();
  await expect(back(journey)).toHaveCount(2);
  await back(journey).last().click();
  await isBack(journey, shop, hasScript, 'failed', 'taken');
});

test('someone who looks around first still finds the way back, and what was done is not forgotten', async ({ hasScript, journey, shop }) => {
  await arrive(journey, shop);
  await journey.page.getByRole('link', { name: 'Svenska' }).click();
  await expect(journey.page.getByRole('link', { name: 'Tillbaka till Example shop' })).toBeVisible();
  await journey.page.getByRole('link', { name: 'English' }).click();
  await journey.begin({ contact: CONTACT });
  await journey.finish({ contact: CONTACT });
  await journey.page.getByRole('link', { name: 'Back to your contact information' }).click();
  await expect(journey.heading('Your contact information')).toBeVisible();
  await back(journey).click();
  await isBack(journey, shop, hasScript, 'changed');
});

test('a tab that the shop did not open leads to no shop, though the change is the same', async ({ journey, shop, app }) => {
  await arrive(journey, shop);
  await journey.begin({ contact: CONTACT });
  const other = await journey.inAnotherTab();
  await other.page.goto(`${app.url}/email`);
  await expect(other.codeField).toBeVisible();
  await expect(back(other)).toHaveCount(0);
  await expect(back(journey)).toHaveCount(1);
});

test('a link that the operator did not allow leads nowhere, and the operator reads why', async ({ journey, app }) => {
  await journey.page.goto(`${app.url}/start?kind=email&return_to=https%3A%2F%2Fevil.example%2Falice`);
  await expect(journey.heading('This link does not work')).toBeVisible();
  await expect(journey.page.getByText('Error 3 in the start link')).toBeVisible();
  expect(app.log).toContain('no application has an address at https://evil.example');
  expect(app.log).not.toContain('alice');
});

for (const { tag, name } of [
  { tag: 'en', name: 'Back to Example shop' },
  { tag: 'fi', name: 'Takaisin palveluun Example shop' },
  { tag: 'sv', name: 'Tillbaka till Example shop' },
  { tag: 'ar', name: 'العودة إلى \u2068Example shop\u2069' },
]) {
  const withScript = { tag: '@with-javascript' }; // axe is a script
  test(`the way back stands in nobody’s way (${tag})`, withScript, async ({ app, journey, page, sandbox, shop }) => {
    const looksRight = async (ways: number) => {
      await expect(page.locator('html')).toHaveAttribute('lang', tag);
      await expect(page.getByRole('link', { name })).toHaveCount(ways);
      expect(await obstacles(page)).toEqual([]);
    };
    await page.setViewportSize({ width: 320, height: 700 });
    const returnTo = encodeURIComponent(`${shop.url}/link.html`);
    await page.goto(`${app.url}/start?kind=email&return_to=nowhere&ui_locales=${tag}`);
    await looksRight(0);
    await page.goto(`${app.url}/start?kind=email&return_to=${returnTo}&ui_locales=${tag}`);
    await page.getByRole('button', { name: 'Carol Carter' }).click();
    await looksRight(1);
    await sandbox.faults([{ call: 'finish', fault: 'taken', times: 1 }]);
    await page.locator('#contact').fill(CONTACT);
    await page.locator('#begin').click();
    await expect(page.locator('#code')).toBeVisible();
    await page.locator('#code').fill(await sandbox.latestCode(CONTACT));
    await page.locator('#finish').click();
    await expect(page.locator('#code')).toBeHidden();
    await looksRight(2);
    await page.locator('#resend').click();
    await expect(page.locator('#code')).toBeVisible();
    await page.locator('#code').fill(await sandbox.latestCode(CONTACT));
    await page.locator('#finish').click();
    await expect(page.locator('.done h1')).toBeVisible();
    await looksRight(2);
    expect(journey.page.url()).toContain('done=');
  });
}
