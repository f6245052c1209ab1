import { setImmediate as nextTurn } from 'node:timers/promises';

/** What came of a call. */
export interface Outcome {
  /** What it returned, or its promise gave; undefined when it threw. */
  readonly value: unknown;
  /** What it threw, in a box: undefined may be thrown as well. */
  readonly thrown: { readonly error: unknown } | undefined;
  /** Wall-clock milliseconds. */
  readonly milliseconds: number;
  /** What would have ended or spoilt the process: a rejection that no one handled, an exit. */
  readonly disasters: readonly string[];
}

const EVENTS = ['unhandledRejection', 'uncaughtException'] as const;

/**
 * Calls a function and waits for what it gives. Meanwhile no rejection and no `process.exit()` gets
 * through to the process; each is told instead.
 */
export async function attempt(call: () => unknown): Promise<Outcome> {
  const watch = watchProcess();
  const start = performance.now();
  try {
    const value = await call();
    return { value, thrown: undefined, ...(await ended(watch, start)) };
  } catch (error) {
    return { value: undefined, thrown: { error }, ...(await ended(watch, start)) };
  } finally {
    watch.end();
  }
}

interface Watch {
  readonly disasters: string[];
  end(): void;
}

async function ended(
  { disasters }: Watch,
  start: number,
): Promise<Pick<Outcome, 'milliseconds' | 'disasters'>> {
  const milliseconds = performance.now() - start;
  await nextTurn();
  return { milliseconds, disasters };
}

function watchProcess(): Watch {
  const disasters: string[] = [];
  const { exit } = process;
  const earlier = EVENTS.map((event) => process.rawListeners(event));
  for (const event of EVENTS) {
    process.removeAllListeners(event);
    process.on(event, (error: unknown) => disasters.push(`${event}: ${error}`));
  }
  process.exit = (status) => {
    disasters.push(`process.exit(${status ?? ''})`);
    throw new Error('process.exit() was called');
  };
  const end = (): void => {
    process.exit = exit;
    for (const [index, event] of EVENTS.entries()) {
      process.removeAllListeners(event);
      for (const listener of earlier[index]!) process.on(event, listener as () => void);
    }
  };
  return { disasters, end };
}
