import { util } from '../node-modules.ts';
import { escapeBlock, escapeLine } from './escape.ts';

/** Characters of one stack, and of all that is written of an error; the rest is left out. */
const MAX_STACK = 8_192;
const MAX_TEXT = 32_768;

/** Errors written of one: itself, its causes and, of an `AggregateError`, its members. */
const MAX_ERRORS = 8;

/** The log's text for an application's error: `Error on request:` and its stack. */
export function requestErrorText(error: unknown): string {
  return `Error on request:\n${errorText(error)}`;
}

/**
 * An error's stack, then those of its causes and members, for a log or a terminal: bounded, its
 * control characters escaped, the further lines of a message indented so that none of them passes
 * for a line of the log. Never throws, whatever was thrown.
 */
export function errorText(error: unknown): string {
  const parts: string[] = [];
  const seen = new Set<unknown>();
  const add = (heading: string, value: unknown): void => {
    if (parts.length === MAX_ERRORS || seen.has(value)) return;
    seen.add(value);
    parts.push(heading + (stackOf(value) ?? describe(value)));
    const cause = read(value, 'cause');
    if (cause !== undefined) add('Caused by: ', cause);
    for (const member of members(value)) add('One of its errors: ', member);
  };
  add(stackOf(error) === undefined ? 'Thrown, though not an Error: ' : '', error);
  return bounded(parts.join('\n'), MAX_TEXT);
}

function stackOf(value: unknown): string | undefined {
  const stack = read(value, 'stack');
  if (typeof stack !== 'string' || stack === '') return undefined;
  return escapeBlock(bounded(stack, MAX_STACK)).replace(/\n(?=\S)/g, '\n    ');
}

function describe(value: unknown): string {
  try {
    const options = { depth: 1, customInspect: false, maxArrayLength: 20, maxStringLength: 1_000 };
    const text = util.inspect(value, { ...options, breakLength: Number.POSITIVE_INFINITY });
    return escapeLine(bounded(text, 2_000));
  } catch {
    return 'a value that cannot be shown';
  }
}

function members(value: unknown): unknown[] {
  const errors = read(value, 'errors');
  try {
    return Array.isArray(errors) ? errors.slice(0, MAX_ERRORS).filter(isError) : [];
  } catch {
    return [];
  }
}

function isError(value: unknown): boolean {
  return typeof read(value, 'stack') === 'string';
}

/** A property of a thrown value, whose getter or proxy may throw in turn. */
function read(value: unknown, key: string): unknown {
  try {
    return (value as Record<string, unknown> | null | undefined)?.[key];
  } catch {
    return undefined;
  }
}

function bounded(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${text.slice(0, length)}\n    … ${text.length - length} more characters`;
}
