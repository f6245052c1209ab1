import { readFileSync } from 'node:fs';

/** The version of this package. */
export function packageVersion(): string {
  const file = new URL(import.meta.resolve('@werkstatt/serving/package.json'));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
