import { describe, expect, it } from 'vitest';
import { secureFilename } from '../security/secure-filename.ts';
import { asciiFilename } from './filename.ts';

describe.each([asciiFilename, secureFilename])('$name', (toAscii) => {
  it('takes accents off, composed or not', () => {
    expect(toAscii('r\u00e9sume\u0301.pdf')).toBe('resume.pdf');
    expect(toAscii('\u1eab\uff9e.txt')).toBe('a.txt');
  });

  it('takes no quadratic time for a long run of accents', () => {
    const start = performance.now();
    expect(toAscii(`a${'\u0301\u0316'.repeat(100_000)}.txt`)).toBe('a.txt');
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
