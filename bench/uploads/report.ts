import { table } from '../lib/table.ts';

/** The resident memory of a server in bytes, around one upload. */
export interface Row {
  readonly name: string;
  readonly before: number;
  readonly peak: number;
  readonly after: number;
  /** What became of the upload. */
  readonly outcome: string;
}

/** One workload's figures as a table, in MiB. */
export function memoryTable(title: string, rows: readonly Row[]): string {
  const mebibytes = (bytes: number) => (bytes / 1_048_576).toFixed(0);
  return table([
    [title, 'before', 'peak', 'after', 'growth', ''],
    ...rows.map(({ name, before, peak, after, outcome }) => [
      name,
      ...[before, peak, after, peak - before].map(mebibytes),
      outcome,
    ]),
  ]);
}
