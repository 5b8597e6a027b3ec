import { expect, test } from '../fixtures/test';

test('an operator sees that the app is up', async ({ request }) => {
  const response = await request.get('/healthz');
  expect(response.status()).toBe(200);
});
