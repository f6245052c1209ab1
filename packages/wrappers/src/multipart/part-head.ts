import { parseOptionsHeader, RequestEntityTooLarge } from '@werkstatt/core';
import { octetsOf } from '../values/bytes.ts';
import { FieldStart, FileStart } from './decoded-events.ts';
import { malformed, parsePartFields } from './part-fields.ts';

/** What nearly every part begins with: browsers, curl, fetch and most libraries write it so. */
const COMMON_START = 'Content-Disposition: form-data; name="';
const COMMON_FILENAME = '; filename="';
const COMMON_TYPE = 'Content-Type: ';

const QUOTE = 0x22;
const PERCENT = 0x25;
const BACKSLASH = 0x5c;

/** What browsers write; they send a quote as %22, so that each quote here begins or ends a value. */
const BY_BROWSER = /^[ \t]*form-data; name="[^"]*"(?:; filename="[^"]*")?[ \t]*$/;
/** An odd number of backslashes before a quote. */
const ESCAPED_QUOTE = /(?<!\\)(?:\\\\)*\\(?=")/g;

const NON_ASCII = /[\x80-\xff]/;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Makes the event that begins a part of its header (RFC 7578 section 4.2).
 *
 * @param header the fields, one code unit per octet, each with its newline.
 * @param maxFields how many there may be.
 * @throws BadRequest when the header is malformed, or does not say of which field the part is.
 * @throws RequestEntityTooLarge when there are more fields than that.
 */
export function parsePartHead(
  header: string,
  newline: string,
  maxFields: number,
): FieldStart | FileStart {
  const common = maxFields >= 2 ? parseCommon(header, newline) : undefined;
  return common ?? parseAny(header, newline, maxFields);
}

/** The event of a header as browsers write it, without escapes, in ASCII. */
function parseCommon(header: string, newline: string): FieldStart | FileStart | undefined {
  if (!header.startsWith(COMMON_START)) return undefined;
  const nameEnd = endOfPlain(header, COMMON_START.length);
  if (header.charCodeAt(nameEnd) !== QUOTE) return undefined;
  const name = header.slice(COMMON_START.length, nameEnd);
  if (header.length === nameEnd + 1 + newline.length) return new FieldStart(name, header, newline);
  if (!header.startsWith(COMMON_FILENAME, nameEnd + 1)) return undefined;
  const start = nameEnd + 1 + COMMON_FILENAME.length;
  const end = endOfPlain(header, start);
  if (header.charCodeAt(end) !== QUOTE || !header.startsWith(newline, end + 1)) return undefined;
  const next = end + 1 + newline.length;
  if (next < header.length && !isContentType(header, next, newline)) return undefined;
  return new FileStart(name, header.slice(start, end), header, newline);
}

/** Where plain text that begins at `at` ends: at a quote, an escape, a control or beyond ASCII. */
function endOfPlain(text: string, at: number): number {
  for (;;) {
    const unit = text.charCodeAt(at);
    if (!(unit >= 0x20 && unit < 0x7f)) return at;
    if (unit === QUOTE || unit === PERCENT || unit === BACKSLASH) return at;
    at++;
  }
}

/** Whether the rest of a header is a plain Content-Type. */
function isContentType(header: string, at: number, newline: string): boolean {
  if (!header.startsWith(COMMON_TYPE, at)) return false;
  const end = header.length - newline.length;
  for (at += COMMON_TYPE.length; at < end; at++) {
    const unit = header.charCodeAt(at);
    if (unit < 0x20 || unit >= 0x7f) return false;
  }
  return true;
}

function parseAny(header: string, newline: string, maxFields: number): FieldStart | FileStart {
  const fields = parsePartFields(header, newline);
  if (fields.length > maxFields) {
    throw new RequestEntityTooLarge(
      `A part of the form data has more than ${maxFields} header fields.`,
    );
  }
  const dispositions = fields.filter(([name]) => name.toLowerCase() === 'content-disposition');
  const [disposition] = dispositions;
  if (!disposition || dispositions.length > 1) {
    throw malformed(
      disposition
        ? 'A part has more than one Content-Disposition.'
        : 'A part has no Content-Disposition.',
    );
  }
  const [kind, { name, filename }] = parseOptionsHeader(keepQuotes(decodeText(disposition[1])));
  if (kind.toLowerCase() !== 'form-data' || name === undefined) {
    throw malformed('The Content-Disposition of a part is not form-data with a name.');
  }
  return filename === undefined
    ? new FieldStart(name, header, newline)
    : new FileStart(name, filename, header, newline);
}

/**
 * A header in which no quote that ends a value is escaped: browsers leave the backslash at the end of
 * a name as it is. Read by the grammar, the quote would belong to the value, and the file be a field.
 */
function keepQuotes(disposition: string): string {
  if (!disposition.includes('\\"') || !BY_BROWSER.test(disposition)) return disposition;
  return disposition.replace(ESCAPED_QUOTE, '$&\\');
}

/** The text of octets in UTF-8, which forms are in whatever they claim (RFC 7578 section 5.1.2). */
function decodeText(octets: string): string {
  if (!NON_ASCII.test(octets)) return octets;
  try {
    return decoder.decode(octetsOf(octets));
  } catch (cause) {
    throw malformed('The name of a part or its file is not in UTF-8.', cause);
  }
}
