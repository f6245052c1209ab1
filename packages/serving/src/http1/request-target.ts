import { isIPv6 } from 'node:net';

const ABSOLUTE_FORM = /^https?:\/\/([^/?]*)([\s\S]*)$/i;
// uri-host [ ":" port ] of RFC 3986 section 3.2.2; a registered name may be empty.
const HOST =
  /^(?:\[([0-9A-Fa-f:.]+)\]|\[v[0-9A-Fa-f]+\.[\w\-.~!$&'()*+,;=:]+\]|(?:[\w\-.~!$&'()*+,;=]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?$/;
const ESCAPES = /(?:%[0-9A-Fa-f]{2})+/g;

// One server is mostly asked for one host.
let lastHost = '';
let lastHostOctets = new Uint8Array(0);

/** The value at `octets[start]` to `octets[end]` if it is the one that `isHost` found right last. */
export function knownHost(octets: Uint8Array, start: number, end: number): string | null {
  const known = lastHostOctets;
  if (end - start !== known.length) return null;
  for (let i = 0; i < known.length; i++) if (octets[start + i] !== known[i]) return null;
  return lastHost;
}

/** Whether a Host field's value is grammatical (RFC 9110 section 7.2). */
export function isHost(value: string): boolean {
  if (value === lastHost) return true;
  const match = HOST.exec(value);
  if (match === null || (match[1] !== undefined && !isIPv6(match[1]))) return false;
  lastHost = value;
  lastHostOctets = new Uint8Array(Buffer.from(value));
  return true;
}

/** A request target in absolute-form (RFC 9112 section 3.2.2), taken apart. */
export interface AbsoluteForm {
  authority: string;
  /** Path and query; `''` when the target has neither. */
  rest: string;
}

/**
 * Takes an absolute-form apart.
 *
 * @returns `null` for another form, another scheme, an empty authority or one with userinfo.
 */
export function parseAbsoluteForm(target: string): AbsoluteForm | null {
  const match = ABSOLUTE_FORM.exec(target);
  if (match === null) return null;
  const authority = match[1]!;
  if (authority === '' || authority.startsWith(':') || !isHost(authority)) return null;
  return { authority, rest: match[2]! };
}

/**
 * Percent-decodes a path once, as UTF-8. What is not valid UTF-8, and a `%` without two hexadecimal
 * digits, stays as it is.
 */
export function decodePath(path: string): string {
  if (!path.includes('%')) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return path.replace(ESCAPES, decodeEscapes);
  }
}

/** Decodes a run of `%XX`, leaving the octets that are not UTF-8 escaped. */
function decodeEscapes(run: string): string {
  const octets = Buffer.from(run.replaceAll('%', ''), 'hex');
  let decoded = '';
  for (let at = 0; at < octets.length; ) {
    const length = utf8SequenceLength(octets, at);
    decoded +=
      length === 0 ? run.slice(at * 3, at * 3 + 3) : octets.toString('utf8', at, at + length);
    at += length || 1;
  }
  return decoded;
}

/** The length of the UTF-8 sequence at `at` (RFC 3629 section 4), or 0 where there is none. */
function utf8SequenceLength(octets: Uint8Array, at: number): number {
  const lead = octets[at]!;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > octets.length) return 0;
  const second = octets[at + 1]!;
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (lead === 0xed && second > 0x9f) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  if (lead === 0xf4 && second > 0x8f) return 0;
  for (let i = 1; i < length; i++) {
    if ((octets[at + i]! & 0xc0) !== 0x80) return 0;
  }
  return length;
}
