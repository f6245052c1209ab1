import { setTimeout as sleep } from 'node:timers/promises';
import type { CodeUnderTest } from '../lib/code-under-test.ts';
import { forgetPeak, residentMemory } from '../lib/resident-memory.ts';
import { startServer } from '../lib/server-process.ts';
import { oneFile, tinyParts } from './bodies.ts';
import type { Contender } from './contenders.ts';
import { postBody } from './post-body.ts';
import type { Row } from './report.ts';
import { outcome, type Workload } from './workload.ts';

/** On which core servers run. */
const CORE = 0;

/** How long a server has to come to rest before its memory is read, in milliseconds. */
const REST = 1_000;

/**
 * Has a new process take one upload, and tells what memory that took.
 *
 * @throws Error when it finds something else in it than what was sent.
 */
export async function measure(
  contender: Contender,
  workload: Workload,
  code: CodeUnderTest,
): Promise<Row> {
  const flags = contender.ours ? code.nodeFlags : [];
  const server = await startServer([...flags, ...contender.command], CORE);
  try {
    await loadEverything(server.url);
    await sleep(REST);
    forgetPeak(server.pid);
    const before = residentMemory(server.pid).now;
    const answer = await workload.send(server.url);
    const { peak } = residentMemory(server.pid);
    await sleep(REST);
    const after = residentMemory(server.pid).now;
    return {
      name: contender.name,
      before,
      peak,
      after,
      outcome: outcome(answer, workload.expected),
    };
  } finally {
    await server.stop();
  }
}

/** Sends what is small, so that the memory of code that is loaded by then is not an upload's. */
async function loadEverything(url: string): Promise<void> {
  for (const body of [oneFile(1_048_576), tinyParts(100)]) {
    const { status, text } = await postBody(url, body);
    if (status !== 200) throw new Error(`A small upload was answered ${status}: ${text}`);
  }
}
