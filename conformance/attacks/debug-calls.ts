import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DebuggedApplication } from '@werkstatt/debug';
import type { Calls } from '../calls/call.ts';
import { environOf } from '../calls/request-spec.ts';

/** An error to be shown; what is missing can be anything. */
interface ErrorSpec {
  readonly message?: string;
  readonly name?: string;
  readonly functionName?: string;
  readonly fileName?: string;
  /** The line of source that failed. */
  readonly sourceLine?: string;
  readonly cause?: ErrorSpec;
}

/** Calls of package debug: what a client is shown of an error. */
export const debugCalls: Calls = {
  debugTracebackText: (spec: ErrorSpec) => page(spec, 'text/plain'),
  debugTracebackHtml: (spec: ErrorSpec) => page(spec, 'text/html'),
};

/** The page for an error whose source is in a file, as that of a real one. */
async function page(spec: ErrorSpec, accept: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'werkstatt-error-'));
  try {
    const application = new DebuggedApplication(() => {
      throw make(spec, folder);
    });
    const environ = environOf({ headers: [['Accept', accept]] });
    const body = await application(environ, () => () => {});
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function make(spec: ErrorSpec, folder: string): Error {
  const { message = 'no', name = 'Error', functionName = 'run' } = spec;
  const file = spec.fileName ?? join(folder, 'source.js');
  if (spec.fileName === undefined) writeFileSync(file, `${spec.sourceLine ?? 'run();'}\n`);
  const error = new Error(message, spec.cause && { cause: make(spec.cause, folder) });
  error.name = name;
  error.stack = `${name}: ${message}\n    at ${functionName} (${file}:1:1)`;
  return error;
}
