import { createReadStream } from 'node:fs';
import { expectTypeOf } from 'vitest';
import type { Headers } from '../datastructures/headers.ts';
import { FileMultiDict } from './file-multi-dict.ts';
import { FileStorage } from './file-storage.ts';
import { guessMimetype } from './guess-mimetype.ts';

const file = new FileStorage(new Blob([]), { filename: 'a.txt', headers: { A: 'b' } });
new FileStorage(createReadStream('a'));
new FileStorage();

expectTypeOf(file.filename).toEqualTypeOf<string | null>();
expectTypeOf(file.contentType).toEqualTypeOf<string | null>();
expectTypeOf(file.contentLength).toEqualTypeOf<number>();
expectTypeOf(file.size).toEqualTypeOf<number | null>();
expectTypeOf(file.headers).toEqualTypeOf<Headers>();
expectTypeOf(file.mimetypeParams).toEqualTypeOf<Record<string, string>>();
expectTypeOf(file.bytes()).toEqualTypeOf<Promise<Uint8Array>>();
expectTypeOf(file.stream()).toEqualTypeOf<ReadableStream<Uint8Array>>();
expectTypeOf(file.toFile()).toEqualTypeOf<Promise<File>>();
expectTypeOf(file.save(new WritableStream(), { preventClose: true })).toEqualTypeOf<
  Promise<void>
>();
expectTypeOf(guessMimetype('a')).toEqualTypeOf<string | null>();

const files = new FileMultiDict();
files.addFile('a', file);
files.addFile('a', new Uint8Array(), { filename: 'b', contentType: 'text/css' });
expectTypeOf(files.get('a')).toEqualTypeOf<FileStorage | undefined>();

// @ts-expect-error text has no bytes yet: encode it
new FileStorage('text');
// @ts-expect-error a mistyped option
new FileStorage(null, { fileName: 'a' });
// @ts-expect-error core knows no paths: open the file
file.save('/tmp/a');
// @ts-expect-error the header tells it
file.contentType = 'text/html';
// @ts-expect-error it has a name, and files are added by addFile
files.add('a', new Blob([]));
