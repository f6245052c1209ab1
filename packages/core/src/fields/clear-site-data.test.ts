import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { ClearSiteData, type SiteDataType } from './clear-site-data.ts';

describe('ClearSiteData', () => {
  it('reads the types that it knows', () => {
    const field = ClearSiteData.fromHeader(
      '"cache", cookies, "storage" ,"toString", "x,\\"", "storage"',
    );
    expect([...field]).toEqual(['cache', 'storage']);
    expect(field.has('cookies')).toBe(false);
    expect(ClearSiteData.fromHeader('"*"').has('cookies')).toBe(true);
    expect(ClearSiteData.fromHeader(null).size).toBe(0);
  });

  it('tells of changes, and refuses what is unknown', () => {
    const told: string[] = [];
    const field = new ClearSiteData(['cache'], (changed) => told.push(changed.toHeader()));
    field.add('cache');
    field.add('executionContexts');
    field.delete('cache');
    field.delete('cache');
    expect(told).toEqual(['"cache", "executionContexts"', '"executionContexts"']);
    expect(() => field.add('cache"\r\n' as SiteDataType)).toThrow(InvalidHeaderError);
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.subarray<SiteDataType>(['*', 'cache', 'cookies', 'storage']), (types) => {
        expect([...ClearSiteData.fromHeader(new ClearSiteData(types).toHeader())]).toEqual(types);
      }),
    );
  });
});
