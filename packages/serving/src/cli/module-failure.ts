import { fileURLToPath } from 'node:url';
import { errorText } from '../log/error-text.ts';
import type { ModuleError } from './command-errors.ts';
import { packageFolder } from './own-package.ts';

/** What is printed for a user's file that threw: its stack, and a hint where one is known. */
export function moduleFailure({ message, cause }: ModuleError): string {
  const text = withoutLoader(errorText(cause));
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

/** Leaves out the frames of what loads a file: they are on every stack and say nothing of it. */
function withoutLoader(stack: string): string {
  const own = packageFolder();
  const places = [own.href, fileURLToPath(own), '/node_modules/tsx/', '/node_modules/esbuild/'];
  const isLoader = (line: string): boolean =>
    /^ +at /.test(line) &&
    (line.includes('node:internal/') || places.some((place) => line.includes(place)));
  return stack
    .split('\n')
    .filter((line) => !isLoader(line))
    .join('\n');
}
