import type { InputStream } from '@werkstatt/core';

/** A request's body that is at hand. Reads give what was asked for, and nothing at the end. */
export function inputOf(octets: Uint8Array): InputStream {
  let position = 0;
  const take = (end: number): Uint8Array => {
    const taken = octets.subarray(position, Math.min(end, octets.length));
    position += taken.length;
    return taken;
  };
  return {
    read: async (size = Number.POSITIVE_INFINITY) => take(position + size),
    readLine: async (limit = Number.POSITIVE_INFINITY) => {
      const lineEnd = octets.indexOf(0x0a, position);
      return take(Math.min(position + limit, lineEnd < 0 ? octets.length : lineEnd + 1));
    },
    async *[Symbol.asyncIterator]() {
      if (position < octets.length) yield take(octets.length);
    },
  };
}
