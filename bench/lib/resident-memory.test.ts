import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { forgetPeak, parseStatus, residentMemory } from './resident-memory.ts';

const MIB = 1_048_576;

describe('parseStatus', () => {
  it('finds what a process has, and the most that it had', () => {
    const text = 'Name:\tnode\nVmHWM:\t   2048 kB\nVmRSS:\t    1024 kB\nRssAnon:\t 1 kB\n';
    expect(parseStatus(text)).toEqual({ now: MIB, peak: 2 * MIB });
  });

  it('says what it can not read', () => {
    expect(() => parseStatus('Name:\tkthreadd\n')).toThrow('There is no VmRSS in: Name:');
  });
});

it.skipIf(process.platform !== 'linux')('the peak of a process can be forgotten', async () => {
  const code = `let bytes = Buffer.alloc(${200 * MIB}, 1);
    console.log('taken');
    process.stdin.once('data', () => { bytes = null; gc(); console.log('freed'); });`;
  const child = spawn(process.execPath, ['--expose-gc', '-e', code]);
  try {
    const lines = createInterface({ input: child.stdout });
    await once(lines, 'line');
    const { pid } = child;
    expect(residentMemory(pid!).now).toBeGreaterThan(200 * MIB);
    child.stdin.write('\n');
    await once(lines, 'line');
    expect(residentMemory(pid!).peak).toBeGreaterThan(200 * MIB);
    forgetPeak(pid!);
    expect(residentMemory(pid!).peak).toBeLessThan(200 * MIB);
  } finally {
    child.kill();
  }
});
