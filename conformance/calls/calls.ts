import { type Call, callTable } from './call.ts';
import { cookieCalls } from './cookies.ts';
import { headersCalls } from './headers.ts';
import { hostCalls } from './hosts.ts';
import { multiDictCalls } from './multi-dict.ts';
import { streamCalls } from './streams.ts';

/** Every call of the vectors that there is a function for. */
export const CALLS: ReadonlyMap<string, Call> = callTable(
  cookieCalls,
  headersCalls,
  hostCalls,
  multiDictCalls,
  streamCalls,
);
