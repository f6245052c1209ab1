import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { ServerTiming } from './server-timing.ts';

const read = (header: string | null) =>
  Array.from(ServerTiming.fromHeader(header), ({ name, duration, description }) => [
    name,
    duration,
    description,
  ]);

describe('ServerTiming', () => {
  it('reads metrics with and without parameters', () => {
    expect(read('miss, db;dur=53, app;dur=47.2;desc="in, the; app", cdn;desc=edge')).toEqual([
      ['miss', null, ''],
      ['db', 53, ''],
      ['app', 47.2, 'in, the; app'],
      ['cdn', null, 'edge'],
    ]);
    expect(read(null)).toEqual([]);
  });

  it('makes the best of what is malformed', () => {
    expect(
      read('a ; DUR = "1e2" ; dur=3;x, "b", ;, c;dur=x;desc="\\"q\\"" junk, d;desc="open'),
    ).toEqual([
      ['a', 100, ''],
      ['c', 0, '"q"'],
      ['d', null, ''],
    ]);
    expect(read('a;dur=1e999')).toEqual([['a', 0, '']]);
  });

  it('writes what it is told, and tells of it', () => {
    const told: string[] = [];
    const timing = new ServerTiming(
      [{ name: 'cache', description: 'Cache Read', duration: 23.2 }],
      (changed) => told.push(changed.toHeader()),
    );
    timing.add('hit');
    expect(timing.size).toBe(2);
    timing.clear();
    timing.clear();
    expect(told).toEqual(['cache;desc="Cache Read";dur=23.2, hit', '']);
  });

  it('refuses what cannot be sent', () => {
    const timing = new ServerTiming();
    expect(() => timing.add('a b')).toThrow(InvalidHeaderError);
    expect(() => timing.add('a', { duration: Number.NaN })).toThrow(InvalidHeaderError);
    expect(() => timing.add('a', { description: 'b\nc' })).toThrow(InvalidHeaderError);
    expect(timing.size).toBe(0);
  });

  it('is read back as it was written', () => {
    const metric = fc.record({
      name: fc.stringMatching(/^[\w!#$%&'*+.^`|~-]+$/),
      duration: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0)),
      description: fc.stringMatching(/^([!-~]([ -~]*[!-~])?)?$/),
    });
    fc.assert(
      fc.property(fc.array(metric), (metrics) => {
        expect(read(new ServerTiming(metrics).toHeader())).toEqual(
          metrics.map(({ name, duration, description }) => [name, duration, description]),
        );
      }),
    );
  });
});
