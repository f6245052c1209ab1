import { expect, it } from 'vitest';
import { sourceCode } from '../lib/code-under-test.ts';
import { FEWEST, judgeSamples } from './judge-samples.ts';
import { runSoak } from './run-soak.ts';
import { SLOW_KINDS } from './traffic.ts';

it('a server keeps nothing of thousands of odd clients', { timeout: 90_000 }, async () => {
  const { samples, counts } = await runSoak({
    times: FEWEST,
    traffic: 200,
    quiet: 2_500, // longer than any of its timeouts
    without: SLOW_KINDS,
    nodeFlags: sourceCode('a test').nodeFlags,
  });
  expect(judgeSamples(samples).filter(({ grows }) => grows)).toEqual([]);
  expect([...counts.keys()]).toEqual(
    expect.arrayContaining(['keep-alive', 'TLS', 'pipelined', 'errors', 'aborted answers']),
  );
});
