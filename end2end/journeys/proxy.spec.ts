// A real nginx in front, configured as it is shipped: TLS, HTTP/2, below a path of a host that others use as well. Of its two
// nodes one is down all the time.
import { request as ask } from 'node:https';
import { request as askPlainly, type IncomingHttpHeaders } from 'node:http';
import { freePort } from '../fixtures/app';
import { expect, test as base } from '../fixtures/journey';
import { Nginx } from '../fixtures/nginx';

const BASE = '/account/contact';
const CONTACT = 'alice.new@example.org';
/** As long as it may be, and so is what the application wants to be given back. */
const RETURN_TO = 'https://shop.example/'.padEnd(509, 'a');
const STATE = 's'.repeat(512);

const test = base.extend<{ front: string; nginx: Nginx }>({
  front: async ({}, use) => {
    await use(`https://localhost:${await freePort()}`);
  },

  settings: async ({ front }, use) => {
    await use({
      CONTACT_CHANGE_PUBLIC_URL: `${front}${BASE}`,
      CONTACT_CHANGE_TRUSTED_PROXIES: '127.0.0.1',
      CONTACT_CHANGE_APPLICATIONS__SHOP__NAME: 'Example shop',
      CONTACT_CHANGE_APPLICATIONS__SHOP__RETURN_TO: RETURN_TO,
      // Nobody takes the spans there; what the service hears of them is enough.
      CONTACT_CHANGE_TRACES__ENDPOINT: `http://127.0.0.1:${await freePort()}/v1/traces`,
    });
  },

  nginx: async ({ app, front }, use, testInfo) => {
    const nginx = await Nginx.start(portOf(front), [portOf(app.url), await freePort()]);
    await use(nginx);
    await nginx.end();
    if (testInfo.status !== testInfo.expectedStatus) {
      await testInfo.attach('log of nginx', { body: nginx.log, contentType: 'text/plain' });
    }
  },

  // The certificate is signed by nobody.
  ignoreHTTPSErrors: true,

  baseURL: async ({ nginx }, use) => {
    await use(nginx.url);
  },
});

/** An answer as it goes over the wire. */
interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** Asks without a browser. `from` is the address of this machine that is called from. */
function get(url: string, headers: Record<string, string> = {}, from = '127.0.0.1'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { headers, localAddress: from, family: 4, rejectUnauthorized: false };
    const call = (url.startsWith('https:') ? ask : askPlainly)(url, options, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) });
      });
      answer.on('error', reject);
    });
    call.on('error', reject).end();
  });
}

test('someone makes a change through nginx, and no press is lost to a node that is down', async ({
  app,
  journey,
  nginx,
  page,
  sandbox,
}) => {
  await journey.signIn('Alice Archer', `${BASE}/email`);
  await journey.begin({ contact: CONTACT });
  await page.reload();
  await journey.countdownMoves();
  await journey.finish({ contact: CONTACT });
  const kept = (await page.context().cookies(nginx.url)).filter(({ name }) => name.includes('account.contact'));
  expect(kept.map(({ name }) => name)).toContain('__Host-session.account.contact');
  expect(kept.filter(({ path, secure, domain }) => path !== '/' || !secure || domain !== 'localhost')).toEqual([]);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(`${nginx.url}${BASE}/signed-out`);

  const { begins, finishes } = await sandbox.ledger();
  expect([begins.length, finishes.length]).toEqual([1, 1]);
  expect((await sandbox.person('alice')).emails.map(({ address }) => address)).toContain(CONTACT);

  expect(nginx.log, 'the other node was tried').toContain('connect() failed');
  expect(nginx.requests.length).toBeGreaterThan(8);
  expect(nginx.requests.filter((line) => !line.includes(` ${BASE}/`) || !line.includes(' HTTP/2.0 '))).toEqual([]);
  expect(nginx.requests.join('\n')).not.toMatch(/\?|code=|state=|@/);
  expect(app.log).not.toContain(CONTACT);
});

