import { describe, expect, it } from 'vitest';
import type { Outcome } from './attempt.ts';
import { judge } from './judge.ts';
import type { Must } from './must.ts';

function returned(value: unknown, changes: Partial<Outcome> = {}): Outcome {
  return { value, thrown: undefined, milliseconds: 1, disasters: [], ...changes };
}

const threw = returned(undefined, { thrown: { error: new RangeError('no') } });

const holds = (must: Must, value: unknown): boolean => judge(must, returned(value)) === null;

describe('judge', () => {
  it('compares: equals, notEquals, oneOf', () => {
    expect(holds({ equals: [1, { a: null }] }, [1, { a: null }])).toBe(true);
    expect(holds({ equals: [1] }, [2])).toBe(false);
    expect(holds({ notEquals: [1] }, [2])).toBe(true);
    expect(holds({ notEquals: [1] }, [1])).toBe(false);
    expect(holds({ oneOf: ['a', 'b'] }, 'b')).toBe(true);
    expect(holds({ oneOf: ['a', 'b'] }, 'c')).toBe(false);
  });

  it('looks at a part of the result: at', () => {
    expect(holds({ at: 'a.0.b', equals: 1 }, { a: [{ b: 1 }] })).toBe(true);
    expect(holds({ at: 'a.0.b', equals: 1 }, { a: [{ b: 2 }] })).toBe(false);
    expect(holds({ at: 'a.length', equals: 2 }, { a: [1, 2] })).toBe(true);
    expect(holds({ at: 'a.length', equals: 2 }, { a: 'xyz' })).toBe(false);
    expect(holds({ at: 'a', anyOf: [{ equals: 1 }] }, { a: 1 })).toBe(true);
  });

  it('does not let a part that is missing pass', () => {
    expect(holds({ at: 'a', notContains: ['x'] }, {})).toBe(false);
    expect(holds({ at: 'toString', exists: true }, {})).toBe(false);
    expect(holds({ at: 'a', anyOf: [{ notContains: ['x'] }] }, {})).toBe(true);
  });

  it('tells whether something is there: exists', () => {
    expect(holds({ at: 'a', exists: true }, { a: '' })).toBe(true);
    expect(holds({ at: 'a', exists: true }, { a: null })).toBe(false);
    expect(holds({ at: 'a', exists: true }, {})).toBe(false);
    expect(holds({ at: 'a', exists: false }, {})).toBe(true);
    expect(holds({ at: 'a', exists: false }, { a: 1 })).toBe(false);
  });

  it('wants something to be thrown: throws', () => {
    expect(judge({ throws: true }, threw)).toBeNull();
    expect(judge({ throws: 'RangeError' }, threw)).toBeNull();
    expect(judge({ throws: 'NotFound' }, threw)).toContain('RangeError: no');
    expect(holds({ throws: true }, 1)).toBe(false);
    expect(holds({ throws: 'RangeError', at: 'x' }, 1)).toBe(false);
    expect(judge({ throws: true, at: 'x' }, threw)).toBeNull();
  });

  it('takes a throw for a failure of every key that looks at the result', () => {
    const keys: Must[] = [
      { equals: null },
      { notEquals: 1 },
      { oneOf: [null] },
      { noOwnPrototype: true },
      { ownKeys: [] },
      { contains: [] },
      { notContains: ['x'] },
      { latin1NotContains: ['x'] },
      { matches: '' },
      { notMatches: 'x' },
      { sameOrigin: { bases: [] } },
      { maxLength: 100 },
      { exists: false },
      { pins: { distinct: 0 } },
    ];
    for (const must of keys) expect(judge(must, threw)).toContain('it threw');
    expect(judge({ settles: { ms: 5 } }, threw)).toBeNull();
    expect(judge({ maxMs: 5 }, threw)).toBeNull();
    expect(judge({ anyOf: [{ throws: true }] }, threw)).toBeNull();
  });

  it('takes one alternative: anyOf', () => {
    const anyOf: Must[] = [{ equals: 1 }, { throws: true }];
    expect(holds({ anyOf }, 1)).toBe(true);
    expect(judge({ anyOf }, threw)).toBeNull();
    expect(holds({ anyOf }, 2)).toBe(false);
    expect(holds({ anyOf, equals: 2 }, 1)).toBe(false);
  });

  it('wants an end in time: settles, maxMs', () => {
    const slow = returned(1, { milliseconds: 20 });
    expect(judge({ settles: { ms: 10 } }, slow)).toContain('20 ms');
    expect(judge({ maxMs: 10 }, slow)).toContain('20 ms');
    expect(judge({ settles: { ms: 30 } }, slow)).toBeNull();
  });

  it('lets no disaster pass, whatever else holds', () => {
    const disasters = ['unhandledRejection: x'];
    expect(judge({ equals: 1 }, returned(1, { disasters }))).toBe('unhandledRejection: x');
    expect(judge({ throws: true }, { ...threw, disasters })).toBe('unhandledRejection: x');
  });

  it('names own keys: ownKeys, orOwnKeys', () => {
    const value = JSON.parse('{"__proto__": 1, "a": 2}');
    expect(holds({ ownKeys: ['a', '__proto__'] }, value)).toBe(true);
    expect(holds({ ownKeys: ['a'] }, value)).toBe(false);
    expect(holds({ ownKeys: ['a', '__proto__', 'b'] }, value)).toBe(false);
    expect(holds({ ownKeys: ['a'], orOwnKeys: ['a', '__proto__'] }, value)).toBe(true);
    expect(holds({ ownKeys: [] }, 'text')).toBe(false);
  });

  it('searches every text, keys included: contains, notContains', () => {
    const value = { 'a key': ['one', { b: 'two' }] };
    expect(holds({ contains: ['key', 'wo'] }, value)).toBe(true);
    expect(holds({ contains: ['key', 'three'] }, value)).toBe(false);
    expect(holds({ notContains: ['three'] }, value)).toBe(true);
    expect(holds({ notContains: ['two'] }, value)).toBe(false);
    expect(holds({ notContains: ['a k'] }, value)).toBe(false);
  });

  it('searches the low octets: latin1NotContains', () => {
    expect(holds({ latin1NotContains: ['\n'] }, ['a\u010ab'])).toBe(false);
    expect(holds({ latin1NotContains: ['\n'] }, ['a\u010bb'])).toBe(true);
  });

  it('tries patterns on a text, or on compact JSON: matches, notMatches', () => {
    expect(holds({ matches: '^a$' }, 'a')).toBe(true);
    expect(holds({ matches: '^A$' }, 'a')).toBe(false);
    expect(holds({ matches: '^A$', flags: 'i' }, 'a')).toBe(true);
    expect(holds({ matches: '^\\{"a":1\\}$' }, { a: 1 })).toBe(true);
    expect(holds({ notMatches: '"a"' }, { a: 1 })).toBe(false);
    expect(holds({ notMatches: '^a' }, 'ba')).toBe(true);
  });

  it('follows a target as a browser does: sameOrigin', () => {
    const sameOrigin = { bases: ['http://app.example/x', 'https://app.example/x'] };
    expect(holds({ sameOrigin }, './https:evil.example/')).toBe(true);
    expect(holds({ sameOrigin }, '/path')).toBe(true);
    expect(holds({ sameOrigin }, 'https:evil.example/')).toBe(false);
    expect(holds({ sameOrigin }, '\\\\evil.example/')).toBe(false);
    expect(holds({ sameOrigin }, '/\t/evil.example')).toBe(false);
    expect(holds({ sameOrigin }, 'javascript:alert(1)')).toBe(false);
    expect(holds({ sameOrigin }, 'http://[')).toBe(false);
    expect(holds({ sameOrigin }, null)).toBe(false);
  });

  it('measures: maxLength', () => {
    expect(holds({ maxLength: 3 }, 'abc')).toBe(true);
    expect(holds({ maxLength: 3 }, 'abcd')).toBe(false);
    expect(holds({ maxLength: 3 }, ['a'])).toBe(false);
  });

  it('wants secrets to differ: pins', () => {
    const pins = { distinct: 2, minDigits: 3, minLength: 5 };
    expect(holds({ pins }, ['123-456', '123-457'])).toBe(true);
    expect(holds({ pins }, ['123-456', '123-456'])).toBe(false);
    expect(holds({ pins }, ['123-456', '12-abc'])).toBe(false);
    expect(holds({ pins }, ['123-456', '1234'])).toBe(false);
    expect(holds({ pins }, '12')).toBe(false);
  });

  it('finds prototypes that input got into: noOwnPrototype', () => {
    expect(holds({ noOwnPrototype: true }, { a: [Object.create(null)] })).toBe(true);
    expect(holds({ noOwnPrototype: true }, { a: [Object.create({ polluted: 1 })] })).toBe(false);
    const own = JSON.parse('{"__proto__": {"x": 1}}');
    expect(holds({ noOwnPrototype: true }, own)).toBe(true);
    expect(holds({ noOwnPrototype: true }, Object.assign({}, own))).toBe(false);
    for (const { prototype } of [Object, Array, Function, Map, String]) {
      Object.defineProperty(prototype, 'polluted', { value: 1, configurable: true });
      expect(holds({ noOwnPrototype: true }, {})).toBe(false);
      delete (prototype as { polluted?: number }).polluted;
    }
    expect(holds({ noOwnPrototype: true }, {})).toBe(true);
  });
});
