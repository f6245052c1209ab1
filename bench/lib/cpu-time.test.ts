import { describe, expect, it } from 'vitest';
import { cpuTime, parseStat, sumTree } from './cpu-time.ts';

const rest = '0 0 0 -1 4194304 100 0 0 0 70 30 0 0 20 0 7 0 12345 1000000 500';

describe('parseStat', () => {
  it('reads the parent, user and system time', () => {
    expect(parseStat(`42 (node) S 7 42 42 ${rest.slice(4)}`)).toEqual({
      pid: 42,
      parent: 7,
      user: 70,
      system: 30,
    });
  });

  it('is not misled by blanks and brackets in the name of the command', () => {
    expect(parseStat(`42 (a) S 1 (b) S 7 42 42 ${rest.slice(4)}`).parent).toBe(7);
  });

  it('refuses anything else', () => {
    expect(() => parseStat('hello')).toThrow('no line of /proc');
  });
});

describe('sumTree', () => {
  it('counts children and grandchildren, in whatever order they are listed', () => {
    const stats = [
      { pid: 12, parent: 11, user: 4, system: 1 },
      { pid: 11, parent: 10, user: 2, system: 1 },
      { pid: 10, parent: 1, user: 1, system: 1 },
      { pid: 20, parent: 1, user: 100, system: 100 },
    ];
    expect(sumTree(stats, 10)).toMatchObject({ user: 7, system: 3 });
  });
});

describe.skipIf(process.platform !== 'linux')('cpuTime', () => {
  it('grows while this process works', () => {
    const before = cpuTime(process.pid);
    const end = performance.now() + 60;
    while (performance.now() < end);
    const after = cpuTime(process.pid);
    expect(after.user + after.system).toBeGreaterThan(before.user + before.system);
  });
});
