import { fileURLToPath } from 'node:url';

/** A server that takes part, with the forms that it is sent. */
export interface Contender {
  readonly name: string;
  /** The file of `servers/`, and arguments of its own. */
  readonly command: readonly [path: string, ...flags: string[]];
  /** Whether it runs our code. */
  readonly ours: boolean;
}

function server(name: string, file: string, ours: boolean, ...flags: string[]): Contender {
  const path = fileURLToPath(new URL(`servers/${file}.ts`, import.meta.url));
  return { name, command: [path, ...flags], ours };
}

export const FORM: Contender = server('form()', 'form', true);
export const FORM_ALL: Contender = server('form(), no limits', 'form', true, '--all');
export const PARTS: Contender = server('parts()', 'parts', true);
export const BUSBOY: Contender = server('busboy, to disk', 'busboy', false);
export const FORM_DATA: Contender = server('Request.formData()', 'form-data', false);
