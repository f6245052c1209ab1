import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Sends a message to a forked process and waits for what it sends back. */
export async function ask(child: ChildProcess, question: object): Promise<unknown> {
  child.send(question);
  return answer(child);
}

/**
 * Waits for the next message of a forked process.
 *
 * @throws Error when the process ends instead.
 */
export async function answer(child: ChildProcess): Promise<unknown> {
  const end = new AbortController();
  const ended = once(child, 'exit', { signal: end.signal }).then(([status]) => {
    throw new Error(`What was measured ended with status ${status}.`);
  });
  try {
    const [message] = await Promise.race([once(child, 'message'), ended]);
    return message;
  } finally {
    end.abort();
    ended.catch(() => {});
  }
}
