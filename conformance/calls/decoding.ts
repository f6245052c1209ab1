import { ChunkInput } from '@werkstatt/core';
import { type DecodeOptions, decodeRequestBody } from '@werkstatt/wrappers';
import type { Calls } from './call.ts';
import { type Octets, toOctets } from './encode.ts';

/** Calls of the decoding of compressed bodies. */
export const decodingCalls: Calls = {
  decodeRequestBody: (body: Octets, contentEncoding: string, options?: DecodeOptions) =>
    decodeRequestBody(new ChunkInput([toOctets(body)]), contentEncoding, options).read(),
};
