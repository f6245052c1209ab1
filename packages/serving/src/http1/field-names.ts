import { KEY_OCTET } from './octets.ts';

/** Fields that the server itself acts on, as bits of a set. */
export const HOST = 1;
export const CONTENT_LENGTH = 2;
export const TRANSFER_ENCODING = 4;
export const CONNECTION = 8;
export const EXPECT = 16;
export const UPGRADE = 32;
export const COOKIE = 64;

/** What a request's field name means here. */
export interface FieldName {
  /** Its environ key; `''` for `Proxy` and names with `_`, which are dropped. */
  readonly key: string;
  /** Where the name begins in the key: behind `HTTP_`. */
  readonly offset: number;
  /** One of the bits above, or 0. */
  readonly kind: number;
}

const DROPPED: FieldName = Object.freeze({ key: '', offset: 0, kind: 0 });

const KINDS: ReadonlyMap<string, number> = new Map([
  ['HTTP_HOST', HOST],
  ['CONTENT_LENGTH', CONTENT_LENGTH],
  ['HTTP_TRANSFER_ENCODING', TRANSFER_ENCODING],
  ['HTTP_CONNECTION', CONNECTION],
  ['HTTP_EXPECT', EXPECT],
  ['HTTP_UPGRADE', UPGRADE],
  ['HTTP_COOKIE', COOKIE],
]);

const COMMON_NAMES =
  'Accept Accept-Charset Accept-Encoding Accept-Language Access-Control-Request-Headers ' +
  'Access-Control-Request-Method Authorization Cache-Control Connection Content-Disposition ' +
  'Content-Encoding Content-Language Content-Length Content-Type Cookie DNT Date Expect ' +
  'Forwarded From Host If-Match If-Modified-Since If-None-Match If-Range If-Unmodified-Since ' +
  'Keep-Alive Last-Event-ID Max-Forwards Origin Pragma Priority Proxy-Authorization ' +
  'Proxy-Connection Range Referer Sec-CH-UA Sec-CH-UA-Mobile Sec-CH-UA-Platform Sec-Fetch-Dest ' +
  'Sec-Fetch-Mode Sec-Fetch-Site Sec-Fetch-User Sec-GPC Sec-WebSocket-Extensions ' +
  'Sec-WebSocket-Key Sec-WebSocket-Protocol Sec-WebSocket-Version TE Traceparent Tracestate ' +
  'Trailer Transfer-Encoding Upgrade Upgrade-Insecure-Requests User-Agent Via ' +
  'X-Correlation-ID X-Forwarded-For X-Forwarded-Host X-Forwarded-Port X-Forwarded-Prefix ' +
  'X-Forwarded-Proto X-Real-IP X-Request-ID X-Requested-With';

// A power of two, at most a quarter full, so that runs stay short.
const SLOTS = 2048;
const MAX_LEARNED = 512;
// Clients choose names, and can choose colliding ones: what is looked at for each is bounded.
const MAX_PROBES = 8;
const MAX_LEARNED_LENGTH = 64;

const slots: (FieldName | undefined)[] = new Array<FieldName | undefined>(SLOTS).fill(undefined);
let learned = 0;

/** The next value of the rolling hash by which `fieldName` finds a name. */
export function hashKeyOctet(hash: number, keyOctet: number): number {
  return (Math.imul(hash, 31) + keyOctet) | 0;
}

function matches(name: FieldName, octets: Uint8Array, start: number, end: number): boolean {
  const { key, offset } = name;
  const length = end - start;
  if (key.length - offset !== length) return false;
  for (let i = 0; i < length; i++) {
    if (key.charCodeAt(offset + i) !== KEY_OCTET[octets[start + i]!]) return false;
  }
  return true;
}

/**
 * What the field name at `octets[start]` to `octets[end]`, a token, means. Names are kept once made,
 * up to a limit that no client can push further, so that a key's string is made once.
 *
 * @param hash of the name's key octets, by `hashKeyOctet` from 0.
 */
export function fieldName(octets: Buffer, start: number, end: number, hash: number): FieldName {
  let slot = hash & (SLOTS - 1);
  let probes = 0;
  for (let known = slots[slot]; known !== undefined; known = slots[slot]) {
    if (matches(known, octets, start, end)) return known;
    if (++probes === MAX_PROBES) break;
    slot = (slot + 1) & (SLOTS - 1);
  }
  const made = makeFieldName(octets.toString('latin1', start, end));
  const room = probes < MAX_PROBES && end - start <= MAX_LEARNED_LENGTH;
  if (room && made !== DROPPED && learned < MAX_LEARNED) {
    learned++;
    slots[slot] = made;
  }
  return made;
}

/** What a field name means, made anew. */
export function makeFieldName(name: string): FieldName {
  if (name.includes('_')) return DROPPED;
  const upper = name.toUpperCase().replaceAll('-', '_');
  if (upper === 'PROXY') return DROPPED; // HTTP_PROXY is a setting to those who read environments
  const own = upper === 'CONTENT_TYPE' || upper === 'CONTENT_LENGTH';
  const key = own ? upper : `HTTP_${upper}`;
  return Object.freeze({ key, offset: own ? 0 : 5, kind: KINDS.get(key) ?? 0 });
}

for (const name of COMMON_NAMES.split(' ')) {
  const octets = Buffer.from(name, 'latin1');
  let hash = 0;
  for (const octet of octets) hash = hashKeyOctet(hash, KEY_OCTET[octet]!);
  fieldName(octets, 0, octets.length, hash);
}
