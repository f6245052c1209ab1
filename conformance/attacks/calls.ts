import { type Call, callTable } from '../calls/call.ts';
import { CALLS } from '../calls/calls.ts';
import { debugCalls } from './debug-calls.ts';
import { logCalls } from './log-calls.ts';
import { secretsCalls } from './secrets-calls.ts';

/** Every call of the attacks that there is a function for. */
export const ATTACK_CALLS: ReadonlyMap<string, Call> = new Map([
  ...CALLS,
  ...callTable(debugCalls, logCalls, secretsCalls),
]);
