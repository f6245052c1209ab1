import type { OnUpdate } from '../datastructures/callback-dict.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { FieldScanner } from './field-scanner.ts';
import { LiveField } from './live-field.ts';

const SECONDS = /^[0-9]{1,15}$/;

/** The directives of `Strict-Transport-Security`. */
export interface StrictTransportSecurityInit {
  /** For how many seconds browsers keep to HTTPS; 0 ends it. */
  maxAge: number;
  /** Whether subdomains are meant as well. Default: false. */
  includeSubDomains?: boolean | undefined;
  /**
   * Asks to be put on the lists that browsers ship. Default: false. To get off them takes months.
   */
  preload?: boolean | undefined;
}

/** `Strict-Transport-Security` (RFC 6797): browsers shall use HTTPS for this host from now on. */
export class StrictTransportSecurity extends LiveField {
  #maxAge = 0;
  #includeSubDomains: boolean;
  #preload: boolean;

  /** @throws InvalidHeaderError when `maxAge` is not a whole number of seconds. */
  constructor(init: StrictTransportSecurityInit, onUpdate?: OnUpdate<StrictTransportSecurity>) {
    super();
    this.maxAge = init.maxAge;
    this.#includeSubDomains = init.includeSubDomains === true;
    this.#preload = init.preload === true;
    this.onUpdate = onUpdate;
  }

  /**
   * Parses the header as a browser has to (RFC 6797 section 6.1): `null` when it lacks `max-age`,
   * has a directive twice, or is malformed. Unknown directives are ignored.
   */
  static fromHeader(
    header: string | null | undefined,
    onUpdate?: OnUpdate<StrictTransportSecurity>,
  ): StrictTransportSecurity | null {
    const directives = readDirectives(header ?? '');
    const maxAge = directives?.get('max-age') ?? '';
    if (!directives || !SECONDS.test(maxAge)) return null;
    return new StrictTransportSecurity(
      {
        maxAge: Number(maxAge),
        includeSubDomains: directives.has('includesubdomains'),
        preload: directives.has('preload'),
      },
      onUpdate,
    );
  }

  /** For how many seconds browsers keep to HTTPS. */
  get maxAge(): number {
    return this.#maxAge;
  }

  set maxAge(seconds: number) {
    if (!Number.isSafeInteger(seconds) || seconds < 0) {
      throw new InvalidHeaderError(
        `maxAge is a whole number of seconds, 0 or more, not ${seconds}.`,
      );
    }
    this.#maxAge = seconds;
    this.changed();
  }

  /** Whether subdomains are meant as well. */
  get includeSubDomains(): boolean {
    return this.#includeSubDomains;
  }

  set includeSubDomains(value: boolean) {
    this.#includeSubDomains = value;
    this.changed();
  }

  /** Whether browsers may ship this. */
  get preload(): boolean {
    return this.#preload;
  }

  set preload(value: boolean) {
    this.#preload = value;
    this.changed();
  }

  override toHeader(): string {
    let header = `max-age=${this.#maxAge}`;
    if (this.#includeSubDomains) header += '; includeSubDomains';
    if (this.#preload) header += '; preload';
    return header;
  }
}

/** The directives by their names in lower case; `null` when malformed, or one stands twice. */
function readDirectives(header: string): ReadonlyMap<string, string> | null {
  const directives = new Map<string, string>();
  const scanner = new FieldScanner(header);
  do {
    scanner.skipBlanks();
    const name = scanner.readToken().toLowerCase();
    if (name === '') continue;
    if (directives.has(name)) return null;
    scanner.skipBlanks();
    let value: string | null = '';
    if (scanner.take('=')) {
      scanner.skipBlanks();
      value = scanner.readValue();
      if (value === null) return null;
      scanner.skipBlanks();
    }
    directives.set(name, value);
  } while (scanner.take(';'));
  return scanner.atEnd ? directives : null;
}
