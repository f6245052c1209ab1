import type { HeaderList } from '@werkstatt/core/protocol';
import { isBlank, TCHAR } from './octets.ts';

/** Statuses whose responses have no content (RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5). */
const WITHOUT_CONTENT = new Set([204, 205, 304]);

/** A status as an application gives it, checked. */
export interface StatusLine {
  readonly code: number;
  /** With its CRLF. */
  readonly line: string;
  readonly withoutContent: boolean;
}

// What a field name means for the response, as bits.
const CONTENT_LENGTH = 1;
const DATE = 2;
const SERVER = 4;
const CONNECTION = 8;
const FORBIDDEN = 16;

const NAME_KINDS: ReadonlyMap<string, number> = new Map([
  ['content-length', CONTENT_LENGTH],
  ['date', DATE],
  ['server', SERVER],
  ['connection', CONNECTION],
  ['keep-alive', FORBIDDEN],
  ['proxy-connection', FORBIDDEN],
  ['te', FORBIDDEN],
  ['transfer-encoding', FORBIDDEN],
  ['upgrade', FORBIDDEN],
]);

const STATUS =
  /^([2-5]\d\d)(?: ([\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?)?$/;
const TOKEN = new RegExp(`^${TCHAR.source}+$`);
// So many stay exact in a number.
const MAX_DIGITS = 15;

// Applications use few statuses and names: each is checked once. Bounded, for names may be data.
const MAX_KNOWN = 512;
const knownStatuses = new Map<string, StatusLine>();
const knownNames = new Map<string, KnownName>();
// Most names have one value for ever, some another one each time: those are not kept after these.
const MAX_KNOWN_VALUES = 8;
const MAX_KNOWN_VALUE_LENGTH = 64;

/** A name that was checked. */
interface KnownName {
  readonly kind: number;
  /** A value that was checked, and the line of both. */
  value: string;
  line: string;
  /** Values that were kept so far, each in place of the one before. */
  values: number;
}

/**
 * Checks a status: three digits, a space, a reason; the reason may be missing.
 *
 * @throws TypeError for anything else, for 1xx, which are no final responses, and from 600 up, where
 * HTTP has no statuses (RFC 9110 section 15).
 */
export function statusLine(status: string): StatusLine {
  const known = knownStatuses.get(status);
  if (known !== undefined) return known;
  const match = typeof status === 'string' ? STATUS.exec(status) : null;
  if (match === null) {
    throw new TypeError(
      `startResponse: status ${quote(status)} is not three digits from 200 to 599, a space and a ` +
        "reason of visible characters, such as '200 OK'.",
    );
  }
  const code = Number(match[1]);
  const made: StatusLine = Object.freeze({
    code,
    line: `HTTP/1.1 ${match[1]} ${match[2] ?? ''}\r\n`,
    withoutContent: WITHOUT_CONTENT.has(code),
  });
  if (knownStatuses.size < MAX_KNOWN) knownStatuses.set(status, made);
  return made;
}

/** A response's fields as an application gives them, checked and written out. */
export class ResponseFields {
  /** The field lines, each with its CRLF; without Content-Length and Connection. */
  block = '';
  /** The declared length, or -1. */
  contentLength = -1;
  hasDate = false;
  hasServer = false;
  /** The application asks that the connection end. */
  close = false;
  /** As they were given. */
  readonly headers: HeaderList;

  /**
   * @throws TypeError for a name that is no token, a value with a character that no field has, two
   * or malformed Content-Lengths, and a hop-by-hop field other than `Connection: close`.
   */
  constructor(headers: HeaderList) {
    this.headers = headers;
    let block = '';
    for (let i = 0; i < headers.length; i++) {
      const field = headers[i]!;
      const name = field[0];
      const value = field[1];
      const known = knownNames.get(name) ?? learnName(name);
      const { kind } = known;
      if (kind === CONTENT_LENGTH) {
        this.#noteLength(name, value);
        continue;
      }
      const line = value === known.value ? known.line : makeLine(known, name, value);
      if (kind !== 0) this.#note(kind, name, value);
      if (kind !== CONNECTION) block += line;
    }
    this.block = block;
  }

  #noteLength(name: string, value: string): void {
    const length = decimal(value);
    if (length < 0 || this.contentLength >= 0) {
      checkValue(name, value);
      throw new TypeError(
        `startResponse: Content-Length ${quote(value)} is not one decimal number; give it once, in digits.`,
      );
    }
    this.contentLength = length;
  }

  #note(kind: number, name: string, value: string): void {
    if (kind === DATE) this.hasDate = true;
    else if (kind === SERVER) this.hasServer = true;
    else if (kind === CONNECTION && value.toLowerCase() === 'close') this.close = true;
    else {
      throw new TypeError(
        `startResponse: ${name} is for the server to send (RFC 9110 section 7.6.1); of the hop-by-hop ` +
          'fields an application may only set "Connection: close".',
      );
    }
  }
}

