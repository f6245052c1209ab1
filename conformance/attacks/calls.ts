import { type Call, callTable } from '../calls/call.ts';
import { CALLS } from '../calls/calls.ts';

/** Every call of the attacks that there is a function for. */
export const ATTACK_CALLS: ReadonlyMap<string, Call> = new Map([...CALLS, ...callTable()]);
