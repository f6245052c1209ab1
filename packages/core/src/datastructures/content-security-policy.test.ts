import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { ContentSecurityPolicy } from './content-security-policy.ts';

describe('ContentSecurityPolicy', () => {
  it('has a property for each directive', () => {
    const policy = ContentSecurityPolicy.fromHeader(
      ";Default-Src  'self' ; upgrade-insecure-requests; img-src a; img-src b",
    );
    expect([policy.defaultSrc, policy.upgradeInsecureRequests]).toEqual(["'self'", '']);
    expect([policy.imgSrc, policy.scriptSrcElem]).toEqual(['a', null]);
  });

  it('writes what is set, and takes out what is set to nothing', () => {
    let header = '';
    const policy = new ContentSecurityPolicy(null, (changed) => {
      header = changed.toHeader();
    });
    policy.scriptSrc = "'self' cdn";
    policy.upgradeInsecureRequests = '';
    policy.imgSrc = '*';
    policy.scriptSrc = null;
    expect(header).toBe('upgrade-insecure-requests; img-src *');
  });

  it('lets no value become another directive, or another policy', () => {
    const policy = new ContentSecurityPolicy();
    expect(() => {
      policy.imgSrc = '*; script-src *';
    }).toThrow(InvalidHeaderError);
    expect(() => policy.set('a b', 'c')).toThrow(InvalidHeaderError);
    expect(() => new ContentSecurityPolicy([['a', 'b; c']])).toThrow(InvalidHeaderError);
    expect(() => policy.set('a', 'b, c')).toThrow(InvalidHeaderError);
    expect(policy.size).toBe(0);
  });

  it('keeps further policies of a header as they are', () => {
    const policy = ContentSecurityPolicy.fromHeader("default-src 'self', img-src *");
    policy.scriptSrc = 'cdn';
    expect(policy.toHeader()).toBe("default-src 'self', img-src *; script-src cdn");
  });

  it('reads what it writes', () => {
    const name = fc.stringMatching(/^[a-z0-9-]{1,8}$/);
    const value = fc.stringMatching(/^([!-:<-~]{1,8}( [!-:<-~]{1,8}){0,3})?$/);
    fc.assert(
      fc.property(fc.uniqueArray(fc.tuple(name, value), { selector: ([key]) => key }), (pairs) => {
        const policy = new ContentSecurityPolicy(pairs);
        expect([...ContentSecurityPolicy.fromHeader(policy.toHeader())]).toEqual(pairs);
      }),
    );
  });
});
