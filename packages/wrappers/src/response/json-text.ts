import { InvalidBodyError } from '../errors/wrapper-errors.ts';
import { describe } from '../values/describe.ts';

/**
 * A value as JSON.
 *
 * @throws InvalidBodyError for a value that JSON has no text for: `undefined`, a function, a symbol.
 */
export function jsonText(value: unknown): string {
  const text: string | undefined = JSON.stringify(value);
  if (text === undefined) {
    throw new InvalidBodyError(`JSON has no text for ${describe(value)}; use null for nothing.`);
  }
  return text;
}
