import { dumpOptionsHeader, type HeaderOptions, parseOptionsHeader } from '@werkstatt/core';
import type { Calls } from './call.ts';

/** The calls of `http-options-header`. */
export const optionsHeaderCalls: Calls = {
  parseOptionsHeader: (header: string | null) => parseOptionsHeader(header),
  dumpOptionsHeader: (header: string | null, options: HeaderOptions) =>
    dumpOptionsHeader(header, options),
};
