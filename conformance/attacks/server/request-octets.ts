import { expand } from '../values.ts';
import type { WrittenRequest } from './server-case.ts';

const END_OF_HEAD = '\r\n\r\n';
const PLACEHOLDER = /\{\{([A-Z_]+)\}\}/g;

/**
 * The octets of a request as it is written. `{{LENGTH}}` is how many stand after the first empty
 * line.
 *
 * @param values what stands for the other placeholders, by their names.
 * @throws Error for a placeholder that has no value: the case would test something else.
 */
export function requestOctets(
  written: WrittenRequest,
  values: ReadonlyMap<string, string>,
): Buffer {
  const octets = toOctets(written);
  const end = octets.indexOf(END_OF_HEAD);
  const head = octets.subarray(0, end < 0 ? octets.length : end + END_OF_HEAD.length);
  const body = fill(octets.subarray(head.length), values);
  const all = new Map([...values, ['LENGTH', String(body.length)]]);
  return Buffer.concat([fill(head, all), body]);
}

/** A text in which placeholders stand for values. */
export function fillText(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`there is no value for ${whole}`);
    return value;
  });
}

function fill(octets: Buffer, values: ReadonlyMap<string, string>): Buffer {
  if (!octets.includes('{{')) return octets;
  return Buffer.from(fillText(octets.toString('latin1'), values), 'latin1');
}

function toOctets(written: WrittenRequest): Buffer {
  if (typeof written === 'object' && 'join' in written) {
    return Buffer.concat(written.join.map(toOctets));
  }
  const value = expand(written);
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (typeof value === 'string' && !/[^\x00-\xff]/.test(value)) return Buffer.from(value, 'latin1');
  throw new Error(`${JSON.stringify(written).slice(0, 100)} is no request`);
}
