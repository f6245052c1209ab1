import { expect, it } from 'vitest';
import {
  parseSecFetchDest,
  parseSecFetchMode,
  parseSecFetchSite,
  parseSecFetchUser,
} from './sec-fetch.ts';

it('Sec-Fetch headers are known words, or null', () => {
  expect(parseSecFetchSite('same-origin')).toBe('same-origin');
  expect(parseSecFetchMode('navigate')).toBe('navigate');
  expect(parseSecFetchDest('document')).toBe('document');
  for (const header of [
    'bogus',
    '',
    'NAVIGATE',
    ' none',
    'toString',
    '__proto__',
    null,
    undefined,
  ]) {
    expect(parseSecFetchSite(header)).toBeNull();
    expect(parseSecFetchMode(header)).toBeNull();
    expect(parseSecFetchDest(header)).toBeNull();
  }
});

it('Sec-Fetch-User is true for ?1 alone', () => {
  expect(parseSecFetchUser('?1')).toBe(true);
  for (const header of ['?0', '1', '', null]) expect(parseSecFetchUser(header)).toBe(false);
});
