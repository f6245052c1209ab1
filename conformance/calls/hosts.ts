import { getHost, hostIsTrusted } from '@werkstatt/core';
import type { Calls } from './call.ts';
import { environOf } from './request-spec.ts';

/** The calls of `hosts-and-streams` that are about hosts. */
export const hostCalls: Calls = {
  getHost(
    scheme: 'http' | 'https',
    host: string | null,
    server: readonly [name: string, port: number | null] | null,
    trusted?: readonly string[] | null,
  ) {
    const headers = host === null ? [] : ([['Host', host]] as const);
    const environ = environOf({ scheme, headers, server: server ?? ['', null] });
    return getHost(environ, trusted);
  },
  hostIsTrusted: (host: string | null, trusted?: readonly string[] | null) =>
    hostIsTrusted(host, trusted),
};
