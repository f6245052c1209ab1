import { showAsHeader } from '../datastructures/inspect.ts';
import { InvalidHeaderError } from '../errors/invalid-header-error.ts';
import { decodeExtended, isDecodable, splitExtendedValue } from '../http/extended-value.ts';
import { checkHeaderName } from '../http/header-field.ts';
import { quoteHeaderValue } from '../http/quote-header-value.ts';
import { FieldScanner } from './field-scanner.ts';
import { encodeExtended } from './filename.ts';

const NOT_IN_TARGET = /[^\x21-\x3b\x3d\x3f-\x7e]/;
const BEYOND_ASCII = /[^\x20-\x7e]/;
const CONTROL = /[\x00-\x1f\x7f]/;
const BLANKS = /[ \t]+/;

/** Of these, only the first counts (RFC 8288 section 3.4). */
const ONCE: ReadonlySet<string> = new Set([
  'rel',
  'media',
  'title',
  'title*',
  'type',
  'anchor',
  'rev',
]);

/** Parameters of a link; several values of one name as a list, `true` for one without a value. */
export type LinkParams =
  | Iterable<readonly [name: string, value: string]>
  | Readonly<Record<string, string | true | readonly string[] | undefined>>;

/** One link of a `Link` header (RFC 8288 section 3): `new Link('/style.css', { rel: 'preload' })`. */
export class Link {
  static {
    showAsHeader(Link);
  }

  /** Where the link leads: a URL or a relative reference, as written. */
  readonly target: string;
  /** Every parameter, in order; those without a value have `''`. Names are in lower case. */
  readonly params: readonly (readonly [name: string, value: string])[];

  constructor(target: string, params: LinkParams = {}) {
    this.target = target;
    this.params = Array.from(pairsOf(params), ([name, value]) => [name.toLowerCase(), value]);
  }

  /** What the target is to this resource; registered types in lower case. */
  get rel(): readonly string[] {
    const words = this.get('rel')?.split(BLANKS) ?? [];
    return words.filter((word) => word !== '').map((word) => word.toLowerCase());
  }

  /** The link's title, in whichever form it was given. */
  get title(): string | undefined {
    return this.get('title');
  }

  /** The first value of a parameter; `''` when it stands without one. */
  get(name: string): string | undefined {
    const key = name.toLowerCase();
    return this.params.find(([other]) => other === key)?.[1];
  }

  /**
   * The link as it is written. Text that ASCII cannot hold becomes an extended parameter.
   *
   * @throws InvalidHeaderError when the target has blanks or characters beyond ASCII, or a
   *   parameter cannot be sent.
   */
  toHeader(): string {
    if (NOT_IN_TARGET.test(this.target)) {
      throw new InvalidHeaderError(
        `The link target ${JSON.stringify(this.target)} is no URL reference. Percent-encode it.`,
      );
    }
    return `<${this.target}>${this.params.map(dumpParam).join('')}`;
  }

  /** The same as `toHeader`. */
  toString(): string {
    return this.toHeader();
  }
}

function* pairsOf(params: LinkParams): Iterable<readonly [string, string]> {
  if (Symbol.iterator in params) {
    yield* params as Iterable<readonly [string, string]>;
    return;
  }
  for (const [name, values] of Object.entries(params)) {
    for (const value of typeof values === 'object' ? values : [values]) {
      if (value !== undefined) yield [name, value === true ? '' : value];
    }
  }
}

/**
 * Parses `Link` by the algorithm of RFC 8288 appendix B.2. Reading ends where the header is
 * malformed, with the links before that.
 */
export function parseLinkHeader(header: string | null | undefined): Link[] {
  const links: Link[] = [];
  const scanner = new FieldScanner(header ?? '');
  for (;;) {
    scanner.skipBlanks();
    while (scanner.take(',')) scanner.skipBlanks();
    if (!scanner.take('<')) return links;
    const end = scanner.text.indexOf('>', scanner.position);
    if (end < 0) return links;
    const target = scanner.text.slice(scanner.position, end);
    scanner.position = end + 1;
    links.push(makeLink(target, readParams(scanner)));
    scanner.skipBlanks();
    if (!scanner.take(',')) return links;
  }
}

/**
 * Writes `Link` (RFC 8288 section 3).
 *
 * @throws InvalidHeaderError as `Link.toHeader` does.
 */
export function dumpLinkHeader(links: Iterable<Link>): string {
  return Array.from(links, (link) => link.toHeader()).join(', ');
}

/** Parameters as they stand, up to a comma (RFC 8288 appendix B.3). */
function readParams(scanner: FieldScanner): [name: string, value: string][] {
  const params: [string, string][] = [];
  for (;;) {
    scanner.skipBlanks();
    if (!scanner.take(';')) return params;
    scanner.skipBlanks();
    const name = scanner.readToken().toLowerCase();
    scanner.skipBlanks();
    let value = '';
    if (scanner.take('=')) {
      scanner.skipBlanks();
      value = readValue(scanner);
    }
    if (name !== '') params.push([name, value]);
  }
}

/** A quoted string, or all up to the next separator: media types come without quotes as well. */
function readValue(scanner: FieldScanner): string {
  if (scanner.text[scanner.position] === '"') return scanner.readQuoted() ?? '';
  const token = scanner.readToken();
  const start = scanner.position;
  scanner.skipTo(';, \t');
  return token + scanner.text.slice(start, scanner.position);
}

/** A link with each parameter as often as it may stand, and extended ones decoded. */
function makeLink(target: string, params: readonly (readonly [string, string])[]): Link {
  const seen = new Set<string>();
  const kept: [string, string][] = [];
  // The extended title goes before the plain one, wherever it stands.
  const hasExtendedTitle = params.some(
    ([name, value]) => name === 'title*' && decode(value) !== null,
  );
  for (const [name, value] of params) {
    if (ONCE.has(name) && seen.has(name)) continue;
    seen.add(name);
    if (name === 'title' && hasExtendedTitle) continue;
    if (!name.endsWith('*')) {
      kept.push([name, value]);
      continue;
    }
    const decoded = decode(value);
    if (decoded !== null) kept.push([name.slice(0, -1), decoded]);
  }
  return new Link(target, kept);
}

function decode(value: string): string | null {
  const extended = splitExtendedValue(value);
  if (!extended || !isDecodable(extended.charset)) return null;
  return decodeExtended(extended.text, extended.charset);
}

function dumpParam([name, value]: readonly [string, string]): string {
  if (checkHeaderName(name).endsWith('*')) {
    throw new InvalidHeaderError(
      `Give the link parameter ${name} without the *: it is encoded here.`,
    );
  }
  if (CONTROL.test(value)) {
    throw new InvalidHeaderError(
      `The link parameter ${name} has control characters. Take them out.`,
    );
  }
  if (value === '') return `; ${name}`;
  if (BEYOND_ASCII.test(value)) return `; ${name}*=UTF-8''${encodeExtended(value)}`;
  return `; ${name}=${quoteHeaderValue(value)}`;
}
