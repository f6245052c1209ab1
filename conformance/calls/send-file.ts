import type { Calls } from './call.ts';

/** Calls of what sends files, and of conditional responses. */
export const sendFileCalls: Calls = {};
