import { describe, expect, it } from 'vitest';
import { fastestPeer, standingTable, throughputTable } from './report.ts';
import { fields } from './workloads.ts';

const workload = { name: 'fields', unit: 'k parts', body: () => fields(1) } as const;
const column = {
  workload,
  body: { parts: 100, bytes: 5_000 },
  rounds: new Map([
    ['ours', [50_000, 100_000, 100_000]],
    ['ours, parts', [10, 10, 10]],
    ['slow', [400_000, 400_000, 400_000]],
    ['fast', [100_000, 200_000, 300_000]],
  ]),
};

describe('the report', () => {
  it('has the throughput of everyone who decodes rightly', () => {
    expect(throughputTable(['ours', 'fast', 'other'], [column])).toBe(
      ['per second  fields k parts', 'ours                  1000', 'fast                   500']
        .concat('other                wrong')
        .join('\n'),
    );
    const megabytes = { ...column, workload: { ...workload, unit: 'MB' } as const };
    expect(throughputTable(['ours'], [megabytes])).toMatch(/fields MB\nours +50$/);
  });

  it('compares ours with the fastest of the others, round by round', () => {
    expect(fastestPeer(column.rounds)).toBe('fast');
    expect(standingTable([column])).toMatch(/fields +fast +2\.00 +2\.00 to 3\.00/);
  });

  it('says where ours is slower, and where there is nobody else', () => {
    const swapped = new Map([
      ['ours', [300, 300, 300]],
      ['fast', [100, 100, 100]],
    ]);
    expect(standingTable([{ ...column, rounds: swapped }])).toMatch(
      /0\.33 +0\.33 to 0\.33 +slower/,
    );
    expect(standingTable([{ ...column, rounds: new Map([['ours', [1]]]) }])).toContain('alone');
  });
});
