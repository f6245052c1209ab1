import { describe, expect, it } from 'vitest';
import { generateEtag } from './generate-etag.ts';

describe('generateEtag', () => {
  it('makes the same tag of the same content, as text or as bytes', () => {
    expect(generateEtag('snöw')).toMatch(/^[\w-]{43}$/);
    expect(generateEtag(new TextEncoder().encode('snöw'))).toBe(generateEtag('snöw'));
    expect(generateEtag('snow')).not.toBe(generateEtag('snöw'));
    expect(generateEtag('')).toBe('47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU');
  });
});
