import { RequestEntityTooLarge } from '@werkstatt/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TestInput, testEnviron } from '../testing/environ.ts';
import { inputOf } from '../testing/form.ts';
import { FormDataParser, type FormDataParserOptions, parseFormData } from './form-data-parser.ts';

const TYPE = 'application/x-www-form-urlencoded';

async function parse(body: string, options?: FormDataParserOptions, size?: number) {
  const parsed = await new FormDataParser(options).parse(inputOf(body, size), TYPE);
  return parsed.form;
}

describe('an urlencoded form', () => {
  it('has the fields, repeated and empty ones included', async () => {
    const form = await parse('a=1&a=2&b=&c&&q=a+b%2Bc&%C3%BC=%E2%98%83');
    expect([...form]).toEqual([
      ['a', '1'],
      ['a', '2'],
      ['b', ''],
      ['c', ''],
      ['q', 'a b+c'],
      ['ü', '☃'],
    ]);
    expect((await parse('')).size).toBe(0);
  });

  it('takes UTF-8 that the client did not escape', async () => {
    expect([...(await parse('ü=☃&é=é'))]).toEqual([
      ['ü', '☃'],
      ['é', 'é'],
    ]);
  });

  it('takes no structure from names', async () => {
    expect([...(await parse('a[__proto__][x]=1&__proto__=2&a.b=3'))]).toEqual([
      ['a[__proto__][x]', '1'],
      ['__proto__', '2'],
      ['a.b', '3'],
    ]);
  });

  it('is what URLSearchParams wrote, however it is cut', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', '&', '=', '%', '+', ' ', 'ü', '☃', '\0') });
    const pairs = fc.array(fc.tuple(text, text), { maxLength: 5 });
    const runs = fc.asyncProperty(pairs, fc.integer({ min: 1, max: 9 }), async (sent, size) => {
      const form = await parse(new URLSearchParams(sent).toString(), {}, size);
      for (const [name] of sent) {
        expect(form.getlist(name)).toEqual(
          sent.filter((pair) => pair[0] === name).map((pair) => pair[1]),
        );
      }
    });
    await fc.assert(runs);
  });
});

describe('the limits of an urlencoded form', () => {
  const environOf = (body: string) =>
    testEnviron({ method: 'POST', body, headers: { 'Content-Type': TYPE } });

  it('refuse more bytes than may be in memory, before they are read if they are declared', async () => {
    const environ = environOf(`a=${'x'.repeat(500_000)}`);
    await expect(parseFormData(environ)).rejects.toThrow(RequestEntityTooLarge);
    expect((environ['gateway.input'] as TestInput).taken).toBe(0);
    for (const size of [1, 3, 100]) {
      const parsed = parse('a=123456789', { maxFormMemorySize: 10 }, size);
      await expect(parsed).rejects.toThrow('more than the 10 bytes');
      expect((await parse('a=123456789', { maxFormMemorySize: 11 }, size)).size).toBe(1);
    }
    let read = 0;
    const endless = {
      async read(size: number) {
        read += size;
        return new Uint8Array(size).fill(97);
      },
    };
    const stream = Object.assign(inputOf(''), endless);
    await expect(new FormDataParser().parse(stream, TYPE)).rejects.toThrow(RequestEntityTooLarge);
    expect(read).toBeLessThan(700_000);
  });

  it('refuse more fields than there may be, of which empty pieces are none', async () => {
    const fields = (count: number) => 'a=&'.repeat(count);
    expect((await parse(fields(1000))).getlist('a').length).toBe(1000);
    await expect(parse(fields(1001))).rejects.toThrow(/more than the 1000 fields/);
    await expect(parse(fields(150_000))).rejects.toThrow(RequestEntityTooLarge);
    expect((await parse('&'.repeat(10_000))).size).toBe(0);
    expect((await parse('a&b&c', { maxFormFields: 3 })).size).toBe(3);
    await expect(parse('a&b&c', { maxFormFields: 2 })).rejects.toThrow(RequestEntityTooLarge);
    expect((await parse('a&b&c', { maxFormParts: 1 })).size).toBe(3);
  });
});
