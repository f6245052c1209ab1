/**
 * Answers requests with the classes of one contender, in a process of its own, as often as it is
 * told: `wrappers.ts` starts it as `measured-process.ts CONTENDER`. What it reads and answers is
 * checked before it is ready.
 */
import { cpuRound } from '../lib/cpu-round.ts';
import { checkAnswers } from './check.ts';
import { type Answer, emptyRead, type Workload } from './contender.ts';
import { CONTENDERS } from './contenders.ts';
import { environsOf, type Inputs, messagesOf } from './inputs.ts';
import { wireRequests } from './requests.ts';

/** What the process is asked. */
export interface Question {
  readonly workload: Workload;
  readonly milliseconds: number;
}

const contender = CONTENDERS.find(({ name }) => name === process.argv[2]);
if (!contender) throw new Error(`There is no contender ${process.argv[2]}.`);
const classes = await contender.load();
const requests = wireRequests();
const inputs: Inputs<unknown> =
  contender.input === 'environ' ? await environsOf(requests) : await messagesOf(requests);
await checkAnswers(
  contender.name,
  classes,
  inputs.list,
  requests.map(({ expected }) => expected),
);
const answers: Readonly<Record<Workload, Answer<unknown, unknown>>> = {
  hello: classes.hello,
  read: classes.read(emptyRead()),
};

process.on('message', async ({ workload, milliseconds }: Question) => {
  process.send?.(await cpuRound(milliseconds, inputs.list, answers[workload]));
});
process.send?.('ready');
