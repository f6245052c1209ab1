import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { expectTypeOf } from 'vitest';
import { closingIterator } from '../gateway/closing-iterator.ts';
import { type FileWrapper, wrapFile } from '../gateway/wrap-file.ts';
import type { Body, Environ, InputStream } from '../protocol.ts';
import { ChunkInput } from './chunk-input.ts';
import { chunkIterator } from './chunk-iterator.ts';
import { getContentLength } from './get-content-length.ts';
import { getInputStream } from './get-input-stream.ts';
import { LimitedStream } from './limited-stream.ts';
import { lineIterator } from './line-iterator.ts';

declare const environ: Environ;
const bytes = new Uint8Array();

const input = getInputStream(environ, { maxContentLength: 5, safeFallback: false });
expectTypeOf(input).toEqualTypeOf<InputStream>();
expectTypeOf(input.read()).toEqualTypeOf<Promise<Uint8Array>>();
expectTypeOf(getContentLength(environ)).toEqualTypeOf<number | null>();
expectTypeOf(new LimitedStream(input, 5, { isMax: true })).toExtend<InputStream>();
expectTypeOf(new ChunkInput([bytes])).toExtend<InputStream>();
for await (const line of lineIterator(input)) expectTypeOf(line).toEqualTypeOf<Uint8Array>();
for await (const piece of chunkIterator([bytes], '|', { maxLength: 5 })) {
  expectTypeOf(piece).toEqualTypeOf<Uint8Array>();
}

expectTypeOf(wrapFile(new Blob([]))).toEqualTypeOf<FileWrapper>();
expectTypeOf<FileWrapper>().toExtend<Body>();
wrapFile(await open('a'));
wrapFile(createReadStream('a'), { bufferSize: 5 });
expectTypeOf(closingIterator([bytes], () => {})).toEqualTypeOf<Body>();
closingIterator(wrapFile(bytes), [async () => {}, () => {}]);

// @ts-expect-error a body is bytes, and text has to be encoded
closingIterator(['text'], () => {});
// @ts-expect-error the limit is needed
new LimitedStream(input);
// @ts-expect-error a number of bytes
new LimitedStream(input, '5');
// @ts-expect-error an input is read, not a list of texts
new ChunkInput(['a']);
// @ts-expect-error a mistyped option, and no limit
getInputStream(environ, { maxLength: 5 });
// @ts-expect-error the separator is needed
chunkIterator(input);
// @ts-expect-error the path of a file is no file
wrapFile({ path: 'a' });
// @ts-expect-error a read is awaited
input.read().length;
