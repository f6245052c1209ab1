import { RequestCacheControl, ResponseCacheControl } from '@werkstatt/core';
import type { Calls } from './call.ts';
import { toRecord } from './encode.ts';

const CLASSES = { RequestCacheControl, ResponseCacheControl } as const;
type ClassName = keyof typeof CLASSES;

/** The calls of `http-cache-control`. */
export const cacheControlCalls: Calls = {
  parseCacheControl: (name: ClassName, header: string | null) => CLASSES[name].fromHeader(header),
  cacheControlGet(name: ClassName, header: string | null, properties: readonly string[]) {
    const control = CLASSES[name].fromHeader(header);
    return toRecord(properties.map((key) => [key, Reflect.get(control, key)]));
  },
  cacheControlBuild(header: string | null, changes: readonly [key: string, value: unknown][]) {
    const control = ResponseCacheControl.fromHeader(header);
    for (const [key, value] of changes) Reflect.set(control, key, value ?? undefined);
    return control.toHeader();
  },
  requestCacheControlIsImmutable(header: string, change: 'set' | 'clear' | 'pop') {
    const control = RequestCacheControl.fromHeader(header);
    if (change === 'set') Object.assign(control, { maxAge: 1 });
    else if (change === 'clear') control.clear();
    else Reflect.apply(control.delete, control, ['max-age']);
  },
};
