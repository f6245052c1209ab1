/**
 * Behaviour vectors: calls with their results, computed by another implementation of the same
 * interface. README.md beside this file explains the encoding.
 */
import { readFileSync } from 'node:fs';

/** One call with what has to come of it. */
export interface Case {
  readonly name: string;
  readonly call: string;
  readonly args: readonly unknown[];
  /** The result, encoded. */
  readonly want?: unknown;
  /** The class that the call throws; `Error` stands for any. */
  readonly throws?: string;
}

/** A file of cases. */
export interface Suite {
  readonly suite: string;
  readonly cases: readonly Case[];
}

/** The functions that the cases of a suite call; each returns its result encoded. */
export type Calls = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Reads `cases/<name>.json`. */
export function readSuite(name: string): Suite {
  return JSON.parse(readFileSync(new URL(`cases/${name}.json`, import.meta.url), 'utf8'));
}

/** The result of a case as the vectors have it: `undefined` is `null`, iterators are arrays. */
export function runCase(calls: Calls, { call, args }: Case): unknown {
  const run = calls[call];
  if (!run) throw new Error(`No call ${call} for the vectors`);
  return encode(run(...(args as never[])));
}

/** What a value is in JSON. */
export function encode(value: unknown): unknown {
  if (value === undefined) return null;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(encode);
  if (Symbol.iterator in value) return Array.from(value as Iterable<unknown>, encode);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encode(part)]));
}

/** The name by which the vectors know what was thrown. */
export function thrownName(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}
