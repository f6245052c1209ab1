import { dumpScheme, parseAuthParameters, splitScheme } from '../http/auth-scheme.ts';
import { dumpPair } from '../http/dump-header.ts';
import { type AuthParametersInit, pairsOf } from './authorization.ts';
import { CallbackDict, type OnUpdate } from './callback-dict.ts';
import { StructuredHeader } from './structured-header.ts';

/** What `digest` has in quotes even when it is a token (RFC 7616 section 3.3). */
const ALWAYS_QUOTED: ReadonlySet<string> = new Set(['realm', 'domain', 'nonce', 'opaque', 'qop']);

/**
 * A challenge: how a client can show who it is, `WWW-Authenticate` (RFC 9110 section 11.6.1). It has
 * either parameters or a token.
 */
export class WWWAuthenticate extends StructuredHeader {
  #type: string;
  #token: string | null;
  readonly #parameters: CallbackDict<string, string | null>;
  readonly #onUpdate: OnUpdate<WWWAuthenticate> | undefined;

  /** @param onUpdate is called after every change. */
  constructor(
    type: string,
    parameters?: AuthParametersInit | null,
    token?: string | null,
    onUpdate?: OnUpdate<WWWAuthenticate>,
  ) {
    super();
    this.#type = type.toLowerCase();
    this.#token = token ?? null;
    this.#parameters = new CallbackDict(pairsOf(parameters), () => this.#updated());
    this.#onUpdate = onUpdate;
  }

  /** Parses the first challenge of a header. Null: there is no header. */
  static fromHeader(
    header: string | null | undefined,
    onUpdate?: OnUpdate<WWWAuthenticate>,
  ): WWWAuthenticate | null {
    const parts = splitScheme(header);
    if (!parts) return null;
    const parameters = parseAuthParameters(parts.rest);
    return new WWWAuthenticate(parts.type, parameters, parameters ? null : parts.rest, onUpdate);
  }

  /** The scheme, in lower case. */
  get type(): string {
    return this.#type;
  }

  set type(type: string) {
    this.#type = type.toLowerCase();
    this.#updated();
  }

  /** The token; null when there are parameters. */
  get token(): string | null {
    return this.#token;
  }

  set token(token: string | null) {
    this.#token = token;
    this.#updated();
  }

  /** The parameters; a change of them changes the challenge. */
  get parameters(): CallbackDict<string, string | null> {
    return this.#parameters;
  }

  /** A parameter; undefined when it is missing, null when it has no value. */
  get(name: string): string | null | undefined {
    return this.#parameters.get(name);
  }

  /** Whether a parameter is there. */
  has(name: string): boolean {
    return this.#parameters.has(name);
  }

  /** Sets a parameter; null removes it. */
  set(name: string, value: string | null): void {
    if (value === null) this.#parameters.delete(name);
    else this.#parameters.set(name, value);
  }

  /** Removes a parameter; whether it was there. */
  delete(name: string): boolean {
    return this.#parameters.delete(name);
  }

  /** What the credentials are asked for; null when it is not said. */
  get realm(): string | null {
    return this.get('realm') ?? null;
  }

  set realm(realm: string | null) {
    this.set('realm', realm);
  }

  /** Whether `other` says the same. */
  equals(other: WWWAuthenticate): boolean {
    return this.toHeader() === other.toHeader();
  }

  /**
   * The header's value.
   *
   * @throws InvalidHeaderError when the scheme or the name of a parameter is no token.
   */
  override toHeader(): string {
    const scheme = dumpScheme(this.#type);
    const rest = this.#token ?? this.#dumpParameters();
    return rest === '' ? scheme : `${scheme} ${rest}`;
  }

  #dumpParameters(): string {
    const isDigest = this.#type === 'digest';
    return Array.from(this.#parameters, ([name, value]) =>
      dumpPair(name, value, { allowToken: !(isDigest && ALWAYS_QUOTED.has(name)) }),
    ).join(', ');
  }

  #updated(): void {
    this.#onUpdate?.(this);
  }
}
