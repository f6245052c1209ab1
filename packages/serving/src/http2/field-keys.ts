import { type FieldName, makeFieldName } from '../http1/field-names.ts';
import { consistsOf, TOKEN } from '../http1/octets.ts';

// Clients choose names: what is kept of them is bounded.
const MAX_KNOWN = 512;
const MAX_KNOWN_LENGTH = 64;
const known = new Map<string, FieldName>();

/** Fields that are HTTP/1.1's alone: a request that has one is malformed (RFC 9113 section 8.2.2). */
const CONNECTION_FIELDS: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a field speaks of the connection; of `te`, only `trailers` does not. */
export function isConnectionField(name: string, value: string): boolean {
  return CONNECTION_FIELDS.has(name) || (name === 'te' && value.toLowerCase() !== 'trailers');
}

/** What a field name means here; `null` for one that is no token in lower case. */
export function fieldKey(name: string): FieldName | null {
  const found = known.get(name);
  if (found !== undefined) return found;
  if (name === '' || !consistsOf(name, TOKEN) || name !== name.toLowerCase()) return null;
  const made = makeFieldName(name);
  if (known.size < MAX_KNOWN && name.length <= MAX_KNOWN_LENGTH) known.set(name, made);
  return made;
}
