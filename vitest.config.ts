import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { defineConfig, type Plugin } from 'vitest/config';

const { customConditions } = JSON.parse(
  readFileSync(new URL('./tsconfig.base.json', import.meta.url), 'utf8'),
).compilerOptions;

/** vitest's own transformer leaves TC39 decorators in place, which no Node runs yet. */
const standardDecorators: Plugin = {
  name: 'standard-decorators',
  enforce: 'pre',
  async transform(code, id) {
    if (
      !id.endsWith('.ts') ||
      !/^\s*@[A-Za-z][\w.]*/m.test(code.replace(/\/\*[\s\S]*?\*\//g, ''))
    ) {
      return null;
    }
    return transform(code, { loader: 'ts', target: 'es2023', sourcemap: true, sourcefile: id });
  },
};

export default defineConfig({
  plugins: [standardDecorators],
  resolve: { conditions: customConditions },
  ssr: { resolve: { conditions: customConditions } },
  test: {
    include: ['{packages,examples,conformance,tools,bench,docs}/**/*.test.ts'],
    pool: 'forks',
    // Most tests wait for sockets, processes and timeouts, not for a processor.
    maxWorkers: 4,
    maxConcurrency: 16,
    // What waits on purpose is no news: a file takes one line of the report.
    slowTestThreshold: 20_000,
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
