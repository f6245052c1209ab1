import type { HeaderField, HeaderList } from '@werkstatt/core/protocol';
import { trimBlanks } from './octets.ts';
import type { HeadPiece } from './parse-head.ts';

/** The fields of a head as they were received: in order, names in their case, `_` included. */
export function readRawHeaders(pieces: readonly HeadPiece[]): HeaderList {
  const fields: HeaderField[] = [];
  for (const { octets, start, end } of pieces) {
    for (const line of octets.toString('latin1', start, end).split('\r\n')) {
      const colon = line.indexOf(':');
      if (colon < 0) continue;
      fields.push([line.slice(0, colon), trimBlanks(line.slice(colon + 1))]);
    }
  }
  return fields;
}
