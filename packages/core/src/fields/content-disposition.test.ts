import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { ContentDisposition } from './content-disposition.ts';

const nameIn = (header: string | null) => ContentDisposition.fromHeader(header)?.filename;
const write = (filename: string) => new ContentDisposition('attachment', { filename }).toHeader();

describe('ContentDisposition.fromHeader', () => {
  it('reads names as RFC 6266 has them', () => {
    expect(nameIn('Attachment; filename=example.html')).toBe('example.html');
    expect(nameIn('INLINE; FILENAME= "an example.html"')).toBe('an example.html');
    expect(nameIn("attachment; filename*= UTF-8''%e2%82%ac%20rates")).toBe('€ rates');
    expect(nameIn('attachment; filename="a\\"b\\\\c"')).toBe('a"b\\c');
    expect(nameIn('inline')).toBeNull();
    expect(nameIn('')).toBeUndefined();
    expect(nameIn(null)).toBeUndefined();
    expect(nameIn('; filename=a')).toBeUndefined();
  });

  it('prefers the extended name, unless it cannot be decoded', () => {
    expect(nameIn(`attachment; filename="EURO rates"; filename*=utf-8''%e2%82%ac`)).toBe('€');
    expect(nameIn(`attachment; filename*=utf-8''%e2%82%ac; filename=b`)).toBe('€');
    expect(nameIn(`attachment; filename=b; filename*=utf-7''x`)).toBe('b');
    expect(nameIn('attachment; filename=b; filename*=x')).toBe('b');
    expect(nameIn(`attachment; filename*=iso-8859-1''%A3`)).toBe('£');
  });

  it('takes the first of two, and what stands before a mistake', () => {
    expect(nameIn('attachment; filename=a; filename=b')).toBe('a');
    expect(nameIn('attachment; filename=a; b; filename*=x')).toBe('a');
    expect(nameIn('attachment; filename="a')).toBeNull();
    expect(nameIn('attachment;; filename=a')).toBe('a');
  });

  it('keeps other parameters, whatever their names', () => {
    const field = ContentDisposition.fromHeader('form-data; name="a b"; __proto__=x')!;
    expect(field.type).toBe('form-data');
    expect(field.getParam('Name')).toBe('a b');
    expect(field.getParam('__proto__')).toBe('x');
    expect(field.getParam('constructor')).toBeUndefined();
    expect(String(field)).toBe('form-data; name="a b"; __proto__=x');
  });
});

describe('ContentDisposition', () => {
  it('writes names once where ASCII holds them, else twice', () => {
    expect(write('a.txt')).toBe('attachment; filename=a.txt');
    expect(write('a b.txt')).toBe('attachment; filename="a b.txt"');
    expect(write('名前.txt')).toBe(
      "attachment; filename=.txt; filename*=UTF-8''%E5%90%8D%E5%89%8D.txt",
    );
    expect(write("Café's (1).txt")).toBe(
      `attachment; filename="Cafe's (1).txt"; filename*=UTF-8''Caf%C3%A9%27s%20%281%29.txt`,
    );
    expect(write('100%25.txt')).toBe(
      "attachment; filename=100%25.txt; filename*=UTF-8''100%2525.txt",
    );
  });

  it('lets no name become another parameter or field, or look like what it is not', () => {
    expect(write('a"; filename="evil.html')).toBe(
      'attachment; filename="a\\"; filename=\\"evil.html"',
    );
    expect(write('a"\r\nX-Evil: 1.txt')).toBe('attachment; filename="a\\"X-Evil: 1.txt"');
    expect(write('a\u202etxt.exe\0')).toBe('attachment; filename=atxt.exe');
    expect(write('\ud800a')).toBe("attachment; filename=a; filename*=UTF-8''%EF%BF%BDa");
  });

  it('tells of changes', () => {
    const told: string[] = [];
    const field = new ContentDisposition(
      'inline',
      { filename: 'a', params: [['name', 'b']] },
      (changed) => told.push(changed.toHeader()),
    );
    field.type = 'Attachment';
    field.filename = null;
    field.setParam('Name', 'c d');
    expect(told).toEqual([
      'attachment; name=b; filename=a',
      'attachment; name=b',
      'attachment; name="c d"',
    ]);
  });

  it('refuses what cannot be sent', () => {
    expect(() => new ContentDisposition('a b')).toThrow(InvalidHeaderError);
    const field = new ContentDisposition('inline');
    expect(() => field.setParam('a', 'b\n')).toThrow(InvalidHeaderError);
    expect(() => field.setParam('a b', 'c')).toThrow(InvalidHeaderError);
    expect(() => field.setParam('filename*', 'c')).toThrow(/property filename/);
  });

  it('gives any name back without its control characters, in plain octets of one line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), anyText()), (filename) => {
        const header = write(filename);
        expect(header).toMatch(/^[\x20-\x7e]*$/);
        const wanted = filename
          .toWellFormed()
          .replace(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu, '');
        expect(nameIn(header)).toBe(wanted);
      }),
    );
  });
});