// What follows needs no browser: once will do.
test('what the app compressed goes on as it is, and what it left alone stays so', { tag: '@with-javascript' }, async ({
  app,
  nginx,
}) => {
  const page = `${BASE}/signed-out`;
  const plain = (await get(nginx.url + page)).body.toString();
  const files = [...plain.matchAll(/\/account\/contact\/pkg\/[\w.-]+/g)].map(([file]) => file);
  expect(files.length).toBeGreaterThan(0);
  for (const coding of ['br', 'gzip', undefined]) {
    const accept = coding === undefined ? {} : { 'accept-encoding': coding };
    expect((await get(nginx.url + page, accept)).headers['content-encoding']).toBe(coding);
    for (const file of files) {
      const [through, direct] = [await get(nginx.url + file, accept), await get(app.url + file, accept)];
      expect(through.headers['content-encoding'], file).toBe(coding);
      expect(through.headers['etag']).toBe(direct.headers['etag']);
      expect(through.body.equals(direct.body), `${file} as ${coding}`).toBe(true);
    }
  }
  const left = await get(`${nginx.url}${BASE}/healthz`, { 'accept-encoding': 'gzip' });
  expect([left.headers['content-encoding'], left.body.toString()]).toEqual([undefined, 'ok']);
});

test('someone whom an application sent here four times can still sign in', { tag: '@with-javascript' }, async ({ nginx }) => {
  const start = `${BASE}/start?${new URLSearchParams({ kind: 'email', return_to: RETURN_TO, state: STATE })}`;
  const cookies: string[] = [];
  const goOn = async (to: string) => {
    const answer = await get(new URL(to, nginx.url).href, cookies.length > 0 ? { cookie: cookies.join('; ') } : {});
    expect(answer.status, to).toBe(303);
    cookies.push(...(answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? ''));
    return answer.headers.location ?? '';
  };
  for (let times = 0; times < 4; times += 1) {
    const page = await goOn(start);
    expect(await goOn(await goOn(page))).toContain('/openid/');
  }
  expect(cookies.join('; ').length).toBeGreaterThan(8192);
  await goOn(start);
});

test('where somebody calls from is believed from nginx alone', { tag: '@with-javascript' }, async ({ app, nginx }) => {
  test.skip(process.platform !== 'linux', 'a second address of this machine is needed');
  // Somebody begins to sign in, and comes back without: only that is written down.
  const failToSignIn = async (at: string, from: string, says?: string) => {
    const headers = says === undefined ? {} : { 'x-forwarded-for': says };
    const begun = await get(`${at}${BASE}/sign-in`, headers, from);
    const state = new URL(begun.headers.location ?? '').searchParams.get('state');
    const cookie = (begun.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
    return get(`${at}${BASE}/sign-in/callback?error=access_denied&state=${state}`, { ...headers, cookie }, from);
  };
  const callers = [
    { at: nginx.url, from: '127.0.0.2' },
    { at: nginx.url, from: '127.0.0.3' },
    // It says that it is the first one, to nginx, and to the app past nginx.
    { at: nginx.url, from: '127.0.0.3', says: '127.0.0.2' },
    { at: app.url, from: '127.0.0.3', says: '127.0.0.2' },
  ];
  for (const { at, from, says } of callers) {
    expect((await failToSignIn(at, from, says)).status).toBe(403);
  }
  const networks = () => [...app.log.matchAll(/sign_in_failed.*?network"?[=:]"?([0-9a-f]+)/g)].map(([, network]) => network);
  await expect.poll(() => networks().length).toBe(callers.length);
  const [first, second, third, fourth] = networks();
  expect(first).not.toBe(second);
  expect([third, fourth]).toEqual([second, second]);
});

test('what callers say of a trace of theirs ends at nginx', { tag: '@with-javascript' }, async ({
  app,
  journey,
  nginx,
  page,
  sandbox,
}) => {
  await journey.signIn('Alice Archer', `${BASE}/email`);
  const cookies = await page.context().cookies(nginx.url);
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  /** Has the app ask for the account, and gives the traces that the service hears of. */
  const heard = async (at: string, trace: string) => {
    const before = await sandbox.calls();
    await get(`${at}${BASE}/email`, { cookie, traceparent: `00-${trace}-${'b'.repeat(16)}-01` });
    const calls = (await sandbox.calls()).slice(before.length);
    expect(calls).not.toEqual([]);
    return calls.map(({ traceparent }) => {
      const [, id, , flags] = traceparent?.split('-') ?? [];
      return { id, isKept: flags === '01' };
    });
  };
  const theirs = 'a'.repeat(32);
  // Past nginx the app takes whoever asks for its proxy.
  expect(await heard(app.url, theirs)).toContainEqual({ id: theirs, isKept: true });
  for (const { id, isKept } of await heard(nginx.url, theirs)) {
    expect(id).not.toBe(theirs);
    expect(isKept).toBe(true);
  }
});
