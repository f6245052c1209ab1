import type { GatewayApp } from '@werkstatt/core/protocol';
import type { RunSimpleOptions } from '../run-simple-options.ts';

/** What `runSimple` was called with, checked. */
export interface RunSimpleCall {
  hostname: string;
  port: number;
  application: GatewayApp;
  options: RunSimpleOptions;
}

/** Takes a call of `runSimple` in place of serving it; resolves when the server has ended. */
export type HandOver = (call: RunSimpleCall) => Promise<void>;

/**
 * Under this symbol the command finds the `runSimple` of the file it loads. It stands on
 * `globalThis`, the one place that both are sure to share: the file may have a copy of this package
 * of its own, beside a command that is installed elsewhere. Only the command sets it, for its own
 * process; importing the package sets nothing.
 */
const HAND_OVER: unique symbol = Symbol.for('werkstatt.hand-over');

const shared = globalThis as { [HAND_OVER]?: HandOver };

/** Has all further calls of `runSimple` in this process handed to `take`. */
export function takeCalls(take: HandOver): void {
  shared[HAND_OVER] = take;
}

/** Who takes the calls of `runSimple`, if they are not to serve. */
export function callTaker(): HandOver | undefined {
  return shared[HAND_OVER];
}
