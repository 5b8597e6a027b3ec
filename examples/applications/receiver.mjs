// Takes word of changes: Security Event Tokens (RFC 8417), pushed to it (RFC 8935). Run it by `node receiver.mjs`.
import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';

const ISSUER = process.env.ISSUER ?? 'http://localhost:3000'; // contact-change, as its operator says it
const ADDRESS = process.env.ADDRESS ?? 'http://127.0.0.1:8081/events'; // this program, as the operator wrote it down
const CHANGED = 'https://schemas.openid.net/secevent/risc/event-type/identifier-changed';
const heard = new Set(); // Yours are in your database: an event can come twice, and days later.

const refuse = (err) => Object.assign(new Error(err), { err });
const decode = (part) => JSON.parse(Buffer.from(part, 'base64url'));

/** Gives the claims of a token that holds. Where you have a library for JWT, let it do this. */
async function read(token) {
  const [header, claims, signature] = token.split('.');
  const { typ, alg, kid } = decode(header);
  if (typ !== 'secevent+jwt' || alg !== 'ES256') throw refuse('invalid_request');
  const { keys } = await (await fetch(`${ISSUER}/.well-known/jwks.json`)).json();
  const jwk = keys.find((key) => key.kid === kid);
  if (!jwk) throw refuse('invalid_key');
  const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' };
  const holds = verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url'));
  if (!holds) throw refuse('authentication_failed');
  const { iss, aud, ...said } = decode(claims);
  if (iss !== ISSUER) throw refuse('invalid_issuer');
  if (aud !== ADDRESS) throw refuse('invalid_audience');
  return said;
}

async function take(request) {
  let token = '';
  for await (const part of request) token += part;
  const { jti, sub_id, events } = await read(token);
  const change = events[CHANGED];
  if (!change || heard.has(jti)) return;
  // Here a real application asks the identity service what the person's contacts are now, and keeps that.
  console.log(`${sub_id.sub}: ${change.kind}${change.primary ? ', primary' : ''}`);
  heard.add(jti);
}

const server = createServer(async (request, response) => {
  try {
    await take(request);
    response.writeHead(202).end();
  } catch ({ err = 'invalid_request' }) {
    const body = JSON.stringify({ err, description: 'the token is not taken' });
    response.writeHead(400, { 'content-type': 'application/json', 'content-language': 'en' }).end(body);
  }
});
server.listen(Number(new URL(ADDRESS).port), '127.0.0.1', () => console.log(`listening on ${ADDRESS}`));
