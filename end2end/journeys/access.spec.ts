// For everyone: no findings by axe at any step, by keyboard alone, on a narrow screen, with the focus where the news is.
import type { Page } from '@playwright/test';
import { anotherCode, expect, test, WORDS } from '../fixtures/journey';
import { obstacles } from '../fixtures/obstacles';

const CONTACT = 'alice.new@example.org';
type ColorScheme = 'light' | 'dark';
const NARROW = { width: 320, height: 640 };

/** The same for a browser without JavaScript: axe is a script itself, so it looks at what such a page was loaded from. */
async function obstaclesWithoutScript(page: Page, colorScheme: ColorScheme): Promise<string[]> {
  const storageState = await page.context().storageState();
  const context = await page.context().browser()?.newContext({
    storageState,
    viewport: page.viewportSize(),
    colorScheme,
    javaScriptEnabled: true,
  });
  if (!context) throw new Error('the browser is gone');
  await context.route(/\.(js|wasm)$/, (route) => route.abort());
  const copy = await context.newPage();
  await copy.goto(page.url());
  expect(await copy.title()).toBe(await page.title());
  const found = await obstacles(copy);
  await context.close();
  return found;
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const viewport of [{ width: 1024, height: 768 }, NARROW]) {
    test.describe(`on a ${colorScheme} screen, ${viewport.width} pixels wide`, () => {
      test.use({ colorScheme, viewport });

      test('nothing stands in anybody’s way on the way through a change', async ({ hasScript, journey, sandbox }) => {
        test.skip(!hasScript && viewport !== NARROW, 'without JavaScript the pages are the same; one width will do');
        test.slow(); // axe looks ten times
        const { page } = journey;
        const check = async (step: string) => {
          const found = hasScript ? await obstacles(page) : await obstaclesWithoutScript(page, colorScheme);
          expect.soft(found, step).toEqual([]);
        };

        await journey.signIn('Gwendolyn', '/');
        await check('the contacts');
        await page.getByRole('link', { name: 'Change email address' }).click();
        await expect(journey.heading('Change your email address')).toBeVisible();
        await check('the new address');
        await journey.type('email', 'alice@example');
        await journey.button('Send code').click();
        await expect(journey.problem).toBeVisible();
        await check('the new address with a problem');
        await journey.begin({ contact: CONTACT, replaceAll: true });
        await check('the code');
        await journey.enterCode('12345');
        await expect(page.locator('#code-error')).toContainText('5 of the 6 digits');
        await check('the code with a problem');
        await journey.enterCode(anotherCode(await sandbox.latestCode(CONTACT)));
        await expect(journey.heading('The code is not correct')).toBeVisible();
        await check('the way to a new code');
        await journey.button('Send a new code').click();
        await expect(journey.codeField).toBeVisible();
        await journey.finish({ contact: CONTACT });
        await check('what is done');
        await journey.button('Sign out').click();
        await expect(journey.heading('You are signed out')).toBeVisible();
        await check('signed out');
      });
    });
  }
}

test('the first page with a waiting change has nothing in anybody’s way', async ({ hasScript, journey }) => {
  await journey.signInAndBegin('Gwendolyn', { contact: CONTACT });
  await journey.page.goto('/');
  await expect(journey.page.getByText('have not finished')).toBeVisible();
  const { page } = journey;
  expect(hasScript ? await obstacles(page) : await obstaclesWithoutScript(page, 'light')).toEqual([]);
});

