import { describe, expect, it } from 'vitest';
import { CharsetAccept } from './charset-accept.ts';
import { LanguageAccept } from './language-accept.ts';

describe('LanguageAccept', () => {
  it('compares tags and locales without regard to case', () => {
    const accept = LanguageAccept.fromHeader('de-AT, en;q=0.5');
    expect(accept.has('DE_at')).toBe(true);
    expect(accept.has('de')).toBe(false);
  });

  it('cuts the tags of the client down, and then yours', () => {
    expect(LanguageAccept.fromHeader('es, en-GB;q=0.8').bestMatch(['en-US', 'en'])).toBe('en');
    expect(LanguageAccept.fromHeader('de;q=0.5, fr').bestMatch(['de-CH', 'fr-CH'])).toBe('fr-CH');
    expect(LanguageAccept.fromHeader('zh-Hant-TW').bestMatch(['zh-Hant'])).toBeNull();
    expect(LanguageAccept.fromHeader('fr').bestMatch(['de'], 'it')).toBe('it');
    expect(LanguageAccept.fromHeader('').bestMatch(['de'], 'it')).toBe('it');
  });
});

describe('CharsetAccept', () => {
  it('knows the other names of a charset', () => {
    const accept = CharsetAccept.fromHeader('utf-8, iso-8859-1;q=0.5');
    expect(accept.quality('UTF8')).toBe(1);
    expect(accept.quality('latin1')).toBe(0.5);
    expect(accept.quality('iso-8859-15')).toBe(0);
  });
});
