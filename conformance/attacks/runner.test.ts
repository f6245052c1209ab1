import { afterEach, describe, expect, it } from 'vitest';
import { callTable } from '../calls/call.ts';
import { attempt } from './attempt.ts';
import { linearTimeFailure } from './linear-time.ts';
import { type Must, validateMust } from './must.ts';
import { runAttack } from './run-attack.ts';
import { planOf, runAttacks } from './run-attacks.ts';
import type { Attack } from './suite.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let turns = 0;
const calls = callTable({
  echo: (value: unknown) => value,
  length: (text: string) => text.length,
  fail: () => {
    throw new Error('no');
  },
  slow: () => sleep(60),
  slowAtFirst: () => sleep(turns++ === 0 ? 60 : 0),
});
afterEach(() => {
  turns = 0;
});

function attack(changes: Partial<Attack>): Attack {
  const common = {
    name: 'n',
    class: 'c',
    level: 'must',
    why: 'w',
    call: 'echo',
    args: [1],
  } as const;
  return { ...common, must: { equals: 1 }, ...changes };
}

const failureOf = (changes: Partial<Attack>) => {
  const one = attack(changes);
  return runAttack(one, calls.get(one.call)!);
};

describe('attempt', () => {
  it('tells what a call returned or threw, sync or not', async () => {
    expect((await attempt(() => 1)).value).toBe(1);
    expect((await attempt(async () => 1)).value).toBe(1);
    const error = new Error('no');
    expect((await attempt(() => Promise.reject(error))).thrown).toEqual({ error });
    expect((await attempt(() => Promise.reject())).thrown).toEqual({ error: undefined });
    expect((await attempt(() => sleep(20))).milliseconds).toBeGreaterThan(15);
  });

  it('notices a rejection that no one handles, an error outside, and an exit', async () => {
    const rejecting = await attempt(() => void Promise.reject(new Error('lost')));
    expect(rejecting.disasters).toEqual(['unhandledRejection: Error: lost']);
    const throwing = await attempt(async () => {
      setTimeout(() => {
        throw new Error('outside');
      });
      await sleep(10);
    });
    expect(throwing.disasters).toEqual(['uncaughtException: Error: outside']);
    const exiting = await attempt(() => process.exit(3));
    expect(exiting.disasters).toEqual(['process.exit(3)']);
  });

  it('leaves the process as it was', async () => {
    const { exit } = process;
    const listeners = process.rawListeners('unhandledRejection');
    await attempt(() => 1);
    expect(process.exit).toBe(exit);
    expect(process.rawListeners('unhandledRejection')).toEqual(listeners);
  });
});

describe('linearTimeFailure', () => {
  const sizes = [100, 400] as const;
  let time = 0;
  const clock = (): number => time;
  /** A call that takes as long as `cost` says for its size. */
  const taking = (cost: (size: number) => number) => (size: number) => () => {
    time += cost(size);
  };
  const linear = taking((size) => size / 10);

  it('takes what grows with the input', async () => {
    expect(await linearTimeFailure(linear, { sizes, maxRatio: 3 }, clock)).toBeNull();
  });

  it('refuses what grows faster', async () => {
    const quadratic = taking((size) => size ** 2 / 2_000);
    const failure = await linearTimeFailure(quadratic, { sizes, maxRatio: 3 }, clock);
    expect(failure).toContain('4.0 times its share');
  });

  it('refuses what takes too long, though it be linear', async () => {
    const failure = await linearTimeFailure(linear, { sizes, maxRatio: 3, maxMs: 30 }, clock);
    expect(failure).toContain('than 30');
  });

  it('takes what takes next to nothing, or throws at once', async () => {
    expect(await linearTimeFailure(() => () => {}, { sizes, maxRatio: 0 }, clock)).toBeNull();
    const failing = () => () => {
      throw new Error('no');
    };
    expect(await linearTimeFailure(failing, { sizes, maxRatio: 0 }, clock)).toBeNull();
  });

  it('measures the time of the processor where no clock is given', async () => {
    const busy = (size: number) => () => {
      const end = process.cpuUsage().user + size * 100;
      while (process.cpuUsage().user < end);
    };
    const failure = await linearTimeFailure(busy, { sizes, maxRatio: 1_000, maxMs: 30 });
    expect(failure).toContain('more than 30');
  });
});

describe('runAttack', () => {
  it('says what does not hold', async () => {
    expect(await failureOf({})).toBeNull();
    expect(await failureOf({ must: { equals: 2 } })).toContain('equals 2 does not hold');
    expect(await failureOf({ must: [{ equals: 1 }, { equals: 2 }] })).toContain('equals 2');
    expect(await failureOf({ call: 'fail' })).toContain('it threw Error: no');
    expect(await failureOf({ call: 'fail', must: { throws: true } })).toBeNull();
  });

  it('expands arguments, the size under test with them', async () => {
    const args = [{ repeat: 'a', times: 'N' }];
    const linearTime = { sizes: [10, 20], maxRatio: 3 } as const;
    expect(await failureOf({ call: 'length', args, must: { linearTime, equals: 10 } })).toBeNull();
    expect(await failureOf({ call: 'length', args, must: { linearTime, equals: 9 } })).toContain(
      'of 10',
    );
  });

  it('gives a slow call more chances, but no end of them', async () => {
    expect(await failureOf({ call: 'slow', must: { settles: { ms: 30 } } })).toContain('not 30');
    expect(await failureOf({ call: 'slowAtFirst', must: { settles: { ms: 30 } } })).toBeNull();
  });
});

describe('runAttacks', () => {
  it('counts what holds, what fails and what has to wait', async () => {
    const cases = [
      attack({}),
      attack({ name: 'wrong', must: { equals: 2 } }),
      attack({ name: 'unknown', call: 'unknown' }),
      attack({ name: 'later', call: 'routeMatch' }),
      attack({ name: 'optional', call: 'unknown', level: 'optional' }),
      attack({ name: 'should', level: 'should', must: { equals: 2 } }),
    ];
    const tally = await runAttacks([{ suite: 's', kind: 'function', cases }], calls);
    expect(tally.passed).toBe(1);
    expect(tally.failures.map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
      's / wrong [must]:',
      's / unknown [must]:',
      's / should [should]:',
    ]);
    expect(tally.notYet).toEqual([
      'routeMatch: package routing (1 cases)',
      'unknown: optional and not offered (1 cases)',
    ]);
  });

  it('runs an optional case where there is the call', async () => {
    expect(planOf(attack({ level: 'optional' }), calls).kind).toBe('run');
  });
});

describe('validateMust', () => {
  const refused = (must: unknown) => {
    expect(() => validateMust(must as Must)).toThrow();
  };

  it('refuses what it does not know, and what could not fail', () => {
    refused({ equal: 1 });
    refused({});
    refused([]);
    refused({ at: 'a' });
    refused({ matches: 1 });
    refused({ contains: 'x' });
    refused({ throws: false });
    refused({ linearTime: { sizes: [1] } });
    refused({ sameOrigin: ['http://a'] });
    refused({ anyOf: [] });
    refused({ anyOf: [{ x: 1 }] });
    expect(() => validateMust([{ at: 'a', equals: undefined }])).not.toThrow();
  });
});