/** Moves with the Tab key alone until the focus is on this. */
async function tabTo(page: Page, role: 'link' | 'button' | 'textbox' | 'checkbox', name: string): Promise<void> {
  const target = page.getByRole(role, { name, exact: true });
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 25; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the ${role} ${name} cannot be reached with the Tab key`);
}

for (const { kind, contact } of [
  { kind: 'email', contact: CONTACT },
  { kind: 'mobile', contact: '+447700900155' },
] as const) {
  test(`a change of ${kind} can be made by keyboard alone, after a wrong code`, async ({ journey, sandbox }) => {
    const { page } = journey;
    const words = WORDS[kind];
    const enterCode = async (code: string) => {
      await expect(journey.codeField).toBeVisible();
      await journey.countdownMoves();
      await tabTo(page, 'textbox', 'Verification code');
      await page.keyboard.type(code);
      await page.keyboard.press('Enter');
    };
    await page.goto('/');
    await tabTo(page, 'button', 'Bob Baker');
    await page.keyboard.press('Enter');
    await tabTo(page, 'link', words.change);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(words.path);
    await tabTo(page, 'textbox', words.label);
    await page.keyboard.type(contact);
    await tabTo(page, 'checkbox', words.primary);
    await page.keyboard.press('Space');
    await tabTo(page, 'button', 'Send code');
    await page.keyboard.press('Enter');
    await enterCode(anotherCode(await sandbox.latestCode(contact)));
    await expect(journey.heading('The code is not correct')).toBeVisible();
    await tabTo(page, 'button', 'Send a new code');
    await page.keyboard.press('Enter');
    await expect(async () => expect(await sandbox.outbox(contact)).toHaveLength(2)).toPass();
    await enterCode(await sandbox.latestCode(contact));
    await expect(journey.heading(words.done)).toBeVisible();
    await tabTo(page, 'link', 'Back to your contact information');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL('/');

    const { emails, mobiles } = await sandbox.person('bob');
    const held = { email: emails.map(({ address }) => address), mobile: mobiles.map(({ number }) => number) };
    expect(held[kind][0]).toBe(contact);
  });
}

test('a browser and a keyboard know what the fields are for', async ({ journey }) => {
  const { page } = journey;
  await journey.signIn('Alice Archer', '/email');
  const address = page.getByLabel(WORDS.email.label);
  await expect(address).toHaveAttribute('autocomplete', 'email');
  await expect(address).toHaveAttribute('type', 'email');
  await page.goto('/mobile');
  const number = page.getByLabel(WORDS.mobile.label);
  await expect(number).toHaveAttribute('autocomplete', 'tel');
  await expect(number).toHaveAttribute('type', 'tel');
  await journey.begin({ kind: 'mobile', contact: '+447700900155' });
  await expect(journey.codeField).toHaveAttribute('autocomplete', 'one-time-code');
  await expect(journey.codeField).toHaveAttribute('inputmode', 'numeric');
  await expect(page.getByRole('main').getByRole('textbox')).toHaveCount(1);
});

test('a person can go straight to the content with the first press of the Tab key', async ({ journey }) => {
  await journey.signIn('Alice Archer', '/');
  await journey.page.keyboard.press('Tab');
  await expect(journey.page.getByRole('link', { name: 'Skip to main content' })).toBeFocused();
  await expect(journey.page.getByRole('link', { name: 'Skip to main content' })).toBeInViewport();
  await journey.page.keyboard.press('Enter');
  await expect(journey.page).toHaveURL(/#main$/);
});

test('the title names the step, and says first of all when there is a problem', async ({ journey, sandbox }) => {
  const { page } = journey;
  await journey.signIn('Alice Archer', '/');
  await expect(page).toHaveTitle('Your contact information – Contact information');
  await page.goto('/email');
  await expect(page).toHaveTitle('Change your email address – Contact information');
  await journey.type('email', 'alice@example');
  await journey.button('Send code').click();
  await expect(page).toHaveTitle(/^Error: Change your email address/);
  await journey.begin({ contact: CONTACT });
  await expect(page).toHaveTitle(/^Enter the code – /);
  await journey.enterCode(anotherCode(await sandbox.latestCode(CONTACT)));
  await expect(page).toHaveTitle(/^The code is not correct – /);
  await journey.button('Send a new code').click();
  await expect(page).toHaveTitle(/^Enter the code – /);
  await journey.finish({ contact: CONTACT });
  await expect(page).toHaveTitle(/^Your email address is verified – /);
});

test('a code that is none is told in the title and by the focus as well', async ({ hasScript, journey }) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  await journey.enterCode('12345');
  await expect(journey.page).toHaveTitle(/^Error: Enter the code/);
  if (hasScript) {
    await expect(journey.page.locator('#problem:focus, #code:focus')).toHaveCount(1);
  } else {
    await expect(journey.problem).toContainText('You entered 5 of the 6 digits.');
    await journey.problem.getByRole('link').click();
  }
  await expect(journey.codeField).toHaveAccessibleDescription(/You entered 5 of the 6 digits/);
});

// Without JavaScript the answer is a page of its own, which is read from its top.
test('a code that is none is heard once, whether the focus was in the field or on the button', {
  tag: '@with-javascript',
}, async ({ journey }) => {
  const { page } = journey;
  const heard = page.locator('p[role=alert]').filter({ hasText: 'of the 6 digits' });
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  // From the button the focus goes to the field, and what is wrong is read with it.
  await journey.enterCode('12345');
  await expect(journey.codeField).toBeFocused();
  await expect(journey.codeField).toHaveAccessibleDescription(/You entered 5 of the 6 digits/);
  await expect(heard).toHaveCount(0);

  // In the field it stays where it is, so it has to be said: each time.
  await page.evaluate(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    for (const region of document.querySelectorAll('p[role=alert]')) {
      new MutationObserver(() => {
        if (region.textContent) said.push(region.textContent);
      }).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
  for (const times of [1, 2]) {
    await journey.codeField.press('Enter');
    await expect.poll(said).toEqual(Array(times).fill(expect.stringContaining('You entered 5 of the 6 digits.')));
  }
  await journey.codeField.fill('123');
  await journey.codeField.press('Enter');
  await expect(heard).toContainText('You entered 3 of the 6 digits.');
});

// Without JavaScript each step is a page of its own, and the browser puts the focus.
test('the focus goes to the news after each step', { tag: '@with-javascript' }, async ({ journey, sandbox }) => {
  const { page } = journey;
  await journey.signIn('Alice Archer', '/email');
  await journey.askForCode({ contact: 'alice@example' });
  await expect(journey.problem).toBeFocused();
  await journey.begin({ contact: CONTACT });
  await expect(journey.heading('Enter the code')).toBeFocused();
  await journey.enterCode(anotherCode(await sandbox.latestCode(CONTACT)));
  await expect(journey.heading('The code is not correct')).toBeFocused();
  await journey.button('Send a new code').click();
  await expect(journey.heading('Enter the code')).toBeFocused();
  await journey.finish({ contact: CONTACT });
  await expect(journey.heading('Your email address is verified')).toBeFocused();
  expect(await page.locator('h1').count()).toBe(1);
});
