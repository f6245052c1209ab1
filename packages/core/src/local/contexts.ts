import { ArgumentError } from '../errors/argument-error.ts';
import type { LocalContext } from './local-context.ts';

/** The context of each local and stack. They are objects that have no names to spare for it. */
const contexts = new WeakMap<object, Pick<LocalContext<unknown>, 'release' | 'run'>>();

/** Says in which context a local or stack keeps its values. */
export function registerContext<T>(local: object, context: LocalContext<T>): void {
  contexts.set(local, context);
}

/**
 * The context in which a local or stack keeps its values.
 *
 * @throws ArgumentError for anything else.
 */
export function contextOf(local: object): Pick<LocalContext<unknown>, 'release' | 'run'> {
  const context = contexts.get(local);
  if (!context) throw new ArgumentError('Only a Local or a LocalStack can be released.');
  return context;
}
