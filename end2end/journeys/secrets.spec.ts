// What is secret stays on the server, and nothing personal is logged: everything is recorded and searched.
//   browser ── inFront ── app ── behind ── service
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, inGroups, test as base, WORDS } from '../fixtures/journey';
import { findings, kept, RecordingProxy } from '../fixtures/recorder';

const EMAIL = 'alice.new@example.org';
const MOBILE = '+447700900145';
const API_SECRET = 'contact-change-api-secret';
const CLIENT_SECRET = 'contact-change-secret';
/** A signed token, as ID tokens are (RFC 7519): a header and a payload that begin with `{"`. */
const SIGNED_TOKEN = /eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]+/;

const test = base.extend<{ inFront: RecordingProxy; behind: RecordingProxy }>({
  inFront: async ({}, use) => {
    const proxy = await RecordingProxy.start();
    await use(proxy);
    await proxy.end();
  },
  behind: async ({ sandbox }, use) => {
    const proxy = await RecordingProxy.start(sandbox.url);
    await use(proxy);
    await proxy.end();
  },
  settings: async ({ behind, inFront }, use) => {
    await use({
      CONTACT_CHANGE_PUBLIC_URL: inFront.url,
      CONTACT_CHANGE_SERVICE__BASE_URL: behind.url,
      CONTACT_CHANGE_LOG: 'debug',
    });
  },
  baseURL: async ({ app, inFront }, use) => {
    inFront.target = app.url;
    await use(inFront.url);
  },
});

test('nothing that the browser gets holds a secret, and no log holds anything personal', async ({
  app,
  behind,
  context,
  hasScript,
  inFront,
  journey,
  sandbox,
}) => {
  const addresses: string[] = [];
  context.on('request', (request) => addresses.push(request.url()));
  await journey.signIn('Alice Archer', '/');
  const codes: string[] = [];
  for (const [kind, contact] of [['email', EMAIL], ['mobile', MOBILE]] as const) {
    await journey.page.goto(WORDS[kind].path);
    await journey.begin({ kind, contact });
    await journey.enterCode('12345');
    await expect(journey.page.locator('#code-error')).toContainText('5 of the 6 digits');
    await journey.page.reload();
    await journey.countdownMoves();
    codes.push(await sandbox.latestCode(contact));
    await journey.button('Send a new code').click();
    await expect(async () => expect(await sandbox.outbox(contact)).toHaveLength(2)).toPass();
    // The message is there before the answer, which empties the field.
    await expect(journey.page.getByText('This is a new code.')).toBeVisible();
    await expect(journey.codeField).toHaveValue('');
    codes.push(await sandbox.latestCode(contact));
    await journey.finish({ kind, contact });
    await journey.page.getByRole('link', { name: 'Back to your contact information' }).click();
    await expect(journey.page.getByText(inGroups(contact))).toBeVisible();
  }

  // The recording is whole: in nothing, nothing is found.
  const tokens = behind.answers.flatMap(({ what }) => /"verificationToken":"([^"]+)"/.exec(what)?.[1] ?? []);
  expect(tokens).toHaveLength(4);
  const basic = Buffer.from(`contact-change-api:${API_SECRET}`).toString('base64');
  expect([...behind.authorizations]).toEqual([`Basic ${basic}`]);
  const received = [...inFront.answers, ...(await kept(context))];
  expect(findings(received, [EMAIL])).not.toEqual([]);
  for (const part of [/\.css$/, ...(hasScript ? [/\.js$/, /\.wasm$/] : [])]) {
    expect(received.some(({ where, what }) => part.test(where) && what.length > 1000), `${part}`).toBe(true);
  }

  const secrets = [API_SECRET, CLIENT_SECRET, basic, ...tokens];
  expect(findings(received, secrets)).toEqual([]);
  expect(received.filter(({ what }) => SIGNED_TOKEN.test(what)).map(({ where }) => where)).toEqual([]);

  const asked = addresses.map((what) => ({ where: 'an address', what }));
  expect(asked.length).toBeGreaterThan(10);
  expect(findings(asked, [...secrets, EMAIL, MOBILE, 'alice', ...codes])).toEqual([]);

  expect(app.log).toContain('POST');
  const logs = [{ where: 'the log of the app', what: app.log }];
  const personal = [EMAIL, MOBILE, 'alice@example.org', 'Alice', 'Archer', ...codes];
  expect(findings(logs, [...secrets, ...personal])).toEqual([]);
  expect(app.log).not.toMatch(SIGNED_TOKEN);
});

test('the search finds a secret that a body, a header, a cookie or a storage holds', async ({
  context,
  inFront,
  page,
}) => {
  const planted = ['secret-in-bytes', 'secret/in+a header', 'secret-in-a-cookie', 'secret-in-a-storage'] as const;
  const leaky = createServer((_, answer) => {
    answer.setHeader('x-planted', encodeURIComponent(planted[1]));
    answer.setHeader('content-type', 'text/html');
    answer.setHeader('set-cookie', `planted=${planted[2]}`);
    answer.end(Buffer.concat([Buffer.from([0, 255, 128]), Buffer.from(planted[0]), Buffer.from([255])]));
  });
  await new Promise<void>((resolve) => leaky.listen(0, '127.0.0.1', resolve));
  inFront.target = `http://localhost:${(leaky.address() as AddressInfo).port}`;
  await page.goto(inFront.url);
  await page.evaluate((value) => sessionStorage.setItem('planted', value), planted[3]);

  const received = [...inFront.answers, ...(await kept(context))];
  for (const value of planted) {
    expect(findings(received, [value]), value).not.toEqual([]);
  }
  expect(findings([{ where: 'a header', what: `Basic ${btoa(planted[0])}` }], [planted[0]])).toHaveLength(1);
  expect(findings(received, ['a secret that is nowhere'])).toEqual([]);
  leaky.closeAllConnections();
  leaky.close();
});
