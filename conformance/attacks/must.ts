import type { LinearTime } from './linear-time.ts';

/** What has to hold; every key has to. `README.md` says when each does. */
export interface Must {
  readonly at?: string;
  readonly equals?: unknown;
  readonly notEquals?: unknown;
  readonly oneOf?: readonly unknown[];
  readonly throws?: true | string;
  readonly settles?: { readonly ms: number };
  readonly maxMs?: number;
  readonly linearTime?: LinearTime;
  readonly noOwnPrototype?: true;
  readonly ownKeys?: readonly string[];
  readonly orOwnKeys?: readonly string[];
  readonly contains?: readonly string[];
  readonly notContains?: readonly string[];
  readonly latin1NotContains?: readonly string[];
  readonly matches?: string;
  readonly notMatches?: string;
  readonly flags?: string;
  readonly sameOrigin?: { readonly bases: readonly string[] };
  readonly maxLength?: number;
  readonly exists?: boolean;
  readonly pins?: {
    readonly distinct: number;
    readonly minDigits?: number;
    readonly minLength?: number;
  };
  readonly anyOf?: readonly Must[];
}

/** Keys that say something about the result, with a check of their value. */
const RESULT_KEYS: Readonly<Record<string, (value: unknown) => boolean>> = {
  equals: () => true,
  notEquals: () => true,
  oneOf: Array.isArray,
  noOwnPrototype: (value) => value === true,
  ownKeys: isListOfText,
  contains: isListOfText,
  notContains: isListOfText,
  latin1NotContains: isListOfText,
  matches: isText,
  notMatches: isText,
  sameOrigin: (value) => isListOfText((value as { bases?: unknown } | null)?.bases),
  maxLength: Number.isInteger,
  exists: (value) => typeof value === 'boolean',
  pins: (value) => Number.isInteger((value as { distinct?: unknown } | null)?.distinct),
};

/** Keys that hold or not by themselves, whatever the result. */
const OTHER_KEYS: Readonly<Record<string, (value: unknown) => boolean>> = {
  throws: (value) => value === true || isText(value),
  settles: (value) => typeof (value as { ms?: unknown } | null)?.ms === 'number',
  maxMs: (value) => typeof value === 'number',
  linearTime: isLinearTime,
  anyOf: (value) => Array.isArray(value) && value.length > 0,
};

/** Keys that change the meaning of others. */
const MODIFIERS: Readonly<Record<string, (value: unknown) => boolean>> = {
  at: isText,
  flags: isText,
  orOwnKeys: isListOfText,
};

const CHECKS = new Map(Object.entries({ ...RESULT_KEYS, ...OTHER_KEYS, ...MODIFIERS }));

/** Whether a `must` asks anything of the result, which a call that threw does not have. */
export function looksAtResult(must: Must): boolean {
  return Object.keys(must).some((key) => Object.hasOwn(RESULT_KEYS, key));
}

/**
 * Checks that every key of a `must` is known and has a sensible value, and that there is one that
 * can fail.
 *
 * @throws Error when not.
 */
export function validateMust(must: Must | readonly Must[]): void {
  const all = [must].flat() as Must[];
  if (all.length === 0) throw new Error('an empty list of what must hold');
  for (const one of all) {
    if (typeof one !== 'object' || one === null) throw new Error('no object under `must`');
    const entries = Object.entries(one);
    for (const [key, value] of entries) {
      const check = CHECKS.get(key);
      if (!check) throw new Error(`unknown key ${key} in what must hold`);
      if (!check(value)) throw new Error(`${key} cannot be ${JSON.stringify(value)}`);
    }
    if (entries.every(([key]) => Object.hasOwn(MODIFIERS, key))) {
      throw new Error('nothing under `must` that could fail');
    }
    if (one.anyOf) for (const alternative of one.anyOf) validateMust(alternative);
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

function isListOfText(value: unknown): boolean {
  return Array.isArray(value) && value.every(isText);
}

function isLinearTime(value: unknown): boolean {
  const { sizes, maxRatio } = (value ?? {}) as Partial<LinearTime>;
  return Array.isArray(sizes) && sizes.length === 2 && typeof maxRatio === 'number';
}
