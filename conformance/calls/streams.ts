import {
  ChunkInput,
  getContentLength,
  getInputStream,
  type InputStreamOptions,
  LimitedStream,
} from '@werkstatt/core';
import type { Calls } from './call.ts';
import { type Octets, thrownName, toOctets } from './encode.ts';
import { environOf, type RequestSpec } from './request-spec.ts';

/** The calls of `hosts-and-streams` that are about streams. */
export const streamCalls: Calls = {
  getContentLength(length: string | null, transferEncoding?: string | null) {
    return getContentLength({
      CONTENT_LENGTH: length ?? undefined,
      HTTP_TRANSFER_ENCODING: transferEncoding ?? undefined,
    });
  },
  getInputStream: (request: RequestSpec, options?: InputStreamOptions) =>
    getInputStream(environOf(request), options).read(),
  async limitedStream(
    data: Octets,
    limit: number,
    isMax: boolean,
    sizes: readonly (number | null)[],
  ) {
    const stream = new LimitedStream(new ChunkInput([toOctets(data)]), limit, { isMax });
    const decoder = new TextDecoder();
    const results: unknown[] = [];
    for (const size of sizes) {
      try {
        results.push(decoder.decode(await stream.read(size ?? undefined)));
      } catch (error) {
        results.push({ throws: thrownName(error) });
      }
    }
    return results;
  },
};
