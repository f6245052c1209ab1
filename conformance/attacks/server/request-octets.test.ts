import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { fillText, requestOctets } from './request-octets.ts';

const values = new Map([['PORT', '80']]);

describe('requestOctets', () => {
  it('takes a code unit for an octet', () => {
    expect([...requestOctets('a\u00ff', values)]).toEqual([0x61, 0xff]);
    expect(() => requestOctets('\u0100', values)).toThrow('is no request');
  });

  it('joins texts that repeat and octets', () => {
    const request = requestOctets(
      { join: ['a', { repeat: 'b', times: 2 }, { gzipOf: { repeat: 'c', times: 9 } }] },
      values,
    );
    expect(request.toString('latin1', 0, 3)).toBe('abb');
    expect(gunzipSync(request.subarray(3)).toString()).toBe('ccccccccc');
  });

  it('puts values in, and the length of the body', () => {
    const request = requestOctets('A: {{PORT}}\r\nB: {{LENGTH}}\r\n\r\n{{PORT}}\u00ff', values);
    expect(request.toString('latin1')).toBe('A: 80\r\nB: 3\r\n\r\n80\u00ff');
  });

  it('refuses what it has no value for', () => {
    expect(() => fillText('{{INODE}}', values)).toThrow('{{INODE}}');
  });
});
