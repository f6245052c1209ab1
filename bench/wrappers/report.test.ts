import { describe, expect, it } from 'vitest';
import { contender } from './contender.ts';
import { OURS } from './contenders.ts';
import { fastestPeer, report, standings } from './report.ts';

const load = () => Promise.reject(new Error('not loaded here'));
const contenders = [
  contender(OURS, 'environ', load),
  contender('minimum', 'environ', load, { isReal: false }),
  contender('slow', 'message', load),
  contender('fast', 'message', load),
];
const rounds = new Map([
  [OURS, [100, 110, 120]],
  ['minimum', [10, 10, 10]],
  ['slow', [500, 500, 500]],
  ['fast', [200, 220, 200]],
]);

describe('the report', () => {
  it('puts the fastest first, and compares ours with each round by round', () => {
    const list = standings(contenders, rounds);
    expect(list.map(({ name }) => name)).toEqual(['minimum', OURS, 'fast', 'slow']);
    expect(list[2]!.ratios).toEqual([0.5, 0.5, 0.6]);
  });

  it('takes the fastest library for the target, not what was written for it', () => {
    expect(fastestPeer(standings(contenders, rounds))?.name).toBe('fast');
  });

  it('says whether the target is met', () => {
    const list = standings(contenders, rounds);
    expect(report('read', list)).toContain('target: at most 0.5 of fast: 0.50, met');
    const slower = new Map([...rounds, [OURS, [300, 330, 300]]]);
    expect(report('hello', standings(contenders, slower))).toContain('1.50, missed');
  });

  it('has no target to compare with where ours is alone', () => {
    expect(report('hello', standings(contenders.slice(0, 1), rounds))).not.toContain('target');
  });
});
