import {
  type HeaderList,
  Headers,
  isEntityHeader,
  isHopByHopHeader,
  removeEntityHeaders,
  removeHopByHopHeaders,
} from '@werkstatt/core';
import type { Calls } from './call.ts';

/** The calls of `http-header-lists`. */
export const headerListCalls: Calls = {
  isEntityHeader: (name: string) => isEntityHeader(name),
  isHopByHopHeader: (name: string) => isHopByHopHeader(name),
  removeEntityHeaders(fields: HeaderList, allowed?: string[]) {
    const headers = new Headers(fields);
    removeEntityHeaders(headers, allowed);
    return headers;
  },
  removeHopByHopHeaders(fields: HeaderList) {
    const headers = new Headers(fields);
    removeHopByHopHeaders(headers);
    return headers;
  },
};
