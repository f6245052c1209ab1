import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as timeUp } from 'node:timers/promises';
import type { RunSimpleCall } from '../running/hand-over.ts';
import { nearest } from '../running/nearest.ts';
import { appKind } from './app-kind.ts';
import { CommandError, ModuleError } from './command-errors.ts';
import type { Target } from './find-target.ts';
import { importFile } from './import-file.ts';
import type { TakenCalls } from './taken-calls.ts';

type Namespace = Record<string, unknown>;

/** A value that a target names, and the object it is an attribute of, its `this`. */
export interface FoundValue {
  value: unknown;
  owner?: object;
  /** As the user would write it. */
  shown: string;
}

/** What a target turned out to be: a value, or the call of `runSimple` that its file made. */
export type Loaded = FoundValue | { call: RunSimpleCall };

/** The exports that are tried when the user named none. */
const USUAL_NAMES = ['default', 'app', 'application'];

/** Milliseconds in which a file that exports no application may still call `runSimple`. */
const LATE_CALL = 10_000;

/**
 * Loads a target's file and finds its application. A file may wait for `runSimple` at its top level,
 * so that its loading ends only with the server: a call counts as soon as it is made.
 *
 * @throws CommandError when there is no application.
 * @throws ModuleError when the file throws.
 */
export async function loadTarget(target: Target, calls: TakenCalls): Promise<Loaded> {
  const loading = importFile(target.file);
  const namespace = loading.catch((error: unknown) => {
    throw new ModuleError(`'${target.shown}' failed to load`, { cause: error });
  });
  const found =
    target.names.length > 0
      ? await findNamed(target, namespace, calls)
      : await findUsual(target, namespace, calls);
  // From here on the file is on its own: should it fail, that ends the process as it does in Node.
  void loading.then(() => {});
  return found;
}

async function findNamed(
  target: Target,
  loading: Promise<Namespace>,
  calls: TakenCalls,
): Promise<Loaded> {
  await Promise.race([loading, calls.first]);
  // A file that waits for its runSimple() never gives its exports away: then the call has to do.
  const namespace = await Promise.race([loading, nextTurn(undefined)]);
  return namespace === undefined ? { call: await calls.first } : follow(target, namespace);
}

async function findUsual(
  target: Target,
  loading: Promise<Namespace>,
  calls: TakenCalls,
): Promise<Loaded> {
  const first = calls.first.then((call) => ({ call }));
  const namespace = await Promise.race([loading, first.then(() => ({}) as Namespace)]);
  const call = await Promise.race([first, nextTurn(undefined)]);
  if (call !== undefined) return call;
  const kindOf = (name: string): string => appKind(namespace[name]).kind;
  const name =
    USUAL_NAMES.find((usual) => kindOf(usual) === 'gateway') ??
    USUAL_NAMES.find((usual) => kindOf(usual) === 'other');
  if (name !== undefined) return { value: namespace[name], shown: target.shown };
  const late = await Promise.race([first, nothingMoreToCome()]);
  if (late !== undefined) return late;
  throw new CommandError(noApplication(target, namespace));
}

/** Resolves when the file has nothing left to do, or has had its time. */
async function nothingMoreToCome(): Promise<undefined> {
  const idle = once(process, 'beforeExit');
  await Promise.race([idle, timeUp(LATE_CALL, undefined, { ref: false })]);
}

/** Follows the names of `module:name.name`. */
function follow(target: Target, namespace: Namespace): FoundValue {
  let found: FoundValue = { value: namespace, shown: target.shown };
  for (const name of target.names) {
    const { value, shown } = found;
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
      throw new CommandError(`'${shown}' is ${appKind(value).name}: it has no '${name}'.`);
    }
    if (!(name in value)) throw new CommandError(missingName(shown, name, value));
    found = {
      value: (value as Namespace)[name],
      shown: `${shown}${value === namespace ? ':' : '.'}${name}`,
      ...(value !== namespace && { owner: value }),
    };
  }
  return found;
}

function missingName(shown: string, name: string, holder: object): string {
  const names = Object.keys(holder);
  const near = nearest(name, names);
  const list = near.length > 0 ? `The nearest: ${near.join(', ')}.` : listed(names);
  return `'${shown}' has no '${name}'. ${list}`;
}

function noApplication({ shown }: Target, namespace: Namespace): string {
  const value = namespace['default'];
  if (value !== undefined) {
    return `The default export of '${shown}' is ${appKind(value).name}, no application.`;
  }
  return (
    `'${shown}' has no application: it has no default export, no 'app' or 'application', and does ` +
    `not call runSimple(). ${listed(Object.keys(namespace))}`
  );
}

function listed(names: string[]): string {
  return names.length === 0 ? 'It exports nothing.' : `It has: ${names.slice(0, 10).join(', ')}.`;
}
