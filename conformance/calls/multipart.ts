import type { Calls } from './call.ts';

/** Calls of the multipart decoder and encoder. */
export const multipartCalls: Calls = {};
