import { RequestEntityTooLarge, UnsupportedMediaType } from '@werkstatt/core';
import { describe, expect, it } from 'vitest';
import { type TestInput, testEnviron } from '../testing/environ.ts';
import { Request } from './request.ts';

function formRequest(
  body: string,
  options: { method?: string; type?: string; query?: string } = {},
) {
  const { method = 'POST', type = 'application/x-www-form-urlencoded', query = '' } = options;
  return new Request(testEnviron({ method, query, body, headers: { 'Content-Type': type } }));
}

describe('request.form()', () => {
  it('has the fields, repeated and empty ones included', async () => {
    const form = await formRequest('a=1&a=2&b=&c&q=a+b%2Bc&%C3%BC=%E2%98%83').form();
    expect(form.toDict({ flat: false })).toEqual({
      a: ['1', '2'],
      b: [''],
      c: [''],
      q: ['a b+c'],
      ü: ['☃'],
    });
  });

  it('takes UTF-8 that the client did not escape', async () => {
    expect((await formRequest('ü=☃').form()).get('ü')).toBe('☃');
  });

  it('takes no structure from names', async () => {
    const form = await formRequest('a[__proto__][x]=1&__proto__=2').form();
    expect([...form]).toEqual([
      ['a[__proto__][x]', '1'],
      ['__proto__', '2'],
    ]);
  });

  it('is read for any method, and with a charset in the type', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'GET']) {
      const type = 'application/x-www-form-urlencoded; charset=utf-8';
      expect((await formRequest('a=1', { method, type }).form()).get('a')).toBe('1');
    }
  });

  it('follows, and is followed by, other ways to read the body', async () => {
    const request = formRequest('a=1');
    expect(await request.text()).toBe('a=1');
    expect((await request.form()).get('a')).toBe('1');
    expect(await request.form()).toBe(await request.form());
    expect(await request.text()).toBe('a=1');
  });

  it('is empty for another type, and leaves the body alone', async () => {
    const request = formRequest('a=1', { type: 'text/plain' });
    expect((await request.form()).size).toBe(0);
    expect(await request.text()).toBe('a=1');
  });

  it('refuses multipart rather than losing what was sent', async () => {
    const request = formRequest('--x--', { type: 'multipart/form-data; boundary=x' });
    await expect(request.form()).rejects.toThrow(UnsupportedMediaType);
    await expect(request.form()).rejects.toThrow(/multipart\/form-data/);
  });
});

describe('the limits of a form', () => {
  it('refuse more bytes than may be in memory, before they are read', async () => {
    const request = formRequest(`a=${'x'.repeat(500_000)}`);
    await expect(request.form()).rejects.toThrow(RequestEntityTooLarge);
    expect((request.environ['gateway.input'] as TestInput).taken).toBe(0);
  });

  it('hold for a body that was read before', async () => {
    const request = formRequest('a=123456789');
    request.maxFormMemorySize = 5;
    await request.bytes();
    await expect(request.form()).rejects.toThrow(RequestEntityTooLarge);
  });

  it('refuse more fields than there may be', async () => {
    const fields = (count: number) => Array(count).fill('a=').join('&');
    expect((await formRequest(fields(1000)).form()).getlist('a').length).toBe(1000);
    await expect(formRequest(fields(1001)).form()).rejects.toThrow(/more than the 1000 fields/);
    await expect(formRequest('a=&'.repeat(150_000)).form()).rejects.toThrow(RequestEntityTooLarge);
  });
});

describe('request.values()', () => {
  it('has the query and then the form', async () => {
    const values = await formRequest('a=1', { query: 'a=0&b=2' }).values();
    expect(values.get('a')).toBe('0');
    expect(values.getlist('a')).toEqual(['0', '1']);
    expect(values.get('b')).toBe('2');
  });

  it('has no form with GET', async () => {
    const values = await formRequest('a=1', { method: 'GET', query: 'a=0' }).values();
    expect(values.getlist('a')).toEqual(['0']);
  });
});
