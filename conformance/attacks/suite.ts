import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { caseFiles } from '../lib/case-files.ts';
import { type Must, validateMust } from './must.ts';
import { type ServerAttack, validateServerAttack } from './server/server-case.ts';

/** How grave it is when a case does not hold. */
export type Level = 'must' | 'should' | 'optional';

/** One attack on a function. */
export interface Attack {
  readonly name: string;
  readonly class: string;
  readonly level: Level;
  readonly why: string;
  readonly call: string;
  readonly args: readonly unknown[];
  readonly must: Must | readonly Must[];
}

/** A file of attacks on functions. */
export interface FunctionSuite {
  readonly suite: string;
  readonly kind: 'function';
  readonly cases: readonly Attack[];
}

/** A file of attacks on a running server. */
export interface ServerSuite {
  readonly suite: string;
  readonly kind: 'server';
  readonly cases: readonly ServerAttack[];
}

/** A file of attacks. */
export type AttackSuite = FunctionSuite | ServerSuite;

/** Where the attacks are that come with the runner. */
export const CASES_FOLDER: string = fileURLToPath(new URL('cases', import.meta.url));

const LEVELS: readonly Level[] = ['must', 'should', 'optional'];
const CASE_KEYS = new Set(['name', 'class', 'level', 'why', 'call', 'args', 'must']);

/**
 * Reads every `*.json` in a folder, in the order of their names.
 *
 * @throws Error when there is none, or one is no file of attacks. An unknown key is an error: a
 *   misspelt one would let a case pass unseen.
 */
export function readAttacks(folder: string = CASES_FOLDER): AttackSuite[] {
  return caseFiles(folder).map((file) => {
    try {
      return validate(JSON.parse(readFileSync(file, 'utf8')));
    } catch (error) {
      throw new Error(`${file} is no file of attacks: ${(error as Error).message}`);
    }
  });
}

function validate(suite: AttackSuite): AttackSuite {
  if (typeof suite.suite !== 'string') throw new Error('it has no name (`suite`)');
  if (!Array.isArray(suite.cases)) throw new Error('it has no list of cases');
  if (suite.kind === 'function') validateEach(suite.cases, validateAttack);
  else if (suite.kind === 'server') validateEach(suite.cases, validateServerAttack);
  else throw new Error('its kind is neither function nor server');
  return suite;
}

function validateEach<T extends { name: string }>(
  cases: readonly T[],
  validateOne: (attack: T) => void,
): void {
  for (const attack of cases) {
    try {
      validateOne(attack);
    } catch (error) {
      throw new Error(`${attack.name}: ${(error as Error).message}`);
    }
  }
}

function validateAttack(attack: Attack): void {
  if (typeof attack.name !== 'string') throw new Error('a case without a name');
  const unknown = Object.keys(attack).find((key) => !CASE_KEYS.has(key));
  if (unknown !== undefined) throw new Error(`unknown key ${unknown}`);
  if (!LEVELS.includes(attack.level)) throw new Error(`unknown level ${attack.level}`);
  if (typeof attack.call !== 'string') throw new Error('no call');
  if (!Array.isArray(attack.args)) throw new Error('no list of arguments');
  validateMust(attack.must);
}
