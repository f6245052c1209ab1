/** How long to measure. */
export interface Effort {
  readonly rounds: number;
  /** Of processor time, each round of each contender. */
  readonly milliseconds: number;
}

/** Milliseconds that each contender runs before any round counts. */
const WARM_UP = 250;

/**
 * Lets contenders take turns, in reverse order every other round, so that what else the machine does
 * meets all of them. Gives the result of every round, by name.
 *
 * @param run one round of one contender; gives its figure.
 */
export async function takeTurns(
  names: readonly string[],
  { rounds, milliseconds }: Effort,
  run: (name: string, milliseconds: number) => Promise<number>,
): Promise<Map<string, number[]>> {
  const figures = new Map<string, number[]>();
  for (const name of names) {
    await run(name, WARM_UP);
    figures.set(name, []);
  }
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? names : names.toReversed();
    for (const name of order) figures.get(name)!.push(await run(name, milliseconds));
  }
  return figures;
}
