import { ImmutableError } from '../errors/immutable-error.ts';
import type { SfBareItem, SfParameters } from './sf-types.ts';

/**
 * The parameters of an item that has none. Most items have none, and share this map, which
 * therefore nobody can change. It is a `Map` like others, so that it compares equal to them.
 */
export const NO_PARAMETERS: SfParameters = Object.defineProperty(
  new Map<string, SfBareItem>(),
  'set',
  { value: refuse },
);

function refuse(): never {
  throw new ImmutableError('SfParameters', 'Make an item with the parameters that it should have.');
}
