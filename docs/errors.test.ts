import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));
const CODE = /\bWERKSTATT_ERR_[A-Z_]+\b/g;

it('docs/errors.md has a line for every error code of the packages, and for no other', () => {
  const sources = globSync('packages/*/src/**/*.ts', { cwd: root }).filter(
    (file) => !file.endsWith('.test.ts'),
  );
  const defined = new Set(
    sources.flatMap((file) => readFileSync(join(root, file), 'utf8').match(CODE) ?? []),
  );
  const page = readFileSync(join(root, 'docs/errors.md'), 'utf8');
  const documented = [...page.matchAll(/^\| *`(WERKSTATT_ERR_[A-Z_]+)`/gm)].map(([, code]) => code);
  expect(documented.sort()).toEqual([...defined].sort());
});
