import { describe, expect, it } from 'vitest';
import { prefersHtml } from './prefers-html.ts';

describe('prefersHtml', () => {
  it('is true for what browsers send', () => {
    expect(prefersHtml('text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')).toBe(
      true,
    );
  });

  it('is false for a client that takes anything, as curl and fetch do', () => {
    expect(prefersHtml('*/*')).toBe(false);
  });

  it('is false without the header', () => {
    expect(prefersHtml(undefined)).toBe(false);
  });

  it('is false for a client that likes plain text better', () => {
    expect(prefersHtml('text/html;q=0.4, text/plain')).toBe(false);
  });

  it('is false for a client that refuses HTML', () => {
    expect(prefersHtml('text/html;q=0, */*')).toBe(false);
  });

  it('does not mind case, blanks and other parameters', () => {
    expect(prefersHtml('Text/HTML ; level=1 ; Q=0.8')).toBe(true);
  });
});
