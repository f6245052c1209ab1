import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ResponseSpec } from './cases.ts';
import { responseMismatch } from './expectations.ts';
import type { FinalResponse } from './response-parser.ts';

const echo = {
  method: 'POST',
  target: '/echo?a=1',
  path: '/echo',
  query: 'a=1',
  version: '1.1',
  headers: [
    ['host', 'localhost'],
    ['x-a', '1'],
    ['x-a', '2'],
  ],
  bodyLength: 5,
  bodySha256: createHash('sha256').update('hello').digest('hex'),
};

function response(changes: Partial<FinalResponse> = {}): FinalResponse {
  return {
    version: '1.1',
    status: 200,
    reason: 'OK',
    headers: [
      ['connection', 'Keep-Alive, Upgrade'],
      ['set-cookie', 'a=1'],
      ['set-cookie', 'b=2'],
    ],
    framing: 'length',
    body: Buffer.from(JSON.stringify(echo)),
    trailers: [],
    informational: [],
    ...changes,
  };
}

/** Whether the specification can hold, and can fail: both must be so for each. */
function expectHoldsAndFails(holds: ResponseSpec, fails: ResponseSpec, given = response()): void {
  expect(responseMismatch(holds, given)).toBeNull();
  expect(responseMismatch(fails, given)).not.toBeNull();
}

describe('responseMismatch', () => {
  it('compares statuses: one, several, a class', () => {
    expectHoldsAndFails({ status: 200 }, { status: 201 });
    expectHoldsAndFails({ status: [404, '2xx'] }, { status: [404, '5xx'] });
  });

  it('compares version and framing', () => {
    expectHoldsAndFails({ version: '1.1' }, { version: '1.0' });
    expectHoldsAndFails({ framing: ['chunked', 'length'] }, { framing: 'chunked' });
  });

  it('looks for interim responses', () => {
    const interim = { version: '1.1', status: 100, reason: 'Continue', headers: [] };
    const continued = response({ informational: [interim, { ...interim, status: 103 }] });
    expectHoldsAndFails({ continue: true }, { continue: false }, continued);
    expectHoldsAndFails({ continue: false }, { continue: true });
    expectHoldsAndFails({ informational: ['', '100,103'] }, { informational: '100' }, continued);
  });

  it('compares fields: a value in any case, presence, absence, tokens, number', () => {
    expectHoldsAndFails(
      { headers: { connection: 'keep-alive, upgrade' } },
      { headers: { connection: ['close', 'keep-alive'] } },
    );
    expectHoldsAndFails({ headers: { connection: true } }, { headers: { 'x-b': true } });
    expectHoldsAndFails({ headers: { 'x-b': null } }, { headers: { connection: null } });
    expectHoldsAndFails(
      { headerTokens: { connection: ['keep-alive', 'upgrade'] } },
      { headerTokens: { connection: ['keep-alive', 'close'] } },
    );
    expectHoldsAndFails({ headerCount: { 'set-cookie': 2 } }, { headerCount: { 'set-cookie': 1 } });
  });

  it('asks for the present time as an IMF-fixdate', () => {
    const spec = { headers: { date: 'imf-date' } };
    const dated = (date: string): string | null =>
      responseMismatch(spec, response({ headers: [['date', date]] }));
    expect(dated(new Date().toUTCString())).toBeNull();
    expect(dated(new Date(Date.now() - 120_000).toUTCString())).toContain('more than a minute');
    expect(dated(new Date().toISOString())).toContain('not an IMF-fixdate');
    expect(responseMismatch(spec, response())).toContain('missing');
  });

  it('compares content and its length', () => {
    const given = response({ body: Buffer.from('x1x2') });
    expectHoldsAndFails({ bodyLength: 4 }, { bodyLength: 5 }, given);
    expectHoldsAndFails({ body: 'x1x2' }, { body: 'x1x3' }, given);
    const repeated = response({ body: Buffer.from('ababab') });
    expectHoldsAndFails({ body: { send: 'ab', repeat: 3 } }, { body: 'ab' }, repeated);
  });

  it('compares what the app got', () => {
    expectHoldsAndFails({ echo: { path: ['/', '/echo'] } }, { echo: { path: '/' } });
    expectHoldsAndFails({ echo: { bodyLength: 5 } }, { echo: { bodyLength: 6 } });
    expectHoldsAndFails({ echoBody: 'hello' }, { echoBody: 'hallo' });
    expectHoldsAndFails({ echoHeaders: { 'x-a': '1, 2' } }, { echoHeaders: { 'x-a': '1' } });
    expectHoldsAndFails({ echoHeaders: { host: true } }, { echoHeaders: { 'x-b': true } });
    expectHoldsAndFails({ echoHeaders: { 'x-b': null } }, { echoHeaders: { host: null } });
    expect(responseMismatch({ echo: {} }, response({ body: Buffer.from('{}') }))).toContain(
      'not an echo',
    );
  });

  it('lets an interface hide the target, unless the raw target is asked for', () => {
    const hidden = response({ body: Buffer.from(JSON.stringify({ ...echo, target: null })) });
    expectHoldsAndFails({ echo: { target: '/x' } }, { echo: { rawTarget: '/x' } }, hidden);
    expectHoldsAndFails({ echo: { target: '/echo?a=1' } }, { echo: { target: '/x' } });
  });
});
