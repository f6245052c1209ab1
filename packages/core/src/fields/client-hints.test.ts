import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Headers } from '../datastructures/headers.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { AcceptCH } from './accept-ch.ts';
import { ClientHints, parseUserAgentBrands } from './client-hints.ts';

describe('ClientHints', () => {
  it('reads what a browser tells', () => {
    const hints = new ClientHints(
      new Headers({
        'Sec-CH-UA': '"Not)A;Brand";v="8", "Chromium";v="138"',
        'Sec-CH-UA-Mobile': '?0',
        'Sec-CH-UA-Platform': '"Windows"',
        'Sec-CH-UA-Form-Factors': '"Desktop", "XR"',
        'Sec-CH-DPR': '1.5',
        'Sec-CH-Viewport-Width': '1280',
        ECT: '4g-ish',
        RTT: '50',
        'Save-Data': 'on',
        'Sec-CH-Prefers-Color-Scheme': 'dark',
      }),
    );
    expect(hints.brands).toEqual([
      { brand: 'Not)A;Brand', version: '8' },
      { brand: 'Chromium', version: '138' },
    ]);
    expect(hints.mobile).toBe(false);
    expect(hints.platform).toBe('Windows');
    expect(hints.formFactors).toEqual(['Desktop', 'XR']);
    expect(hints.devicePixelRatio).toBe(1.5);
    expect(hints.viewportWidth).toBe(1280);
    expect(hints.rtt).toBe(50);
    expect(hints.saveData).toBe(true);
    expect(hints.prefersColorScheme).toBe('dark');
  });

  it('has null for what is missing or of another type', () => {
    const hints = new ClientHints(
      new Headers({
        'Sec-CH-UA': 'Chromium;',
        'Sec-CH-UA-Mobile': '1',
        'Sec-CH-DPR': '"2"',
        RTT: 'x y',
      }),
    );
    const all: unknown[] = [
      hints.brands,
      hints.fullVersionList,
      hints.mobile,
      hints.platform,
      hints.model,
    ];
    all.push(hints.devicePixelRatio, hints.rtt, hints.formFactors, hints.wow64, hints.arch);
    expect(all.every((hint) => hint === null)).toBe(true);
    expect(hints.saveData).toBe(false);
  });

  it('leaves brands out that are no strings', () => {
    expect(parseUserAgentBrands('a;v="1", ("b");v="2", "c"')).toEqual([
      { brand: 'c', version: '' },
    ]);
    expect(parseUserAgentBrands(undefined)).toBeNull();
  });
});

describe('AcceptCH', () => {
  it('is a set of header names', () => {
    const field = AcceptCH.fromHeader('Sec-CH-UA-Model, DPR, dpr, "x", (a), a/b');
    expect([...field]).toEqual(['Sec-CH-UA-Model', 'DPR']);
    expect(field.has('sec-ch-ua-model')).toBe(true);
    expect(AcceptCH.fromHeader('a, , b').size).toBe(0);
    expect(AcceptCH.fromHeader(field.toHeader()).toHeader()).toBe('Sec-CH-UA-Model, DPR');
  });

  it('tells of changes, and refuses what is no name', () => {
    const told: string[] = [];
    const field = new AcceptCH([], (changed) => told.push(changed.toHeader()));
    field.add('DPR');
    field.add('dpr');
    field.delete('Dpr');
    expect(told).toEqual(['DPR', '']);
    expect(() => field.add('a b')).toThrow(InvalidHeaderError);
    expect(() => field.add('1x')).toThrow(InvalidHeaderError);
  });

  it('reads what it writes', () => {
    const name = fc.stringMatching(/^[A-Za-z*][\w!#$%&'*+.^`|~-]{0,8}$/);
    const selector = (text: string) => text.toLowerCase();
    fc.assert(
      fc.property(fc.uniqueArray(name, { selector }), (names) => {
        expect([...AcceptCH.fromHeader(new AcceptCH(names).toHeader())]).toEqual(names);
      }),
    );
  });

  it('keeps of any text only what it can write', () => {
    const unit = fc.constantFrom(...'a1";=,()?:/*%-. \tA');
    fc.assert(
      fc.property(fc.string({ unit }), (text) => {
        const field = AcceptCH.fromHeader(text);
        expect([...AcceptCH.fromHeader(field.toHeader())]).toEqual([...field]);
      }),
    );
  });
});
