import { pathToFileURL } from 'node:url';

/** Imports a file by its path, TypeScript as it is. */
export async function importFile(file: string): Promise<Record<string, unknown>> {
  if (!/\.[cm]?js$/.test(file)) await registerTypeScript();
  return import(pathToFileURL(file).href);
}

/** tsx takes a while to load: only the command does, and only for TypeScript and JSX. */
async function registerTypeScript(): Promise<void> {
  const [esm, cjs] = await Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')]);
  esm.register();
  cjs.register();
}
