import { builtinModules } from 'node:module';

/** The package that a specifier names; null when it names a file, or a module of Node's. */
export function packageOf(specifier: string): string | null {
  if (/^[./#]/.test(specifier) || isBuiltin(specifier)) return null;
  const [first = '', second = ''] = specifier.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

/** Whether a specifier names a module of Node's, with `node:` or without. */
export function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtinModules.includes(specifier);
}
