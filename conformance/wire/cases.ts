import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `must`: a MUST of the RFCs, or a known attack; `should`: a SHOULD or established practice. */
export type Level = 'must' | 'should';

/** One script of octets and what may come back. */
export interface WireCase {
  name: string;
  group: string;
  level: Level;
  /** The RFC section or the advisory, and what follows from it. */
  why: string;
  /** The requests that the responses answer: `"HEAD"`, `"GET/1.0"`. @default ['GET'] */
  requests?: readonly string[];
  steps: readonly Step[];
  /** Passes when one holds. Absent: the server only has to survive. */
  accept?: readonly Outcome[];
  /** Words that no 2xx content may show. */
  never?: OneOrMore<string>;
  /** Milliseconds to wait for a response or an outcome. */
  timeout?: number;
  /** Milliseconds that an outcome must last before it counts. */
  settle?: number;
  /** How many connections play the steps at once; each is judged. */
  connections?: number;
  /** Connections opened before the case and held during it. */
  background?: { connections: number; steps: readonly Step[] };
  /** Nothing else runs meanwhile. */
  alone?: boolean;
}

/** A value, or several of which one is meant. */
export type OneOrMore<T> = T | readonly T[];

/** Octets as text, one per code point; `repeat` times, `${i}` the number of the repetition. */
export interface OctetText {
  send: OneOrMore<string>;
  repeat?: number;
  encoding?: BufferEncoding;
}

/** Sends, `split` octets per write, `delay` milliseconds apart. */
export interface SendStep extends OctetText {
  split?: number;
  delay?: number;
  untilClosed?: boolean;
}

/** What a client does, in order. Times are milliseconds. */
export type Step =
  | SendStep
  | { wait: number }
  | { await: number }
  | { awaitContinue: true; before?: number; goOn?: boolean }
  | { awaitBytes: number }
  | { drip: string; delay: number }
  | { fin: true }
  | { reset: true }
  | { destroy: true }
  | { pause: true }
  | { resume: true };

/** Exactly these complete responses. */
export interface RespondedOutcome {
  responses: readonly ResponseSpec[];
  /** `true`: the server closes afterwards; `false`: it does not. */
  close?: boolean;
  /** Or the first few, the last of which announced the close. */
  orClose?: boolean;
}

/** One error response of such a status, then the close. */
export interface RejectedOutcome {
  before?: readonly ResponseSpec[];
  reject: OneOrMore<number | string>;
  /** Or closed without the response. */
  silent?: boolean;
  mayStayOpen?: boolean;
}

/** Closed without an octet. */
export interface SilentOutcome {
  before?: readonly ResponseSpec[];
  silent: true;
}

/** A response that visibly breaks off. */
export interface TruncatedOutcome {
  before?: readonly ResponseSpec[];
  truncated: true;
  status?: OneOrMore<number | string>;
  /** Or closed without an octet. */
  silent?: boolean;
}

/** No answer, and the connection open. */
export interface IdleOutcome {
  before?: readonly ResponseSpec[];
  idle: true;
}

export type Outcome =
  | RespondedOutcome
  | RejectedOutcome
  | SilentOutcome
  | TruncatedOutcome
  | IdleOutcome;

/** What a response must be like; an absent key asks for nothing. */
export interface ResponseSpec {
  status?: OneOrMore<number | string>;
  version?: string;
  framing?: OneOrMore<string>;
  continue?: boolean;
  /** The statuses of the interim responses, joined by commas. */
  informational?: OneOrMore<string>;
  /** `true`: present; `null`: absent; `'imf-date'`: the current time as an IMF-fixdate. */
  headers?: Readonly<Record<string, OneOrMore<string> | true | null>>;
  headerTokens?: Readonly<Record<string, OneOrMore<string>>>;
  headerCount?: Readonly<Record<string, number>>;
  bodyLength?: number;
  body?: string | OctetText;
  /** Members of the probe app's echo; `rawTarget` insists on a target, `target` allows `null`. */
  echo?: Readonly<Record<string, OneOrMore<string | number>>>;
  echoBody?: string | OctetText;
  echoHeaders?: Readonly<Record<string, OneOrMore<string> | true | null>>;
}

/** The case files that come with the checker: what was found elsewhere, and what was added here. */
export const CASE_FOLDERS: readonly string[] = ['./cases', './more'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);

const STEP_KINDS = new Map<string, readonly string[]>([
  ['send', ['repeat', 'encoding', 'split', 'delay', 'untilClosed']],
  ['wait', []],
  ['await', []],
  ['awaitContinue', ['before', 'goOn']],
  ['awaitBytes', []],
  ['drip', ['delay']],
  ['fin', []],
  ['reset', []],
  ['destroy', []],
  ['pause', []],
  ['resume', []],
]);

const OUTCOME_KINDS = new Map<string, readonly string[]>([
  ['responses', ['close', 'orClose', 'note']],
  ['reject', ['before', 'silent', 'mayStayOpen', 'note']],
  ['truncated', ['before', 'status', 'silent', 'note']],
  ['idle', ['before', 'note']],
  ['silent', ['before', 'note']],
]);

const CASE_KEYS =
  'name group level why requests steps accept never timeout settle connections background alone';
const RESPONSE_KEYS =
  'status version framing continue informational headers headerTokens headerCount ' +
  'bodyLength body echo echoBody echoHeaders';

/** The cases of every `*.json` in `folders`, checked. @throws Error that names file and case. */
export function loadCases(folders: readonly string[] = CASE_FOLDERS): WireCase[] {
  const cases: WireCase[] = [];
  const names = new Set<string>();
  for (const file of folders.flatMap(caseFiles)) {
    for (const test of JSON.parse(readFileSync(file, 'utf8')).cases) {
      try {
        validateCase(test);
        if (names.has(test.name)) throw new Error('a second case has this name');
      } catch (error) {
        throw new Error(`${file}: case ${test.name}: ${(error as Error).message}`);
      }
      names.add(test.name);
      cases.push(test);
    }
  }
  return cases;
}

function caseFiles(folder: string): string[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  return files.sort().map((file) => join(folder, file));
}

/** Checks the keys of a case, so that a misspelt one is no silent pass. */
export function validateCase(test: WireCase): void {
  onlyKeys('case', test, CASE_KEYS.split(' '));
  for (const key of ['name', 'group', 'why', 'steps'] as const) {
    if (test[key] === undefined) throw new Error(`no ${key}`);
  }
  if (test.level !== 'must' && test.level !== 'should') {
    throw new Error('level is neither must nor should');
  }
  for (const step of [...test.steps, ...(test.background?.steps ?? [])]) {
    kindOf('step', step, STEP_KINDS);
  }
  for (const outcome of test.accept ?? []) {
    kindOf('outcome', outcome, OUTCOME_KINDS);
    for (const spec of 'responses' in outcome ? outcome.responses : (outcome.before ?? [])) {
      onlyKeys('response', spec, RESPONSE_KEYS.split(' '));
    }
  }
}

function kindOf(what: string, value: object, kinds: Map<string, readonly string[]>): void {
  for (const [kind, further] of kinds) {
    if (kind in value) {
      onlyKeys(`${what} ${kind}`, value, [kind, ...further]);
      return;
    }
  }
  throw new Error(`${what} of unknown kind: ${JSON.stringify(value)}`);
}

function onlyKeys(what: string, value: object, known: readonly string[]): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) throw new Error(`unknown key ${key} in ${what}`);
  }
}
