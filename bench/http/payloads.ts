import { fileURLToPath } from 'node:url';

/** What every contender answers with, made once per process. */
export const HELLO = 'Hello World!';

/** 100 KiB of text. */
export const LARGE: Buffer = Buffer.alloc(100 * 1024, 'Werkstatt. ');

const PIECE: Buffer = Buffer.alloc(16 * 1024, 'sixty-four pieces of sixteen KiB ');
const PIECES = 64;

/** Octets of a whole stream: 1 MiB. */
export const STREAM_SIZE: number = PIECES * PIECE.length;

/** The pieces of a stream, one after the other, as a program makes them that has no array. */
export function* pieces(): Generator<Buffer> {
  for (let index = 0; index < PIECES; index++) yield PIECE;
}

/** The same for a program that waits for each. */
export async function* asyncPieces(): AsyncGenerator<Buffer> {
  for (let index = 0; index < PIECES; index++) yield PIECE;
}

/** The folder of the file that is sent. */
export const FILES: string = fileURLToPath(new URL('files/', import.meta.url));

/** 64 KiB of text, checked in. */
export const FILE: string = `${FILES}64-kib.txt`;
