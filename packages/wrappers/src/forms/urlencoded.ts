import {
  BadRequest,
  ImmutableMultiDict,
  type InputStream,
  parseQuery,
  RequestEntityTooLarge,
} from '@werkstatt/core';
import { latin1Text } from '#platform';
import { GrowingBytes } from '../values/growing-bytes.ts';
import { CHUNK_SIZE } from './chunk-size.ts';

const AMPERSAND = 0x26;
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads a body of type `application/x-www-form-urlencoded` to its end.
 *
 * @param declared how many bytes the client says there are.
 * @throws RequestEntityTooLarge for more than `maxBytes` bytes; nothing is read if they are declared.
 */
export async function readUrlencoded(
  stream: InputStream,
  declared: number | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  if (declared !== undefined && declared > maxBytes) throw tooLarge(maxBytes);
  const first = await stream.read(CHUNK_SIZE);
  let chunk = first.length === 0 ? first : await stream.read(CHUNK_SIZE);
  if (chunk.length === 0) return checkSize(first, maxBytes);
  const body = new GrowingBytes();
  body.append(first);
  while (chunk.length > 0) {
    if (body.length + chunk.length > maxBytes) throw tooLarge(maxBytes);
    body.append(chunk);
    chunk = await stream.read(CHUNK_SIZE);
  }
  return body.view();
}

/**
 * Parses a body of type `application/x-www-form-urlencoded` (URL Standard section 5.1).
 *
 * @throws BadRequest when it is not UTF-8, escapes aside.
 * @throws RequestEntityTooLarge for more than `maxFields` fields, before any is made.
 */
export function parseUrlencoded(body: Uint8Array, maxFields: number): ImmutableMultiDict {
  if (body.length >= maxFields && countFields(body) > maxFields) {
    throw new RequestEntityTooLarge(`The form has more than the ${maxFields} fields allowed here.`);
  }
  return new ImmutableMultiDict(parseQuery(queryText(body)));
}

function checkSize(body: Uint8Array, maxBytes: number): Uint8Array {
  if (body.length > maxBytes) throw tooLarge(maxBytes);
  return body;
}

/** Empty pieces are no fields. */
function countFields(body: Uint8Array): number {
  let count = 0;
  let before = AMPERSAND;
  for (const octet of body) {
    if (before === AMPERSAND && octet !== AMPERSAND) count++;
    before = octet;
  }
  return count;
}

/** The body as `parseQuery` takes it: one character per octet. */
function queryText(body: Uint8Array): string {
  let text: string;
  try {
    text = strictDecoder.decode(body);
  } catch (cause) {
    throw new BadRequest('The form is not in UTF-8: encode it so, or escape it.', { cause });
  }
  return text.length === body.length ? text : latin1Text(body, 0, body.length);
}

function tooLarge(maxBytes: number): RequestEntityTooLarge {
  return new RequestEntityTooLarge(
    `The fields of the form have more than the ${maxBytes} bytes allowed here.`,
  );
}
