import { parseForwarded } from '@werkstatt/core';
import type { Calls } from './call.ts';

/** The call of `hosts-proxy` that reads `Forwarded`: nodes are text, as they stand in the header. */
export const forwardedCalls: Calls = {
  parseForwarded: (header: string) =>
    parseForwarded(header).map((element) => ({
      for: element.for && String(element.for),
      by: element.by && String(element.by),
      host: element.host,
      proto: element.proto,
    })),
};
