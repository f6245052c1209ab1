import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { BadRequestKeyError } from '../exceptions/bad-request.ts';
import { Headers } from './headers.ts';

describe('Headers', () => {
  it('is made of pairs, a record, another Headers or the platform’s', () => {
    const fields = [
      ['A', '1'],
      ['B', '2'],
      ['B', '3'],
    ] as const;
    expect([...new Headers(fields)]).toEqual(fields);
    expect([...new Headers({ A: 1, B: ['2', '3'] })]).toEqual(fields);
    expect([...new Headers(new Headers(fields))]).toEqual(fields);
    expect([...new Headers(new Map([['A', '1']]))]).toEqual([['A', '1']]);
    expect([...Headers.fromFetch(new globalThis.Headers([['A', '1']]))]).toEqual([['a', '1']]);
    expect(new Headers().size).toBe(0);
  });

  it('compares names without regard to case and keeps them as given', () => {
    const headers = new Headers([['X-Foo', 'bar']]);
    expect(headers.get('x-fOO')).toBe('bar');
    expect(headers.has('X-FOO')).toBe(true);
    expect([...headers.keys()]).toEqual(['X-Foo']);
    expect([...headers.keys({ lower: true })]).toEqual(['x-foo']);
  });

  it('gives undefined, a default, or an error for a field that is missing', () => {
    const headers = new Headers();
    expect(headers.get('a')).toBeUndefined();
    expect(headers.get('a', 'b')).toBe('b');
    expect(() => headers.getItem('a')).toThrow(BadRequestKeyError);
    expect(() => headers.pop('a')).toThrow(BadRequestKeyError);
    expect(() => headers.popitem()).toThrow(BadRequestKeyError);
  });

  it('converts values, and takes a refused one for missing', () => {
    const headers = new Headers({ n: ['12', 'x'], f: 'x' });
    expect(headers.get('n', undefined, { type: Number })).toBe(12);
    expect(headers.get('f', 0, { type: Number })).toBe(0);
    expect(headers.getlist('n', { type: BigInt })).toEqual([12n]);
    const fail = () => {
      throw new Error('not a refusal');
    };
    expect(() => headers.get('n', 0, { type: fail })).toThrow('not a refusal');
  });

  it('replaces the first field of a name where it stands and drops the others', () => {
    const headers = new Headers([
      ['A', '1'],
      ['B', '2'],
      ['a', '3'],
    ]);
    headers.set('a', 'x');
    expect([...headers]).toEqual([
      ['a', 'x'],
      ['B', '2'],
    ]);
  });

  it('changes nothing when the new value cannot be sent', () => {
    const headers = new Headers({ a: '1' });
    expect(() => headers.set('a', 'x\n')).toThrow(InvalidHeaderError);
    expect(() => headers.setlist('a', ['ok', '\0'])).toThrow(InvalidHeaderError);
    expect([...headers]).toEqual([['a', '1']]);
  });

  it('writes parameters, quoted where they have to be', () => {
    const headers = new Headers();
    headers.add('Content-Disposition', 'attachment', { filename: 'a "b".txt', max_age: null });
    headers.add('X', 'v', { some_thing: 1, name: '☃' });
    expect(headers.get('content-disposition')).toBe('attachment; filename="a \\"b\\".txt"');
    expect(headers.get('x')).toBe("v; some-thing=1; name*=UTF-8''%E2%98%83");
  });

  it('refuses parameters that would end the field', () => {
    const headers = new Headers();
    expect(() => headers.add('X', 'v', { name: 'a\r\nb' })).toThrow(InvalidHeaderError);
  });

  it('hands out lists that later changes leave alone', () => {
    const headers = new Headers({ a: '1' });
    const list = headers.toGatewayList();
    const copy = headers.copy();
    headers.set('a', '2');
    headers.add('b', '3');
    expect(list).toEqual([['a', '1']]);
    expect([...copy]).toEqual([['a', '1']]);
  });

  it('extends and updates itself without end', () => {
    const headers = new Headers({ a: ['1', '2'] });
    headers.extend(headers);
    headers.update(headers);
    expect(headers.getAll('a')).toEqual(['1', '2', '1', '2']);
  });

  it('keeps every cookie of an update from the platform’s headers', () => {
    const platform = new globalThis.Headers([
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
    ]);
    const headers = new Headers({ 'Set-Cookie': 'c=3' });
    headers.update(platform);
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(headers.toFetch().getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('calls back with value, name and itself', () => {
    const headers = new Headers({ a: '1' });
    const calls: unknown[] = [];
    headers.forEach((...args) => {
      calls.push(args);
    });
    expect(calls).toEqual([['1', 'a', headers]]);
  });

  it('is equal to the same fields in another order and case', () => {
    const headers = new Headers({ A: '1', b: '2' });
    expect(headers.equals(new Headers({ B: '2', a: '1' }))).toBe(true);
    expect(headers.equals(new Headers({ A: '1', b: ['2', '2'] }))).toBe(false);
  });

  it('knows no names but its own', () => {
    const headers = new Headers([
      ['__proto__', 'a'],
      ['__proto__', 'b'],
    ]);
    expect(headers.getlist('__proto__')).toEqual(['a', 'b']);
    expect(headers.get('constructor')).toBeUndefined();
    expect(headers.has('toString')).toBe(false);
  });

  it('behaves as the platform’s headers do for names and values that both take', () => {
    const name = fc.constantFrom('a', 'B', 'x-y', 'X-Y', 'set');
    const value = fc.stringMatching(/^[\t\x20-\x7e\x80-\xff]*$/);
    const step = fc.tuple(fc.constantFrom('append', 'set', 'delete'), name, value);
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const ours = new Headers();
        const platform = new globalThis.Headers();
        for (const [method, key, text] of steps) {
          ours[method as 'append'](key, text);
          platform[method as 'append'](key, text);
        }
        expect([...ours.toFetch()]).toEqual([...platform]);
      }),
    );
  });
});