/** Writes fields out for an interim response or a trailer section, checked the same way. */
export function fieldLines(headers: HeaderList): string {
  let block = '';
  for (const [name, value] of headers) {
    const { kind } = knownNames.get(name) ?? learnName(name);
    if ((kind & (CONTENT_LENGTH | CONNECTION | FORBIDDEN)) !== 0) {
      throw new TypeError(`${name} stands in the head of a final response alone, if anywhere.`);
    }
    checkValue(name, value);
    block += `${name}: ${value}\r\n`;
  }
  return block;
}

/** The number that 1 to 15 decimal digits are, or -1. */
function decimal(text: string): number {
  if (typeof text !== 'string' || text === '' || text.length > MAX_DIGITS) return -1;
  let number = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = number * 10 + digit;
  }
  return number;
}

function learnName(name: string): KnownName {
  if (typeof name !== 'string' || !TOKEN.test(name)) {
    throw new TypeError(
      `startResponse: ${quote(name)} is no field name; a name is a token (RFC 9110 section 5.6.2).`,
    );
  }
  const kind = NAME_KINDS.get(name.toLowerCase()) ?? 0;
  const known: KnownName = { kind, value: '', line: `${name}: \r\n`, values: 0 };
  if (knownNames.size < MAX_KNOWN) knownNames.set(name, known);
  return known;
}

/** The line of a field, its value checked. */
function makeLine(known: KnownName, name: string, value: string): string {
  checkValue(name, value);
  const line = `${name}: ${value}\r\n`;
  if (known.values < MAX_KNOWN_VALUES && value.length <= MAX_KNOWN_VALUE_LENGTH) {
    known.values++;
    known.value = copy(value);
    known.line = copy(line);
  }
  return line;
}

/** The same text in one piece of memory, which it shares with none that it is a part of. */
function copy(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}

function checkValue(name: string, value: string): void {
  if (typeof value !== 'string') {
    throw new TypeError(
      `startResponse: the value of ${name} is ${describe(value)}; make it a string.`,
    );
  }
  const length = value.length;
  let legal = true;
  for (let i = 0; i < length; i++) {
    const unit = value.charCodeAt(i);
    if ((unit < 0x20 && unit !== 0x09) || unit === 0x7f || unit > 0xff) {
      legal = false;
      break;
    }
  }
  const padded =
    length > 0 && (isBlank(value.charCodeAt(0)) || isBlank(value.charCodeAt(length - 1)));
  if (legal && !padded) return;
  throw new TypeError(
    `startResponse: the value of ${name}, ${quote(value)}, has a control character, one above U+00FF, ` +
      'or a blank at an end; encode or trim it.',
  );
}

function quote(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : describe(value);
}

/** A value's type, for messages. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value !== 'object') return `a ${typeof value}`.replace('a undefined', 'undefined');
  return `an instance of ${value.constructor?.name ?? 'a null-prototype object'}`;
}
