/** Keeps results alive, so that no call is optimised away. */
export let sink: unknown;

/**
 * Nanoseconds of processor time that a function takes for one of the inputs, over as many passes
 * through all of them as fill the given time. It is the time of the whole process, so that
 * collecting garbage and compiling count; what earlier rounds left behind is collected first where
 * Node runs with `--expose-gc`.
 */
export async function cpuRound<I>(
  milliseconds: number,
  inputs: readonly I[],
  call: (input: I) => unknown,
): Promise<number> {
  (globalThis as { gc?: () => void }).gc?.();
  let passes = 1;
  for (;;) {
    const start = process.cpuUsage();
    for (let pass = 0; pass < passes; pass++) {
      for (const input of inputs) {
        const result = call(input);
        sink = result instanceof Promise ? await result : result;
      }
    }
    const spent = microseconds(start);
    if (spent >= milliseconds * 1_000) return (spent * 1_000) / (passes * inputs.length);
    passes = Math.ceil(passes * Math.min(10, (milliseconds * 1_200) / Math.max(spent, 1)));
  }
}

/** Microseconds of processor time since `start`. */
export function microseconds(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
