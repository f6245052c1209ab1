/** What a package may import of the workspace. */
interface Arrows {
  /** Packages it may import in any way. */
  imports: readonly string[];
  /** Optional peers: at run time by dynamic `import()` alone. */
  loads: readonly string[];
}

/** Which way the arrows between the published packages point. */
export const ARROWS: ReadonlyMap<string, Arrows> = new Map([
  ['@werkstatt/core', { imports: [], loads: [] }],
  ['@werkstatt/wrappers', { imports: ['@werkstatt/core'], loads: [] }],
  ['@werkstatt/serving', { imports: ['@werkstatt/core'], loads: ['@werkstatt/debug'] }],
  ['@werkstatt/debug', { imports: ['@werkstatt/core', '@werkstatt/wrappers'], loads: [] }],
]);

/** Packages that run unchanged where there is no Node, but for these entries of theirs. */
export const RUNTIME_NEUTRAL: ReadonlyMap<string, readonly string[]> = new Map([
  ['@werkstatt/core', ['./local', './node']],
  ['@werkstatt/wrappers', ['./node']],
]);

/** Globals that only Node has, or that bundlers for other runtimes have to replace. */
export const NODE_GLOBALS: readonly string[] = [
  'process',
  'Buffer',
  '__dirname',
  '__filename',
  'require',
  'module',
  'exports',
  'global',
  'setImmediate',
  'clearImmediate',
];

/** Lines that no source file has more of. */
export const MAX_LINES = 800;

/** Lines that at most this share of a package's source files has more of. */
export const LONG_FILE_LINES = 400;
export const MAX_LONG_FILE_SHARE = 0.1;

/** The condition that leads to a source file. */
export const SOURCE_CONDITION = '@werkstatt/source';

/** The conditions of every entry in `exports`, in order, and where each leads. */
export const ENTRY_CONDITIONS: readonly (readonly [condition: string, path: string])[] = [
  [SOURCE_CONDITION, './src/*.ts'],
  ['types', './dist/*.d.ts'],
  ['default', './dist/*.js'],
];

/** The conditions of every entry in `imports`: one file for Node, one for other platforms. */
export const PLATFORM_CONDITIONS = {
  [SOURCE_CONDITION]: {
    types: './src/*-neutral.ts',
    node: './src/node/*.ts',
    default: './src/*-neutral.ts',
  },
  types: './dist/*-neutral.d.ts',
  node: './dist/node/*.js',
  default: './dist/*-neutral.js',
} as const;
