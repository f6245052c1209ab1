/**
 * Runs one function of one row, in a process of its own, as often as it is told: `headers.ts` starts
 * it as `measured-process.ts ROW CONTENDER`. Times are processor time of the whole process, so that
 * collecting garbage and compiling count.
 */
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
const inputs: readonly unknown[] = row.inputs;
const collect = (globalThis as { gc?: () => void }).gc;

/** Keeps results alive, so that no call is optimised away. */
export let sink: unknown;

process.on('message', async (question: Question) => {
  const answer = question.kind === 'round' ? await round(question) : hostile(question);
  process.send?.(answer);
});
process.send?.('ready');

/** Nanoseconds for one input, over as many as fit into the time. */
async function round({ milliseconds }: { milliseconds: number }): Promise<number> {
  collect?.();
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

function microseconds(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}
