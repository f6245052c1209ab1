/**
 * Lets Node run the workspace from its sources: `node --import ./tools/source.mjs file.ts`.
 * Loads TypeScript through tsx and makes `@werkstatt/*` resolve to `src/`, by the condition that
 * tsconfig.base.json names. Workers and child processes inherit it with `process.execArgv`.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import 'tsx';

const config = new URL('../tsconfig.base.json', import.meta.url);

/** The conditions in a package's `exports` that lead to its sources. */
export const sourceConditions = JSON.parse(readFileSync(config, 'utf8')).compilerOptions
  .customConditions;

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    nextResolve(specifier, {
      ...context,
      conditions: [...sourceConditions, ...context.conditions],
    }),
});
