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
export class FieldName {
  /** Its environ key; `''` for `Proxy` and names with `_`, which are dropped. */
  readonly key: string;
  /** One of the bits above, or 0. */
  readonly kind: number;
  /** The name's octets as the key has them, by `KEY_OCTET`; none of a name that is dropped. */
  readonly octets: Uint8Array;
  /**
   * The number of the head that had this name last. -1 for a name that is not kept: another object
   * stands for it each time.
   */
  lastHead = -1;
  /** The kept name that followed this one the last time: clients send theirs in one order. */
  next: FieldName | null = null;

  constructor(key: string, kind: number) {
    this.key = key;
    this.kind = kind;
    this.octets = new Uint8Array(Buffer.from(key.startsWith('HTTP_') ? key.slice(5) : key));
  }
}

const DROPPED = new FieldName('', 0);

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

/** Whether `name` stands at `octets[start]`, as its first `length` octets of any case. */
export function isName(name: FieldName, octets: Uint8Array, start: number): boolean {
  const expected = name.octets;
  const keyOctet = KEY_OCTET;
  for (let i = 0; i < expected.length; i++) {
    if (expected[i] !== keyOctet[octets[start + i]!]) return false;
  }
  return true;
}

/**
 * What the field name at `octets[start]` to `octets[end]`, a token, means. Names are kept once made,
 * up to a limit that no client can push further, so that a key's string is made once.
 */
export function fieldName(octets: Buffer, start: number, end: number): FieldName {
  const keyOctet = KEY_OCTET;
  let hash = 0;
  for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + keyOctet[octets[i]!]!) | 0;
  let slot = hash & (SLOTS - 1);
  let probes = 0;
  for (let known = slots[slot]; known !== undefined; known = slots[slot]) {
    if (known.octets.length === end - start && isName(known, octets, start)) return known;
    if (++probes === MAX_PROBES) break;
    slot = (slot + 1) & (SLOTS - 1);
  }
  const made = makeFieldName(octets.toString('latin1', start, end));
  const room = probes < MAX_PROBES && end - start <= MAX_LEARNED_LENGTH;
  if (room && made !== DROPPED && learned < MAX_LEARNED) {
    learned++;
    made.lastHead = 0;
    slots[slot] = made;
  }
  return made;
}

/** What a field name means, made anew. */
export function makeFieldName(name: string): FieldName {
  if (name.includes('_')) return DROPPED;
  const upper = name.toUpperCase().replaceAll('-', '_');
  if (upper === 'PROXY') return DROPPED; // HTTP_PROXY is a setting to those who read environments
  const key = upper === 'CONTENT_TYPE' || upper === 'CONTENT_LENGTH' ? upper : `HTTP_${upper}`;
  return new FieldName(key, KINDS.get(key) ?? 0);
}

for (const name of COMMON_NAMES.split(' ')) fieldName(Buffer.from(name), 0, name.length);
