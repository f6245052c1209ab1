import { guessMimetype } from '@werkstatt/core';

/** What the end of a file's name says of its content. */
export interface FileType {
  /** `null`: nothing. */
  readonly mimetype: string | null;
  /** How the content is encoded, as in `Content-Encoding`; `null`: not at all. */
  readonly encoding: string | null;
}

const ENCODINGS: ReadonlyMap<string, string> = new Map([
  ['br', 'br'],
  ['gz', 'gzip'],
  ['zst', 'zstd'],
]);

const SHORT_ENDINGS: ReadonlyMap<string, string> = new Map([
  ['svgz', 'svg.gz'],
  ['tgz', 'tar.gz'],
]);

/** The type of a file by its name: `a.tar.gz` is a `tar` that is encoded with gzip. */
export function guessFileType(filename: string): FileType {
  const [stem, ending] = splitEnding(filename);
  const long = SHORT_ENDINGS.get(ending);
  if (long !== undefined) return guessFileType(`${stem}.${long}`);
  const encoding = ENCODINGS.get(ending) ?? null;
  return { mimetype: guessMimetype(encoding === null ? filename : stem), encoding };
}

function splitEnding(filename: string): [stem: string, ending: string] {
  const dot = filename.lastIndexOf('.');
  return dot < 0 ? [filename, ''] : [filename.slice(0, dot), filename.slice(dot + 1).toLowerCase()];
}
