import { logWriterOf } from '../log/log-writer.ts';

/** What a signal ends. */
export interface Stoppable {
  shutdown(options: { timeout: number }): Promise<void>;
  close(): Promise<void>;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Milliseconds in which a repeated signal is the same one: from a terminal a process gets SIGINT
 * itself, and once more from npm, which passes on what it got.
 */
const ECHO = 250;

/** Milliseconds after which someone who waits is told for what. */
const PATIENCE = 500;

/**
 * Ends `server` on SIGINT or SIGTERM: the first one lets running requests finish, the second cuts
 * them.
 *
 * @param timeout milliseconds that running requests have.
 * @param failed told of an error while stopping.
 * @returns takes the handlers away.
 */
export function stopOnSignals(
  server: Stoppable,
  timeout: number,
  failed: (error: unknown) => void,
): () => void {
  let firstAt = 0;
  let notice: NodeJS.Timeout | undefined;

  const stop = (): void => {
    const now = performance.now();
    if (firstAt === 0) {
      firstAt = now;
      notice = setTimeout(tellWhy, PATIENCE);
      // A terminal shows ^C where its cursor stands: what follows begins a line.
      if (process.stderr.isTTY) process.stderr.write('\n');
      server.shutdown({ timeout }).catch(failed);
    } else if (now - firstAt > ECHO) {
      server.close().catch(failed);
    }
  };

  for (const signal of SIGNALS) process.on(signal, stop);
  return () => {
    clearTimeout(notice);
    for (const signal of SIGNALS) process.off(signal, stop);
  };
}

function tellWhy(): void {
  logWriterOf().write(' * Waiting for running requests (Press CTRL+C again to quit at once)');
}
