import type {
  FileMultiDict,
  FileStorage,
  Headers,
  ImmutableMultiDict,
  InputStream,
} from '@werkstatt/core';
import { expectTypeOf } from 'vitest';
import { testEnviron } from '../testing/environ.ts';
import { FormDataParser, parseFormData } from './form-data-parser.ts';
import type { FormPart } from './form-part.ts';
import { formParts } from './form-parts.ts';
import type { ParsedForm } from './parsed-form.ts';
import { defaultStreamFactory, type FileSink, type FileUpload } from './stream-factory.ts';

declare const stream: InputStream;
declare const fields: ImmutableMultiDict;

const parsed = await parseFormData(testEnviron(), { maxFormParts: 5, silent: false });
expectTypeOf(parsed).toEqualTypeOf<ParsedForm>();
expectTypeOf(parsed.form).toEqualTypeOf<ImmutableMultiDict>();
expectTypeOf(parsed.files).toEqualTypeOf<FileMultiDict>();
expectTypeOf(parsed.files.get('a')).toEqualTypeOf<FileStorage | undefined>();
expectTypeOf(parsed.stream).toEqualTypeOf<InputStream>();
expectTypeOf(parsed.close()).toEqualTypeOf<Promise<void>>();
await using _ = parsed;
expectTypeOf(new FormDataParser().parse(stream, 'text/plain')).resolves.toEqualTypeOf<ParsedForm>();
// @ts-expect-error a mistyped option
parseFormData(testEnviron(), { maxParts: 5 });
// @ts-expect-error a limit is a number of bytes
new FormDataParser({ maxFormMemorySize: '1 MB' });
// @ts-expect-error the fields of a form are not to be changed
parsed.form = fields;

new FormDataParser({ streamFactory: defaultStreamFactory });
new FormDataParser({
  streamFactory(file) {
    expectTypeOf(file).toEqualTypeOf<FileUpload>();
    expectTypeOf(file.contentType).toEqualTypeOf<string | undefined>();
    return file.openSpool();
  },
});
new FormDataParser({
  streamFactory: async (): Promise<FileSink> => ({
    async write(bytes) {
      expectTypeOf(bytes).toEqualTypeOf<Uint8Array>();
    },
    finish: () => null,
    abort: () => {},
  }),
});
// @ts-expect-error a sink has to undo what it did
new FormDataParser({ streamFactory: () => ({ write() {}, finish: () => null }) });

for await (const part of formParts(stream, { boundary: 'b' }, { maxFormParts: 5 })) {
  expectTypeOf(part).toEqualTypeOf<FormPart>();
  expectTypeOf(part.name).toEqualTypeOf<string>();
  expectTypeOf(part.filename).toEqualTypeOf<string | undefined>();
  expectTypeOf(part.headers).toEqualTypeOf<Headers>();
  expectTypeOf(part.bytes()).resolves.toEqualTypeOf<Uint8Array>();
  expectTypeOf(part.text()).resolves.toEqualTypeOf<string>();
  expectTypeOf(part.stream()).toEqualTypeOf<ReadableStream<Uint8Array>>();
  for await (const chunk of part) expectTypeOf(chunk).toEqualTypeOf<Uint8Array>();
}
// @ts-expect-error the boundary stands in the parameters of the media type
formParts(stream, 'b');
