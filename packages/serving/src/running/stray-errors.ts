import { errorText } from '../log/error-text.ts';
import { logWriterOf } from '../log/log-writer.ts';

const EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Logs errors that belong to no request: a promise that nobody awaits, a timer that throws. Without
 * a listener each of them would end the process, and with it the requests of everybody else.
 *
 * @returns takes the listeners away.
 */
export function logStrayErrors(): () => void {
  const log = (error: unknown): void => {
    logWriterOf().write(`Error outside of any request:\n${errorText(error)}`);
  };
  for (const event of EVENTS) process.on(event, log);
  return () => {
    for (const event of EVENTS) process.off(event, log);
  };
}
