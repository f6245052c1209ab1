import { readFileSync } from 'node:fs';

/** This package's folder, wherever the code that asks was bundled to; ends with `/`. */
export function packageFolder(): URL {
  return new URL('.', import.meta.resolve('@werkstatt/serving/package.json'));
}

/** The version of this package. */
export function packageVersion(): string {
  const text = readFileSync(new URL('package.json', packageFolder()), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
