import type { Calls } from './call.ts';

/** Calls of `Response`. */
export const responseCalls: Calls = {};
