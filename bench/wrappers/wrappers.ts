/**
 * What `Request` and `Response` cost for one request, beside other classes of the kind:
 * `npm run bench:wrappers`. `bench/README.md` says what the figures mean.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { codeUnderTest } from '../lib/code-under-test.ts';
import { answer, ask } from '../lib/conversation.ts';
import { takeTurns } from '../lib/take-turns.ts';
import { WORKLOADS } from './contender.ts';
import { CONTENDERS } from './contenders.ts';
import type { Question } from './measured-process.ts';
import { report, standings } from './report.ts';

const PROCESS = new URL('measured-process.ts', import.meta.url);

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    milliseconds: { type: 'string', default: '60' },
    only: { type: 'string', multiple: true },
  },
});
const effort = { rounds: Number(options.rounds), milliseconds: Number(options.milliseconds) };
const chosen = CONTENDERS.filter(
  ({ name }, index) => index === 0 || !options.only || options.only.includes(name),
);
const code = codeUnderTest(['core', 'wrappers', 'serving']);
console.log(`Node ${process.versions.node}, ${cpus()[0]?.model}`);
console.log(`Werkstatt from ${code.description}`);
console.log(`Processor time per request: medians of ${effort.rounds} rounds in turns\n`);

const children = new Map<string, ChildProcess>();
try {
  for (const { name } of chosen) {
    const child = fork(PROCESS, [name], { execArgv: ['--expose-gc', ...code.nodeFlags] });
    children.set(name, child);
    await answer(child);
  }
  for (const workload of WORKLOADS) {
    const rounds = await takeTurns([...children.keys()], effort, async (name, milliseconds) => {
      const question: Question = { workload, milliseconds };
      return (await ask(children.get(name)!, question)) as number;
    });
    console.log(report(workload, standings(chosen, rounds)));
  }
} finally {
  for (const child of children.values()) child.kill();
}
