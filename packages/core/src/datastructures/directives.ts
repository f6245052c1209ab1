import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { CallbackDict } from './callback-dict.ts';
import { headerText, showAsHeader } from './inspect.ts';

/**
 * What a property of a header stands for: a directive that is there or not, a number of seconds, or
 * text. What is `optional` may have no value; then the property is `true`.
 */
export type DirectiveKind = 'flag' | 'seconds' | 'optional-seconds' | 'text' | 'optional-text';

/** A directive's value in a header; null: it has none. */
export type DirectiveValue = string | null;

const SECONDS = /^-?[0-9]+$/;

/** A header of directives, each with a value or without: what cache control and policies share. */
export abstract class Directives<V extends DirectiveValue> extends CallbackDict<string, V> {
  static {
    showAsHeader(Directives);
  }

  /** The header's value. */
  abstract toHeader(): string;

  /** The same as `toHeader()`, but that it tells why what a client sent can't be sent on. */
  override toString(): string {
    return headerText(this);
  }

  /** The directives, for JSON. */
  toJSON(): [name: string, value: V][] {
    return [...this];
  }
}

/**
 * Gives a class properties for directives.
 *
 * @param kinds the name of each property, with that of its directive and its kind.
 */
export function defineDirectives<V extends DirectiveValue>(
  target: { readonly prototype: Directives<V> },
  kinds: Readonly<Record<string, readonly [name: string, kind: DirectiveKind]>>,
): void {
  for (const [property, [name, kind]] of Object.entries(kinds)) {
    Object.defineProperty(target.prototype, property, {
      configurable: true,
      get(this: Directives<DirectiveValue>) {
        return readDirective(this, name, kind);
      },
      set(this: Directives<DirectiveValue>, value: unknown) {
        writeDirective(this, name, kind, value);
      },
    });
  }
}

function readDirective(
  directives: Directives<DirectiveValue>,
  name: string,
  kind: DirectiveKind,
): unknown {
  const value = directives.get(name);
  if (kind === 'flag') return value !== undefined;
  if (value === undefined) return null;
  if (value === null) return kind.startsWith('optional') ? true : null;
  return kind.endsWith('seconds') ? readSeconds(value) : value;
}

/** Seconds beyond what a number can hold count as very many (RFC 9111 section 1.2.2). */
function readSeconds(text: string): number | null {
  return SECONDS.test(text) ? Math.min(Number(text), Number.MAX_SAFE_INTEGER) : null;
}

function writeDirective(
  directives: Directives<DirectiveValue>,
  name: string,
  kind: DirectiveKind,
  value: unknown,
): void {
  if (value === undefined || value === null || value === false) directives.delete(name);
  else if (value === true || kind === 'flag') directives.set(name, kind === 'text' ? '' : null);
  else if (kind.endsWith('seconds')) directives.set(name, dumpSeconds(name, value));
  else directives.set(name, String(value));
}

function dumpSeconds(name: string, value: unknown): string {
  const seconds = Math.trunc(Number(value));
  if (seconds >= 0 && seconds <= Number.MAX_SAFE_INTEGER) return String(seconds);
  throw new InvalidHeaderError(
    `${name} cannot be ${String(value)} seconds. Use a number that is not negative.`,
  );
}
