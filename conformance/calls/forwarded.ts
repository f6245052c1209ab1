import { parseForwarded, parseProxyProtocol } from '@werkstatt/core';
import type { Calls } from './call.ts';

/**
 * The calls of `hosts-proxy` that read what a proxy tells. The nodes of `Forwarded` are text, as they
 * stand in the header.
 */
export const forwardedCalls: Calls = {
  parseForwarded: (header: string) =>
    parseForwarded(header).map((element) => ({
      for: element.for && String(element.for),
      by: element.by && String(element.by),
      host: element.host,
      proto: element.proto,
    })),
  parseProxyProtocol: (bytes: Uint8Array) => parseProxyProtocol(bytes),
};
