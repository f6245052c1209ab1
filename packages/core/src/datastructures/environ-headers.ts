import { ImmutableError } from '../errors/immutable-error.ts';
import type { Environ, HeaderField } from '../protocol.ts';
import { convertAll, type GetOptions } from './convert.ts';
import { HeadersView } from './headers-view.ts';

/**
 * The request's header fields as a view of an environ: nothing is copied, and what middleware
 * changes in the environ is seen here. Names come out as `Content-Type`, sorted as the environ has
 * its keys; repeated fields are joined already. Read-only: every method that would change it throws
 * an `ImmutableError`; `new Headers(request.headers)` is a copy to change.
 */
export class EnvironHeaders extends HeadersView {
  /** The environ that is looked at. */
  readonly environ: Environ;

  constructor(environ: Environ) {
    super();
    this.environ = environ;
  }

  override find(name: string): string | undefined {
    const key = environKey(name);
    if (key === null) return undefined;
    const value = this.environ[key];
    return typeof value === 'string' && isPresent(key, value) ? value : undefined;
  }

  override *entries(): IterableIterator<HeaderField> {
    for (const key in this.environ) {
      const value = isHeaderKey(key) ? this.environ[key] : undefined;
      if (typeof value === 'string' && isPresent(key, value)) yield [headerName(key), value];
    }
  }

  override getlist(name: string): string[];
  override getlist<T>(name: string, options: GetOptions<string, T>): T[];
  override getlist(name: string, options?: GetOptions<string, unknown>): unknown[] {
    const value = this.find(name);
    const values = value === undefined ? [] : [value];
    return options ? convertAll(values, options.type) : values;
  }

  add(..._: unknown[]): never {
    return refuse();
  }

  append(..._: unknown[]): never {
    return refuse();
  }

  set(..._: unknown[]): never {
    return refuse();
  }

  setlist(..._: unknown[]): never {
    return refuse();
  }

  setdefault(..._: unknown[]): never {
    return refuse();
  }

  setlistdefault(..._: unknown[]): never {
    return refuse();
  }

  remove(..._: unknown[]): never {
    return refuse();
  }

  delete(..._: unknown[]): never {
    return refuse();
  }

  pop(..._: unknown[]): never {
    return refuse();
  }

  popitem(): never {
    return refuse();
  }

  clear(): never {
    return refuse();
  }

  extend(..._: unknown[]): never {
    return refuse();
  }

  update(..._: unknown[]): never {
    return refuse();
  }
}

function refuse(): never {
  throw new ImmutableError('EnvironHeaders', 'Change a copy instead: new Headers(headers).');
}

/** Keys by the names that were asked for. Few are: those that an application has in its source. */
const KNOWN_KEYS = new Map<string, string | null>();
/** Names come from clients at times, and must not fill the memory. */
const MOST_KNOWN_KEYS = 500;
const LONGEST_KNOWN_NAME = 64;

/** The environ's key for a header name; null for a name with `_`, which would pose as one with `-`. */
function environKey(name: string): string | null {
  const known = KNOWN_KEYS.get(name);
  return known === undefined ? learnKey(name) : known;
}

function learnKey(name: string): string | null {
  const key = name.includes('_') ? null : makeKey(name);
  if (KNOWN_KEYS.size < MOST_KNOWN_KEYS && name.length <= LONGEST_KNOWN_NAME) {
    KNOWN_KEYS.set(name, key);
  }
  return key;
}

function makeKey(name: string): string {
  const key = name.toUpperCase().replaceAll('-', '_');
  return isContentKey(key) ? key : `HTTP_${key}`;
}

function isHeaderKey(key: string): boolean {
  return (key.startsWith('HTTP_') && !isContentKey(key.slice(5))) || isContentKey(key);
}

function isContentKey(key: string): boolean {
  return key === 'CONTENT_TYPE' || key === 'CONTENT_LENGTH';
}

/** Some gateways state an empty type or length where the request has none. */
function isPresent(key: string, value: string): boolean {
  return value !== '' || !isContentKey(key);
}

function headerName(key: string): string {
  const words = (isContentKey(key) ? key : key.slice(5)).split('_');
  return words.map((word) => word.slice(0, 1) + word.slice(1).toLowerCase()).join('-');
}
