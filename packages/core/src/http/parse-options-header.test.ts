import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../../test/any-text.ts';
import { dumpOptionsHeader } from './dump-options-header.ts';
import { parseOptionsHeader } from './parse-options-header.ts';

function optionsOf(header: string): Record<string, string> {
  return { ...parseOptionsHeader(header)[1] };
}

describe('parseOptionsHeader', () => {
  it('takes value and parameters apart', () => {
    expect(parseOptionsHeader(' TEXT/html ;Charset=UTF-8; ;; a="b; c" x; d=e/f')).toEqual([
      'TEXT/html',
      Object.assign(Object.create(null), { charset: 'UTF-8', a: 'b; c', d: 'e' }),
    ]);
    expect(parseOptionsHeader(null)[0]).toBe('');
    expect(optionsOf('; a=b')).toEqual({});
  });

  it('skips what is broken', () => {
    expect(optionsOf('v; a; b=; =c; d =e; f="g; h=i')).toEqual({ h: 'i' });
  });

  it('undoes the escapes of browsers and no others', () => {
    expect(optionsOf('v; a="C:\\dir\\x"; b="\\"\\\\"; c="%22%41"')).toEqual({
      a: 'C:\\dir\\x',
      b: '"\\',
      c: '"%41',
    });
  });

  it('does not end a value at an escaped quote', () => {
    expect(optionsOf('v; name="a\\"; filename=\\"evil"')).toEqual({ name: 'a"; filename="evil' });
  });

  it('decodes extended values, also with octets that are not in their charset', () => {
    expect(optionsOf("v; a*=UTF-8'de'%C3%BC; b*=iso-8859-1''%FC; c*=us-ascii''%FC")).toEqual({
      a: 'ü',
      b: 'ü',
      c: '\ufffd',
    });
    expect(optionsOf("v; a*=UTF-8''%FF%zz; b*=UTF-16''%00a; c*=plain")).toEqual({
      a: '\ufffd%zz',
      b: '%00a',
      c: 'plain',
    });
  });

  it('takes a quote that was encoded for text', () => {
    expect(optionsOf("v; a*=UTF-8''%22%C3%BC; b*=UTF-8''%22b%22; c*=UTF-8''%22")).toEqual({
      a: '"ü',
      b: '"b"',
      c: '"',
    });
    expect(optionsOf(`v; k*0*=UTF-8''a; k*1*="b%20"`)).toEqual({ k: 'ab ' });
  });

  it('joins the sections of a parameter', () => {
    expect(optionsOf(`v; k*0*=UTF-8''a%20; k*1="b "; k*2*=%C3%A9`)).toEqual({ k: 'a b é' });
  });

  it('mixes no parameter with the sections of another', () => {
    expect(optionsOf('v; k=a.txt; k*0=b; k*1=.php')).toEqual({ k: 'b.php' });
    expect(optionsOf('v; k*0=b; k=a.txt; k*1=.php')).toEqual({ k: '.php' });
  });

  it('has no prototype to fall into', () => {
    const [, options] = parseOptionsHeader('a; __proto__=1; constructor*0=2');
    expect(Object.getPrototypeOf(options)).toBeNull();
    expect(Object.keys(options)).toEqual(['__proto__', 'constructor']);
  });

  it('reads what dumpOptionsHeader writes', () => {
    const name = fc.stringMatching(/^[a-z!#$&'^`|~.+-]{1,8}$/);
    // A quote that browsers percent-encode cannot be told from text that has %22 in it.
    const value = anyText()
      .map((text) => text.toWellFormed())
      .filter((text) => !text.includes('%22'));
    fc.assert(
      fc.property(fc.dictionary(name, value), (options) => {
        const [parsed, read] = parseOptionsHeader(dumpOptionsHeader('v', options));
        expect([parsed, { ...read }]).toEqual(['v', { ...options }]);
      }),
    );
  });

  it('takes any text', () => {
    const unit = fc.constantFrom('"', '\\', ';', ' ', '=', '*', "'", '%4', '0', 'a');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        expect(parseOptionsHeader(`v;${text}`)[0]).toBe('v');
      }),
    );
  });
});
