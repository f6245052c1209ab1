import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { PermissionsPolicy } from './permissions-policy.ts';

describe('PermissionsPolicy', () => {
  it('reads who may use what', () => {
    const policy = PermissionsPolicy.fromHeader(
      'camera=(), fullscreen=*, geolocation=(self "https://maps.example" other);report-to="end", usb=self',
    );
    expect(new Map(policy)).toEqual(
      new Map([
        ['camera', []],
        ['fullscreen', ['*']],
        ['geolocation', ['self', 'https://maps.example']],
        ['usb', ['self']],
      ]),
    );
    expect(policy.getReportTo('geolocation')).toBe('end');
    expect(policy.get('constructor')).toBeUndefined();
    expect(PermissionsPolicy.fromHeader('camera=(, x').size).toBe(0);
    expect(PermissionsPolicy.fromHeader(null).size).toBe(0);
  });

  it('writes tokens, strings and everybody', () => {
    const policy = new PermissionsPolicy({
      camera: [],
      geolocation: ['self', 'https://maps.example'],
      fullscreen: ['self', '*'],
    });
    expect(policy.toHeader()).toBe(
      'camera=(), geolocation=(self "https://maps.example"), fullscreen=*',
    );
  });

  it('tells of changes', () => {
    const told: string[] = [];
    const policy = new PermissionsPolicy([['usb', []]], (changed) => told.push(changed.toHeader()));
    policy.set('usb', ['src'], 'end');
    policy.delete('usb');
    policy.delete('usb');
    expect(told).toEqual(['usb=(src);report-to="end"', '']);
  });

  it('refuses what cannot be sent', () => {
    expect(() => new PermissionsPolicy({ Camera: [] })).toThrow(InvalidHeaderError);
    expect(() => new PermissionsPolicy({ camera: ['a\nb'] })).toThrow(InvalidHeaderError);
  });

  it('is read back as it was written', () => {
    const source = fc.oneof(fc.constantFrom('self', 'src'), fc.webUrl({ validSchemes: ['https'] }));
    const entries = fc.array(
      fc.tuple(fc.stringMatching(/^[a-z][a-z-]*$/), fc.oneof(fc.array(source), fc.constant(['*']))),
    );
    fc.assert(
      fc.property(entries, (init) => {
        const policy = new PermissionsPolicy(init);
        expect(new Map(PermissionsPolicy.fromHeader(policy.toHeader()))).toEqual(new Map(init));
      }),
    );
  });
});
