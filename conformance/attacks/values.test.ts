import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { expand } from './values.ts';

describe('expand', () => {
  it('repeats a text, also one that is written so itself', () => {
    expect(expand({ repeat: 'ab', times: 3 })).toBe('ababab');
    expect(expand({ repeat: { repeat: 'a', times: 2 }, times: 2 })).toBe('aaaa');
    expect(expand({ repeat: 'a', times: 'N' }, 5)).toBe('aaaaa');
    expect(expand({ repeat: 'a', times: 0 })).toBe('');
  });

  it('joins', () => {
    expect(expand({ join: ['a', { repeat: 'b', times: 2 }, 'c'] })).toBe('abbc');
  });

  it('makes octets of code units, gzips them and cuts them', () => {
    expect(expand({ bytes: 'a\u00ff' })).toEqual(new Uint8Array([0x61, 0xff]));
    const gzip = expand({ gzipOf: { repeat: 'x', times: 100 } }) as Uint8Array;
    expect(gunzipSync(gzip).toString()).toBe('x'.repeat(100));
    expect(expand({ gzipOf: { bytes: 'x' } })).toEqual(expand({ gzipOf: 'x' }));
    expect(expand({ chunks: { bytes: 'abc' }, size: 2 })).toEqual([
      new Uint8Array([0x61, 0x62]),
      new Uint8Array([0x63]),
    ]);
  });

  it('repeats pairs', () => {
    expect(expand({ repeatPairs: ['a', 'b'], times: 'N' }, 2)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('states the length of a body where autoLength asks for it', () => {
    const headers = [['A', 'b']];
    expect(expand({ autoLength: true, headers, body: { bytes: 'xyz' } })).toEqual({
      headers: [
        ['A', 'b'],
        ['Content-Length', '3'],
      ],
      body: new Uint8Array([0x78, 0x79, 0x7a]),
    });
  });

  it('leaves all else as it is, at any depth', () => {
    expect(expand([{ repeat: 'a' }, { times: 1, repeat: 'a', more: 1 }, null, 1])).toEqual([
      { repeat: 'a' },
      { times: 1, repeat: 'a', more: 1 },
      null,
      1,
    ]);
    expect(expand([[{ x: { repeat: 'a', times: 2 } }]])).toEqual([[{ x: 'aa' }]]);
    const proto = expand(JSON.parse('{"__proto__": {"polluted": true}}')) as object;
    expect(Object.keys(proto)).toEqual(['__proto__']);
  });

  it('refuses what makes no sense', () => {
    expect(() => expand({ repeat: 'a', times: 'N' })).toThrow('N is undefined');
    expect(() => expand({ repeat: 1, times: 1 })).toThrow('no text');
    expect(() => expand({ bytes: '\u0100' })).toThrow('no octets');
    expect(() => expand({ chunks: { bytes: 'a' }, size: 0 })).toThrow('chunks of 0');
  });
});
