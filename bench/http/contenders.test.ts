import { describe, expect, it } from 'vitest';
import { sourceCode } from '../lib/code-under-test.ts';
import { checkAnswer } from './check-answer.ts';
import { CONTESTANTS, start } from './contenders.ts';
import { WORKLOADS } from './workloads.ts';

const sources = sourceCode('a test');

describe.skipIf(process.platform !== 'linux').concurrent('each server of the benchmark', () => {
  it.each(CONTESTANTS)('$name answers what is measured', async (contestant) => {
    const server = await start(contestant, sources, 0);
    try {
      for (const workload of WORKLOADS) {
        if (workload.without?.includes(contestant.name)) continue;
        await checkAnswer(contestant.name, server.url, workload);
      }
      const wrong = { ...WORKLOADS[0]!, path: 'large' };
      const other = new URL('stream?', server.url).href;
      await expect(checkAnswer(contestant.name, other, wrong)).rejects.toThrow('are right');
    } finally {
      await server.stop();
    }
  });
});
