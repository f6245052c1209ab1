import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { StrictTransportSecurity } from './strict-transport-security.ts';

const read = (header: string | null) => {
  const field = StrictTransportSecurity.fromHeader(header);
  return field && [field.maxAge, field.includeSubDomains, field.preload];
};

describe('StrictTransportSecurity', () => {
  it('reads the examples of RFC 6797', () => {
    expect(read('max-age=31536000')).toEqual([31_536_000, false, false]);
    expect(read('max-age=15768000 ; includeSubDomains')).toEqual([15_768_000, true, false]);
    expect(read('max-age="31536000"')).toEqual([31_536_000, false, false]);
    expect(read('max-age=0; includeSubDomains')).toEqual([0, true, false]);
    expect(read(';; INCLUDEsubdomains;other="a;b"; Max-Age = 1;preload;')).toEqual([1, true, true]);
  });

  it.each([
    null,
    '',
    'includeSubDomains',
    'max-age',
    'max-age=',
    'max-age=-1',
    'max-age=1.5',
    'max-age=1;max-age=1',
    'max-age=1;preload;preload',
    'max-age=1, max-age=2',
    'max-age=1 includeSubDomains',
    'max-age="1',
    'max-age=1;a=',
    'max-age=9999999999999999',
    'max-age=\u0661',
  ])('ignores %j', (header) => {
    expect(read(header)).toBeNull();
  });

  it('tells of changes and refuses a time that is none', () => {
    const told: string[] = [];
    const field = new StrictTransportSecurity({ maxAge: 60 }, (changed) =>
      told.push(changed.toHeader()),
    );
    field.includeSubDomains = true;
    field.preload = true;
    field.maxAge = 0;
    expect(told).toEqual([
      'max-age=60; includeSubDomains',
      'max-age=60; includeSubDomains; preload',
      'max-age=0; includeSubDomains; preload',
    ]);
    for (const maxAge of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => new StrictTransportSecurity({ maxAge })).toThrow(InvalidHeaderError);
    }
  });

  it('is read back as it was written', () => {
    const age = fc.nat(2 ** 31);
    fc.assert(
      fc.property(age, fc.boolean(), fc.boolean(), (maxAge, includeSubDomains, preload) => {
        const field = new StrictTransportSecurity({ maxAge, includeSubDomains, preload });
        expect(read(field.toHeader())).toEqual([maxAge, includeSubDomains, preload]);
      }),
    );
  });
});
