// An application that people never come by is told of a change all the same (examples/applications/receiver.mjs).
import { expect, test } from '../fixtures/listener';

const CONTACT = 'alice.new@example.org';

test('an application that was away hears of a change when it is back, and not what the address is', async ({ app, journey, listener, sandbox }) => {
  await journey.signInAndBegin('Alice Archer', { contact: CONTACT, primary: true });
  await journey.finish({ contact: CONTACT });
  listener.start(app.url);
  const { id } = await sandbox.person('alice');
  await expect.poll(() => listener.log, { timeout: 60_000 }).toContain(`${id}: email, primary`);
  expect(listener.log).not.toContain('@');
});
