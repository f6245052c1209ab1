/**
 * Runs one function of one row, in a process of its own, as often as it is told: `headers.ts` starts
 * it as `measured-process.ts ROW CONTENDER`. Times are processor time of the whole process, so that
 * collecting garbage and compiling count.
 */
import { cpuRound, microseconds } from '../lib/cpu-round.ts';
import { ROWS } from './rows.ts';
import { hostileValue, RECIPES } from './values.ts';

/** What the process is asked. */
export type Question =
  | { readonly kind: 'round'; readonly milliseconds: number }
  | { readonly kind: 'hostile'; readonly recipe: string; readonly size: number };

const RUNS = 5;

const [rowName, contenderName] = process.argv.slice(2);
const row = ROWS.find(({ name }) => name === rowName);
const contender = row?.contenders.find(({ name }) => name === contenderName);
if (!row || !contender) throw new Error(`There is no ${contenderName} in row ${rowName}.`);
const call = (await contender.load()) as (input: unknown) => unknown;
if (typeof call !== 'function') throw new Error(`${contenderName} of ${rowName} is no function.`);

/** Keeps results alive, so that no call is optimised away. */
export let sink: unknown;

process.on('message', async (question: Question) => {
  const answer =
    question.kind === 'round'
      ? await cpuRound(question.milliseconds, row.inputs, call)
      : hostile(question);
  process.send?.(answer);
});
process.send?.('ready');

/** Milliseconds for one hostile value: the best of some runs. That a function throws is fine. */
function hostile({ recipe: id, size }: { recipe: string; size: number }): number {
  const recipe = RECIPES.find((one) => one.header === row?.hostile && one.id === id);
  if (!recipe) throw new Error(`There is no recipe ${id} for ${row?.hostile}.`);
  const value = hostileValue(recipe, size);
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS; run++) {
    let calls = 0;
    const start = process.cpuUsage();
    let spent = 0;
    while (spent < 2_000) {
      try {
        sink = call(value);
      } catch (error) {
        sink = error;
      }
      calls++;
      spent = microseconds(start);
    }
    best = Math.min(best, spent / 1_000 / calls);
  }
  return best;
}
