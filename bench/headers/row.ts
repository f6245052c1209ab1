/** One comparison: functions that do the same work, ours first, and what they are given. */
export interface Row {
  readonly name: string;
  readonly inputs: readonly unknown[];
  readonly contenders: readonly Contender[];
  /** What the others do less or more than ours. */
  readonly unequal?: string;
  /** The header whose hostile values are for this row. */
  readonly hostile?: string;
}

/** A function that takes part. It is loaded in a process of its own. */
export interface Contender {
  readonly name: string;
  readonly load: () => Promise<(input: never) => unknown>;
}

/** What ours is called in every row. */
export const OURS = 'ours';

/** Makes a row; its functions have to take what it has as inputs. */
export function row<I>(
  name: string,
  inputs: readonly I[],
  contenders: Readonly<Record<string, () => Promise<(input: I) => unknown>>>,
  notes: Pick<Row, 'unequal' | 'hostile'> = {},
): Row {
  const list = Object.entries(contenders).map(([name, load]) => ({ name, load }));
  if (list[0]?.name !== OURS) throw new Error(`${name}: ours has to come first.`);
  return { name, inputs, contenders: list, ...notes };
}
