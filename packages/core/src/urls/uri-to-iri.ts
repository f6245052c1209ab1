import { sequenceLength } from '../http/percent-decode.ts';
import { joinUrl, splitAuthority, splitUrl, type UrlParts } from './split-url.ts';
import { toUnicode } from './to-unicode.ts';

const ESCAPES = /(?:%[0-9a-f]{2})+/gi;

/** What browsers take for `//`. */
const LIKE_HOST = /^[/\\]{2}/;

// Characters that mean something in their component when they are not escaped.
const MARKS_OF_USER = ':@/?#';
const MARKS_OF_PATH = '/?#';
const MARKS_OF_QUERY = '&=+#';
const MARKS_OF_FRAGMENT = '';

/**
 * A URI as an IRI, for people to read (RFC 3987 section 3.2): the host's IDNA labels and the
 * escapes become the characters that they stand for. What would change the URL's meaning or its
 * look stays escaped: delimiters, blanks, control characters, marks of writing direction, and
 * octets that are not UTF-8.
 */
export function uriToIri(uri: string): string {
  const parts = splitUrl(uri);
  return joinUrl({
    scheme: parts.scheme,
    authority: parts.authority && decodeAuthority(parts.authority),
    path: decodePath(parts),
    query: decodeReadable(parts.query, MARKS_OF_QUERY),
    fragment: decodeReadable(parts.fragment, MARKS_OF_FRAGMENT),
  });
}

/** A relative path stays as it is where its characters would begin a scheme or a host. */
function decodePath({ scheme, authority, path }: UrlParts): string {
  const decoded = decodeReadable(path, MARKS_OF_PATH);
  const isRelative = scheme === '' && authority === undefined;
  return isRelative && (LIKE_HOST.test(decoded) || splitUrl(decoded).scheme) ? path : decoded;
}

function decodeAuthority(authority: string): string {
  const { user, password, host, isBracketed, port } = splitAuthority(authority);
  let iri = decodeReadable(user, MARKS_OF_USER);
  if (iri && password) iri += `:${decodeReadable(password, MARKS_OF_USER)}`;
  if (iri) iri += '@';
  iri += isBracketed ? `[${host}]` : toUnicode(host);
  return port === '' ? iri : `${iri}:${port}`;
}

function decodeReadable(text: string, marks: string): string {
  if (!text.includes('%')) return text;
  return text.replace(ESCAPES, (run, offset: number) => {
    const kept = completesEscape(text, offset, run) ? 3 : 0;
    return run.slice(0, kept) + unescapeRun(run.slice(kept), marks);
  });
}

/** Whether the digit that a run begins with would make an escape of a lone `%` in front of it. */
function completesEscape(text: string, offset: number, run: string): boolean {
  return (
    /^%(?:3[0-9]|[46][1-6])/.test(run) &&
    /%[0-9a-f]?$/i.test(text.slice(Math.max(offset - 2, 0), offset))
  );
}

function unescapeRun(run: string, marks: string): string {
  const octets = new Array<number>(run.length / 3);
  for (let index = 0; index < octets.length; index++) {
    octets[index] = Number.parseInt(run.slice(3 * index + 1, 3 * index + 3), 16);
  }
  let text = '';
  for (let index = 0; index < octets.length; ) {
    const length = sequenceLength(octets, index);
    const escapes = run.slice(3 * index, 3 * (index + (length || 1)));
    text += length === 0 ? escapes.toUpperCase() : unescapeOne(escapes, marks);
    index += length || 1;
  }
  return text;
}

/** The character that escapes stand for, or the escapes where the character would not do. */
function unescapeOne(escapes: string, marks: string): string {
  const character = decodeURIComponent(escapes);
  return isUnreadable(character.codePointAt(0)!) || marks.includes(character) ? escapes : character;
}

/** Blanks, `%`, control characters, line ends, and what turns the direction of writing. */
function isUnreadable(point: number): boolean {
  if (point < 0x80) return point <= 0x20 || point === 0x25 || point === 0x7f;
  if (point < 0xa0) return true;
  return (
    point === 0x061c ||
    (point >= 0x200e && point <= 0x200f) ||
    (point >= 0x2028 && point <= 0x202e) ||
    (point >= 0x2066 && point <= 0x2069)
  );
}
