/**
 * Our parsers and dumpers beside the fastest packages: `npm run bench:headers`. `bench/README.md`
 * says what the figures mean.
 */
import { parseArgs } from 'node:util';
import { codeUnderTest } from '../lib/code-under-test.ts';
import { table } from '../lib/table.ts';
import { type Comparison, compare, measureHostile, type NodeFlags } from './compare.ts';
import { comparisonTable, growth, inequalities, time } from './report.ts';
import { OURS, type Row } from './row.ts';
import { ROWS } from './rows.ts';
import { RECIPES } from './values.ts';

const SIZES = [16_384, 32_768, 65_536, 131_072];
const SHOWN = SIZES.indexOf(65_536);
/** Doublings that cost more than this on the average are not linear. */
const SUPER_LINEAR = 3;
/** Milliseconds below which a ratio says nothing. */
const LITTLE = 0.02;

async function compareAll(rows: readonly Row[], flags: NodeFlags): Promise<void> {
  const comparisons: Comparison[] = [];
  for (const row of rows) comparisons.push(await compare(row, effort, flags));
  console.log(comparisonTable(comparisons));
  const unequal = inequalities(comparisons);
  if (unequal !== '') console.log(`\nWhat is unequal:\n${unequal}`);
}

async function hostileAll(rows: readonly Row[], flags: NodeFlags): Promise<void> {
  const lines: string[][] = [];
  for (const row of rows) {
    const recipes = RECIPES.filter(({ header }) => header === row.hostile).map(({ id }) => id);
    const measured = await measureHostile(row, recipes, SIZES, flags);
    for (const [recipe, times] of measured) lines.push(hostileLine(row, recipe, times));
  }
  console.log('\nHostile values of 64 KiB, and how the time grows with each doubling from 16 KiB:');
  console.log(table([['', 'ours', 'growth', '', 'others'], ...lines]));
}

function hostileLine(
  { hostile }: Row,
  recipe: string,
  times: ReadonlyMap<string, readonly number[]>,
): string[] {
  const ours = times.get(OURS)!;
  const doubling = (ours.at(-1)! / ours[0]!) ** (1 / (ours.length - 1));
  const others = [...times].filter(([name]) => name !== OURS);
  return [
    `${hostile} ${recipe}`,
    time(ours[SHOWN]! * 1e6),
    growth(ours),
    doubling > SUPER_LINEAR && ours.at(-1)! > LITTLE ? 'NOT LINEAR' : '',
    others.map(([name, list]) => `${name} ${time(list[SHOWN]! * 1e6)}`).join(', '),
  ];
}

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '9' },
    milliseconds: { type: 'string', default: '30' },
    only: { type: 'string' },
    'no-hostile': { type: 'boolean', default: false },
  },
});
const effort = { rounds: Number(options.rounds), milliseconds: Number(options.milliseconds) };
const code = codeUnderTest(['core']);
console.log(`Node ${process.version}, ${code.description}`);
console.log(`Processor time per value: medians of ${effort.rounds} rounds in turns\n`);
const chosen = ROWS.filter(({ name }) => name.includes(options.only ?? ''));
await compareAll(chosen, code.nodeFlags);
if (!options['no-hostile']) {
  await hostileAll(
    chosen.filter(({ hostile }) => hostile !== undefined),
    code.nodeFlags,
  );
}
