/**
 * Decodes with one contender, in a process of its own, what it is told: `multipart.ts` starts it as
 * `measured-process.ts CONTENDER`.
 */
import { cpuRound } from '../lib/cpu-round.ts';
import { decodesRightly, hasError } from './check.ts';
import { CONTENDERS } from './contenders.ts';
import { peakMemory } from './peak-memory.ts';
import { type Body, TRUNCATED, WORKLOADS } from './workloads.ts';

/** What the process is asked. */
export type Question =
  | { readonly kind: 'check'; readonly workload: string }
  | { readonly kind: 'round'; readonly workload: string; readonly milliseconds: number }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'memory' };

const contender = CONTENDERS.find(({ name }) => name === process.argv[2]);
if (!contender) throw new Error(`There is no contender ${process.argv[2]}.`);
const decode = await contender.load();
let prepared: { readonly name: string; readonly body: Body } | undefined;

process.on('message', async (question: Question) => {
  process.send?.(await answer(question));
});
process.send?.('ready');

async function answer(question: Question): Promise<unknown> {
  switch (question.kind) {
    case 'check':
      return decodesRightly(decode, bodyOf(question.workload));
    case 'round':
      return cpuRound(question.milliseconds, [bodyOf(question.workload)], (body) =>
        decode(body.chunks, body.boundary),
      );
    case 'truncated':
      return Promise.all(Object.values(TRUNCATED).map((body) => hasError(decode, body)));
    case 'memory':
      return peakMemory(decode);
  }
}

function bodyOf(name: string): Body {
  if (prepared?.name !== name) {
    const workload = WORKLOADS.find((one) => one.name === name);
    if (!workload) throw new Error(`There is no workload ${name}.`);
    prepared = { name, body: workload.body() };
  }
  return prepared.body;
}
