import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The name under which the bundle keeps what it exports. */
export const GLOBAL_NAME = 'portability';

const config = new URL('../../tsconfig.base.json', import.meta.url);
const { customConditions } = JSON.parse(readFileSync(config, 'utf8')).compilerOptions;

/** A module with all that it imports as one script. */
export interface Bundle {
  readonly script: string;
  /** The files that are in it, as paths from the root of the workspace. */
  readonly files: readonly string[];
}

/**
 * Bundles the checks as for a runtime that knows nothing of Node. An import that it cannot resolve,
 * as one of `node:`, is an error.
 */
export async function bundleChecks(): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)),
    entryPoints: ['conformance/portability/checks.ts'],
    bundle: true,
    write: false,
    metafile: true,
    format: 'iife',
    globalName: GLOBAL_NAME,
    platform: 'neutral',
    target: 'es2024',
    mainFields: ['module', 'main'],
    conditions: [...customConditions, 'browser'],
    logLevel: 'silent',
  });
  return { script: outputFiles[0]!.text, files: Object.keys(metafile.inputs) };
}
