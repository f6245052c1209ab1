import { describe, expect, it } from 'vitest';
import { Headers } from '../datastructures/headers.ts';
import {
  isEntityHeader,
  isHopByHopHeader,
  removeEntityHeaders,
  removeHopByHopHeaders,
} from './entity-headers.ts';

describe('headers of content and of one hop', () => {
  it('are told in any case', () => {
    expect(isEntityHeader('content-TYPE')).toBe(true);
    expect(isEntityHeader('ETag')).toBe(false);
    expect(isHopByHopHeader('Keep-Alive')).toBe(true);
    expect(isHopByHopHeader('constructor')).toBe(false);
  });

  it('are removed, but for what may stay', () => {
    const headers = new Headers([
      ['Content-Type', 'text/plain'],
      ['Expires', '0'],
      ['Connection', 'close'],
      ['content-type', 'text/html'],
      ['X', '1'],
    ]);
    removeEntityHeaders(headers);
    removeHopByHopHeaders(headers);
    expect([...headers.keys()]).toEqual(['Expires', 'X']);
    removeEntityHeaders(headers, []);
    expect([...headers.keys()]).toEqual(['X']);
  });
});
