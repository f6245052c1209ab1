import type { Calls } from './call.ts';

/** Calls of the form parser. */
export const formCalls: Calls = {};
