// A browser that runs scripts but not the module: the page notices and stays a plain page that works.
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/journey';

const CONTACT = 'alice.new@example.org';

/** Ways in which a browser comes to have no module. */
const WAYS = [
  { what: 'WebAssembly is switched off', arrange: (page: Page) => page.addInitScript('delete globalThis.WebAssembly') },
  { what: 'the module does not arrive', arrange: (page: Page) => page.route('**/*.wasm', (route) => route.abort()) },
  { what: 'the script does not arrive', arrange: (page: Page) => page.route('**/pkg/*.js', (route) => route.abort()) },
];

for (const { what, arrange } of WAYS) {
  test(`when ${what}, a change can be made all the same`, { tag: '@with-javascript' }, async ({ page, journey, sandbox }) => {
    await arrange(page);
    await journey.signIn('Alice Archer', '/email');
    await page.getByLabel('New email address').fill(CONTACT);
    await journey.button('Send code').click();
    await expect(journey.codeField).toBeVisible();
    await expect(page.getByText('The code works until')).toBeVisible();
    await expect(page.getByRole('timer')).toBeHidden();
    await journey.finish({ contact: CONTACT });
    expect((await sandbox.person('alice')).emails.map(({ address }) => address)).toContain(CONTACT);
  });
}
