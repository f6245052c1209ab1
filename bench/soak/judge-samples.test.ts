import { describe, expect, it } from 'vitest';
import { judgeSamples } from './judge-samples.ts';
import type { Sample } from './sample.ts';

const MIB = 2 ** 20;

function samples(grow: (index: number) => Partial<Sample>): Sample[] {
  const still = {
    memory: 100 * MIB,
    heap: 10 * MIB,
    external: MIB,
    handles: 3,
    listeners: 9,
    files: 20,
  };
  return Array.from({ length: 9 }, (_, index) => ({ ...still, ...grow(index) }));
}

const growing = (grow: (index: number) => Partial<Sample>) =>
  judgeSamples(samples(grow)).flatMap(({ measure, grows }) => (grows ? [measure] : []));

describe('judgeSamples', () => {
  it('lets what is steady pass, whatever warming up took', () => {
    expect(growing(() => ({}))).toEqual([]);
    expect(growing((index) => (index < 3 ? { heap: 5 * MIB, handles: 1 } : {}))).toEqual([]);
    expect(growing((index) => (index === 8 ? { heap: 90 * MIB } : {}))).toEqual([]);
  });

  it('names what grows', () => {
    expect(growing((index) => ({ heap: (10 + index) * MIB }))).toEqual(['heap']);
    expect(growing((index) => ({ memory: (100 + 10 * index) * MIB }))).toEqual(['memory']);
    expect(growing((index) => ({ handles: index, listeners: index }))).toEqual([
      'handles',
      'listeners',
    ]);
    expect(growing((index) => ({ files: index, external: index * MIB }))).toEqual([
      'external',
      'files',
    ]);
  });

  it('says nothing of a few', () => {
    expect(() => judgeSamples(samples(() => ({})).slice(0, 5))).toThrow(RangeError);
  });
});
