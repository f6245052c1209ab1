import { describe, expect, it } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

describe('nearest', () => {
  it('finds names that were mistyped, the likeliest first', () => {
    expect(nearest('maxHeadrSize', ['maxBodySize', 'maxHeaderCount', 'maxHeaderSize'])).toEqual([
      'maxHeaderSize',
      'maxBodySize',
    ]);
    expect(nearest('--prot', ['--host', '--port'], 1)).toEqual(['--port']);
    expect(nearest('app', ['application', 'handler'])).toEqual(['application']);
  });

  it('finds nothing for a name that is like none', () => {
    expect(nearest('zebra', ['host', 'port'])).toEqual([]);
    expect(nearest('', ['host'])).toEqual([]);
    expect(nearest('x'.repeat(100_000), ['x'.repeat(100_000)])).toEqual([]);
  });
});

describe('didYouMean', () => {
  it('is a sentence, or nothing', () => {
    expect(didYouMean('sevre', ['serve'])).toBe(" Did you mean 'serve'?");
    expect(didYouMean('zebra', ['serve'])).toBe('');
  });
});
