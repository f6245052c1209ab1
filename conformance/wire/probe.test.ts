import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { startProbe, targetOf, urlOf } from './probe-process.ts';
import { checkAlive } from './run-cases.ts';

describe('the probe command', () => {
  it('listens on a free port and ends with 0 on SIGTERM and on SIGINT', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const probe = startProbe();
      const exited = once(probe, 'exit');
      expect(await checkAlive(targetOf(await urlOf(probe)))).toBeNull();
      probe.kill(signal);
      expect(await exited).toEqual([0, null]);
    }
  });

  it('hosts the app by node:http where it is asked to', async () => {
    const probe = startProbe('--server', 'node:http');
    const exited = once(probe, 'exit');
    expect(await checkAlive(targetOf(await urlOf(probe)))).toBeNull();
    probe.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });

  it('ends with 2 where it is asked for what there is not', async () => {
    expect(await once(startProbe('--threaded'), 'exit')).toEqual([2, null]);
    expect(await once(startProbe('--processes', '2'), 'exit')).toEqual([2, null]);
    expect(await once(startProbe('--server', 'other'), 'exit')).toEqual([2, null]);
  });
});
