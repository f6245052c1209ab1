import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { dumpScheme, parseAuthParameters, splitScheme } from '../http/auth-scheme.ts';
import { decodeBase64Text, encodeBase64Text } from '../http/base64.ts';
import { dumpDict } from '../http/dump-header.ts';
import { showAs } from './inspect.ts';
import { StructuredHeader } from './structured-header.ts';

/** Parameters by their names; null: the name stands alone. */
export type AuthParametersInit =
  | Iterable<readonly [name: string, value: string | null]>
  | Readonly<Record<string, string | null | undefined>>;

/**
 * The credentials of a request: `Authorization` (RFC 9110 section 11.6.2). It cannot be changed. It
 * has either parameters, as of `basic` and `digest`, or a token, as of `bearer`.
 */
export class Authorization extends StructuredHeader {
  static {
    // What is secret stays out of logs.
    showAs(Authorization, ({ type }) => type);
  }

  /** The scheme, in lower case. */
  readonly type: string;
  /** The parameters; of `basic`, these are `username` and `password`. */
  readonly parameters: ReadonlyMap<string, string | null>;
  /** The token; null when there are parameters. */
  readonly token: string | null;

  constructor(type: string, parameters?: AuthParametersInit | null, token?: string | null) {
    super();
    this.type = type.toLowerCase();
    this.parameters = new Map(pairsOf(parameters));
    this.token = token ?? null;
  }

  /**
   * Parses a header. Null: it is missing, or basic credentials that are not base64 of UTF-8 (RFC 7617).
   */
  static fromHeader(header: string | null | undefined): Authorization | null {
    const parts = splitScheme(header);
    if (!parts) return null;
    const { type, rest } = parts;
    if (type === 'basic') return parseBasic(rest);
    const parameters = parseAuthParameters(rest);
    return new Authorization(type, parameters, parameters ? null : rest);
  }

  /** A parameter; undefined when it is missing, null when it has no value. */
  get(name: string): string | null | undefined {
    return this.parameters.get(name);
  }

  /** Whether a parameter is there. */
  has(name: string): boolean {
    return this.parameters.has(name);
  }

  /** The user's name; null when there is none. */
  get username(): string | null {
    return this.get('username') ?? null;
  }

  /** The password of `basic`; null when there is none. */
  get password(): string | null {
    return this.get('password') ?? null;
  }

  /** What the credentials are for; null when it is not said. */
  get realm(): string | null {
    return this.get('realm') ?? null;
  }

  /** Whether `other` says the same; to check a secret, compare it in constant time instead. */
  equals(other: Authorization): boolean {
    if (this.type !== other.type || this.token !== other.token) return false;
    if (this.parameters.size !== other.parameters.size) return false;
    return [...this.parameters].every(([name, value]) => other.parameters.get(name) === value);
  }

  /**
   * The header's value.
   *
   * @throws InvalidHeaderError when it cannot be sent, as a user name with a colon in it.
   */
  override toHeader(): string {
    if (this.type === 'basic' && this.token === null) return dumpBasic(this);
    return `${dumpScheme(this.type)} ${this.token ?? dumpDict(this.parameters)}`;
  }
}

/** The pairs of parameters, however they are given; undefined leaves one out. */
export function* pairsOf(
  init: AuthParametersInit | null | undefined,
): IterableIterator<[name: string, value: string | null]> {
  if (!init) return;
  const pairs = Symbol.iterator in init ? init : Object.entries(init);
  for (const [name, value] of pairs as Iterable<[string, string | null | undefined]>) {
    if (value !== undefined) yield [name, value];
  }
}

function parseBasic(base64: string): Authorization | null {
  const text = decodeBase64Text(base64);
  if (text === null) return null;
  const colon = text.indexOf(':');
  const username = colon < 0 ? text : text.slice(0, colon);
  const password = colon < 0 ? '' : text.slice(colon + 1);
  return new Authorization('basic', [
    ['username', username],
    ['password', password],
  ]);
}

function dumpBasic({ username, password }: Authorization): string {
  if (username?.includes(':')) {
    throw new InvalidHeaderError(
      'The user name of basic credentials has a colon in it, where the password would begin ' +
        '(RFC 7617 section 2). Use a name without one.',
    );
  }
  return `Basic ${encodeBase64Text(`${username ?? ''}:${password ?? ''}`)}`;
}
