import type { Contender } from './contenders.ts';
import type { Found } from './found.ts';

/** What a server answered to an upload. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** One upload, and who takes it. */
export interface Workload {
  readonly title: string;
  readonly contenders: readonly Contender[];
  /** What is to be found in it. */
  readonly expected: Found;
  send(url: string): Promise<Answer>;
}

/**
 * What became of an upload, in a word or two: all of it was read, or it was refused.
 *
 * @throws Error when a server has found something else than what was sent.
 */
export function outcome({ status, text }: Answer, expected: Found): string {
  if (status === 413) return 'refused: 413';
  if (status !== 200) throw new Error(`The upload was answered ${status}: ${text}`);
  const found = JSON.parse(text) as Found;
  if (found.parts === expected.parts && found.bytes === expected.bytes) return 'read';
  throw new Error(`The upload was answered ${text}, not ${JSON.stringify(expected)}.`);
}
