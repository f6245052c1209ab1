import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What of Werkstatt a benchmark runs, and how Node is told to. */
export interface CodeUnderTest {
  kind: 'built' | 'source';
  /** For the head of a report. */
  description: string;
  /** Flags of Node that go before the file. */
  nodeFlags: readonly string[];
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const sourceConditions: readonly string[] = JSON.parse(
  readFileSync(join(root, 'tsconfig.base.json'), 'utf8'),
).compilerOptions.customConditions;

/** The bundles of `npm run build` when all are there and newer than the sources, else the sources. */
export function codeUnderTest(packages: readonly string[]): CodeUnderTest {
  for (const name of packages) {
    const bundle = join(root, 'packages', name, 'dist/index.js');
    if (!existsSync(bundle)) return sourceCode(`no bundle of ${name}; \`npm run build\` makes it`);
    if (statSync(bundle).mtimeMs < newest(join(root, 'packages', name, 'src'))) {
      return sourceCode(`the bundle of ${name} is older than its sources`);
    }
  }
  return { kind: 'built', description: 'the built bundles', nodeFlags: [] };
}

/**
 * The sources, and why it is them. Node removes the types itself. A loader such as tsx would also keep the names of functions, at a
 * cost for each that is made, which bundles do not have.
 */
export function sourceCode(reason: string): CodeUnderTest {
  return {
    kind: 'source',
    description: `the sources (${reason})`,
    nodeFlags: sourceConditions.map((condition) => `--conditions=${condition}`),
  };
}

/** When the newest file below a folder changed, in milliseconds since the epoch; tests apart. */
function newest(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  const times = files
    .filter((file) => file.isFile() && !file.name.includes('.test'))
    .map((file) => statSync(join(file.parentPath, file.name)).mtimeMs);
  return Math.max(0, ...times);
}
