import { ContentSecurityPolicy } from '@werkstatt/core';
import type { Calls } from './call.ts';
import { toRecord } from './encode.ts';

/** The calls of `http-csp`. */
export const cspCalls: Calls = {
  parseCsp: (header: string | null) => ContentSecurityPolicy.fromHeader(header),
  cspGet(header: string | null, properties: readonly string[]) {
    const policy = ContentSecurityPolicy.fromHeader(header);
    return toRecord(properties.map((key) => [key, Reflect.get(policy, key)]));
  },
  cspBuild(header: string | null, changes: readonly [key: string, value: string | null][]) {
    const policy = ContentSecurityPolicy.fromHeader(header);
    for (const [key, value] of changes) Reflect.set(policy, key, value ?? undefined);
    return policy.toHeader();
  },
};
