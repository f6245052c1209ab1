/**
 * Modules of Node's whose `import` is costly: it reads every export, also those behind getters that
 * load more (`fs.promises`, `util.parseArgs`), and takes a third of what a whole server may take to
 * load. This way each is there, and loads what is used of it.
 */

export const fs: typeof import('node:fs') = process.getBuiltinModule('node:fs');

export const diagnosticsChannel: typeof import('node:diagnostics_channel') =
  process.getBuiltinModule('node:diagnostics_channel');

export const util: typeof import('node:util') = process.getBuiltinModule('node:util');
