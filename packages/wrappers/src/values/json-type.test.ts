import { expect, it } from 'vitest';
import { isJsonType } from './json-type.ts';

it('JSON has one media type, and many that end in +json', () => {
  for (const type of ['application/json', 'APPLICATION/JSON', 'application/problem+json']) {
    expect(isJsonType(type)).toBe(true);
  }
  for (const type of ['', 'text/json', 'application/jsonp', 'application/xjson', 'text/x+json']) {
    expect(isJsonType(type)).toBe(false);
  }
});
