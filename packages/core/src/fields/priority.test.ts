import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { Priority } from './priority.ts';

describe('Priority', () => {
  it('reads the parameters, each with its default', () => {
    expect(Priority.fromHeader('u=0, i')).toMatchObject({ urgency: 0, incremental: true });
    expect(Priority.fromHeader('i=?0;x=1, u=7, other')).toMatchObject({
      urgency: 7,
      incremental: false,
    });
    for (const header of [
      null,
      '',
      'u=8',
      'u=-1',
      'u=1.0',
      'u="1"',
      'u',
      'u=(1)',
      'i=1',
      'u=1,',
      'U=1',
    ]) {
      const priority = Priority.fromHeader(header);
      expect([priority.urgency, priority.incremental], String(header)).toEqual([3, false]);
    }
  });

  it('leaves the defaults out, and tells of changes', () => {
    const told: string[] = [];
    const priority = new Priority({}, (changed) => told.push(String(changed)));
    priority.urgency = 1;
    priority.incremental = true;
    priority.urgency = 3;
    expect(told).toEqual(['u=1', 'u=1, i', 'i']);
  });

  it('refuses an urgency that is none', () => {
    for (const urgency of [8, -1, 1.5, Number.NaN]) {
      expect(() => new Priority({ urgency })).toThrow(InvalidHeaderError);
    }
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 7 }), fc.boolean(), (urgency, incremental) => {
        const header = new Priority({ urgency, incremental }).toHeader();
        expect(Priority.fromHeader(header)).toMatchObject({ urgency, incremental });
      }),
    );
  });
});
