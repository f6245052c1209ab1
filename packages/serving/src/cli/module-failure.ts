import { errorText } from '../log/error-text.ts';
import type { ModuleError } from './command-errors.ts';

/** Frames that are on every stack of a file that is being loaded, and say nothing of it. */
const LOADER_FRAME =
  /^ +at .*(?:node:internal\/|\/node_modules\/(?:.*\/)?(?:tsx|esbuild)\/|\/serving\/(?:src|dist)\/).*\n?/gm;

/** What is printed for a user's file that threw: its stack, and a hint where one is known. */
export function moduleFailure({ message, cause }: ModuleError): string {
  const text = errorText(cause).replace(LOADER_FRAME, '').trimEnd();
  const hint = /Top-level await is .* not supported .*"cjs"/.test(text)
    ? '\nTo wait at the top level of a file, put "type": "module" into its package.json.'
    : '';
  return `${message}\n${text}${hint}`;
}

/**
 * Whether only Node can say where the error is: it keeps the place of a syntax error to itself, and
 * prints it when the error ends the process.
 */
export function onlyNodeKnowsWhere({ cause }: ModuleError): boolean {
  return cause instanceof SyntaxError && /^SyntaxError\b/.test(String(cause.stack));
}
