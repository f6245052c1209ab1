import { createHash } from 'node:crypto';
import type { FileStorage } from '@werkstatt/core';
import { type FormDataParserOptions, parseFormData } from '@werkstatt/wrappers';
import type { Calls } from './call.ts';
import { environOf, type RequestSpec } from './request-spec.ts';

/** Longer than this, the cases have a digest of what a form holds. */
const LONG = 2000;

/** Calls of the form parser. */
export const formCalls: Calls = {
  async parseFormData(request: RequestSpec, options?: FormDataParserOptions) {
    await using parsed = await parseFormData(environOf(request), options);
    const files = Array.from(parsed.files, async ([name, file]) => [name, await describe(file)]);
    return {
      form: Array.from(parsed.form, ([name, value]) => [name, shorten(value)]),
      files: await Promise.all(files),
    };
  },
};

async function describe(file: FileStorage) {
  const { filename, contentType, headers } = file;
  return {
    filename,
    contentType,
    headers: Array.from(headers, ([name, value]) => [name.toLowerCase(), fromWire(value)]).sort(),
    content: shorten(await file.bytes()),
  };
}

/** The cases show the fields of a part as the text that the client meant. */
function fromWire(value: string): string {
  return Buffer.from(value, 'latin1').toString();
}

function shorten(value: string | Uint8Array) {
  const octets = Buffer.from(value as Uint8Array);
  if (octets.length <= LONG) return value;
  return { length: octets.length, sha256: createHash('sha256').update(octets).digest('hex') };
}
