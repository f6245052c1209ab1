import type { Level } from '../suite.ts';

/** Octets to send: a text of one octet per code unit, or how to make one. `values.ts` has more. */
export type WrittenRequest =
  | string
  | { readonly join: readonly WrittenRequest[] }
  | { readonly repeat: string; readonly times: number }
  | { readonly gzipOf: unknown }
  | DebuggerRequest;

/** A request of the debugger's page, in whose scheme the runner would write it. */
export interface DebuggerRequest {
  readonly debugger: string;
}

/** One request, or several alike, and what has to come back. */
export interface Step {
  readonly request: WrittenRequest;
  /** Allowed statuses; 0 is an end without a response. */
  readonly status: readonly number[];
  /** Texts that the whole response has to contain, and must not. */
  readonly required?: readonly string[];
  readonly forbidden?: readonly string[];
  readonly times?: number;
  /** How many of them at once. */
  readonly parallel?: number;
  /** Milliseconds before it. */
  readonly delayMs?: number;
  /** Resets the connection after sending. */
  readonly abort?: boolean;
  /** Ends the sending side after sending. */
  readonly halfClose?: boolean;
  readonly maxMs?: number;
}

/** One attack on a running server. */
export interface ServerAttack extends Partial<Step> {
  readonly name: string;
  readonly class: string;
  readonly level: Level;
  readonly why: string;
  readonly app: string;
  /** In place of a single request. */
  readonly steps?: readonly Step[];
  /** Most octets of each response. */
  readonly maxBytes?: number;
  readonly skipAsRoot?: boolean;
  readonly freshServer?: boolean;
  /** Files of the fixture that must not be, or have to be there, afterwards. */
  readonly fileAbsent?: string;
  readonly filePresent?: string;
  /** About the lines that the case adds to the log. */
  readonly log?: {
    readonly notMatches?: string;
    readonly notContains?: readonly string[];
    readonly maxLines?: number;
  };
  /** About the server, afterwards. */
  readonly after?: {
    readonly tempFilesLeft?: number;
    readonly openFilesGrowth?: number;
    readonly rssGrowthMiB?: number;
  };
}

const STEP_KEYS: readonly string[] = [
  ...['request', 'status', 'required', 'forbidden', 'times', 'parallel', 'delayMs', 'abort'],
  ...['halfClose', 'maxMs'],
];
const CASE_KEYS: readonly string[] = [
  ...['name', 'class', 'level', 'why', 'app', 'steps', 'maxBytes', 'skipAsRoot', 'freshServer'],
  ...['fileAbsent', 'filePresent', 'log', 'after'],
];
const LOG_KEYS: readonly string[] = ['notMatches', 'notContains', 'maxLines'];
const AFTER_KEYS: readonly string[] = ['tempFilesLeft', 'openFilesGrowth', 'rssGrowthMiB'];

/** The steps of a case, also of one that has a single request. */
export function stepsOf(attack: ServerAttack): readonly Step[] {
  return attack.steps ?? [attack as Step];
}

/** Whether a request of a case is one of the debugger's page. */
export function asksDebugger(attack: ServerAttack): boolean {
  return stepsOf(attack).some(
    ({ request }) => typeof request === 'object' && 'debugger' in request,
  );
}

/**
 * Checks that a case has all it needs and nothing that is not known, which would let it pass unseen.
 *
 * @throws Error when not.
 */
export function validateServerAttack(attack: ServerAttack): void {
  if (typeof attack.name !== 'string') throw new Error('a case without a name');
  if (typeof attack.app !== 'string') throw new Error('no app');
  known(attack, attack.steps ? CASE_KEYS : [...CASE_KEYS, ...STEP_KEYS]);
  known(attack.log ?? {}, LOG_KEYS);
  known(attack.after ?? {}, AFTER_KEYS);
  const steps = stepsOf(attack);
  if (steps.length === 0) throw new Error('no steps');
  for (const step of steps) {
    if (attack.steps) known(step, STEP_KEYS);
    if (step.request === undefined) throw new Error('no request');
    if (!Array.isArray(step.status) || step.status.length === 0) throw new Error('no status');
  }
}

function known(object: object, keys: readonly string[]): void {
  const unknown = Object.keys(object).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new Error(`unknown key ${unknown}`);
}
