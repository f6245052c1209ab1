import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { ImmutableError } from '../errors/immutable-error.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { RequestCacheControl } from './request-cache-control.ts';
import { ResponseCacheControl } from './response-cache-control.ts';

describe('ResponseCacheControl', () => {
  it('has a property for each directive', () => {
    const control = ResponseCacheControl.fromHeader(
      'Private="set-cookie", no-cache, Max-Age=60, s-maxage=x, immutable, ext=1',
    );
    expect([control.private, control.noCache, control.public]).toEqual(['set-cookie', true, false]);
    expect([control.maxAge, control.sMaxage, control.staleIfError]).toEqual([60, null, null]);
    expect([control.immutable, control.get('ext')]).toEqual([true, '1']);
  });

  it('writes what is set, and takes out what is set to nothing', () => {
    const seen: string[] = [];
    const control = new ResponseCacheControl(null, (changed) => seen.push(changed.toHeader()));
    control.public = true;
    control.maxAge = 60.7;
    control.noCache = 'Set-Cookie, Vary';
    control.public = false;
    control.noCache = null;
    expect(seen).toEqual([
      'public',
      'public, max-age=60',
      'public, max-age=60, no-cache="Set-Cookie, Vary"',
      'max-age=60, no-cache="Set-Cookie, Vary"',
      'max-age=60',
    ]);
  });

  it('refuses seconds that cannot be', () => {
    const control = new ResponseCacheControl();
    for (const seconds of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => {
        control.maxAge = seconds;
      }).toThrow(InvalidHeaderError);
    }
    expect(control.size).toBe(0);
  });

  it('takes seconds beyond all numbers for very many', () => {
    const { maxAge } = ResponseCacheControl.fromHeader(`max-age=${'9'.repeat(400)}`);
    expect(maxAge).toBe(Number.MAX_SAFE_INTEGER);
  });

  it('shows its text when it is logged', () => {
    expect(inspect(ResponseCacheControl.fromHeader('no-store'))).toBe(
      'ResponseCacheControl "no-store"',
    );
  });

  it('reads what it writes', () => {
    const name = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
    const value = fc.option(anyText());
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key }), (pairs) => {
        const control = new ResponseCacheControl(pairs);
        expect([...ResponseCacheControl.fromHeader(control.toHeader())]).toEqual(pairs);
      }),
    );
  });
});

describe('RequestCacheControl', () => {
  it('takes max-stale without a value for any number', () => {
    expect(RequestCacheControl.fromHeader('max-stale').maxStale).toBe(true);
    expect(RequestCacheControl.fromHeader('max-stale=5, only-if-cached')).toMatchObject({
      maxStale: 5,
      onlyIfCached: true,
      noCache: false,
    });
  });

  it('cannot be changed', () => {
    const control = RequestCacheControl.fromHeader('max-age=5');
    expect(() => Object.assign(control, { maxAge: 1 })).toThrow(ImmutableError);
    expect(() => Object.assign(control, { noCache: false })).toThrow(ImmutableError);
    expect(() => control.clear()).toThrow(ImmutableError);
    expect(control.toHeader()).toBe('max-age=5');
  });

  it('reads what it writes', () => {
    const seconds = fc.nat().map(String);
    const flag = fc.constant(null);
    const directives = fc.record(
      {
        'max-age': seconds,
        'max-stale': fc.option(seconds),
        'min-fresh': seconds,
        'no-cache': flag,
        'only-if-cached': flag,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(directives, (parts) => {
        const control = new RequestCacheControl(Object.entries(parts));
        const read = RequestCacheControl.fromHeader(control.toHeader());
        expect([...read]).toEqual(Object.entries(parts));
        expect([read.maxAge, read.onlyIfCached]).toEqual([
          parts['max-age'] === undefined ? null : Number(parts['max-age']),
          parts['only-if-cached'] === null,
        ]);
      }),
    );
  });
});
