import { expect, it } from 'vitest';
import { parseCoep, parseCoop, parseCorp } from './cross-origin.ts';

it('Cross-Origin-Embedder-Policy and -Opener-Policy are tokens, with or without parameters', () => {
  expect(parseCoep('require-corp')).toBe('require-corp');
  expect(parseCoep('credentialless; report-to="coep"')).toBe('credentialless');
  expect(parseCoop('same-origin')).toBe('same-origin');
  expect(parseCoop('noopener-allow-popups;report-to="coop"')).toBe('noopener-allow-popups');
});

it('Cross-Origin-Embedder-Policy and -Opener-Policy fall back to unsafe-none', () => {
  const headers = [
    '',
    'bogus',
    '"same-origin"',
    'Same-Origin',
    'a, b',
    'toString',
    null,
    undefined,
  ];
  for (const header of headers) {
    expect(parseCoep(header)).toBe('unsafe-none');
    expect(parseCoop(header)).toBe('unsafe-none');
  }
  expect(parseCoep('same-origin')).toBe('unsafe-none');
  expect(parseCoop('require-corp')).toBe('unsafe-none');
});

it('Cross-Origin-Resource-Policy is a known word, or null', () => {
  expect(parseCorp('same-site')).toBe('same-site');
  expect(parseCorp('cross-origin')).toBe('cross-origin');
  for (const header of ['', 'bogus', 'SAME-SITE', 'same-site;a', 'toString', null, undefined]) {
    expect(parseCorp(header)).toBeNull();
  }
});
