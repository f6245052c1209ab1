import { expect, it } from 'vitest';
import { getContentType } from './content-type.ts';

it('adds a charset to types of text and to no others', () => {
  expect(getContentType('text/html')).toBe('text/html; charset=utf-8');
  expect(getContentType('image/svg+xml')).toBe('image/svg+xml; charset=utf-8');
  expect(getContentType('application/javascript', 'x')).toBe('application/javascript; charset=x');
  expect(getContentType('application/json')).toBe('application/json');
  expect(getContentType('text/plain; charset=ascii')).toBe('text/plain; charset=ascii');
});
