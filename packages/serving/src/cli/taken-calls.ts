import { type RunSimpleCall, takeCalls } from '../running/hand-over.ts';

/** The calls of `runSimple` that a file makes while the command serves it. */
export interface TakenCalls {
  /** The first call. */
  first: Promise<RunSimpleCall>;
  /** Lets the callers go on: the server has ended. */
  end(): void;
}

/**
 * Takes every call of `runSimple` from now on: the first one's application is what the command may
 * serve, and all of them wait for the end of the command's server.
 *
 * @param further told of each call after the first, which serves nothing.
 */
export function collectCalls(further: (call: RunSimpleCall) => void): TakenCalls {
  const first = Promise.withResolvers<RunSimpleCall>();
  const ended = Promise.withResolvers<void>();
  let calls = 0;
  takeCalls((call) => {
    if (calls++ === 0) first.resolve(call);
    else further(call);
    return ended.promise;
  });
  return { first: first.promise, end: ended.resolve };
}
