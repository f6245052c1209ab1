import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { MIMEAccept } from './mime-accept.ts';

describe('MIMEAccept', () => {
  it('puts types with parameters first and wildcards last', () => {
    const accept = MIMEAccept.fromHeader('*/*, text/*, text/html, text/html;level=1, nonsense');
    expect([...accept.values()]).toEqual([
      'text/html; level=1',
      'text/html',
      'text/*',
      'nonsense',
      '*/*',
    ]);
  });

  it('lets the most specific range decide', () => {
    const accept = MIMEAccept.fromHeader('text/*, text/html;q=0.3, */*;q=0.1');
    expect(accept.bestMatch(['text/html', 'text/plain'])).toBe('text/plain');
    expect(accept.quality('TEXT/HTML')).toBe(0.3);
    expect(accept.quality('image/png')).toBe(0.1);
  });

  it('compares parameters in any order', () => {
    const accept = MIMEAccept.fromHeader('text/html;level=1;v=2');
    expect(accept.has('text/html; V=2; level=1')).toBe(true);
    expect(accept.has('text/html;level=1')).toBe(false);
    expect(MIMEAccept.fromHeader('text/html').has('text/html;level=1')).toBe(false);
  });

  it('matches ranges of your own', () => {
    expect(MIMEAccept.fromHeader('image/png').has('image/*')).toBe(true);
    expect(MIMEAccept.fromHeader('image/png').has('*/*')).toBe(true);
    expect(MIMEAccept.fromHeader('*/png').has('image/png')).toBe(false);
  });

  it('says what is no media type', () => {
    expect(() => MIMEAccept.fromHeader('*/*').bestMatch(['html'])).toThrow(InvalidHeaderError);
    expect(() => MIMEAccept.fromHeader('*/*').bestMatch(['*/html'])).toThrow(InvalidHeaderError);
  });

  it('knows who takes HTML and JSON', () => {
    const { acceptHtml, acceptXhtml, acceptJson } = MIMEAccept.fromHeader('application/xml;q=0.9');
    expect([acceptHtml, acceptXhtml, acceptJson]).toEqual([true, true, false]);
  });
});
