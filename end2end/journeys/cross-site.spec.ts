// A page of another site tries everything that a page can: nothing changes, and nothing is told.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test as base } from '../fixtures/journey';

const CONTACT = 'alice.new@example.org';

const test = base.extend<{ elsewhere: string }>({
  // The browser takes 127.0.0.1 for another site than localhost.
  elsewhere: async ({}, use) => {
    const server: Server = createServer((_, answer) => {
      answer.setHeader('content-type', 'text/html');
      answer.end('<!doctype html><title>Elsewhere</title><p>Something nice</p>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    server.closeAllConnections();
    server.close();
  },
});

test('forms of another site are refused, whatever they post', async ({ app, elsewhere, journey, sandbox }) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT });
  const flow = await journey.page.locator('input[name=flow]').first().inputValue();
  const code = await sandbox.latestCode(CONTACT);
  const other = await journey.page.context().newPage();
  for (const path of ['/api/begin', '/api/finish', '/api/resend', '/api/edit', '/api/cancel', '/sign-out']) {
    const fields = Object.entries({ kind: 'email', flow, contact: 'thief@example.org', code })
      .map(([name, value]) => `<input name="${name}" value="${value}">`)
      .join('');
    await other.goto(elsewhere);
    await other.setContent(`<form method="post" action="${app.url}${path}">${fields}<button>Win</button></form>`);
    await other.getByRole('button', { name: 'Win' }).click();
    await expect(other.getByRole('heading', { level: 1 }), path).toHaveText('This was not sent from our own page');
  }
  const { begins, finishes } = await sandbox.ledger();
  expect([begins.length, finishes.length], 'nothing reached the service').toEqual([1, 0]);

  // The person is still signed in, and the code still works.
  await journey.page.reload();
  await journey.countdownMoves();
  await journey.finish({ contact: CONTACT });
});

test('scripts, frames and sockets of another site get nothing', async ({ app, elsewhere, hasScript, journey, sandbox }) => {
  test.skip(!hasScript, 'they take a script');
  await journey.signIn('Alice Archer', '/email');
  const flow = await journey.page.locator('input[name=flow]').first().inputValue();
  const other = await journey.page.context().newPage();
  await other.goto(elsewhere);
  const told = await other.evaluate(
    async ([url, flow]) => {
      const body = new URLSearchParams({ kind: 'email', flow, contact: 'thief@example.org' });
      const attempts: [string, RequestInit][] = [
        ['/email', {}],
        ['/api/look?kind=email', {}],
        ['/api/begin', { method: 'POST', body }],
        ['/api/begin', { method: 'POST', body, headers: { accept: 'application/json' } }],
        ['/api/begin', { method: 'POST', body, mode: 'no-cors' }],
        ['/sign-out', { method: 'POST', mode: 'no-cors' }],
      ];
      const told: string[] = [];
      for (const [path, options] of attempts) {
        const text = await fetch(`${url}${path}`, { credentials: 'include', ...options }).then(
          (answer) => answer.text(),
          () => '',
        );
        told.push(text);
      }
      const frame = document.createElement('iframe');
      frame.src = `${url}/email`;
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve));
      document.body.append(frame);
      await loaded;
      told.push(frame.contentDocument?.body.innerText ?? '');
      const socket = new WebSocket(`${url.replace('http', 'ws')}/email`);
      const opened = await new Promise<string>((resolve) => {
        socket.addEventListener('open', () => resolve('open'));
        socket.addEventListener('error', () => resolve(''));
      });
      return [...told, opened];
    },
    [app.url, flow] as const,
  );
  expect(told).toEqual(told.map(() => ''));
  const frame = other.frames().find((frame) => frame.url().startsWith(app.url));
  expect(frame ? await frame.getByLabel('New email address').count() : 0, 'the frame stays empty').toBe(0);
  expect((await sandbox.ledger()).begins).toEqual([]);

  await journey.page.reload();
  await expect(journey.page.getByLabel('New email address'), 'the person is still signed in').toBeVisible();
});
