import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Fixture, readFixtures } from './fixture-files.ts';
import { runFixtures } from './run-fixtures.ts';

function fixture(text: string, changes: Partial<Fixture> = {}): Fixture {
  const octets = Buffer.from(text, 'latin1');
  const common = { name: 'made-up', octets, isProxied: false, isValid: true };
  return { ...common, messages: [], most: 0, ...changes };
}

const get = { method: 'GET', target: '/', fields: [], body: '' };
const post = {
  method: 'POST',
  target: '/p',
  fields: [['content-length', '3']],
  body: 'abc',
} as const;
const POST = 'POST /p HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc';

/** What is wrong with one fixture; null: nothing. */
async function failureOf(one: Fixture): Promise<string | null> {
  const { failures, passed } = await runFixtures([one]);
  expect(failures.length + passed).toBe(1);
  return failures[0] ?? null;
}

describe('runFixtures', () => {
  it('passes what is read as others read it, a Host put in where none is', async () => {
    expect(await failureOf(fixture('GET / HTTP/1.0\r\n\r\n', { messages: [get] }))).toBeNull();
    expect(await failureOf(fixture(POST, { messages: [post] }))).toBeNull();
    expect(await failureOf(fixture(POST + POST, { messages: [post, post] }))).toBeNull();
  });

  it('fails what is read otherwise, method, target, fields and body', async () => {
    for (const change of [{ method: 'PUT' }, { target: '/q' }, { fields: [] }, { body: 'abd' }]) {
      const wrong = fixture(POST, { messages: [{ ...post, ...change }] });
      expect(await failureOf(wrong)).toContain('wanted');
    }
    expect(await failureOf(fixture(POST, { messages: [post, post] }))).toContain('wanted');
  });

  it('fails what is valid, refused, and has no reason in the table', async () => {
    expect(await failureOf(fixture('GET /#a HTTP/1.0\r\n\r\n', { messages: [get] }))).toContain(
      'The request target',
    );
  });

  it('wants what has a reason to be refused for it', async () => {
    const named = { name: 'gunicorn valid/005', messages: [get] };
    expect(await failureOf(fixture('GET /#a HTTP/1.0\r\n\r\n', named))).toBeNull();
    expect(await failureOf(fixture('GET / HTTP/1.0\r\n\r\n', named))).toContain('to be refused');
  });

  it('fails what is invalid and taken', async () => {
    const invalid = { isValid: false };
    expect(await failureOf(fixture('GET / HTTP/1.0\r\n\r\n', invalid))).toContain('was taken');
    expect(await failureOf(fixture('GET / HTTP/1.1\r\n\r\n', invalid))).toContain('was taken');
    expect(await failureOf(fixture('GET  / HTTP/1.0\r\n\r\n', invalid))).toBeNull();
    expect(await failureOf(fixture('GET / HTTP/1.0\r\nA: b', invalid))).toBeNull();
    const afterOne = { isValid: false, most: 1 };
    expect(await failureOf(fixture('GET / HTTP/1.0\r\n\r\nx', afterOne))).toBeNull();
  });
});

describe('a fixture that a proxy sends', () => {
  const proxied = { isProxied: true, messages: [get] };

  it('is read behind the header of the PROXY protocol', async () => {
    const header = 'PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n';
    expect(await failureOf(fixture(`${header}GET / HTTP/1.0\r\n\r\n`, proxied))).toBeNull();
    expect(await failureOf(fixture('GET / HTTP/1.0\r\n\r\n', proxied))).toContain('wanted');
  });
});

describe('readFixtures', () => {
  const folder = mkdtempSync(join(tmpdir(), 'werkstatt-fixtures-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads the files of both kinds', () => {
    const base64 = Buffer.from(POST).toString('base64');
    const bodyBase64 = Buffer.from('abc').toString('base64');
    const node = { messages: [{ complete: true }, { complete: false }] };
    const headers = [['Content-Length', '3']];
    const settings = { proxy_protocol: true };
    const gunicorn = {
      name: 'a',
      base64,
      node,
      settings,
      outcome: 'invalid',
      looserMayAccept: true,
    };
    const message = { method: 'POST', url: '/p', headers, bodyBase64, complete: true };
    const llhttp = { name: 'b', base64, node, strict: true, fixture: { messages: [message] } };
    for (const [project, one] of Object.entries({ gunicorn, llhttp })) {
      const file = { source: { project }, cases: [one] };
      writeFileSync(join(folder, `${project}.json`), JSON.stringify(file));
    }
    const octets = Buffer.from(POST);
    expect(readFixtures(folder)).toEqual([
      { name: 'gunicorn a', octets, isProxied: true, isValid: false, messages: [], most: 0 },
      { name: 'llhttp b', octets, isProxied: false, isValid: true, messages: [post], most: 1 },
    ]);
  });
});
